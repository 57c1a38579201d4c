// CIW: Web of Science tagged text ("PT J" … "ER").
#pragma once

#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Reads one record. A record without its "ER" line is read and told in Document::troubles.
[[nodiscard]] Document read_ciw(std::string_view record);

}  // namespace dossier::sources
