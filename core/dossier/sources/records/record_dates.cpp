#include "dossier/sources/records/record_dates.hpp"

#include <array>
#include <cstddef>

#include "dossier/sources/calendar.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::size_t max_date_bytes = 200;

struct DateToken {
    std::string_view text;  // empty: the end
    bool number = false;
};

DateToken take_token(std::string_view& rest) {
    std::size_t begin = 0;
    while (begin < rest.size() && !is_ascii_digit(rest[begin]) && !is_ascii_alpha(rest[begin]))
        ++begin;
    rest.remove_prefix(begin);
    if (rest.empty()) return {};
    bool const number = is_ascii_digit(rest[0]);
    std::size_t end = 0;
    while (end < rest.size() && (number ? is_ascii_digit(rest[end]) : is_ascii_alpha(rest[end])))
        ++end;
    DateToken const token{rest.substr(0, end), number};
    rest.remove_prefix(end);
    return token;
}

int value_of(std::string_view digits) noexcept {
    int value = 0;
    for (char const digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

bool is_year(DateToken const& token) noexcept {
    return token.number && token.text.size() == 4 && (token.text[0] == '1' || token.text[0] == '2');
}

int month_of(std::string_view word) {
    auto const start = ascii_lower(word.substr(0, 3));
    for (std::size_t i = 0; i < months.size(); ++i)
        if (start == months[i]) return static_cast<int>(i) + 1;
    return 0;
}

struct Date {
    int year = 0, month = 0, day = 0;
};

// Digits without separators: "20170422", "201704".
bool take_packed(DateToken const& token, Date& date) noexcept {
    if (!token.number || (token.text.size() != 8 && token.text.size() != 6)) return false;
    if (!is_year({token.text.substr(0, 4), true})) return false;
    date = {value_of(token.text.substr(0, 4)), value_of(token.text.substr(4, 2)), 0};
    if (token.text.size() == 8) date.day = value_of(token.text.substr(6));
    return true;
}

Date date_in(std::string_view text) {
    Date date;
    int before = 0;  // the small number that was read last
    bool after_year = false;
    auto rest = text.substr(0, max_date_bytes);
    for (auto token = take_token(rest); !token.text.empty(); token = take_token(rest)) {
        if (date.year == 0 && take_packed(token, date)) return date;
        if (is_year(token)) {
            if (date.year == 0) date.year = value_of(token.text);
            after_year = date.month == 0;
            continue;
        }
        if (!token.number) {
            int const month = month_of(token.text);
            if (month != 0 && date.month == 0) {
                date.month = month;
                date.day = before;
            }
            before = 0;
            after_year = false;
            continue;
        }
        if (token.text.size() > 2) continue;
        int const value = value_of(token.text);
        if (after_year && date.month == 0)
            date.month = value;
        else if (date.month != 0 && date.day == 0)
            date.day = value;
        else
            before = value;
        after_year = false;
    }
    return date;
}

std::string two_digits(int value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

std::string year_in(std::string_view text) {
    auto rest = text.substr(0, max_date_bytes);
    for (auto token = take_token(rest); !token.text.empty(); token = take_token(rest)) {
        if (is_year(token)) return std::string(token.text);
        Date packed;
        if (take_packed(token, packed)) return std::string(token.text.substr(0, 4));
    }
    return {};
}

std::string record_date(std::string_view date_text, std::string_view year_text) {
    Date date = date_in(date_text);
    if (date.year == 0) {
        auto const year = year_in(year_text);
        if (year.empty()) return {};
        date.year = value_of(year);
    }
    auto text = std::to_string(date.year);
    if (date.month < 1 || date.month > 12) return text;
    text += "-" + two_digits(date.month);
    return is_date(date.year, date.month, date.day) ? text + "-" + two_digits(date.day) : text;
}

}  // namespace dossier::sources
