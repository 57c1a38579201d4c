// What may stand in claims.toml: the one table from which the validator, the JSON Schema and the reference page come.
#pragma once

#include <string>

#include "dossier/claims/config_table.hpp"

namespace dossier {

/// The whole file.
[[nodiscard]] ConfigTable const& registry_table();

/// JSON Schema (draft 2020-12) of claims.toml, for editors. Ends in a line break.
[[nodiscard]] std::string registry_schema();

/// Every table and key in Markdown, for docs/registry.md. Ends in a line break.
[[nodiscard]] std::string registry_reference();

}  // namespace dossier
