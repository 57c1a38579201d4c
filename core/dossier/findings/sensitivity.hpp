// Sensitivity: does the verdict stand when one source is left out, or mixed sources count as half?
// (statistics.md 4.7)
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/stance_tally.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// A cluster that informs a claim, with what leaving it out costs.
struct InformativeCluster {
    std::string cluster_id;
    Stance stance = Stance::supports;  ///< supports, refutes or mixed
    std::size_t n_articles_read = 1;   ///< its articles that could be assessed
};

/// What leaving out any one of the clusters of one article that take a stance would change: it is the same for each.
struct LeaveOneOut {
    std::string claim_id;
    Stance stance = Stance::supports;  ///< supports, refutes or mixed
    std::optional<double> direction_share;
    std::string direction_word;
    bool flips = false;
};

/// `leave_one_cluster_out` for each informative cluster, in their order, then `mixed_as_half` if any is
/// mixed. Never re-estimated on an empty set: a lone source gives "verdict rests on one source".
[[nodiscard]] std::vector<SensitivityFinding> analyse_sensitivity(std::string_view claim_id, StanceTally const& tally,
                                                                  std::size_t n_articles_read,
                                                                  std::span<InformativeCluster const> clusters);

}  // namespace dossier
