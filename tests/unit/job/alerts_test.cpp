#include "dossier/job/alerts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "dossier/history/alert_states.hpp"
#include "dossier/history/run_history.hpp"
#include "dossier/job/alert_condition.hpp"
#include "dossier/job/alert_message.hpp"
#include "dossier/store/schema.hpp"
#include "unit/history/folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::AlertDelivery;
using dossier::AlertOutcome;
using dossier::AlertRun;
using dossier::AlertStates;
using dossier::HistoryDatabase;
using dossier::Job;
using dossier::JobAlert;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What an alert reads of a set, under the names of the views.
struct SmallAnalysis {
    int articles_not_assessable = 0;
    std::string direction_share = "NULL";
    int supports = 0;
};

dossier::AlertCondition condition(std::string_view text) {
    auto parsed = dossier::parse_alert_condition(text);
    EXPECT_TRUE(parsed.errors.empty()) << text;
    return parsed.condition;
}

JobAlert alert(std::string id, std::string_view when, std::string claim = {}) {
    JobAlert alert;
    alert.id = std::move(id);
    alert.when = condition(when);
    alert.claim.text = std::move(claim);
    return alert;
}

/// An output folder with sets, and a job whose hooks write down what they are told.
class Alerts : public testing::Test {
protected:
    void SetUp() override {
        job_.path = (folder_.path() / "job.toml").string();
        job_.folder = folder_.path().string();
        job_.title = "Coffee";
    }

    void publish(std::string const& id, SmallAnalysis const& values) {
        folder_.make_set(id);
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open((set(id) / "analysis.sqlite").c_str(), &database), SQLITE_OK);
        auto const sql =
            "PRAGMA user_version = 1; PRAGMA application_id = " + std::to_string(dossier::analysis_application_id) +
            ";"
            "CREATE TABLE run (n_articles, n_not_assessable, n_clusters, n_stale);"
            "INSERT INTO run VALUES (9, " +
            std::to_string(values.articles_not_assessable) +
            ", 9, 0);"
            "CREATE TABLE changes (kind, claim_id);"
            "CREATE TABLE evidence (claim_id, condition_id);"
            "INSERT INTO evidence VALUES ('sleep', ''), ('sleep', 'evening'), ('heart', '');"
            "CREATE TABLE consensus (claim_id, condition_id, statement, direction_word, agreement_word, certainty_word,"
            " coverage_word, direction_share, supports, agreement);"
            "INSERT INTO consensus VALUES ('sleep', '', 'Coffee harms sleep.', 'no evidence found in 5 articles', "
            "'low',"
            " 'low certainty', 'thin', " +
            values.direction_share + ", " + std::to_string(values.supports) + ", NULL);";
        ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    [[nodiscard]] fs::path set(std::string const& id) const { return folder_.path() / "runs" / id; }

    /// A hook that writes down each message that it gets, and then does what it is told.
    void give_hook(JobAlert& alert, std::string const& then = "exit 0") {
        alert.hook.command = {"/bin/sh", "-c", "cat >> told; echo >> told; " + then};
        alert.hook.pause_seconds = 0;
    }
    [[nodiscard]] std::size_t n_told() const {
        auto const told = folder_.read("told");
        std::size_t n = 0;
        for (auto at = told.find("\"delivery_id\""); at != std::string::npos; at = told.find("\"delivery_id\"", at + 1))
            ++n;
        return n;
    }

    [[nodiscard]] AlertRun run_on(std::string const& id) {
        AlertRun run;
        run.number = ++n_runs_;
        run.analysed = true;
        run.as_of = "2026-11-22";
        run.set = id.empty() ? fs::path() : set(id);
        run.clock = [this] {
            return std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(n_runs_);
        };
        run.wait = [](auto) {};
        return run;
    }
    AlertOutcome evaluate(std::string const& id) { return dossier::evaluate_alerts(job_, run_on(id), history_); }

    [[nodiscard]] std::vector<std::string> deliveries() const {
        std::vector<std::string> all;
        for (std::int64_t run = 1; run <= n_runs_; ++run)
            for (auto const& entry : AlertStates(history_).of_run(run))
                all.emplace_back(name_of(entry.delivery));
        return all;
    }

    dossier::history_tests::OutputFolder folder_;
    HistoryDatabase history_ = HistoryDatabase::open(folder_.path());
    Job job_;
    std::int64_t n_runs_ = 0;
};

