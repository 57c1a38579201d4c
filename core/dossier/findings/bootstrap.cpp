#include "dossier/findings/bootstrap.hpp"

#include <algorithm>

#include "dossier/findings/settled.hpp"

namespace dossier {

namespace {

constexpr std::uint64_t seed = 20261122;
constexpr std::size_t most_resamples = 2000, fewest_resamples = 200;
constexpr std::size_t most_cost = 400'000'000;  // in units drawn: some seconds
constexpr double tail = 0.025;

/// 0: even the fewest would take too long.
std::size_t resamples_for(std::size_t cost) {
    auto const n = std::min(most_cost / std::max<std::size_t>(cost, 1), most_resamples);
    return n < fewest_resamples ? 0 : n;
}

/// @param values  sorted, not empty
Interval percentiles(std::vector<double> const& values) {
    auto const n_cut = static_cast<std::size_t>(tail * static_cast<double>(values.size()));
    return {settled(values[n_cut]), settled(values[values.size() - 1 - n_cut])};
}

}  // namespace

std::uint64_t RandomIntegers::next() noexcept {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

std::optional<BootstrapInterval> bootstrap_interval(std::span<UnitBlock const> blocks,
                                                    ResampledStatistic const& statistic) {
    if (blocks.size() < fewest_blocks_for_bootstrap) return std::nullopt;
    std::size_t n_units = 0;
    for (auto const& block : blocks)
        n_units += block.size();
    BootstrapInterval result;
    result.n_resamples = resamples_for(n_units + statistic.cost);
    if (result.n_resamples == 0) return std::nullopt;
    RandomIntegers random(seed);
    std::vector<double> values, times(statistic.n_kinds);
    for (std::size_t i = 0; i < result.n_resamples; ++i) {
        std::fill(times.begin(), times.end(), 0.0);
        for (std::size_t k = 0; k < blocks.size(); ++k)
            for (auto const kind : blocks[random.below(blocks.size())])
                times[kind] += 1;
        if (auto const value = statistic.value(times))
            values.push_back(*value);
        else
            ++result.n_undefined;
    }
    if (values.size() < (result.n_resamples + 1) / 2) return std::nullopt;
    std::sort(values.begin(), values.end());
    result.interval = percentiles(values);
    return result;
}

}  // namespace dossier
