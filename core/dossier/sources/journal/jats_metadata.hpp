// What a JATS or NLM article states of itself.
#pragma once

#include "dossier/sources/document.hpp"
#include "dossier/sources/journal/xml_text.hpp"

namespace dossier::sources {

/// Fills metadata and citation. @param article  its <article> element
void read_jats_metadata(pugi::xml_node article, Document& document);

}  // namespace dossier::sources
