// From text to blocks, by format.
#pragma once

#include <string>
#include <string_view>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Reads `text` as the format that `path` and its first characters say.
[[nodiscard]] Document read_document(std::string_view path, std::string_view text);

/// The charset that the file declares for itself; empty: none, or its format has no declaration.
[[nodiscard]] std::string charset_for(std::string_view path, std::string_view bytes);

}  // namespace dossier::sources
