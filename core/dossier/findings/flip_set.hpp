// Flip set: the fewest independent sources without which the verdict would read otherwise (statistics.md 4.7).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "dossier/findings/stance_tally.hpp"

namespace dossier {

struct FlipSet {
    std::size_t size = 0;  ///< at least 1; 1: the verdict is fragile
    std::string which;     ///< "any 2 of the 4 sources that support"
};

/// The smallest set whose removal changes the verdict (changes_verdict in words.hpp), exact. Where a side leads, its sources
/// are taken away until the word changes; removing those against it would only make the verdict firmer. Where none leads, or
/// most are mixed, whichever removal needs the fewest.
/// @return nullopt when no source is informative
[[nodiscard]] std::optional<FlipSet> smallest_flip_set(StanceTally const& tally);

}  // namespace dossier
