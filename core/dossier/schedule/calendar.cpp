#include "dossier/schedule/calendar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <iterator>

namespace dossier {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr std::array<std::string_view, 7> weekday_names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::size_t longest_expression = 100;
constexpr int longest_search_days = 400;  // two due times are never further apart
constexpr std::int64_t hundred_years = std::int64_t{36525} * 86400;
constexpr int last_year = 9999;

// ---- Reading an expression

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string_view::npos;) {
        auto const end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

/// One or two digits, and nothing else.
std::optional<unsigned> small_number(std::string_view text) {
    unsigned number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || text.size() > 2 || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// "06:00" or, as systemd writes it, "06:00:00".
bool read_time(std::string_view word, Schedule& schedule) {
    auto const colon = word.find(':');
    if (colon == std::string_view::npos) return false;
    auto rest = word.substr(colon + 1);
    if (rest.size() == 5 && rest.ends_with(":00")) rest.remove_suffix(3);
    auto const hour = small_number(word.substr(0, colon)), minute = small_number(rest);
    if (!hour || !minute || rest.size() != 2 || *hour > 23 || *minute > 59) return false;
    schedule.hour = *hour;
    schedule.minute = *minute;
    return true;
}

/// 0 for Monday. Short names and full ones are understood.
std::optional<unsigned> weekday_of(std::string_view word) {
    constexpr std::array<std::string_view, 7> full{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
    for (unsigned day = 0; day < full.size(); ++day)
        if (same_word(word, weekday_names[day]) || same_word(word, full[day])) return day;
    return std::nullopt;
}

/// "Mon", or "Fri..Mon", which goes round the end of the week; 0: neither.
Weekdays weekdays_of_part(std::string_view part) {
    auto const dots = part.find("..");
    auto const first = weekday_of(part.substr(0, dots));
    auto const last = dots == std::string_view::npos ? first : weekday_of(part.substr(dots + 2));
    if (!first || !last) return 0;
    Weekdays days_found = 0;
    for (unsigned day = *first;; day = (day + 1) % 7) {
        days_found |= 1U << day;
        if (day == *last) return days_found;
    }
}

/// "Mon,Thu" or "Mon..Fri"; 0: something else.
Weekdays weekdays_of(std::string_view word) {
    Weekdays found = 0;
    for (std::size_t begin = 0; begin <= word.size();) {
        auto const end = std::min(word.find(',', begin), word.size());
        auto const part = weekdays_of_part(word.substr(begin, end - begin));
        if (part == 0) return 0;
        found |= part;
        begin = end + 1;
    }
    return found;
}

constexpr char const* forms =
    "it is day [TIME], week [DAYS] [TIME], month [DAY] [TIME], or [DAYS] *-*-* TIME as systemd writes it";

/// Reads what stands between the first word and the time.
bool read_days_of_week(std::vector<std::string_view> const& words, Schedule& schedule, std::string& problem) {
    schedule.weekdays = words.empty() ? 1U : weekdays_of(words.front());
    if (words.size() <= 1 && schedule.weekdays != 0) return true;
    problem = "days of the week are written Mon, or Mon,Thu, or Mon..Fri";
    return false;
}

bool read_day_of_month(std::vector<std::string_view> const& words, Schedule& schedule, std::string& problem) {
    auto const day = words.empty() ? std::optional(1U) : small_number(words.front());
    if (words.size() <= 1 && day && *day >= 1 && *day <= 31) {
        schedule.day_of_month = *day;
        return true;
    }
    problem = "the day of the month is a number from 1 to 31";
    return false;
}

/// "*-*-*", "*-*-15" or "*-*~01", with days of the week before the first.
bool read_date_of_systemd(std::vector<std::string_view> words, Schedule& schedule, std::string& problem) {
    auto const date = words.empty() ? std::string_view() : words.back();
    if (!date.starts_with("*-*") || words.size() > 2) {
        problem = forms;
        return false;
    }
    auto const day = date.substr(3);
    if (day == "-*") {
        if (words.size() == 1) return true;
        words.pop_back();
        return read_days_of_week(words, schedule, problem);
    }
    if (words.size() == 2) {
        problem = "either days of the week or a day of the month can be given, not both";
        return false;
    }
    if (day == "~01" || day == "~1") {
        schedule.day_of_month = 31;
        return true;
    }
    auto const number = day.starts_with('-') ? small_number(day.substr(1)) : std::nullopt;
    if (!number || *number < 1 || *number > 28) {
        problem = "the day is *, a number from 01 to 28, or ~01 for the last; \"month 30\" means the 30th or the last";
        return false;
    }
    schedule.day_of_month = *number;
    return true;
}

// ---- Local time

/// Seconds that local time is ahead of UTC at an instant.
std::int64_t offset_at(std::int64_t instant) {
    auto const moment = static_cast<std::time_t>(instant);
    std::tm local{};
    ::localtime_r(&moment, &local);
    return local.tm_gmtoff;
}

local_days local_day_at(std::int64_t instant) {
    std::chrono::seconds const local{instant + offset_at(instant)};
    return local_days(std::chrono::floor<days>(local));
}

/// The first instant at which clocks show that time on that day; nullopt: they skip it.
std::optional<std::int64_t> instant_of(local_days day, Schedule const& schedule) {
    std::int64_t const shown = std::int64_t{day.time_since_epoch().count()} * 86400 +
                               std::int64_t{schedule.hour} * 3600 + std::int64_t{schedule.minute} * 60;
    // No clock is more than 14 hours ahead of UTC or 12 behind: one of these two holds, or time of day is skipped.
    std::int64_t const before = offset_at(shown - 15 * 3600), after = offset_at(shown + 13 * 3600);
    for (auto const offset : {std::max(before, after), std::min(before, after)})
        if (offset_at(shown - offset) == offset) return shown - offset;
    return std::nullopt;
}

bool is_day_of(local_days day, Schedule const& schedule) {
    if (schedule.day_of_month == 0) {
        auto const weekday = std::chrono::weekday(day).iso_encoding() - 1;
        return (schedule.weekdays >> weekday & 1U) != 0;
    }
    year_month_day const date(day);
    auto const last = year_month_day_last(date.year(), std::chrono::month_day_last(date.month())).day();
    return date.day() == std::min(std::chrono::day(schedule.day_of_month), last);
}

DueTime due_time(std::int64_t instant) {
    auto const offset = offset_at(instant);
    auto const day = local_day_at(instant);
    year_month_day const date(day);
    auto const second_of_day =
        instant + offset - std::int64_t{day.time_since_epoch().count()} * 86400;  // local time of day
    auto const ahead = (offset < 0 ? -offset : offset) / 60;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s %04d-%02u-%02u %02d:%02d %c%02d:%02d",
                  weekday_names[std::chrono::weekday(day).iso_encoding() - 1].data(), static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(second_of_day / 3600), static_cast<int>(second_of_day / 60 % 60),
                  offset < 0 ? '-' : '+', static_cast<int>(ahead / 60), static_cast<int>(ahead % 60));
    return {instant, text.data()};
}

std::string two_digits(unsigned number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string time_text(Schedule const& schedule) {
    return two_digits(schedule.hour) + ":" + two_digits(schedule.minute);
}

std::string weekdays_text(Weekdays weekdays) {
    std::string text;
    for (unsigned day = 0; day < 7; ++day)
        if ((weekdays >> day & 1U) != 0) text += (text.empty() ? "" : ",") + std::string(weekday_names[day]);
    return text;
}

}  // namespace

std::optional<Schedule> parse_schedule(std::string_view expression, std::string& problem) {
    auto words = words_of(expression.substr(0, longest_expression + 1));
    if (expression.size() > longest_expression || words.empty()) {
        problem = forms;
        return std::nullopt;
    }
    Schedule schedule;
    bool const has_time = words.back().find(':') != std::string_view::npos;
    if (has_time && !read_time(words.back(), schedule)) {
        problem = "the time of day is written HH:MM, from 00:00 to 23:59";
        return std::nullopt;
    }
    if (has_time) words.pop_back();
    auto const first = words.empty() ? std::string_view() : words.front();
    std::vector<std::string_view> const rest(words.empty() ? words.begin() : std::next(words.begin()), words.end());
    bool good = false;
    if (same_word(first, "day")) {
        good = rest.empty();
        if (!good) problem = "after \"day\" comes the time of day or nothing";
    } else if (same_word(first, "week")) {
        good = read_days_of_week(rest, schedule, problem);
    } else if (same_word(first, "month")) {
        good = read_day_of_month(rest, schedule, problem);
    } else if (has_time) {
        good = read_date_of_systemd(words, schedule, problem);
    } else {
        problem = forms;
    }
    return good ? std::optional(schedule) : std::nullopt;
}

std::string expression_of(Schedule const& schedule) {
    if (schedule.day_of_month != 0) return "month " + std::to_string(schedule.day_of_month) + " " + time_text(schedule);
    if (schedule.weekdays == every_weekday) return "day " + time_text(schedule);
    return "week " + weekdays_text(schedule.weekdays) + " " + time_text(schedule);
}

std::string description_of(Schedule const& schedule) {
    auto const at = " at " + time_text(schedule);
    auto const day = std::to_string(schedule.day_of_month);
    if (schedule.day_of_month == 31) return "on the last day of every month" + at;
    if (schedule.day_of_month > 28) return "every month on day " + day + ", or the last" + at;
    if (schedule.day_of_month != 0) return "every month on day " + day + at;
    if (schedule.weekdays == every_weekday) return "every day" + at;
    return "every week on " + weekdays_text(schedule.weekdays) + at;
}

std::string_view weekday_name(unsigned weekday) noexcept {
    return weekday_names[weekday];
}

std::vector<DueTime> next_due_times(Schedule const& schedule, std::int64_t after, std::size_t n) {
    ::tzset();
    std::vector<DueTime> due;
    int searched = 0;
    for (auto day = local_day_at(after); due.size() < n && searched < longest_search_days; day += days(1), ++searched) {
        if (year_month_day(day).year() > std::chrono::year(last_year)) break;
        if (!is_day_of(day, schedule)) continue;
        auto const instant = instant_of(day, schedule);
        if (!instant || *instant <= (due.empty() ? after : due.back().instant)) continue;
        due.push_back(due_time(*instant));
        searched = 0;
    }
    return due;
}

std::vector<DueTime> periods_covered(Schedule const& schedule, std::optional<std::int64_t> last_run, std::int64_t now) {
    ::tzset();
    if (!last_run) {
        auto day = local_day_at(now);
        for (int searched = 0; searched < longest_search_days; ++searched, day -= days(1)) {
            auto const instant = is_day_of(day, schedule) ? instant_of(day, schedule) : std::nullopt;
            if (instant && *instant <= now) return {due_time(*instant)};
        }
        return {};
    }
    auto const begin = std::max(*last_run, now - hundred_years);
    std::vector<DueTime> covered;
    if (begin >= now) return covered;
    for (auto day = local_day_at(begin), last = local_day_at(now); day <= last; day += days(1)) {
        auto const instant = is_day_of(day, schedule) ? instant_of(day, schedule) : std::nullopt;
        if (instant && *instant > begin && *instant <= now) covered.push_back(due_time(*instant));
    }
    return covered;
}

std::string covered_text(std::vector<DueTime> const& periods) {
    constexpr std::size_t most_named = 5;
    if (periods.empty()) return "covers no period of its schedule";
    std::string text = "covers " + std::to_string(periods.size()) + (periods.size() == 1 ? " period: " : " periods: ");
    auto const n_named = std::min(periods.size(), most_named);
    if (n_named < periods.size()) text += std::to_string(periods.size() - n_named) + " older, then ";
    for (auto at = periods.size() - n_named; at < periods.size(); ++at)
        text += periods[at].local + (at + 1 < periods.size() ? ", " : "");
    return text;
}

}  // namespace dossier
