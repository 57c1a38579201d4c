#include "dossier/schedule/crontab.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "nasty_names.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier;
using namespace dossier::test;

ScheduledRun run_of(fs::path const& job, std::string const& expression = "day 06:00") {
    std::string problem;
    ScheduledRun run;
    run.program = "/usr/bin/dossier";
    run.job = job;
    run.output = job.parent_path() / "out";
    run.schedule = parse_schedule(expression, problem).value();
    return run;
}

/// The entry of the two lines, without its line break.
std::string entry_of(std::string const& lines) {
    auto const begin = lines.find('\n') + 1;
    return lines.substr(begin, lines.size() - begin - 1);
}

/// What cron hands to the shell: five fields off, "\%" is "%", and a bare "%" would end it.
std::string command_that_cron_runs(std::string const& entry) {
    std::size_t at = 0;
    for (int field = 0; field < 5; ++field)
        at = entry.find(' ', at) + 1;
    std::string command;
    for (; at < entry.size() && entry[at] != '%'; ++at) {
        EXPECT_FALSE(entry[at] == '\\' && entry[at + 1] != '%') << "not every cron leaves a backslash alone: " << entry;
        if (entry[at] == '\\') ++at;
        command += entry[at];
    }
    EXPECT_EQ(at, entry.size()) << "cut off by a percent sign: " << entry;
    return command;
}

TEST(CrontabEntry, HasTheTimesOfItsSchedule) {
    auto const times = [](std::string const& expression) {
        auto const entry = entry_of(crontab_lines(run_of("/srv/a.toml", expression)).value());
        return entry.substr(0, entry.find_first_of("/{") - 1);
    };
    EXPECT_EQ(times("day 06:05"), "5 6 * * *");
    EXPECT_EQ(times("week Mon,Sun 23:00"), "0 23 * * 1,0");
    EXPECT_EQ(times("month 15 00:30"), "30 0 15 * *");
    EXPECT_EQ(times("month 31 06:00"), "0 6 28-31 * *");
}

TEST(CrontabEntry, HandsOverExactlyTheArgumentsWhateverTheyAreCalled) {
    TemporaryFolder const folder;
    auto const program = folder.path() / "show";
    std::ofstream(program) << "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done > \"$(dirname \"$0\")/arguments\"\n";
    fs::permissions(program, fs::perms::owner_all);
    for (auto const* name : nasty_names) {
        auto run = run_of(fs::path("/srv") / name / (std::string(name) + ".toml"));
        run.program = program;
        auto const lines = crontab_lines(run).value();
        EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << lines;
        auto const shell = run_program(
            {"/bin/sh", "-c", "cd \"$0\" && " + command_that_cron_runs(entry_of(lines)), folder.path().string()});
        EXPECT_EQ(shell.exit_code, 0) << shell.err;
        std::string expected;
        auto const command = command_of(run);
        for (std::size_t i = 1; i < command.size(); ++i)
            expected += command[i] + "\n";
        EXPECT_EQ(bytes_of(folder.path() / "arguments"), expected);
    }
    EXPECT_EQ(files_below(folder.path()), (std::vector<std::string>{"arguments", "show"})) << "something was injected";
}

TEST(CrontabEntry, OnTheLastDayRunsOnNoOther) {
    if (!fs::exists("/usr/bin/faketime")) GTEST_SKIP() << "needs the package faketime";
    struct {
        char const *day, *expression;
        bool runs;
    } const days[] = {
        {"2028-02-28", "month 31", false}, {"2028-02-29", "month 31", true},  {"2028-02-28", "month 30", false},
        {"2028-02-29", "month 30", true},  {"2028-03-30", "month 30", true},  {"2028-03-31", "month 30", false},
        {"2027-02-28", "month 29", true},  {"2028-02-28", "month 29", false}, {"2028-02-29", "month 29", true},
        {"2028-04-30", "month 31", true},  {"2028-04-29", "month 31", false}, {"2028-12-31", "month 31", true}};
    for (auto const& [day, expression, runs] : days) {
        auto run = run_of("/srv/a.toml", expression);
        run.program = "/bin/echo";
        auto const command = command_that_cron_runs(entry_of(crontab_lines(run).value()));
        auto const result = run_program({"faketime", std::string(day) + " 06:00:10", "/bin/sh", "-c", command});
        EXPECT_EQ(!result.out.empty(), runs) << day << " " << expression;
    }
}

TEST(CrontabEntry, ThatIsTooLongForCronIsNotWritten) {
    EXPECT_TRUE(crontab_lines(run_of("/srv/" + std::string(200, 'x') + "/a.toml")));
    EXPECT_FALSE(crontab_lines(run_of("/srv/" + std::string(480, 'x') + "/a.toml")));
}

TEST(Crontab, KeepsEveryOtherByte) {
    fs::path const job = "/srv/a.toml";
    auto const ours = crontab_lines(run_of(job)).value(), other = crontab_lines(run_of("/srv/b.toml")).value();
    for (std::string const before : {"", "MAILTO=me\n\n# mine\n1 2 * * * true\n", "no line break at the end", "\n\n"}) {
        auto const with = with_job(before, job, ours);
        EXPECT_EQ(with_job(with, job, ours), with) << "twice is once";
        auto const expected = before.empty() || before.ends_with('\n') ? before : before + "\n";
        EXPECT_EQ(without_job(with, job), expected);
        EXPECT_EQ(without_job(with_job(with, "/srv/b.toml", other), job), expected + other);
    }
    EXPECT_EQ(without_job("# dossier schedule something\n", job), "# dossier schedule something\n");
}

}  // namespace
