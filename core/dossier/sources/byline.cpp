#include "dossier/sources/byline.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "dossier/sources/metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr auto byline_starts = std::to_array<std::string_view>(
    {"by ", "by: ", "written by ", "written by: ", "author: ", "posted by ", "words by ", "story by ", "column by ",
     "opinion by ", "comment by ", "analysis by ", "essay by ", "report by ", "text by ", "guest post by "});

// Most lines are none, as their first letters tell. What is no ASCII may be left out when the line is folded.
bool may_be_byline(std::string_view line) noexcept {
    constexpr std::size_t told_by = 3;
    std::size_t at = 0;
    while (at < line.size() && static_cast<unsigned char>(line[at]) <= ' ')
        ++at;
    auto const head = line.substr(at, told_by);
    if (head.size() < told_by || !is_ascii(head)) return true;
    return std::any_of(byline_starts.begin(), byline_starts.end(), [&](std::string_view start) {
        return ascii_lower(head[0]) == start[0] && (ascii_lower(head[1]) == start[1]);
    });
}

// "Ada Smith, 4 May 2023" -> "Ada Smith"; "Monday, 4 May 2023" stays as it is.
std::string without_day(std::string name) {
    auto const comma = name.find(", ");
    if (comma == std::string::npos || count_words(name.substr(0, comma)) < 2) return name;
    for (auto at = comma; at != std::string::npos; at = name.find(", ", at + 1)) {
        auto const rest = std::string_view(name).substr(at + 2);
        if (count_words(rest) <= 4 && iso_date(rest).size() == 10) return name.substr(0, at);
    }
    return name;
}

}  // namespace

std::string name_in_byline(std::string_view line) {
    if (!may_be_byline(line)) return {};
    auto text = folded(line);
    if (text.size() > 160 || text.size() < 6) return {};
    std::string const lower = ascii_lower(text);
    std::size_t begin = 0;
    for (auto const start : byline_starts)
        if (lower.starts_with(start)) begin = std::max(begin, start.size());
    if (begin == 0) return {};
    text.erase(0, begin);
    // What follows the name: " | Jan 3", " on March 4", " - 5 min read".
    for (std::string_view const stop : {" | ", " on ", " - ", " \u2013 ", " \u2014 ", " \u00B7 ", " \u2022 ",
                                        " Updated", " Published", " Posted", " at "})
        if (auto const at = text.find(stop); at != std::string::npos && at > 0) text.erase(at);
    text = without_day(std::move(text));
    // A name: every word begins with a capital, but for particles; "By comparison, the drug" is none.
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(' ', at), text.size());
        auto const word = std::string_view(text).substr(at, end - at);
        bool const particle = word == "and" || word == "de" || word == "van" || word == "von" || word == "der" ||
                              word == "la" || word == "&" || word == "in" || word == "of";
        if (!particle && !word.empty() && !is_upper(code_point_at(word, 0).value)) return {};
        ++words;
        at = end + 1;
    }
    bool const ends_like_a_sentence = text.ends_with('.') && words > 5;
    return words >= 1 && words <= 14 && !ends_like_a_sentence ? text : std::string();
}

}  // namespace dossier::sources
