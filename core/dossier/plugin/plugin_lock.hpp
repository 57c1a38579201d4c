// plugins.lock: the plugin files that a person has looked at. With --locked nothing else is run.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "dossier/plugin/catalogue.hpp"

namespace dossier {

/// What a lock file lists: SHA-256 of plugin files.
struct PluginLock {
    std::set<std::string> sha256;
    std::string problem;  ///< why the file cannot be used, with its line; empty: it can

    [[nodiscard]] bool lists(CataloguedPlugin const& plugin) const { return sha256.contains(plugin.sha256); }
};

/// Lines of "<64 hex digits>  <name> <version>", as sha256sum writes them; empty lines and lines that begin with '#' say
/// nothing. At most 1 MiB.
[[nodiscard]] PluginLock read_plugin_lock(std::filesystem::path const& file);

/// The text of a lock file that lists all plugins of a catalogue, by name, then by digest.
[[nodiscard]] std::string plugin_lock_text(Catalogue const& catalogue);

/// Marks the plugins that the lock does not list (CataloguedPlugin::unusable).
void apply(PluginLock const& lock, Catalogue& catalogue);

}  // namespace dossier
