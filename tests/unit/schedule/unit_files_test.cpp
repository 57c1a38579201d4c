#include "dossier/schedule/unit_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "dossier/schedule/installed_units.hpp"
#include "golden/dossier_process.hpp"
#include "nasty_names.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier;
using namespace dossier::test;

ScheduledRun run_of(fs::path const& job) {
    ScheduledRun run;
    run.program = "/usr/bin/true";
    run.job = job;
    run.output = job.parent_path() / "out";
    run.state = "/var/tmp/state";
    return run;
}

std::vector<std::string> lines_of(std::string const& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// "ExecStart", "[Service]", ... of each line that is no comment.
std::vector<std::string> settings_in(std::string const& text) {
    std::vector<std::string> settings;
    for (auto const& line : lines_of(text))
        if (!line.empty() && !line.starts_with('#')) settings.push_back(line.substr(0, line.find('=')));
    return settings;
}

void write(fs::path const& path, std::string const& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

TEST(UnitFiles, HaveTheSameSettingsWhateverTheJobIsCalled) {
    auto const service = settings_in(service_text(run_of("/srv/a/plain.toml")));
    auto const timer = settings_in(timer_text(run_of("/srv/a/plain.toml")));
    EXPECT_GT(service.size(), 30u);
    for (auto const* name : nasty_names) {
        auto const run = run_of(fs::path("/srv/a") / name / (std::string(name) + ".toml"));
        EXPECT_EQ(settings_in(service_text(run)), service) << name;
        EXPECT_EQ(settings_in(timer_text(run)), timer) << name;
        for (auto const& line : lines_of(service_text(run) + timer_text(run)))
            EXPECT_FALSE(line.ends_with('\\')) << "the next line would be swallowed: " << line;
    }
}

TEST(UnitFiles, QuoteWhatSystemdWouldReplace) {
    auto const text = service_text(run_of("/srv/a $HOME 100% \"x\" \\.toml"));
    EXPECT_NE(text.find("ExecStart=/usr/bin/true run \"/srv/a $$HOME 100%% \\\"x\\\" \\\\.toml\" --output /srv/out "
                        "--scheduled --as-of today --schedule \"day 06:00\"\n"),
              std::string::npos)
        << text;
}

TEST(UnitFiles, ShowHiddenFoldersOnlyAsFarAsTheRunNeedsThem) {
    ScheduledRun run = run_of("/home/jo/reviews/job.toml");
    run.program = "/home/jo/dossier/bin/dossier";
    run.readable = {"/home/jo/reviews/hooks", "/srv/plugins", "/home/jo/registry", "/home/jo/.msmtprc"};
    auto const text = service_text(run);
    std::vector<std::string> shown;
    for (auto const& line : lines_of(text))
        if (line.starts_with("Bind")) shown.push_back(line);
    EXPECT_EQ(shown, (std::vector<std::string>{
                         "BindReadOnlyPaths=\"-/home/jo/.msmtprc\"", "BindReadOnlyPaths=\"-/home/jo/dossier\"",
                         "BindReadOnlyPaths=\"-/home/jo/registry\"", "BindReadOnlyPaths=\"-/home/jo/reviews\"",
                         "BindPaths=\"/home/jo/reviews/out\"", "BindPaths=\"/var/tmp/state\""}));
}

TEST(UnitFiles, OpenTheNetworkOnlyOnRequest) {
    auto run = run_of("/srv/a.toml");
    auto const closed = service_text(run);
    EXPECT_NE(closed.find("PrivateNetwork=yes\n"), std::string::npos);
    EXPECT_NE(closed.find("RestrictAddressFamilies=none\n"), std::string::npos);
    run.allow_network = true;
    auto const open = service_text(run);
    EXPECT_EQ(open.find("PrivateNetwork"), std::string::npos);
    EXPECT_NE(open.find("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"), std::string::npos);
}

TEST(UnitNames, AreSafeAndTellJobsApart) {
    std::set<std::string> names;
    for (auto const* name : nasty_names) {
        auto const unit = unit_name(fs::path("/srv") / name / (std::string(name) + ".toml"));
        EXPECT_EQ(unit.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"),
                  std::string::npos)
            << unit;
        EXPECT_LT(unit.size(), 80u);
        names.insert(unit);
    }
    EXPECT_EQ(names.size(), nasty_names.size());
    EXPECT_NE(unit_name("/a/job.toml"), unit_name("/b/job.toml"));
    EXPECT_TRUE(unit_name("/a/Night lights.toml").starts_with("dossier-Night-lights-"));
    EXPECT_LT(unit_name("/a/" + std::string(200, 'x') + ".toml").size(), 80u);
}

TEST(Paths, WithWhatNoUnitFileHoldsAreRefused) {
    for (auto const* name : nasty_names)
        EXPECT_TRUE(can_be_scheduled(name)) << name;
    for (auto const* name : impossible_names)
        EXPECT_FALSE(can_be_scheduled(name)) << name;
}

TEST(NamesOfUnits, AreToldFromDirectives) {
    for (auto const* name : {"mail-me@%n.service", "alarm.target", "a.b_c:d.service"})
        EXPECT_TRUE(is_unit_name(name)) << name;
    for (auto const* name : {"", ".service", "mail", "a b.service", "a.service\nExecStart=x.service", "a;b.service",
                             "%.service", "%h.service", "a/b.service", "a.timer"})
        EXPECT_FALSE(is_unit_name(name)) << name;
}

// ---- Read back by systemd

bool has_systemd() {
    return fs::exists("/usr/bin/systemd-analyze");
}

/// Every setting is one that systemd knows, and none holds what it does not understand: it would warn.
TEST(UnitFiles, AreAcceptedBySystemdWithoutAWord) {
    if (!has_systemd()) GTEST_SKIP() << "needs the package systemd";
    TemporaryFolder const folder;
    std::vector<std::string> command{"systemd-analyze", "verify", "--man=no", "--recursive-errors=no"};
    for (auto const* name : nasty_names) {
        auto run = run_of(folder.path() / name / (std::string(name) + ".toml"));
        run.user = "daemon";
        run.on_failure = "mail-me@%n.service";
        fs::create_directories(run.output);
        for (auto const& [path, text] : unit_files(run, folder.path() / "units")) {
            write(path, text);
            command.push_back(path.string());
        }
    }
    auto const result = run_program(command, {{"SYSTEMD_LOG_LEVEL", "info"}});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out + result.err, "");
}

TEST(UnitFiles, WithAnUnknownSettingWouldNotBeAccepted) {
    if (!has_systemd()) GTEST_SKIP() << "needs the package systemd";
    TemporaryFolder const folder;
    auto const service = folder.path() / "dossier-x.service";
    write(service, service_text(run_of("/srv/a.toml")) + "ProtectEverything=yes\n");
    EXPECT_NE(run_program({"systemd-analyze", "verify", "--man=no", service.string()}).err, "");
}

/// The verdict of `systemd-analyze security` at a threshold (10 times the exposure that it prints), and its last line.
std::pair<bool, std::string> exposure_passes(ScheduledRun const& run, int threshold) {
    TemporaryFolder const folder;
    auto const service = folder.path() / "dossier-x.service";
    write(service, service_text(run));
    auto const result = run_program({"systemd-analyze", "security", "--offline=true", "--no-pager",
                                     "--threshold=" + std::to_string(threshold), service.string()},
                                    {{"SYSTEMD_COLORS", "0"}});
    auto const at = result.out.find("Overall exposure level");
    return {result.exit_code == 0, at == std::string::npos ? result.out + result.err : result.out.substr(at)};
}

TEST(Exposure, OfAUnitOfTheMachineIsTwoTenthsOfOnePoint) {
    if (!has_systemd()) GTEST_SKIP() << "needs the package systemd";
    auto run = run_of("/srv/a.toml");
    run.user = "daemon";
    run.state.clear();
    auto const [passes, said] = exposure_passes(run, 2);
    EXPECT_TRUE(passes) << said;
    EXPECT_FALSE(exposure_passes(run, 1).first) << "the threshold decides nothing: " << said;
}

// A user's own unit names no user, which systemd-analyze reads as root: 0.4 of what it counts.
TEST(Exposure, OfAUsersOwnUnitIsAtMostTwo) {
    if (!has_systemd()) GTEST_SKIP() << "needs the package systemd";
    auto run = run_of("/srv/a.toml");
    auto const [passes, said] = exposure_passes(run, 5);
    EXPECT_TRUE(passes) << said;
    run.allow_network = true;
    auto const [passes_with_network, said_then] = exposure_passes(run, 20);
    EXPECT_TRUE(passes_with_network) << said_then;
}

// ---- In a folder

TEST(InstalledUnits, AreWrittenOnceAndRemovedWithTheirLink) {
    TemporaryFolder const folder;
    auto const run = run_of("/srv/a.toml");
    auto const units = folder.path() / "units";
    auto const files = unit_files(run, units);
    EXPECT_TRUE(write_units(files));
    EXPECT_FALSE(write_units(files)) << "the second time there is nothing to do";
    EXPECT_TRUE(foreign_units(run.job, units).empty());
    EXPECT_EQ(files_below(units).size(), 2u) << "nothing half-written stays";
    fs::create_directories(units / "timers.target.wants");
    fs::create_symlink(files[1].path, units / "timers.target.wants" / files[1].path.filename());
    write(units / "other.service", "[Unit]\n");
    EXPECT_EQ(remove_units(run.job, units).size(), 2u);
    EXPECT_EQ(files_below(units), std::vector<std::string>{"other.service"});
    EXPECT_FALSE(fs::is_symlink(units / "timers.target.wants" / files[1].path.filename()));
    EXPECT_TRUE(remove_units(run.job, units).empty());
}

TEST(InstalledUnits, OfOthersAreNeitherOverwrittenNorRemoved) {
    TemporaryFolder const folder;
    auto const run = run_of("/srv/a.toml");
    auto const files = unit_files(run, folder.path());
    write(files[0].path, "[Service]\nExecStart=/bin/true\n");
    fs::create_symlink("/dev/null", files[1].path);  // masked
    EXPECT_EQ(foreign_units(run.job, folder.path()), (std::vector<fs::path>{files[0].path, files[1].path}));
    EXPECT_TRUE(remove_units(run.job, folder.path()).empty());
    EXPECT_TRUE(fs::is_symlink(files[1].path));
    EXPECT_EQ(bytes_of(files[0].path), "[Service]\nExecStart=/bin/true\n");
}

}  // namespace
