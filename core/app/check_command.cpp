#include <algorithm>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/read_articles.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

std::string counted(std::size_t n, std::string const& noun) {
    return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

/// Everything but rendering: what the job's outputs need, its articles, the registry's own examples.
/// @return whether a plugin failed, which is not the job's mistake
bool check_all(LoadedJob const& loaded, Catalogue const& catalogue, CheckOptions const& options,
               Diagnostics& diagnostics) {
    bool plugin_failed = false;
    auto const note_failure = [&](ResolvedComponent const& component) {
        if (component.failure.empty()) return;
        diagnostics.add({Severity::error, "DOS0521", {component.broken_file}, component.failure, {}, {}});
        plugin_failed = true;
    };
    if (loaded.job) {
        WorkerSettings settings;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        WorkerClient const workers(settings);
        Diagnostics mistakes;
        if (loaded.registry)
            for (auto const& engine : resolve_engines(*loaded.job, *loaded.registry, catalogue, workers, mistakes))
                note_failure(engine.component);
        for (auto const& output : resolve_outputs(*loaded.job, catalogue, workers, mistakes)) {
            for (auto const& report : output.reports)
                note_failure(report);
            note_failure(output.format);
        }
        read_articles(
            *loaded.job, {.n_threads = 0, .allow_unsandboxed = options.allow_unsandboxed}, [](std::vector<Article>&) {},
            mistakes);
        diagnostics.append(mistakes);
    }
    if (loaded.registry) check_examples(*loaded.registry, built_in_lexicon(), diagnostics);
    return plugin_failed;
}

bool is_plugin_failure(Diagnostic const& diagnostic) {
    return diagnostic.code == "DOS0521";
}

/// A plugin that failed is not the job's mistake, unless there are such beside it.
int exit_code_of(Diagnostics const& diagnostics, bool complete, bool plugin_failed) {
    auto const& items = diagnostics.items();
    bool const mistakes = std::any_of(items.begin(), items.end(), [](Diagnostic const& diagnostic) {
        return diagnostic.severity == Severity::error && !is_plugin_failure(diagnostic);
    });
    if (mistakes || !complete) return exit_usage;
    if (plugin_failed) return exit_plugin_failed;
    return diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

}  // namespace

int check_command(CheckOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    auto const catalogue = find_plugins(options);
    bool const plugin_failed = check_all(loaded, catalogue, options, diagnostics);
    append_others(diagnostics, catalogue.diagnostics);
    diagnostics.sort();
    print_messages(diagnostics, options);
    auto const exit_code = exit_code_of(diagnostics, loaded.complete(), plugin_failed);
    if (!options.quiet && (exit_code == exit_done || exit_code == exit_warnings))
        print(options.job + ": " + counted(loaded.registry->claims.size(), "claim") + " and " +
              counted(loaded.job->outputs.size(), "output") + ", no mistakes\n");
    return exit_code;
}

}  // namespace dossier
