#include "golden/dossier_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> environment_with(Environment const& changes) {
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string const variable = *entry;
        auto const name = variable.substr(0, variable.find('='));
        auto const changed = [&](auto const& change) { return change.first == name; };
        if (std::none_of(changes.begin(), changes.end(), changed)) variables.push_back(variable);
    }
    for (auto const& [name, value] : changes)
        variables.push_back(name + "=" + value);
    return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
    std::vector<char*> pointers;
    for (auto& string : strings)
        pointers.push_back(string.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Output goes to files rather than pipes, so that a talkative child never waits for us.
pid_t spawn(std::vector<std::string> command, Environment const& environment, fs::path const& out,
            fs::path const& err) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    auto variables = environment_with(environment);
    pid_t child = -1;
    int const error = posix_spawnp(&child, command.front().c_str(), &actions, nullptr, pointers_to(command).data(),
                                   pointers_to(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error(command.front() + ": " + std::generic_category().message(error));
    return child;
}

/// VmHWM of a process, in KiB; 0 when it is gone.
std::size_t peak_of(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
    return 0;
}

}  // namespace

ProcessResult run_program(std::vector<std::string> const& command, Environment const& environment,
                          std::chrono::seconds limit) {
    TemporaryFolder const scratch;
    auto const out = scratch.path() / "out", err = scratch.path() / "err";
    pid_t const child = spawn(command, environment, out, err);
    ProcessResult result;
    auto const end = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (waitpid(child, &status, result.timed_out ? 0 : WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            kill(child, SIGKILL);
            result.timed_out = true;
        } else {
            result.peak_kib = std::max(result.peak_kib, peak_of(child));
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = bytes_of(out);
    result.err = bytes_of(err);
    return result;
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "dossier-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder: " + pattern);
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string bytes_of(fs::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> files_below(fs::path const& folder) {
    std::vector<std::string> files;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder).generic_string());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace dossier::test
