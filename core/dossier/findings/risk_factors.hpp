// Risk factors over all articles: which way each is said to move the outcome, by independent sources.
#pragma once

#include <span>

#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// The direction that at least 70 % of the votes share; unclear votes abstain; unclear when split or nobody
/// votes.
[[nodiscard]] FactorDirection shared_direction(std::span<FactorDirection const> votes) noexcept;

}  // namespace dossier
