// Running plugins: one sandboxed dossier-worker process per report or format run. The host loads no plugin, ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/model/job.hpp"
#include "dossier/plugin/assemble.hpp"
#include "dossier/plugin/block_grammar.hpp"
#include "dossier/plugin/catalogue.hpp"
#include "dossier/plugin/component.hpp"
#include "dossier/plugin/engine_frames.hpp"
#include "dossier/plugin/output_files.hpp"
#include "dossier/plugin/spool.hpp"

namespace dossier {

struct Outcome;

struct WorkerSettings {
    std::filesystem::path worker;          ///< the program; empty: default_worker_path()
    std::filesystem::path scratch_folder;  ///< for spools; empty: the system's folder for temporary files
    JobLimits limits;                      ///< plugin_seconds, plugin_memory_bytes, output_bytes
    bool allow_unsandboxed = false;        ///< run even where the kernel has no Landlock; Outcome says so
    /// Told of every plugin that crashed, in whichever thread asked for the run; may be empty.
    std::function<void(CataloguedPlugin const&, Outcome const&)> when_crashed{};
};

/// Why a run came to nothing.
enum class WorkerFailure {
    none,
    not_started,   ///< the worker could not be started, or found no sandbox
    refused,       ///< the plugin may not or cannot be loaded: changed on disk, other ABI, no entry, damaged
    component,     ///< the component reported a failure
    bad_option,    ///< … about one of its options (see Outcome::option)
    bad_document,  ///< a report broke the grammar of blocks, or a quote is not in its article
    crashed,       ///< ended by a signal
    forbidden,     ///< ended by the sandbox
    unfinished,    ///< ended without an END frame, or said something else than frames
    timed_out,
    out_of_memory,
    too_much_output
};

/// A line that the plugin wrote with host->log.
struct PluginLogLine {
    std::uint32_t level = 0;  ///< DOSSIER_LOG_*
    std::string text;         ///< control characters shown as escapes, at most 2,000 bytes
};

/// The sandbox that the worker said it was in before it loaded anything.
struct SandboxState {
    int landlock = 0;  ///< ABI version; 0: none
    bool seccomp = false;
};

/// What became of one run.
struct Outcome {
    WorkerFailure failure = WorkerFailure::none;
    /// One sentence without a full stop: "report `x` was stopped: it ran longer than 60 s". Empty if all went well.
    std::string sentence;
    std::string option;  ///< key of the option that the failure is about; empty: none
    std::string plugin_path, plugin_sha256;
    std::string stderr_tail;         ///< the last 4 KiB of what the plugin printed, control characters as escapes
    std::vector<PluginLogLine> log;  ///< at most 200 lines
    SandboxState sandbox;
    double seconds = 0.0;  ///< wall clock, for the log; never for a document
    int signal = 0;        ///< that ended the worker; 0: none

    [[nodiscard]] bool ok() const noexcept { return failure == WorkerFailure::none; }
    /// Whether the plugin itself went wrong in a way that another run would repeat: it died of a signal that is a mistake
    /// of its own, tried what the sandbox forbids, or ended the worker. Not: killed from outside, out of time or memory.
    [[nodiscard]] bool crashed() const noexcept;
};

struct DescribeOutcome : Outcome {
    std::vector<ComponentDescription> components;  ///< all of the plugin's, in its order

    /// The component; nullptr if the plugin has no such.
    [[nodiscard]] ComponentDescription const* find(ComponentKind kind, std::string_view name) const noexcept;
};

struct ReportOutcome : Outcome {
    std::optional<Spool> flow;  ///< what the report said, checked; there if ok()
};

struct FormatOutcome : Outcome {
    std::vector<WrittenFile> files;  ///< in the order written; empty unless ok()
};

struct EngineOutcome : Outcome {
    std::vector<EngineJudgement> judgements;  ///< in the order said: by article, then claim; empty unless ok()
};

/// What formats may look up beside the blocks.
struct DocumentSources {
    std::filesystem::path analysis_database;  ///< for formats that write data; empty: they can query nothing
    ContextLookup context;                    ///< for formats that carry context; empty: none
};

/// Starts workers and listens to them. Every call blocks until its worker is gone; calls may be made from several
/// threads at once. A bad plugin is an Outcome; only a failing world throws (Failure: scratch or output files cannot be
/// written).
class WorkerClient {
public:
    explicit WorkerClient(WorkerSettings settings);

    /// Loads the plugin in a worker and asks what its components are.
    [[nodiscard]] DescribeOutcome describe(CataloguedPlugin const& plugin) const;

    /// Runs a report over `analysis_database` and checks all it says.
    /// @param options  one value per declared option, in order (resolve_options)
    [[nodiscard]] ReportOutcome run_report(CataloguedPlugin const& plugin, std::string const& report,
                                           std::span<OptionValue const> options,
                                           std::filesystem::path const& analysis_database,
                                           QuoteChecks const& checks) const;

    /// Makes a document of `parts` in `format` and writes it to `target`: a file, or for formats that write several a
    /// folder, which is made if it is not there. Files that exist are not overwritten: that is a Failure. Of a run that
    /// fails nothing is left.
    /// @param sources  what the document is about, beside its parts
    [[nodiscard]] FormatOutcome run_format(CataloguedPlugin const& plugin, ComponentDescription const& format,
                                           std::span<OptionValue const> options, DocumentHead const& head,
                                           std::span<DocumentPart const> parts, std::filesystem::path const& target,
                                           DocumentSources const& sources = {}) const;

    /// Puts every claim to every article. What is judged are sentences of those articles that may be judged.
    [[nodiscard]] EngineOutcome run_engine(CataloguedPlugin const& plugin, std::string const& engine,
                                           std::span<OptionValue const> options, std::span<EngineClaim const> claims,
                                           std::span<EngineArticle const> articles) const;

private:
    WorkerSettings settings_;
};

/// dossier-worker beside the running program, else <folder of the program>/../libexec/dossier/dossier-worker.
[[nodiscard]] std::filesystem::path default_worker_path();

}  // namespace dossier