std::vector<std::string> codes_of(AlertOutcome const& outcome) {
    std::vector<std::string> codes;
    for (auto const& diagnostic : outcome.diagnostics.items())
        codes.push_back(diagnostic.code);
    return codes;
}

TEST_F(Alerts, TellTheHookOnceHoweverManyRunsFollow) {
    publish("a", {.articles_not_assessable = 1});
    publish("b", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0]);
    EXPECT_FALSE(evaluate("a").fired);
    auto const fired = evaluate("b");
    EXPECT_TRUE(fired.fired);
    EXPECT_THAT(fired.sentences, ElementsAre("alert \"unreadable\" fired: articles_not_assessable is 5 (before: 1)"));
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(evaluate("b").fired);
    EXPECT_EQ(n_told(), 1u);
    EXPECT_THAT(deliveries(), ElementsAre("delivered"));
}

TEST_F(Alerts, TellWhatTheirSchemaSays) {
    publish("a", {.direction_share = "0.625", .supports = 5});
    publish("b", {.direction_share = "0.4", .supports = 2});
    job_.alerts = {alert("turns", "direction_share < 0.5", "sleep")};
    job_.alerts[0].clear_when = condition("direction_share > 0.6 and supports > 3");
    give_hook(job_.alerts[0]);
    (void)evaluate("a");
    (void)evaluate("b");
    auto const message = nlohmann::json::parse(folder_.read("told"));
    EXPECT_EQ(message["event"], "fired");
    EXPECT_EQ(message["alert"], "turns");
    EXPECT_EQ(message["when"], "direction_share < 0.5");
    EXPECT_EQ(message["values"][0],
              (nlohmann::json{{"measure", "direction_share"}, {"before", 0.625}, {"after", 0.4}}));
    EXPECT_EQ(message["claim"]["statement"], "Coffee harms sleep.");
    EXPECT_EQ(message["claim"]["quotes"], 2);
    EXPECT_EQ(message["run"]["id"], "b");
    EXPECT_EQ(message["run"]["number"], 2);
    EXPECT_EQ(message["set"], set("b").string());
    EXPECT_EQ(message["sentence"],
              "direction_share is 0.4 (before: 0.625), supports is 2 (before: 5) on \"Coffee harms sleep.\"");

    auto const schema = nlohmann::json::parse(dossier::alert_message_schema());
    std::vector<std::string> names;
    for (auto const& [name, value] : message.items()) {
        EXPECT_TRUE(schema["properties"].contains(name)) << name;
        names.push_back(name);
    }
    EXPECT_THAT(schema["required"].get<std::vector<std::string>>(), testing::UnorderedElementsAreArray(names));
    for (auto const* part : {"claim", "job", "run"})
        for (auto const& name : schema["properties"][part]["required"])
            EXPECT_TRUE(message[part].contains(name.get<std::string>())) << part << "." << name;
}

TEST_F(Alerts, SayThatAValueIsMissingAndDoNotFire) {
    publish("a", {});
    job_.alerts = {alert("turns", "direction_share < 0.5", "sleep"), alert("gone", "supports < 5", "no-such-claim")};
    auto const outcome = evaluate("a");
    EXPECT_FALSE(outcome.fired);
    EXPECT_THAT(codes_of(outcome), ElementsAre("DOS0801", "DOS0801"));
    EXPECT_FALSE(outcome.diagnostics.has_warnings_or_errors());
    EXPECT_THAT(outcome.diagnostics.items()[0].notes, ElementsAre("direction_share: no source takes a side"));
    EXPECT_THAT(outcome.diagnostics.items()[1].notes,
                ElementsAre("supports: the set knows no claim \"no-such-claim\""));
}

TEST_F(Alerts, CompareWordsWithoutTheirNumbers) {
    publish("a", {});
    job_.alerts = {alert("nothing", "direction_word is 'no evidence found'", "sleep")};
    EXPECT_TRUE(evaluate("a").fired);
}

TEST_F(Alerts, WithoutAnyPublishedSetOnlyLookAtTheRuns) {
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    auto const outcome = evaluate("");
    EXPECT_FALSE(outcome.fired);
    EXPECT_THAT(outcome.diagnostics.items().at(0).notes,
                ElementsAre("articles_not_assessable: nothing is published yet"));
}

