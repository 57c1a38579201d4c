// dossier schedule as a user meets it: what is written where, what is said, and what is left alone.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"
#include "unit/schedule/nasty_names.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

class Schedule : public testing::Test {
protected:
    void SetUp() override {
        fs::copy(fs::path(DOSSIER_SOURCE_DIR) / "examples/01-first-report", job_folder(), fs::copy_options::recursive);
    }
    [[nodiscard]] fs::path job_folder() const { return folder_.path() / "review"; }
    [[nodiscard]] std::string job() const { return (job_folder() / "job.toml").string(); }
    [[nodiscard]] fs::path home() const { return folder_.path() / "home"; }
    [[nodiscard]] fs::path units() const { return home() / ".config/systemd/user"; }
    [[nodiscard]] fs::path output() const { return folder_.path() / "out"; }
    [[nodiscard]] fs::path const& folder() const { return folder_.path(); }

    [[nodiscard]] ProcessResult run(std::vector<std::string> const& words, Environment environment = {}) const {
        std::vector<std::string> command{DOSSIER_PROGRAM, "schedule"};
        command.insert(command.end(), words.begin(), words.end());
        environment.insert(environment.end(), {{"HOME", home().string()},
                                               {"XDG_CONFIG_HOME", ""},
                                               {"XDG_STATE_HOME", ""},
                                               {"XDG_RUNTIME_DIR", "/nonexistent"},
                                               {"TZ", "Europe/Berlin"}});
        return run_program(command, environment);
    }
    [[nodiscard]] ProcessResult install(std::string const& every) const {
        return run({"install", job(), "--output", output().string(), "--every", every});
    }

private:
    TemporaryFolder folder_;
};

TEST_F(Schedule, PreviewShowsUnitsAndFiveDatesAndWritesNothing) {
    if (sanitized) GTEST_SKIP() << "libfaketime and the sanitizer both want to be loaded first";
    if (!fs::exists("/usr/bin/faketime")) GTEST_SKIP() << "needs the package faketime";
    auto const result = run_program({"faketime", "2026-03-27 12:00:00", DOSSIER_PROGRAM, "schedule", "preview", job(),
                                     "--output", output().string(), "--every", "day 02:30"},
                                    {{"HOME", home().string()}, {"TZ", "Europe/Berlin"}});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.out.find("[Service]\n"), std::string::npos);
    EXPECT_NE(result.out.find("OnCalendar=*-*-* 02:30:00\n"), std::string::npos);
    EXPECT_TRUE(
        result.out.ends_with("due next, in local time:\n"
                             "  Sat 2026-03-28 02:30 +01:00\n"
                             "  Mon 2026-03-30 02:30 +02:00\n"
                             "  Tue 2026-03-31 02:30 +02:00\n"
                             "  Wed 2026-04-01 02:30 +02:00\n"
                             "  Thu 2026-04-02 02:30 +02:00\n"))
        << result.out;
    EXPECT_FALSE(fs::exists(home()));
    EXPECT_FALSE(fs::exists(output()));
}

TEST_F(Schedule, DryRunIsAPreview) {
    auto const words = [&](char const* verb) {
        return std::vector<std::string>{verb, job(), "--output", output().string(), "--every", "month 31"};
    };
    auto dry = words("install");
    dry.emplace_back("--dry-run");
    auto const result = run(dry);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, run(words("preview")).out);
    EXPECT_FALSE(fs::exists(home()));
}

TEST_F(Schedule, IsInstalledChangedAndRemoved) {
    auto const first = install("day 06:00");
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_NE(first.out.find("systemctl --user daemon-reload\n"), std::string::npos) << first.out;
    auto const files = files_below(units());
    ASSERT_EQ(files.size(), 2u);
    EXPECT_TRUE(fs::is_directory(output())) << "units cannot start without it";
    auto const service = bytes_of(units() / files[0]);
    EXPECT_NE(install("day 06:00").out.find("nothing changed"), std::string::npos);
    EXPECT_EQ(bytes_of(units() / files[0]), service);
    EXPECT_NE(install("week Sat 07:00").out.find("installed:"), std::string::npos);
    EXPECT_EQ(files_below(units()), files) << "one schedule per job";
    EXPECT_NE(bytes_of(units() / files[1]).find("OnCalendar=Sat *-*-* 07:00:00\n"), std::string::npos);
    std::ofstream(units() / "dossier-other.service") << "[Unit]\n";
    fs::remove_all(job_folder());  // a job that is gone can still be taken off the schedule
    auto const removed = run({"remove", job()});
    EXPECT_EQ(removed.exit_code, 0) << removed.err;
    EXPECT_EQ(files_below(units()), std::vector<std::string>{"dossier-other.service"});
    EXPECT_NE(run({"remove", job()}).out.find("nothing to remove"), std::string::npos);
}

