// The metadata of a file of which P101 has been kept.
#pragma once

#include <string>

#include "dossier/plugin/elf_metadata.hpp"

namespace dossier::check {

/// @param path  of a plugin whose metadata can be read
[[nodiscard]] PluginMetadata metadata_of(std::string const& path);

}  // namespace dossier::check
