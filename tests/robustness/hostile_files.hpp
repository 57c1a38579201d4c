// Hostile files of our own making: every format cut, mutated, nested, huge, empty and under a wrong name.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace dossier::test {

/// One small file of a format with nothing wrong in it.
struct Sample {
    std::string extension;  ///< "html", "ris", …
    std::string bytes;
};
[[nodiscard]] std::vector<Sample> good_samples();

/// Writes the files into a folder that is there. The same bytes every time.
/// @return their names, sorted; at least 300
/// @throws std::runtime_error when one cannot be written
[[nodiscard]] std::vector<std::string> write_hostile_files(std::filesystem::path const& folder);

}  // namespace dossier::test
