#include "dossier/sources/pdf/pdf_pages.hpp"

#include <algorithm>

#include "dossier/sources/pdf/pdf_blocks.hpp"
#include "dossier/sources/pdf/pdf_lines.hpp"
#include "dossier/sources/pdf/pdf_metadata.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// Pages that were scanned, or whose text is drawn, have none; that much of the article nobody has read.
void note_pages_without_text(PdfPages const& pages, Document& document) {
    auto const n = pages.pages.size();
    auto const n_empty = static_cast<std::size_t>(std::count_if(
        pages.pages.begin(), pages.pages.end(), [](std::string const& page) { return trimmed(page).empty(); }));
    if (n < 2 || n_empty * 4 < n) return;
    document.troubles.push_back(std::to_string(n_empty) + " of " + std::to_string(n) +
                                " pages hold no text (scans without text recognition, or blank)");
}

}  // namespace

std::string text_of(PdfPages const& pages) {
    std::string text;
    for (auto const& page : pages.pages) {
        text += page;
        text += '\f';
    }
    return text;
}

Document read_pdf_text(std::string_view text, PdfPages const& pages) {
    auto lines = pdf_lines(text);
    mark_furniture(lines);
    auto document = pdf_blocks(text, lines);
    add_pdf_metadata(pages, document);
    note_pages_without_text(pages, document);
    return document;
}

}  // namespace dossier::sources
