// Direction of effect: which way the independent sources on a claim point.
#pragma once

#include <cstddef>
#include <optional>

#include "dossier/findings/interval.hpp"
#include "dossier/findings/stance_tally.hpp"

namespace dossier {

/// Vote count on one claim, based on direction of effect (statistics.md 4.2).
struct DirectionOfEffect {
    std::size_t n_clusters = 0;    ///< clusters that support or refute; neutral and silent are left out
    double direction_share = 0.0;  ///< supports / n_clusters, in [0, 1]
    Interval interval;             ///< 95 % Wilson interval of direction_share
};

/// Counts votes on one claim. Says nothing about effect size.
///
/// @param tally  clusters of independent sources per stance; a cluster counts once,
///               however many of its articles and sentences are evidence
/// @return nullopt when no cluster takes a side, because "nobody has looked"
///         must not read as "evenly divided" (share 0.5)
std::optional<DirectionOfEffect> count_votes(StanceTally const& tally) noexcept;

/// The share of supports if every mixed source refuted (lower), or supported (upper): [S/n_i, (S+M)/n_i]
/// (4.2). nullopt when no source is informative.
std::optional<Interval> mixed_bounds(StanceTally const& tally) noexcept;

/// Mixed sources as half a vote each way: (S + M/2) / n_i (4.2, sensitivity). nullopt when no source is
/// informative.
std::optional<double> share_with_mixed_as_half(StanceTally const& tally) noexcept;

// 95 % intervals of a share, for `successes` out of `n` (4.2). Successes may be fractional (weighted votes).
// Precondition: 0 <= successes <= n, n > 0.
[[nodiscard]] Interval wilson_interval(double successes, double n) noexcept;
[[nodiscard]] Interval clopper_pearson_interval(double successes, double n);
/// Equal-tailed, from Beta(1/2 + successes, 1/2 + n - successes); its ends are set to 0 and 1 where no or all
/// succeed.
[[nodiscard]] Interval jeffreys_interval(double successes, double n);

/// Exact sign test, two-sided: the chance of a count at most as likely as this one if both sides were even
/// (4.2). In (0, 1]; 1 when nobody votes.
[[nodiscard]] double sign_test_two_sided(std::size_t supports, std::size_t refutes);
/// Exact sign test, one-sided: P(X >= supports) (4.2). In (0, 1]; 1 when nobody votes.
[[nodiscard]] double sign_test_greater(std::size_t supports, std::size_t refutes);

// Priors Beta(a, a) of a share (4.3).
inline constexpr double jeffreys_prior = 0.5;
inline constexpr double uniform_prior = 1.0;  ///< for sensitivity

/// P(theta > 1/2 | data) under the prior Beta(prior, prior) (4.3). 0.5 when nobody votes. Votes may be fractional.
[[nodiscard]] double probability_supports_prevail(double supports, double refutes, double prior = jeffreys_prior);

}  // namespace dossier
