// Plugin notes: what a run has to tell of its plugins, and what did not come out because of them.
#pragma once

#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/manifest.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

class PluginNotes {
public:
    /// @param messages  what is told is added there at once; must outlive this
    explicit PluginNotes(Diagnostics& messages) : messages_(&messages) {}

    /// What became of an engine, whose own message about its failure is among those of the analysis.
    /// @param output  what it would have been part of
    void take(EngineAccount const& account, std::string const& output);
    /// Of a run of a report or format: its warnings, and one message if it failed, at the option that it is about if there is
    /// one, with what the plugin itself had to say.
    void take(ResolvedComponent const& component, Outcome const& outcome, std::vector<JobOption> const& job_options);
    /// Notes that something asked for did not come out, or not whole.
    void take_failure(std::string const& output, ResolvedComponent const& component, std::string const& sentence);

    [[nodiscard]] std::vector<ManifestFailure> const& failures() const noexcept { return failures_; }
    [[nodiscard]] bool any_failed() const noexcept { return any_failed_; }
    [[nodiscard]] bool any_unsandboxed() const noexcept { return any_unsandboxed_; }

private:
    void take_log(ResolvedComponent const& component, Outcome const& outcome);

    Diagnostics* messages_;
    std::vector<ManifestFailure> failures_;
    bool any_failed_ = false, any_unsandboxed_ = false;
};

}  // namespace dossier
