// Run: the whole way of a job, once, left to right: read, ask, sum up, store, render, publish.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/catalogue.hpp"

namespace dossier {

struct RunSettings {
    std::string
        stated_as_of;  ///< the job's as_of, where a person stated it for this run; empty: the job's own, or the clock's
    unsigned n_threads = 0;          ///< 0: one per core
    bool allow_unsandboxed = false;  ///< run plugins where the kernel has no Landlock; recorded in the manifest
    bool use_cache = true;  ///< what earlier runs found out about unchanged articles; the result does not depend on it
    Annotations annotations = {};  ///< what people decided; their judgements of certainty are the registry's already
    std::function<void(std::string_view)> step;  ///< told what begins now; may be empty
    std::function<void(CataloguedPlugin const&, Outcome const&)> when_crashed = {};  ///< as in WorkerSettings
};

struct RunOutcome {
    std::filesystem::path published;  ///< DIR/runs/<run-id>; empty: nothing was published because of errors
    std::string key;                  ///< SHA-256 over everything that decides the outputs; empty: the job was refused
    std::vector<std::string> files;   ///< of the set, relative, sorted
    bool unchanged = false;           ///< same key of inputs as the latest set: that one is `published`
    bool plugin_failed = false;
    bool warnings = false;    ///< an input was unreadable, or a stance is not assessable
    Diagnostics diagnostics;  ///< of the run, config excluded
};

/// Runs a job whose outputs and engines are resolved (no errors in resolve_outputs and resolve_engines).
///
/// @param held  the lock of the folder for runs/<id>/ and latest
///
/// A failed report is named in the document in its place; a failed format costs its output. Everything else is published.
/// @throws Failure publish, whatever the world refused: nothing was published
[[nodiscard]] RunOutcome run_job(Job const& job, ClaimRegistry const& registry,
                                 std::vector<ResolvedOutput> const& outputs, std::vector<ResolvedEngine> const& engines,
                                 OutputLock const& held, RunSettings const& settings);

}  // namespace dossier
