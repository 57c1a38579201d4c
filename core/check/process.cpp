#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "child.hpp"

extern char** environ;

namespace dossier::check {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_kept = 64 * 1024;
constexpr int lowest_own_descriptor = 10;  // above those that the child is given

/// A pipe whose ends nobody inherits by accident.
class Pipe {
public:
    Pipe() {
        std::array<int, 2> made{-1, -1};
        if (::pipe2(made.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
        for (std::size_t i = 0; i < 2; ++i) {
            ends_[i] = ::fcntl(made[i], F_DUPFD_CLOEXEC, lowest_own_descriptor);
            ::close(made[i]);
        }
        ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    }
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;
    ~Pipe() {
        close_writing();
        ::close(ends_[0]);
    }
    [[nodiscard]] int reading() const noexcept { return ends_[0]; }
    [[nodiscard]] int writing() const noexcept { return ends_[1]; }
    void close_writing() noexcept {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }
    /// Takes what is there; keeps the beginning of it.
    std::uint64_t drain(std::string& kept) const {
        std::array<char, 16 * 1024> bytes;
        std::uint64_t n_taken = 0;
        for (ssize_t got; (got = ::read(ends_[0], bytes.data(), bytes.size())) > 0;) {
            auto const size = static_cast<std::size_t>(got);
            kept.append(bytes.data(), std::min(size, most_kept - std::min(most_kept, kept.size())));
            n_taken += size;
            if (n_taken > most_kept) break;  // who prints without end is not waited for
        }
        return n_taken;
    }

private:
    std::array<int, 2> ends_{-1, -1};
};

class Child {
public:
    explicit Child(std::vector<std::string> const& arguments) {
        std::vector<char*> argv;
        for (auto const& argument : arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, printed_.writing(), 1);
        ::posix_spawn_file_actions_adddup2(&actions, printed_.writing(), 2);
        ::posix_spawn_file_actions_adddup2(&actions, status_.writing(), child_status);
        ::posix_spawn_file_actions_adddup2(&actions, words_.writing(), child_verdict);
        posix_spawnattr_t attributes;
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        int const error = ::posix_spawn(&process_, "/proc/self/exe", &actions, &attributes, argv.data(), environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
        if (error != 0) outcome_.problem = std::generic_category().message(error);
        for (auto* pipe : {&printed_, &status_, &words_})
            pipe->close_writing();
    }

    ProcessOutcome listen(Clock::time_point deadline) {
        if (!outcome_.problem.empty()) return outcome_;
        auto const ending = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
        while (true) {
            auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
            if (left <= 0) break;
            std::array<pollfd, 4> events{{{ending, POLLIN, 0},
                                          {printed_.reading(), POLLIN, 0},
                                          {status_.reading(), POLLIN, 0},
                                          {words_.reading(), POLLIN, 0}}};
            // Pipes that were closed would make poll return at once, for good.
            for (std::size_t i = 1; i < events.size(); ++i)
                if (closed_[i]) events[i].fd = -1;
            if (::poll(events.data(), events.size(), static_cast<int>(left)) < 0 && errno != EINTR) break;
            drain();
            for (std::size_t i = 1; i < events.size(); ++i)
                if ((events[i].revents & (POLLHUP | POLLIN)) == POLLHUP) closed_[i] = true;
            if ((events[0].revents & POLLIN) != 0) break;
        }
        ::close(ending);
        end();
        drain();
        return outcome_;
    }

private:
    void drain() {
        outcome_.n_printed += printed_.drain(outcome_.printed);
        status_.drain(outcome_.status);
        words_.drain(outcome_.words);
    }
    void end() {
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == 0) {
            outcome_.timed_out = true;
            ::kill(-process_, SIGKILL);
            ::waitpid(process_, &status, 0);
        } else {
            ::kill(-process_, SIGKILL);  // what it may have started
        }
        if (WIFSIGNALED(status)) outcome_.signal = WTERMSIG(status);
        if (WIFEXITED(status)) outcome_.exit_status = WEXITSTATUS(status);
    }

    Pipe printed_, status_, words_;
    std::array<bool, 4> closed_{};
    pid_t process_ = -1;
    ProcessOutcome outcome_;
};

}  // namespace

ProcessOutcome run_self(std::vector<std::string> const& arguments, std::chrono::duration<double> allowed) {
    Child child(arguments);
    return child.listen(Clock::now() + std::chrono::duration_cast<Clock::duration>(allowed));
}

}  // namespace dossier::check
