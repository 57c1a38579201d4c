#include "child_program.hpp"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

constexpr std::size_t longest_output = std::size_t{16} << 20;

[[noreturn]] void fail(std::string const& program, int error) {
    throw Failure(FailureKind::io,
                  error == ENOENT ? "the program " + program + " is not installed"
                                  : "could not run " + program + ": " + std::generic_category().message(error),
                  program, error);
}

/// A file in memory: neither side of a conversation through such files ever waits for the other.
class MemoryFile {
public:
    explicit MemoryFile(std::string const& program, std::string_view contents = {})
        : file_(::memfd_create("dossier", MFD_CLOEXEC)) {
        if (!file_.is_open()) fail(program, errno);
        if (int const error = write_all(file_.number(), contents); error != 0) fail(program, error);
        if (::lseek(file_.number(), 0, SEEK_SET) < 0) fail(program, errno);
    }

    [[nodiscard]] int descriptor() const noexcept { return file_.number(); }
    [[nodiscard]] std::string contents() const {
        std::string text;
        std::array<char, 65536> buffer{};
        for (ssize_t n = 0; text.size() < longest_output; text.append(buffer.data(), static_cast<std::size_t>(n))) {
            n = ::pread(file_.number(), buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
            if (n <= 0) break;
        }
        return text;
    }

private:
    Descriptor file_;
};

/// Our environment with LC_ALL=C.
std::vector<char*> environment_in_c() {
    static std::string locale = "LC_ALL=C";
    std::vector<char*> variables{locale.data()};
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (!std::string_view(*variable).starts_with("LC_ALL=")) variables.push_back(*variable);
    variables.push_back(nullptr);
    return variables;
}

int exit_code_of(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ChildResult run_child(std::vector<std::string> const& command, std::string const& input) {
    auto const& program = command.front();
    MemoryFile const in(program, input), out(program), err(program);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.descriptor(), STDERR_FILENO);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    auto const environment = environment_in_c();
    pid_t process = 0;
    int const error =
        ::posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail(program, error);
    int const exit_code = exit_code_of(process);
    return {exit_code, out.contents(), err.contents()};
}

}  // namespace dossier
