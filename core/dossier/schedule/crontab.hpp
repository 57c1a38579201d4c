// Crontab: the line of a scheduled run, for machines without systemd, put into a table and taken out again.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/schedule/scheduled_run.hpp"

namespace dossier {

/// What cron takes of a command; longer ones it cuts off or refuses.
constexpr std::size_t longest_cron_command = 998;

/// Two lines, each with a line break and a tag at its end by which it is known again: a comment and the entry.
/// @return nullopt: the command is longer than cron takes
[[nodiscard]] std::optional<std::string> crontab_lines(ScheduledRun const& run);

/// The table without the lines of a job; every other byte stays.
[[nodiscard]] std::string without_job(std::string_view crontab, std::filesystem::path const& job);

/// The table with `lines` in place of those of the job, else at its end.
[[nodiscard]] std::string with_job(std::string_view crontab, std::filesystem::path const& job,
                                   std::string const& lines);

}  // namespace dossier
