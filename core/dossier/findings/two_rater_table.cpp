#include "dossier/findings/two_rater_table.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace dossier {

namespace {

/// Shares of the units, p_kl, and of each rater's ratings.
struct Shares {
    double n = 0;
    std::size_t q = 0;
    std::vector<double> cells, first, second, mean;

    Shares(std::span<double const> counts, std::size_t n_categories)
        : q(n_categories), cells(counts.begin(), counts.end()), first(q, 0.0), second(q, 0.0), mean(q, 0.0) {
        for (double const count : counts)
            n += count;
        if (n <= 0) return;
        for (std::size_t a = 0; a < q; ++a)
            for (std::size_t b = 0; b < q; ++b) {
                double const share = cells[a * q + b] /= n;
                first[a] += share, second[b] += share;
                mean[a] += share / 2, mean[b] += share / 2;
            }
    }
};

/// What one cell contributes to chance agreement; their sum, each times its share, is p_e.
class CellChance {
public:
    CellChance(AgreementCoefficient coefficient, Shares const& shares, AgreementWeights const& weights)
        : coefficient_(coefficient), mean_(shares.mean), sum_(weights.sum()), q_(static_cast<double>(shares.q)) {
        bool const kappa = coefficient == AgreementCoefficient::cohen || coefficient == AgreementCoefficient::conger;
        row_.resize(shares.q), column_.resize(shares.q);
        for (std::size_t a = 0; a < shares.q; ++a)
            for (std::size_t b = 0; b < shares.q; ++b) {
                row_[a] += kappa ? weights(a, b) * shares.second[b] : weights.symmetric(a, b) * shares.mean[b];
                column_[a] += kappa ? weights(b, a) * shares.first[b] : weights.symmetric(a, b) * shares.mean[b];
            }
    }

    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const {
        switch (coefficient_) {
            case AgreementCoefficient::percent_agreement: return 0.0;
            case AgreementCoefficient::brennan_prediger: return sum_ / (q_ * q_);
            case AgreementCoefficient::gwet:
                if (q_ < 2) return 0.0;
                return sum_ / (q_ * (q_ - 1)) * (1 - (mean_[a] + mean_[b]) / 2);
            default: return (row_[a] + column_[b]) / 2;
        }
    }

private:
    AgreementCoefficient coefficient_;
    std::vector<double> mean_, row_, column_;
    double sum_, q_;
};

template <class Function>
double mean_over_cells(Shares const& shares, Function const& function) {
    double sum = 0;
    for (std::size_t a = 0; a < shares.q; ++a)
        for (std::size_t b = 0; b < shares.q; ++b)
            if (double const share = shares.cells[a * shares.q + b]; share > 0) sum += share * function(a, b);
    return sum;
}

bool varies(Shares const& shares) {
    return std::count_if(shares.mean.begin(), shares.mean.end(), [](double share) { return share > 0; }) > 1;
}

}  // namespace

AgreementEstimate estimate_two_rater_table(AgreementCoefficient coefficient, std::span<double const> counts,
                                           AgreementWeights const& weights) {
    assert(counts.size() == weights.n_categories() * weights.n_categories());
    Shares const shares(counts, weights.n_categories());
    AgreementEstimate estimate;
    if (shares.n <= 0) return estimate;
    estimate.n_units = static_cast<std::size_t>(shares.n);
    CellChance const chance(coefficient, shares, weights);
    double const observed = mean_over_cells(shares, [&](std::size_t a, std::size_t b) { return weights(a, b); });
    double const expected = mean_over_cells(shares, chance);
    bool const is_alpha = coefficient == AgreementCoefficient::krippendorff;
    estimate.observed = is_alpha ? observed + (1 - observed) / (2 * shares.n) : observed;
    estimate.expected = expected;
    bool const corrects = coefficient != AgreementCoefficient::percent_agreement;
    estimate.status =
        corrects && (!varies(shares) || expected >= 1) ? AgreementStatus::no_variation : AgreementStatus::ok;
    if (estimate.status != AgreementStatus::ok) return estimate;
    estimate.value = (*estimate.observed - expected) / (1 - expected);
    if (shares.n < 2) return estimate;
    double const linear = (observed - expected) / (1 - expected);
    auto const moved = [&](std::size_t a, std::size_t b) { return weights(a, b) - 2 * (1 - linear) * chance(a, b); };
    double const mean = mean_over_cells(shares, moved);
    double const variance = mean_over_cells(
        shares, [&](std::size_t a, std::size_t b) { return (moved(a, b) - mean) * (moved(a, b) - mean); });
    add_standard_error(estimate, std::sqrt(variance / shares.n) / (1 - expected), shares.n - 1);
    return estimate;
}

}  // namespace dossier
