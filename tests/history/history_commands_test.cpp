// history, show, pin, prune and retry as a user runs them, on what `dossier run` leaves.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;

using dossier::test::ProcessResult;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char const* claims = R"([[claim]]
id = "sleep"
statement = "Coffee harms sleep."
about = ["coffee"]
supports = ["harms sleep"]
refutes = ["does not harm sleep"]
)";

class HistoryCommands : public testing::Test {
protected:
    HistoryCommands() {
        write("claims.toml", claims);
        write_article("a", "Coffee harms sleep.");
        write_job("");
    }

    void write(std::string const& file, std::string const& bytes) {
        fs::create_directories((job_folder() / file).parent_path());
        std::ofstream(job_folder() / file, std::ios::binary) << bytes;
    }
    void write_article(std::string const& name, std::string const& sentence) {
        write("articles/" + name + ".txt", "On coffee\n\n" + sentence + " This was seen in a study of many people.\n");
    }
    void write_job(std::string const& more) {
        write("job.toml", "[job]\nas_of = 2026-11-22\n[sources]\ninclude = [\"articles/*.txt\"]\n" + more);
    }
    [[nodiscard]] fs::path job_folder() const { return folder_.path() / "job"; }
    [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }

    ProcessResult dossier(std::vector<std::string> words) const {
        words.insert(words.begin(), DOSSIER_PROGRAM);
        words.insert(words.end(), {"--output", out().string()});
        return dossier::test::run_program(words, {{"XDG_STATE_HOME", folder_.path().string()}});
    }
    ProcessResult run() const { return dossier({"run", (job_folder() / "job.toml").string()}); }
    /// A run with another article, and so with a set of its own.
    void run_with_another_article() {
        write_article("n" + std::to_string(n_articles_++), "Coffee does not harm sleep.");
        auto const result = run();
        ASSERT_TRUE(result.exit_code == 0 || result.exit_code == 3) << result.err;
    }

    [[nodiscard]] std::vector<json> history(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"history", "--json"});
        auto const result = dossier(words);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        std::vector<json> entries;
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);)
            entries.push_back(json::parse(line));
        return entries;
    }
    [[nodiscard]] json show(std::string const& run) const {
        auto const result = dossier({"show", run, "--json"});
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return json::parse(result.out);
    }
    [[nodiscard]] std::vector<std::string> sets() const {
        std::vector<std::string> names;
        for (auto const& entry : fs::directory_iterator(out() / "runs"))
            names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }
    /// As if the newest run had been killed.
    void kill_the_newest() const {
        change_history(
            "UPDATE runs SET state = 'running', ended = NULL, exit_code = NULL, milliseconds = NULL, run_id = NULL,"
            " made_set = 0 WHERE number = (SELECT max(number) FROM runs)");
    }
    /// As if the newest run had failed right after it had published its set: `latest` still leads to the one before.
    void fail_the_newest_behind_its_publication() const {
        auto const before = show("1")["run_id"].get<std::string>();
        change_history(
            "UPDATE runs SET state = 'failed', exit_code = 6, failure = 'disk full', run_id = NULL, made_set = 0"
            " WHERE number = (SELECT max(number) FROM runs)");
        fs::remove(out() / "latest");
        fs::create_symlink("runs/" + before, out() / "latest");
    }
    /// As if something had failed, or not, in the set that `latest` leads to.
    void set_failures(json const& failures) const {
        auto const path = out() / "latest/manifest.json";
        auto manifest = nlohmann::ordered_json::parse(dossier::test::bytes_of(path));
        manifest["failures"] = failures;
        std::ofstream(path) << manifest.dump(2) << "\n";
    }
    void change_history(std::string const& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((out() / "history.sqlite").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }

    dossier::test::TemporaryFolder folder_;
    int n_articles_ = 0;
};

TEST_F(HistoryCommands, SayWhereThereIsNothing) {
    auto const nowhere = dossier({"history"});
    EXPECT_EQ(nowhere.exit_code, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("there is no folder"));
    EXPECT_FALSE(fs::exists(out()));
    for (auto const* command : {"prune", "retry"})
        EXPECT_EQ(dossier({command}).exit_code, 1);
    EXPECT_FALSE(fs::exists(out()));

    fs::create_directories(out());
    EXPECT_EQ(dossier({"history"}).out, "no runs are recorded in " + out().string() + "\n");
    EXPECT_THAT(history(), IsEmpty());
    for (auto const* command : {"show", "pin", "unpin", "retry"}) {
        auto const result = dossier({command, "1"});
        EXPECT_EQ(result.exit_code, 2) << command;
        EXPECT_THAT(result.err, HasSubstr("is called \"1\" [DOS0854]")) << command;
    }
    EXPECT_TRUE(fs::is_empty(out())) << "who only asks writes nothing";
}

