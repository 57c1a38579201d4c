#include "dossier/findings/rating_weights.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace dossier {

namespace {

constexpr double square(double x) noexcept {
    return x * x;
}

/// Distance of two categories before it is divided by the greatest; 0 for the same one.
class Distance {
public:
    Distance(Weighting weighting, std::span<double const> scores)
        : weighting_(weighting), scores_(scores), low_(scores.front()), high_(scores.back()) {}

    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const {
        if (a == b) return 0.0;
        double const x = scores_[a], y = scores_[b];
        switch (weighting_) {
            case Weighting::identity: return 1.0;
            case Weighting::linear: return std::abs(x - y);
            case Weighting::quadratic: return square(x - y);
            case Weighting::ordinal: return pairs_between(a, b);
            case Weighting::radical: return std::sqrt(std::abs(x - y));
            case Weighting::ratio: return square((x - y) / (x + y));
            case Weighting::circular: return square(std::sin(std::numbers::pi * (x - y) / (high_ - low_ + 1)));
            case Weighting::bipolar: return square(x - y) / ((x + y - 2 * low_) * (2 * high_ - x - y));
        }
        return 1.0;
    }

private:
    /// Pairs among the categories from one to the other.
    static double pairs_between(std::size_t a, std::size_t b) {
        auto const n = static_cast<double>(a > b ? a - b : b - a) + 1;
        return n * (n - 1) / 2;
    }

    Weighting weighting_;
    std::span<double const> scores_;
    double low_, high_;
};

}  // namespace

AgreementWeights::AgreementWeights(Weighting weighting, std::span<double const> scores)
    : n_(scores.size()), weights_(n_ * n_, 1.0) {
    if (n_ < 2) return;
    Distance const distance(weighting, scores);
    double greatest = 0;
    for (std::size_t a = 0; a < n_; ++a)
        for (std::size_t b = 0; b < n_; ++b)
            greatest = std::max(greatest, distance(a, b));
    for (std::size_t a = 0; a < n_; ++a)
        for (std::size_t b = 0; b < n_; ++b)
            weights_[a * n_ + b] = 1 - distance(a, b) / greatest;
}

AgreementWeights::AgreementWeights(std::size_t n_categories, std::vector<double> weights)
    : n_(n_categories), weights_(std::move(weights)) {
    assert(weights_.size() == n_ * n_);
}

double AgreementWeights::sum() const noexcept {
    double sum = 0;
    for (double const weight : weights_)
        sum += weight;
    return sum;
}

}  // namespace dossier
