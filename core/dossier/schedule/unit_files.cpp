#include "dossier/schedule/unit_files.hpp"

#include <algorithm>
#include <array>

#include "dossier/diagnostics/display_text.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

enum class Quoting { of_setting, of_command };  // only in commands are variables replaced

/// `text` as one word, between quotes.
std::string quoted(std::string_view text, Quoting quoting) {
    std::string word = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') word += '\\';
        if (c == '%' || (c == '$' && quoting == Quoting::of_command)) word += c;
        word += c;
    }
    return word + '"';
}

std::string command_line(std::vector<std::string> const& command) {
    std::string line;
    for (auto const& word : command) {
        bool const is_plain =
            word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") ==
            std::string::npos;
        line += (line.empty() ? "" : " ") + (is_plain && !word.empty() ? word : quoted(word, Quoting::of_command));
    }
    return line;
}

bool is_below(fs::path const& path, fs::path const& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Whether the service sees nothing there but what it is shown (ProtectHome=tmpfs, PrivateTmp=yes).
bool is_hidden(fs::path const& path) {
    constexpr std::array hidden{"/home", "/root", "/run/user", "/tmp", "/var/tmp"};
    return std::any_of(hidden.begin(), hidden.end(), [&](char const* folder) { return is_below(path, folder); });
}

/// <prefix> of <prefix>/bin/dossier, where libraries and plugins are found from.
fs::path prefix_of(fs::path const& program) {
    return program.parent_path().parent_path();
}

/// Folders and files that are shown read-only: hidden ones, and none that can be written anyway.
std::vector<fs::path> shown_folders(ScheduledRun const& run) {
    auto folders = run.readable;
    folders.push_back(run.job.parent_path());
    folders.push_back(prefix_of(run.program));
    std::sort(folders.begin(), folders.end());
    folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
    std::erase_if(folders, [&](fs::path const& f) { return !is_hidden(f) || f == run.output || f == run.state; });
    std::vector<fs::path> shown;  // sorted: what holds a folder comes before it
    for (auto const& folder : folders)
        if (std::none_of(shown.begin(), shown.end(), [&](fs::path const& f) { return is_below(folder, f); }))
            shown.push_back(folder);
    return shown;
}

std::string files_section(ScheduledRun const& run) {
    std::string text =
        "# Files: everything is read-only, homes and temporary folders are empty but for what is listed here.\n"
        "ProtectSystem=strict\n"
        "ProtectHome=tmpfs\n"
        "PrivateTmp=yes\n"
        "PrivateMounts=yes\n"
        "UMask=" +
        run.umask + "\n";
    for (auto const& folder : shown_folders(run))  // -: one that is gone is missed by what reads it, and the run tells
        text += "BindReadOnlyPaths=" + quoted("-" + folder.string(), Quoting::of_setting) + "\n";
    text += "BindPaths=" + quoted(run.output.string(), Quoting::of_setting) + "\n";
    if (run.state.empty()) return text + "StateDirectory=dossier/" + unit_name(run.job) + "\n";
    return text + "BindPaths=" + quoted(run.state.string(), Quoting::of_setting) + "\n" +
           "Environment=" + quoted("STATE_DIRECTORY=" + run.state.string(), Quoting::of_setting) + "\n";
}

std::string network_section(bool allowed) {
    if (allowed)
        return "# Network: for hooks of alerts; plugins have none, whatever stands here.\n"
               "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n";
    return "# Network: none.\n"
           "PrivateNetwork=yes\n"
           "IPAddressDeny=any\n"
           "RestrictAddressFamilies=none\n";
}

constexpr char const* confinement =
    "# Privileges and kernel: none, and nothing to change.\n"
    "NoNewPrivileges=yes\n"
    "CapabilityBoundingSet=\n"
    "AmbientCapabilities=\n"
    "PrivateUsers=yes\n"
    "PrivateIPC=yes\n"
    "PrivateDevices=yes\n"
    "DevicePolicy=closed\n"
    "ProtectProc=invisible\n"
    "ProcSubset=pid\n"
    "ProtectClock=yes\n"
    "ProtectHostname=yes\n"
    "ProtectKernelLogs=yes\n"
    "ProtectKernelModules=yes\n"
    "ProtectKernelTunables=yes\n"
    "ProtectControlGroups=yes\n"
    "RestrictNamespaces=yes\n"
    "RestrictRealtime=yes\n"
    "RestrictSUIDSGID=yes\n"
    "LockPersonality=yes\n"
    "MemoryDenyWriteExecute=yes\n"
    "KeyringMode=private\n"
    "RemoveIPC=yes\n"
    "NotifyAccess=none\n"
    "LimitCORE=0\n"
    "# System calls: besides the usual ones those by which the worker confines itself.\n"
    "SystemCallArchitectures=native\n"
    "SystemCallFilter=@system-service\n"
    "SystemCallFilter=~@privileged @resources\n"
    "SystemCallFilter=prlimit64 seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self\n"
    "SystemCallErrorNumber=EPERM\n";

/// "Dossier: "/a/job.toml", every day at 06:00"
std::string description(ScheduledRun const& run) {
    std::string text;
    for (char const c : display_text(run.job.string()))
        text += c == '%' ? "%%" : std::string(1, c);
    return "Dossier: \"" + text + "\", " + description_of(run.schedule);
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string unit_marker(fs::path const& job) {
    return "# Written by \"dossier schedule install\" for \"" + display_text(job.string()) + "\".\n";
}

std::string service_text(ScheduledRun const& run) {
    std::string text = unit_marker(run.job) +
                       "[Unit]\n"
                       "Description=" +
                       description(run) + "\n";
    if (!run.on_failure.empty()) text += "OnFailure=" + run.on_failure + "\n";
    text += "\n[Service]\nType=oneshot\nExecStart=" + command_line(command_of(run)) +
            "\n"
            "# 3: done, with warnings; 75: another run is at work on this output.\n"
            "SuccessExitStatus=3 75\n"
            "TimeoutStartSec=12h\n"
            "Nice=10\n";
    if (!run.user.empty()) text += "User=" + run.user + "\n";
    return text + "\n" + files_section(run) + "\n" + network_section(run.allow_network) + "\n" + confinement;
}

std::string timer_text(ScheduledRun const& run) {
    std::string text = unit_marker(run.job) +
                       "[Unit]\n"
                       "Description=" +
                       description(run) + "\n\n[Timer]\n";
    for (auto const& calendar : systemd_calendar(run.schedule))
        text += "OnCalendar=" + calendar + "\n";
    return text +
           "Persistent=true\n"
           "RandomizedDelaySec=2min\n"
           "\n[Install]\nWantedBy=timers.target\n";
}

std::vector<std::string> systemd_calendar(Schedule const& schedule) {
    auto const two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    auto const time = " " + two(schedule.hour) + ":" + two(schedule.minute) + ":00";
    auto const day = two(schedule.day_of_month);
    if (schedule.day_of_month == 31) return {"*-*~01" + time};
    if (schedule.day_of_month > 28) return {"*-01,03..12-" + day + time, "*-02~01" + time};
    if (schedule.day_of_month != 0) return {"*-*-" + day + time};
    if (schedule.weekdays == every_weekday) return {"*-*-*" + time};
    std::string days;
    for (unsigned weekday = 0; weekday < 7; ++weekday)
        if ((schedule.weekdays >> weekday & 1U) != 0)
            days += (days.empty() ? "" : ",") + std::string(weekday_name(weekday));
    return {days + " *-*-*" + time};
}

bool is_unit_name(std::string_view name) {
    constexpr std::size_t longest = 255;
    constexpr std::array<std::string_view, 3> types{".service", ".target", ".path"};
    auto const type = std::find_if(types.begin(), types.end(), [&](auto t) { return name.ends_with(t); });
    if (type == types.end() || name.size() > longest || name.size() == type->size()) return false;
    for (std::size_t at = 0; at < name.size(); ++at) {
        char const c = name[at];
        if (c == '%') {
            if (++at == name.size() || std::string_view("nNp").find(name[at]) == std::string_view::npos) return false;
        } else if (!is_letter_or_digit(c) && std::string_view(":-_.@").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

bool can_be_started(std::string_view program) {
    return program.starts_with('/') && program.find_first_of("\"'\\$") == std::string_view::npos &&
           can_be_scheduled(program);
}

}  // namespace dossier