TEST_F(Schedule, OfAnotherHandIsLeftAlone) {
    ASSERT_EQ(install("day").exit_code, 0);
    auto const service = units() / files_below(units())[0];
    std::ofstream(service) << "[Service]\nExecStart=/bin/true\n";
    for (auto const& result : {install("day"), run({"remove", job()})}) {
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_NE(result.err.find("DOS0724"), std::string::npos) << result.err;
    }
    EXPECT_EQ(bytes_of(service), "[Service]\nExecStart=/bin/true\n");
    EXPECT_EQ(files_below(units()).size(), 2u);
}

TEST_F(Schedule, IsFoundByAnyWayOfWritingTheJobsPath) {
    ASSERT_EQ(install("day").exit_code, 0);
    fs::create_directory_symlink(job_folder(), folder() / "link");
    EXPECT_EQ(run({"remove", (folder() / "link/../link/./job.toml").string()}).exit_code, 0);
    EXPECT_TRUE(files_below(units()).empty());
}

TEST_F(Schedule, OfAPathThatNoUnitCanHoldIsRefused) {
    for (auto const* name : impossible_names) {
        auto const folder_of_job = folder() / name;
        fs::copy(job_folder(), folder_of_job, fs::copy_options::recursive);
        for (auto const& kind : {"--dry-run", "--cron"}) {
            auto const result = run({"install", (folder_of_job / "job.toml").string(), "--output", output().string(),
                                     "--every", "day", kind});
            EXPECT_EQ(result.exit_code, 2) << name;
            EXPECT_NE(result.err.find("DOS0722"), std::string::npos) << result.err;
        }
    }
    EXPECT_FALSE(fs::exists(home()));
}

TEST_F(Schedule, OfAJobWithMistakesIsRefused) {
    std::ofstream(job_folder() / "job.toml") << "[job]\n";
    EXPECT_EQ(install("day").exit_code, 2);
    EXPECT_FALSE(fs::exists(home()));
}

TEST_F(Schedule, ShowsHooksAndWhatTheyReadToTheUnit) {
    auto const hooks = folder() / "hooks", read = home() / ".msmtprc", told = home() / "dotfiles/msmtprc";
    fs::create_directories(hooks);
    fs::create_directories(told.parent_path());
    std::ofstream(told) << "account default\n";
    fs::create_symlink(told, read);
    std::ofstream(job_folder() / "job.toml", std::ios::app)
        << "\n[[alert]]\nid = \"a\"\nwhen = \"failed_runs > 1\"\nhook = [\"" << (hooks / "mail").string()
        << "\"]\n[[alert]]\nid = \"b\"\nwhen = \"failed_runs > 1\"\nhook = [\"../beside/mail\"]\n"
        << "[[alert]]\nid = \"c\"\nwhen = \"failed_runs > 1\"\nhook = [\"/home/jo/mail\"]\n";
    auto const result = run({"preview", job(), "--output", output().string(), "--every", "day", "--read", read.string(),
                             "--read", hooks.string()});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    for (auto const& path : {hooks, folder() / "beside", read, told, fs::path("/home/jo/mail")})
        EXPECT_NE(result.out.find("BindReadOnlyPaths=\"-" + path.string() + "\"\n"), std::string::npos)
            << path << " in " << result.out;
    EXPECT_EQ(run({"preview", job(), "--every", "day", "--read", (folder() / "missing").string()}).exit_code, 2);
}

