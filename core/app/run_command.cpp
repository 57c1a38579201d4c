#include <spdlog/spdlog.h>

#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/history/published_sets.hpp"
#include "dossier/job/alerts.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/job/run_job.hpp"
#include "exit_code.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

/// The output folder's lock, and this run's line in the history there.
struct HeldFolder {
    explicit HeldFolder(RunOptions const& options) : lock(options.output), record(lock.folder(), options) {}

    OutputLock lock;
    RecordedRun record;
};

/// A job with all that runs it.
struct PreparedRun {
    LoadedJob loaded;
    Catalogue catalogue;
    std::vector<ResolvedOutput> outputs;
    std::vector<ResolvedEngine> engines;
};

std::string local_day() {
    auto const now = std::time(nullptr);
    std::tm day{};
    char text[sizeof "2026-11-22"];
    if (::localtime_r(&now, &day) == nullptr || std::strftime(text, sizeof text, "%Y-%m-%d", &day) == 0)
        throw Failure(FailureKind::io, "the clock does not say which day it is");
    return text;
}

/// @param run  filled in in place, since its parts point at one another
/// @return false: there are mistakes in what the job says
bool prepare(RunOptions const& options, PreparedRun& run, Diagnostics& diagnostics) {
    run.loaded = load(options.job, diagnostics);
    run.catalogue = find_plugins_of(options.job, options);
    WorkerSettings settings;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.when_crashed = quarantine;
    if (run.loaded.job) settings.limits = run.loaded.job->limits;  // a plugin may hang when it is asked what it is
    WorkerClient const workers(settings);
    if (run.loaded.job) run.outputs = resolve_outputs(*run.loaded.job, run.catalogue, workers, diagnostics);
    if (!run.loaded.complete()) return false;
    auto& job = *run.loaded.job;
    run.engines = resolve_engines(job, *run.loaded.registry, run.catalogue, workers, diagnostics);
    if (!options.as_of.empty()) job.as_of = options.as_of == "today" ? local_day() : options.as_of;
    return !diagnostics.has_errors();
}

RunSettings settings_of(RunOptions const& options, PreparedRun const& run) {
    RunSettings settings;
    if (options.as_of != "today") settings.stated_as_of = options.as_of;
    settings.n_threads = options.threads;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.use_cache = !options.no_cache;
    settings.annotations = run.loaded.annotations;
    settings.when_crashed = quarantine;
    settings.step = [](std::string_view what) { spdlog::info("{}", what); };
    return settings;
}

void print_result(RunOutcome const& outcome, RunOptions const& options) {
    if (options.quiet || outcome.published.empty()) return;
    if (outcome.unchanged) {
        print("nothing changed: " + outcome.published.string() + " is up to date\n");
        return;
    }
    print("published " + outcome.published.string() + "\n");
    for (auto const& file : outcome.files)
        print("  " + file + "\n");
}

int exit_code_of(RunOutcome const& outcome, bool warned) {
    if (outcome.published.empty()) return exit_usage;
    if (outcome.plugin_failed) return exit_plugin_failed;
    return outcome.warnings || warned ? exit_warnings : exit_done;
}

/// One run, from the lock to the last alert.
class WatchedRun {
public:
    explicit WatchedRun(RunOptions const& options) : options_(options) {}

    int run() {
        // A job with mistakes leaves its line in a history that is there, but makes no folder for it; unless nobody is
        // watching.
        std::error_code ignored;
        if (options_.scheduled || fs::is_directory(options_.output, ignored)) held_.emplace(options_);
        try {
            auto const exit_code = prepare(options_, prepared_, said_) ? run_prepared() : refuse();
            if (options_.message_format == MessageFormat::sarif) print_messages(told_, options_);
            return exit_code;
        } catch (Failure const& failure) {
            fail(failure.what(), exit_code_of(failure.kind()));
            if (options_.message_format != MessageFormat::sarif) throw;
            told_.add(message_of(failure));  // one document
            print_messages(told_, options_);
            return exit_code_of(failure.kind());
        } catch (std::exception const& error) {
            fail(error.what(), exit_failed);
            throw;
        }
    }

private:
    /// At once, since hooks may take their time; but SARIF is one document.
    void tell(Diagnostics const& messages) {
        if (options_.message_format == MessageFormat::sarif)
            told_.append(messages);
        else
            print_messages(messages, options_);
    }

