// A file's bytes, read whole and within a bound.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace dossier {

/// Why a file could not be read whole.
enum class ReadProblem { none, missing, not_a_file, no_permission, too_large, failed };

struct FileBytes {
    std::string bytes;  ///< empty unless problem is none
    ReadProblem problem = ReadProblem::none;
    int system_error = 0;  ///< errno, 0 when there was none
};

/// Reads a regular file of at most `limit` bytes. Never blocks on a pipe or device: those are not_a_file.
[[nodiscard]] FileBytes read_file(std::filesystem::path const& path, std::size_t limit);

/// "no such file", "is not a regular file", "permission denied", "is larger than the limit", "could not be read".
[[nodiscard]] char const* words_for(ReadProblem problem) noexcept;

/// What an errno of open() or read() means for who wants to read.
[[nodiscard]] ReadProblem problem_of(int system_error) noexcept;

}  // namespace dossier
