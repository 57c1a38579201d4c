#include "dossier/history/utc_time.hpp"

#include <gtest/gtest.h>

#include "dossier/history/run_history.hpp"

namespace {

using namespace std::chrono;
using dossier::parse_span;
using dossier::span_text;
using dossier::time_of_utc;

TEST(UtcTime, ReadsWhatTheHistoryWrites) {
    for (auto const seconds_since : {0L, 951'782'400L, 1'795'298'345L, 4'102'444'799L}) {
        system_clock::time_point const time{seconds(seconds_since)};
        EXPECT_EQ(time_of_utc(dossier::utc_text(time)), time);
    }
}

TEST(UtcTime, RefusesEverythingElse) {
    for (auto const* text : {"", "2026-11-22", "2026-11-22T06:00:00", "2026-11-22 06:00:00Z", "2026-13-22T06:00:00Z",
                             "2026-02-30T06:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T06:60:00Z",
                             "2026-1a-22T06:00:00Z", "2026-11-22T06:00:00Zx", "-026-11-22T06:00:00Z"})
        EXPECT_FALSE(time_of_utc(text)) << text;
}

TEST(Span, IsReadFromDaysToSeconds) {
    EXPECT_EQ(parse_span("8d"), days(8));
    EXPECT_EQ(parse_span("36h"), hours(36));
    EXPECT_EQ(parse_span("90m"), minutes(90));
    EXPECT_EQ(parse_span("45s"), seconds(45));
    EXPECT_EQ(parse_span("1d12h30m5s"), days(1) + hours(12) + minutes(30) + seconds(5));
}

TEST(Span, RefusesEverythingElse) {
    for (auto const* text : {"", "8", "d", "8 d", "8days", "-8d", "+8d", "1.5d", "12h1d", "1d1d", "0d", "8D", "8w",
                             "99999999999d", "36526d", "4294967295d"})
        EXPECT_FALSE(parse_span(text)) << text;
}

TEST(Span, IsToldInItsTwoLongestUnits) {
    EXPECT_EQ(span_text(days(8)), "8 days");
    EXPECT_EQ(span_text(days(1) + hours(3) + minutes(59)), "1 day 3 hours");
    EXPECT_EQ(span_text(days(1) + minutes(59)), "1 day");
    EXPECT_EQ(span_text(minutes(1) + seconds(1)), "1 minute 1 second");
    EXPECT_EQ(span_text(seconds(42)), "42 seconds");
    EXPECT_EQ(span_text(seconds(0)), "0 seconds");
    EXPECT_EQ(span_text(seconds(-5)), "0 seconds");
}

}  // namespace
