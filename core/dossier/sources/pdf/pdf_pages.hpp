// PDF: what the sandboxed reader extracted from a file, and how it becomes an article.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

struct PdfPages {
    std::string problem;  ///< why there is no text: "is encrypted", "holds images only, no text", …; empty: there is
    std::vector<std::string> pages;      ///< UTF-8 text of each page in reading order, lines ended by "\n"
    std::string title, author, created;  ///< of its document information, as stated; created as ISO 8601
};

/// Turns the bytes of a PDF into pages. Poppler never runs in this process: job/ hands in a function that asks a sandboxed
/// worker.
using PdfReader = std::function<PdfPages(std::string_view bytes)>;

/// The pages as one text, each ended by a form feed: what the byte ranges of a PDF's sentences point into.
[[nodiscard]] std::string text_of(PdfPages const& pages);

/// Blocks of that text: running heads and page numbers dropped (furniture), hyphenation joined, paragraphs joined across
/// lines, columns and pages.
[[nodiscard]] Document read_pdf_text(std::string_view text, PdfPages const& pages);

}  // namespace dossier::sources
