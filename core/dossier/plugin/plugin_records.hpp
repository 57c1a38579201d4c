// Plugin records: what is remembered of plugins from one run to the next: which crashed, and which a person switched off.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/plugin/catalogue.hpp"

namespace dossier {

/// Why a plugin is not to be run.
struct PluginRecord {
    std::string path;  ///< canonical
    std::string
        sha256;  ///< of the file that crashed: another build is given a chance; empty: a person switched the plugin off
    std::string reason;  ///< "report `x` crashed (SIGSEGV)"; empty: a person switched it off

    [[nodiscard]] bool is_quarantine() const noexcept { return !sha256.empty(); }
    friend bool operator==(PluginRecord const&, PluginRecord const&) = default;
};

/// The records, kept in one JSON file. Changes are made under a lock and become visible by one rename, so that several
/// runs may make them at once.
class PluginRecords {
public:
    /// @param file  need not exist; empty: there is nothing, and nothing can be added
    explicit PluginRecords(std::filesystem::path file);

    [[nodiscard]] std::vector<PluginRecord> const& all() const noexcept { return records_; }
    /// What is wrong with the file, one clause; then there are no records. Empty: nothing.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
    [[nodiscard]] std::filesystem::path const& file() const noexcept { return file_; }

    /// The record that is about this very plugin; nullptr: it may be run.
    [[nodiscard]] PluginRecord const* of(CataloguedPlugin const& plugin) const noexcept;

    // These read the file anew, change it and write it, without quarantined files that are gone.
    // @throws Failure io: it cannot be read or written, or would pass 4 MiB
    void quarantine(CataloguedPlugin const& plugin, std::string_view reason);
    void switch_off(CataloguedPlugin const& plugin);
    /// Forgets what is known of the plugin's path. @return whether anything was
    bool lift(std::string_view path);

private:
    void change(std::function<void(std::vector<PluginRecord>&)> const& change);

    std::filesystem::path file_;
    std::vector<PluginRecord> records_;  ///< by path, then SHA-256
    std::string problem_;
};

/// Marks the plugins of a catalogue that are not to be run (CataloguedPlugin::unusable).
void apply(PluginRecords const& records, Catalogue& catalogue);

/// plugins.json in the folder for state: the first of $STATE_DIRECTORY (which systemd sets), $XDG_STATE_HOME/dossier,
/// $HOME/.local/state/dossier that is an absolute path. Empty: there is none.
[[nodiscard]] std::filesystem::path plugin_records_file();

}  // namespace dossier
