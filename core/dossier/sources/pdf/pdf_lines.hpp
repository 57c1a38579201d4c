// Lines of a PDF's text, and which of them are running heads, running feet and page numbers.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dossier::sources {

struct PdfLine {
    std::string_view text;   ///< without white space at its ends; empty: a gap between two blocks of text
    std::size_t begin = 0;   ///< of `text` in the whole text
    std::size_t page = 0;    ///< from 1
    bool furniture = false;  ///< running head, running foot or page number

    [[nodiscard]] std::size_t end() const noexcept { return begin + text.size(); }
};

/// Lines in order; `text` is text_of(pages), and must outlive them. A page ends at a form feed.
[[nodiscard]] std::vector<PdfLine> pdf_lines(std::string_view text);

/// Marks lines at the top and the bottom of pages that several pages share up to their digits, and numbers that count
/// the pages, wherever the reading order has put them. A line that stands within a sentence, or that its page says again
/// elsewhere, is text however often it comes.
void mark_furniture(std::vector<PdfLine>& lines);

}  // namespace dossier::sources
