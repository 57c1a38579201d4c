// Alerts end to end: runs of the program fire them, the hooks of config/hooks tell them, `dossier status` watches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "dossier/job/alert_condition.hpp"
#include "dossier/job/alert_measures.hpp"
#include "dossier/job/alert_readings.hpp"
#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::test::bytes_of;
using dossier::test::Environment;
using dossier::test::ProcessResult;
using dossier::test::run_program;
using testing::HasSubstr;
using testing::Not;

constexpr char const* claims =
    "[[claim]]\nid = \"sleep\"\nstatement = \"Coffee harms sleep.\"\nsupports = [\"slept badly\"]\n"
    "refutes = [\"slept well\"]\n";
constexpr char const* for_it = "People who drank coffee slept badly for weeks, the authors of this study write.\n";
constexpr char const* against_it =
    "In another town, the researchers report, coffee drinkers slept well throughout the summer.\n";

class AlertsOfRuns : public testing::Test {
protected:
    void SetUp() override {
        write("claims.toml", claims);
        write("articles/a.txt", for_it);
    }

    [[nodiscard]] fs::path path(std::string const& name) const { return folder_.path() / name; }
    void write(std::string const& name, std::string const& text) const {
        fs::create_directories(path(name).parent_path());
        std::ofstream(path(name), std::ios::binary) << text;
    }
    void write_program(std::string const& name, std::string const& script) const {
        write(name, "#!/bin/sh\n" + script);
        fs::permissions(path(name), fs::perms::owner_all);
    }
    void write_job(std::string const& alerts) const {
        write("job.toml", "[job]\nas_of = 2026-11-22\n[sources]\ninclude = [\"articles/*.txt\"]\n" + alerts);
    }
    [[nodiscard]] ProcessResult dossier(std::vector<std::string> words, Environment const& environment = {}) const {
        words.insert(words.begin(), DOSSIER_PROGRAM);
        return run_program(words, environment);
    }
    [[nodiscard]] ProcessResult run(std::vector<std::string> const& more = {}) const {
        std::vector<std::string> words{"run", path("job.toml").string(), "--output", path("out").string(), "--hooks"};
        words.insert(words.end(), more.begin(), more.end());
        return dossier(words);
    }
    [[nodiscard]] ProcessResult status(std::vector<std::string> const& more = {}) const {
        std::vector<std::string> words{"status", "--output", path("out").string()};
        words.insert(words.end(), more.begin(), more.end());
        return dossier(words);
    }
    [[nodiscard]] std::string told() const { return fs::exists(path("told")) ? bytes_of(path("told")) : ""; }

    dossier::test::TemporaryFolder folder_;
};

constexpr char const* alert_of_refutation =
    "[[alert]]\nid = \"turns\"\nclaim = \"sleep\"\nwhen = \"refutes > 0\"\nhook = [\"./hook\"]\n";

TEST_F(AlertsOfRuns, FireOnceWhenTheEvidenceTurns) {
    write_program("hook", "cat >> told\n");
    write_job(alert_of_refutation);
    auto const quiet = run({"--alert-exit-code"});
    EXPECT_EQ(quiet.exit_code, 0) << quiet.err;
    write("articles/b.txt", against_it);
    auto const fired = run({"--alert-exit-code"});
    EXPECT_EQ(fired.exit_code, 4) << fired.err;
    EXPECT_THAT(fired.out, HasSubstr("alert \"turns\" fired: refutes is 1 (before: 0) on \"Coffee harms sleep.\"\n"));
    auto const unchanged = run({"--alert-exit-code"});
    EXPECT_EQ(unchanged.exit_code, 0) << unchanged.err;
    EXPECT_THAT(unchanged.out, Not(HasSubstr("fired")));
    auto const message = nlohmann::json::parse(told());  // one message only
    EXPECT_EQ(message["run"]["number"], 2);
    EXPECT_EQ(message["job"]["path"], path("job.toml").string());
    EXPECT_TRUE(fs::exists(fs::path(message["set"].get<std::string>()) / "analysis.sqlite"));
}

TEST_F(AlertsOfRuns, OnChangesFireForEachSet) {
    write_job("[[alert]]\nid = \"new\"\nwhen = \"changes.article_new > 0\"\n");
    EXPECT_EQ(run({"--alert-exit-code"}).exit_code, 0) << "a first run has no changes";
    write("articles/b.txt", against_it);
    EXPECT_EQ(run({"--alert-exit-code"}).exit_code, 4);
    EXPECT_EQ(run({"--alert-exit-code"}).exit_code, 0);
    write("articles/c.txt", std::string("Once more. ") + against_it);
    EXPECT_EQ(run({"--alert-exit-code"}).exit_code, 4);
}

