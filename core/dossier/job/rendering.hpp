// Rendering: the documents of a job, made out of its analysis by reports and formats.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/manifest.hpp"
#include "dossier/job/plugin_notes.hpp"
#include "dossier/job/quote_verifier.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/assemble.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

class Rendering {
public:
    /// Borrows all of it but `settings`.
    /// @param outputs  as resolve_outputs gave them for the job, without mistakes
    /// @param checked  StreamedAnalysis::checked
    /// @param notes    gets what became of each plugin
    Rendering(Job const& job, std::vector<ResolvedOutput> const& outputs, WorkerSettings settings,
              std::span<std::uint64_t const> checked, PluginNotes& notes)
        : job_(job), outputs_(outputs), settings_(std::move(settings)), checked_(checked), notes_(notes) {}

    /// Writes every output of the job into `folder`; a report is run once however many outputs show it. A failed report is
    /// named in its place, a failed format costs its output.
    /// @param database  the finished analysis
    /// @param step      told before each output; may be empty
    /// @return the files, in the job's order
    [[nodiscard]] std::vector<ManifestOutput> render(std::filesystem::path const& folder,
                                                     std::filesystem::path const& database, DocumentHead const& head,
                                                     std::function<void(std::string_view)> const& step);

    /// Of articles that changed while documents were made of them.
    [[nodiscard]] Diagnostics const& warnings() const noexcept { return warnings_; }

private:
    DocumentPart part_of(ResolvedComponent const& report, std::vector<JobOption> const& job_options,
                         WorkerClient const& workers, std::filesystem::path const& database, QuoteVerifier& quotes,
                         std::string const& output);
    void write_output(WorkerClient const& workers, ResolvedComponent const& format, DocumentHead const& head,
                      std::vector<DocumentPart> const& parts, DocumentSources const& sources,
                      std::filesystem::path const& folder, JobOutput const& output);

    Job const& job_;
    std::vector<ResolvedOutput> const& outputs_;
    WorkerSettings settings_;
    std::span<std::uint64_t const> checked_;
    PluginNotes& notes_;
    std::map<std::string, ReportOutcome> flows_;
    std::vector<ManifestOutput> written_;
    Diagnostics warnings_;
};

}  // namespace dossier