TEST_F(Alerts, OfRunsFireWhenRunsFailAndOthersStayAsTheyAre) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("failing", "failed_runs >= 2"), alert("unreadable", "articles_not_assessable > 3")};
    dossier::RunHistory runs(history_, [this] { return run_on("a").clock(); });
    std::vector<bool> fired;
    for (int i = 0; i < 3; ++i) {
        auto run = run_on("a");
        run.analysed = false;
        run.number = runs.begin(dossier::history_tests::by_hand());
        runs.finish(run.number, dossier::history_tests::failed("disk full"));
        fired.push_back(dossier::evaluate_alerts(job_, run, history_).fired);
    }
    EXPECT_THAT(fired, ElementsAre(false, true, false));
    EXPECT_FALSE(AlertStates(history_).state("unreadable"));
}

TEST_F(Alerts, AreForgottenWithTheirTableAndBeginAnewWhenTheyAskForMore) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    EXPECT_TRUE(evaluate("a").fired);
    EXPECT_FALSE(evaluate("a").fired);
    job_.alerts = {alert("unreadable", "articles_not_assessable > 4")};
    EXPECT_TRUE(evaluate("a").fired) << "another definition is another alert";
    give_hook(job_.alerts[0]);
    EXPECT_FALSE(evaluate("a").fired) << "another hook is not";
    job_.alerts.clear();
    (void)evaluate("a");
    EXPECT_THAT(AlertStates(history_).standings(), IsEmpty());
}

TEST_F(Alerts, TellTheHookOfClearingWhereItAsksForThat) {
    publish("a", {.articles_not_assessable = 5});
    publish("b", {.articles_not_assessable = 0});
    job_.alerts = {alert("one", "articles_not_assessable > 3"), alert("two", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0]);
    give_hook(job_.alerts[1]);
    job_.alerts[1].hook.when_cleared = true;
    (void)evaluate("a");
    auto const cleared = evaluate("b");
    EXPECT_FALSE(cleared.fired);
    EXPECT_THAT(cleared.sentences, ElementsAre("alert \"one\" cleared: articles_not_assessable is 0 (before: 5)",
                                               "alert \"two\" cleared: articles_not_assessable is 0 (before: 5)"));
    EXPECT_EQ(n_told(), 3u);
    EXPECT_THAT(deliveries(), ElementsAre("delivered", "delivered", "none", "delivered"));
}

TEST_F(Alerts, TryAHookAgainThatSaysItFailed) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "test $(grep -c '\"delivery_id\"' told) = 3");
    auto const outcome = evaluate("a");
    EXPECT_THAT(codes_of(outcome), IsEmpty());
    EXPECT_EQ(n_told(), 3u);
    EXPECT_EQ(AlertStates(history_).of_run(1).at(0).attempts, 3u);
    EXPECT_THAT(deliveries(), ElementsAre("delivered"));
}

TEST_F(Alerts, GiveUpAHookThatFailsEachTimeAndSaySo) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "echo no such relay; exit 69");
    auto const outcome = evaluate("a");
    EXPECT_TRUE(outcome.fired);
    ASSERT_THAT(codes_of(outcome), ElementsAre("DOS0802"));
    EXPECT_EQ(
        outcome.diagnostics.items()[0].message,
        "the alert \"unreadable\" fired, but its hook ended with exit status 69 in the last of 3 attempts: nobody was "
        "told");
    EXPECT_THAT(outcome.diagnostics.items()[0].notes[1], HasSubstr("no such relay"));
    EXPECT_TRUE(outcome.diagnostics.has_warnings_or_errors());
    (void)evaluate("a");
    EXPECT_EQ(n_told(), 3u) << "given up is given up";
    EXPECT_THAT(deliveries(), ElementsAre("failed"));
    EXPECT_EQ(AlertStates(history_).not_delivered_since("2026-11-22T00:00:00Z").size(), 1u);
    EXPECT_THAT(AlertStates(history_).not_delivered_since("2026-11-23T00:00:00Z"), IsEmpty());
}

TEST_F(Alerts, DoNotTryAHookAgainThatWasKilledSinceItMayHaveTold) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("slow", "articles_not_assessable > 3"), alert("crashes", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "sleep 1000");
    job_.alerts[0].hook.seconds = 0.5;
    give_hook(job_.alerts[1], "kill -SEGV $$");
    EXPECT_THAT(codes_of(evaluate("a")), ElementsAre("DOS0802", "DOS0802"));
    (void)evaluate("a");
    EXPECT_EQ(n_told(), 2u);
    EXPECT_THAT(deliveries(), ElementsAre("unknown", "unknown"));
}

