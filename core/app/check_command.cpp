#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/check_hooks.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/job/registry_coverage.hpp"
#include "dossier/job/registry_quality.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

constexpr std::size_t most_wordings_shown = 20;

/// Reads the articles; with a registry without mistakes, says what its cues do in them, and which annotations no longer fit.
/// @return what --coverage asks for, where it does and the registry is there
std::optional<CoverageReport> check_articles(LoadedJob const& loaded, std::vector<std::string> decided_elsewhere,
                                             CheckOptions const& options, Diagnostics& diagnostics) {
    std::optional<RegistryQuality> quality;
    std::optional<RegistryCoverage> coverage;
    std::optional<Adjudication> adjudication;
    if (loaded.registry) {
        adjudication.emplace(loaded.annotations, *loaded.registry);
        quality.emplace(*loaded.registry, built_in_lexicon(), std::move(decided_elsewhere));
        if (options.coverage) coverage.emplace(*loaded.registry, built_in_lexicon());
    }
    auto const take = [&](std::vector<Article>& batch) {
        if (adjudication)
            for (auto const& article : batch)
                adjudication->look_at(article);
        if (quality) quality->add(batch, options.threads);
        if (coverage) coverage->add(batch);
    };
    Diagnostics found;
    read_articles(*loaded.job, {options.threads, options.allow_unsandboxed}, take, found);
    if (quality && !found.has_errors()) {
        quality->report(found);
        found.append(adjudication->messages());
        found.append(adjudication->contradictions());
    }
    diagnostics.append(found);
    if (!coverage || found.has_errors()) return std::nullopt;
    return coverage->report();
}

struct CheckOutcome {
    bool plugin_failed = false;  ///< which is not the job's mistake
    std::optional<CoverageReport> coverage;
};

/// Everything but rendering: what the job's outputs need, the registry's own examples, its articles.
CheckOutcome check_all(LoadedJob const& loaded, Catalogue const& catalogue, CheckOptions const& options,
                       Diagnostics& diagnostics) {
    CheckOutcome outcome;
    auto const note_failure = [&](ResolvedComponent const& component) {
        if (component.failure.empty()) return;
        Diagnostic diagnostic{Severity::error, "DOS0521", {component.broken_file}, component.failure, {}, {}};
        if (auto note = quarantine_note(component)) diagnostic.notes.push_back(std::move(*note));
        diagnostics.add(std::move(diagnostic));
        outcome.plugin_failed = true;
    };
    std::vector<std::string> decided_elsewhere;
    if (loaded.job) {
        WorkerSettings settings;
        settings.limits = loaded.job->limits;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        settings.when_crashed = quarantine;
        WorkerClient const workers(settings);
        Diagnostics mistakes;
        if (loaded.registry)
            for (auto const& engine : resolve_engines(*loaded.job, *loaded.registry, catalogue, workers, mistakes)) {
                note_failure(engine.component);
                for (auto const claim : engine.claims)
                    decided_elsewhere.push_back(loaded.registry->claims[claim].id);
            }
        for (auto const& output : resolve_outputs(*loaded.job, catalogue, workers, mistakes)) {
            for (auto const& report : output.reports)
                note_failure(report);
            note_failure(output.format);
        }
        diagnostics.append(mistakes);
    }
    if (loaded.registry) {
        Engine const engine(*loaded.registry, built_in_lexicon());
        check_examples(engine, *loaded.registry, decided_elsewhere, Severity::error, diagnostics);
        warn_of_claims_without_cues(engine, *loaded.registry, decided_elsewhere, diagnostics);
    }
    if (loaded.job) diagnostics.append(check_hooks(*loaded.job));
    if (loaded.job) outcome.coverage = check_articles(loaded, std::move(decided_elsewhere), options, diagnostics);
    return outcome;
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
    auto const catalogue = find_plugins_of(options.job, options);
    auto const outcome = check_all(loaded, catalogue, options, diagnostics);
    append_others(diagnostics, catalogue.diagnostics);
    diagnostics.sort();
    print_messages(diagnostics, options);
    auto const exit_code = exit_code_of(diagnostics, loaded.complete(), outcome.plugin_failed);
    if (outcome.coverage) {
        print(options.json ? coverage_as_json(*outcome.coverage)
                           : coverage_as_text(*outcome.coverage, most_wordings_shown));
    } else if (!options.quiet && (exit_code == exit_done || exit_code == exit_warnings)) {
        print(options.job + ": " + counted(loaded.registry->claims.size(), "claim") + " and " +
              counted(loaded.job->outputs.size(), "output") +
              (exit_code == exit_done ? ", no mistakes\n" : ", no mistakes, but warnings\n"));
    }
    return exit_code;
}

}  // namespace dossier
