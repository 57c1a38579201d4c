// File endings: whether an output's name says of it what it is.
#pragma once

#include <optional>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"
#include "dossier/plugin/component.hpp"

namespace dossier {

/// A warning where the name would mislead whoever opens it: it ends as files of another kind do, or as a file does where the
/// format makes a folder. nullopt: it is well, or nothing is known of this kind of file.
[[nodiscard]] std::optional<Diagnostic> misleading_ending(JobOutput const& output, ComponentDescription const& format);

}  // namespace dossier
