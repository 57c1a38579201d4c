#include "dossier/plugin/worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/spawn_plan.hpp"

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kept_error_bytes = 4096, kept_status_bytes = 64;
constexpr std::chrono::milliseconds reap_interval{10};  // where the kernel has no handles on processes
constexpr int wanted_pipe_bytes = 1 << 20;              // what the kernel lets anybody have
constexpr int reads_at_once = 16, reads_of_rest = 512;  // twice what a pipe may hold

std::string words_for_error(int error) {
    return std::generic_category().message(error);
}

[[noreturn]] void fail(std::string const& what, int error) {
    throw Failure(FailureKind::io, what + ": " + words_for_error(error), {}, error);
}

/// Whether an error is about what the system has left, and not about what was asked of it.
bool is_shortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == EAGAIN;
}

/// 0 and `process`, or an errno.
int start(SpawnPlan const& plan, std::filesystem::path const& program, pid_t& process) {
    std::string name = program.filename().string();
    std::array<std::string, 3> variables = {"LC_ALL=C", "TZ=UTC", "PATH=/usr/bin:/bin"};
    std::array<char*, 2> arguments = {name.data(), nullptr};
    std::array<char*, 4> environment = {variables[0].data(), variables[1].data(), variables[2].data(), nullptr};
    return ::posix_spawn(&process, program.c_str(), plan.actions(), plan.attributes(), arguments.data(),
                         environment.data());
}

int timeout_until(Clock::time_point deadline, bool has_handle) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (!has_handle) left = std::min(left, reap_interval);
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

/// Until it is another program, a spawned process shares our memory, and the system counts that as its own.
long peak_apart_from_ours(rusage const& usage) {
    rusage ours{};
    ::getrusage(RUSAGE_SELF, &ours);
    return usage.ru_maxrss > ours.ru_maxrss ? usage.ru_maxrss : 0;
}

}  // namespace

WorkerProcess::WorkerProcess(std::filesystem::path const& program, int input) {
    Descriptor const own_input(::fcntl(input, F_DUPFD_CLOEXEC, first_free_descriptor));
    auto output = make_pipe(PipeEnd::reading), errors = make_pipe(PipeEnd::reading),
         status = make_pipe(PipeEnd::reading), growth = make_pipe(PipeEnd::writing);
    if (!own_input.is_open() || !output || !errors || !status || !growth) fail("no pipe could be made", errno);
    // Room for what is written while the host is busy with something else. Less is well, too.
    ::fcntl(output->reading.number(), F_SETPIPE_SZ, wanted_pipe_bytes);
    SpawnPlan plan;
    plan.start_in("/");
    plan.give(own_input.number(), worker_input);
    plan.give(output->writing.number(), worker_output);
    plan.give(errors->writing.number(), worker_messages);
    plan.give(status->writing.number(), worker_status);
    plan.give(growth->reading.number(), worker_growth);
    if (int const error = start(plan, program, process_); error != 0) {
        process_ = -1;
        if (is_shortage(error)) fail("cannot run " + program.string(), error);
        problem_ = "cannot run " + program.string() + ": " + words_for_error(error);
        return;
    }
    output_ = std::move(output->reading), errors_ = std::move(errors->reading), status_ = std::move(status->reading);
    growth_ = std::move(growth->writing), growth_reader_ = std::move(growth->reading);
    handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process_, 0)));
}

WorkerProcess::~WorkerProcess() {
    kill();
    reap(true);
}

void WorkerProcess::tell_of_growth() noexcept {
    // Where it has not yet heard of the last thousands, there is no need.
    (void)!::write(growth_.number(), "", 1);
}

void WorkerProcess::kill() noexcept {
    if (process_ < 0) return;
    ::kill(-process_, SIGKILL);  // and whatever it may have started outside of a sandbox
    ::kill(process_, SIGKILL);
}

/// True if the process is gone.
bool WorkerProcess::reap(bool wait) {
    while (process_ >= 0) {
        int status = 0;
        rusage usage{};
        pid_t const gone = ::wait4(process_, &status, wait ? 0 : WNOHANG, &usage);
        if (gone < 0 && errno == EINTR) continue;
        if (gone == 0) return false;
        if (gone > 0) {
            end_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            end_.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
            end_.peak_kib = peak_apart_from_ours(usage);
        }
        process_ = -1;
    }
    return true;
}

/// Reads what is there now, for a while only, so that the deadline is looked at. False if the receiver wants no more.
bool WorkerProcess::read_output(std::function<bool(std::string_view)> const& on_output) {
    static constexpr std::size_t chunk = 128 * 1024;
    thread_local std::string buffer(chunk, '\0');
    static constexpr int most_reads = 64;
    for (int i = 0; i < most_reads && output_.is_open(); ++i) {
        auto const got = ::read(output_.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return true;
        if (got < 0) fail("cannot hear a worker", errno);
        if (got == 0) {
            output_.close();
            return true;
        }
        if (!on_output(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)))) return false;
        if (static_cast<std::size_t>(got) < buffer.size()) return true;
    }
    return true;
}

/// A flood is read for `n_reads` only, so that the deadline is looked at.
void WorkerProcess::read_tail(Descriptor& descriptor, std::string& text, std::size_t kept, int n_reads) {
    std::array<char, 4096> buffer{};
    for (int i = 0; i < n_reads && descriptor.is_open(); ++i) {
        auto const got = ::read(descriptor.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return descriptor.close();
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > kept) text.erase(0, text.size() - kept);
    }
}

void WorkerProcess::read_tails(int n_reads) {
    read_tail(status_, status_text_, kept_status_bytes, n_reads);
    read_tail(errors_, error_text_, kept_error_bytes, n_reads);
}

WorkerProcess::Ended WorkerProcess::listen(std::function<bool(std::string_view)> const& on_output,
                                           Clock::time_point deadline) {
    growth_.close();
    auto ended = Ended::by_itself;
    while (ended == Ended::by_itself) {
        // Closed descriptors are -1, which poll skips.
        std::array<pollfd, 4> watched = {{{output_.number(), POLLIN, 0},
                                          {errors_.number(), POLLIN, 0},
                                          {status_.number(), POLLIN, 0},
                                          {handle_.number(), POLLIN, 0}}};
        // Interrupted or not: what can be read is read, and the deadline ends the loop.
        (void)::poll(watched.data(), watched.size(), timeout_until(deadline, handle_.is_open()));
        bool const gone = (watched[3].revents != 0 || !handle_.is_open()) && reap(false);
        read_tails(reads_at_once);
        if (!read_output(on_output)) ended = Ended::refused;
        if (gone && ended == Ended::by_itself) break;
        if (ended == Ended::by_itself && Clock::now() >= deadline) ended = Ended::timed_out;
    }
    if (ended != Ended::by_itself) {
        kill();
        reap(true);
        read_tails(reads_of_rest);
        return ended;
    }
    read_tails(reads_of_rest);
    // It is gone, and what it left in the pipes is all there will be.
    for (auto size = std::string::npos; output_.is_open() && size != 0;) {
        size = 0;
        bool const wanted = read_output([&](std::string_view bytes) {
            size += bytes.size();
            return on_output(bytes);
        });
        if (!wanted) return Ended::refused;
    }
    return ended;
}

}  // namespace dossier
