// Scaffolds: beginnings of jobs and plugins, kept as files in share/dossier/scaffolds, that `dossier new` copies.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace dossier {

/// A word of a scaffold, in names of files as in their contents, that is written otherwise in the copy.
struct Replacement {
    std::string word, by;
};

/// Where the scaffolds of this installation are: <folder of the running program>/../share/dossier/scaffolds.
[[nodiscard]] std::filesystem::path scaffold_folder();

/// Copies scaffolds into one new folder. It appears whole, or not at all.
/// @param names   of the scaffolds, no two of which hold the same file
/// @param target  does not exist, the folder that it is to be in does
/// @return the files written, relative to `target`, sorted
/// Throws Failure when a scaffold is not there, the folder cannot be written, or something has come to be at `target`.
std::vector<std::filesystem::path> copy_scaffolds(std::span<std::string const> names,
                                                  std::span<Replacement const> replacements,
                                                  std::filesystem::path const& target);

}  // namespace dossier
