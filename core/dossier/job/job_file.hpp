// Job file: reads job.toml, and the manifest of sources it names, into a Job.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// Reads a job. Every mistake is told, sorted by place; only a syntax error ends its own file. Names of reports, formats
/// and options are taken as they are: which exist is known once the plugins are (see the places in JobOutput).
///
/// @return nullopt when there was an error
[[nodiscard]] std::optional<Job> load_job(std::filesystem::path const& path, Diagnostics& diagnostics);

/// The same, but a job with mistakes is handed over as far as it could be read, so that a check can go on to what it
/// names and tell all mistakes at once. Not to be run when diagnostics.has_errors().
///
/// @return nullopt when the file could not be read at all
[[nodiscard]] std::optional<Job> load_job_as_far_as_possible(std::filesystem::path const& path,
                                                             Diagnostics& diagnostics);

/// How messages name a file that the job names: beside the job as it was given ("reviews/claims.toml" for
/// "claims.toml" in "reviews/job.toml").
[[nodiscard]] std::string shown_path(Job const& job, std::string_view relative);

/// A diagnostic at `place`, its source line read from the file (place.file as the system finds it; not shown when
/// the file or line is gone, or the line longer than 4 KiB: there may be a message for each of its words). For what only later steps can see: a glob that matched nothing, an example that fails.
[[nodiscard]] Diagnostic diagnostic_at(Severity severity, std::string code, Place place, std::string message);

/// The error that a file which the job names cannot be read, where the job names it, for who tries to read it to complete:
/// the code and the reason are not in it yet. A note names the file that may have been meant. A file that the job does not name is the
/// place itself.
[[nodiscard]] Diagnostic unreadable(Job const& job, Phrase const& file);

}  // namespace dossier
