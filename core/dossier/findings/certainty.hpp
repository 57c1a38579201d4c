// Certainty of the body of evidence on one claim: suggested per domain from data, never called GRADE
// (statistics.md 4.11).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/stance_tally.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// What the suggestion rests on. All counts are of informative clusters.
struct BodyOfEvidence {
    StanceTally tally;
    std::size_t n_conflict_of_interest = 0;  ///< with a member that has one
    std::size_t n_animal = 0;                ///< that rest on animal or laboratory studies
    std::size_t n_study_design = 0;          ///< that state a trial, cohort or case-control study, review or guideline
    std::size_t n_correlational_only = 0;    ///< whose quotes say that things go together, and none that one acts
    bool unexplained_disagreement = false;   ///< both directions under the same condition
    bool one_publisher = false;              ///< several clusters, all by the same stated publisher
};

struct SuggestedCertainty {
    std::string level;                 ///< "high", "moderate", "low", "very low"; empty: nothing to rate
    std::vector<std::string> reasons;  ///< one line per domain that lowered it: "imprecision: … (one level down)"
};

[[nodiscard]] SuggestedCertainty suggest_certainty(BodyOfEvidence const& body);

/// Do the quotes of one article on one claim that take a side state a correlation, and none of them more? Quotes that state no
/// link at all ("carrots are orange") make neither true nor false.
/// @param condition_id  only quotes under this condition; empty: all
[[nodiscard]] bool states_correlation_only(std::span<EvidenceItem const> quotes,
                                           std::string_view condition_id = {}) noexcept;

/// "low certainty"; "not rated" for an empty level.
[[nodiscard]] std::string certainty_word(std::string_view level);

/// Does the article declare, or seem to have, a conflict of interest? "none" and its like do not count.
[[nodiscard]] bool has_conflict_of_interest(Article const& article);
/// Level of its stated design in the OCEBM 2011 table for harms: 1 systematic review, 2 randomised trial, 3 cohort study,
/// 4 case series or case-control study, 5 mechanism, animal study, opinion. nullopt when the design is not stated.
[[nodiscard]] std::optional<int> level_of_evidence(Article const& article);
/// Is its stated design an animal or laboratory study?
[[nodiscard]] bool is_animal_study(Article const& article);
/// Is its stated design a trial, cohort or case-control study, review, meta-analysis or guideline in people?
[[nodiscard]] bool has_study_design(Article const& article);

}  // namespace dossier
