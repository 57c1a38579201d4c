// Tokens: the words of a sentence, folded for matching, with the punctuation that parts clauses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// What stands between a word and the one before it, the strongest mark of several.
enum class Mark { none, comma, dash, colon, semicolon };

/// One word, or one part of a hyphenated word. Offsets are bytes within the sentence.
struct Token {
    std::string text;  ///< folded, without a possessive 's
    std::size_t begin = 0, end = 0;
    Mark before = Mark::none;
    bool joined = false;  ///< a hyphen ties it to the token before
    bool comma_after = false;
    int opens = 0, closes = 0;  ///< brackets opened and closed between the token before and this one
};

using Tokens = std::vector<Token>;

/// The words of `text`. "%" is a word of its own; "1.3" and "10,000" are one word; "and/or" is two.
[[nodiscard]] Tokens tokenize(std::string_view text);

}  // namespace dossier
