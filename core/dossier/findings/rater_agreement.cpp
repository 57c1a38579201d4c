#include "dossier/findings/rater_agreement.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "dossier/findings/student_t.hpp"

namespace dossier {

namespace {

using Ratings = std::vector<Rating>;

constexpr double nothing_left = 1e-12;  // 1 - p_e below this is 0 but for rounding

bool wants_pairs(AgreementCoefficient coefficient) {
    return coefficient == AgreementCoefficient::cohen || coefficient == AgreementCoefficient::scott ||
           coefficient == AgreementCoefficient::krippendorff;
}

/// Chance agreement of a coefficient: p_e, and what each rating of a unit contributes to the unit's own share of it.
struct Chance {
    double expected = 0.0;
    std::vector<double> by_category;            ///< q numbers: a unit's share is their mean over its ratings
    std::vector<double> by_rater_and_category;  ///< r x q numbers: it is p_e and their sum; empty: not used
};

/// Ratings of the units of a table, each as often as it was drawn, summed up for one coefficient.
class Sample {
public:
    Sample(AgreementCoefficient coefficient, RatingTable const& table, AgreementWeights const& weights,
           std::span<double const> times)
        : coefficient_(coefficient),
          weights_(weights),
          q_(weights.n_categories()),
          n_raters_(table.n_raters),
          mean_of_shares_(q_, 0.0),
          n_of_category_(q_, 0.0),
          by_rater_(table.n_raters * q_, 0.0),
          counts_(q_, 0.0) {
        assert(table.scores.size() == q_);
        for (std::size_t i = 0; i < times.size(); ++i)
            if (times[i] > 0) take(table.units[i], times[i]);
        finish();
    }

    [[nodiscard]] AgreementStatus status() const {
        if (n_raters_seen_ == 0) return AgreementStatus::no_data;
        if (n_raters_seen_ < 2) return AgreementStatus::one_rater;
        if (n_pairable_ == 0) return AgreementStatus::no_overlap;
        if (coefficient_ == AgreementCoefficient::percent_agreement) return AgreementStatus::ok;
        auto const n_used = std::count_if(n_of_category_.begin(), n_of_category_.end(), [](double n) { return n > 0; });
        return n_used < 2 || 1 - chance_.expected < nothing_left ? AgreementStatus::no_variation : AgreementStatus::ok;
    }
    [[nodiscard]] double n_units() const { return n_units_; }
    [[nodiscard]] double n_pairable() const { return n_pairable_; }
    /// Precondition: some unit has two ratings.
    [[nodiscard]] double observed() const { return corrected(observed_); }
    [[nodiscard]] double expected() const { return chance_.expected; }
    [[nodiscard]] double value() const { return beyond_chance(observed()); }

    /// Whether this unit is one of those that count.
    [[nodiscard]] bool counts(Ratings const& unit) const {
        return unit.size() >= (wants_pairs(coefficient_) ? 2u : 1u);
    }
    /// Square of how far the coefficient, linearised, would move with this unit (Gwet 2014, ch. 5). Precondition: status ok.
    [[nodiscard]] double squared_influence(Ratings const& unit) {
        double const linear = beyond_chance(observed_);
        double const moved = (own_observed(unit) - own_offset(unit)) / (1 - chance_.expected) -
                             2 * (1 - linear) * (own_expected(unit) - chance_.expected) / (1 - chance_.expected);
        return (moved - linear) * (moved - linear);
    }

private:
    void take(Ratings const& unit, double times) {
        for (auto const& rating : unit)
            see(rating.rater);
        if (!counts(unit)) return;
        n_units_ += times;
        auto const n = static_cast<double>(unit.size());
        for (auto const& rating : unit) {
            mean_of_shares_[rating.category] += times / n;
            n_of_category_[rating.category] += times;
            by_rater_[rating.rater * q_ + rating.category] += times;
        }
        n_ratings_ += times * n;
        if (unit.size() < 2) return;
        n_pairable_ += times;
        observed_ += times * (is_alpha() ? n : 1.0) * pairs_that_agree(unit);
    }

