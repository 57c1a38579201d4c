// All formats together. What is checked stands in check_payloads.py and check_numbers.py, whose readers are Python's, libxml2's,
// Chromium's, poppler's, qpdf's, LibreOffice's and md4c's; here they are run, and must find nothing.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace {

using namespace dossier::test;

std::string const here = DOSSIER_SOURCE_DIR "/tests/everywhere/";

bool everything_wanted() {
    auto const* const wanted = std::getenv("DOSSIER_LONG");
    return wanted != nullptr && std::string(wanted) == "1";
}

ProcessResult run_script(std::vector<std::string> command) {
    command.insert(command.begin(), PYTHON_PROGRAM);
    Environment const environment{{"READ_MARKDOWN", READ_MARKDOWN_PROGRAM}, {"PYTHONDONTWRITEBYTECODE", "1"}};
    return run_program(command, environment, everything_wanted() ? std::chrono::hours(3) : std::chrono::minutes(10));
}

void expect_no_findings(std::vector<std::string> const& command) {
    auto const result = run_script(command);
    std::printf("%s", result.out.c_str());
    if (result.exit_code == 77) GTEST_SKIP() << result.out;  // all that could be looked at was in order
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

/// Jobs with payloads in every field of one kind.
class Payloads : public testing::TestWithParam<char const*> {};

TEST_P(Payloads, StayInTheirCellInEveryFormat) {
    std::vector<std::string> command{here + "check_payloads.py", GetParam(), DOSSIER_PROGRAM,
                                     DOSSIER_SOURCE_DIR "/../shared/corpora/hostile"};
    if (everything_wanted()) command.emplace_back("--all");
    expect_no_findings(command);
}

INSTANTIATE_TEST_SUITE_P(Of, Payloads,
                         testing::Values("articles", "bodies", "registry", "titles", "pages", "diagnostics"),
                         [](auto const& kind) { return std::string(kind.param); });

/// The examples that people see first.
class Numbers : public testing::TestWithParam<char const*> {};

TEST_P(Numbers, AreTheSameInEveryFormatAndInTheDatabase) {
    expect_no_findings({here + "check_numbers.py", DOSSIER_PROGRAM,
                        DOSSIER_SOURCE_DIR "/examples/" + std::string(GetParam()) + "/job.toml"});
}

INSTANTIATE_TEST_SUITE_P(Of, Numbers, testing::Values("01-first-report", "02-risk-factors", "03-effects"),
                         [](auto const& example) {
                             std::string name = example.param;
                             for (auto& c : name)
                                 if (c == '-') c = '_';
                             return "Example" + name;
                         });

TEST(NumbersCheck, FindsOneDigitThatIsChanged) {
    for (std::string const what : {"csv", "markdown", "database"}) {
        auto const result = run_script({here + "check_numbers.py", DOSSIER_PROGRAM,
                                        DOSSIER_SOURCE_DIR "/examples/01-first-report/job.toml", "--spoil", what});
        EXPECT_EQ(result.exit_code, 1) << what << ": " << result.out << result.err;
        EXPECT_NE(result.out.find("Supports: '"), std::string::npos) << what << ": " << result.out << result.err;
    }
}

}  // namespace
