// Our calendar beside systemd's: the same dates for the same schedule, in zones and years that change their clocks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "dossier/schedule/calendar.hpp"
#include "dossier/schedule/unit_files.hpp"
#include "golden/dossier_process.hpp"
#include "time_zone.hpp"

namespace {

using namespace dossier;
using namespace dossier::test;

constexpr std::size_t n_dates = 5;

/// "Mon 2026-03-30 00:30:00 UTC"
std::int64_t moment_of(std::string const& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    EXPECT_EQ(std::sscanf(text.c_str(), "%*s %d-%d-%d %d:%d:%d UTC", &year, &month, &day, &hour, &minute, &second), 6)
        << text;
    return utc(year, month, day, hour, minute, second);
}

/// The dates of each expression, as systemd-analyze prints them.
std::vector<std::vector<std::int64_t>> dates_in(std::string const& output) {
    std::vector<std::vector<std::int64_t>> dates;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        if (line.find("Normalized form:") != std::string::npos) dates.emplace_back();
        if (auto const at = line.find("(in UTC): "); at != std::string::npos && !dates.empty())
            dates.back().push_back(moment_of(line.substr(at + 10)));
    }
    return dates;
}

/// What systemd says is next, at a moment of local time, for each schedule.
std::vector<std::vector<std::int64_t>> dates_of_systemd(std::vector<Schedule> const& schedules, std::string const& zone,
                                                        std::string const& now) {
    std::vector<std::string> command{"faketime", now, "systemd-analyze", "calendar",
                                     "--iterations=" + std::to_string(n_dates)};
    std::vector<std::size_t> n_expressions;
    for (auto const& schedule : schedules) {
        auto const expressions = systemd_calendar(schedule);
        command.insert(command.end(), expressions.begin(), expressions.end());
        n_expressions.push_back(expressions.size());
    }
    auto const result = run_program(command, {{"TZ", zone}, {"LC_ALL", "C"}});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    auto const all = dates_in(result.out);
    std::vector<std::vector<std::int64_t>> dates;
    std::size_t at = 0;
    for (auto const n : n_expressions) {
        auto& merged = dates.emplace_back();
        for (std::size_t i = 0; i < n && at < all.size(); ++i, ++at)
            merged.insert(merged.end(), all[at].begin(), all[at].end());
        std::sort(merged.begin(), merged.end());
        merged.resize(std::min(merged.size(), n_dates));
    }
    return dates;
}

std::int64_t unix_time(std::string const& zone, std::string const& now) {
    auto const result = run_program({"date", "-d", now, "+%s"}, {{"TZ", zone}});
    return std::stoll(result.out);
}

TEST(Calendar, AgreesWithSystemd) {
    if (!std::filesystem::exists("/usr/bin/systemd-analyze") || !std::filesystem::exists("/usr/bin/faketime"))
        GTEST_SKIP() << "needs the packages systemd and faketime";
    std::vector<Schedule> schedules;
    for (auto const* text :
         {"day 06:00", "day 00:00", "day 00:30", "day 01:30", "day 02:00", "day 02:30", "day 03:00", "day 23:59",
          "week Mon 06:00", "week Sun 02:30", "week Sat,Sun 01:59", "week Fri..Mon 00:00", "month 1 00:00",
          "month 15 06:00", "month 28 02:30", "month 29 02:30", "month 30 12:00", "month 31 02:30", "month 31 23:59"}) {
        std::string problem;
        schedules.push_back(parse_schedule(text, problem).value());
    }
    struct {
        char const *zone, *now;
    } const moments[] = {
        {"Etc/GMT-1", "2026-11-22 12:00:00"},
        {"Europe/Berlin", "2026-03-27 12:00:00"},        // spring: 02:00 -> 03:00 on the 29th
        {"Europe/Berlin", "2026-10-24 12:00:00"},        // autumn: 03:00 -> 02:00 on the 25th
        {"Europe/Berlin", "2028-02-27 23:59:59"},        // leap day
        {"Europe/Berlin", "2027-12-31 23:59:30"},        // end of a year
        {"America/New_York", "2026-03-06 12:00:00"},     // the 8th
        {"America/New_York", "2026-10-31 00:00:00"},     // 1 November
        {"America/Santiago", "2026-09-04 12:00:00"},     // midnight is skipped on the 6th
        {"America/Santiago", "2026-04-03 12:00:00"},     // midnight comes back on the 4th
        {"Australia/Lord_Howe", "2026-10-02 12:00:00"},  // half an hour
        {"Australia/Lord_Howe", "2026-04-03 12:00:00"},
        {"Asia/Kathmandu", "2028-02-28 12:00:00"},
        {"Africa/Casablanca", "2026-02-13 12:00:00"},  // clocks back during Ramadan
        {"Pacific/Chatham", "2026-09-25 12:00:00"},
        {"Europe/Dublin", "2026-10-23 12:00:00"},  // summer is standard time there
        {"Asia/Tokyo", "2099-12-31 12:00:00"},
        {"America/New_York", "2100-02-27 12:00:00"},  // no leap year
    };
    std::size_t n_compared = 0;
    for (auto const& [zone, now] : moments) {
        auto const theirs = dates_of_systemd(schedules, zone, now);
        TimeZone const local(zone);
        ASSERT_EQ(theirs.size(), schedules.size());
        for (std::size_t i = 0; i < schedules.size(); ++i) {
            std::vector<std::int64_t> ours;
            for (auto const& due : next_due_times(schedules[i], unix_time(zone, now), n_dates))
                ours.push_back(due.instant);
            EXPECT_EQ(theirs[i], ours) << zone << " " << now << ": " << expression_of(schedules[i]);
            n_compared += ours.size();
        }
    }
    EXPECT_EQ(n_compared, std::size(moments) * schedules.size() * n_dates);
}

}  // namespace
