// Published sets: what stands in DIR/runs, as the history and those who tidy up need to know it.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace dossier {

struct PublishedSet {
    std::string run_id;                              ///< the folder's name
    std::chrono::system_clock::time_point finished;  ///< when its manifest was written
};

/// The folders in DIR/runs that hold a manifest, by the time of that, then by name. None: there is no such folder, or it
/// cannot be read.
[[nodiscard]] std::vector<PublishedSet> published_sets(std::filesystem::path const& folder);

/// The run id that DIR/latest leads to; empty: there is no such link.
/// @return nullopt when it leads elsewhere, or cannot be read
[[nodiscard]] std::optional<std::string> latest_set(std::filesystem::path const& folder);

/// What became of a set that was to be hidden. Both empty: it was not there. Both given: a power cut may bring it back.
struct HideResult {
    std::string hidden_name;  ///< in DIR/runs; empty: it is not hidden
    std::string problem;      ///< why it could not be taken away, one sentence; empty: it is gone, or was not there
};
/// Takes a set away: under its name it is there whole or not at all, whenever this is killed. Links are removed, never
/// followed.
[[nodiscard]] HideResult hide_set(std::filesystem::path const& folder, std::string const& run_id);

/// What hide_set() took away.
struct HiddenSet {
    std::string run_id, hidden_name;
};
/// Gives sets their names back, unless something else is called so by now. What cannot be given its name stays hidden.
void show_again(std::filesystem::path const& folder, std::vector<HiddenSet> const& hidden);

/// Removes what hide_set() took away, also in runs that were killed. What cannot be removed stays hidden.
void remove_hidden_sets(std::filesystem::path const& folder);

}  // namespace dossier
