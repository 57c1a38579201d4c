#include "dossier/evidence/dateline.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace dossier {

namespace {

constexpr std::size_t max_dateline = 80;   // bytes
constexpr std::size_t shortest_place = 7;  // letters of one that nothing else shows to be a place: "AIDS - a review"
constexpr std::array dashes = {" - ", " -- ", " \u2013 ", " \u2014 ", "\u2014", "--"};
constexpr std::array agencies = {"Reuters",
                                 "REUTERS",
                                 "AP",
                                 "AFP",
                                 "UPI",
                                 "dpa",
                                 "Xinhua",
                                 "PTI",
                                 "ANI",
                                 "IANS",
                                 "Kyodo",
                                 "Bloomberg",
                                 "GLOBE NEWSWIRE",
                                 "BUSINESS WIRE",
                                 "HealthDay News",
                                 "HealthDay",
                                 "PRNewswire",
                                 "PA",
                                 "CNN",
                                 "TASS",
                                 "EFE",
                                 "ANSA"};
constexpr std::array months = {"Jan",     "Feb",      "March",    "April", "May",     "June",     "July",   "Aug",
                               "Sept",    "Oct",      "Nov",      "Dec",   "January", "February", "August", "September",
                               "October", "November", "December", "Mar",   "Apr",     "Jun",      "Jul",    "Sep"};

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes the text off the front of `rest`.
bool take(std::string_view& rest, std::string_view text) {
    if (!rest.starts_with(text)) return false;
    rest.remove_prefix(text.size());
    return true;
}

/// "NEW YORK", "ST. LOUIS", "WASHINGTON, D.C."; returns its letters.
std::size_t take_place(std::string_view& rest) {
    std::size_t n_letters = 0, at = 0, end = 0;
    for (; at < rest.size(); ++at) {
        char const c = rest[at];
        if (is_capital(c)) {
            ++n_letters;
            end = at + 1;
        } else if (c == '.') {
            end = at + 1;
        } else if (c == ' ' || c == ',' || c == '/') {
            // Two capitals follow, or one before a point: " March" ends the place.
            auto const next = rest.find_first_not_of(' ', at + 1);
            if (next == std::string_view::npos || next + 1 >= rest.size() || !is_capital(rest[next]) ||
                !(is_capital(rest[next + 1]) || rest[next + 1] == '.'))
                break;
        } else {
            break;
        }
    }
    rest.remove_prefix(end);
    return n_letters;
}

/// ", March 3, 2025", ", 3 March".
bool take_day(std::string_view& rest) {
    auto left = rest;
    auto const digits = [&] {
        std::size_t n = 0;
        while (n < left.size() && is_digit(left[n]))
            ++n;
        left.remove_prefix(n);
        return n > 0;
    };
    auto const month = [&] {
        std::string_view longest;
        for (std::string_view const name : months)
            if (left.starts_with(name) && name.size() > longest.size()) longest = name;
        left.remove_prefix(longest.size());
        take(left, ".");
        return !longest.empty();
    };
    if (!take(left, ", ") && !take(left, " ")) return false;
    bool const day_first = digits() && take(left, " ");
    if (!month() || (!day_first && !(take(left, " ") && digits()))) return false;
    auto const before_year = left;
    if (!((take(left, ", ") || take(left, " ")) && digits())) left = before_year;
    rest = left;
    return true;
}

/// " (Reuters)", " /PRNewswire/".
bool take_agency(std::string_view& rest) {
    auto left = rest;
    if (!take(left, " (") && !take(left, " /")) return false;
    bool const known =
        std::any_of(agencies.begin(), agencies.end(), [&](char const* name) { return take(left, name); });
    if (!known || !(take(left, ")") || take(left, "/"))) return false;
    rest = left;
    return true;
}

/// "London (Reuters)": a place in small letters shows by the agency behind it.
bool take_named_place(std::string_view& rest) {
    if (rest.find('(') == std::string_view::npos) return false;  // as in nearly all sentences
    auto const bracket = rest.find(" (");
    if (bracket == std::string_view::npos || bracket > max_dateline / 2) return false;
    auto const name = rest.substr(0, bracket);
    bool const is_name = !name.empty() && is_capital(name.front()) && std::count(name.begin(), name.end(), ' ') < 3 &&
                         name.find('.') == std::string_view::npos;
    if (is_name) rest.remove_prefix(bracket);
    return is_name;
}

}  // namespace

std::size_t dateline_length(std::string_view sentence) noexcept {
    if (sentence.size() < 8 || !is_capital(sentence[0])) return 0;
    auto rest = sentence.substr(0, max_dateline);
    auto const whole = rest.size();
    auto n_letters = take_place(rest);
    bool shown = false;
    if (n_letters < 3 || (!rest.empty() && rest.front() >= 'a' && rest.front() <= 'z')) {
        rest = sentence.substr(0, max_dateline);
        n_letters = 0;
        auto place = rest;
        if (!take_named_place(place) || !take_agency(place)) return 0;
        rest = place;
        shown = true;
    } else {
        shown |= take_day(rest);
        shown |= take_agency(rest);
    }
    if (!shown && n_letters < shortest_place) return 0;
    if (std::none_of(dashes.begin(), dashes.end(), [&](char const* dash) { return take(rest, dash); })) return 0;
    if (!rest.empty() && !shown && !is_capital(rest.front())) return 0;
    return whole - rest.size();
}

void tokenize_sentence(std::string_view sentence, Tokens& tokens, std::size_t max_words) {
    auto const n = dateline_length(sentence);
    if (n == 0) return tokenize(sentence, tokens, max_words);
    auto blanked = std::string(n, ' ').append(sentence.substr(n));
    tokenize(blanked, tokens, max_words);
}

}  // namespace dossier
