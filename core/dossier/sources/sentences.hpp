// Sentence segmentation of one block of text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dossier {

/// Bytes [begin, end) of the block's text; no white space at either end.
struct SentenceSpan {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(SentenceSpan const&, SentenceSpan const&) = default;
};

/// Splits UTF-8 text that is one block (a paragraph, an item) into sentences. English abbreviations, initials, decimals,
/// "et al.", ellipses, stops inside quotes and parentheses, and stops with no space after them ("pain.However") are
/// known. A single line break is white space. Spans come in order, do not overlap, and leave out only white space.
/// Linear time; a span longer than `max_bytes` (at least 64) is cut at white space, or anywhere between characters.
[[nodiscard]] std::vector<SentenceSpan> split_sentences(std::string_view block, std::size_t max_bytes = 4096);

}  // namespace dossier
