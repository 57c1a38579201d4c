// Calendar of scheduled runs: when they are due, and which due times one run covers.
//
// Local time is that of the process (TZ, else /etc/localtime). As with systemd, a time of day that a change of clocks
// skips is not due on that day, and one that comes twice is due the first time only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// Days of the week as bits: Monday is 1, Sunday 64.
using Weekdays = unsigned;
constexpr Weekdays every_weekday = 0x7f;

/// When runs are due: on some days of the week, or on one day of each month, at a time of day.
struct Schedule {
    Weekdays weekdays = every_weekday;  ///< every_weekday where there is a day of the month
    unsigned day_of_month = 0;          ///< 0: any; 29 to 31: the last day of months that are shorter
    unsigned hour = 6, minute = 0;      ///< local time

    friend bool operator==(Schedule const&, Schedule const&) = default;
};

/// Reads an expression; words may be in any case:
///
///   day [TIME]            day 06:30
///   week [DAYS] [TIME]    week Mon 06:00; week Mon,Thu; week Mon..Fri 18:00
///   month [DAY] [TIME]    month 15 06:00; month 31: the last day
///   [DAYS] *-*-* TIME     as systemd writes it; *-*-15 TIME and *-*~01 TIME (the last day) likewise
///
/// TIME is HH:MM, 06:00 where it is left out; DAYS are Mon where they are left out.
/// @param problem  what is wrong, one clause, if nullopt is returned
[[nodiscard]] std::optional<Schedule> parse_schedule(std::string_view expression, std::string& problem);

/// The expression in its shortest form, which parse_schedule reads as the same schedule: "week Mon,Thu 06:00".
[[nodiscard]] std::string expression_of(Schedule const& schedule);

/// For people: "every week on Mon at 06:00".
[[nodiscard]] std::string description_of(Schedule const& schedule);

/// "Mon", 0 being Monday; `weekday` is at most 6.
[[nodiscard]] std::string_view weekday_name(unsigned weekday) noexcept;

/// A moment at which a run is due.
struct DueTime {
    std::int64_t instant = 0;  ///< Unix time, seconds
    std::string local;         ///< "Mon 2026-11-23 06:00 +01:00"

    friend bool operator==(DueTime const&, DueTime const&) = default;
};

/// The first `n` due times after `after` (Unix time), in order; fewer only where the year 9999 ends.
[[nodiscard]] std::vector<DueTime> next_due_times(Schedule const& schedule, std::int64_t after, std::size_t n);

/// The due times that a run at `now` makes up for: those after `last_run` up to and including `now`, in order.
///
/// Empty when the run is ahead of its schedule, or `last_run` lies in the future because a clock was set back. Of more than
/// a hundred years the last hundred are looked at.
/// @param last_run  when the last scheduled run that got to its end began; nullopt: none did, then at most the newest due
///                  time is returned
[[nodiscard]] std::vector<DueTime> periods_covered(Schedule const& schedule, std::optional<std::int64_t> last_run,
                                                   std::int64_t now);

/// "covers 2 periods: Mon 2026-11-23 06:00 +01:00, Tue 2026-11-24 06:00 +01:00"; of many only the newest five are named.
[[nodiscard]] std::string covered_text(std::vector<DueTime> const& periods);

}  // namespace dossier
