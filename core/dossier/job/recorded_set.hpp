// Recorded set: what the history keeps, and needs to know, of published sets, read back from them.
#pragma once

#include <filesystem>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/history/run_history.hpp"

namespace dossier {

/// Reads DIR/runs/<run-id>. What cannot be read is left out: a history that lacks something is no reason for a run to fail.
[[nodiscard]] RecordedSet read_recorded_set(std::filesystem::path const& set);

/// Takes in what runs that were killed left behind, and sets of which no run knows: RunHistory::mark_interrupted, with what is
/// in these sets. The caller holds the folder's lock.
/// @return a warning for each run that was killed
Diagnostics take_in_leftovers(RunHistory& history);

/// Run id of the set that the next run compares with if it makes the set of DIR/latest again, since something failed in that:
/// what the failed one was compared with. Not to be pruned. Empty: there is no such set, or it was the first.
[[nodiscard]] std::string compared_with_again(std::filesystem::path const& folder);

}  // namespace dossier
