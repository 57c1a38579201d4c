// Run record: a run's own line in the history, from its beginning to its end.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "commands.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/history/pruning.hpp"
#include "dossier/history/run_history.hpp"
#include "dossier/job/run_job.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// The time by the machine's clock.
[[nodiscard]] std::chrono::system_clock::time_point now();

/// A warning for each set that could not be removed.
[[nodiscard]] Diagnostics messages_of(Pruned const& pruned);

/// A run in the history of its output folder. One that is left without an end is marked as interrupted by the next.
class RecordedRun {
public:
    /// Opens the history, marks runs that were killed, and begins this one.
    /// @param folder  whose lock the caller holds
    /// @throws Failure as HistoryDatabase
    RecordedRun(std::filesystem::path const& folder, RunOptions const& options);

    [[nodiscard]] std::int64_t number() const noexcept { return number_; }
    [[nodiscard]] HistoryDatabase const& database() const noexcept { return database_; }
    /// What is to be told of the history itself: a damaged one that was moved aside, runs that were killed.
    [[nodiscard]] Diagnostics const& messages() const noexcept { return messages_; }

    /// It published, found its set up to date, or was refused by what it read.
    /// @param said  everything that was told of it
    /// @return a warning if the history could not be written: what is published is published all the same
    [[nodiscard]] Diagnostics finish(RunOutcome const& outcome, std::string const& as_of, Diagnostics const& said,
                                     int exit_code);
    /// There are mistakes in what it was given.
    void finish_refused(Diagnostics const& said, int exit_code);
    /// The world failed; if only after its end, that stands, and the failure is added. Never throws: the failure itself is what is to be told.
    void finish_failed(std::string const& sentence, int exit_code) noexcept;

    /// What came after its end: the exit code that it ends with after all, and what was said since.
    void amend(int exit_code, Diagnostics const& said) { history_.amend(number_, exit_code, said); }

    /// Removes the sets that the job's [history] does not keep; does nothing where there is no such table.
    /// @return warnings of what could not be removed
    Diagnostics tidy_up(Job const& job);

private:
    void finish(RunEnd end);

    std::filesystem::path folder_;
    HistoryDatabase database_;
    RunHistory history_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::int64_t number_ = 0;
    bool is_finished_ = false;
    Diagnostics messages_;
};

}  // namespace dossier
