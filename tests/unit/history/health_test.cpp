#include "dossier/history/health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/history/folder.hpp"

namespace {

using namespace std::chrono;
using dossier::AlertDelivery;
using dossier::AlertLogEntry;
using dossier::AlertStates;
using dossier::health_facts;
using dossier::health_of;
using dossier::HistoryDatabase;
using dossier::RunHistory;
using dossier::history_tests::by_hand;
using dossier::history_tests::failed;
using dossier::history_tests::published;
using dossier::history_tests::unchanged;
using testing::ElementsAre;
using testing::IsEmpty;

class Health : public testing::Test {
protected:
    void add_run(system_clock::time_point at, dossier::RunEnd const& end) {
        RunHistory runs(history_, [at] { return at; });
        runs.finish(runs.begin(by_hand()), end);
    }
    void add_event(system_clock::time_point at, std::string alert, AlertDelivery delivery) {
        AlertLogEntry entry;
        entry.alert_id = alert, entry.run = 1, entry.at = dossier::utc_text(at), entry.delivery = delivery;
        entry.delivery_id = alert + dossier::utc_text(at);
        entry.problem = "its hook ended with exit status 7";
        AlertStates(history_).add(entry);
    }
    [[nodiscard]] std::vector<std::string> troubles(seconds max_age = days(8)) const {
        return health_of(health_facts(history_, now_, max_age), now_, max_age).troubles;
    }

    dossier::history_tests::OutputFolder folder_;
    HistoryDatabase history_ = HistoryDatabase::open(folder_.path());
    system_clock::time_point now_ = sys_days(year(2026) / 11 / 22) + hours(6);
};

TEST_F(Health, IsGoodAfterAGoodRun) {
    add_run(now_ - days(1), published("a"));
    EXPECT_THAT(troubles(), IsEmpty());
    EXPECT_EQ(health_of(health_facts(history_, now_, days(8)), now_, days(8)).age, days(1));
}

TEST_F(Health, TakesARunThatFoundNothingChangedAsAGoodOne) {
    add_run(now_ - days(30), published("a"));
    add_run(now_ - days(1), unchanged("a"));
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(Health, IsBadWithoutAGoodRun) {
    EXPECT_THAT(troubles(), ElementsAre("no run was good yet"));
    add_run(now_ - days(1), failed("no space left on device"));
    EXPECT_THAT(troubles(), ElementsAre("no run was good yet; run 1 failed: no space left on device"));
}

TEST_F(Health, IsBadWhenTheLastGoodRunIsTooOld) {
    add_run(now_ - days(8), published("a"));
    EXPECT_THAT(troubles(), IsEmpty()) << "exactly as old as it may be";
    EXPECT_THAT(troubles(days(8) - seconds(1)),
                ElementsAre("the last good run is 8 days old, more than 7 days 23 hours"));
    add_run(now_ - days(1), failed("no space left on device"));
    EXPECT_THAT(
        troubles(days(2)),
        ElementsAre("the last good run is 8 days old, more than 2 days; run 2 failed: no space left on device"));
    EXPECT_THAT(troubles(days(9)), IsEmpty()) << "a failed run alone is none, while there is a good one young enough";
}

TEST_F(Health, DoesNotTrustARunThatLiesAheadOfTheClock) {
    add_run(now_ + minutes(4), published("a"));
    EXPECT_THAT(troubles(), IsEmpty());
    add_run(now_ + days(400), published("b"));
    EXPECT_THAT(troubles(),
                ElementsAre("the last good run ended 400 days from now: the clock was set back, so its age is "
                            "not known"));
}

TEST_F(Health, IsBadWhileNobodyWasToldOfAnAlert) {
    add_run(now_ - days(1), published("a"));
    add_event(now_ - days(9), "old", AlertDelivery::failed);
    add_event(now_ - days(2), "failed", AlertDelivery::failed);
    add_event(now_ - days(1), "killed", AlertDelivery::unknown);
    add_event(now_ - days(1), "told", AlertDelivery::delivered);
    add_event(now_ - days(1), "waits", AlertDelivery::pending);
    EXPECT_THAT(troubles(), ElementsAre("the alert \"killed\" fired in run 1, but its hook ended with exit status 7",
                                        "the alert \"failed\" fired in run 1, but its hook ended with exit status 7"));
    EXPECT_EQ(health_facts(history_, now_, days(8)).n_waiting, 1u);
}

}  // namespace
