// Paragraphs, headings, items, captions and notes from the lines of a PDF.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/pdf/pdf_lines.hpp"

namespace dossier::sources {

/// @param text   the whole text
/// @param lines  of it, furniture marked
[[nodiscard]] Document pdf_blocks(std::string_view text, std::vector<PdfLine> const& lines);

}  // namespace dossier::sources
