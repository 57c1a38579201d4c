// Where the running program lies; plugins and the worker are found from there.
#pragma once

#include <filesystem>

namespace dossier {

/// Folder of the running program, canonical; empty if the system does not say.
[[nodiscard]] std::filesystem::path folder_of_running_program();

}  // namespace dossier
