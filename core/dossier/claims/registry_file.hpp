// Registry file: reads claims.toml, and the files it extends, into a ClaimRegistry.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Reads a registry. Every mistake of every file is told, sorted by place; only a syntax error ends its own file.
///
/// Files named in `extends` come first, each once however often it is named. Terms of [registry] add up over the
/// files; of its other keys the file that extends wins. An id may be given once over all files.
///
/// @param path    where the file is
/// @param shown   how messages name it; files it extends are named beside it
/// @param root    no file outside this folder is read through `extends`, wherever links and ".." lead; empty, or
///                not above `path`: the registry's own folder
/// @param naming  the error to add when the file cannot be read, as for read_config()
/// @return nullopt when there was an error; warnings alone do not withhold the registry
[[nodiscard]] std::optional<ClaimRegistry> load_registry(std::filesystem::path const& path, std::string const& shown,
                                                         Diagnostics& diagnostics,
                                                         std::filesystem::path const& root = {},
                                                         std::optional<Diagnostic> naming = std::nullopt);

}  // namespace dossier