TEST_F(AlertsOfRuns, WithoutLeaveToStartHooksWaitForARunThatHasIt) {
    write_program("hook", "cat >> told\n");
    write("articles/b.txt", against_it);
    write_job(alert_of_refutation);
    auto const by_hand = dossier({"run", path("job.toml").string(), "--output", path("out").string()});
    EXPECT_EQ(by_hand.exit_code, 0) << by_hand.err;
    EXPECT_THAT(by_hand.err, HasSubstr("[DOS0803]"));
    EXPECT_EQ(told(), "");
    EXPECT_EQ(run().exit_code, 0);
    EXPECT_THAT(told(), HasSubstr("\"turns\""));
}

TEST_F(AlertsOfRuns, LeaveTheLockToTheRun) {
    write_program("hook", "flock --nonblock out/.lock true && echo free > told || echo held > told\n");
    write("articles/b.txt", against_it);
    write_job(alert_of_refutation);
    EXPECT_EQ(run().exit_code, 0);
    EXPECT_EQ(told(), "held\n");
    EXPECT_EQ(run().exit_code, 0) << "no hook keeps the lock";
}

TEST_F(AlertsOfRuns, AreLookedAtWhenTheRegistryIsWrongButNotWhenTheJobIs) {
    write_program("hook", "cat >> told\n");
    std::string const failing = "[[alert]]\nid = \"failing\"\nwhen = \"failed_runs >= 1\"\nhook = [\"./hook\"]\n";
    write_job(failing);
    EXPECT_EQ(run().exit_code, 0);
    write_job(failing + "hold = \"two\"\n");
    EXPECT_EQ(run({"--scheduled"}).exit_code, 2);
    EXPECT_EQ(told(), "");
    write_job(failing);
    write("claims.toml", "[[claim]]\nid = 7\n");
    EXPECT_EQ(run({"--scheduled"}).exit_code, 2);
    EXPECT_THAT(told(), HasSubstr("\"failing\""));
}

TEST_F(AlertsOfRuns, CanLookAtEverythingInARealAnalysis) {
    write("articles/b.txt", against_it);
    write_job("");
    ASSERT_EQ(run().exit_code, 0);
    auto const database = (path("out") / "latest" / "analysis.sqlite").string();
    for (auto const& measure : dossier::alert_measures()) {
        dossier::JobAlert alert;
        alert.claim.text = "sleep";
        alert.when = dossier::parse_alert_condition(
                         measure.is_number() ? measure.name + " >= 0" : measure.name + " is '" + measure.words[0] + "'")
                         .condition;
        auto const readings = dossier::read_for(alert, database, {"2026-11-22", 0.0, 0});
        auto const& reading = readings.at(measure.name);
        EXPECT_EQ(reading.is_missing(), !reading.reason.empty()) << measure.name;
        if (auto const* word = std::get_if<std::string>(&reading.value)) {
            EXPECT_THAT(measure.words, testing::Contains(*word));
        }
    }
}

TEST_F(AlertsOfRuns, AreWatchedByStatus) {
    EXPECT_EQ(status().exit_code, 1);
    EXPECT_THAT(status().out, HasSubstr("FAILED: there is no folder "));
    write("articles/b.txt", against_it);
    write_job("[[alert]]\nid = \"turns\"\nclaim = \"sleep\"\nwhen = \"refutes > 0\"\nhook = [\"./missing\"]\n");
    EXPECT_EQ(run().exit_code, 3);
    auto const failed = status({"--max-age", "8d"});
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_THAT(failed.out, testing::StartsWith("FAILED: the alert \"turns\" fired in run 1, but its hook could not be "
                                                "started: No such file or directory: nobody was told; 1 of 1 alert "
                                                "firing\n"));
    auto const json = nlohmann::json::parse(status({"--json"}).out);
    EXPECT_EQ(json["ok"], false);
    EXPECT_EQ(json["not_delivered"][0]["alert"], "turns");
    EXPECT_EQ(json["last_good"]["number"], 1);
}

TEST_F(AlertsOfRuns, LeaveStatusWellWhereAllAreTold) {
    write_job(alert_of_refutation);
    EXPECT_EQ(run().exit_code, 0);
    auto const well = status({"--max-age", "90m"});
    EXPECT_EQ(well.exit_code, 0) << well.out;
    EXPECT_THAT(well.out, testing::StartsWith("OK: the last good run is "));
    EXPECT_EQ(status({"--quiet"}).out, "");
    EXPECT_EQ(status({"--max-age", "soon"}).exit_code, 2);
}

