// Unit files: the systemd service and timer of a scheduled run.
//
// What came from outside (paths, options) is quoted such that systemd reads back exactly that text: it can neither begin a
// line of its own nor be taken for a specifier (%) or a variable ($).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/schedule/scheduled_run.hpp"

namespace dossier {

/// First line of both files, line break included: who wrote it, for which job. A file that begins otherwise is not ours.
[[nodiscard]] std::string unit_marker(std::filesystem::path const& job);

/// <unit_name>.service: runs the job in the tightest confinement that it works in.
[[nodiscard]] std::string service_text(ScheduledRun const& run);

/// <unit_name>.timer: starts the service when it is due, and soon after the machine is up again if it was off then.
[[nodiscard]] std::string timer_text(ScheduledRun const& run);

/// The schedule as systemd writes it: "Mon,Thu *-*-* 06:00:00". Days 29 and 30 take two expressions, for February's sake.
[[nodiscard]] std::vector<std::string> systemd_calendar(Schedule const& schedule);

/// Whether `name` can be named in OnFailure=: a unit's name with its type; %n, %N and %p stand for the service's own.
[[nodiscard]] bool is_unit_name(std::string_view name);

/// Whether systemd takes a program with this path; it refuses quotes and backslashes there.
[[nodiscard]] bool can_be_started(std::string_view program);

}  // namespace dossier
