// RIS: "TY  - JOUR" … "ER  - ", as reference managers and databases export it.
#pragma once

#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Reads one RIS record. A record without its "ER" line is read and told in Document::troubles.
[[nodiscard]] Document read_ris(std::string_view record);

}  // namespace dossier::sources
