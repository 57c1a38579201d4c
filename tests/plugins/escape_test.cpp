// What a plugin that wants to get out of its sandbox finds (docs/security.md).
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "dossier/plugin/block_codec.hpp"
#include "fixture_run.hpp"

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// The text of a report that says one paragraph; the sentence of its failure if it failed.
std::string paragraph_of(std::string const& report) {
    auto const outcome = run_fixture(report, short_limits());
    if (!outcome.ok()) return outcome.sentence;
    dossier::Spool::Reader reader(*outcome.flow);
    dossier::BlockDecoder decoder;
    auto const bytes = std::string(reader.next());
    auto const* const block = decoder.decode(bytes);
    if (block == nullptr || block->kind != DOSSIER_PARAGRAPH) return "no paragraph";
    auto const& run = static_cast<dossier_paragraph const*>(block->content)->runs[0];
    return {run.text.data, run.text.size};
}

class Escape : public testing::Test {
protected:
    void SetUp() override {
        if (sanitized)
            GTEST_SKIP() << "a sanitizer needs system calls and files of its own, which its sandbox leaves open";
    }
};

TEST_F(Escape, NoOtherWayOutIsOpen) {
    ::setenv("DOSSIER_SECRET", "of the user", 1);
    ::setenv("LD_LIBRARY_PATH", "/tmp", 1);
    EXPECT_EQ(paragraph_of("reaches-out"), "nothing was open");
    ::unsetenv("DOSSIER_SECRET"), ::unsetenv("LD_LIBRARY_PATH");
}

TEST_F(Escape, SystemCallsOfOtherAbisEndTheWorker) {
#if !defined(__x86_64__)
    GTEST_SKIP() << "this machine has one ABI";
#endif
    for (std::string const report : {"uses-other-abi", "uses-x32"}) {
        auto const outcome = run_fixture(report, short_limits());
        EXPECT_FALSE(outcome.ok()) << report;
        EXPECT_NE(outcome.sentence.find("was stopped: it"), std::string::npos) << outcome.sentence;
    }
}

TEST_F(Escape, CatchingTheReportOfAViolationOpensNothing) {
    EXPECT_EQ(paragraph_of("catches-violations"), "no socket");
}

}  // namespace
