// What may stand in job.toml and sources.toml: the tables from which validator, JSON Schemas and reference pages come.
#pragma once

#include <string>

#include "dossier/claims/config_table.hpp"

namespace dossier {

[[nodiscard]] ConfigTable const& job_table();      ///< the whole of job.toml
[[nodiscard]] ConfigTable const& sources_table();  ///< the whole of sources.toml

/// JSON Schemas (draft 2020-12), for editors. End in a line break.
[[nodiscard]] std::string job_schema();
[[nodiscard]] std::string sources_schema();

/// Every table and key in Markdown: job.toml and, below it, sources.toml, for docs/job.md. Ends in a line break.
[[nodiscard]] std::string job_reference();

}  // namespace dossier
