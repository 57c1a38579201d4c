// Job plugins: the components that a job's outputs name, found, asked what they can do, their options settled.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/catalogue.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

/// A component as an output uses it.
struct ResolvedComponent {
    CataloguedPlugin const* plugin = nullptr;  ///< of the catalogue; null: its file is broken, `failure` says how
    ComponentDescription description;
    std::vector<OptionValue> options;  ///< one per declared option
    std::string failure;               ///< why it cannot be used, one sentence; empty: it can
    std::string broken_file;           ///< the file that `failure` is about, when it is no catalogued plugin
};

struct ResolvedOutput {
    std::vector<ResolvedComponent> reports;  ///< as in JobOutput::reports
    ResolvedComponent format;
};

/// Resolves every output of the job. Mistakes of the job (unknown report DOS0204, unknown format DOS0205, options that a
/// report in the output does not have, …) become error diagnostics, all of them. A plugin that cannot be asked is not the
/// job's mistake: its ResolvedComponent says why, and the run goes on without it. So does that of a component whose name
/// is that of a plugin file too broken to say what it holds.
[[nodiscard]] std::vector<ResolvedOutput> resolve_outputs(Job const& job, Catalogue const& catalogue,
                                                          WorkerClient const& workers, Diagnostics& diagnostics);

}  // namespace dossier
