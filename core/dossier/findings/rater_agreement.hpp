// Rater agreement: how far people who rate the same things agree beyond chance (statistics.md 4.8).
//
// Not to be confused with agreement among articles (4.5, agreement.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dossier/findings/interval.hpp"
#include "dossier/findings/rating_weights.hpp"

namespace dossier {

/// One rater's rating of one unit.
struct Rating {
    std::uint32_t rater = 0, category = 0;  ///< from 0
};

/// Units x raters, where any rating may be missing. A rater rates a unit at most once.
struct RatingTable {
    std::vector<double> scores;  ///< of the categories that raters could choose, ascending; 1, 2, 3, … for names
    std::size_t n_raters = 0;    ///< columns of the table, whether or not they hold a rating
    std::vector<std::vector<Rating>> units;  ///< the ratings of each unit, by rater
};

/// A coefficient: (p_o - p_e) / (1 - p_e), where each has its own idea of the agreement p_e to be expected by chance.
enum class AgreementCoefficient {
    percent_agreement,  ///< p_e = 0
    cohen,              ///< kappa (1960) of two raters, over the units that both rated
    conger,             ///< kappa (1980): Cohen's for any number of raters
    scott,              ///< pi (1955) of two raters, over the units that both rated
    fleiss,             ///< kappa (1971): Scott's for any number of raters
    gwet,               ///< AC1; with weights: AC2 (2008)
    brennan_prediger,   ///< (1981): p_e as if every category were equally likely
    krippendorff        ///< alpha, over the units with at least two ratings
};

/// Krippendorff's metrics: what the categories are.
enum class MeasurementLevel { nominal, ordinal, interval, ratio };

/// Why a coefficient has no value. A coefficient is never set to 0 or 1 in its place.
enum class AgreementStatus {
    ok,
    no_variation,  ///< every rating is the same, so that chance explains everything
    one_rater,
    no_overlap,  ///< no unit has two ratings
    no_data
};
/// "ok", "no-variation", "one-rater", "no-overlap", "no-data".
[[nodiscard]] char const* name_of(AgreementStatus status) noexcept;

struct AgreementEstimate {
    AgreementStatus status = AgreementStatus::no_data;
    std::optional<double> value;           ///< at most 1; absent unless ok
    std::optional<double> observed;        ///< p_o, in [0, 1]; absent when no unit has two ratings
    std::optional<double> expected;        ///< p_e; absent when no unit has two ratings
    std::optional<double> standard_error;  ///< absent below two units
    std::optional<Interval> interval;      ///< 95 %, Student's t with n - 1 degrees of freedom, cut at 1
    std::optional<double> p_value;         ///< two-sided, of value 0; absent where the standard error is 0 or absent
    std::size_t n_units = 0;               ///< units with at least two ratings
};

/// Formulas: Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), ch. 2-5; the standard error linearises the
/// coefficient over units. Percent agreement is defined even when nothing varies. Precondition: `cohen` and `scott` want a
/// table of two raters.
/// @param weights  as many categories as the table
[[nodiscard]] AgreementEstimate estimate_agreement(AgreementCoefficient coefficient, RatingTable const& table,
                                                   AgreementWeights const& weights);
/// With identity weights.
[[nodiscard]] AgreementEstimate estimate_agreement(AgreementCoefficient coefficient, RatingTable const& table);

/// Krippendorff's alpha = 1 - D_o / D_e (4.8): estimate_agreement() with the weights that follow from the level. Those of
/// `ordinal` follow from how often each category was used; the standard error takes them as given.
[[nodiscard]] AgreementEstimate krippendorff_alpha(RatingTable const& table, MeasurementLevel level);

/// What estimate_agreement() would say of a table that holds unit i `times[i]` times; value only.
[[nodiscard]] std::optional<double> resampled_agreement(AgreementCoefficient coefficient, RatingTable const& table,
                                                        std::span<double const> times);
[[nodiscard]] std::optional<double> resampled_alpha(RatingTable const& table, MeasurementLevel level,
                                                    std::span<double const> times);

/// Sets standard error, interval and p-value of an estimate that has a value; `degrees` of freedom, above 0.
void add_standard_error(AgreementEstimate& estimate, double standard_error, double degrees);

}  // namespace dossier
