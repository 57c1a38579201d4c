// One process of dossier-worker or dossier-pdf-reader: started with four descriptors and nothing else, listened to, and gone when this is.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace dossier {

/// A descriptor that is closed with its owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { close(); }
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
    void close() noexcept;

private:
    int number_ = -1;
};

/// How a process ended.
struct ProcessEnd {
    int signal = 0;       ///< 0: it exited
    int exit_status = 0;  ///< if it exited
    long peak_kib = 0;    ///< most memory that it had resident
};

class WorkerProcess {
public:
    /// Starts the program. @param input  what it reads as standard input; stays the caller's
    WorkerProcess(std::filesystem::path const& program, int input);
    WorkerProcess(WorkerProcess const&) = delete;
    WorkerProcess& operator=(WorkerProcess const&) = delete;
    ~WorkerProcess();

    /// Empty if it was started; else why not.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

    enum class Ended { by_itself, timed_out, stopped, refused };

    /// Hands on what the worker says until it is gone; then end() and the rest are known. A worker that takes longer,
    /// whose stop is requested, or for which `on_output` answers false, is killed.
    Ended listen(std::function<bool(std::string_view)> const& on_output, std::chrono::steady_clock::time_point deadline,
                 std::stop_token const& stop);

    [[nodiscard]] ProcessEnd const& end() const noexcept { return end_; }
    /// The last 4 KiB of its standard error.
    [[nodiscard]] std::string const& error_text() const noexcept { return error_text_; }
    /// The last bytes of its status pipe (frames.hpp, WorkerStatus).
    [[nodiscard]] std::string const& status_text() const noexcept { return status_text_; }

private:
    bool read_output(std::function<bool(std::string_view)> const& on_output);
    void read_tail(Descriptor& descriptor, std::string& text, std::size_t kept);
    bool reap(bool wait);
    void kill() noexcept;

    pid_t process_ = -1;  ///< -1: not started, or gone
    Descriptor output_, errors_, status_, handle_;
    std::string problem_, error_text_, status_text_;
    ProcessEnd end_;
};

}  // namespace dossier
