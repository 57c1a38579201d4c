// Publication: a finished set of files appears as a whole or not at all.
//
//   DIR/runs/<run-id>/   one finished set each; manifest.json was written last
//   DIR/latest           symlink to the newest set, switched by one rename
//   DIR/.staging-…/      a set in the making; what a killed run left there is removed by the next one
//   DIR/.lock            held by flock while a run works, so a killed holder holds nothing
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/job/manifest.hpp"

namespace dossier {

/// The right to publish into one output folder; at most one holder at a time, across processes.
class OutputLock {
public:
    /// Makes `folder` if need be, takes its lock without waiting, and removes what killed runs left.
    /// @throws Failure locked when another run holds it; publish when the folder cannot be made or written
    explicit OutputLock(std::filesystem::path const& folder);
    ~OutputLock();
    OutputLock(OutputLock const&) = delete;
    OutputLock& operator=(OutputLock const&) = delete;

    [[nodiscard]] std::filesystem::path const& folder() const noexcept { return folder_; }

private:
    std::filesystem::path folder_;
    int descriptor_ = -1;
};

/// A set in the making. Unless publish() is reached, nothing of it is ever visible, and the destructor removes it.
class StagedSet {
public:
    /// Starts an empty set. The caller holds the folder's lock.
    /// @throws Failure publish
    explicit StagedSet(std::filesystem::path const& folder);
    ~StagedSet();
    StagedSet(StagedSet const&) = delete;
    StagedSet& operator=(StagedSet const&) = delete;

    /// Where to write the set's files.
    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

    /// Gets what it is given written.
    using Write = std::function<void(std::string_view)>;

    /// Has manifest.json written by `write_manifest`, makes everything durable, renames the set to runs/<run_id> and switches `latest` to it.
    /// @param run_id  not yet taken
    /// @return the published folder
    /// @throws Failure publish; then `latest` still leads to the set before, unless all that failed was to make its switch
    ///         durable: then it leads to this one, whole
    std::filesystem::path publish(std::string_view run_id, std::function<void(Write const&)> const& write_manifest);
    std::filesystem::path publish(std::string_view run_id, std::string_view manifest) {
        return publish(run_id, [&](Write const& write) { write(manifest); });
    }

private:
    std::filesystem::path folder_, path_;
    bool published_ = false;
};

/// Points `latest` at runs/<run_id> unless it does already.
/// @throws Failure publish
void switch_latest(std::filesystem::path const& folder, std::string_view run_id);

/// SHA-256 of the manifest of runs/<run_id> in hexadecimal digits, or nullopt if there is no such finished set.
[[nodiscard]] std::optional<std::string> published_manifest_sha256(std::filesystem::path const& folder,
                                                                   std::string_view run_id);

/// What it says but for its inputs, of which there may be very many; nullopt also where it is not ours.
[[nodiscard]] std::optional<ManifestSummary> published_summary(std::filesystem::path const& folder,
                                                               std::string_view run_id);

}  // namespace dossier
