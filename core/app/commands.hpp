// Commands: one function per word after `dossier`; each returns the exit code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

/// What every command understands.
struct CommonOptions {
    MessageFormat message_format = MessageFormat::human;
    bool quiet = false;                       ///< errors only
    int verbosity = 0;                        ///< 1 steps, 2 details
    std::vector<std::string> plugin_folders;  ///< searched before the default ones
    bool allow_unsandboxed = false;           ///< run plugins where the kernel has no Landlock; recorded
    bool locked = false;                      ///< run only plugins that plugins.lock beside the job lists
    unsigned threads = 0;                     ///< 0: one per core; results do not depend on it
};

struct RunOptions : CommonOptions {
    std::string job, output = "dossier-output";
    std::vector<std::string> arguments;  ///< the words behind `dossier`, for who wants to run it again
    std::string as_of;                   ///< a date, or "today": the local day; empty: the job's own
    bool scheduled = false;              ///< nobody is watching: said in the history
    std::string schedule;                ///< when it is due, as parse_schedule reads it; empty: not said
    bool hooks = false;                  ///< alerts that fire start their hooks; those of scheduled runs always do
    bool no_cache = false;               ///< read and judge every article anew
    bool alert_exit_code = false;        ///< end with exit_alert if an alert fired
};
struct CheckOptions : CommonOptions {
    std::string job;
    bool coverage = false;  ///< also sentences that name subject and outcome and hold no cue
    bool json = false;      ///< of the coverage
};
struct ExplainOptions : CommonOptions {
    std::string job, claim, article;  ///< article empty: all
    bool articles = false;            ///< which articles are one source, instead of a claim
    bool recompute = false;           ///< what of the last run in `output` is stale, instead of why
    std::string output = "dossier-output";
    bool json = false;
};
struct EvaluateOptions : CommonOptions {
    std::string pairs;                 ///< labelled claims and texts; empty: `job` and `gold`
    std::string job, gold;             ///< labelled stances of the job's articles
    std::vector<std::string> classes;  ///< what may be answered; empty: the labels of the file
    std::string predictions;           ///< where each answer is written; empty: nowhere
    bool json = false;
};
struct ReviewOptions : CommonOptions {
    std::string job;
    std::string out;         ///< where a sheet is written; "-": standard output
    std::string in;          ///< a sheet that is read back; one of the two is given
    std::string rater, who;  ///< whom a sheet is for; who filled it in
    std::string role = "override";
    bool blind = false;
    std::size_t limit = 0;  ///< rows of a sheet; 0: all
};
struct TextOptions : CommonOptions {
    std::vector<std::string> files;  ///< "-": standard input
    bool sentences = false, json = false;
    std::string as;   ///< a format's name; empty: by name and content
    std::string job;  ///< empty: the limits that a job has when it sets none
};
struct NewOptions : CommonOptions {
    std::string folder;            ///< that is made; a plugin is called as its last part
    std::string kind;              ///< of a plugin: "report", "format" or "engine"
    std::string language = "cpp";  ///< of a plugin: "c" or "cpp"
};
struct ScheduleOptions : CommonOptions {
    std::string job, output = "dossier-output";
    std::string every;           ///< when, as parse_schedule reads it
    bool system = false;         ///< units of the machine instead of the user's own
    bool cron = false;           ///< a line of the user's crontab instead of units
    std::string user;            ///< whom a unit of the machine runs as; empty: the caller
    std::string unit_folder;     ///< where units are written; empty: where systemd looks
    std::string on_failure;      ///< a unit to start when a run fails; empty: none
    std::string umask = "0077";  ///< octal, of what the runs write
    bool allow_network = false;  ///< for hooks of alerts
    bool dry_run = false;        ///< show what would be installed
    /// Files and folders that hooks of alerts read besides.
    std::vector<std::string> readable;
};
struct PluginsOptions : CommonOptions {
    std::string name;   ///< of a report, format or engine; for `info`, `retry` and `disable`
    std::string lock;   ///< a lock file to compare with; for `verify`
    bool json = false;  ///< for programs; of `list` and `info`
};

/// Of the commands that ask or change the history of an output folder.
struct HistoryOptions : CommonOptions {
    std::string output = "dossier-output";
    std::string run;           ///< as RunHistory::run() takes it; empty: the command's own choice
    bool only_failed = false;  ///< of the list
    std::size_t limit = 20;    ///< lines of the list; 0: all
    std::size_t keep = 50;     ///< of `prune`
    bool keep_weekly = true;   ///< of `prune`
    bool forget = false;       ///< of `prune`: the lines of pruned runs too
    bool dry_run = false;      ///< of `prune`
    bool json = false;
};

struct StatusOptions : CommonOptions {
    std::string output = "dossier-output";
    std::string max_age = "8d";  ///< as parse_span() reads it
    bool json = false;
};

struct DiffOptions : CommonOptions {
    std::string before, after = "latest";  ///< files, folders, or runs of `output`
    std::string output = "dossier-output";
    std::size_t most = 20;   ///< changes of a group that people are shown; 0: all
    bool exit_code = false;  ///< 1 if anything changed
    bool json = false;       ///< one object per change and line
};

int run_command(RunOptions const& options);
int check_command(CheckOptions const& options);
int explain_command(ExplainOptions const& options);
int evaluate_command(EvaluateOptions const& options);
int review_command(ReviewOptions const& options);
int text_command(TextOptions const& options);
/// What `dossier text --as` understands.
[[nodiscard]] std::vector<std::string> text_formats();
int new_plugin_command(NewOptions const& options);
int new_job_command(NewOptions const& options);
int plugins_list_command(PluginsOptions const& options);
int plugins_info_command(PluginsOptions const& options);
int plugins_verify_command(PluginsOptions const& options);
int plugins_retry_command(PluginsOptions const& options);
int plugins_disable_command(PluginsOptions const& options);
int plugins_lock_command(PluginsOptions const& options);
int schedule_install_command(ScheduleOptions const& options);
int schedule_preview_command(ScheduleOptions const& options);
int schedule_remove_command(ScheduleOptions const& options);
int doctor_command(CommonOptions const& options);
int history_command(HistoryOptions const& options);
int show_command(HistoryOptions const& options);
int prune_command(HistoryOptions const& options);
int pin_command(HistoryOptions const& options);
int unpin_command(HistoryOptions const& options);
int retry_command(HistoryOptions const& options);
int status_command(StatusOptions const& options);
int diff_command(DiffOptions const& options);
int schema_command(std::string const& which);

}  // namespace dossier
