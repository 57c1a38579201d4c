// Check of hooks: whether the programs that alerts would start are there, found out before one is needed.
#pragma once

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// A warning for each hook whose program could not be started now: it is not there, is no file, or may not be executed
/// (DOS0287). Nothing is started. A scheduled run may have another PATH.
[[nodiscard]] Diagnostics check_hooks(Job const& job);

}  // namespace dossier
