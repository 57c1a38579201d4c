#include "commands.hpp"

#include <spdlog/spdlog.h>

#include "console.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/run_job.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

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

}  // namespace

int run_command(RunOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    auto const catalogue = find_plugins(options);
    WorkerSettings worker_settings;
    worker_settings.allow_unsandboxed = options.allow_unsandboxed;
    std::vector<ResolvedOutput> outputs;
    std::vector<ResolvedEngine> engines;
    WorkerClient const workers(worker_settings);
    if (loaded.job) outputs = resolve_outputs(*loaded.job, catalogue, workers, diagnostics);
    if (loaded.complete()) engines = resolve_engines(*loaded.job, *loaded.registry, catalogue, workers, diagnostics);
    if (diagnostics.has_errors() || !loaded.complete()) {
        diagnostics.sort();
        print_messages(diagnostics, options);
        return exit_usage;
    }

    RunSettings settings;
    settings.output = options.output;
    settings.n_threads = options.threads;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.annotations = loaded.annotations;
    settings.step = [](std::string_view what) { spdlog::info("{}", what); };
    auto const outcome = run_job(*loaded.job, *loaded.registry, outputs, engines, settings);
    diagnostics.append(outcome.diagnostics);
    append_others(diagnostics, catalogue.diagnostics);
    print_messages(diagnostics, options);
    print_result(outcome, options);
    return exit_code_of(outcome, catalogue.diagnostics.has_warnings_or_errors());
}

}  // namespace dossier
