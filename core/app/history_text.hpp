// History in words: how runs are named, listed and told of.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "dossier/history/alert_states.hpp"
#include "dossier/history/run_history.hpp"

namespace dossier {

/// How a message on a place begins: "job.toml:3:1: "; empty: it is about none.
[[nodiscard]] std::string place_text(Place const& place);

/// Of an output folder that is not there.
[[nodiscard]] std::string no_folder_in_words(std::filesystem::path const& folder);

/// The history of an output folder, for reading.
/// @return nullopt: no run was ever recorded there
/// @throws Failure io: there is no such folder; and as HistoryDatabase
[[nodiscard]] std::optional<HistoryDatabase> read_history(std::filesystem::path const& folder);

/// Of a run that is marked as running and that nobody runs, the state is "interrupted".
void settle(RunEntry& entry, bool is_going_on);

/// Says that no run is called so. @return the exit code
int no_such_run(HistoryOptions const& options);

/// "0.4 s", "3 min 12 s", "2 h 05 min"
[[nodiscard]] std::string duration_text(std::int64_t milliseconds);
/// "2026-11-22T06:00:00Z" for people: "2026-11-22 06:00:00Z"
[[nodiscard]] std::string time_text(std::string_view utc);

/// Columns side by side, each as wide as its widest cell, the last as it is; safe to show.
[[nodiscard]] std::string aligned(std::vector<std::vector<std::string>> const& rows, std::string_view indent);

/// One line for each run, below a line of headings.
[[nodiscard]] std::string history_table(std::span<RunEntry const> entries);
[[nodiscard]] nlohmann::ordered_json json_of(RunEntry const& entry);

/// A run, and what else is known of it.
struct ToldRun {
    RunRecord record;
    std::vector<AlertLogEntry> alerts;
    std::optional<RunEntry> maker;  ///< who made the set that it leads to, if not it itself
    bool is_latest = false;         ///< its set is the one that `latest` leads to
};
[[nodiscard]] std::string run_text(ToldRun const& run);
[[nodiscard]] nlohmann::ordered_json json_of(ToldRun const& run);

}  // namespace dossier
