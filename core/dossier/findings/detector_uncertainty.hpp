// Detector uncertainty: what a count of sources is worth when each stance is right with a known chance only.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "dossier/model/evidence.hpp"

namespace dossier {

/// Calibrated chances of what one independent source says; what is left of 1 is the chance that it takes no side.
struct SideChances {
    double supports = 0.0, refutes = 0.0;  ///< each in [0, 1], together at most 1
};

/// The chances of a source whose stance is right with chance `confidence`. What is not known to be right counts for the
/// other side, the most cautious reading. A stance that takes no side has none of either.
[[nodiscard]] SideChances side_chances(Stance stance, double confidence) noexcept;

/// How many sources support, if each does so by its own chance: P(S = 0), P(S = 1), … P(S = n), the Poisson-binomial
/// distribution (statistics.md 4.6). Exact, in n² steps. The order of the chances does not matter, not even in the last bit.
///
/// @param chances  each in [0, 1]; empty gives {1}
[[nodiscard]] std::vector<double> poisson_binomial(std::vector<double> chances);

/// Up to so many sources the majority is computed exactly; for more by the normal approximation with correction for
/// continuity, which is off by less than 0.001 there unless all but some
/// tens of sources are certain.
inline constexpr std::size_t most_sources_exact = 2000;

/// P(more sources support than refute), each source on its own (statistics.md 4.6). A tie is no majority. The order of
/// the sources does not matter, not even in the last bit.
///
/// @return in [0, 1]; nullopt when there is no source
[[nodiscard]] std::optional<double> majority_supports(std::vector<SideChances> sources);

}  // namespace dossier