TEST_F(HistoryCommands, ARunLeavesItsLineWhateverCameOfIt) {
    ASSERT_EQ(run().exit_code, 0);
    ASSERT_EQ(run().exit_code, 0);
    write("claims.toml", "nonsense");
    ASSERT_EQ(run().exit_code, 2);
    write("claims.toml", claims);
    fs::remove(out() / "latest");
    fs::create_directory(out() / "latest");
    ASSERT_EQ(run().exit_code, 6);

    auto const entries = history();
    ASSERT_THAT(entries, SizeIs(4));
    EXPECT_EQ(entries[3]["state"], "published");
    EXPECT_EQ(entries[3]["number"], 1);
    EXPECT_EQ(entries[3]["exit_code"], 0);
    EXPECT_EQ(entries[3]["as_of"], "2026-11-22");
    EXPECT_EQ(entries[3]["job"], (job_folder() / "job.toml").string());
    EXPECT_EQ(entries[2]["state"], "unchanged");
    EXPECT_EQ(entries[2]["run_id"], entries[3]["run_id"]);
    EXPECT_EQ(entries[2]["key"], entries[3]["key"]);
    EXPECT_EQ(entries[1]["state"], "refused");
    EXPECT_EQ(entries[1]["exit_code"], 2);
    EXPECT_EQ(entries[0]["state"], "failed");
    EXPECT_EQ(entries[0]["exit_code"], 6);
    EXPECT_THAT(entries[0]["failure"].get<std::string>(), HasSubstr("is not the link that a run switches"));
    EXPECT_THAT(history({"--failed"}), SizeIs(2));
    EXPECT_THAT(history({"--limit", "1"}), SizeIs(1));
    auto const table = dossier({"history", "--limit", "2"}).out;
    EXPECT_THAT(table, HasSubstr("the last 2; --limit 0 lists all"));
    EXPECT_THAT(table, Not(HasSubstr("published")));
}

TEST_F(HistoryCommands, ShowTellsAllThatIsKnownOfARun) {
    write_article("unreadable", "Kaffee schadet dem Schlaf, und das ist nun wirklich keine englische Aussage dazu.");
    write("articles/empty.txt", "");
    ASSERT_EQ(run().exit_code, 3);
    auto const told = show("latest");
    EXPECT_EQ(told["state"], "published");
    EXPECT_TRUE(told["is_latest"]);
    EXPECT_EQ(told["arguments"][0], "run");
    EXPECT_EQ(told["started"], "by hand");
    ASSERT_THAT(told["verdicts"], SizeIs(1));
    EXPECT_EQ(told["verdicts"][0]["claim_id"], "sleep");
    EXPECT_EQ(told["verdicts"][0]["supports"], 1);
    EXPECT_GE(told["n_articles"], 2);
    EXPECT_GE(told["n_not_assessable"], 1);
    EXPECT_GE(told["messages"].size(), 1u);
    ASSERT_THAT(told["outputs"], SizeIs(1));
    EXPECT_EQ(told["outputs"][0]["file"], "analysis.sqlite");
    auto const text = dossier({"show", "1"}).out;
    for (auto const* part : {"run 1\n", "published, exit code 3", "verdicts", "messages", "outputs", "the latest"})
        EXPECT_THAT(text, HasSubstr(part));

    ASSERT_EQ(run().exit_code, 3);
    EXPECT_EQ(show("2")["made_by"], 1);
    EXPECT_EQ(show("last")["number"], 2);
    EXPECT_EQ(show(told["run_id"])["number"], 1);
}

TEST_F(HistoryCommands, ARunThatWasKilledIsInterruptedForReadersAndForTheNextRun) {
    ASSERT_EQ(run().exit_code, 0);
    kill_the_newest();
    EXPECT_EQ(history()[0]["state"], "interrupted");
    EXPECT_EQ(show("last")["state"], "interrupted");
    EXPECT_THAT(history({"--failed"}), SizeIs(1));
    auto const next = run();
    EXPECT_THAT(next.err, HasSubstr("run 1 was interrupted before it came to its end [DOS0852]"));
    auto const entries = history();
    EXPECT_EQ(entries[0]["state"], "unchanged");
    EXPECT_EQ(entries[1]["state"], "interrupted");
    EXPECT_TRUE(entries[1]["made_set"]) << "its set had been published";
}

