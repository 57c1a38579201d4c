// Alert table: [[alert]] of a job file as alerts, with every mistake that the file alone can show.
#pragma once

#include <vector>

#include "dossier/claims/config_check.hpp"
#include "dossier/claims/config_document.hpp"
#include "dossier/model/alert.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Mistakes go to `diagnostics`: ids given twice, conditions that cannot be read, measures that lack or do not use the claim,
/// keys that do nothing.
[[nodiscard]] std::vector<JobAlert> read_alerts(std::vector<ConfigView> const& tables, ConfigDocument const& document,
                                                Diagnostics& diagnostics);

/// Claims and conditions that the registry does not have.
void check_alerts(std::vector<JobAlert> const& alerts, ClaimRegistry const& registry, Diagnostics& diagnostics);

/// Whether any test of the alert is of this sort.
[[nodiscard]] bool asks_for_changes(JobAlert const& alert);
[[nodiscard]] bool asks_for_history(JobAlert const& alert);

/// SHA-256 over all that decides when the alert fires; its hook is no part of it.
[[nodiscard]] std::string definition_of(JobAlert const& alert);

}  // namespace dossier
