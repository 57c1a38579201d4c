// A child process with pipes: started, listened to, and ended when its time is up.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dossier::check {

struct ProcessOutcome {
    std::string problem;          ///< why it could not be started; empty: it was
    std::string printed;          ///< the first 64 KiB of standard output and error
    std::uint64_t n_printed = 0;  ///< bytes in all
    std::string status, words;    ///< what it left on child_status and child_verdict
    bool timed_out = false;
    int signal = 0, exit_status = 0;
};

/// Runs this program again with other arguments, as the leader of a process group, which is gone when this returns.
[[nodiscard]] ProcessOutcome run_self(std::vector<std::string> const& arguments, std::chrono::duration<double> allowed);

}  // namespace dossier::check