TEST_F(HistoryCommands, ARunThatIsGoingOnIsCalledSo) {
    ASSERT_EQ(run().exit_code, 0);
    kill_the_newest();
    int const lock = ::open((out() / ".lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    EXPECT_EQ(history()[0]["state"], "running");
    EXPECT_THAT(history({"--failed"}), IsEmpty());
    EXPECT_EQ(dossier({"prune"}).exit_code, 75);
    EXPECT_EQ(dossier({"retry"}).exit_code, 75);
    ::close(lock);
}

TEST_F(HistoryCommands, PruneKeepsTheLastThePinnedAndTheLatest) {
    for (int i = 0; i < 5; ++i)
        run_with_another_article();
    auto const first = show("1")["run_id"].get<std::string>();
    EXPECT_EQ(dossier({"pin", "1"}).exit_code, 0);
    auto const plan = dossier({"prune", "--keep", "2", "--no-weekly", "--dry-run"});
    EXPECT_THAT(plan.out, HasSubstr("would remove 2 sets and what is kept of 2 runs"));
    EXPECT_THAT(sets(), SizeIs(5));
    auto const pruned = dossier({"prune", "--keep", "2", "--no-weekly", "--json"});
    EXPECT_EQ(pruned.exit_code, 0) << pruned.err;
    EXPECT_EQ(json::parse(pruned.out)["runs"], json({2, 3}));
    EXPECT_THAT(sets(), SizeIs(3));
    EXPECT_THAT(sets(), testing::Contains(first));
    EXPECT_THAT(history(), SizeIs(5)) << "the lines stay";
    EXPECT_THAT(dossier({"show", "2"}).out, HasSubstr("what else was known of it is gone"));
    EXPECT_EQ(dossier({"pin", "2"}).exit_code, 2);
    EXPECT_THAT(dossier({"pin", "2"}).err,
                HasSubstr("run 2 was pruned: nothing is left of it that could be kept [DOS0855]"));

    EXPECT_EQ(dossier({"unpin", "1"}).exit_code, 0);
    EXPECT_THAT(dossier({"prune", "--keep", "2", "--no-weekly", "--forget"}).out, HasSubstr("forgot 3 runs"));
    EXPECT_THAT(history(), SizeIs(2));
    EXPECT_THAT(sets(), Not(testing::Contains(first)));
    EXPECT_EQ(run().exit_code, 0) << "goes on as before";
    EXPECT_EQ(history()[0]["number"], 6) << "numbers are never given twice";
}

TEST_F(HistoryCommands, PruneKeepsTheSetThatTheNextRunComparesWith) {
    run_with_another_article();
    run_with_another_article();
    run_with_another_article();
    auto const before = show("2")["run_id"].get<std::string>();
    set_failures({{{"output", "a.md"}, {"component", "format:markdown"}, {"reason", "it crashed"}}});
    auto const words = std::vector<std::string>{"prune", "--keep", "1", "--no-weekly"};
    EXPECT_THAT(dossier({"prune", "--keep", "1", "--no-weekly", "--dry-run"}).out, HasSubstr("would remove 1 set "));
    EXPECT_THAT(dossier(words).out, HasSubstr("removed 1 set "));
    EXPECT_THAT(sets(), SizeIs(2));
    EXPECT_THAT(sets(), testing::Contains(before)) << "the latest is made again, and compared with it";
    set_failures(json::array());
    EXPECT_THAT(dossier(words).out, HasSubstr("removed 1 set ")) << "the next run compares with the latest";
    EXPECT_THAT(sets(), SizeIs(1));
}

TEST_F(HistoryCommands, PruneTellsOfARunThatWasKilledOnceAndNotWhenItOnlyPlans) {
    run_with_another_article();
    run_with_another_article();
    kill_the_newest();
    auto const told = "run 2 was interrupted before it came to its end [DOS0852]";
    EXPECT_THAT(dossier({"prune", "--dry-run"}).err, IsEmpty());
    EXPECT_THAT(dossier({"prune"}).err, HasSubstr(told));
    EXPECT_THAT(dossier({"prune"}).err, IsEmpty());
    EXPECT_THAT(dossier({"show", "2"}).out, HasSubstr("interrupted"));
}

TEST_F(HistoryCommands, PrunePlansWhatItWillDoAlsoWithSetsOfWhichNoRunKnows) {
    for (int i = 0; i < 3; ++i)
        run_with_another_article();
    change_history("DELETE FROM runs");
    auto const plan = dossier({"prune", "--keep", "1", "--no-weekly", "--dry-run"});
    EXPECT_THAT(plan.out, HasSubstr("would remove 2 sets"));
    EXPECT_THAT(history(), IsEmpty()) << "it only planned";
    EXPECT_THAT(dossier({"prune", "--keep", "1", "--no-weekly"}).out, HasSubstr("removed 2 sets"));
}

TEST_F(HistoryCommands, ARunThatFailedRightAfterItsPublicationStaysAFailure) {
    run_with_another_article();
    run_with_another_article();
    auto const run_id = show("2")["run_id"];
    fail_the_newest_behind_its_publication();
    EXPECT_EQ(dossier({"prune"}).exit_code, 0);
    ASSERT_THAT(history(), SizeIs(2));
    auto const told = show("last");
    EXPECT_EQ(told["state"], "failed");
    EXPECT_EQ(told["failure"], "disk full");
    EXPECT_EQ(told["run_id"], run_id);
    EXPECT_TRUE(told["made_set"]);
    EXPECT_THAT(told["verdicts"], SizeIs(1)) << "read from the set";
    EXPECT_THAT(dossier({"status"}).out, HasSubstr("run 2 after it was not good"));
    auto const again = dossier({"retry"});
    EXPECT_THAT(again.out, HasSubstr("trying run 2 again"));
    EXPECT_TRUE(again.exit_code == 0 || again.exit_code == 3) << again.err;
    EXPECT_EQ(history()[0]["number"], 3);
}

TEST_F(HistoryCommands, ASetOfWhichNoRunKnowsCountsForNoGoodRunButIsShownWhole) {
    run_with_another_article();
    auto const made = show("1");
    change_history("DELETE FROM runs");
    EXPECT_EQ(dossier({"prune"}).exit_code, 0);
    auto const status = dossier({"status"});
    EXPECT_EQ(status.exit_code, 1);
    EXPECT_THAT(status.out, HasSubstr("no run was good yet"));
    EXPECT_THAT(history({"--failed"}), IsEmpty());
    auto const taken_in = show("latest");
    for (auto const* part : {"run_id", "as_of", "key", "changed", "outputs", "verdicts", "n_articles"})
        EXPECT_EQ(taken_in[part], made[part]) << part;
}

TEST_F(HistoryCommands, ARunTidiesUpAsItsJobSays) {
    write_job("[history]\nkeep = 2\nkeep_weekly = false\n");
    for (int i = 0; i < 4; ++i)
        run_with_another_article();
    EXPECT_THAT(sets(), SizeIs(2));
    EXPECT_NE(history()[3]["pruned"], nullptr);
    EXPECT_EQ(history()[1]["pruned"], nullptr);
    write_job("");
    for (int i = 0; i < 3; ++i)
        run_with_another_article();
    EXPECT_THAT(sets(), SizeIs(5)) << "without the table every set stays";
}

TEST_F(HistoryCommands, SetsThatCannotBeRemovedAreToldAndStay) {
    for (int i = 0; i < 3; ++i)
        run_with_another_article();
    fs::rename(out() / "runs", out() / "elsewhere");
    fs::create_directory_symlink("elsewhere", out() / "runs");
    auto const pruned = dossier({"prune", "--keep", "1", "--no-weekly"});
    EXPECT_EQ(pruned.exit_code, 1);
    EXPECT_THAT(pruned.err, HasSubstr("is no folder of its own: Not a directory [DOS0853]"));
    EXPECT_THAT(sets(), SizeIs(3));
    EXPECT_EQ(history()[2]["pruned"], nullptr);
}

// A trigger stands for a disk that is full: the line of the run can be written, that of the pruned one cannot.
TEST_F(HistoryCommands, AHistoryThatCannotBeTidiedUpCostsNoPublication) {
    write_job("[history]\nkeep = 1\nkeep_weekly = false\n");
    run_with_another_article();
    change_history("CREATE TRIGGER no BEFORE UPDATE OF pruned ON runs BEGIN SELECT raise(ABORT, 'not now'); END");
    write_article("b", "Coffee does not harm sleep.");
    auto const result = run();
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("old sets were not removed: cannot use the history"));
    EXPECT_EQ(show("last")["state"], "published");
    EXPECT_EQ(show("last")["exit_code"], 3);
    EXPECT_TRUE(show("latest")["is_latest"]);
    change_history("DROP TRIGGER no");
    run_with_another_article();
    EXPECT_THAT(sets(), SizeIs(1)) << "the next run does it";
}

TEST_F(HistoryCommands, SetsOfATimeBeforeThereWasAHistoryAreTakenIn) {
    run_with_another_article();
    run_with_another_article();
    fs::remove(out() / "history.sqlite");
    run_with_another_article();
    ASSERT_THAT(history(), SizeIs(3));
    EXPECT_EQ(history()[2]["state"], "published");
    EXPECT_EQ(history()[2]["job"], nullptr);
    EXPECT_THAT(dossier({"show", "1"}).out, HasSubstr("not known: the set was made before there was a history"));
    EXPECT_THAT(dossier({"retry", "1"}).err, HasSubstr("how run 1 was started is not known [DOS0856]"));
    EXPECT_THAT(dossier({"prune", "--keep", "1", "--no-weekly"}).out, HasSubstr("removed 2 sets"));
}

TEST_F(HistoryCommands, RetryRunsAgainWhatFailedWhereAndAsItWasStarted) {
    ASSERT_EQ(run().exit_code, 0);
    EXPECT_THAT(dossier({"retry"}).out, HasSubstr("nothing to try again"));
    write("claims.toml", "nonsense");
    auto const words = std::string(DOSSIER_PROGRAM) + " run job.toml --threads 1 --output=../out";
    auto const there = dossier::test::run_program({"/bin/sh", "-c", "cd " + job_folder().string() + " && " + words});
    ASSERT_EQ(there.exit_code, 2) << there.err;
    EXPECT_EQ(dossier({"retry"}).exit_code, 2) << "it fails again: its exit code is ours";
    write("claims.toml", claims);
    write_article("b", "Coffee does not harm sleep.");
    fs::rename(out(), folder_.path() / "moved");
    auto const moved = (folder_.path() / "moved").string();
    auto const again = dossier::test::run_program({DOSSIER_PROGRAM, "retry", "--output", moved});
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr("trying run 3 again: run job.toml --threads 1 --output " + moved + "\n"));
    EXPECT_THAT(again.out, HasSubstr("published " + moved));
    EXPECT_FALSE(fs::exists(out())) << "into the folder that was asked, wherever it was then";
}

