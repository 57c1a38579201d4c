#include "dossier/findings/meta_analysis.hpp"

#include <algorithm>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "dossier/findings/settled.hpp"
#include "dossier/findings/student_t.hpp"

namespace dossier {

namespace {

// Doubles throughout: long double differs between machines.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr double z95 = 1.959963984540054;  // 97.5 % point of the standard normal
constexpr int most_iterations = 500;
constexpr int most_halvings = 60;
constexpr double precision = 1e-14;  // of tau2, relative to the variances

Interval settled_ends(Interval interval) {
    return {settled(interval.lower), settled(interval.upper)};
}
Interval around(double estimate, double half_width) {
    return {estimate - half_width, estimate + half_width};
}

/// P(X > q) for X ~ chi-square.
double chi_square_tail(double q, double df) {
    // Hundreds of effects that are all alike: 1 but for (q/2)^(df/2) / (df/2)!, where Boost 1.74 overflows.
    if (q < 1e-6 && df > 100) return 1.0;
    return boost::math::gamma_q(df / 2, q / 2, Policy());
}

/// Sums over the effects weighed by 1 / (variance + tau2).
struct WeightedSums {
    double w = 0.0, w2 = 0.0, w3 = 0.0;  ///< of weights, their squares and cubes
    double mean = 0.0;                   ///< Σwy / Σw
    double q = 0.0, q2 = 0.0;            ///< Σw(y - mean)², Σw²(y - mean)²
};

WeightedSums weigh(std::span<StudyEffect const> effects, double tau2) {
    WeightedSums sums;
    double wy = 0.0;
    for (auto const& [estimate, variance] : effects) {
        double const w = 1 / (variance + tau2);
        sums.w += w, sums.w2 += w * w, sums.w3 += w * w * w;
        wy += w * estimate;
    }
    sums.mean = wy / sums.w;
    for (auto const& [estimate, variance] : effects) {
        double const w = 1 / (variance + tau2), distance = estimate - sums.mean;
        sums.q += w * distance * distance;
        sums.q2 += w * w * distance * distance;
    }
    return sums;
}

double degrees_of_freedom(std::span<StudyEffect const> effects) {
    return static_cast<double>(effects.size() - 1);
}

double mean_variance(std::span<StudyEffect const> effects) {
    double sum = 0.0;
    for (auto const& effect : effects)
        sum += effect.variance;
    return sum / static_cast<double>(effects.size());
}

double dersimonian_laird(std::span<StudyEffect const> effects) {
    auto const sums = weigh(effects, 0.0);
    return std::max(0.0, (sums.q - degrees_of_freedom(effects)) / (sums.w - sums.w2 / sums.w));
}

/// The generalised Q falls with tau2 and is convex, so that Newton's steps from below never pass its root.
std::optional<double> paule_mandel(std::span<StudyEffect const> effects) {
    double tau2 = 0.0;
    for (int i = 0; i < most_iterations; ++i) {
        auto const sums = weigh(effects, tau2);
        double const excess = sums.q - degrees_of_freedom(effects);
        if (excess <= 0) return tau2;
        double const step = excess / sums.q2;
        tau2 += step;
        if (step <= precision * tau2) return tau2;
    }
    return std::nullopt;
}

double restricted_log_likelihood(std::span<StudyEffect const> effects, double tau2) {
    auto const sums = weigh(effects, tau2);
    double logs = 0.0;
    for (auto const& effect : effects)
        logs += std::log(effect.variance + tau2);
    return -0.5 * (logs + std::log(sums.w) + sums.q);
}

/// Hedges' estimate, where the search begins, as in metafor.
double variance_component(std::span<StudyEffect const> effects) {
    double mean = 0.0, squares = 0.0;
    for (auto const& effect : effects)
        mean += effect.estimate / static_cast<double>(effects.size());
    for (auto const& effect : effects)
        squares += (effect.estimate - mean) * (effect.estimate - mean);
    return std::max(0.0, squares / degrees_of_freedom(effects) - mean_variance(effects));
}

/// Fisher scoring; a step that does not raise the likelihood is halved.
std::optional<double> reml(std::span<StudyEffect const> effects) {
    double tau2 = variance_component(effects);
    double const smallest_step = precision * mean_variance(effects);
    double likelihood = restricted_log_likelihood(effects, tau2);
    for (int i = 0; i < most_iterations; ++i) {
        auto const sums = weigh(effects, tau2);
        double const trace = sums.w - sums.w2 / sums.w;
        double const information = sums.w2 - 2 * sums.w3 / sums.w + sums.w2 * sums.w2 / (sums.w * sums.w);
        double step = std::max(-tau2, (sums.q2 - trace) / information);
        double next = tau2 + step, reached = restricted_log_likelihood(effects, next);
        for (int n = 0; n < most_halvings && reached < likelihood; ++n) {
            step /= 2;
            next = tau2 + step, reached = restricted_log_likelihood(effects, next);
        }
        if (std::abs(step) <= precision * tau2 + smallest_step) return next;
        tau2 = next, likelihood = reached;
    }
    return std::nullopt;
}

std::optional<double> variance_between(std::span<StudyEffect const> effects, PoolingMethod method) {
    switch (method) {
        case PoolingMethod::fixed: break;
        case PoolingMethod::dersimonian_laird: return dersimonian_laird(effects);
        case PoolingMethod::reml: return reml(effects);
        case PoolingMethod::paule_mandel: return paule_mandel(effects);
    }
    return 0.0;
}

PoolingOutcome check(std::span<StudyEffect const> effects) {
    for (auto const& [estimate, variance] : effects) {
        if (!(variance > 0)) return PoolingOutcome::unusable_variance;
        if (!(std::abs(estimate) <= largest_poolable_estimate) || variance < least_poolable_variance ||
            variance > largest_poolable_variance)
            return PoolingOutcome::out_of_range;
    }
    return effects.size() < 2 ? PoolingOutcome::too_few_effects : PoolingOutcome::pooled;
}

void add_heterogeneity(Pooled& pooled, std::span<StudyEffect const> effects, double tau2) {
    auto const sums = weigh(effects, 0.0);
    double const df = degrees_of_freedom(effects);
    pooled.q = settled(sums.q);
    pooled.q_p = settled(chi_square_tail(sums.q, df));
    pooled.i2 = sums.q > df ? settled((sums.q - df) / sums.q) : 0.0;
    pooled.tau2 = settled(tau2);
}

/// I² and H² by way of tau2 and the typical variance within studies.
void add_metafor_heterogeneity(Pooled& pooled, std::span<StudyEffect const> effects, double tau2, bool is_fixed) {
    auto const sums = weigh(effects, 0.0);
    double const df = degrees_of_freedom(effects);
    double const typical = df * sums.w / (sums.w * sums.w - sums.w2);
    pooled.i2_of_tau2 = is_fixed ? pooled.i2 : settled(tau2 / (tau2 + typical));
    pooled.h2 = settled(is_fixed ? sums.q / df : tau2 / typical + 1);
}

void add_random_effects_intervals(Pooled& pooled, WeightedSums const& sums, double tau2, std::size_t k) {
    double const df = static_cast<double>(k - 1);
    double const error = std::sqrt(sums.q / df / sums.w);
    pooled.hartung_knapp_standard_error = settled(error);
    pooled.hartung_knapp = settled_ends(around(sums.mean, student_t_95(df) * error));
    if (k >= 3)
        pooled.prediction = settled_ends(around(sums.mean, student_t_95(df - 1) * std::sqrt(tau2 + 1 / sums.w)));
}

Pooled weighed_by(std::span<StudyEffect const> effects, double tau2, bool is_fixed) {
    auto const sums = weigh(effects, tau2);
    double const error = 1 / std::sqrt(sums.w);
    Pooled pooled;
    pooled.estimate = settled(sums.mean);
    pooled.standard_error = settled(error);
    pooled.interval = settled_ends(around(sums.mean, z95 * error));
    for (auto const& effect : effects)
        pooled.weights.push_back(settled(1 / (effect.variance + tau2) / sums.w));
    add_heterogeneity(pooled, effects, tau2);
    add_metafor_heterogeneity(pooled, effects, tau2, is_fixed);
    if (!is_fixed) add_random_effects_intervals(pooled, sums, tau2, effects.size());
    return pooled;
}

}  // namespace

std::string_view name_of(PoolingMethod method) noexcept {
    switch (method) {
        case PoolingMethod::fixed: return "fixed";
        case PoolingMethod::dersimonian_laird: return "DerSimonian-Laird";
        case PoolingMethod::reml: return "REML";
        case PoolingMethod::paule_mandel: break;
    }
    return "Paule-Mandel";
}

std::string_view in_words(PoolingOutcome outcome) noexcept {
    switch (outcome) {
        case PoolingOutcome::pooled: return "";
        case PoolingOutcome::too_few_effects: return "fewer than two effects";
        case PoolingOutcome::unusable_variance: return "a variance is zero or no number";
        case PoolingOutcome::out_of_range: return "a number is too large or too small to reckon with";
        case PoolingOutcome::not_converged: break;
    }
    return "the variance between studies was not found";
}

PoolingResult pool(std::span<StudyEffect const> effects, PoolingMethod method) {
    if (auto const outcome = check(effects); outcome != PoolingOutcome::pooled) return {outcome, std::nullopt};
    auto const tau2 = variance_between(effects, method);
    if (!tau2 || !std::isfinite(*tau2)) return {PoolingOutcome::not_converged, std::nullopt};
    return {PoolingOutcome::pooled, weighed_by(effects, *tau2, method == PoolingMethod::fixed)};
}

PoolingResult pool_given_variance(std::span<StudyEffect const> effects, double tau2) {
    if (auto const outcome = check(effects); outcome != PoolingOutcome::pooled) return {outcome, std::nullopt};
    if (!(tau2 >= 0 && tau2 <= largest_poolable_variance)) return {PoolingOutcome::out_of_range, std::nullopt};
    return {PoolingOutcome::pooled, weighed_by(effects, tau2, false)};
}

std::vector<PoolingResult> pool_leaving_one_out(std::span<StudyEffect const> effects, PoolingMethod method) {
    std::vector<PoolingResult> results;
    std::vector<StudyEffect> others(effects.begin(), effects.end());
    for (std::size_t i = 0; i < effects.size(); ++i) {
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        results.push_back(pool(others, method));
        others.insert(others.begin() + static_cast<std::ptrdiff_t>(i), effects[i]);
    }
    return results;
}

std::optional<double> standard_error_of(Interval interval, double level) noexcept {
    if (!(interval.lower < interval.upper) || !(level > 0 && level < 1)) return std::nullopt;
    // P(|Z| < z) = erf(z / √2)
    double const z = level == 0.95 ? z95 : std::sqrt(2.0) * boost::math::erf_inv(level, Policy());
    double const error = (interval.upper - interval.lower) / (2 * z);
    return std::isfinite(error) ? std::optional(error) : std::nullopt;
}

std::optional<double> e_value(double risk_ratio) noexcept {
    if (!(risk_ratio > 0) || !std::isfinite(risk_ratio)) return std::nullopt;
    double const ratio = std::max(risk_ratio, 1 / risk_ratio);
    return ratio + std::sqrt(ratio * (ratio - 1));
}

}  // namespace dossier
