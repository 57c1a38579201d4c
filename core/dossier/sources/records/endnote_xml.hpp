// EndNote XML: <xml><records><record>…, as EndNote and Zotero export it.
#pragma once

#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Reads one <record> element.
[[nodiscard]] Document read_endnote_record(std::string_view record);

}  // namespace dossier::sources
