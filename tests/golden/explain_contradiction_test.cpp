// dossier explain on an article that asserts and denies the same thing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"

namespace {

using namespace dossier::test;
using testing::HasSubstr;

TEST(ExplainContradiction, NamesBothQuotes) {
    auto const result = run_program({DOSSIER_PROGRAM, "explain", (example_folder() / "job.toml").string(), "--claim",
                                     "dependence", "--article", "08-school-nurse"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("; contradicts itself"));
    auto const both = result.out.find("it contradicts itself (no condition)");
    ASSERT_NE(both, std::string::npos);
    auto const last = result.out.substr(both);
    EXPECT_THAT(last, HasSubstr("\n    supports: \""));
    EXPECT_THAT(last, HasSubstr("\n    refutes: \""));
}

}  // namespace
