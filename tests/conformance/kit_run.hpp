// Runs dossier-check-plugin as a person would, and reads what it says.
#pragma once

#include <set>
#include <string>

namespace dossier::test {

struct KitRun {
    int exit_status = -1;
    std::string output;            ///< standard output and error
    std::set<std::string> broken;  ///< codes of the rules that failed
};

/// @param arguments  as in a shell
[[nodiscard]] KitRun run_kit(std::string const& arguments);

}  // namespace dossier::test
