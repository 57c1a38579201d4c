// Schedule: has systemd or cron run a job, shows what they would be told, and takes it away again.
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "child_program.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/job/check_hooks.hpp"
#include "dossier/plugin/plugin_records.hpp"
#include "dossier/plugin/running_program.hpp"
#include "dossier/schedule/calendar.hpp"
#include "dossier/schedule/crontab.hpp"
#include "dossier/schedule/installed_units.hpp"
#include "dossier/schedule/scheduled_run.hpp"
#include "dossier/schedule/unit_files.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t n_shown_dates = 5;

void add_error(Diagnostics& diagnostics, char const* code, std::string message, std::vector<std::string> notes = {}) {
    diagnostics.add({Severity::error, code, {}, std::move(message), {}, std::move(notes)});
}

fs::path without_last_slash(fs::path const& whole) {
    return whole.has_filename() ? whole : whole.parent_path();
}

/// Without links, dots and a slash at its end; what is not there yet may be named.
/// @throws Failure io where it cannot be followed: links in a circle, a folder that may not be entered, too long a name
fs::path real_path(fs::path const& path) {
    std::error_code error;
    auto whole = fs::absolute(path, error);
    if (!error) whole = fs::weakly_canonical(whole, error);
    if (error)
        throw Failure(FailureKind::io,
                      fmt::format("cannot follow the path \"{}\": {}", display_text(path.string()), error.message()),
                      path.string(), error.value());
    return without_last_slash(whole);
}

/// As it is named, links and all.
fs::path named_path(fs::path const& path) {
    std::error_code error;
    return without_last_slash(fs::absolute(path, error).lexically_normal());
}

std::string running_program() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).string();
}

/// Whom a system unit runs as when nobody is named: who became root to install it.
std::string own_name() {
    if (char const* const caller = std::getenv("SUDO_USER"); caller != nullptr && *caller != '\0') return caller;
    auto const* const entry = ::getpwuid(::getuid());
    return entry == nullptr ? std::to_string(::getuid()) : entry->pw_name;
}

/// Empty: neither $XDG_CONFIG_HOME nor $HOME says.
fs::path folder_of_own_units() {
    if (char const* const configuration = std::getenv("XDG_CONFIG_HOME");
        configuration != nullptr && *configuration == '/')
        return fs::path(configuration) / "systemd" / "user";
    char const* const home = std::getenv("HOME");
    return home == nullptr || *home != '/' ? fs::path() : fs::path(home) / ".config" / "systemd" / "user";
}

fs::path folder_of_units(ScheduleOptions const& options) {
    if (!options.unit_folder.empty()) return real_path(options.unit_folder);
    return options.system ? fs::path("/etc/systemd/system") : folder_of_own_units();
}

/// Whether there is a systemd that can be told of new units; never of those in a folder of somebody's choice.
bool systemd_runs(ScheduleOptions const& options) {
    std::error_code error;
    if (!options.unit_folder.empty()) return false;
    if (options.system) return fs::exists("/run/systemd/system", error);
    char const* const runtime = std::getenv("XDG_RUNTIME_DIR");
    return runtime != nullptr && fs::exists(fs::path(runtime) / "systemd" / "private", error);
}

