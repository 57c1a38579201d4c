// Installed units: the service and the timer of a job in a folder of systemd's, written whole, known again, taken away.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dossier/schedule/scheduled_run.hpp"

namespace dossier {

struct UnitFile {
    std::filesystem::path path;
    std::string text;
};

/// The service, then the timer.
[[nodiscard]] std::vector<UnitFile> unit_files(ScheduledRun const& run, std::filesystem::path const& folder);

/// Of the places where the job's units would be, those where something lies that `dossier schedule` did not write for
/// this job: another's file, a link, a folder.
[[nodiscard]] std::vector<std::filesystem::path> foreign_units(std::filesystem::path const& job,
                                                               std::filesystem::path const& folder);

/// Writes the files, each by one rename; makes the folder if it is not there. Call when there are no foreign_units.
/// @return whether anything was other than it is now
/// @throws Failure io
bool write_units(std::vector<UnitFile> const& files);

/// Removes the job's units, and the link by which the timer was enabled, as far as they are ours.
/// @return the removed files
/// @throws Failure io
std::vector<std::filesystem::path> remove_units(std::filesystem::path const& job, std::filesystem::path const& folder);

}  // namespace dossier
