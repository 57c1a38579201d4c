// The program as a user runs it: a child process with its own environment, its output and its exit code.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace dossier::test {

struct ProcessResult {
    int exit_code = -1;        ///< as a shell shows it: 128 + n when signal n ended it
    bool timed_out = false;    ///< killed by us; exit_code is then 137
    std::string out, err;      ///< all of standard output and standard error
    std::size_t peak_kib = 0;  ///< resident memory of the process itself at its highest, as last seen
};

/// Environment variables set on top of our own.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// Runs a program and waits for it, at most `limit`. Standard input is empty.
/// @throws std::runtime_error when it cannot be started
[[nodiscard]] ProcessResult run_program(std::vector<std::string> const& command, Environment const& environment = {},
                                        std::chrono::seconds limit = std::chrono::seconds(300));

/// A folder of its own under the system's temporary folder; removed with all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

/// A file's bytes.
/// @throws std::runtime_error when it cannot be read
[[nodiscard]] std::string bytes_of(std::filesystem::path const& file);

/// Regular files below a folder, as paths relative to it with '/', sorted.
[[nodiscard]] std::vector<std::string> files_below(std::filesystem::path const& folder);

}  // namespace dossier::test
