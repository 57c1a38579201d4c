#include "dossier/findings/weights.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dossier {

namespace {

bool are_weights(std::vector<double> const& weights) noexcept {
    return std::all_of(weights.begin(), weights.end(), is_weight);
}

double largest(std::vector<double> const& weights) noexcept {
    return weights.empty() ? 0.0 : *std::max_element(weights.begin(), weights.end());
}

/// In ascending order, whatever the order of the weights.
double sum_of(std::vector<double>& weights) {
    std::sort(weights.begin(), weights.end());
    double sum = 0.0;
    for (auto const weight : weights)
        sum += weight;
    return sum;
}

void divide(std::vector<double>& weights, double by) noexcept {
    for (auto& weight : weights)
        weight /= by;
}

}  // namespace

bool is_weight(double weight) noexcept {
    return std::isfinite(weight) && weight >= 0.0;
}

std::optional<double> effective_number(std::vector<double> weights) {
    if (!are_weights(weights)) return std::nullopt;
    auto const most = largest(weights);
    if (most <= 0.0) return std::nullopt;
    divide(weights, most);  // so that no square overflows
    auto const sum = sum_of(weights);
    double squares = 0.0;
    for (auto const weight : weights)
        squares += weight * weight;
    return sum * sum / squares;
}

std::optional<WeightedVotes> weigh_votes(std::vector<double> supports, std::vector<double> refutes,
                                         std::vector<double> mixed) {
    if (!are_weights(supports) || !are_weights(refutes) || !are_weights(mixed)) return std::nullopt;
    auto const most = std::max({largest(supports), largest(refutes), largest(mixed)});
    if (most <= 0.0) return std::nullopt;
    for (auto* weights : {&supports, &refutes, &mixed})
        divide(*weights, most);
    auto const in_favour = sum_of(supports), against = sum_of(refutes), both = sum_of(mixed);
    auto directional = std::move(supports);
    directional.insert(directional.end(), refutes.begin(), refutes.end());
    auto const n_effective = effective_number(std::move(directional));
    if (!n_effective) return WeightedVotes{0.0, 0.0, effective_number(std::move(mixed)).value_or(0.0)};
    auto const scale = *n_effective / (in_favour + against);
    return WeightedVotes{in_favour * scale, against * scale, both * scale};
}

WeightedVotes votes_of(StanceTally const& tally) noexcept {
    return {static_cast<double>(tally.supports), static_cast<double>(tally.refutes), static_cast<double>(tally.mixed)};
}

std::optional<double> direction_index(WeightedVotes const& votes) noexcept {
    if (!(votes.informative() > 0.0)) return std::nullopt;
    return (votes.supports - votes.refutes) / votes.informative();
}

}  // namespace dossier
