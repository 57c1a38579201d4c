// One process of dossier-worker or dossier-pdf-reader: started with five descriptors and nothing else, listened to, and gone when this is.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "dossier/model/descriptor.hpp"

namespace dossier {

/// How a process ended.
struct ProcessEnd {
    int signal = 0;       ///< 0: it exited
    int exit_status = 0;  ///< if it exited
    long peak_kib = 0;    ///< most memory that it had resident; 0: no more than this process, so it cannot be told
};

class WorkerProcess {
public:
    /// Starts the program. @param input  a file that it reads as standard input, and that may grow until listen() is
    ///     called; stays the caller's
    /// @throws Failure io when the system has no descriptors, processes or memory left: that says nothing of the program
    WorkerProcess(std::filesystem::path const& program, int input);
    WorkerProcess(WorkerProcess const&) = delete;
    WorkerProcess& operator=(WorkerProcess const&) = delete;
    ~WorkerProcess();

    /// Empty if it was started; else why not.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

    /// Tells it that the input has grown: what is there can be worked on already. Never waits.
    void tell_of_growth() noexcept;

    enum class Ended { by_itself, timed_out, refused };

    /// Ends the input, and hands on what the worker says until it is gone; then end() and the rest are known. A worker that takes longer,
    /// or for which `on_output` answers false, is killed.
    /// @throws Failure io when it cannot be heard
    Ended listen(std::function<bool(std::string_view)> const& on_output,
                 std::chrono::steady_clock::time_point deadline);

    [[nodiscard]] ProcessEnd const& end() const noexcept { return end_; }
    /// The last 4 KiB of its standard error.
    [[nodiscard]] std::string const& error_text() const noexcept { return error_text_; }
    /// The last bytes of its status pipe (frames.hpp, WorkerStatus).
    [[nodiscard]] std::string const& status_text() const noexcept { return status_text_; }

private:
    bool read_output(std::function<bool(std::string_view)> const& on_output);
    void read_tail(Descriptor& descriptor, std::string& text, std::size_t kept, int n_reads);
    void read_tails(int n_reads);
    bool reap(bool wait);
    void kill() noexcept;

    pid_t process_ = -1;  ///< -1: not started, or gone
    Descriptor output_, errors_, status_, handle_;
    Descriptor growth_, growth_reader_;  ///< with a reader of our own no write is to a broken pipe
    std::string problem_, error_text_, status_text_;
    ProcessEnd end_;
};

}  // namespace dossier
