// A plugin's metadata, read from its ELF section "dossier_meta" without running or mapping any of its code.
//
// Damaged plugins are common (half-copied files) and loaders die on them, so this reader is our own: every offset is
// checked against the file's size, nothing is allocated in proportion to what the file claims.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/plugin/component.hpp"

namespace dossier {

struct PluginMetadata {
    unsigned abi_major = 0, abi_minor = 0;
    std::string name, version;
    std::vector<ProvidedComponent> provides;  ///< in the order of the lines; at least one
    std::vector<std::string> interposes;  ///< functions of libraries that its own stand in front of: exported as well
};

/// Either `metadata` is there, or `problem` says in one clause why not: "is not an ELF file".
struct MetadataReading {
    std::optional<PluginMetadata> metadata;
    std::string problem;
};

/// @param file  all bytes of the shared library; may be anything
[[nodiscard]] MetadataReading read_plugin_metadata(std::string_view file);

/// The text of the section alone: lines of key=value.
[[nodiscard]] MetadataReading parse_plugin_metadata(std::string_view text);

}  // namespace dossier
