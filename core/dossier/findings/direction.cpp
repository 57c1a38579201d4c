#include "dossier/findings/direction.hpp"

#include <algorithm>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace dossier {

namespace {

// Doubles throughout: long double differs between machines.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr double z95 = 1.959963984540054;  // 97.5 % point of the standard normal
constexpr double tail95 = 0.025;

/// I_x(a, b), the regularised incomplete beta function.
double beta_share(double a, double b, double x) {
    return boost::math::ibeta(a, b, x, Policy());
}

/// The x with I_x(a, b) = p.
double beta_quantile(double a, double b, double p) {
    return boost::math::ibeta_inv(a, b, p, Policy());
}

}  // namespace

std::optional<DirectionOfEffect> count_votes(StanceTally const& tally) noexcept {
    auto const n = tally.directional();
    if (n == 0) return std::nullopt;
    auto const supports = static_cast<double>(tally.supports);
    auto const votes = static_cast<double>(n);
    return DirectionOfEffect{n, supports / votes, wilson_interval(supports, votes)};
}

std::optional<Interval> mixed_bounds(StanceTally const& tally) noexcept {
    auto const n = static_cast<double>(tally.informative());
    if (tally.informative() == 0) return std::nullopt;
    return Interval{static_cast<double>(tally.supports) / n, static_cast<double>(tally.supports + tally.mixed) / n};
}

std::optional<double> share_with_mixed_as_half(StanceTally const& tally) noexcept {
    if (tally.informative() == 0) return std::nullopt;
    auto const halves = static_cast<double>(2 * tally.supports + tally.mixed);
    return halves / static_cast<double>(2 * tally.informative());
}

Interval wilson_interval(double successes, double n) noexcept {
    double const share = successes / n;
    double const z2 = z95 * z95;
    double const centre = share + z2 / (2 * n);
    double const spread = z95 * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    double const scale = 1 + z2 / n;
    // At the ends the formula gives 0 and 1 but for rounding.
    return {successes <= 0 ? 0.0 : std::max(0.0, (centre - spread) / scale),
            successes >= n ? 1.0 : std::min(1.0, (centre + spread) / scale)};
}

Interval clopper_pearson_interval(double successes, double n) {
    return {successes <= 0 ? 0.0 : beta_quantile(successes, n - successes + 1, tail95),
            successes >= n ? 1.0 : beta_quantile(successes + 1, n - successes, 1 - tail95)};
}

Interval jeffreys_interval(double successes, double n) {
    double const a = successes + 0.5, b = n - successes + 0.5;
    return {successes <= 0 ? 0.0 : beta_quantile(a, b, tail95), successes >= n ? 1.0 : beta_quantile(a, b, 1 - tail95)};
}

double sign_test_greater(std::size_t supports, std::size_t refutes) {
    if (supports == 0) return 1.0;
    // P(X >= s) for X ~ Binomial(n, 1/2) is I_1/2(s, n - s + 1).
    return beta_share(static_cast<double>(supports), static_cast<double>(refutes) + 1, 0.5);
}

double sign_test_two_sided(std::size_t supports, std::size_t refutes) {
    // The binomial is symmetric at 1/2: what is at most as likely is this tail and its mirror image.
    auto const [fewer, more] = std::minmax(supports, refutes);
    return fewer == more ? 1.0 : std::min(1.0, 2 * sign_test_greater(more, fewer));
}

double probability_supports_prevail(double supports, double refutes, double prior) {
    // theta ~ Beta(a + S, a + R); P(theta > 1/2) = I_1/2(a + R, a + S).
    return beta_share(prior + refutes, prior + supports, 0.5);
}

}  // namespace dossier
