// Exit codes of the command line (design.md 8).
#pragma once

namespace dossier {

enum ExitCode : int {
    exit_done = 0,
    exit_failed = 1,
    exit_usage = 2,          ///< wrong usage, or mistakes in job or registry
    exit_warnings = 3,       ///< done; an input was unreadable or a stance is not assessable
    exit_plugin_failed = 5,  ///< a plugin failed; the other outputs are published
    exit_not_published = 6,
    exit_locked = 75  ///< another run holds the lock
};

}  // namespace dossier