TEST_F(HistoryCommands, ADamagedHistoryCostsNoPublicationAndIsKept) {
    ASSERT_EQ(run().exit_code, 0);
    std::ofstream(out() / "history.sqlite", std::ios::binary) << std::string(9000, 'x');
    for (std::vector<std::string> const& words :
         {std::vector<std::string>{"history"}, {"show", "1"}, {"pin", "1"}, {"prune"}, {"retry"}}) {
        auto const result = dossier(words);
        EXPECT_EQ(result.exit_code, 1) << words[0];
        EXPECT_THAT(result.err, HasSubstr("is damaged (file is not a database); the next run moves it aside"))
            << words[0];
    }
    run_with_another_article();
    EXPECT_EQ(dossier::test::bytes_of(out() / "history.sqlite.damaged-1"), std::string(9000, 'x'));
    EXPECT_THAT(history(), SizeIs(2)) << "the set of before, and this run";
    EXPECT_THAT(show("last")["messages"][0]["message"].get<std::string>(), HasSubstr("the history was damaged"));
}

TEST_F(HistoryCommands, AHistoryThatWasEmptiedIsADamagedOne) {
    ASSERT_EQ(run().exit_code, 0);
    std::ofstream(out() / "history.sqlite", std::ios::trunc);
    write_article("b", "Coffee does not harm sleep.");
    auto const result = run();
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("[DOS0851]"));
    EXPECT_TRUE(fs::exists(out() / "history.sqlite.damaged-1"));
}

