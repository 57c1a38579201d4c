// Pruning: takes sets and details away as retention decides.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/history/retention.hpp"
#include "dossier/history/run_history.hpp"

namespace dossier {

/// Lines of a history beyond which those of pruned runs go, the oldest first.
inline constexpr std::size_t most_lines_kept = 10'000;

struct Pruned {
    Retention removed;
    std::size_t n_forgotten = 0;  ///< lines of the history that went
    std::vector<std::string>
        not_removed;  ///< one sentence for each set that could not be removed; tried again next time
};

/// What prune() would remove.
///
/// @param compared_with  as of what_goes()
[[nodiscard]] Retention plan_pruning(RunHistory const& history, std::filesystem::path const& folder,
                                     RetentionPolicy const& policy, std::string_view compared_with);

/// Removes what `policy` does not keep. The caller holds the folder's lock. Killed at any moment, it leaves each set whole
/// under its name, or under a hidden name that the next call removes; links are removed, never followed. Where the history
/// cannot be written, all sets stay; but if it only lacks room, what goes makes it.
///
/// @param compared_with  as of what_goes()
/// @param most_lines  as most_lines_kept; 0: the lines of all pruned runs go
/// @throws Failure as HistoryDatabase
Pruned prune(RunHistory& history, std::filesystem::path const& folder, RetentionPolicy const& policy,
             std::string_view compared_with, std::size_t most_lines = most_lines_kept);

}  // namespace dossier
