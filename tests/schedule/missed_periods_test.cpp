// Missed periods: one run, on a clock that is told what time it is, makes up for all dates since the last good one, across leap
// days and changes of clocks, and says which.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;
using Periods = std::vector<std::string>;

class MissedPeriods : public testing::Test {
protected:
    void SetUp() override {
        if (sanitized) GTEST_SKIP() << "libfaketime and the sanitizer both want to be loaded first";
        if (!fs::exists("/usr/bin/faketime")) GTEST_SKIP() << "needs the package faketime";
    }

    /// A scheduled run at a local time, in Berlin. @return the periods that its record says it covers
    Periods run_at(std::string const& time, std::string const& schedule) {
        auto const output = (folder_.path() / "out").string();
        auto const job = std::string(DOSSIER_SOURCE_DIR) + "/examples/01-first-report/job.toml";
        Environment const environment{{"TZ", "Europe/Berlin"},
                                      {"NO_FAKE_STAT", "1"},
                                      {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                                      {"XDG_STATE_HOME", (folder_.path() / "state").string()}};
        auto const result = run_program({"faketime", time, DOSSIER_PROGRAM, "run", job, "--output", output,
                                         "--scheduled", "--schedule", schedule, "--as-of", "today", "--quiet"},
                                        environment);
        constexpr int done_with_warnings = 3;  // an article of the example breaks off
        if (result.exit_code != done_with_warnings) throw std::runtime_error("the run ended otherwise: " + result.err);
        auto const shown = run_program(
            {DOSSIER_PROGRAM, "show", std::to_string(++n_runs_), "--output", output, "--json"}, environment);
        return nlohmann::json::parse(shown.out).at("periods").get<Periods>();
    }

private:
    TemporaryFolder folder_;
    int n_runs_ = 0;
};

TEST_F(MissedPeriods, AreCoveredByOneRunOverALeapDay) {
    EXPECT_EQ(run_at("2024-02-27 06:31:00", "day 06:30").size(), 1u);
    EXPECT_EQ(run_at("2024-03-02 09:00:00", "day 06:30"),
              Periods({"Wed 2024-02-28 06:30 +01:00", "Thu 2024-02-29 06:30 +01:00", "Fri 2024-03-01 06:30 +01:00",
                       "Sat 2024-03-02 06:30 +01:00"}));
    EXPECT_EQ(run_at("2024-03-03 06:31:00", "day 06:30"), Periods({"Sun 2024-03-03 06:30 +01:00"}))
        << "each is covered once";
}

TEST_F(MissedPeriods, CountATimeThatIsSkippedNotAtAllAndOneThatComesTwiceOnce) {
    EXPECT_EQ(run_at("2026-03-28 02:31:00", "day 02:30").size(), 1u);
    EXPECT_EQ(run_at("2026-03-31 09:00:00", "day 02:30"),
              Periods({"Mon 2026-03-30 02:30 +02:00", "Tue 2026-03-31 02:30 +02:00"}));
    EXPECT_FALSE(run_at("2026-10-24 09:00:00", "day 02:30").empty());
    EXPECT_EQ(run_at("2026-10-26 09:00:00", "day 02:30"),
              Periods({"Sun 2026-10-25 02:30 +02:00", "Mon 2026-10-26 02:30 +01:00"}));
}

TEST_F(MissedPeriods, OfAMonthAreItsLastDays) {
    EXPECT_EQ(run_at("2023-12-31 06:31:00", "month 31").size(), 1u);
    EXPECT_EQ(run_at("2024-04-15 12:00:00", "month 31"),
              Periods({"Wed 2024-01-31 06:00 +01:00", "Thu 2024-02-29 06:00 +01:00", "Sun 2024-03-31 06:00 +02:00"}));
}

TEST_F(MissedPeriods, AreNoneForARunBetweenTwoDates) {
    EXPECT_EQ(run_at("2026-05-04 06:01:00", "week Mon").size(), 1u);
    EXPECT_EQ(run_at("2026-05-06 12:00:00", "week Mon"), Periods());
    EXPECT_EQ(run_at("2026-05-25 12:00:00", "week Mon"),
              Periods({"Mon 2026-05-11 06:00 +02:00", "Mon 2026-05-18 06:00 +02:00", "Mon 2026-05-25 06:00 +02:00"}));
}

}  // namespace
