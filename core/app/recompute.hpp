// Recompute: what an article's stance would be if it were read from scratch, held against what the last run published, with what was
// stale and why.
#pragma once

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/plugin_engines.hpp"

namespace dossier {

/// `dossier explain --recompute`.
/// @param diagnostics  of what was made ready so far; printed with what is found now
/// @return the exit code
int recompute_stances(ExplainOptions const& options, LoadedJob const& loaded, PluginEngines& engines,
                      Diagnostics diagnostics);

}  // namespace dossier
