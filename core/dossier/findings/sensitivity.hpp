// Sensitivity: does the verdict stand when a source is left out, or when sources are chosen or counted differently?
// (statistics.md 4.7)
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/source_traits.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// An article that supports, refutes or is mixed on a claim, with what sensitivity asks of it.
struct InformativeArticle {
    std::uint32_t source = 0;  ///< rank of the first article of its independent source; ascending
    std::uint32_t rank = 0;    ///< its place by id, ascending within the source
    Stance stance = Stance::supports;
    StancesAtThresholds at_thresholds;
    RiskOfBias risk_of_bias = RiskOfBias::not_appraised;
    bool has_conflict_of_interest = false, is_animal_study = false, is_retracted = false;
    std::uint32_t publisher_family = 0;  ///< 0: not known
    double weight = 1.0;
};

/// What leaving out any one of the clusters of one article that take a stance would change: it is the same for each.
struct LeaveOneOut {
    std::string claim_id;
    Stance stance = Stance::supports;  ///< supports, refutes or mixed
    std::optional<double> direction_share;
    std::string direction_word;
    bool flips = false;
};

/// The direction word where nothing can be estimated; SensitivityFinding::note says why.
inline constexpr char const* not_estimated = "not estimated";

/// Choosing and counting differently: one row each of `low_risk_of_bias_only`, `no_conflict_of_interest`,
/// `no_retracted_articles`, `human_evidence_only` (an article outside is left out, its source says what the others of it do), `mixed_as_half`,
/// `weighted`, `uniform_prior`, `publisher_correlation`, and of `threshold` one per value of direction_share_grid. Where
/// nothing is left out or changed, the note says so. Never estimated on an empty set. Time linear in the articles.
///
/// @param articles  all that inform the claim, by source, then rank
/// @return by analysis, in this order; empty when no source is informative
[[nodiscard]] std::vector<SensitivityFinding> analyse_sensitivity(std::string_view claim_id,
                                                                  std::span<InformativeArticle const> articles);

struct LeaveOuts {
    std::vector<SensitivityFinding> listed;
    std::vector<LeaveOneOut> alone;  ///< of sources that stand alone; by stance
};

/// `leave_one_cluster_out` for each source, followed by `leave_one_article_out` for those of its articles without which it
/// says something else; leaving out any other changes nothing. Never re-estimated on an empty set: a lone source gives
/// "verdict rests on one source". Time linear in the articles.
///
/// @param stands_alone  whether a source is a single article that needs no row of its own
/// @param id_at  the id of the article with a rank
[[nodiscard]] LeaveOuts leave_each_out(std::string_view claim_id, std::span<InformativeArticle const> articles,
                                       std::function<bool(std::uint32_t source)> const& stands_alone,
                                       std::function<std::string(std::uint32_t rank)> const& id_at);

}  // namespace dossier
