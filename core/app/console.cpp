#include "console.hpp"

#include <spdlog/spdlog.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dossier/claims/registry_file.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/job/alert_table.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/plugin/plugin_lock.hpp"
#include "dossier/plugin/plugin_records.hpp"
#include "exit_code.hpp"

namespace dossier {

namespace fs = std::filesystem;

namespace {
bool no_reader = false;
}

void print(std::string_view text) {
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) < text.size() && errno == EPIPE) no_reader = true;
}

bool reader_went_away() noexcept {
    return no_reader;
}

void print_messages(Diagnostics const& diagnostics, CommonOptions const& options) {
    std::vector<Diagnostic> shown;
    for (auto const& diagnostic : diagnostics.items())
        if (!options.quiet || diagnostic.severity == Severity::error) shown.push_back(diagnostic);
    auto const text = render(shown, options.message_format);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

Diagnostic message_of(Failure const& failure) {
    return {Severity::error, "DOS0901", {failure.path(), 0, 0, 0}, failure.what(), {}, {}};
}

void tell_failure(Failure const& failure, CommonOptions const& options) {
    if (options.message_format == MessageFormat::human) {
        std::fprintf(stderr, "dossier: %s\n", display_lines(failure.what()).c_str());
        return;
    }
    Diagnostics messages;
    messages.add(message_of(failure));
    print_messages(messages, options);
}

int refuse(CommonOptions const& options, std::string code, std::string message, std::string note) {
    Diagnostics diagnostics;
    diagnostics.add({Severity::error, std::move(code), {}, std::move(message), {}, {std::move(note)}});
    print_messages(diagnostics, options);
    return exit_usage;
}

void append_others(Diagnostics& diagnostics, Diagnostics const& catalogue) {
    std::set<std::string> files;
    for (auto const& diagnostic : diagnostics.items())
        files.insert(diagnostic.place.file);
    for (auto const& diagnostic : catalogue.items())
        if (!files.contains(diagnostic.place.file)) diagnostics.add(diagnostic);
}

LoadedJob load_without_annotations(std::string const& path, Diagnostics& diagnostics) {
    LoadedJob loaded;
    loaded.job = load_job_as_far_as_possible(path, diagnostics);
    if (!loaded.job) return loaded;
    auto const& job = *loaded.job;
    auto const& file = job.registry;
    if (!file.text.empty())
        loaded.registry = load_registry(fs::path(job.folder) / file.text, shown_path(job, file.text), diagnostics,
                                        job.folder, unreadable(job, file));
    return loaded;
}

LoadedJob load(std::string const& path, Diagnostics& diagnostics) {
    auto loaded = load_without_annotations(path, diagnostics);
    if (loaded.complete()) check_alerts(loaded.job->alerts, *loaded.registry, diagnostics);
    if (!loaded.job || loaded.job->annotations.text.empty()) return loaded;
    auto const& file = loaded.job->annotations;
    auto annotations = load_annotations(fs::path(loaded.job->folder) / file.text, shown_path(*loaded.job, file.text),
                                        diagnostics, unreadable(*loaded.job, file));
    if (!annotations) return loaded;
    loaded.annotations = std::move(*annotations);
    if (loaded.registry) add_certainty(loaded.annotations, *loaded.registry, diagnostics);
    return loaded;
}

PluginEngines engines_of(LoadedJob const& loaded, Catalogue const& catalogue, CommonOptions const& options,
                         Diagnostics& diagnostics) {
    WorkerSettings workers;
    workers.limits = loaded.job->limits;
    workers.allow_unsandboxed = options.allow_unsandboxed;
    workers.when_crashed = quarantine;
    auto engines = resolve_engines(*loaded.job, *loaded.registry, catalogue, WorkerClient(workers), diagnostics);
    return PluginEngines(*loaded.registry, std::move(engines), std::move(workers));
}

Catalogue find_plugins(CommonOptions const& options) {
    std::vector<fs::path> folders(options.plugin_folders.begin(), options.plugin_folders.end());
    for (auto const& folder : default_plugin_folders())
        folders.push_back(folder);
    auto catalogue = scan_plugins(folders);
    PluginRecords const records(plugin_records_file());
    if (!records.problem().empty())  // plugins that a person switched off must not come back by an accident
        throw Failure(FailureKind::io,
                      records.file().string() + " " + records.problem() + "; mend it, or remove it to begin anew",
                      records.file().string());
    apply(records, catalogue);
    return catalogue;
}

Catalogue find_plugins_of(std::string const& job, CommonOptions const& options) {
    auto catalogue = find_plugins(options);
    if (options.locked) lock_plugins(fs::path(job).parent_path() / "plugins.lock", catalogue);
    return catalogue;
}

void lock_plugins(fs::path const& lock_file, Catalogue& catalogue) {
    auto const lock = read_plugin_lock(lock_file);
    if (!lock.problem.empty())
        throw Failure(FailureKind::io,
                      "cannot use " + lock_file.string() + ": " + lock.problem +
                          "; `dossier plugins lock > plugins.lock` writes one that lists all plugins",
                      lock_file.string());
    apply(lock, catalogue);
}

void quarantine(CataloguedPlugin const& plugin, Outcome const& outcome) {
    static std::mutex one_at_a_time;
    std::lock_guard const guard(one_at_a_time);
    try {
        PluginRecords(plugin_records_file()).quarantine(plugin, outcome.sentence);
    } catch (Failure const& failure) {
        spdlog::error("{}, so the plugin that crashed will be tried again", failure.what());
    }
}

}  // namespace dossier
