// Rating weights: how far two categories agree, from 0 to 1, so that near misses can count for something.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dossier {

/// The weightings of Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014), ch. 3. `identity`: only equal ratings agree.
/// `ordinal` uses the order of the categories, the others but `identity` their scores; `ratio` wants scores above 0.
enum class Weighting { identity, linear, quadratic, ordinal, radical, ratio, circular, bipolar };

/// A square matrix of agreement between categories: 1 on the diagonal.
class AgreementWeights {
public:
    /// @param scores  of the categories, ascending; distinct and finite
    AgreementWeights(Weighting weighting, std::span<double const> scores);
    /// Weights of one's own, row after row: `n_categories` squared numbers.
    AgreementWeights(std::size_t n_categories, std::vector<double> weights);

    [[nodiscard]] std::size_t n_categories() const noexcept { return n_; }
    /// What it counts when one rating is `a` and the other `b`.
    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const noexcept { return weights_[a * n_ + b]; }
    /// Both orders, averaged: the same unless the weights are one's own and lopsided.
    [[nodiscard]] double symmetric(std::size_t a, std::size_t b) const noexcept {
        return ((*this)(a, b) + (*this)(b, a)) / 2;
    }
    [[nodiscard]] double sum() const noexcept;

private:
    std::size_t n_;
    std::vector<double> weights_;
};

}  // namespace dossier
