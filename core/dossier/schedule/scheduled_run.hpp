// Scheduled run: what is to be run, when, and what it may touch; the units and the crontab line are written from it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/schedule/calendar.hpp"

namespace dossier {

/// Paths are absolute and normal, and pass can_be_scheduled().
struct ScheduledRun {
    std::filesystem::path program;      ///< dossier
    std::filesystem::path job, output;  ///< the job file; the folder for runs/ and latest
    Schedule schedule;
    std::vector<std::string> options;             ///< of `dossier run` besides those that every scheduled run has
    std::vector<std::filesystem::path> readable;  ///< folders that the run reads from, wherever they lie
    std::filesystem::path state;                  ///< folder of the plugin records; empty: systemd makes one
    std::string user;                             ///< whom a system unit runs as; empty: a unit of the user's own
    std::string on_failure;                       ///< a unit that is started when a run fails; empty: none
    std::string umask = "0077";                   ///< octal; of what the run writes
    bool allow_network = false;                   ///< for hooks of alerts
};

/// Whether the bytes of a path can stand in a unit file and a crontab: UTF-8 without control characters.
[[nodiscard]] bool can_be_scheduled(std::string_view path);

/// The arguments of the run, program first.
[[nodiscard]] std::vector<std::string> command_of(ScheduledRun const& run);

/// Name of the job's units without ".service": "dossier-night-lights-0123456789ab". Its digits tell jobs apart that lie in
/// different folders; there is one schedule per job.
[[nodiscard]] std::string unit_name(std::filesystem::path const& job);

}  // namespace dossier
