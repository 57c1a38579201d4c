#include "dossier/schedule/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "time_zone.hpp"

namespace {

using dossier::covered_text;
using dossier::DueTime;
using dossier::expression_of;
using dossier::next_due_times;
using dossier::parse_schedule;
using dossier::periods_covered;
using dossier::Schedule;
using dossier::test::TimeZone;
using dossier::test::utc;

Schedule schedule(std::string const& expression) {
    std::string problem;
    auto const parsed = parse_schedule(expression, problem);
    EXPECT_TRUE(parsed) << expression << ": " << problem;
    return parsed.value_or(Schedule{});
}

std::vector<std::string> locals(std::vector<DueTime> const& times) {
    std::vector<std::string> texts;
    for (auto const& time : times)
        texts.push_back(time.local);
    return texts;
}

using Texts = std::vector<std::string>;

TEST(ScheduleExpression, IsReadInEveryForm) {
    EXPECT_EQ(schedule("day"), (Schedule{.hour = 6, .minute = 0}));
    EXPECT_EQ(schedule("Day 7:05"), (Schedule{.hour = 7, .minute = 5}));
    EXPECT_EQ(schedule("week"), (Schedule{.weekdays = 1}));
    EXPECT_EQ(schedule("week Mon,thursday 23:59"), (Schedule{.weekdays = 9, .hour = 23, .minute = 59}));
    EXPECT_EQ(schedule("week Mon..Fri"), (Schedule{.weekdays = 0x1f}));
    EXPECT_EQ(schedule("week Sat..Mon,Wed"), (Schedule{.weekdays = 0x65}));
    EXPECT_EQ(schedule("month"), (Schedule{.day_of_month = 1}));
    EXPECT_EQ(schedule("month 31 00:00"), (Schedule{.day_of_month = 31, .hour = 0}));
    EXPECT_EQ(schedule("Mon *-*-* 06:00"), schedule("week Mon 06:00"));
    EXPECT_EQ(schedule("  *-*-*   06:00:00 "), schedule("day 06:00"));
    EXPECT_EQ(schedule("*-*-15 12:30"), schedule("month 15 12:30"));
    EXPECT_EQ(schedule("*-*~01 12:30"), schedule("month 31 12:30"));
}

TEST(ScheduleExpression, IsWrittenAsItIsRead) {
    for (auto const* text :
         {"day 06:00", "week Mon 06:00", "week Mon,Thu,Sun 18:30", "month 1 06:00", "month 31 00:59"})
        EXPECT_EQ(expression_of(schedule(text)), text);
    EXPECT_EQ(expression_of(schedule("week Mon..Sun 10:00")), "day 10:00");
}

TEST(ScheduleExpression, WithAMistakeIsRefusedWithAReason) {
    for (std::string const text : {"",
                                   " ",
                                   "hour",
                                   "day 24:00",
                                   "day 12:60",
                                   "day 6",
                                   "day 06:00 Mon",
                                   "day 06:00:30",
                                   "day 6:0",
                                   "week Mo",
                                   "week ,",
                                   "week Mon,",
                                   "week Mon..",
                                   "week Mon Tue 06:00",
                                   "month 0",
                                   "month 32",
                                   "month -1",
                                   "month 1 2",
                                   "month x",
                                   "*-*-* ",
                                   "*-*-*",
                                   "*-*-29 06:00",
                                   "*-*-31 06:00",
                                   "*-*~02 06:00",
                                   "Mon *-*-01 06:00",
                                   "2026-*-* 06:00",
                                   "a b *-*-* 06:00",
                                   "day :",
                                   "day 06:",
                                   ": day",
                                   "day +6:00",
                                   "day 06:-1",
                                   "day\n06:00"}) {
        std::string problem;
        EXPECT_FALSE(parse_schedule(text, problem)) << text;
        EXPECT_FALSE(problem.empty()) << text;
    }
    std::string problem;
    EXPECT_FALSE(parse_schedule(std::string(1'000'000, ','), problem));
    EXPECT_FALSE(parse_schedule("day" + std::string(1'000, ' ') + "06:00", problem));
}

TEST(DueTimes, AreShownInLocalTimeWithTheirOffset) {
    TimeZone const zone("Asia/Kathmandu");
    EXPECT_EQ(locals(next_due_times(schedule("week Mon,Fri 06:00"), utc(2026, 11, 22), 3)),
              (Texts{"Mon 2026-11-23 06:00 +05:45", "Fri 2026-11-27 06:00 +05:45", "Mon 2026-11-30 06:00 +05:45"}));
}

TEST(DueTimes, AreAfterTheMomentNeverAtIt) {
    TimeZone const zone("UTC");
    auto const at_six = utc(2026, 11, 22, 6);
    EXPECT_EQ(next_due_times(schedule("day 06:00"), at_six, 1).front().instant, at_six + 86400);
    EXPECT_EQ(next_due_times(schedule("day 06:00"), at_six - 1, 1).front().instant, at_six);
}

TEST(DueTimes, OnTheThirtyFirstAreOnTheLastDayOfShorterMonths) {
    TimeZone const zone("UTC");
    EXPECT_EQ(locals(next_due_times(schedule("month 31 06:00"), utc(2028, 1, 1), 4)),
              (Texts{"Mon 2028-01-31 06:00 +00:00", "Tue 2028-02-29 06:00 +00:00", "Fri 2028-03-31 06:00 +00:00",
                     "Sun 2028-04-30 06:00 +00:00"}));
    EXPECT_EQ(locals(next_due_times(schedule("month 29"), utc(2027, 2, 1), 2)),
              (Texts{"Sun 2027-02-28 06:00 +00:00", "Mon 2027-03-29 06:00 +00:00"}));
    EXPECT_EQ(locals(next_due_times(schedule("month 29"), utc(2100, 2, 1), 1)), (Texts{"Sun 2100-02-28 06:00 +00:00"}));
}

TEST(DueTimes, ThatClocksSkipAreNotDueThatDay) {
    TimeZone const zone("Europe/Berlin");
    EXPECT_EQ(locals(next_due_times(schedule("day 02:30"), utc(2026, 3, 27, 12), 2)),
              (Texts{"Sat 2026-03-28 02:30 +01:00", "Mon 2026-03-30 02:30 +02:00"}));
    EXPECT_EQ(locals(next_due_times(schedule("day 03:00"), utc(2026, 3, 28, 12), 1)),
              (Texts{"Sun 2026-03-29 03:00 +02:00"}));
}

TEST(DueTimes, ThatClocksShowTwiceAreDueTheFirstTimeOnly) {
    TimeZone const zone("Europe/Berlin");
    EXPECT_EQ(locals(next_due_times(schedule("day 02:30"), utc(2026, 10, 24, 12), 2)),
              (Texts{"Sun 2026-10-25 02:30 +02:00", "Mon 2026-10-26 02:30 +01:00"}));
    auto const between_the_two = utc(2026, 10, 25, 0, 45);
    EXPECT_EQ(locals(next_due_times(schedule("day 02:30"), between_the_two, 1)),
              (Texts{"Mon 2026-10-26 02:30 +01:00"}));
}

TEST(DueTimes, OfADayThatAZoneLeftOutAreNotDue) {
    TimeZone const zone("Pacific/Apia");  // there was no 30 December 2011
    EXPECT_EQ(locals(next_due_times(schedule("day 06:00"), utc(2011, 12, 29, 0), 3)),
              (Texts{"Thu 2011-12-29 06:00 -10:00", "Sat 2011-12-31 06:00 +14:00", "Sun 2012-01-01 06:00 +14:00"}));
}

TEST(DueTimes, EndWithTheYear9999) {
    TimeZone const zone("UTC");
    EXPECT_EQ(next_due_times(schedule("month 31"), utc(9999, 10, 31, 12), 5).size(), 2u);
}

TEST(PeriodsCovered, AreThoseSinceTheLastRun) {
    TimeZone const zone("Europe/Berlin");
    auto const daily = schedule("day 06:00");
    auto const monday = utc(2026, 11, 16, 5, 1);
    EXPECT_EQ(periods_covered(daily, monday, utc(2026, 11, 17, 5, 1)).size(), 1u);
    auto const after_days_off = periods_covered(daily, monday, utc(2026, 11, 19, 9));
    EXPECT_EQ(
        covered_text(after_days_off),
        "covers 3 periods: Tue 2026-11-17 06:00 +01:00, Wed 2026-11-18 06:00 +01:00, Thu 2026-11-19 06:00 +01:00");
}

TEST(PeriodsCovered, OfTheFirstRunAreTheNewestOnly) {
    TimeZone const zone("UTC");
    EXPECT_EQ(locals(periods_covered(schedule("month 31"), std::nullopt, utc(2028, 3, 5))),
              (Texts{"Tue 2028-02-29 06:00 +00:00"}));
    EXPECT_EQ(locals(periods_covered(schedule("day 06:00"), std::nullopt, utc(2028, 3, 5, 6))),
              (Texts{"Sun 2028-03-05 06:00 +00:00"}));
}

TEST(PeriodsCovered, AreNoneAheadOfTheSchedule) {
    TimeZone const zone("UTC");
    auto const run = utc(2026, 11, 16, 6, 1);
    EXPECT_TRUE(periods_covered(schedule("day 06:00"), run, run + 3600).empty());
    EXPECT_EQ(covered_text({}), "covers no period of its schedule");
}

TEST(PeriodsCovered, AreNoneWhenTheClockWasSetBack) {
    TimeZone const zone("UTC");
    auto const now = utc(2026, 11, 16);
    EXPECT_TRUE(periods_covered(schedule("day 06:00"), now + 1'000'000, now).empty());
    EXPECT_TRUE(periods_covered(schedule("day 06:00"), std::numeric_limits<std::int64_t>::max(), now).empty());
}

TEST(PeriodsCovered, GoBackAHundredYearsAtMost) {
    TimeZone const zone("UTC");
    auto const covered =
        periods_covered(schedule("day 06:00"), std::numeric_limits<std::int64_t>::min(), utc(2026, 11, 16));
    EXPECT_EQ(covered.size(), 36525u);
    EXPECT_EQ(covered_text(covered).find("covers 36525 periods: 36520 older, then Wed 2026-11-11"), 0u)
        << covered_text(covered);
}

TEST(PeriodsCovered, CountALeapDay) {
    TimeZone const zone("America/New_York");
    EXPECT_EQ(periods_covered(schedule("day 06:00"), utc(2028, 2, 27, 12), utc(2028, 3, 1, 12)).size(), 3u);
    EXPECT_EQ(periods_covered(schedule("day 06:00"), utc(2027, 2, 27, 12), utc(2027, 3, 1, 12)).size(), 2u);
    EXPECT_EQ(locals(periods_covered(schedule("month 31"), utc(2028, 2, 1), utc(2028, 3, 1))),
              (Texts{"Tue 2028-02-29 06:00 -05:00"}));
}

TEST(PeriodsCovered, CountAChangeOfClocksNeitherTwiceNorAway) {
    TimeZone const zone("Europe/Berlin");
    auto const at = [](int month, int day, int hour) { return utc(2026, month, day, hour); };
    EXPECT_EQ(periods_covered(schedule("day 06:00"), at(3, 27, 12), at(3, 30, 12)).size(), 3u);
    EXPECT_EQ(periods_covered(schedule("day 02:30"), at(3, 27, 12), at(3, 30, 12)).size(), 2u) << "one was skipped";
    EXPECT_EQ(periods_covered(schedule("day 02:30"), at(10, 24, 12), at(10, 26, 12)).size(), 2u) << "one came twice";
    EXPECT_TRUE(periods_covered(schedule("day 02:30"), utc(2026, 10, 25, 0, 31), utc(2026, 10, 25, 1, 31)).empty())
        << "the run at the first 02:30 did what is due at 02:30";
}

// Whatever the schedule, zone and moment: a run covers what was to come when the run before it began.
TEST(PeriodsCovered, AreTheDueTimesThatWereToComeAtTheLastRun) {
    std::size_t n_compared = 0;
    for (auto const* name : {"UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"}) {
        TimeZone const zone(name);
        for (auto const* text :
             {"day 02:15", "day 00:00", "week Sun 02:30", "week Mon..Fri", "month 29", "month 30 02:30"}) {
            auto const due = next_due_times(schedule(text), utc(2011, 12, 1), 800);
            for (std::size_t first = 0; first + 40 < due.size(); first += 37) {
                for (std::size_t n : {0U, 1U, 2U, 39U}) {
                    auto const covered =
                        periods_covered(schedule(text), due[first].instant, due[first + n].instant + 5);
                    std::vector<DueTime> const expected(due.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                                                        due.begin() + static_cast<std::ptrdiff_t>(first + n) + 1);
                    EXPECT_EQ(covered, expected) << name << " " << text << " " << due[first].local;
                    ++n_compared;
                }
            }
        }
    }
    EXPECT_GT(n_compared, 1000u);
}

}  // namespace