TEST_F(Alerts, SayThatAHookIsNotThere) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    job_.alerts[0].hook.command = {"hooks/missing"};
    EXPECT_THAT(evaluate("a").diagnostics.items().at(0).message,
                HasSubstr("its hook could not be started: No such file or directory: nobody was told"));
}

TEST_F(Alerts, WaitForARunThatMayStartHooks) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0]);
    auto by_hand = run_on("a");
    by_hand.hooks_allowed = false;
    auto const outcome = dossier::evaluate_alerts(job_, by_hand, history_);
    EXPECT_TRUE(outcome.fired);
    EXPECT_THAT(codes_of(outcome), ElementsAre("DOS0803"));
    EXPECT_EQ(n_told(), 0u);
    EXPECT_FALSE(evaluate("a").fired);
    EXPECT_EQ(n_told(), 1u);
    EXPECT_THAT(deliveries(), ElementsAre("delivered"));
}

TEST_F(Alerts, LeaveForTheNextRunWhatTheTimeOfThisOneDoesNotSufficeFor) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("one", "articles_not_assessable > 3"), alert("two", "articles_not_assessable > 3")};
    for (auto& each : job_.alerts)
        give_hook(each, "sleep 1.2");
    auto run = run_on("a");
    run.most_time = std::chrono::duration<double>(2.0);
    EXPECT_THAT(codes_of(dossier::evaluate_alerts(job_, run, history_)), ElementsAre("DOS0803"));
    EXPECT_THAT(deliveries(), ElementsAre("delivered", "pending"));
    (void)evaluate("a");
    EXPECT_THAT(deliveries(), ElementsAre("delivered", "delivered"));
}

TEST_F(Alerts, LeaveAttemptsForTheNextRunThatTheTimeOfThisOneDoesNotSufficeFor) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "test $(grep -c '\"delivery_id\"' told) = 2");
    job_.alerts[0].hook.retries = 10;
    job_.alerts[0].hook.pause_seconds = 600;
    auto run = run_on("a");
    run.wait = [](auto) { FAIL() << "it waits beyond the time of the run"; };
    EXPECT_THAT(codes_of(dossier::evaluate_alerts(job_, run, history_)), ElementsAre("DOS0803"));
    EXPECT_THAT(deliveries(), ElementsAre("pending"));
    EXPECT_THAT(codes_of(evaluate("a")), IsEmpty());
    EXPECT_THAT(deliveries(), ElementsAre("delivered"));
    EXPECT_EQ(AlertStates(history_).of_run(1).at(0).attempts, 2u);
}

TEST_F(Alerts, EndAHookThatWouldTakeMoreThanTheTimeOfTheRun) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "sleep 20");
    job_.alerts[0].hook.seconds = 3600;
    auto run = run_on("a");
    run.most_time = std::chrono::duration<double>(0.5);
    auto const began = std::chrono::steady_clock::now();
    EXPECT_THAT(codes_of(dossier::evaluate_alerts(job_, run, history_)), ElementsAre("DOS0802"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    EXPECT_THAT(deliveries(), ElementsAre("unknown"));
}

TEST_F(Alerts, DropWhatIsToBeToldByAnAlertThatIsGone) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0]);
    auto run = run_on("a");
    run.hooks_allowed = false;
    (void)dossier::evaluate_alerts(job_, run, history_);
    job_.alerts.clear();
    (void)evaluate("a");
    EXPECT_THAT(deliveries(), ElementsAre("dropped"));
    EXPECT_EQ(n_told(), 0u);
}

TEST_F(Alerts, OnTheHistoryFireWhereTheSetCannotBeRead) {
    folder_.write("runs/a/analysis.sqlite", std::string(5000, 'x'));  // damaged; of b there is none
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3"), alert("failing", "failed_runs >= 0"),
                   alert("turns", "supports > 3", "sleep")};
    for (auto const* id : {"a", "b"}) {
        auto const outcome = evaluate(id);
        EXPECT_EQ(outcome.fired, std::string(id) == "a") << "once";
        ASSERT_THAT(codes_of(outcome), ElementsAre("DOS0804"));
        EXPECT_THAT(outcome.diagnostics.items()[0].message, HasSubstr(set(id) / "analysis.sqlite"));
        EXPECT_THAT(outcome.diagnostics.items()[0].notes, ElementsAre("they are: unreadable, turns"));
        EXPECT_TRUE(AlertStates(history_).state("failing"));
        EXPECT_FALSE(AlertStates(history_).state("unreadable"));
    }
}

