// Console: what the commands say, and to whom. Results go to standard output, messages to standard error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/catalogue.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

/// Writes a result. A reader that went away is not our failure.
void print(std::string_view text);
/// Whether print() found that nobody reads any more ("| head").
[[nodiscard]] bool reader_went_away() noexcept;

/// Writes messages in the chosen format; with --quiet errors only. In SARIF there is one document, even if it is empty.
void print_messages(Diagnostics const& diagnostics, CommonOptions const& options);

/// What the world did wrong, as a message like others, for programs (DOS0901).
[[nodiscard]] Diagnostic message_of(Failure const& failure);

/// Says what the world did wrong in the chosen format; people are told by one sentence.
void tell_failure(Failure const& failure, CommonOptions const& options);

/// Says what is wrong with what was asked, and what would do. @return the exit code
int refuse(CommonOptions const& options, std::string code, std::string message, std::string note);

/// Adds the messages of a catalogue, but for those on files that there is a message about already.
void append_others(Diagnostics& diagnostics, Diagnostics const& catalogue);

/// A job with its registry, as far as both could be read.
struct LoadedJob {
    std::optional<Job> job;
    std::optional<ClaimRegistry> registry;
    Annotations annotations;  ///< empty where the job names none

    /// Both are there; whether they are free of mistakes, the diagnostics say.
    [[nodiscard]] bool complete() const noexcept { return job && registry; }
};

/// Reads the job and, as far as that says where they are, its registry and its annotations, whose judgements of certainty
/// the registry is given; all mistakes go to `diagnostics`.
[[nodiscard]] LoadedJob load(std::string const& path, Diagnostics& diagnostics);

/// The same without annotations: for those who only read articles, or write the annotations themselves.
[[nodiscard]] LoadedJob load_without_annotations(std::string const& path, Diagnostics& diagnostics);

/// The engines that the job hands claims to; mistakes in naming them go to `diagnostics`.
/// @param loaded     complete; like `catalogue` it must outlive what is returned
[[nodiscard]] PluginEngines engines_of(LoadedJob const& loaded, Catalogue const& catalogue,
                                       CommonOptions const& options, Diagnostics& diagnostics);

/// The plugins in --plugin-path, then in the default folders. Those that are quarantined or switched off are marked so.
[[nodiscard]] Catalogue find_plugins(CommonOptions const& options);

/// The same for a job: with --locked, those that plugins.lock in its folder does not list are marked too.
[[nodiscard]] Catalogue find_plugins_of(std::string const& job, CommonOptions const& options);

/// Marks the plugins that a lock file does not list. @throws Failure io: the file cannot be used
void lock_plugins(std::filesystem::path const& lock_file, Catalogue& catalogue);

/// Remembers a plugin that crashed, so that no run tries it again (WorkerSettings::when_crashed). Where it cannot be
/// remembered, the log says so.
void quarantine(CataloguedPlugin const& plugin, Outcome const& outcome);

}  // namespace dossier
