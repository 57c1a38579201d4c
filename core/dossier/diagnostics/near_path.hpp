// Near path: what somebody may have meant who named a file that is not there.
#pragma once

#include <filesystem>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

/// `name`, a path or a glob relative to `folder`, with each name in it that is not there replaced by the nearest one beside
/// it. What follows a name with a wildcard (`*`, `?`, `[`) is kept. Links are not followed, and of a folder with more than
/// 10,000 names the first that are found are looked at.
/// @return empty if nothing near is there, or if all of it is
[[nodiscard]] std::string near_path(std::filesystem::path const& folder, std::filesystem::path const& name);

/// Adds the note "did you mean ...?" where near_path() finds one.
void add_near_path(Diagnostic& diagnostic, std::filesystem::path const& folder, std::filesystem::path const& name);

}  // namespace dossier
