// What a PDF says of itself: its document information, and the head of its first page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/pdf/pdf_pages.hpp"

namespace dossier::sources {

/// The stated title, unless it is what a program put there ("Microsoft Word - draft.docx", "untitled"); empty: none.
[[nodiscard]] std::string stated_title(PdfPages const& pages);
/// The same for the author.
[[nodiscard]] std::string stated_author(PdfPages const& pages);

/// DOIs in a text, lower case, in order, each once.
[[nodiscard]] std::vector<std::string> dois_in(std::string_view text);

/// Adds title, author, date and DOI to the document, whose blocks are those of the pages; marks the block that is the
/// title.
void add_pdf_metadata(PdfPages const& pages, Document& document);

}  // namespace dossier::sources
