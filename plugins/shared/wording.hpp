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

/// A number with so many decimals, whatever the locale: "0.75".
inline std::string number_shown(double value, int decimals = 2) {
    char digits[400];  // the largest double has 309 digits before its point
    auto const end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr;
    return {digits, end};
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

/// At most so many bytes of a text, cut before a word, with "…" where something was cut.
inline std::string shortened(std::string const& text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    auto const space = text.rfind(' ', most_bytes);
    auto end = space == std::string::npos || space == 0 ? most_bytes : space;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;  // not within a character
    return text.substr(0, end) + "…";
}

/// A statement within a sentence: "Tea does the same".
inline std::string unended(std::string statement) {
    if (!statement.empty() && statement.back() == '.') statement.pop_back();
    return statement;
}

/// An article as it is called in prose: its title in quotation marks, or its id where it has none.
inline std::string article_named(std::string const& title, std::string const& article_id) {
    return title.empty() ? article_id : "“" + title + "”";
}

}  // namespace dossier::shared
