// Options of the commands on what runs came to, and when they are due: history, show, pin, unpin, prune, retry, diff, status, schedule.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "command_line.hpp"
#include "commands.hpp"
#include "option_checks.hpp"

namespace dossier {

void declare_history(CommandLine& line) {
    auto const options = std::make_shared<HistoryOptions>();
    auto& history = *options;
    auto const add_history = [&](CLI::App& command, int (*function)(HistoryOptions const&)) {
        command.add_option("-o,--output", history.output, "the folder that `dossier run` writes to")
            ->capture_default_str();
        add_common(command, history);
        command.callback([&line, options, function] { line.exit_code = guarded(function, *options); });
    };
    auto const add_run = [&](CLI::App& command) {
        return command.add_option(
            "run", history.run, "its number, its run id or the beginning of that, latest (what is published) or last");
    };
    auto* history_app = line.app.add_subcommand("history", "the runs of an output folder, the newest first");
    history_app->description(
        "The runs of an output folder, the newest first: when, what came of it, how long it took, what changed.\n\n"
        "Examples:\n"
        "  dossier history --output out             the last 20 runs\n"
        "  dossier history --output out --failed    those in which something went wrong\n"
        "  dossier history --limit 0 --json         all of them, one JSON object per line\n");
    history_app->add_flag("--failed", history.only_failed, "only runs in which something went wrong");
    history_app->add_option("--limit", history.limit, "runs to list; 0: all")
        ->check(whole_number(0, 1'000'000'000))
        ->capture_default_str();
    history_app->add_flag("--json", history.json, "for programs: one JSON object per run and line");
    add_history(*history_app, history_command);
    auto* show_app = line.app.add_subcommand("show", "all that is recorded of a run");
    show_app->description(
        "All that is recorded of a run: how it was started, what came of it, verdicts, messages, files.\n\n"
        "Examples:\n"
        "  dossier show last --output out       the newest run, whatever came of it\n"
        "  dossier show latest --output out     the run whose set `latest` leads to\n"
        "  dossier show 12 --output out --json  run 12, for programs\n");
    add_run(*show_app)->required();
    show_app->add_flag("--json", history.json, "for programs");
    add_history(*show_app, show_command);
    auto* pin_app = line.app.add_subcommand("pin", "keep the set of a run, whatever is pruned");
    pin_app->description(
        "Keep the set of a run and what is recorded of it, whatever is pruned.\n\n"
        "Example:\n"
        "  dossier pin latest --output out    until `dossier unpin` is told the same\n");
    add_run(*pin_app)->required();
    add_history(*pin_app, pin_command);
    auto* unpin_app = line.app.add_subcommand("unpin", "let a run be pruned as others are");
    add_run(*unpin_app)->required();
    add_history(*unpin_app, unpin_command);
    auto* prune_app = line.app.add_subcommand("prune", "remove old sets, and what is recorded of old runs");
    prune_app->description(
        "Remove old sets and what is recorded of old runs, but for their lines in the history. What `latest` leads to "
        "and what is pinned stays.\n\n"
        "Examples:\n"
        "  dossier prune --output out --dry-run          what would be removed\n"
        "  dossier prune --output out --keep 10          keep the last ten, and the last of each week\n"
        "  dossier prune --output out --keep 10 --no-weekly --forget\n"
        "                                                keep the last ten, and no line of the others\n");
    prune_app->add_option("--keep", history.keep, "how many of the last runs, and of the last sets, stay")
        ->check(whole_number(1, 1'000'000))
        ->capture_default_str();
    prune_app->add_flag("!--no-weekly", history.keep_weekly, "do not keep the last set of each week as well");
    prune_app->add_flag("--forget", history.forget, "remove the lines of pruned runs from the history too");
    prune_app->add_flag("--dry-run", history.dry_run, "say what would be removed, and remove nothing");
    prune_app->add_flag("--json", history.json, "for programs");
    add_history(*prune_app, prune_command);
    auto* retry_run_app = line.app.add_subcommand("retry", "run again what failed, as it was started");
    retry_run_app->description(
        "Run again what failed or was interrupted, with the arguments and in the folder it was started with.\n\n"
        "Examples:\n"
        "  dossier retry --output out       the last run, if it failed or was interrupted\n"
        "  dossier retry 12 --output out    run 12, whatever came of it\n");
    add_run(*retry_run_app);
    add_history(*retry_run_app, retry_command);
}

void declare_diff(CommandLine& line) {
    auto const options = std::make_shared<DiffOptions>();
    auto& diff = *options;
    auto* diff_app = line.app.add_subcommand("diff", "what changed between two runs, and why");
    diff_app->description(
        "What changed between two runs, and why: verdicts first, then stances with their quotes, articles, rules.\n\n"
        "Examples:\n"
        "  dossier diff 11 12 --output out             two runs, by their numbers in `dossier history`\n"
        "  dossier diff 11 --output out                run 11 and the one that `latest` leads to\n"
        "  dossier diff old/analysis.sqlite new        two files, or folders that hold one\n"
        "  dossier diff 11 12 --output out --json      for programs: one JSON object per change and line\n");
    diff_app->add_option("before", diff.before, "an analysis.sqlite, a folder that holds one, or a run")->required();
    diff_app->add_option("after", diff.after, "the same; without it, latest");
    diff_app->add_option("-o,--output", diff.output, "the folder that `dossier run` writes to")->capture_default_str();
    diff_app->add_option("--most", diff.most, "changes of a group that are shown; 0: all")
        ->check(whole_number(0, 1'000'000'000))
        ->capture_default_str();
    diff_app->add_flag("--exit-code", diff.exit_code, "exit with 1 if anything changed");
    diff_app->add_flag("--json", diff.json, "for programs: one JSON object per change and line");
    add_common(*diff_app, diff);
    diff_app->callback([&line, options] { line.exit_code = guarded(diff_command, *options); });
}

void declare_status(CommandLine& line) {
    auto const options = std::make_shared<StatusOptions>();
    auto& status = *options;
    auto* status_app = line.app.add_subcommand("status", "whether scheduled runs still do their work; for monitoring");
    status_app->description(
        "Whether the last good run is young enough, and whether every alert was told. One line, then details; exit "
        "code 0 "
        "if all is well, else 1.\n\n"
        "Examples:\n"
        "  dossier status --output out --max-age 8d      for a schedule of once a week\n"
        "  dossier status --output out --max-age 36h --json\n");
    status_app->add_option("-o,--output", status.output, "the folder that `dossier run` writes to")
        ->capture_default_str();
    status_app->add_option("--max-age", status.max_age, "how old the last good run may be: 8d, 36h, 90m, 1d12h")
        ->capture_default_str();
    status_app->add_flag("--json", status.json, "for programs");
    add_common(*status_app, status);
    status_app->callback([&line, options] { line.exit_code = guarded(status_command, *options); });
}

void declare_schedule(CommandLine& line) {
    auto const options = std::make_shared<ScheduleOptions>();
    auto& schedule = *options;
    auto* schedule_app =
        line.app.add_subcommand("schedule", "have a job run by itself: a systemd timer, or a line for cron");
    schedule_app->description(
        "Have a job run by itself: every day, every week or every month.\n\n"
        "Examples:\n"
        "  dossier schedule preview job.toml --output out --every 'week Mon 06:00'  the units, and the next five "
        "dates\n"
        "  dossier schedule install job.toml --output out --every 'week Mon 06:00'  a service and a timer of your own\n"
        "  dossier schedule install job.toml --output out --every day --cron        a line in your crontab\n"
        "  dossier schedule remove job.toml                                         what was installed, nothing "
        "else\n");
    schedule_app->require_subcommand(1);
    auto* schedule_install_app = schedule_app->add_subcommand("install", "write the units and start the timer");
    auto* schedule_preview_app = schedule_app->add_subcommand("preview", "show the units and the next five dates");
    auto* schedule_remove_app = schedule_app->add_subcommand("remove", "take away what install wrote for a job");
    for (auto* command : {schedule_install_app, schedule_preview_app, schedule_remove_app}) {
        command->add_option("job", schedule.job, "the job file")->required();
        auto* system = command->add_flag("--system", schedule.system, "units of the machine, in /etc/systemd/system");
        command->add_flag("--cron", schedule.cron, "your crontab instead of systemd")->excludes(system);
        command->add_option("--unit-dir", schedule.unit_folder, "where units are instead; systemd is not told of them");
        add_common(*command, schedule);
        if (command == schedule_remove_app) continue;
        command->add_option("-o,--output", schedule.output, "folder for runs/<id>/ and latest")->capture_default_str();
        command
            ->add_option(
                "--every", schedule.every,
                "day, week or month, with days and time: 'day 06:00', 'week Mon,Thu 06:00', 'month 31 06:00' (the "
                "last day); or as systemd writes it: 'Mon *-*-* 06:00'")
            ->required();
        command->add_option("--user", schedule.user, "whom the runs belong to; without it, who calls this")
            ->needs(system);
        command->add_option("--on-failure", schedule.on_failure, "a unit of systemd to start when a run fails");
        command->add_option("--umask", schedule.umask, "which permissions published files lack")->capture_default_str();
        command->add_flag("--allow-network", schedule.allow_network, "for hooks of alerts that need it");
        command
            ->add_option("--read", schedule.readable,
                         "a file or folder that hooks of alerts read, such as ~/.msmtprc (repeatable)")
            ->allow_extra_args(false)
            ->check(CLI::ExistingPath);
        add_job_plugins(*command, schedule);
    }
    schedule_install_app->add_flag("--dry-run", schedule.dry_run, "show what would be written, like preview");
    schedule_install_app->callback([&line, options] { line.exit_code = guarded(schedule_install_command, *options); });
    schedule_preview_app->callback([&line, options] { line.exit_code = guarded(schedule_preview_command, *options); });
    schedule_remove_app->callback([&line, options] { line.exit_code = guarded(schedule_remove_command, *options); });
}

}  // namespace dossier
