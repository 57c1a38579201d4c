// Verdicts: what the findings come to, claim by claim, as documents show it on their title page.
#pragma once

#include <vector>

#include "dossier/findings/summarise.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/plugin/assemble.hpp"

namespace dossier {

/// One verdict per claim of the registry, in its order, from the overall row of `summary.consensus`. A claim without such a
/// row has none.
[[nodiscard]] std::vector<Verdict> verdicts_of(ClaimRegistry const& registry, Summary const& summary);

}  // namespace dossier
