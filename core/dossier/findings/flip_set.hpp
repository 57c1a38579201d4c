// Flip set: the fewest independent sources without which the verdict would read otherwise (statistics.md 4.7).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "dossier/findings/stance_tally.hpp"

namespace dossier {

struct FlipSet {
    std::size_t size = 0;  ///< at least 1; 1: the verdict is fragile
    /// Every side of which so many will do: "any one of the 2 sources that support, or the one source that refutes"
    std::string which;
};

/// The smallest set whose removal changes the verdict (changes_verdict in words.hpp), exact. Where a side leads, its sources
/// are taken away until the word changes; without those against it, it mostly reads firmer, but may read otherwise as well.
/// Where none leads, or most are mixed, whichever removal needs the fewest.
/// @return nullopt when no source is informative
[[nodiscard]] std::optional<FlipSet> smallest_flip_set(StanceTally const& tally);

}  // namespace dossier