    int refuse() {
        said_.sort();
        if (held_) said_.append(held_->record.messages());
        tell(said_);
        if (!held_) return exit_usage;
        held_->record.finish_refused(said_, exit_usage);
        if (prepared_.loaded.job) tell_of_a_run_without_set(exit_usage);
        return exit_usage;
    }

    int run_prepared() {
        if (!held_) held_.emplace(options_);
        auto& record = held_->record;
        auto const outcome = run_job(job(), *prepared_.loaded.registry, prepared_.outputs, prepared_.engines,
                                     held_->lock, settings_of(options_, prepared_));
        said_.append(outcome.diagnostics);
        append_others(said_, prepared_.catalogue.diagnostics);
        said_.append(record.messages());
        bool const warned =
            prepared_.catalogue.diagnostics.has_warnings_or_errors() || record.messages().has_warnings_or_errors();
        auto exit_code = exit_code_of(outcome, warned);
        auto const not_recorded = record.finish(outcome, job().as_of, said_, exit_code);
        said_.append(not_recorded);
        if (not_recorded.has_warnings_or_errors() && exit_code == exit_done) exit_code = exit_warnings;
        tell(said_);
        print_result(outcome, options_);
        if (outcome.published.empty()) {
            tell_of_a_run_without_set(exit_code);
            return exit_code;
        }
        return finish_published(exit_code);
    }

    /// What comes after the set is there: who is told, and what is no longer kept.
    /// @return the exit code, which was `exit_code` so far
    int finish_published(int exit_code) {
        auto const alerts = tell_alerts(true);
        auto after = alerts.diagnostics;
        after.append(held_->record.tidy_up(job()));
        if (after.has_warnings_or_errors() && exit_code == exit_done) exit_code = exit_warnings;
        bool const is_published_whole = exit_code == exit_done || exit_code == exit_warnings;
        if (options_.alert_exit_code && alerts.fired && is_published_whole) exit_code = exit_alert;
        held_->record.amend(exit_code, after);
        tell(after);
        return exit_code;
    }

    /// A run that made no set tells its alerts as well: those on runs may fire.
    void tell_of_a_run_without_set(int exit_code) {
        auto const alerts = tell_alerts(false);
        tell(alerts.diagnostics);
        held_->record.amend(exit_code, alerts.diagnostics);
    }

    /// Never throws: it is the failure that is to be told.
    void fail(std::string const& sentence, int exit_code) noexcept try {
        if (!held_) return;
        held_->record.finish_failed(sentence, exit_code);
        if (prepared_.loaded.job && !alerts_are_told_) tell_of_a_run_without_set(exit_code);
    } catch (std::exception const& error) {
        spdlog::error("alerts could not be looked at: {}", error.what());
    }

    /// @param analysed  as in AlertRun
    AlertOutcome tell_alerts(bool analysed) {
        alerts_are_told_ = true;
        AlertRun run;
        run.number = held_->record.number();
        run.analysed = analysed;
        run.as_of = job().as_of;
        run.hooks_allowed = options_.scheduled || options_.hooks;
        auto const& folder = held_->lock.folder();
        if (auto const latest = latest_set(folder).value_or(""); !latest.empty()) run.set = folder / "runs" / latest;
        auto alerts = evaluate_alerts(job(), run, held_->record.database());
        for (auto const& sentence : alerts.sentences)
            tell_alert(display_text(sentence) + "\n");
        return alerts;
    }

    /// With --quiet it is for the mail that cron or systemd sends, not for a program that reads results.
    void tell_alert(std::string const& line) {
        if (options_.quiet)
            std::fputs(line.c_str(), stderr);
        else
            print(line);
    }

    [[nodiscard]] Job const& job() const { return *prepared_.loaded.job; }

    RunOptions const& options_;
    std::optional<HeldFolder> held_;
    PreparedRun prepared_;
    Diagnostics said_, told_;
    bool alerts_are_told_ = false;
};

}  // namespace

int run_command(RunOptions const& options) {
    return WatchedRun(options).run();
}

}  // namespace dossier
