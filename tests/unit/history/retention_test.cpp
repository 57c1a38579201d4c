#include "dossier/history/retention.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using dossier::Retention;
using dossier::RetentionEntry;
using dossier::RetentionPolicy;
using dossier::week_of;
using dossier::what_goes;
using testing::ElementsAre;
using testing::IsEmpty;

/// A run that made a set "s<number>".
RetentionEntry made(std::int64_t number, std::string began = "2026-11-22T06:00:00Z") {
    return {number, std::move(began), "s" + std::to_string(number), true, false, false};
}

/// A run that left everything as it was.
RetentionEntry unchanged(std::int64_t number, std::string run_id, std::string began = "2026-11-22T06:00:00Z") {
    return {number, std::move(began), std::move(run_id), false, false, false};
}

RetentionPolicy const last_two{2, false};

TEST(Retention, TakesNothingFromAnEmptyHistory) {
    EXPECT_EQ(what_goes({}, {}, ""), Retention{});
}

TEST(Retention, KeepsTheLastSetsAndLetsTheOthersGo) {
    std::vector const entries{made(1), made(2), made(3), made(4)};
    auto const gone = what_goes(entries, last_two, "s4");
    EXPECT_THAT(gone.numbers, ElementsAre(1, 2));
    EXPECT_THAT(gone.run_ids, ElementsAre("s1", "s2"));
}

TEST(Retention, DoesNotDependOnTheOrderOfEntries) {
    std::vector entries{made(4), made(1), made(3), made(2), unchanged(5, "s4")};
    auto const gone = what_goes(entries, last_two, "s4");
    std::reverse(entries.begin(), entries.end());
    EXPECT_EQ(what_goes(entries, last_two, "s4"), gone);
}

TEST(Retention, KeepsAtLeastTheLastRunAndTheLastSet) {
    std::vector const entries{made(1), made(2), unchanged(3, "")};
    auto const gone = what_goes(entries, {0, false}, "");
    EXPECT_THAT(gone.run_ids, ElementsAre("s1"));
}

TEST(Retention, KeepsTheLastSetsHoweverManyRunsMadeNone) {
    std::vector entries{made(1), made(2), made(3)};
    for (int number = 4; number < 100; ++number)
        entries.push_back(unchanged(number, "s3"));
    auto const gone = what_goes(entries, last_two, "s3");
    EXPECT_THAT(gone.run_ids, ElementsAre("s1"));
    EXPECT_EQ(gone.numbers.size(), 95u) << "run 1 and 4 to 97";
}

TEST(Retention, NeverLetsTheSetGoThatLatestLeadsTo) {
    std::vector const entries{made(1), made(2), made(3), made(4)};
    auto const gone = what_goes(entries, last_two, "s1");
    EXPECT_THAT(gone.run_ids, ElementsAre("s2"));
    EXPECT_THAT(gone.numbers, ElementsAre(2)) << "the run that made it stays as well";
}

TEST(Retention, NeverLetsASetGoThatARunWhichStaysLeadsTo) {
    std::vector const entries{made(1), made(2), made(3), unchanged(4, "s1"), unchanged(5, "s3")};
    auto const gone = what_goes(entries, last_two, "s3");
    EXPECT_THAT(gone.run_ids, IsEmpty()) << "s2 and s3 are the last two, and run 4 needs s1";
}

TEST(Retention, KeepsTheSetThatTheNextRunComparesWith) {
    std::vector const entries{made(1), made(2), made(3)};
    EXPECT_EQ(what_goes(entries, {1, false}, "s3", "s2"), (Retention{{1}, {"s1"}}));
    EXPECT_EQ(what_goes(entries, {1, false}, "s3", "gone"), (Retention{{1, 2}, {"s1", "s2"}}));
}

TEST(Retention, NeverLetsAPinnedRunGo) {
    std::vector entries{made(1), made(2), made(3), made(4)};
    entries[0].pinned = true;
    EXPECT_THAT(what_goes(entries, last_two, "s4").run_ids, ElementsAre("s2"));
}

TEST(Retention, KeepsTheSetThatAPinnedRunLeadsToWithoutHavingMadeIt) {
    std::vector entries{made(1), made(2), unchanged(3, "s1"), made(4), made(5)};
    entries[2].pinned = true;
    EXPECT_THAT(what_goes(entries, last_two, "s5").run_ids, ElementsAre("s2"));
}

