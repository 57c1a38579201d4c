// Exit codes of the command line (design.md 8).
#pragma once

#include "dossier/diagnostics/failure.hpp"

namespace dossier {

enum ExitCode : int {
    exit_done = 0,
    exit_failed = 1,
    exit_usage = 2,          ///< wrong usage, or mistakes in job or registry
    exit_warnings = 3,       ///< done; an input was unreadable or a stance is not assessable
    exit_alert = 4,          ///< an alert fired; only with --alert-exit-code
    exit_plugin_failed = 5,  ///< a plugin failed; the other outputs are published
    exit_not_published = 6,
    exit_locked = 75  ///< another run holds the lock
};

[[nodiscard]] constexpr ExitCode exit_code_of(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::publish: return exit_not_published;
        case FailureKind::locked: return exit_locked;
        case FailureKind::plugin: return exit_plugin_failed;
        case FailureKind::io:
        case FailureKind::store: return exit_failed;
    }
    return exit_failed;
}

}  // namespace dossier