// --- the hooks of config/hooks ----------------------------------------------------------------------------------------

/// Runs with programs of the test in front of those of the system.
class HooksToCopy : public AlertsOfRuns {
protected:
    [[nodiscard]] ProcessResult run_with_fakes() const {
        auto const search = path("fakes").string() + ":" + std::getenv("PATH");
        return dossier({"run", path("job.toml").string(), "--output", path("out").string(), "--scheduled"},
                       {{"PATH", search}, {"FAKES", path("fakes").string()}});
    }
    void write_job_with_hook(std::string const& hook, std::string const& argument) const {
        write("articles/b.txt", against_it);
        fs::create_directories(path("hooks"));
        fs::copy_file(fs::path(DOSSIER_SOURCE_DIR) / "config/hooks" / hook, path("hooks") / hook);
        write_job("[[alert]]\nid = \"turns\"\nclaim = \"sleep\"\nwhen = \"refutes > 0\"\nhook = [\"hooks/" + hook +
                  "\", \"" + argument + "\"]\nhook_pause_seconds = 0\n");
    }
    /// A program that writes its arguments, a line each, and what it reads, and then does what it is told.
    void write_fake(std::string const& name, std::string const& then) const {
        write_program("fakes/" + name, "printf '%s\\n' \"$@\" >> arguments\ncat >> told\n" + then);
    }
    [[nodiscard]] std::string arguments() const { return bytes_of(path("arguments")); }
};

TEST_F(HooksToCopy, MailByMsmtp) {
    write_job_with_hook("mail", "reviewers@example.org");
    write_fake("msmtp", "exit 0\n");
    auto const run = run_with_fakes();
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(arguments(), "--timeout=20\n--\nreviewers@example.org\n");
    EXPECT_THAT(told(),
                testing::StartsWith("To: reviewers@example.org\nSubject: [Dossier] alert turns fired\nMessage-ID: <"));
    auto const body = told().substr(told().find("\n\n") + 2);
    EXPECT_THAT(body, testing::StartsWith("refutes is 1 on \"Coffee harms sleep.\".\n\n{"));
    EXPECT_EQ(nlohmann::json::parse(body.substr(body.find('{')))["alert"], "turns");
}

TEST_F(HooksToCopy, MailAgainWhenTheServerDoesNotAnswer) {
    write_job_with_hook("mail", "reviewers@example.org");
    write_fake("msmtp", "test $(grep -c '^To:' told) = 3 || { echo 'msmtp: cannot connect' >&2; exit 69; }\n");
    auto const run = run_with_fakes();
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::istringstream lines(told());
    std::vector<std::string> ids;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("Message-ID: ")) ids.push_back(line);
    ASSERT_EQ(ids.size(), 3u);
    EXPECT_EQ(ids[0], ids[2]) << "a second copy is known as one";
}

TEST_F(HooksToCopy, PostByCurl) {
    write_job_with_hook("webhook", "https://example.org/alerts");
    write_fake("curl", "printf 204\n");
    auto const run = run_with_fakes();
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(arguments(), testing::StartsWith("--fail\n"));
    EXPECT_THAT(arguments(), HasSubstr("--max-time\n20\n"));
    EXPECT_THAT(arguments(), HasSubstr("--data-binary\n@-\n--url\nhttps://example.org/alerts\n"));
    auto const message = nlohmann::json::parse(told());
    EXPECT_THAT(arguments(), HasSubstr("Idempotency-Key: " + message["delivery_id"].get<std::string>() + "\n"));
}

TEST_F(HooksToCopy, AreNotContentWithAnAnswerThatIsARedirectionOrAnError) {
    write_job_with_hook("webhook", "https://example.org/alerts");
    write_fake("curl", "printf 301\n");
    auto const run = run_with_fakes();
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_EQ(status().exit_code, 1);
    EXPECT_THAT(status().out,
                HasSubstr("its hook ended with exit status 1 in the last of 3 attempts: nobody was told"));
}

TEST_F(HooksToCopy, TellOfCurlsOwnFailures) {
    write_job_with_hook("webhook", "https://example.org/alerts");
    write_fake("curl", "echo 'curl: (22) The requested URL returned error: 503' >&2; printf 503; exit 22\n");
    auto const run = run_with_fakes();
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(status().out, HasSubstr("its hook ended with exit status 22"));
}

}  // namespace
