// Nested machine: a systemd of its own, in namespaces of its own, that sees our files and none of our processes.
//
// It knows the units that it is given and no others, so that nothing of the real machine is started, and what it writes to
// /etc, /run and /var/lib/systemd is gone with it.
#pragma once

#include <filesystem>
#include <string>

#include "golden/dossier_process.hpp"

namespace dossier::test {

/// Why there can be none here ("needs root"); empty: there can.
[[nodiscard]] std::string why_no_nested_machine();

/// Boots a machine, runs a shell script as root in it, and ends it.
/// @param work    an empty folder for its files
/// @param script  /bin/sh; `systemctl` works in it. Units may be written to /etc/systemd/system. `user-manager.service` can be
///                started: the manager of `daemon`, whose home is $work/home and whose runtime folder is /run/user/1
/// @return output and exit code of the script; exit code -1 if it never ended
[[nodiscard]] ProcessResult run_in_nested_machine(std::filesystem::path const& work, std::string const& script);

}  // namespace dossier::test
