// The plugin, loaded into this process; never unloaded.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/plugin.h"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/plugin/component.hpp"
#include "rule.hpp"

namespace dossier::check {

/// What a trial ends with when the plugin does something that no rule can go on from.
class RuleBroken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using Entry = dossier_plugin const* (*)(std::uint32_t, std::uint32_t);

/// Loads the library and looks up its entry. Throws RuleBroken with the loader's words.
[[nodiscard]] Entry load_entry(Trial const& trial);
/// The table for this host. Throws RuleBroken if there is none.
[[nodiscard]] dossier_plugin const& load_table(Trial const& trial);
/// The component that the trial is about. Throws RuleBroken if the table lacks it.
[[nodiscard]] dossier_component const& load_component(Trial const& trial);

/// Options lie as far apart as the plugin's struct is large.
[[nodiscard]] std::vector<dossier_option const*> options_of(dossier_component const& component);
/// Every option at its default; `replaced`: the value of one of them.
[[nodiscard]] std::vector<dossier_option_value> option_values(
    dossier_component const& component, std::optional<std::pair<std::size_t, dossier_value>> const& replaced = {});

/// "it gave status 2 (DOSSIER_FAILED) and said: the moon is in the wrong house"
[[nodiscard]] std::string status_text(dossier_status status, std::string const& said);

}  // namespace dossier::check
