// One run of the example job, as the golden tests look at it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace dossier::test {

struct ExampleRun {
    ProcessResult process;
    std::filesystem::path latest;  ///< DIR/latest
};

/// The folder of the example, with job.toml, articles/ and golden/.
[[nodiscard]] std::filesystem::path example_folder();

/// Runs `dossier run job --output output`.
[[nodiscard]] ExampleRun run_job(std::filesystem::path const& job, std::filesystem::path const& output,
                                 Environment const& environment = {});

/// Files that the job asked for: all of a published set but analysis.sqlite and manifest.json, whose bytes depend on
/// the build. Sorted.
[[nodiscard]] std::vector<std::string> documents_of(std::filesystem::path const& published);

/// Files of `published` in the form that `sha256sum --check` reads.
[[nodiscard]] std::string sha256_sums(std::filesystem::path const& published, std::vector<std::string> const& files);

/// Rows of a tab-separated file without its head; every row has as many cells as the head.
/// @throws std::runtime_error otherwise
[[nodiscard]] std::vector<std::vector<std::string>> rows_of_tsv(std::filesystem::path const& file);

/// The parts of `text` between separators; no parts for empty text.
[[nodiscard]] std::vector<std::string> split(std::string const& text, char separator);

}  // namespace dossier::test