TEST(Retention, NeverLetsARunGoThatIsGoingOn) {
    std::vector entries{unchanged(1, ""), made(2), made(3), made(4)};
    entries[0].running = true;
    EXPECT_THAT(what_goes(entries, last_two, "s4").numbers, ElementsAre(2));
}

TEST(Retention, KeepsTheLastSetOfEachWeek) {
    std::vector const entries{made(1, "2026-11-02T00:00:00Z"),  // Monday
                              made(2, "2026-11-08T23:59:59Z"),  // Sunday of that week
                              made(3, "2026-11-09T00:00:00Z"),  // Monday
                              made(4, "2026-11-10T12:00:00Z"), made(5, "2026-11-16T12:00:00Z")};
    auto const gone = what_goes(entries, {1, true}, "s5");
    EXPECT_THAT(gone.run_ids, ElementsAre("s1", "s3"));
}

TEST(Retention, TakesOfRunsThatBeganInTheSameSecondTheOneWithTheHigherNumberForTheLast) {
    std::vector const entries{made(7), made(8), made(9)};
    EXPECT_THAT(what_goes(entries, {1, true}, "").run_ids, ElementsAre("s7", "s8"));
}

TEST(Retention, GoesByNumbersWhereTheClockWasSetBack) {
    std::vector const entries{made(1, "2026-11-22T06:00:00Z"), made(2, "2020-01-01T06:00:00Z"),
                              made(3, "2020-01-01T07:00:00Z")};
    EXPECT_THAT(what_goes(entries, {1, true}, "s3").run_ids, ElementsAre("s2"));
}

TEST(Retention, RunsThatMadeNoSetCountForNoWeek) {
    std::vector const entries{made(1), unchanged(2, "s1"), unchanged(3, "s1")};
    auto const gone = what_goes(entries, {1, true}, "s1");
    EXPECT_THAT(gone.numbers, ElementsAre(2));
    EXPECT_THAT(gone.run_ids, IsEmpty());
}

TEST(Retention, LetsASetGoOnceIfTwoRunsMadeIt) {
    std::vector entries{made(1), made(2), made(3), made(4)};
    entries[1].run_id = "s1";
    auto const gone = what_goes(entries, last_two, "s4");
    EXPECT_THAT(gone.run_ids, ElementsAre("s1"));
    EXPECT_THAT(gone.numbers, ElementsAre(1, 2));
}

TEST(Retention, GivesTheSameAnswerOnceItsAnswerWasCarriedOut) {
    std::vector<RetentionEntry> entries;
    for (int number = 1; number <= 60; ++number)
        entries.push_back(made(number, "2026-" + std::string(number < 31 ? "10" : "11") + "-" +
                                           (number % 30 < 9 ? "0" : "") + std::to_string(number % 30 + 1) +
                                           "T00:00:00Z"));
    auto const gone = what_goes(entries, {5, true}, "s60");
    EXPECT_GT(gone.numbers.size(), 40u);
    std::erase_if(entries, [&](RetentionEntry const& entry) {
        return std::find(gone.numbers.begin(), gone.numbers.end(), entry.number) != gone.numbers.end();
    });
    EXPECT_EQ(what_goes(entries, {5, true}, "s60"), Retention{});
}

TEST(WeekOf, GoesFromMondayToSundayAlsoOverTheTurnOfAYear) {
    EXPECT_EQ(week_of("1970-01-05T00:00:00Z"), 0);
    EXPECT_EQ(week_of("1970-01-04T23:59:59Z"), -1);
    EXPECT_EQ(week_of("2026-12-28T00:00:00Z"), week_of("2027-01-03T23:59:59Z"));
    EXPECT_EQ(week_of("2027-01-03T23:59:59Z") + 1, week_of("2027-01-04T00:00:00Z"));
    EXPECT_EQ(week_of("2028-02-28T00:00:00Z"), week_of("2028-02-29T00:00:00Z")) << "a leap day, on a Tuesday";
}

TEST(WeekOf, IsNoWeekForWhatIsNoTime) {
    EXPECT_EQ(week_of(""), dossier::no_week);
    EXPECT_EQ(week_of("2026-02-30T00:00:00Z"), dossier::no_week);
    EXPECT_EQ(week_of("yesterday"), dossier::no_week);
}

}  // namespace
