#include "run_record.hpp"

#include <spdlog/spdlog.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

#include "dossier/history/utc_time.hpp"
#include "dossier/job/recorded_set.hpp"
#include "dossier/schedule/calendar.hpp"
#include "history_text.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string absolute(fs::path const& path) {
    std::error_code error;
    auto const found = fs::absolute(path, error);
    return (error ? path : found.lexically_normal()).string();
}

/// When the newest scheduled run that got to its end began, Unix time.
std::optional<std::int64_t> last_scheduled(RunHistory const& history) {
    for (auto const& run : history.runs()) {
        bool const got_to_its_end = run.state == RunState::published || run.state == RunState::unchanged;
        if (run.trigger != RunTrigger::schedule || !got_to_its_end) continue;
        if (auto const began = time_of_utc(run.began)) return std::chrono::system_clock::to_time_t(*began);
    }
    return std::nullopt;
}

/// The dates of the run's schedule that it makes up for, as people read them.
std::vector<std::string> periods_of(RunOptions const& options, RunHistory const& history) {
    std::string problem;
    auto const schedule = parse_schedule(options.schedule, problem);
    if (!schedule) return {};
    std::vector<std::string> periods;
    auto const begins = std::chrono::system_clock::to_time_t(now());
    for (auto const& due : periods_covered(*schedule, last_scheduled(history), begins))
        periods.push_back(due.local);
    return periods;
}

RunStart start_of(RunOptions const& options, RunHistory const& history) {
    std::error_code error;
    RunStart start;
    start.job = absolute(options.job);
    start.arguments = options.arguments;
    start.working_folder = fs::current_path(error).string();
    start.trigger = options.scheduled ? RunTrigger::schedule : RunTrigger::by_hand;
    start.periods = periods_of(options, history);
    start.tool_version = DOSSIER_VERSION;
    return start;
}

Diagnostic warning(std::string code, std::string const& file, std::string message, std::string note) {
    return {Severity::warning, std::move(code), {file, 0, 0, 0}, std::move(message), {}, {std::move(note)}};
}

}  // namespace

std::chrono::system_clock::time_point now() {
    return std::chrono::system_clock::now();
}

Diagnostics messages_of(Pruned const& pruned) {
    Diagnostics messages;
    for (auto const& problem : pruned.not_removed)
        messages.add(warning("DOS0853", "", problem, "the next run tries again"));
    return messages;
}

RecordedRun::RecordedRun(fs::path const& folder, RunOptions const& options)
    : folder_(folder), database_(HistoryDatabase::open_or_begin_anew(folder)), history_(database_, now) {
    if (!database_.damaged_file().empty())
        messages_.add(warning("DOS0851", database_.path().string(), "the history was damaged, and a new one is begun",
                              "the damaged one is kept: " + database_.damaged_file().string()));
    messages_.append(take_in_leftovers(history_));
    number_ = history_.begin(start_of(options, history_));
}

Diagnostics RecordedRun::finish(RunOutcome const& outcome, std::string const& as_of, Diagnostics const& said,
                                int exit_code) try {
    if (outcome.published.empty()) {
        finish_refused(said, exit_code);
        return {};
    }
    RunEnd end;
    end.state = outcome.unchanged ? RunState::unchanged : RunState::published;
    end.exit_code = exit_code;
    end.as_of = as_of;
    end.run_id = outcome.published.filename().string();
    end.key = outcome.key;
    end.diagnostics = said;
    auto recorded = read_recorded_set(outcome.published);
    end.articles = recorded.articles;
    if (!outcome.unchanged) {  // else they are kept with the run that made the set
        end.outputs = std::move(recorded.outputs);
        end.verdicts = std::move(recorded.verdicts);
        end.changed = std::move(recorded.changed);
    }
    finish(std::move(end));
    return {};
} catch (Failure const& failure) {
    Diagnostics messages;
    messages.add(warning("DOS0858", failure.path(),
                         std::string("the history does not hold this run: ") + failure.what(),
                         "what it published stands; the next run takes it into the history"));
    return messages;
}

void RecordedRun::finish_refused(Diagnostics const& said, int exit_code) {
    RunEnd end;
    end.state = RunState::refused;
    end.exit_code = exit_code;
    end.diagnostics = said;
    for (auto const& message : said.items())
        if (end.failure.empty() && message.severity == Severity::error)
            end.failure = place_text(message.place) + message.message;
    finish(std::move(end));
}

void RecordedRun::finish_failed(std::string const& sentence, int exit_code) noexcept {
    try {
        if (is_finished_) {  // what it published stays published
            Diagnostics said;
            said.add({Severity::error, "DOS0857", {}, sentence, {}, {}});
            return amend(exit_code, said);
        }
        RunEnd end;
        end.state = RunState::failed;
        end.exit_code = exit_code;
        end.failure = sentence;
        finish(std::move(end));
    } catch (std::exception const& error) {
        spdlog::error("the history does not say that this run failed: {}", error.what());
    }
}

void RecordedRun::finish(RunEnd end) {
    using namespace std::chrono;
    end.milliseconds = duration_cast<milliseconds>(steady_clock::now() - began_).count();
    history_.finish(number_, end);
    is_finished_ = true;
}

Diagnostics RecordedRun::tidy_up(Job const& job) {
    if (!job.history) return {};
    Pruned pruned;
    try {
        pruned = prune(history_, folder_, {job.history->keep, job.history->keep_weekly}, compared_with_again(folder_));
    } catch (Failure const& failure) {
        pruned.not_removed.push_back(std::string("old sets were not removed: ") + failure.what());
    }
    return messages_of(pruned);
}

}  // namespace dossier
