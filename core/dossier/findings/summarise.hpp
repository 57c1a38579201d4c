// Summarise: everything that the evidence adds up to, computed once (statistics.md 4).
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "dossier/findings/clusters.hpp"
#include "dossier/findings/overrides.hpp"
#include "dossier/findings/sensitivity.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Findings without what follows from the stances of the articles: who is silent, clusters of one article, and what leaving
/// one of those out would change.
struct Summary {
    std::vector<SharedSource> shared_sources;     ///< clusters of several articles, by their first
    std::vector<Consensus> consensus;             ///< as in Findings
    std::vector<RiskFactorFinding> risk_factors;  ///< as in Findings
    std::deque<SensitivityFinding> sensitivity;   ///< all but what leaving out clusters of one article changes
    std::vector<LeaveOneOut> leave_one_out;       ///< of those, the article or the cluster; by claim and stance
    std::vector<CertaintyDomain> certainty;       ///< as in Findings
    std::vector<StudyOverlap> overlap;            ///< as in Findings
    std::vector<PooledEffect> pooled_effects;     ///< as in Findings
    std::vector<EffectUse> effects;               ///< as in Findings
    std::vector<EffectLeftOut> effects_left_out;  ///< as in Findings
    bool any_not_assessable = false;              ///< some article, on some claim, is not assessable
};

/// Sums up articles that come one after the other and are not kept: of each article some tens of bytes stay in memory, its
/// id, four bytes for every stance that is not silent (twelve where one has a confidence, eight more where it depends on the
/// threshold), sixteen for a weight that is not 1, and what ClusterFinder keeps; of publishers their names. Numbers are
/// settled to 12 decimals, so that the last bits of a machine's arithmetic never reach a file.
class Summing {
public:
    /// @param registry  must outlive this
    /// @param scratch_folder  for the sketches of texts; empty: the system's folder for temporary files
    explicit Summing(ClaimRegistry const& registry, std::filesystem::path const& scratch_folder = {});
    ~Summing();

    /// @param evidence   of the article; by claim
    /// @param overrides  what people decided about the article; none where it could not be read
    /// @return its stances but those that follow from the article alone: silent, or not_assessable where the article could
    ///         not be read or is cut off; by claim, then condition, overall first
    std::vector<ArticleStance> add(Article const& article, ArticleEvidence const& evidence,
                                   std::span<StanceOverride const> overrides = {});

    /// Once, last.
    [[nodiscard]] Summary finish();

    /// finish() with every cluster and every row of `sensitivity`; still without stances.
    [[nodiscard]] Findings finish_in_full();

private:
    class State;
    std::unique_ptr<State> state_;
};

/// Clusters, stances, consensus, risk factors and sensitivity. The order of `articles` and `evidence` does
/// not matter; an article without evidence is silent (or not assessable).
[[nodiscard]] Findings summarise(std::vector<Article> const& articles, ClaimRegistry const& registry,
                                 std::vector<ArticleEvidence> const& evidence);

}  // namespace dossier
