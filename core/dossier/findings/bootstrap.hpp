// Bootstrap: how much a statistic would vary if other units had been drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dossier/findings/interval.hpp"

namespace dossier {

/// Random integers that are the same on every machine: SplitMix64 (Steele, Lea & Flood 2014, OOPSLA).
class RandomIntegers {
public:
    explicit RandomIntegers(std::uint64_t seed) noexcept : state_(seed) {}

    /// Any of the 2^64 numbers.
    std::uint64_t next() noexcept;
    /// In [0, n); even but for a bias below n / 2^32. Precondition: 0 < n < 2^32.
    std::uint64_t below(std::uint64_t n) noexcept { return ((next() >> 32) * n) >> 32; }

private:
    std::uint64_t state_;
};

struct BootstrapInterval {
    Interval interval;            ///< 2.5th and 97.5th percentile, settled to 12 decimals
    std::size_t n_resamples = 0;  ///< drawn
    std::size_t n_undefined = 0;  ///< of these: the statistic was not defined and they are left out
};

/// Units that are drawn together because they are not independent, by what kind of unit each is: units that are alike are
/// one kind, from 0.
using UnitBlock = std::vector<std::uint32_t>;

/// Fewer blocks give no interval: there are too few different resamples.
inline constexpr std::size_t fewest_blocks_for_bootstrap = 5;

/// What is resampled.
struct ResampledStatistic {
    std::size_t n_kinds = 0;
    std::size_t cost = 0;  ///< of one evaluation, in units of what drawing one unit costs (some nanoseconds)
    /// Of units of which times[k] are of kind k; nullopt where it is not defined.
    std::function<std::optional<double>(std::span<double const> times)> value;
};

/// 95 % percentile interval (Efron 1981) over blocks of units drawn with replacement: 2000 resamples, fewer where they
/// would take more than some seconds, at least 200. The seed is fixed.
/// @return nullopt below `fewest_blocks_for_bootstrap`, where 200 resamples would take too long, and when fewer than half of
///         the resamples define the statistic
[[nodiscard]] std::optional<BootstrapInterval> bootstrap_interval(std::span<UnitBlock const> blocks,
                                                                  ResampledStatistic const& statistic);

}  // namespace dossier
