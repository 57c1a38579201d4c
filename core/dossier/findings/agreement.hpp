// Agreement within the article set: how much the independent sources say the same (statistics.md 4.5).
//
// Not to be confused with agreement among human raters (4.8).
#pragma once

#include <array>
#include <optional>
#include <span>

#include "dossier/findings/stance_tally.hpp"

namespace dossier {

/// Informative sources on the ordinal scale refutes < mixed < supports.
[[nodiscard]] std::array<double, 3> ordinal_frequencies(StanceTally const& tally) noexcept;

/// Van der Eijk's agreement A: 1 unanimity, 0 uniform, -1 polarised.
/// @param frequencies  one number >= 0 per ordered category, at least two categories
/// @return nullopt when all are zero
[[nodiscard]] std::optional<double> van_der_eijk_agreement(std::span<double const> frequencies);

/// (1 - A) / 2: 0 unanimity, 1 two camps at the ends.
[[nodiscard]] constexpr double polarisation(double agreement) noexcept {
    return (1.0 - agreement) / 2.0;
}

/// Tastle and Wierman's consensus Cns, in [0, 1]. Harsh with few sources; for the appendix.
/// @return nullopt when all frequencies are zero
[[nodiscard]] std::optional<double> tastle_wierman_consensus(std::span<double const> frequencies);

/// Shannon's entropy in bits, 0 (all in one category) to log2 of the number of categories. Blind to their order.
/// @return nullopt when all frequencies are zero
[[nodiscard]] std::optional<double> shannon_entropy(std::span<double const> frequencies);

/// Shannon's entropy in units of its largest value, log2 of the number of categories: [0, 1].
[[nodiscard]] std::optional<double> relative_entropy(std::span<double const> frequencies);

}  // namespace dossier
