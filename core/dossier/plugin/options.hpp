// Options: what the job says for a component, against what the component declares.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/component.hpp"

namespace dossier {

/// The value of every declared option, in the order of the declarations: as the job says, else the default.
/// Mistakes go to `diagnostics` with their place, all of them: unknown keys (DOS0510), wrong types (DOS0511), numbers
/// out of bounds (DOS0512), text that is no choice (DOS0513). Where there is one, the default stands in.
[[nodiscard]] std::vector<OptionValue> resolve_options(ComponentDescription const& component,
                                                       std::span<JobOption const> job_options,
                                                       Diagnostics& diagnostics);

/// A text that no other value of its type has, for digests: numbers with all their digits.
[[nodiscard]] std::string digest_text(OptionScalar const& value);
/// The same of all values with their keys, in their order.
[[nodiscard]] std::string digest_text(std::vector<OptionValue> const& options);

}  // namespace dossier
