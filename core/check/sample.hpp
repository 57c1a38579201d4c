// Which of very many positions are tried.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "rule.hpp"

namespace dossier::check {

/// Positions from 1 to `n`, ascending: all of them where they are few or the trial is thorough, else the first three, the
/// last three and some in between, which the seed decides.
[[nodiscard]] inline std::vector<std::uint64_t> sample(std::uint64_t n, Trial const& trial, std::uint64_t few = 16) {
    constexpr std::uint64_t most_when_thorough = 2000;
    auto const wanted = std::min(n, trial.thorough ? most_when_thorough : few);
    std::set<std::uint64_t> positions;
    for (std::uint64_t i = 1; i <= std::min<std::uint64_t>(3, n); ++i)
        positions.insert({i, n + 1 - i});
    // Steps of one length from a start that the seed decides, so that a sample is spread evenly.
    auto const step = std::max<std::uint64_t>(n / std::max<std::uint64_t>(wanted, 1), 1);
    for (std::uint64_t i = 1 + trial.seed % step; i <= n; i += step)
        positions.insert(i);
    return {positions.begin(), positions.end()};
}

}  // namespace dossier::check
