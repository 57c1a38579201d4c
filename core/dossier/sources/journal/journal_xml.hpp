// Journal XML: full texts in JATS (and its forebear NLM), records in PubMed's XML.
#pragma once

#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// A JATS or NLM article. Blocks: title, abstract, sections with their headings, lists, quotations, captions; text of
/// tables is table_cell, so that it is never evidence; references give Citation::references only.
[[nodiscard]] Document read_jats(std::string_view text);

/// One <PubmedArticle> or <PubmedBookArticle>.
[[nodiscard]] Document read_pubmed_article(std::string_view text);

}  // namespace dossier::sources