    void see(std::uint32_t rater) {
        if (seen_.empty()) seen_.resize(n_raters_, false);
        if (!seen_[rater]) ++n_raters_seen_;
        seen_[rater] = true;
    }

    void finish() {
        if (n_pairable_ == 0) return;
        observed_ /= is_alpha() ? n_ratings_ : n_pairable_;
        for (auto& share : mean_of_shares_)
            share /= n_units_;
        chance_ = chance();
    }

    [[nodiscard]] bool is_alpha() const { return coefficient_ == AgreementCoefficient::krippendorff; }
    [[nodiscard]] double beyond_chance(double observed) const {
        return (observed - chance_.expected) / (1 - chance_.expected);
    }
    /// Krippendorff's correction for few ratings.
    [[nodiscard]] double corrected(double observed) const {
        return is_alpha() ? observed + (1 - observed) / n_ratings_ : observed;
    }

    /// Share of the pairs of a unit's ratings that agree; at least two ratings.
    double pairs_that_agree(Ratings const& unit) {
        std::fill(counts_.begin(), counts_.end(), 0.0);
        for (auto const& rating : unit)
            counts_[rating.category] += 1;
        double agreeing = 0;
        for (std::size_t a = 0; a < q_; ++a) {
            if (counts_[a] == 0) continue;
            double with_any = -1;  // not with itself
            for (std::size_t b = 0; b < q_; ++b)
                with_any += weights_(a, b) * counts_[b];
            agreeing += counts_[a] * with_any;
        }
        auto const n = static_cast<double>(unit.size());
        return agreeing / (n * (n - 1));
    }

    [[nodiscard]] double mean_ratings() const { return n_ratings_ / n_units_; }
    /// How many units there are for each that has pairs.
    [[nodiscard]] double inflation() const { return n_units_ / n_pairable_; }
    double own_observed(Ratings const& unit) {
        if (unit.size() < 2) return 0;
        auto const n = static_cast<double>(unit.size());
        if (is_alpha())
            return n / mean_ratings() * pairs_that_agree(unit) - observed() * (n - mean_ratings()) / mean_ratings();
        return inflation() * pairs_that_agree(unit);
    }
    [[nodiscard]] double own_offset(Ratings const& unit) const {
        return unit.size() < 2 ? 0 : inflation() * chance_.expected;
    }
    [[nodiscard]] double own_expected(Ratings const& unit) const {
        auto const n = static_cast<double>(unit.size());
        if (!chance_.by_rater_and_category.empty()) {
            double expected = chance_.expected;
            for (auto const& rating : unit)
                expected += chance_.by_rater_and_category[rating.rater * q_ + rating.category];
            return expected;
        }
        double sum = 0;
        for (auto const& rating : unit)
            sum += chance_.by_category[rating.category];
        return is_alpha() ? sum / mean_ratings() - chance_.expected * (n - mean_ratings()) / mean_ratings() : sum / n;
    }

    [[nodiscard]] Chance chance() const {
        switch (coefficient_) {
            case AgreementCoefficient::percent_agreement: return {0.0, std::vector<double>(q_, 0.0), {}};
            case AgreementCoefficient::brennan_prediger: return of_equal_categories();
            case AgreementCoefficient::gwet: return of_doubtful_units();
            case AgreementCoefficient::cohen:
            case AgreementCoefficient::conger: return of_each_raters_shares();
            case AgreementCoefficient::scott:
            case AgreementCoefficient::fleiss: return of_common_shares(mean_of_shares_);
            case AgreementCoefficient::krippendorff: break;
        }
        auto shares = n_of_category_;
        for (auto& share : shares)
            share /= n_ratings_;
        return of_common_shares(shares);
    }

    [[nodiscard]] Chance of_equal_categories() const {
        double const expected = weights_.sum() / static_cast<double>(q_ * q_);
        return {expected, std::vector<double>(q_, expected), {}};
    }

