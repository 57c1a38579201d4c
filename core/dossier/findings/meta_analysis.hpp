// Meta-analysis: several estimates of one effect, pooled (statistics.md 4.9).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dossier/findings/interval.hpp"

namespace dossier {

/// One estimate with its variance, both on the scale on which they are pooled: of ratios the natural logarithm.
struct StudyEffect {
    double estimate = 0.0;
    double variance = 0.0;  ///< square of the standard error
};

/// How the variance between studies is estimated. Fixed effect: there is none, the inverse variances are the weights.
/// The random-effects methods weigh by 1 / (variance + tau2).
enum class PoolingMethod {
    fixed,
    dersimonian_laird,  ///< DerSimonian & Laird 1986, Controlled Clinical Trials 7:177-188
    reml,               ///< restricted maximum likelihood (Viechtbauer 2005, J Educ Behav Stat 30:261-293)
    paule_mandel        ///< generalised Q equal to its degrees of freedom (DerSimonian & Kacker 2007, CCT 28:105-114)
};
/// "fixed", "DerSimonian-Laird", "REML", "Paule-Mandel".
[[nodiscard]] std::string_view name_of(PoolingMethod method) noexcept;

/// What came of pooling.
enum class PoolingOutcome {
    pooled,
    too_few_effects,    ///< fewer than two: show the study instead
    unusable_variance,  ///< one is zero, negative or no number
    out_of_range,       ///< an estimate or variance is larger or smaller than what can be reckoned with
    not_converged       ///< the variance between studies was not found within the bound on iterations
};
/// A clause for people: "fewer than two effects"; empty for pooled.
[[nodiscard]] std::string_view in_words(PoolingOutcome outcome) noexcept;

inline constexpr double largest_poolable_estimate = 1e9;  ///< in absolute value
inline constexpr double least_poolable_variance = 1e-18, largest_poolable_variance = 1e18;

/// A pooled estimate. Numbers are settled to 12 decimals: the last bits of a machine's arithmetic never reach a file.
struct Pooled {
    double estimate = 0.0, standard_error = 0.0;
    Interval interval;  ///< 95 %, by the standard normal
    /// 95 %, after Hartung & Knapp 2001 (Stat Med 20:3875-3889), by t with k - 1 degrees of freedom. As metafor's
    /// test="knha", the variance is taken as it comes, so that the interval may be narrower than `interval`. Absent for fixed.
    std::optional<Interval> hartung_knapp;
    std::optional<double> hartung_knapp_standard_error;
    /// 95 %, where the effect of a new study is expected: estimate ± t_{k-2} √(tau2 + SE²) (Higgins, Thompson &
    /// Spiegelhalter 2009, JRSS A 172:137-159). Absent for fixed and below three effects. metafor 3.8 takes the normal
    /// quantile instead, which gives a narrower one.
    std::optional<Interval> prediction;
    double q = 0.0, q_p = 1.0;  ///< Cochran's Q and its p-value by chi-square with k - 1 degrees of freedom
    double i2 = 0.0;            ///< max(0, (Q - df) / Q), [0, 1]; the same for each method
    double tau2 = 0.0;          ///< variance between studies; 0 for fixed
    /// As metafor has them: tau2 beside the typical variance within studies (Higgins & Thompson 2002, Stat Med 21:1539-1558).
    /// Equal to i2 for fixed and DerSimonian-Laird.
    double i2_of_tau2 = 0.0, h2 = 1.0;
    std::vector<double> weights;  ///< shares of the estimate, of the effects in their order; they add up to 1
};

struct PoolingResult {
    PoolingOutcome outcome = PoolingOutcome::too_few_effects;
    std::optional<Pooled> pooled;  ///< exactly if outcome is pooled
};

/// Pools effects. The order of `effects` shows in the last bits before settling only.
[[nodiscard]] PoolingResult pool(std::span<StudyEffect const> effects, PoolingMethod method);

/// As pool() by a random-effects method, with the variance between studies given, [0, 1e18].
[[nodiscard]] PoolingResult pool_given_variance(std::span<StudyEffect const> effects, double tau2);

/// The pooled estimate without the first effect, without the second, … . Takes time that grows with the square of their number.
[[nodiscard]] std::vector<PoolingResult> pool_leaving_one_out(std::span<StudyEffect const> effects,
                                                              PoolingMethod method);

/// The standard error of a normal estimate whose interval has this width. statistics.md 4.9: ln 1.2 to ln 3.4 at 95 % -> .265682.
/// @param level  of the interval, (0, 1)
/// @return nullopt where low < high or the level does not hold
[[nodiscard]] std::optional<double> standard_error_of(Interval interval, double level = 0.95) noexcept;

/// The risk ratio that an unmeasured confounder would need with exposure and outcome to explain the effect away: RR + √(RR (RR - 1))
/// (VanderWeele & Ding 2017, Ann Intern Med 167:268-274). Below 1, that of 1 / RR.
/// @return nullopt for a ratio that is not positive
[[nodiscard]] std::optional<double> e_value(double risk_ratio) noexcept;

}  // namespace dossier
