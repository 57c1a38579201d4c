// Run history: what every run was asked, what came of it and what it said, also of those that failed or were killed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/history/history_database.hpp"

namespace dossier {

/// What time it is; given, so that nothing here asks the clock.
using Clock = std::function<std::chrono::system_clock::time_point()>;

/// Exit code of a run that published while a plugin failed (design.md 8).
inline constexpr int plugin_failed_exit_code = 5;

/// "2026-11-22T21:59:05Z"
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point time);

enum class RunState {
    running,      ///< or killed, if nobody holds the folder's lock
    published,    ///< made a set, whole or with plugins that failed
    unchanged,    ///< same key of inputs as the set before
    refused,      ///< mistakes in job, registry or annotations
    failed,       ///< the world failed
    interrupted,  ///< killed, or the machine went off; its set may have been published all the same
};
enum class RunTrigger { by_hand, schedule };

[[nodiscard]] char const* name_of(RunState state) noexcept;      ///< "published"
[[nodiscard]] char const* name_of(RunTrigger trigger) noexcept;  ///< "by hand", "schedule"

/// What is known when a run begins.
struct RunStart {
    std::string job;                     ///< absolute path of the job file
    std::vector<std::string> arguments;  ///< what stood behind `dossier`, to run it again
    std::string working_folder;          ///< absolute; where paths in the arguments begin
    RunTrigger trigger = RunTrigger::by_hand;
    std::vector<std::string> periods;  ///< the schedule's dates that it covers, missed ones included; may be empty
    std::string tool_version;
};

struct RunOutput {
    std::string file;  ///< relative to the set's folder
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// What a run says of one claim: the four things kept apart, in words, and what was counted.
struct RunVerdict {
    std::string claim_id;
    std::string direction, agreement, certainty, coverage;
    std::int64_t n_articles = 0;
    std::int64_t n_clusters = 0, supports = 0, refutes = 0, mixed = 0;  ///< clusters
};

struct RunArticles {
    std::int64_t n = 0;
    std::int64_t n_not_assessable = 0;
};

/// What the history keeps of a published set, as it is read back from it. What could not be read is empty.
struct RecordedSet {
    std::string as_of, key;
    std::string changed;               ///< "2 articles new, 1 verdict changed"; "first set"; empty: nothing changed
    std::vector<RunOutput> outputs;    ///< of its manifest
    std::vector<RunVerdict> verdicts;  ///< overall, in the registry's order
    RunArticles articles;
};
using ReadSet = std::function<RecordedSet(std::filesystem::path const& set)>;

/// What is known when a run ends.
struct RunEnd {
    RunState state = RunState::failed;
    int exit_code = 1;
    std::int64_t milliseconds = 0;  ///< by a clock that nobody sets
    std::string as_of;              ///< ISO date; empty: the job could not be read
    std::string run_id;             ///< of the set that `latest` leads to now because of it; empty: none
    std::string key;                ///< of inputs, SHA-256; empty: not reached
    std::string failure;            ///< one sentence; empty unless refused or failed
    std::string changed;  ///< a few words: "2 articles new, verdict on sleep"; empty: nothing, or nothing to compare
    std::vector<RunOutput> outputs;    ///< of a set that it made
    std::vector<RunVerdict> verdicts;  ///< of a set that it made, in the registry's order
    RunArticles articles;
    Diagnostics diagnostics;  ///< the first `most_diagnostics` are kept, errors first
};

/// One line of the history.
struct RunEntry {
    std::int64_t number = 0;   ///< from 1, never given twice
    std::string began, ended;  ///< utc_text; `ended` empty: running or interrupted
    RunState state = RunState::running;
    std::optional<int> exit_code;              ///< none: running or interrupted
    std::optional<std::int64_t> milliseconds;  ///< likewise
    std::string job;
    RunTrigger trigger = RunTrigger::by_hand;
    std::string as_of, tool_version, run_id, key, failure, changed;
    bool made_set = false;  ///< `run_id` is a set that this run made
    bool pinned = false;
    std::int64_t n_alerts = 0;         ///< that fired
    std::int64_t n_not_delivered = 0;  ///< alerts whose news nobody got, or may not have got
    std::string pruned;                ///< when its set and its details were removed, utc_text; empty: they were not