    [[nodiscard]] Chance of_doubtful_units() const {
        Chance chance{0.0, std::vector<double>(q_, 0.0), {}};
        if (q_ < 2) return chance;
        double const scale = weights_.sum() / static_cast<double>(q_ * (q_ - 1));
        for (std::size_t a = 0; a < q_; ++a) {
            chance.by_category[a] = scale * (1 - mean_of_shares_[a]);
            chance.expected += mean_of_shares_[a] * chance.by_category[a];
        }
        return chance;
    }

    [[nodiscard]] Chance of_common_shares(std::vector<double> const& shares) const {
        Chance chance{0.0, std::vector<double>(q_, 0.0), {}};
        for (std::size_t a = 0; a < q_; ++a) {
            for (std::size_t b = 0; b < q_; ++b)
                chance.by_category[a] += weights_.symmetric(a, b) * shares[b];
            chance.expected += shares[a] * chance.by_category[a];
        }
        return chance;
    }

    /// Conger (1980): chance agreement averaged over pairs of different raters. A rater without ratings is left out.
    [[nodiscard]] Chance of_each_raters_shares() const {
        auto shares = by_rater_;
        std::vector<double> of_all(q_, 0.0), n_of_rater(n_raters_, 0.0);
        for (std::size_t g = 0; g < n_raters_; ++g) {
            auto const of_rater = std::span(shares).subspan(g * q_, q_);
            n_of_rater[g] = std::accumulate(of_rater.begin(), of_rater.end(), 0.0);
            for (std::size_t a = 0; a < q_ && n_of_rater[g] > 0; ++a)
                of_all[a] += of_rater[a] /= n_of_rater[g];
        }
        auto const n_active =
            static_cast<double>(std::count_if(n_of_rater.begin(), n_of_rater.end(), [](double n) { return n > 0; }));
        Chance chance;
        chance.by_rater_and_category.resize(n_raters_ * q_);
        for (std::size_t g = 0; g < n_raters_; ++g)
            if (n_of_rater[g] > 0 && n_active > 1)
                add_rater(chance, g, std::span(shares).subspan(g * q_, q_), of_all, n_of_rater[g], n_active);
        return chance;
    }

    /// One rater against all others. A rating counts the more, the fewer units the rater rated.
    void add_rater(Chance& chance, std::size_t rater, std::span<double const> own, std::span<double const> of_all,
                   double n_rated, double n_active) const {
        auto const with_others = std::span(chance.by_rater_and_category).subspan(rater * q_, q_);
        double expected = 0;
        for (std::size_t a = 0; a < q_; ++a) {
            for (std::size_t b = 0; b < q_; ++b)
                with_others[a] += weights_.symmetric(a, b) * (of_all[b] - own[b]);
            with_others[a] /= n_active * (n_active - 1);
            expected += own[a] * with_others[a];
        }
        for (auto& of_rating : with_others)
            of_rating = n_units_ / n_rated * (of_rating - expected);
        chance.expected += expected;
    }

