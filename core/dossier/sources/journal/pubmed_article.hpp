// A record of PubMed's XML.
#pragma once

#include "dossier/sources/document.hpp"
#include "dossier/sources/journal/journal_blocks.hpp"

namespace dossier::sources {

/// @param record  a <PubmedArticle> or <PubmedBookArticle>
void read_pubmed_record(pugi::xml_node record, XmlText const& xml, JournalBlocks& blocks, Document& document);

}  // namespace dossier::sources
