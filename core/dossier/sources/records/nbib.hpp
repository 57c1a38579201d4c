// NBIB: MEDLINE and PubMed tagged text ("PMID- 28441597").
#pragma once

#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

[[nodiscard]] Document read_nbib(std::string_view record);

}  // namespace dossier::sources
