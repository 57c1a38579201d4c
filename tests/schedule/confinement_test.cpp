// The units in a real systemd: what they hand over, what they leave of the machine, and that a job runs in them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "dossier/schedule/calendar.hpp"
#include "dossier/schedule/installed_units.hpp"
#include "golden/dossier_process.hpp"
#include "nested_machine.hpp"
#include "support/sanitized.hpp"
#include "unit/schedule/nasty_names.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier;
using namespace dossier::test;

constexpr uid_t daemon_id = 1;

void write(fs::path const& path, std::string const& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// Everybody may read what is in the folder, and daemon owns it.
void give_to_daemon(fs::path const& folder) {
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        ASSERT_EQ(::lchown(entry.path().c_str(), daemon_id, daemon_id), 0);
    ASSERT_EQ(::lchown(folder.c_str(), daemon_id, daemon_id), 0);
}

class Units : public testing::Test {
protected:
    void SetUp() override {
        if (auto const reason = why_no_nested_machine(); !reason.empty()) GTEST_SKIP() << reason;
        fs::permissions(folder_.path(), fs::perms(0755));
        fs::create_directories(work());
    }
    [[nodiscard]] fs::path work() const { return folder_.path() / "machine"; }
    [[nodiscard]] fs::path const& folder() const { return folder_.path(); }

    /// A copy of the first example that daemon owns.
    [[nodiscard]] fs::path example() const {
        auto const job = folder_.path() / "review of 100% $HOME \"quotes\"";
        fs::copy(fs::path(DOSSIER_SOURCE_DIR) / "examples/01-first-report", job, fs::copy_options::recursive);
        give_to_daemon(job);
        return job;
    }

    /// A run of `program` by daemon, whose folder for the output is there.
    [[nodiscard]] ScheduledRun run_of(fs::path const& program) const {
        ScheduledRun run;
        run.program = program;
        run.job = folder() / "job" / "job.toml";
        run.output = folder() / "out";
        run.user = "daemon";
        write(run.job, "");
        fs::create_directories(run.output);
        EXPECT_EQ(::chown(run.output.c_str(), daemon_id, daemon_id), 0);
        return run;
    }

private:
    TemporaryFolder folder_;
};

/// Takes the place of dossier: tells which arguments it was given and what it may do.
constexpr char const* impostor = R"(#!/bin/sh
printf '%s\n' "$@" > "$4/arguments"
{
    for path in /usr/x /etc/x /var/x /opt/x "$(dirname "$2")/x"; do
        (: > "$path") 2>/dev/null && echo "wrote $path"
    done
    ls -A /home /root
    grep -E '^(NoNewPrivs|Seccomp|CapEff|CapBnd):' /proc/self/status
    ls /proc/1 >/dev/null 2>&1 && echo "sees other processes"
    tail -n +3 /proc/self/net/dev | cut -d: -f1
} > "$4/limits"
)";

constexpr char const* limits_expected =
    "/home:\n\n/root:\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"
    "    lo\n";

TEST_F(Units, HandOverHostilePathsAsTheyAreAndConfineTheRun) {
    auto const program = folder() / "bin" / "impostor";
    write(program, impostor);
    fs::permissions(program, fs::perms(0755));
    std::string script = "systemctl daemon-reload\n";
    std::vector<ScheduledRun> runs;
    for (auto const* name : nasty_names) {
        ScheduledRun run;
        run.program = program;
        auto const job = folder() / "jobs" / name / (std::string(name) + ".toml");
        write(job, "");
        run.job = fs::weakly_canonical(job);
        run.output = run.job.parent_path() / (std::string(name) + " out");
        run.user = "daemon";
        fs::create_directories(run.output);
        ASSERT_EQ(::chown(run.output.c_str(), daemon_id, daemon_id), 0);
        for (auto const& [path, text] : unit_files(run, work() / "units"))
            write(path, text);
        script += "systemctl start " + unit_name(run.job) + ".service || exit 1\n";
        runs.push_back(run);
    }
    auto const result = run_in_nested_machine(work(), script);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (auto const& run : runs) {
        std::string expected;
        auto const command = command_of(run);
        for (std::size_t i = 1; i < command.size(); ++i)
            expected += command[i] + "\n";
        EXPECT_EQ(bytes_of(run.output / "arguments"), expected);
        auto const limits = bytes_of(run.output / "limits");
        EXPECT_EQ(limits, limits_expected) << run.job;
    }
    for (auto const& file : files_below(folder()))
        EXPECT_NE(fs::path(file).filename(), "injected") << file;
}

/// What the run left: a whole set that `latest` leads to.
void expect_published(fs::path const& output) {
    auto const files = fs::exists(output / "latest") ? files_below(output / "latest") : std::vector<std::string>();
    for (auto const* file :
         {"analysis.sqlite", "energy-drinks.html", "energy-drinks.md", "energy-drinks.pdf", "manifest.json"})
        EXPECT_TRUE(std::find(files.begin(), files.end(), file) != files.end()) << file << " is not in " << output;
}

