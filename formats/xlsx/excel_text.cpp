#include "excel_text.hpp"

#include <algorithm>
#include <array>

#include "shared/clean_text.hpp"
#include "shared/web_address.hpp"

namespace dossier::formats {
namespace {

constexpr std::string_view escaped_underscore = "_x005F_";
constexpr std::size_t longest_address = 2079, longest_fragment = 255;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_hexadecimal(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Whether "_x0041_" or the like begins at `offset`.
bool is_escape(std::string_view text, std::size_t offset) noexcept {
    auto const seven = text.substr(offset, 7);
    return seven.size() == 7 && seven.substr(0, 2) == "_x" && seven[6] == '_' &&
           std::all_of(seven.begin() + 2, seven.begin() + 6, is_hexadecimal);
}

/// East Asian wide and full-width characters and emoji, near enough for the width of a column.
bool is_wide(char32_t c) noexcept {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

std::size_t width_of(char32_t c) noexcept {
    bool const is_mark = (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F);
    return is_mark ? 0 : is_wide(c) ? 2 : 1;
}

struct Day {
    int year, month, day;
};

bool is_leap_year(int year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) noexcept {
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

std::optional<Day> whole_date(std::string_view date) noexcept {
    constexpr std::string_view shape = "dddd-dd-dd";
    if (date.size() != shape.size()) return std::nullopt;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == 'd' ? !is_digit(date[i]) : date[i] != '-') return std::nullopt;
    auto const number = [&](std::size_t begin, std::size_t size) {
        int value = 0;
        for (char const c : date.substr(begin, size))
            value = 10 * value + (c - '0');
        return value;
    };
    Day const day{number(0, 4), number(5, 2), number(8, 2)};
    bool const exists =
        day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= days_in_month(day.year, day.month);
    return exists ? std::optional(day) : std::nullopt;
}

/// Days from 1970-01-01 to `day`.
long long days_since_1970(Day const& day) noexcept {
    auto const leap_days_before = [](int year) { return (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400; };
    long long days = 365LL * (day.year - 1970) + leap_days_before(day.year) - leap_days_before(1970);
    for (int month = 1; month < day.month; ++month)
        days += days_in_month(day.year, month);
    return days + day.day - 1;
}

/// Whether a colon would make one of libxlsxwriter's own schemes, which it looks for anywhere in an address.
bool makes_own_scheme(std::string_view before_colon) noexcept {
    constexpr std::size_t size = 8;
    if (before_colon.size() < size) return false;
    auto const word = before_colon.substr(before_colon.size() - size);
    return word == "internal" || word == "external";
}

/// Characters that stand for themselves in an address.
bool is_plain(char c) noexcept {
    bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || is_digit(c) || std::string_view("-._~:/?#@!$&'()*+,;=").find(c) != std::string_view::npos;
}

}  // namespace

std::string cell_text(std::string_view text) {
    auto const clean = clean_text(text);
    std::string result;
    result.reserve(clean.size());
    for (std::size_t offset = 0; offset < clean.size();) {
        auto const point = code_point_at(clean, offset);
        bool const is_line_break = point.value == '\r';
        bool const ends_with_line_feed = is_line_break && offset + 1 < clean.size() && clean[offset + 1] == '\n';
        if (point.value == 0xFFFE || point.value == 0xFFFF)
            result += replacement_character;
        else if (is_line_break)
            result += ends_with_line_feed ? "" : "\n";
        else
            result.append(clean, offset, point.size);
        offset += point.size;
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_' && is_escape(text, i))
            result += escaped_underscore;
        else
            result += text[i];
    }
    return result;
}

std::vector<std::string_view> pieces_of(std::string_view text) {
    std::vector<std::string_view> pieces;
    std::size_t begin = 0, units = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        auto const point = code_point_at(text, offset);
        auto const own = is_escape(text, offset) ? escaped_underscore.size() : point.value > 0xFFFF ? 2 : 1;
        if (units + own > longest_cell) {
            pieces.push_back(text.substr(begin, offset - begin));
            begin = offset, units = 0;
        }
        units += own, offset += point.size;
    }
    pieces.push_back(text.substr(begin));
    return pieces;
}

std::size_t width_of(std::string_view text) noexcept {
    std::size_t longest = 0, width = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        auto const point = code_point_at(text, offset);
        width = point.value == '\n' ? 0 : width + width_of(point.value);
        longest = std::max(longest, width);
        offset += point.size;
    }
    return longest;
}

std::size_t lines_of(std::string_view text, std::size_t width) noexcept {
    width = std::max<std::size_t>(1, width);
    std::size_t n_lines = 0;
    while (true) {
        auto const end = text.find('\n');
        auto const digits = width_of(text.substr(0, end));
        auto const line = digits - digits / 15;  // letters are narrower than digits, on the whole
        n_lines += std::max<std::size_t>(1, (line + width - 1) / width);
        if (end == std::string_view::npos) return n_lines;
        text.remove_prefix(end + 1);
    }
}

std::optional<double> day_number(std::string_view date) noexcept {
    auto const day = whole_date(date);
    if (!day) return std::nullopt;
    constexpr long long from_1899 = 25'569;  // days from 1899-12-30 to 1970-01-01
    auto const number = days_since_1970(*day) + from_1899;
    constexpr long long march_1900 = 61;  // Excel has a 29 February 1900 before it, others do not
    return number >= march_1900 ? std::optional(static_cast<double>(number)) : std::nullopt;
}

long long seconds_since_1970(std::string_view date) noexcept {
    constexpr Day fallback{1980, 1, 1};
    return 86'400 * days_since_1970(whole_date(date).value_or(fallback));
}

std::optional<std::string> linkable(std::string_view address) {
    if (!is_web_address(address)) return std::nullopt;
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (std::size_t i = 0; i < address.size() && encoded.size() <= longest_address; ++i) {
        bool const is_encoded = address[i] == '%' && i + 2 < address.size() && is_hexadecimal(address[i + 1]) &&
                                is_hexadecimal(address[i + 2]);
        auto const byte = static_cast<unsigned char>(address[i]);
        bool const is_trap = address[i] == ':' && makes_own_scheme(encoded);
        if ((is_plain(address[i]) && !is_trap) || is_encoded)
            encoded += address[i];
        else
            encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    auto const fragment = encoded.find('#');
    bool const is_short = encoded.size() <= longest_address &&
                          (fragment == std::string::npos || encoded.size() - fragment - 1 <= longest_fragment);
    return is_short ? std::optional(std::move(encoded)) : std::nullopt;
}

}  // namespace dossier::formats
