// Summarise: everything that the evidence adds up to, computed once (statistics.md 4).
#pragma once

#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Clusters, stances, consensus, risk factors and sensitivity. The order of `articles` and `evidence` does
/// not matter; an article without evidence is silent (or not assessable). Numbers are settled to 12 decimals,
/// so that the last bits of a machine's arithmetic never reach a file.
[[nodiscard]] Findings summarise(std::vector<Article> const& articles, ClaimRegistry const& registry,
                                 std::vector<ArticleEvidence> const& evidence);

}  // namespace dossier
