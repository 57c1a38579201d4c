// Manifest: what went into a published set and what came out, each file by its SHA-256.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct ManifestInput {
    std::string path;    ///< relative to the job's folder
    std::string sha256;  ///< empty: could not be read
};

struct ManifestPlugin {
    std::string component;  ///< "report:consensus"
    std::string file;       ///< file name only: where it was found is the machine's business
    std::string version, sha256;
};

struct ManifestOutput {
    std::string file;  ///< relative to the set's folder, '/' separated
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// What was asked for and did not come out, or not whole.
struct ManifestFailure {
    std::string output;     ///< [[output]] file it belongs to
    std::string component;  ///< "format:pdf"
    std::string reason;     ///< one sentence
};

struct Manifest {
    std::string run_id, key;  ///< key: SHA-256 over everything that decides the outputs
    std::string tool_version, job_title, as_of, job_sha256, registry_sha256, lexicon_sha256, statement_model_sha256;
    std::string annotations_sha256;  ///< empty: there are none
    std::string compared_with;       ///< run id of the set that `changes` counts from; empty: the first
    bool unsandboxed = false;
    std::vector<ManifestPlugin> plugins;    ///< by component
    std::vector<ManifestOutput> outputs;    ///< by file
    std::vector<ManifestFailure> failures;  ///< in job order
};

/// Calls back for every input, in the order of reading.
using ManifestInputs = std::function<void(std::function<void(ManifestInput const&)> const& take)>;

/// Indented JSON, one trailing line break; no clock, no absolute path. Handed out in pieces, so that any number of inputs
/// fits.
void write_manifest(Manifest const& manifest, ManifestInputs const& inputs,
                    std::function<void(std::string_view)> const& write);

/// What a later run needs to know of an earlier one; nullopt if `json` is not a manifest of ours.
struct ManifestSummary {
    std::string key, compared_with, job_sha256, registry_sha256;  ///< as in Manifest
    bool complete = false;                                        ///< nothing failed
    std::vector<ManifestOutput> outputs;
};
[[nodiscard]] std::optional<ManifestSummary> read_manifest(std::string_view json);

/// read_manifest for a manifest that comes in parts. Its inputs, of which there may be very many, are passed over; memory is
/// taken by what else there is.
class ManifestReader {
public:
    void add(std::string_view part);
    /// Of all that was added.
    [[nodiscard]] std::optional<ManifestSummary> summary() const;

private:
    enum class Place { before_inputs, in_inputs, behind_inputs };
    std::string text_;        ///< without inputs; while it comes, with the end of the part that came last
    std::size_t inputs_ = 0;  ///< where in text_ they would stand
    Place place_ = Place::before_inputs;
};

}  // namespace dossier
