// The sandbox: put up before any byte of a plugin is mapped, for its static constructors run when it is loaded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "dossier/plugin/frames.hpp"

namespace dossier::worker {

struct SandboxRequest {
    std::vector<std::filesystem::path> readable;  ///< files beside system libraries and fonts: plugin, analysis
    double seconds = 0.0;                         ///< of processor time
    std::uint64_t memory_bytes = 0;               ///< of address space
    bool allow_unsandboxed = false;               ///< go on where the kernel has no Landlock
};

/// What stands now. `problem` is empty if all that was wanted does.
struct Sandbox {
    int landlock = 0;  ///< ABI version; 0: none
    bool seccomp = false;
    std::string problem;  ///< one clause
};

/// Closes every descriptor but the worker's own.
void close_other_descriptors();

/// Sets limits, then gives up new privileges, the file system and most system calls, for good. A system call that only
/// a plugin up to something would make ends the process by SIGSYS, after its number was left on the status pipe.
[[nodiscard]] Sandbox enter_sandbox(SandboxRequest const& request);

/// Leaves a byte on the status pipe (frames.hpp).
void report_status(WorkerStatus status) noexcept;

}  // namespace dossier::worker
