// Weights: what votes are worth that do not all count the same. Sensitivity only (statistics.md 4.4).
#pragma once

#include <optional>
#include <vector>

#include "dossier/findings/stance_tally.hpp"

namespace dossier {

/// Whether a number may be a weight: finite and not below 0.
[[nodiscard]] bool is_weight(double weight) noexcept;

/// Kish's effective number of sources, (Σw)² / Σw² (4.4). The order of the weights does not matter, not even in the last
/// bit.
/// @return nullopt when a number is no weight, or none is above 0
[[nodiscard]] std::optional<double> effective_number(std::vector<double> weights);

/// Votes in units of effective sources: the two sides add up to the effective number of those that take one.
struct WeightedVotes {
    double supports = 0.0, refutes = 0.0, mixed = 0.0;

    [[nodiscard]] double directional() const noexcept { return supports + refutes; }
    [[nodiscard]] double informative() const noexcept { return directional() + mixed; }
};

/// n_eff (Σw₊/Σw) and n_eff (Σw₋/Σw) in place of S and R, Σw and n_eff over the sources that take a side (4.3); mixed ones
/// by the same scale. Equal weights give the plain counts.
/// @return nullopt when a number is no weight, or none is above 0
[[nodiscard]] std::optional<WeightedVotes> weigh_votes(std::vector<double> supports, std::vector<double> refutes,
                                                       std::vector<double> mixed);

/// The plain counts of a tally.
[[nodiscard]] WeightedVotes votes_of(StanceTally const& tally) noexcept;

/// (S - R) / (S + R + M), in [-1, 1] (4.2). 0 for a tie as for mixed sources alone: never to be shown alone.
/// @return nullopt when nothing is informative
[[nodiscard]] std::optional<double> direction_index(WeightedVotes const& votes) noexcept;

}  // namespace dossier
