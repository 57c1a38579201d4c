#include "dossier/job/hook_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <system_error>

#include "dossier/model/descriptor.hpp"
#include "dossier/plugin/spawn_plan.hpp"

extern char** environ;

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds reap_interval{10};  // where the kernel has no handles on processes

std::string words_for_error(int error) {
    return std::generic_category().message(error);
}

/// A file in memory that holds the input: read at leisure, or not at all, without anybody waiting for it.
/// @param error  set to an errno where it could not be made
Descriptor input_of(std::string_view text, int& error) {
    Descriptor const file(::memfd_create("dossier-alert", MFD_CLOEXEC));
    error = file.is_open() ? write_all(file.number(), text) : errno;
    if (error != 0) return {};
    ::lseek(file.number(), 0, SEEK_SET);
    Descriptor moved(::fcntl(file.number(), F_DUPFD_CLOEXEC, first_free_descriptor));
    if (!moved.is_open()) error = errno;
    return moved;
}

std::vector<std::string> environment_of(HookCall const& call) {
    std::map<std::string, std::string> variables;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        std::string_view const text(*variable);
        auto const name = text.substr(0, text.find('='));
        bool const is_passed_on = name == "PATH" || name == "HOME" || name == "LANG" || name.starts_with("DOSSIER_");
        if (is_passed_on && name.size() < text.size()) variables[std::string(name)] = text.substr(name.size() + 1);
    }
    variables.try_emplace("PATH", default_search_path);
    for (auto const& [name, value] : call.variables)
        variables[name] = value;
    std::vector<std::string> texts;
    for (auto const& [name, value] : variables)
        texts.push_back(name + "=" + value);
    return texts;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// 0 and `process`, or an errno.
int start(SpawnPlan const& plan, HookCall const& call, pid_t& process) {
    auto command = call.command;
    auto environment = environment_of(call);
    auto const arguments = pointers_to(command), variables = pointers_to(environment);
    return ::posix_spawnp(&process, arguments[0], plan.actions(), plan.attributes(), arguments.data(),
                          variables.data());
}

class HookProcess {
public:
    HookProcess(pid_t process, Descriptor output)
        : process_(process),
          output_(std::move(output)),
          handle_(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))) {}
    HookProcess(HookProcess const&) = delete;
    HookProcess& operator=(HookProcess const&) = delete;
    ~HookProcess() { end_group(); }

    HookEnd listen(Clock::time_point deadline) {
        bool gone = false;
        while (!gone && Clock::now() < deadline) {
            std::array<pollfd, 2> watched = {{{output_.number(), POLLIN, 0}, {handle_.number(), POLLIN, 0}}};
            (void)::poll(watched.data(), watched.size(), timeout_until(deadline));
            gone = has_ended();  // before what it printed is read, so that its last words are there
            read_output();
        }
        HookEnd end;
        end.kind = gone ? HookEnd::Kind::exited : HookEnd::Kind::timed_out;
        int const status = end_group();
        read_output();
        if (gone && WIFSIGNALED(status)) end.kind = HookEnd::Kind::signalled, end.signal = WTERMSIG(status);
        if (gone && WIFEXITED(status)) end.exit_status = WEXITSTATUS(status);
        end.output = std::move(kept_);
        return end;
    }

private:
    [[nodiscard]] int timeout_until(Clock::time_point deadline) const {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (!handle_.is_open()) left = std::min(left, reap_interval);
        return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
    }

    /// It stays a zombie, so that its group cannot become another's before it is killed.
    [[nodiscard]] bool has_ended() const {
        siginfo_t info{};
        return ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
               info.si_pid == process_;
    }

    /// Kills what is left of the group, and takes leave of the program. @return its status
    int end_group() noexcept {
        if (process_ < 0) return 0;
        ::kill(-process_, SIGKILL);
        ::kill(process_, SIGKILL);  // which may have left its group
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
        process_ = -1;
        return status;
    }

    /// Reads what is there, for a while only: a flood must not keep the deadline from being looked at.
    void read_output() {
        std::array<char, 65536> buffer{};
        for (int i = 0; i < 16 && output_.is_open(); ++i) {
            auto const n = ::read(output_.number(), buffer.data(), buffer.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 && errno == EAGAIN) return;
            if (n <= 0) return output_.close();
            kept_.append(buffer.data(), static_cast<std::size_t>(n));
            if (kept_.size() > most_hook_output) kept_.erase(0, kept_.size() - most_hook_output);
        }
    }

    pid_t process_;
    Descriptor output_, handle_;
    std::string kept_;
};

std::string seconds_text(std::chrono::duration<double> limit) {
    auto text = std::to_string(limit.count());
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text + " s";
}

HookEnd not_started(std::string problem) {
    HookEnd end;
    end.problem = std::move(problem);
    return end;
}

}  // namespace

std::string HookEnd::sentence(std::chrono::duration<double> limit) const {
    switch (kind) {
        case Kind::exited: return "ended with exit status " + std::to_string(exit_status);
        case Kind::signalled: return "was killed by signal " + std::to_string(signal);
        case Kind::timed_out: return "took longer than " + seconds_text(limit) + " and was killed";
        case Kind::not_started: break;
    }
    return "could not be started: " + problem;
}

HookEnd run_hook(HookCall const& call) {
    if (call.command.empty()) return not_started("it has no name");
    auto const deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(call.limit);
    int input_error = 0;
    auto const input = input_of(call.input, input_error);
    if (input_error != 0) return not_started("its input could not be laid out: " + words_for_error(input_error));
    auto output = make_pipe(PipeEnd::reading);
    if (!output) return not_started("no pipe could be made: " + words_for_error(errno));
    SpawnPlan plan;
    plan.give(input.number(), STDIN_FILENO);
    plan.give(output->writing.number(), STDOUT_FILENO);
    plan.give(output->writing.number(), STDERR_FILENO);
    plan.close_from(STDERR_FILENO + 1);
    if (!call.folder.empty()) plan.start_in(call.folder.c_str());
    pid_t process = -1;
    if (int const error = start(plan, call, process); error != 0) return not_started(words_for_error(error));
    output->writing.close();
    return HookProcess(process, std::move(output->reading)).listen(deadline);
}

}  // namespace dossier
