// Certainty of the body of evidence on one claim: suggested per domain from data, decided by a person where one has judged;
// never called GRADE (statistics.md 4.11).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/source_traits.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// What the suggestion rests on. All counts are of informative clusters; a cluster has what one of its informative articles
/// has, and of several appraisals the worst.
struct BodyOfEvidence {
    StanceTally tally;
    std::optional<double> agreement;                                   ///< A, as in Consensus
    std::size_t n_conflict_of_interest = 0;                            ///< with a member that has one
    std::size_t n_animal = 0;                                          ///< that rest on animal or laboratory studies
    std::size_t n_low_risk = 0, n_some_concerns = 0, n_high_risk = 0;  ///< appraised by people (RiskOfBias)
    std::size_t n_randomised = 0;          ///< that are a randomised trial or a systematic review of such
    std::size_t n_correlational_only = 0;  ///< whose quotes say that things go together, and none that one acts
    std::string disagreement = "none";     ///< as in Consensus
    bool one_publisher = false;            ///< several clusters, all by the same stated publisher
};

/// Fewest informative clusters that are not imprecise for their number alone: as many as a sign test needs to reach .05.
inline constexpr std::size_t enough_clusters = 6;

/// The certainty of the evidence on one question.
struct CertaintyOfEvidence {
    std::string level;                 ///< "high", "moderate", "low", "very low"; empty: nothing to rate
    std::string suggested;             ///< what the data suggest, whoever decided
    std::string decided_by = "data";   ///< or who judged, with a comma between several
    std::vector<std::string> reasons;  ///< a line per domain that lowers it or was judged, "imprecision: … (one level
                                       ///< down)", then one for a judgement of the whole; where nothing is rated, of
                                       ///< the judgements that are not applied
    std::vector<CertaintyDomain> domains;  ///< all, in the order of certainty_domains
};

/// Suggests each domain, then lets judgements stand in their place. Of several of one domain, or of the whole, the last counts,
/// and says whom it replaces. Without informative sources nothing is rated, whatever was judged; the reasons say what was.
///
/// @param judgements  any; those on other questions are left aside
[[nodiscard]] CertaintyOfEvidence certainty_of(BodyOfEvidence const& body, std::string_view claim_id,
                                               std::string_view condition_id,
                                               std::span<CertaintyJudgement const> judgements);

/// The same without judgements.
[[nodiscard]] CertaintyOfEvidence suggest_certainty(BodyOfEvidence const& body);

/// Do the quotes of one article on one claim that take a side state a correlation, and none of them more? Quotes that state no
/// link at all ("carrots are orange") make neither true nor false.
/// @param condition_id  only quotes under this condition; empty: all
[[nodiscard]] bool states_correlation_only(std::span<EvidenceItem const> quotes,
                                           std::string_view condition_id = {}) noexcept;

/// "low certainty"; "not rated" for an empty level.
[[nodiscard]] std::string certainty_word(std::string_view level);

}  // namespace dossier