    AgreementCoefficient coefficient_;
    AgreementWeights const& weights_;
    std::size_t q_, n_raters_, n_raters_seen_ = 0;
    double n_units_ = 0, n_pairable_ = 0;  ///< units that count, and those with two ratings
    double n_ratings_ = 0, observed_ = 0;  ///< of the units that count
    std::vector<double> mean_of_shares_;   ///< mean over units of the share of their ratings in each category
    std::vector<double> n_of_category_, by_rater_;
    std::vector<double> counts_;  ///< room for one unit
    std::vector<bool> seen_;
    Chance chance_;
};

std::vector<double> each_once(RatingTable const& table) {
    return std::vector<double>(table.units.size(), 1.0);
}

void linearise(AgreementEstimate& estimate, Sample& sample, RatingTable const& table) {
    double const n = sample.n_units();
    if (n < 2) return;
    double sum = 0;
    for (auto const& unit : table.units)
        if (sample.counts(unit)) sum += sample.squared_influence(unit);
    add_standard_error(estimate, std::sqrt(sum / (n * (n - 1))), n - 1);
}

/// delta^2 of Krippendorff's ordinal metric, from how often each category was used.
std::vector<double> ordinal_distances(RatingTable const& table, std::span<double const> times) {
    auto const q = table.scores.size();
    std::vector<double> n(q, 0.0);
    for (std::size_t i = 0; i < times.size(); ++i)
        if (table.units[i].size() >= 2)
            for (auto const& rating : table.units[i])
                n[rating.category] += times[i];
    std::vector<double> distances(q * q, 0.0);
    for (std::size_t a = 0; a < q; ++a) {
        double distance = 0;
        for (std::size_t b = a + 1; b < q; ++b) {
            distance += (n[b - 1] + n[b]) / 2;
            distances[a * q + b] = distances[b * q + a] = distance * distance;
        }
    }
    return distances;
}

AgreementWeights weights_of(RatingTable const& table, MeasurementLevel level, std::span<double const> times) {
    switch (level) {
        case MeasurementLevel::nominal: return {Weighting::identity, table.scores};
        case MeasurementLevel::interval: return {Weighting::quadratic, table.scores};
        case MeasurementLevel::ratio: return {Weighting::ratio, table.scores};
        case MeasurementLevel::ordinal: break;
    }
    auto weights = ordinal_distances(table, times);
    double const greatest = weights.empty() ? 0.0 : *std::max_element(weights.begin(), weights.end());
    for (auto& weight : weights)
        weight = greatest > 0 ? 1 - weight / greatest : 1.0;
    return {table.scores.size(), std::move(weights)};
}

std::optional<double> value_of(Sample const& sample) {
    if (sample.status() != AgreementStatus::ok) return std::nullopt;
    return sample.value();
}

}  // namespace

char const* name_of(AgreementStatus status) noexcept {
    switch (status) {
        case AgreementStatus::ok: return "ok";
        case AgreementStatus::no_variation: return "no-variation";
        case AgreementStatus::one_rater: return "one-rater";
        case AgreementStatus::no_overlap: return "no-overlap";
        case AgreementStatus::no_data: break;
    }
    return "no-data";
}

void add_standard_error(AgreementEstimate& estimate, double standard_error, double degrees) {
    estimate.standard_error = standard_error;
    double const reach = student_t_95(degrees) * standard_error;
    estimate.interval = Interval{*estimate.value - reach, std::min(1.0, *estimate.value + reach)};
    if (standard_error > 0) estimate.p_value = student_t_p_value(*estimate.value / standard_error, degrees);
}

AgreementEstimate estimate_agreement(AgreementCoefficient coefficient, RatingTable const& table,
                                     AgreementWeights const& weights) {
    Sample sample(coefficient, table, weights, each_once(table));
    AgreementEstimate estimate;
    estimate.status = sample.status();
    estimate.n_units = static_cast<std::size_t>(sample.n_pairable());
    if (sample.n_pairable() > 0) estimate.observed = sample.observed(), estimate.expected = sample.expected();
    if (estimate.status != AgreementStatus::ok) return estimate;
    estimate.value = sample.value();
    linearise(estimate, sample, table);
    return estimate;
}

AgreementEstimate estimate_agreement(AgreementCoefficient coefficient, RatingTable const& table) {
    return estimate_agreement(coefficient, table, {Weighting::identity, table.scores});
}

AgreementEstimate krippendorff_alpha(RatingTable const& table, MeasurementLevel level) {
    return estimate_agreement(AgreementCoefficient::krippendorff, table, weights_of(table, level, each_once(table)));
}

std::optional<double> resampled_agreement(AgreementCoefficient coefficient, RatingTable const& table,
                                          std::span<double const> times) {
    AgreementWeights const weights(Weighting::identity, table.scores);
    return value_of(Sample(coefficient, table, weights, times));
}

std::optional<double> resampled_alpha(RatingTable const& table, MeasurementLevel level, std::span<double const> times) {
    auto const weights = weights_of(table, level, times);
    return value_of(Sample(AgreementCoefficient::krippendorff, table, weights, times));
}

}  // namespace dossier