TEST_F(Schedule, OfAPathThatCannotBeFollowedIsRefusedInOneSentence) {
    fs::create_symlink("circle", folder() / "circle");
    auto const circle = (folder() / "circle").string(), endless = (folder() / std::string(300, 'x') / "a").string();
    for (auto const& result : {run({"remove", circle + "/job.toml"}), run({"remove", endless}),
                               run({"preview", job(), "--output", circle + "/out", "--every", "day"})}) {
        EXPECT_EQ(result.exit_code, 1) << result.err;
        EXPECT_TRUE(result.err.starts_with("dossier: cannot follow the path \"")) << result.err;
        EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    }
}

// ---- cron, with a table of its own

class Crontab : public Schedule {
protected:
    void SetUp() override {
        if (::geteuid() != 0) GTEST_SKIP() << "needs root, for a crontab of its own";
        if (!fs::exists("/usr/bin/crontab")) GTEST_SKIP() << "needs the package cron";
        Schedule::SetUp();
    }
    /// Runs a script that sees an empty folder of crontabs.
    [[nodiscard]] ProcessResult shell(std::string const& script) const {
        return run_program({"unshare", "--mount", "sh", "-c",
                            "mount --make-rprivate / && mount -t tmpfs -o mode=1730,gid=crontab tmpfs "
                            "/var/spool/cron/crontabs && " +
                                script,
                            DOSSIER_PROGRAM, job(), output().string()},
                           {{"HOME", home().string()}, {"TZ", "UTC"}});
    }
};

TEST_F(Crontab, IsAddedToOnceAndKeepsWhatWasThere) {
    auto const result = shell(R"(
printf '# mine\nMAILTO=me\n1 2 * * * true\n' | crontab -
"$0" schedule install "$1" --output "$2" --every 'week Mon 06:00' --cron --quiet && crontab -l && echo ---
"$0" schedule install "$1" --output "$2" --every 'week Tue 07:00' --cron --quiet && crontab -l && echo ---
"$0" schedule install "$1" --output "$2" --every 'week Tue 07:00' --cron | head -1
"$0" schedule remove "$1"
"$0" schedule remove "$1" --cron && crontab -l && "$0" schedule remove "$1" --cron)");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    std::string const theirs = "# mine\nMAILTO=me\n1 2 * * * true\n";
    EXPECT_TRUE(result.out.starts_with(theirs + "# \"")) << result.out;
    EXPECT_NE(result.out.find("\n0 6 * * 1 "), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("---\n" + theirs + "# \""), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("\n0 7 * * 2 "), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find("\n0 6 * * 1 "), result.out.rfind("\n0 6 * * 1 ")) << "replaced, not added";
    EXPECT_TRUE(
        result.out.ends_with("nothing changed: in the crontab already:\n"
                             "nothing to remove: there is no schedule of this job\n"
                             "the crontab holds one: add --cron\n"
                             "removed from the crontab\n" +
                             theirs + "nothing to remove: the crontab holds no schedule of this job\n"))
        << result.out;
}

TEST_F(Crontab, WhereTheJobIsNotInSaysThatSystemdHasIt) {
    auto const result = shell(R"(
"$0" schedule install "$1" --output "$2" --every 'week Mon 06:00' --quiet 2>/dev/null && "$0" schedule remove "$1" --cron)");
    EXPECT_TRUE(
        result.out.ends_with("nothing to remove: the crontab holds no schedule of this job\n"
                             "your systemd has one: leave --cron out\n"))
        << result.out << result.err;
}

TEST_F(Crontab, TakesEveryPath) {
    std::string script = "true";
    fs::create_directories(folder() / "jobs");
    for (auto const* name : nasty_names)
        fs::copy(job_folder(), folder() / "jobs" / name, fs::copy_options::recursive);
    script += R"(
for job in ")" +
              (folder() / "jobs").string() + R"("/*/job.toml; do
    "$0" schedule install "$job" --output "$2" --every 'month 31 06:00' --cron --quiet || exit 1
done
crontab -l | grep -c '^0 6 28-31 ')";
    auto const result = shell(script);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, std::to_string(nasty_names.size()) + "\n");
}

}  // namespace
