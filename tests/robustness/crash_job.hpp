// A small job over every format, for tests that disturb its runs; and what a reader of its folder finds afterwards. Reads
// manifests and hashes by itself, so that a mistake of the tool cannot hide in the check.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace dossier::test {

/// The files of a set but manifest.json, which names the run: relative path -> SHA-256.
using SetContent = std::map<std::string, std::string>;

/// A job file with articles, which two versions of it share.
class CrashJob {
public:
    /// Writes it into a new folder.
    /// @param options  more of job.toml, at its end: "[history]\nkeep = 2\n"
    explicit CrashJob(std::filesystem::path folder, std::string const& options = {});

    /// @param version  0 or 1: other titles and dates, so that their sets differ
    [[nodiscard]] std::filesystem::path file(int version) const;
    /// Adds an article that was not there before; another `number` is another article.
    void add_article(int number) const;
    /// Takes away one that was added.
    void remove_article(int number) const;

    /// A run of it.
    [[nodiscard]] std::vector<std::string> command(int version, std::filesystem::path const& output) const;
    /// With which its runs remember nothing outside of its folder.
    [[nodiscard]] Environment environment() const;
    /// Runs it undisturbed.
    [[nodiscard]] ProcessResult run(int version, std::filesystem::path const& output) const;

private:
    std::filesystem::path folder_;
};

/// What `latest` leads to, as it is; nullopt: there is no latest, or what it leads to has no manifest.
[[nodiscard]] std::optional<SetContent> published_set(std::filesystem::path const& output);

/// What is wrong with what a reader sees in an output folder: a set that is not what its manifest says, a damaged database,
/// a file that has no business there. One sentence each; a folder that is not there has no faults.
[[nodiscard]] std::vector<std::string> faults_in(std::filesystem::path const& output);

/// Hidden files and folders but .lock, and temporary files of the cache: what a run in the making, or killed, leaves.
[[nodiscard]] std::vector<std::string> leftovers_in(std::filesystem::path const& output);

/// The states in the folder's history, the oldest first: "published", "running". nullopt: there is no history.
[[nodiscard]] std::optional<std::vector<std::string>> states_in_history(std::filesystem::path const& output);

/// Keeps the latest set from retention. @throws std::runtime_error
void pin_latest(std::filesystem::path const& output);

/// SHA-256 of a file in lower-case hexadecimal.
[[nodiscard]] std::string sha256_of(std::filesystem::path const& file);

/// Whether DOSSIER_LONG asks for the whole of a test that is sampled otherwise.
[[nodiscard]] bool is_long_run();
/// A number of the environment, or what is meant without it.
[[nodiscard]] std::size_t number_from_environment(char const* name, std::size_t otherwise);

/// Copies a folder with all that is in it, links as links; what was at `to` before is gone.
void copy_folder(std::filesystem::path const& from, std::filesystem::path const& to);

}  // namespace dossier::test
