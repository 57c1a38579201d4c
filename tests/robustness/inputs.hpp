// Bad inputs: one folder with a job whose articles are nearly all wrong in one way each.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dossier::test {

/// What must become of an article's stances. Invalid bytes in a readable text, for example, are told but read on.
enum class Fate { assessed, not_assessable, absent };

struct BadInput {
    std::string path;  ///< relative to the job's folder
    std::string what;  ///< "empty file", for messages of the test
    std::string code;  ///< of its one diagnostic
    Fate fate = Fate::not_assessable;
};

struct BadInputs {
    std::filesystem::path job;
    std::vector<BadInput> inputs;
    std::vector<std::string> good_articles;  ///< ids of the two articles that nothing is wrong with
};

/// Writes job.toml, claims.toml, sources.toml and articles/ into an empty folder.
/// @param huge_line_bytes  length of the single line of the huge article
/// @throws std::runtime_error when the folder cannot be written
[[nodiscard]] BadInputs write_bad_inputs(std::filesystem::path const& folder, std::size_t huge_line_bytes);

}  // namespace dossier::test