    /// Nothing went wrong that a person must look into: published or unchanged, and no plugin failed. Never one that
    /// is_adopted().
    [[nodiscard]] bool is_good() const noexcept;
    /// It stands for a set of which no run is known, such as of a time before there was a history: neither good nor failed.
    [[nodiscard]] bool is_adopted() const noexcept { return state == RunState::published && !exit_code; }
};

/// All that is kept of one run.
struct RunRecord {
    RunEntry entry;
    std::vector<std::string> arguments, periods;
    std::string working_folder;
    std::vector<RunOutput> outputs;
    std::vector<RunVerdict> verdicts;
    RunArticles articles;
    Diagnostics diagnostics;
    std::size_t n_more_diagnostics = 0;  ///< that are not kept
};

struct RunFilter {
    bool only_failed = false;        ///< those that are neither good nor adopted
    bool nobody_is_running = false;  ///< known to the caller: what is marked as running failed
    bool only_unpruned = false;      ///< those of which more is kept than their line
    std::size_t limit = 0;           ///< the newest; 0: all
};

/// Records and reads runs. Throws as HistoryDatabase does.
class RunHistory {
public:
    static constexpr std::size_t most_diagnostics = 200;

    /// @param database  must outlive it
    RunHistory(HistoryDatabase const& database, Clock clock) : database_(&database), clock_(std::move(clock)) {}

    // --- for a run, which holds the folder's lock ---

    /// What is marked as running was killed, since the caller holds the lock. A set in runs/ of which no run knows was made by
    /// the newest that was killed, or failed, without a set while it was made; is there none, it gets a line of its own, as
    /// sets of a time before there was a history do.
    /// @param read  what is to be kept of such a set; none: nothing but its name
    /// @return numbers of the runs that were marked, ascending
    std::vector<std::int64_t> mark_interrupted(ReadSet const& read = {});
    /// @return the number of the run
    std::int64_t begin(RunStart const& start);
    void finish(std::int64_t number, RunEnd const& end);
    /// What came after its end (alerts): the exit code that it ends with after all, and what was said.
    void amend(std::int64_t number, int exit_code, Diagnostics const& said);

    // --- for readers ---

    /// Newest first.
    [[nodiscard]] std::vector<RunEntry> runs(RunFilter const& filter = {}) const;
    [[nodiscard]] std::int64_t count() const;
    /// @param name  a number ("12"), a run id or the beginning of only one, "latest" (what DIR/latest leads to), or
    ///              "last" (the newest run, whatever came of it; an adopted line only where there is no other)
    /// @return nullopt: no run is called so
    [[nodiscard]] std::optional<RunRecord> run(std::string_view name) const;
    /// The newest run that is_good(). For `dossier status`.
    [[nodiscard]] std::optional<RunEntry> last_good() const;
    /// The newest run that was refused, failed or interrupted, or in which a plugin failed, unless a good one came after it.
    [[nodiscard]] std::optional<RunEntry> last_failed() const;

    // --- for who tidies up ---

    /// @return false: it cannot be pinned, since it was pruned
    bool set_pinned(std::int64_t number, bool pinned);
    /// Removes what is kept of these runs beyond their line, and marks that.
    void mark_pruned(std::vector<std::int64_t> const& numbers);
    /// Removes lines of pruned runs, the oldest first, until there are at most `most` lines. That of last_good() stays.
    /// @return how many it removed
    std::size_t forget_pruned(std::size_t most);

    [[nodiscard]] HistoryDatabase const& database() const noexcept { return *database_; }

private:
    [[nodiscard]] std::optional<std::int64_t> number_called(std::string_view name) const;

    HistoryDatabase const* database_;
    Clock clock_;
};

/// Whether a run is going on in `folder`: looks the holder of its lock up in /proc/locks, since to try the lock could keep a
/// run from having it. True also where that cannot be read.
[[nodiscard]] bool run_is_going_on(std::filesystem::path const& folder);

}  // namespace dossier