TEST_F(Alerts, FireInTheNextRunWhereWhatIsToldOfTheClaimCannotBeRead) {
    publish("a", {.supports = 5});
    publish("b", {.supports = 5});
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((set("a") / "analysis.sqlite").c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "DROP TABLE evidence", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    job_.alerts = {alert("turns", "supports > 3", "sleep")};
    EXPECT_THAT(codes_of(evaluate("a")), ElementsAre("DOS0804"));
    EXPECT_TRUE(evaluate("b").fired);
}

/// Runs `work` in a process of its own. @return its status
template <class Work>
int status_of_child(Work const& work) {
    auto const child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

TEST_F(Alerts, AreNotToldAgainWhenTheRunWasKilledWhileTheHookRan) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "kill -9 $PPID; sleep 0.2");
    auto const run = run_on("a");
    auto const status = status_of_child([&] {
        auto const own = HistoryDatabase::open(folder_.path());
        (void)dossier::evaluate_alerts(job_, run, own);
    });
    ASSERT_TRUE(WIFSIGNALED(status)) << status;
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
    EXPECT_THAT(deliveries(), ElementsAre("started"));
    auto const next = evaluate("a");
    EXPECT_FALSE(next.fired);
    ASSERT_THAT(codes_of(next), ElementsAre("DOS0802"));
    EXPECT_THAT(next.diagnostics.items()[0].message, HasSubstr("the run was killed while its hook ran"));
    EXPECT_THAT(codes_of(evaluate("a")), IsEmpty());
    EXPECT_THAT(deliveries(), ElementsAre("unknown"));
    EXPECT_EQ(n_told(), 1u);
}

TEST_F(Alerts, AreToldByTheNextRunWhenThisOneWasKilledBeforeItsHookBegan) {
    publish("a", {.articles_not_assessable = 5});
    job_.alerts = {alert("unreadable", "articles_not_assessable > 3")};
    give_hook(job_.alerts[0], "test $(grep -c '\"delivery_id\"' told) = 2");
    auto run = run_on("a");
    run.wait = [](auto) { ::kill(::getpid(), SIGKILL); };  // after the first attempt, which failed
    auto const status = status_of_child([&] {
        auto const own = HistoryDatabase::open(folder_.path());
        (void)dossier::evaluate_alerts(job_, run, own);
    });
    ASSERT_TRUE(WIFSIGNALED(status)) << status;
    EXPECT_THAT(deliveries(), ElementsAre("pending"));
    EXPECT_FALSE(evaluate("a").fired);
    EXPECT_THAT(deliveries(), ElementsAre("delivered"));
    EXPECT_EQ(n_told(), 2u);
    EXPECT_EQ(AlertStates(history_).of_run(1).at(0).attempts, 2u);
}

TEST_F(Alerts, HaveADeliveryIdOfTheirOwnForEachEvent) {
    publish("a", {.articles_not_assessable = 5});
    publish("b", {.articles_not_assessable = 0});
    job_.alerts = {alert("one", "articles_not_assessable > 3"), alert("two", "articles_not_assessable > 3")};
    std::set<std::string> ids;
    std::size_t n_events = 0;
    for (int i = 0; i < 6; ++i) {
        (void)evaluate(i % 2 == 0 ? "a" : "b");
        for (auto const& entry : AlertStates(history_).of_run(n_runs_)) {
            ids.insert(entry.delivery_id);
            ++n_events;
        }
    }
    EXPECT_EQ(n_events, 12u);
    EXPECT_EQ(ids.size(), n_events);
}

TEST_F(Alerts, ForgetTheOldestEventsThatAreDoneWith) {
    publish("a", {.articles_not_assessable = 5});
    publish("b", {.articles_not_assessable = 0});
    job_.alerts = {alert("one", "articles_not_assessable > 3")};
    for (int i = 0; i < 6; ++i)
        (void)evaluate(i % 2 == 0 ? "a" : "b");
    AlertStates(history_).forget_old_events(2);
    EXPECT_THAT(deliveries(), ElementsAre("none", "none"));
    EXPECT_EQ(AlertStates(history_).of_run(6).size(), 1u);
}

}  // namespace
