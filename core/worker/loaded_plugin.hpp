// A plugin brought into this process: checked byte by byte first, loaded through Boost.DLL, never unloaded.
#pragma once

#include <string>
#include <vector>

#include "dossier/plugin/component.hpp"
#include "dossier/plugin/frames.hpp"

namespace dossier::worker {

/// A plugin whose table has been checked, or why there is none.
struct LoadedPlugin {
    dossier_plugin const* table = nullptr;  ///< lives as long as the process
    std::string problem;                    ///< one clause; empty if `table` is there

    /// nullptr if the plugin has no such component.
    [[nodiscard]] dossier_component const* find(ComponentKind kind, std::string_view name) const noexcept;
};

/// Loads the file that the request names if it still has that size and hash, and checks its table against its metadata.
/// Runs the plugin's static constructors: call it inside the sandbox.
[[nodiscard]] LoadedPlugin load_plugin(WorkRequest const& request);

/// What the components say about themselves; `problem` is set if a table or an option is malformed.
[[nodiscard]] std::vector<ComponentDescription> describe(dossier_plugin const& plugin, std::string& problem);
[[nodiscard]] ComponentDescription describe(dossier_component const& component, std::string& problem);

}  // namespace dossier::worker