TEST_F(HistoryCommands, ControlCharactersOfAFailureAreShownAsEscapes) {
    ASSERT_EQ(run().exit_code, 0);
    change_history("UPDATE runs SET failure = char(27) || '[31mred', job = char(8238)");
    for (std::vector<std::string> const& words : {std::vector<std::string>{"history"}, {"show", "1"}}) {
        auto const result = dossier(words);
        EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
        EXPECT_EQ(result.out.find("\xe2\x80\xae"), std::string::npos);
        EXPECT_THAT(result.out, HasSubstr("[31mred"));
    }
}

TEST_F(HistoryCommands, AScheduledRunSaysWhichDatesItCovers) {
    auto const job = (job_folder() / "job.toml").string();
    auto const scheduled = [&] { return dossier({"run", job, "--scheduled", "--schedule", "day 06:00"}); };
    EXPECT_EQ(scheduled().exit_code, 0);
    change_history("UPDATE runs SET began = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-3 days')");
    EXPECT_EQ(scheduled().exit_code, 0);
    auto const periods = show("last").at("periods");
    ASSERT_EQ(periods.size(), 3u) << periods.dump();
    for (auto const& period : periods)
        EXPECT_THAT(period.get<std::string>(), HasSubstr(" 06:00 "));
    EXPECT_EQ(run().exit_code, 0);
    EXPECT_EQ(show("last").at("periods").size(), 0u) << "not a scheduled run";
    EXPECT_EQ(dossier({"run", job, "--scheduled", "--schedule", "often"}).exit_code, 2);
}

