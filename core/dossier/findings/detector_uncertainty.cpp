#include "dossier/findings/detector_uncertainty.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace dossier {

namespace {

/// P(D = d) of the difference D = supporting - refuting, for d in [-n, n]; at index d + n.
std::vector<double> distribution_of_difference(std::vector<SideChances> const& sources) {
    auto const n = sources.size();
    std::vector<double> chance(2 * n + 1, 0.0), next(2 * n + 1, 0.0);
    chance[n] = 1.0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const& source = sources[i];
        auto const none = std::max(0.0, 1.0 - source.supports - source.refutes);
        for (auto at = n - i - 1; at <= n + i + 1; ++at) {
            next[at] = chance[at] * none;
            if (at > 0) next[at] += chance[at - 1] * source.supports;
            if (at < 2 * n) next[at] += chance[at + 1] * source.refutes;
        }
        chance.swap(next);
    }
    return chance;
}

double upper_tail_of_normal(double z) {
    return 0.5 * std::erfc(z / std::sqrt(2.0));
}

/// A difference of known parity moves in steps of 2: even ones are above 0 from 1 on, odd ones from 0 on, half a step below
/// their first. Each source that takes a side changes the parity.
double majority_by_normal(std::vector<SideChances> const& sources) {
    double mean = 0.0, variance = 0.0, even_minus_odd = 1.0;
    for (auto const& source : sources) {
        auto const takes_side = source.supports + source.refutes, difference = source.supports - source.refutes;
        mean += difference;
        variance += takes_side - difference * difference;
        even_minus_odd *= 1.0 - 2.0 * takes_side;
    }
    if (variance <= 0.0) return mean > 0.5 ? 1.0 : 0.0;
    auto const deviation = std::sqrt(variance), even = (1.0 + even_minus_odd) / 2.0;
    return even * upper_tail_of_normal((1.0 - mean) / deviation) +
           (1.0 - even) * upper_tail_of_normal(-mean / deviation);
}

}  // namespace

SideChances side_chances(Stance stance, double confidence) noexcept {
    if (stance == Stance::supports) return {confidence, 1.0 - confidence};
    if (stance == Stance::refutes) return {1.0 - confidence, confidence};
    return {};
}

std::vector<double> poisson_binomial(std::vector<double> chances) {
    std::sort(chances.begin(), chances.end());
    std::vector<double> distribution{1.0};
    for (double const chance : chances) {
        distribution.push_back(0.0);
        for (auto k = distribution.size() - 1; k > 0; --k)
            distribution[k] = distribution[k] * (1.0 - chance) + distribution[k - 1] * chance;
        distribution[0] *= 1.0 - chance;
    }
    return distribution;
}

std::optional<double> majority_supports(std::vector<SideChances> sources) {
    if (sources.empty()) return std::nullopt;
    std::sort(sources.begin(), sources.end(), [](SideChances const& a, SideChances const& b) {
        return std::tie(a.supports, a.refutes) < std::tie(b.supports, b.refutes);
    });
    if (sources.size() > most_sources_exact) return majority_by_normal(sources);
    auto const chance = distribution_of_difference(sources);
    double majority = 0.0;
    for (auto at = sources.size() + 1; at < chance.size(); ++at)
        majority += chance[at];
    return std::clamp(majority, 0.0, 1.0);
}

}  // namespace dossier
