// Answers: what articles say on one question, as small as it has to be where a million of them are summed up. Internal to
// findings/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// One claim, as a whole or under one condition.
struct Question {
    std::string claim_id, condition_id;
};

/// What an article says on a question, in four bytes: its number, its stance, and whether its quotes tell of no more than
/// that things go together.
class Saying {
public:
    Saying(std::uint32_t article, Stance stance, bool correlation_only) noexcept
        : bits_(article << 4 | (correlation_only ? 8u : 0u) | static_cast<std::uint32_t>(stance)) {}
    [[nodiscard]] std::uint32_t article() const noexcept { return bits_ >> 4; }
    [[nodiscard]] bool correlation_only() const noexcept { return (bits_ & 8) != 0; }
    [[nodiscard]] Stance stance() const noexcept { return static_cast<Stance>(bits_ & 7); }

private:
    std::uint32_t bits_;
};

/// All that articles say on one question.
struct Answers {
    std::vector<Saying> sayings;      ///< as the articles came; who is not in it is silent, or could not be assessed
    std::vector<double> confidences;  ///< of the sayings, NaN where there is none; empty: there is none at all
    std::vector<std::pair<std::uint32_t, StancesAtThresholds>> at_thresholds;  ///< by article; of those that differ
    std::size_t n_overridden = 0;                                              ///< sayings that a person decided
};

/// What of an article counts towards certainty, sensitivity and silence, in four bytes.
struct Traits {
    std::uint32_t is_read : 1 = 0;  ///< its silence means something
    std::uint32_t has_conflict : 1 = 0, is_animal : 1 = 0, is_retracted : 1 = 0;
    std::uint32_t is_randomised : 1 = 0;  ///< level of evidence 1 or 2
    std::uint32_t risk_of_bias : 2 = 0;   ///< RiskOfBias
    std::uint32_t publisher : 24 = 0;     ///< as PublisherIndex::add gives it; 0: not known
};

/// A cluster that says something on a question.
struct SpeakingCluster {
    std::uint32_t first = 0;  ///< rank of its first article
    Stance stance = Stance::silent;
    std::size_t begin = 0, end = 0;  ///< its articles among the voices
};

/// One article with its cluster, for a question.
struct Voice {
    std::uint32_t cluster = 0;  ///< rank of the cluster's first article
    std::uint32_t rank = 0;
    Saying saying;
    StancesAtThresholds at_thresholds;
    double confidence = 0.0;  ///< NaN: there is none
};

/// Articles that inform a claim, by what they say under each condition.
using ConditionTallies = std::map<std::string, StanceTally, std::less<>>;

}  // namespace dossier