TEST_F(HistoryCommands, ARunWhoseArticlesAreGoneTellsItsAlerts) {
    ASSERT_EQ(run().exit_code, 0);
    write_job("[[alert]]\nid = \"runs\"\nwhen = \"failed_runs >= 1\"\n");
    fs::remove_all(job_folder() / "articles");
    auto const result = run();
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_THAT(result.out, HasSubstr("alert \"runs\" fired"));
    EXPECT_EQ(show("last").at("state"), "refused");
}

TEST_F(HistoryCommands, AHistoryThatCannotBeWrittenCostsNoPublication) {
    ASSERT_EQ(run().exit_code, 0);
    change_history(
        "CREATE TRIGGER no_room BEFORE UPDATE OF state ON runs WHEN NEW.state = 'published' "
        "BEGIN SELECT RAISE(ABORT, 'no room'); END");
    write_article("b", "Coffee does not harm sleep.");
    auto const result = run();
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_THAT(result.out, HasSubstr("published "));
    EXPECT_THAT(result.err, HasSubstr("[DOS0858]"));
    EXPECT_EQ(sets().size(), 2u);
}

TEST_F(HistoryCommands, ARunBelowTheJobsFolderReadsNothingThatRunsWrote) {
    write("job.toml", "[job]\nas_of = 2026-11-22\n[sources]\ninclude = [\"**/*\"]\nexclude = [\"*.toml\"]\n");
    for (auto const& folder : {job_folder() / "out", job_folder()}) {
        auto const again = [&] {
            return dossier::test::run_program(
                {DOSSIER_PROGRAM, "run", (job_folder() / "job.toml").string(), "--output", folder.string()},
                {{"XDG_STATE_HOME", folder_.path().string()}});
        };
        auto const first = again();
        EXPECT_EQ(first.exit_code, 0) << first.err;
        EXPECT_THAT(again().out, HasSubstr("nothing changed"));
    }
}

TEST_F(HistoryCommands, ARetryOfARetryNamesOneOutputFolder) {
    ASSERT_EQ(run().exit_code, 0);
    write("claims.toml", "nonsense");
    auto const job = (job_folder() / "job.toml").string();
    auto const there = out().string();
    auto const plugins = job_folder().string();
    for (std::vector<std::string> const& words :
         {std::vector<std::string>{"run", "-o", there, "--output=" + there, job},
          {"run", job, "--output", "/gone", "-o" + there, "--quiet", "--plugin-path", plugins}}) {
        auto arguments = words;
        arguments.insert(arguments.begin(), DOSSIER_PROGRAM);
        ASSERT_EQ(dossier::test::run_program(arguments, {{"XDG_STATE_HOME", folder_.path().string()}}).exit_code, 2);
        EXPECT_EQ(show("last").at("arguments"), json(words)) << "what was typed is what is recorded";
        EXPECT_EQ(dossier({"retry"}).exit_code, 2);
        EXPECT_EQ(dossier({"retry"}).exit_code, 2);
        auto expected = json{"run", job, "--output", there};
        if (words.back() == plugins)
            expected = json{"run", job, "--quiet", "--plugin-path", plugins, "--output", there};
        EXPECT_EQ(show("last").at("arguments"), expected);
    }
}

}  // namespace