std::vector<std::string> systemctl(ScheduleOptions const& options, std::vector<std::string> const& words) {
    std::vector<std::string> command{"systemctl"};
    if (!options.system) command.emplace_back("--user");
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

std::string as_text(std::vector<std::string> const& command) {
    std::string text;
    for (auto const& word : command)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// Runs the commands, or lists them as what is to be done where no systemd runs.
/// @throws Failure io when one goes wrong
void tell_systemd(std::vector<std::vector<std::string>> const& commands, ScheduleOptions const& options) {
    if (!systemd_runs(options)) {
        std::string text = "systemd was not told, for it does not run here; where it does:\n";
        for (auto const& command : commands)
            text += "  " + as_text(command) + "\n";
        if (!options.quiet) print(text);
        return;
    }
    for (auto const& command : commands) {
        auto const result = run_child(command);
        if (result.exit_code != 0)
            throw Failure(FailureKind::io, fmt::format("\"{}\" ended with exit code {}: {}", as_text(command),
                                                       result.exit_code, display_text(result.err)));
    }
}

// ---- What is asked for

void check_path(std::string_view what, std::string const& path, Diagnostics& diagnostics) {
    if (!can_be_scheduled(path))
        add_error(diagnostics, "DOS0722",
                  fmt::format("the {} \"{}\" cannot be scheduled: its path holds a control character or is no UTF-8",
                              what, display_text(path)),
                  {"rename it, or what it lies in"});
}

bool is_umask(std::string_view text) {
    return (text.size() == 3 || (text.size() == 4 && text.front() == '0')) &&
           text.find_first_not_of("01234567") == std::string_view::npos;
}

void check_words(ScheduledRun const& run, Diagnostics& diagnostics) {
    if (!run.on_failure.empty() && !is_unit_name(run.on_failure))
        add_error(diagnostics, "DOS0723", fmt::format("\"{}\" is no name of a unit", display_text(run.on_failure)),
                  {"such as: mail-me@%n.service"});
    if (!is_umask(run.umask))
        add_error(diagnostics, "DOS0726", fmt::format("\"{}\" is no umask", display_text(run.umask)),
                  {"three octal digits, such as: 027"});
    if (!run.user.empty() && ::getpwnam(run.user.c_str()) == nullptr)
        add_error(diagnostics, "DOS0727", fmt::format("there is no user called \"{}\"", display_text(run.user)));
}

/// Options of `dossier run` that the scheduled run gets too.
std::vector<std::string> options_of_run(ScheduleOptions const& options) {
    std::vector<std::string> words;
    for (auto const& folder : options.plugin_folders)
        words.insert(words.end(), {"--plugin-path", real_path(folder).string()});
    if (options.locked) words.emplace_back("--locked");
    if (options.allow_unsandboxed) words.emplace_back("--allow-unsandboxed");
    return words;
}

std::optional<Schedule> schedule_of(std::string const& expression, Diagnostics& diagnostics) {
    std::string problem;
    auto const schedule = parse_schedule(expression, problem);
    if (!schedule)
        add_error(diagnostics, "DOS0720", fmt::format("\"{}\" is no schedule: {}", display_text(expression), problem),
                  {"such as: day 06:00; week Mon 06:00; week Mon..Fri 18:30; month 31 06:00 (the last day)"});
    return schedule;
}

/// Whether it holds all that somebody owns, or what anybody may put there.
bool holds_everything(fs::path const& folder) {
    constexpr std::array everything{"/", "/home", "/root", "/tmp", "/var/tmp"};
    return folder.parent_path() == "/home" || folder.parent_path() == "/run/user" ||
           std::find(everything.begin(), everything.end(), folder) != everything.end();
}

/// Folders of the programs that alerts start, since what they need lies beside them: where they are named and, behind links, where
/// they are. Programs that PATH finds are the system's.
void add_folders_of_hooks(Job const& job, std::vector<fs::path>& folders) {
    for (auto const& alert : job.alerts) {
        if (alert.hook.command.empty() || alert.hook.command[0].find('/') == std::string::npos) continue;
        auto const program = fs::path(job.folder) / alert.hook.command[0];
        for (auto const& path : {named_path(program), real_path(program)})
            folders.push_back(holds_everything(path.parent_path()) ? path : path.parent_path());
    }
}

/// The job's own folder, those of files that it takes from elsewhere, and what the caller names.
std::vector<fs::path> folders_read(Job const& job, ScheduleOptions const& options) {
    std::vector<fs::path> folders;
    for (auto const& file : {job.registry.text, job.annotations.text})
        if (!file.empty()) folders.push_back(real_path(fs::path(job.folder) / file).parent_path());
    for (auto const& folder : options.plugin_folders)
        folders.push_back(real_path(folder));
    add_folders_of_hooks(job, folders);
    for (auto const& path : options.readable)
        folders.insert(folders.end(), {named_path(path), real_path(path)});
    return folders;
}

/// What is to be run; nullopt: the diagnostics say why not.
std::optional<ScheduledRun> run_of(ScheduleOptions const& options, Diagnostics& diagnostics) {
    auto const schedule = schedule_of(options.every, diagnostics);
    auto const loaded = load(options.job, diagnostics);
    ScheduledRun run;
    run.program = running_program();
    run.job = real_path(options.job);
    run.output = real_path(options.output);
    run.options = options_of_run(options);
    run.on_failure = options.on_failure;
    run.umask = options.umask;
    run.allow_network = options.allow_network;
    if (schedule) run.schedule = *schedule;
    if (loaded.job) {
        run.readable = folders_read(*loaded.job, options);
        diagnostics.append(check_hooks(*loaded.job));
    }
    if (options.system)
        run.user = options.user.empty() ? own_name() : options.user;
    else
        run.state = plugin_records_file().parent_path();
    check_path("job", run.job.string(), diagnostics);
    check_path("output folder", run.output.string(), diagnostics);
    check_path("folder for plugin records", run.state.empty() ? "/" : run.state.string(), diagnostics);
    for (auto const& folder : run.readable)
        check_path("folder", folder.string(), diagnostics);
    check_words(run, diagnostics);
    if (!can_be_started(run.program.string()))
        add_error(diagnostics, "DOS0728",
                  fmt::format("systemd cannot start \"{}\"", display_text(run.program.string())),
                  {"its path holds a quote, a backslash, a $ or a control character; install it elsewhere"});
    if (diagnostics.has_errors()) return std::nullopt;
    return run;
}

/// Folders that a unit names must be there when it starts.
void make_folder(fs::path const& folder, std::string const& owner) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return;
    if (!fs::create_directories(folder, error) && error)
        throw Failure(FailureKind::io, "could not make " + folder.string() + ": " + error.message(), folder.string(),
                      error.value());
    auto const* const entry = owner.empty() ? nullptr : ::getpwnam(owner.c_str());
    if (entry != nullptr && ::chown(folder.c_str(), entry->pw_uid, entry->pw_gid) != 0)
        throw Failure(FailureKind::io, "could not give " + folder.string() + " to " + owner, folder.string(), errno);
}

// ---- What is said

std::string dates_text(Schedule const& schedule) {
    std::string text = "due next, in local time:\n";
    for (auto const& due : next_due_times(schedule, std::time(nullptr), n_shown_dates))
        text += "  " + due.local + "\n";
    return text;
}

std::string units_text(std::vector<UnitFile> const& files) {
    std::string text;
    for (auto const& [path, contents] : files)
        text += "==> " + display_text(path.string()) + " <==\n" + contents + "\n";
    return text;
}

std::string first_date_text(Schedule const& schedule) {
    auto const due = next_due_times(schedule, std::time(nullptr), 1);
    return due.empty() ? std::string() : ", next " + due.front().local;
}

/// Users' own timers rest while the user is not logged in.
std::string lingering_text(ScheduleOptions const& options) {
    std::error_code error;
    if (options.system || fs::exists(fs::path("/var/lib/systemd/linger") / own_name(), error)) return "";
    return "runs while you are logged in; always, after: loginctl enable-linger\n";
}

// ---- systemd

/// @return whether all is as it should be
bool check_units(fs::path const& job, fs::path const& folder, Diagnostics& diagnostics) {
    if (folder.empty())
        add_error(diagnostics, "DOS0729", "there is no folder for units: neither $XDG_CONFIG_HOME nor $HOME names one",
                  {"--system writes them to /etc/systemd/system"});
    else
        for (auto const& path : foreign_units(job, folder))
            add_error(diagnostics, "DOS0724",
                      "\"" + display_text(path.string()) + "\" is there already and not written by `dossier schedule`",
                      {"nothing was changed: move it away"});
    return !diagnostics.has_errors();
}

void install_units(ScheduledRun const& run, std::vector<UnitFile> const& files, ScheduleOptions const& options) {
    make_folder(run.output, run.user);
    make_folder(run.state, run.user);
    bool const changed = write_units(files);
    auto const name = unit_name(run.job);
    if (!options.quiet) {
        std::string text = changed ? "installed:\n" : "nothing changed: installed already:\n";
        for (auto const& file : files)
            text += "  " + display_text(file.path.string()) + "\n";
        print(text + description_of(run.schedule) + first_date_text(run.schedule) + "\n" + lingering_text(options));
    }
    tell_systemd({systemctl(options, {"daemon-reload"}), systemctl(options, {"enable", name + ".timer"}),
                  systemctl(options, {"restart", name + ".timer"})},
                 options);
}

/// A user's table; empty: there is none.
std::string read_crontab() {
    auto const result = run_child({"crontab", "-l"});
    if (result.exit_code == 0) return result.out;
    if (result.err.starts_with("no crontab for")) return "";
    throw Failure(FailureKind::io, "the crontab could not be read: " + display_text(result.err));
}

bool has_units(fs::path const& job, ScheduleOptions options, bool of_the_system) {
    options.system = of_the_system;
    auto const folder = folder_of_units(options);
    std::error_code error;
    return !folder.empty() && fs::exists(folder / (unit_name(job) + ".timer"), error);
}

bool is_in_crontab(fs::path const& job) try {
    auto const table = read_crontab();
    return without_job(table, job) != table;
} catch (Failure const&) {  // there is no cron here
    return false;
}

/// For who looked for a schedule in the wrong place: where the job has one.
std::string places_text(fs::path const& job, ScheduleOptions const& options) {
    std::string text;
    if (!options.unit_folder.empty()) return text;
    if (!options.cron && is_in_crontab(job)) text += "the crontab holds one: add --cron\n";
    if ((options.cron || options.system) && has_units(job, options, false))
        text += std::string("your systemd has one: leave ") + (options.cron ? "--cron" : "--system") + " out\n";
    if (!options.system && has_units(job, options, true))
        text += std::string("the system's systemd has one: ") +
                (options.cron ? "--system in place of --cron\n" : "add --system\n");
    return text;
}

void remove_units_of(fs::path const& job, fs::path const& folder, ScheduleOptions const& options) {
    auto const name = unit_name(job);
    std::error_code error;
    bool const is_told = systemd_runs(options) && fs::exists(folder / (name + ".timer"), error);
    if (is_told) tell_systemd({systemctl(options, {"disable", "--now", name + ".timer"})}, options);
    auto const removed = remove_units(job, folder);
    std::string text = removed.empty()
                           ? "nothing to remove: there is no schedule of this job\n" + places_text(job, options)
                           : "removed:\n";
    for (auto const& path : removed)
        text += "  " + display_text(path.string()) + "\n";
    if (!options.quiet) print(text);
    if (!removed.empty()) tell_systemd({systemctl(options, {"daemon-reload"})}, options);
}

// ---- cron

void write_crontab(std::string const& table) {
    auto const result = run_child({"crontab", "-"}, table);
    if (result.exit_code != 0)
        throw Failure(FailureKind::io, "the crontab could not be written: " + display_text(result.err));
}

/// nullopt: the diagnostics say why not.
std::optional<std::string> cron_lines(ScheduledRun const& run, Diagnostics& diagnostics) {
    auto lines = crontab_lines(run);
    if (!lines)
        add_error(diagnostics, "DOS0725",
                  fmt::format("the command is longer than the {} bytes that cron takes", longest_cron_command),
                  {"choose shorter paths, or let systemd run it"});
    return lines;
}

void install_in_crontab(ScheduledRun const& run, std::string const& lines, ScheduleOptions const& options) {
    make_folder(run.output, "");
    auto const before = read_crontab();
    auto const after = with_job(before, run.job, lines);
    if (after != before) write_crontab(after);
    if (!options.quiet)
        print((after == before ? "nothing changed: in the crontab already:\n" : "added to the crontab:\n") + lines +
              description_of(run.schedule) + first_date_text(run.schedule) + "\n");
}

void remove_from_crontab(fs::path const& job, ScheduleOptions const& options) {
    auto const before = read_crontab();
    auto const after = without_job(before, job);
    if (after != before) write_crontab(after);
    if (!options.quiet)
        print(after == before
                  ? "nothing to remove: the crontab holds no schedule of this job\n" + places_text(job, options)
                  : "removed from the crontab\n");
}

/// Shows or installs; which of the two, `shows` says.
int show_or_install(ScheduleOptions const& options, bool shows) {
    Diagnostics diagnostics;
    auto const run = run_of(options, diagnostics);
    std::optional<std::string> lines;
    auto const folder = folder_of_units(options);
    if (run && options.cron)
        lines = cron_lines(*run, diagnostics);
    else if (run)
        check_units(run->job, folder, diagnostics);
    diagnostics.sort();
    print_messages(diagnostics, options);
    if (diagnostics.has_errors() || !run) return exit_usage;
    if (shows)
        print((options.cron ? *lines : units_text(unit_files(*run, folder))) + dates_text(run->schedule));
    else if (options.cron)
        install_in_crontab(*run, *lines, options);
    else
        install_units(*run, unit_files(*run, folder), options);
    return exit_done;
}

}  // namespace

int schedule_install_command(ScheduleOptions const& options) {
    return show_or_install(options, options.dry_run);
}

int schedule_preview_command(ScheduleOptions const& options) {
    return show_or_install(options, true);
}

int schedule_remove_command(ScheduleOptions const& options) {
    auto const job = real_path(options.job);
    if (options.cron) {
        remove_from_crontab(job, options);
        return exit_done;
    }
    Diagnostics diagnostics;
    auto const folder = folder_of_units(options);
    bool const good = check_units(job, folder, diagnostics);
    print_messages(diagnostics, options);
    if (!good) return exit_usage;
    remove_units_of(job, folder, options);
    return exit_done;
}

}  // namespace dossier