// The worker's own sandbox (Landlock, seccomp, limits) is set up inside the unit's: no --allow-unsandboxed is given.
TEST_F(Units, OfTheMachineRunAJobAndFireWhenDue) {
    if (sanitized) GTEST_SKIP() << "sanitizers need what the units forbid: /proc and ptrace";
    auto const job = example();
    auto const result = run_in_nested_machine(work(), R"(
cd ')" + job.string() + R"(' || exit 1
dossier=)" DOSSIER_PROGRAM R"(
$dossier schedule install job.toml --output out --every 'week Mon,Thu 06:00' --system --user daemon || exit 2
name=$(basename /etc/systemd/system/dossier-*.service .service)
systemctl start $name.service || { systemctl show $name.service; exit 3; }
systemctl show --property=Result,ExecMainStatus $name.service
systemctl show --property=ActiveState,NextElapseUSecRealtime $name.timer
$dossier schedule install job.toml --output out --every 'week Mon,Thu 06:00' --system --user daemon | head -1
$dossier schedule remove job.toml --system || exit 4
systemctl show --property=LoadState $name.timer
find /etc/systemd/system -type f -o -type l
)");
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_NE(result.out.find("Result=success\n"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("ActiveState=active\n"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("nothing changed: installed already"), std::string::npos) << result.out;
    EXPECT_TRUE(result.out.ends_with("LoadState=not-found\n")) << result.out;  // and no file, no link
    Schedule const schedule{.weekdays = 9};
    auto const due = next_due_times(schedule, std::time(nullptr), 1).front();
    auto const at = result.out.find("NextElapseUSecRealtime=") + 23;
    EXPECT_EQ(result.out.substr(at, 14), due.local.substr(0, 14)) << "systemd and the preview differ";
    expect_published(job / "out");
}

TEST_F(Units, OfAUserRunAJob) {
    if (sanitized) GTEST_SKIP() << "sanitizers need what the units forbid: /proc and ptrace";
    auto const job = example();
    auto const result = run_in_nested_machine(work(), R"(
systemctl start user-manager.service || exit 1
cat > /run/as-daemon.sh <<'END'
cd ')" + job.string() + R"(' || exit 2
dossier=)" DOSSIER_PROGRAM R"(
$dossier schedule install job.toml --output out --every day || exit 3
name=$(basename $HOME/.config/systemd/user/dossier-*.service .service)
systemctl --user start $name.service || { systemctl --user show $name.service; exit 4; }
systemctl --user show --property=Result,ExecMainStatus $name.service
systemctl --user show --property=ActiveState $name.timer
$dossier schedule remove job.toml || exit 5
END
setpriv --reuid=1 --regid=1 --clear-groups env HOME=$work/home XDG_RUNTIME_DIR=/run/user/1 sh /run/as-daemon.sh
)");
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_NE(result.out.find("Result=success\n"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("ActiveState=active\n"), std::string::npos) << result.out;
    expect_published(job / "out");
    for (auto const& file : files_below(work() / "home/.config"))
        EXPECT_EQ(file.find("dossier-"), std::string::npos) << file << " was left behind";
}

// Both lie in a folder that is empty in the unit but for them, as a home is.
TEST_F(Units, ShowAHookAndTheFileThatItReads) {
    auto const program = folder() / "dossier" / "bin" / "run-hook", hook = folder() / "hooks" / "mail";
    auto const configuration = folder() / "home" / ".msmtprc";
    write(program, "#!/bin/sh\n'" + hook.string() + "' > \"$4/told\"\n");
    write(hook,
          "#!/bin/sh\ncat '" + configuration.string() + "'\nls -A '" + configuration.parent_path().string() + "'\n");
    write(configuration, "account default\n");
    write(configuration.parent_path() / "secret", "");
    for (auto const& script : {program, hook})
        fs::permissions(script, fs::perms(0755));
    auto run = run_of(program);
    run.readable = {hook.parent_path(), configuration, folder() / "gone"};
    for (auto const& [path, text] : unit_files(run, work() / "units"))
        write(path, text);
    auto const result =
        run_in_nested_machine(work(), "systemctl daemon-reload\nsystemctl start " + unit_name(run.job) + ".service\n");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(bytes_of(run.output / "told"), "account default\n.msmtprc\n");
}

// The machine was off for days: one run, soon after the timer is there again.
TEST_F(Units, MakeUpForMissedPeriodsWithOneRun) {
    auto const program = folder() / "bin" / "count";
    write(program, "#!/bin/sh\necho run >> \"$4/runs\"\n");
    fs::permissions(program, fs::perms(0755));
    auto const run = run_of(program);
    for (auto const& [path, text] : unit_files(run, work() / "units"))
        write(path, text);
    auto const name = unit_name(run.job);
    auto const result = run_in_nested_machine(work(), "timer=" + name + R"(.timer
mkdir -p /run/systemd/system/$timer.d /var/lib/systemd/timers
printf '[Timer]\nRandomizedDelaySec=0\nAccuracySec=1\n' > /run/systemd/system/$timer.d/at-once.conf
touch -d '4 days ago' /var/lib/systemd/timers/stamp-$timer
systemctl daemon-reload
systemctl start $timer
for i in $(seq 50); do
    [ -s ')" + (run.output / "runs").string() + R"(' ] && break
    sleep 0.2
done
sleep 1.5
)");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    ASSERT_TRUE(fs::exists(run.output / "runs")) << "missed runs are not made up for";
    EXPECT_EQ(bytes_of(run.output / "runs"), "run\n");
}

}  // namespace
