// Run: the whole way of a job, once, left to right: read, ask, sum up, store, render, publish.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/catalogue.hpp"

namespace dossier {

struct RunSettings {
    std::filesystem::path output;    ///< folder for runs/<id>/ and latest; made if it is not there
    unsigned n_threads = 0;          ///< 0: one per core
    bool allow_unsandboxed = false;  ///< run plugins where the kernel has no Landlock; recorded in the manifest
    Annotations annotations = {};    ///< what people decided; their judgements of certainty are the registry's already
    std::function<void(std::string_view)> step;  ///< told what begins now; may be empty
};

struct RunOutcome {
    std::filesystem::path published;  ///< DIR/runs/<run-id>; empty: nothing was published because of errors
    std::vector<std::string> files;   ///< of the set, relative, sorted
    bool unchanged = false;           ///< same key of inputs as a published set: that one is `published`
    bool plugin_failed = false;
    bool warnings = false;    ///< an input was unreadable, or a stance is not assessable
    Diagnostics diagnostics;  ///< of the run, config excluded
};

/// Runs a job whose outputs and engines are resolved (no errors in resolve_outputs and resolve_engines). Holds the output folder's lock meanwhile.
///
/// A failed report is named in the document in its place; a failed format costs its output. Everything else is published.
/// @throws Failure locked, publish, io, store
[[nodiscard]] RunOutcome run_job(Job const& job, ClaimRegistry const& registry,
                                 std::vector<ResolvedOutput> const& outputs, std::vector<ResolvedEngine> const& engines,
                                 RunSettings const& settings);

}  // namespace dossier
