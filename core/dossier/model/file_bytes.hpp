// A file's bytes, read to the end and within a bound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace dossier {

/// Why a file could not be read whole.
enum class ReadProblem { none, missing, folder, not_a_file, no_permission, too_large, failed };

struct FileBytes {
    std::string bytes;  ///< empty unless problem is none
    ReadProblem problem = ReadProblem::none;
    int system_error = 0;  ///< errno, 0 when there was none
};

/// Reads a regular file of at most `limit` bytes. Never blocks on a pipe or device: those are not_a_file.
[[nodiscard]] FileBytes read_file(std::filesystem::path const& path, std::size_t limit);

/// read_file for files of which not all is to be kept: hands on their bytes in parts of 64 KiB at most, each until the next one.
/// @return why not all were handed on; none: they were
[[nodiscard]] ReadProblem read_in_parts(std::filesystem::path const& path, std::size_t limit,
                                        std::function<void(std::string_view part)> const& take);

/// "no such file", "is a folder, not a file", "is not a regular file", "permission denied", "is larger than the limit", "could not be read".
[[nodiscard]] char const* words_for(ReadProblem problem) noexcept;

/// Why what has this mode (st_mode) is not read: folder, or not_a_file; none: it is a regular file.
[[nodiscard]] ReadProblem problem_of_mode(std::uint32_t mode) noexcept;

/// What an errno of open() or read() means for who wants to read.
[[nodiscard]] ReadProblem problem_of(int system_error) noexcept;

}  // namespace dossier
