// System failure: what the system refused, as a Failure in the system's words.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "dossier/diagnostics/failure.hpp"

namespace dossier {

/// @param what   "could not write"; the path follows it
/// @param error  an errno
/// @throws Failure always: "could not write out/a.csv: No space left on device"
[[noreturn]] inline void fail_at(std::filesystem::path const& path, std::string const& what, int error,
                                 FailureKind kind = FailureKind::io) {
    throw Failure(kind, what + " " + path.string() + ": " + std::generic_category().message(error), path.string(),
                  error);
}

}  // namespace dossier
