// The example job, run once for all tests of this program.
#pragma once

#include <gtest/gtest.h>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"

namespace dossier::test {

/// 3 and not 0: one article of the example breaks off in mid-sentence, and the report says so.
inline constexpr int done_with_warnings = 3;

class Example : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(run().process.exit_code, done_with_warnings) << run().process.err << run().process.out;
        ASSERT_TRUE(std::filesystem::exists(run().latest));
    }
    static ExampleRun const& run() {
        static TemporaryFolder const output;
        static ExampleRun const only = run_job(example_folder() / "job.toml", output.path());
        return only;
    }
};

}  // namespace dossier::test
