// Catalogue: which plugins there are, and which components they offer. Looks at files, loads none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/plugin/elf_metadata.hpp"

namespace dossier {

/// A plugin file whose metadata could be read. Path, size and hash are what a worker checks before it loads.
struct CataloguedPlugin {
    std::string path;  ///< absolute and canonical: no symbolic links
    std::uint64_t size = 0;
    std::string sha256;
    PluginMetadata metadata;
    /// Why it is not to be run, as the end of a sentence: "is quarantined: …"; empty: it may be.
    std::string unusable{};
    std::string crash{};  ///< of a quarantined one: the sentence it was quarantined for
};

struct Catalogue {
    std::vector<CataloguedPlugin> plugins;  ///< by folder in the order given, then by file name
    std::vector<std::string> folders;       ///< that were searched, whether or not they exist; for messages
    Diagnostics diagnostics;                ///< DOS05xx; broken plugins and doubled names are warnings

    /// The plugin that offers the component; nullptr when there is none. Of plugins that offer the same, the first.
    [[nodiscard]] CataloguedPlugin const* find(ComponentKind kind, std::string_view name) const noexcept;
    /// Names of all components of a kind, sorted, each once.
    [[nodiscard]] std::vector<std::string> names(ComponentKind kind) const;
};

/// Looks through `folders` for files named *.so. A folder that does not exist is no mistake; of a name offered twice
/// the first counts and the second is warned of. Same files, same answer, whatever order the folder lists them in.
[[nodiscard]] Catalogue scan_plugins(std::span<std::filesystem::path const> folders);

/// Where plugins are looked for: the entries of the environment variable DOSSIER_PLUGIN_PATH (separated by colons); the
/// user's own, $XDG_DATA_HOME/dossier/plugins (~/.local/share/dossier/plugins); then the system's,
/// <folder of the running program>/../lib/dossier/plugins.
[[nodiscard]] std::vector<std::filesystem::path> default_plugin_folders();

}  // namespace dossier
