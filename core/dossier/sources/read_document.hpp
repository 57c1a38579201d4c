// From an article's bytes to blocks, by format: what reading an article and checking its quotes both start from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dossier/sources/document.hpp"
#include "dossier/sources/format.hpp"
#include "dossier/sources/pdf/pdf_pages.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/source_text.hpp"

namespace dossier::sources {

/// Text decoded and taken apart. Offsets of blocks are those of source->text().
struct OpenedDocument {
    std::string problem;    ///< why there is no text (PDF); empty: there is
    std::string extracted;  ///< text of a PDF
    std::optional<SourceText> source;
    Format format = Format::text;
    Document document;
};

/// Decodes `bytes`, which must outlive the result (and the result must stay where it is).
/// @param format    as for_each_input found it; text that turns out to be HTML once decoded is read as that
/// @param context   of records, else null
/// @param read_pdf  for PDF
void open_document(OpenedDocument& opened, Format format, std::string_view path, std::string_view bytes,
                   RecordContext const* context, PdfReader const& read_pdf);

/// Blocks and metadata of decoded text.
[[nodiscard]] Document read_document(Format format, std::string_view text, RecordContext const* context = nullptr);

}  // namespace dossier::sources
