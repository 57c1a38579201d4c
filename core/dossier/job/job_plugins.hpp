// Job plugins: the components that a job's outputs name, found, asked what they can do, their options settled.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/claim.hpp"
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

/// What a manifest and messages call it: "report:consensus".
[[nodiscard]] std::string component_of(ResolvedComponent const& component);

/// What a message about the component's failure adds where its plugin is quarantined; nullopt: it is not.
[[nodiscard]] std::optional<std::string> quarantine_note(ResolvedComponent const& component);

struct ResolvedOutput {
    std::vector<ResolvedComponent> reports;  ///< as in JobOutput::reports
    ResolvedComponent format;
};

/// A stance engine as the job uses it.
struct ResolvedEngine {
    ResolvedComponent component;
    std::vector<std::size_t> claims;  ///< numbers in the registry that it decides, ascending
    Place place;                      ///< where the job names it
};

/// Resolves every engine of the job against the registry's claims. Unknown engines (DOS0206) and claims (DOS0207), and
/// claims that two engines are to decide (DOS0208), become error diagnostics; an engine that cannot be asked says why in
/// its component, as in resolve_outputs.
[[nodiscard]] std::vector<ResolvedEngine> resolve_engines(Job const& job, ClaimRegistry const& registry,
                                                          Catalogue const& catalogue, WorkerClient const& workers,
                                                          Diagnostics& diagnostics);

/// Resolves every output of the job. Mistakes of the job (unknown report DOS0204, unknown format DOS0205, options that a
/// report in the output does not have, …) become error diagnostics, all of them. A plugin that cannot be asked is not the
/// job's mistake: its ResolvedComponent says why, and the run goes on without it. So does that of a component whose name
/// is that of a plugin file too broken to say what it holds.
[[nodiscard]] std::vector<ResolvedOutput> resolve_outputs(Job const& job, Catalogue const& catalogue,
                                                          WorkerClient const& workers, Diagnostics& diagnostics);

}  // namespace dossier
