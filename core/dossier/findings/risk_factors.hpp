// Risk factors over all articles: which way each is said to move the outcome, by independent sources.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// The direction that at least 70 % of the votes share; unclear votes abstain; unclear when split or nobody
/// votes.
[[nodiscard]] FactorDirection shared_direction(std::span<FactorDirection const> votes) noexcept;

/// One row per factor of the registry, also for those that nobody names (0 articles, unclear).
/// @param cluster_of  cluster id of every article id
[[nodiscard]] std::vector<RiskFactorFinding> summarise_risk_factors(
    ClaimRegistry const& registry, std::span<ArticleEvidence const> evidence,
    std::map<std::string, std::string> const& cluster_of);

}  // namespace dossier
