#include "dossier/history/utc_time.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "dossier/diagnostics/counted.hpp"

namespace dossier {
namespace {

using namespace std::chrono;

struct Unit {
    char letter;
    char const* name;
    seconds length;
};
constexpr std::array<Unit, 4> units{
    {{'d', "day", days(1)}, {'h', "hour", hours(1)}, {'m', "minute", minutes(1)}, {'s', "second", seconds(1)}}};
constexpr seconds longest_span = days(36'525);

/// Digits of `text` at `offset`, `n` of them and nothing else.
std::optional<int> digits(std::string_view text, std::size_t offset, std::size_t n) {
    int value = 0;
    for (auto const c : text.substr(offset, n)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<system_clock::time_point> time_of_utc(std::string_view text) {
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";
    if (text.size() != form.size()) return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] != 'd' && text[i] != form[i]) return std::nullopt;
    auto const y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    auto const h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
    year_month_day const date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    if (!date.ok()) return std::nullopt;
    return sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s);
}

std::optional<seconds> parse_span(std::string_view text) {
    seconds span{0};
    auto unit = units.begin();
    while (!text.empty()) {
        std::uint32_t number = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end == text.data() + text.size()) return std::nullopt;
        while (unit != units.end() && unit->letter != *end)
            ++unit;
        if (unit == units.end()) return std::nullopt;
        span += seconds(static_cast<std::int64_t>(number) * unit->length.count());
        if (span > longest_span) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
        ++unit;
    }
    return span > seconds(0) ? std::optional(span) : std::nullopt;
}

std::string span_text(seconds span) {
    std::string text;
    int n_units = 0;
    for (auto const& unit : units) {
        auto const n = span / unit.length;
        span -= n * unit.length;
        if (n <= 0 && n_units == 0) continue;
        if (n_units++ == 2) break;
        if (n > 0) text += (text.empty() ? "" : " ") + counted(static_cast<std::size_t>(n), unit.name);
    }
    return text.empty() ? "0 seconds" : text;
}

}  // namespace dossier
