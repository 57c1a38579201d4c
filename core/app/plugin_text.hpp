// What the `plugins` commands print of plugins and their components.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "dossier/plugin/catalogue.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

/// A component with its options, for people; lines end in a line break.
[[nodiscard]] std::string component_text(ComponentDescription const& component, CataloguedPlugin const& plugin,
                                         SandboxState const& sandbox);

// For programs. Keys: docs/commands/plugins.md.
[[nodiscard]] nlohmann::ordered_json plugin_json(CataloguedPlugin const& plugin);
[[nodiscard]] nlohmann::ordered_json component_json(ComponentDescription const& component,
                                                    CataloguedPlugin const& plugin, SandboxState const& sandbox);

}  // namespace dossier
