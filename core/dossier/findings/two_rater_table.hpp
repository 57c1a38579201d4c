// Two-rater table: agreement of two raters who are given as a cross-classification, as published examples are.
#pragma once

#include <span>

#include "dossier/findings/rater_agreement.hpp"

namespace dossier {

/// Like estimate_agreement(), from counts[a * q + b] units that the first rater put into category a and the second into b.
/// The standard error is the one for large samples (Fleiss, Cohen & Everitt 1969; Gwet 2014, ch. 5): it divides by n where
/// that of raw ratings divides by n - 1. Weights of one's own may be lopsided. `conger` is taken as `cohen`, `fleiss` as
/// `scott`.
/// @param counts  q x q numbers >= 0, where q = weights.n_categories()
[[nodiscard]] AgreementEstimate estimate_two_rater_table(AgreementCoefficient coefficient,
                                                         std::span<double const> counts,
                                                         AgreementWeights const& weights);

}  // namespace dossier
