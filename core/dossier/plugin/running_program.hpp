// Where the running program lies; plugins and the worker are found from there.
#pragma once

#include <filesystem>
#include <string>

namespace dossier {

/// Folder of the running program, canonical; empty if the system does not say.
[[nodiscard]] std::filesystem::path folder_of_running_program();

/// A program that belongs to this one: `name` beside it, else <its folder>/../libexec/dossier/<name>, whether it exists or not.
[[nodiscard]] std::filesystem::path companion_program(std::string const& name);

}  // namespace dossier
