// Child program: another program run to its end, with its output kept.
#pragma once

#include <string>
#include <vector>

namespace dossier {

struct ChildResult {
    int exit_code = -1;    ///< 128 + n when signal n ended it
    std::string out, err;  ///< at most 16 MiB each
};

/// Runs `command`, which is looked for in PATH, in the locale C, and waits for it.
/// @param input  what it reads from standard input
/// @throws Failure io when it is not there or cannot be started
[[nodiscard]] ChildResult run_child(std::vector<std::string> const& command, std::string const& input = {});

}  // namespace dossier
