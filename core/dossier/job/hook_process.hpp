// Hook process: a program of the user's, run once with a message as its input; whatever it does, this returns in time.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

/// PATH of hooks where `dossier` itself has none.
inline constexpr char const* default_search_path = "/usr/local/bin:/usr/bin:/bin";

struct HookCall {
    std::vector<std::string>
        command;         ///< at least the program: with a '/' a path relative to `folder`, else found by PATH
    std::string folder;  ///< where it runs; empty: where we are
    std::string input;   ///< what it reads as standard input
    std::vector<std::pair<std::string, std::string>> variables;  ///< DOSSIER_…, beside what it is given of ours
    std::chrono::duration<double> limit{30.0};
};

struct HookEnd {
    enum class Kind {
        exited,       ///< by itself; see exit_status
        signalled,    ///< see signal
        timed_out,    ///< it was killed at the limit
        not_started,  ///< see problem
    };
    Kind kind = Kind::not_started;
    int exit_status = 0;
    int signal = 0;
    std::string problem;  ///< why it was not started
    std::string
        output;  ///< the end of what it printed, standard output and error together: at most most_hook_output bytes

    [[nodiscard]] bool is_good() const noexcept { return kind == Kind::exited && exit_status == 0; }
    /// "ended with exit status 7", "was killed by signal 11", "took longer than 30 s and was killed", …
    [[nodiscard]] std::string sentence(std::chrono::duration<double> limit) const;
};

inline constexpr std::size_t most_hook_output = 4096;

/// Runs a hook. It gets standard input, output and error and no other descriptor of ours; PATH, HOME, LANG, what of our
/// environment begins with DOSSIER_, and call.variables; a process group of its own, which is killed whole when the program
/// ends or the limit is reached.
[[nodiscard]] HookEnd run_hook(HookCall const& call);

}  // namespace dossier
