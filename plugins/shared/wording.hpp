// Wording that reports share: counted nouns, numbers, stances and lists in words, anchors of claims. SDK only.
#pragma once

#include <dossier/plugin.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::shared {

/// "1 claim", "3 claims".
inline std::string counted(std::int64_t n, std::string_view singular, std::string_view plural) {
    return std::to_string(n) + " " + std::string(n == 1 ? singular : plural);
}

/// The shortest decimal number that reads back as `value`: "30", "1.3", "0.03125".
inline std::string shortest_shown(double value) {
    char digits[1100];  // the smallest double has 1074 decimals
    auto const end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    return {digits, end};
}

/// How many decimals that number has: 1 for 1.3, none for 30.
inline int decimals_of(double value) {
    auto const text = shortest_shown(value);
    auto const point = text.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

/// A finite number with so many decimals, whatever the locale: "0.75". Rounded as cells are (plugin.h): the shortest decimal
/// number, half away from zero, so 0.03125 is "0.0313" in both.
inline std::string number_shown(double value, int decimals = 2) {
    auto text = shortest_shown(value);
    if (text.find('.') == std::string::npos) text += '.';
    auto const kept = text.find('.') + 1 + static_cast<std::size_t>(std::max(decimals, 0));
    bool const up = kept < text.size() && text[kept] >= '5';
    text.resize(kept, '0');
    bool carry = up;
    for (auto digit = text.rbegin(); carry && digit != text.rend(); ++digit)
        if (*digit == '9')
            *digit = '0';
        else if (*digit != '.' && *digit != '-')
            ++*digit, carry = false;
    if (carry) text.insert(text.front() == '-' ? 1 : 0, 1, '1');
    if (text.back() == '.') text.pop_back();
    bool const zero = text.find_first_not_of("-0.") == std::string::npos;
    return zero && text.front() == '-' ? text.substr(1) : text;
}

/// A p-value as it is written: "p = 0.0313", and "p < 0.0001" rather than a zero that it is not.
inline std::string p_shown(double p) {
    constexpr double smallest_shown = 0.0001;
    return p < smallest_shown ? "p < " + number_shown(smallest_shown, 4) : "p = " + number_shown(p, 4);
}

inline Cell or_empty(std::string const& text) {
    return text.empty() ? Cell() : Cell(text);
}

/// "not_assessable" as people write it.
inline std::string stance_in_words(std::string const& stance) {
    return stance == "not_assessable" ? "not assessable" : stance;
}

inline bool is_informative(std::string_view stance) {
    return stance == "supports" || stance == "refutes" || stance == "mixed";
}

/// "claim-addictive"; by number, "claimno-7", where the id would make too long an anchor.
inline std::string anchor_of(std::string const& kind, std::string const& id, std::size_t number) {
    return id.size() <= 80 ? kind + "-" + id : kind + "no-" + std::to_string(number);
}
inline std::string claim_anchor(std::string const& claim_id, std::size_t number) {
    return anchor_of("claim", claim_id, number);
}

inline std::string joined(std::vector<std::string> const& parts, std::string_view separator = ", ") {
    std::string text;
    for (auto const& part : parts)
        text += (text.empty() ? "" : std::string(separator)) + part;
    return text;
}

/// The first `most` of them, and how many there are besides: "a; b; and 3 more".
inline std::string joined_at_most(std::vector<std::string> parts, std::size_t most, std::string_view separator = "; ") {
    if (parts.size() > most) {
        auto const n_more = parts.size() - most;
        parts.resize(most);
        parts.push_back("and " + std::to_string(n_more) + " more");
    }
    return joined(parts, separator);
}

inline std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// A statement within a sentence: "Tea does the same".
inline std::string unended(std::string statement) {
    if (!statement.empty() && statement.back() == '.') statement.pop_back();
    return statement;
}

/// SQL for what an article is called, of the view `articles a`: its title, or who wrote or published it ("Anna Raab (no
/// title)"); NULL where nothing is known.
inline constexpr char const* article_title_sql =
    "coalesce(nullif(a.title, ''), nullif(a.author, '') || ' (no title)', nullif(a.publisher, '') || ' (no title)')";

/// Why an article was not assessed, where the reason goes on from "the article": "it is the stub before a paywall".
inline std::string status_reason_in_words(std::string const& reason) {
    if (reason.empty()) return "no reason is known";
    for (std::string_view const verb : {"is ", "has ", "cannot ", "could ", "holds "})
        if (std::string_view(reason).substr(0, verb.size()) == verb) return "it " + reason;
    return reason;
}

/// An article as it is called in prose: its title in quotation marks, or its id where it has none. What article_title_sql
/// makes of an author or a publisher stands without marks.
inline std::string article_named(std::string const& title, std::string const& article_id) {
    if (title.empty()) return article_id;
    constexpr std::string_view untitled = " (no title)";
    bool const is_title = title.size() < untitled.size() || title.substr(title.size() - untitled.size()) != untitled;
    return is_title ? "“" + title + "”" : title;
}

}  // namespace dossier::shared
