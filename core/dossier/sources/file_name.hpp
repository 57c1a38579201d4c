// Names of files as they tell what a file is.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// "html" of "a/b.HTML"; empty: none, as of "a/.html".
[[nodiscard]] std::string extension_of(std::string_view path);

}  // namespace dossier::sources
