#include "dossier/history/run_history.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include "dossier/diagnostics/failure.hpp"
#include "folder.hpp"

namespace {

using dossier::HistoryDatabase;
using dossier::RunEnd;
using dossier::RunEntry;
using dossier::RunHistory;
using dossier::RunState;
using dossier::RunTrigger;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;
using namespace dossier::history_tests;

class RunHistoryTest : public testing::Test {
protected:
    RunHistoryTest() {
        dossier::HistoryStatement(database_, "PRAGMA synchronous = OFF").run();
    }  // no power is cut here

    std::int64_t record(RunEnd const& end) {
        auto const number = history_.begin(by_hand());
        history_.finish(number, end);
        return number;
    }
    /// A run that made a set, which `latest` leads to.
    std::int64_t publish(std::string const& run_id) {
        folder_.make_set(run_id);
        folder_.lead_latest_to(run_id);
        return record(published(run_id));
    }

    OutputFolder folder_;
    HistoryDatabase database_ = HistoryDatabase::open(folder_.path());
    RunHistory history_{database_, HourlyClock()};
};

TEST_F(RunHistoryTest, BeginsEmpty) {
    EXPECT_EQ(history_.count(), 0);
    EXPECT_THAT(history_.runs(), IsEmpty());
    for (auto const* name : {"1", "last", "latest", ""})
        EXPECT_FALSE(history_.run(name)) << name;
    EXPECT_FALSE(history_.last_good());
    EXPECT_FALSE(history_.last_failed());
    EXPECT_THAT(history_.mark_interrupted(), IsEmpty());
}

TEST_F(RunHistoryTest, KeepsEverythingThatIsKnownOfARun) {
    auto start = by_hand();
    start.trigger = RunTrigger::schedule;
    start.periods = {"2026-11-15 06:00 +01:00", "2026-11-22 06:00 +01:00"};
    auto const number = history_.begin(start);
    auto end = published("2026-11-22-0123456789ab");
    end.changed = "1 verdict changed";
    end.outputs = {{"analysis.sqlite", 4096, std::string(64, 'b')}, {"coffee.pdf", 77, std::string(64, 'c')}};
    end.verdicts = {{"sleep", "refutes", "high", "low", "wide", 9, 7, 1, 5, 1},
                    {"awake", "a", "b", "c", "d", 9, 7, 0, 0, 0}};
    end.articles = {9, 2};
    end.diagnostics.add({dossier::Severity::warning, "DOS0305", {"articles/a.txt", 3, 4, 1}, "odd", {}, {}});
    history_.finish(number, end);

    auto const record = history_.run(std::to_string(number));
    ASSERT_TRUE(record);
    auto const& entry = record->entry;
    EXPECT_EQ(entry.number, 1);
    EXPECT_EQ(entry.began, "2026-11-22T06:00:00Z");
    EXPECT_EQ(entry.ended, "2026-11-22T07:00:00Z");
    EXPECT_EQ(entry.state, RunState::published);
    EXPECT_EQ(entry.exit_code, 0);
    EXPECT_EQ(entry.milliseconds, 1234);
    EXPECT_EQ(entry.job, "/reviews/job.toml");
    EXPECT_EQ(entry.trigger, RunTrigger::schedule);
    EXPECT_EQ(entry.as_of, "2026-11-22");
    EXPECT_EQ(entry.tool_version, "1.0.0");
    EXPECT_EQ(entry.run_id, "2026-11-22-0123456789ab");
    EXPECT_EQ(entry.key, end.key);
    EXPECT_EQ(entry.changed, "1 verdict changed");
    EXPECT_TRUE(entry.made_set);
    EXPECT_TRUE(entry.is_good());
    EXPECT_EQ(record->arguments, start.arguments);
    EXPECT_EQ(record->periods, start.periods);
    EXPECT_EQ(record->working_folder, "/reviews");
    ASSERT_THAT(record->outputs, SizeIs(2));
    EXPECT_EQ(record->outputs[1].file, "coffee.pdf");
    EXPECT_EQ(record->outputs[1].bytes, 77u);
    ASSERT_THAT(record->verdicts, SizeIs(2));
    EXPECT_EQ(record->verdicts[0].claim_id, "sleep") << "in the registry's order";
    EXPECT_EQ(record->verdicts[0].coverage, "wide");
    EXPECT_EQ(record->verdicts[0].refutes, 5);
    EXPECT_EQ(record->articles.n_not_assessable, 2);
    ASSERT_THAT(record->diagnostics.items(), SizeIs(1));
    EXPECT_EQ(record->diagnostics.items()[0].place, (dossier::Place{"articles/a.txt", 3, 4, 0}));
    EXPECT_EQ(record->n_more_diagnostics, 0u);
}

TEST_F(RunHistoryTest, KeepsOfVeryManyMessagesTheWorstAndCountsTheRest) {
    auto end = published("s1");
    for (std::size_t i = 0; i < RunHistory::most_diagnostics + 50; ++i)
        end.diagnostics.add({dossier::Severity::note, "DOS0001", {}, "note " + std::to_string(i), {}, {}});
    end.diagnostics.add({dossier::Severity::error, "DOS0002", {}, "error", {}, {}});
    record(end);
    auto const kept = history_.run("last");
    ASSERT_TRUE(kept);
    ASSERT_THAT(kept->diagnostics.items(), SizeIs(RunHistory::most_diagnostics));
    EXPECT_EQ(kept->diagnostics.items()[0].code, "DOS0002");
    EXPECT_EQ(kept->diagnostics.items()[1].message, "note 0");
    EXPECT_EQ(kept->n_more_diagnostics, 51u);
}

TEST_F(RunHistoryTest, WhatComesAfterTheEndOfARunIsAddedToIt) {
    auto end = published("s1");
    for (std::size_t i = 0; i < RunHistory::most_diagnostics - 1; ++i)
        end.diagnostics.add({dossier::Severity::warning, "DOS0001", {}, "of the run", {}, {}});
    auto const number = record(end);
    dossier::Diagnostics said;
    for (auto const* message : {"of an alert", "of another"})
        said.add({dossier::Severity::warning, "DOS0801", {}, message, {}, {}});
    history_.amend(number, 4, said);
    auto const kept = history_.run("last");
    EXPECT_EQ(kept->entry.exit_code, 4);
    EXPECT_EQ(kept->entry.state, RunState::published);
    EXPECT_EQ(kept->diagnostics.items().back().message, "of an alert");
    EXPECT_EQ(kept->n_more_diagnostics, 1u);
}

TEST_F(RunHistoryTest, KeepsTextThatIsNoUtf8AndArgumentsOfAnyKind) {
    auto start = by_hand();
    start.arguments = {"", "a\nb", "\"quoted\"", "{}"};
    history_.finish(history_.begin(start), failed("\xff no text"));
    auto const kept = history_.run("1");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->arguments, start.arguments);
    EXPECT_EQ(kept->entry.failure, "\xff no text");
}

TEST_F(RunHistoryTest, ARunThatWasKilledIsInterruptedOnceTheNextOneBegins) {
    auto const killed = history_.begin(by_hand());
    EXPECT_EQ(history_.run("last")->entry.state, RunState::running);
    EXPECT_THAT(history_.mark_interrupted(), ElementsAre(killed));
    auto const entry = history_.run("last")->entry;
    EXPECT_EQ(entry.state, RunState::interrupted);
    EXPECT_FALSE(entry.exit_code);
    EXPECT_EQ(entry.ended, "");
    EXPECT_FALSE(entry.made_set);
    EXPECT_THAT(history_.mark_interrupted(), IsEmpty()) << "once";
}

TEST_F(RunHistoryTest, ASetThatWasPublishedJustBeforeTheKillBelongsToTheRunThatWasKilled) {
    publish("s1");
    auto const killed = history_.begin(by_hand());
    folder_.make_set("s2", 8h + 30min);
    EXPECT_THAT(history_.mark_interrupted(), ElementsAre(killed));
    auto const found = history_.run("s2");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->entry.number, killed);
    EXPECT_EQ(found->entry.state, RunState::interrupted);
    EXPECT_FALSE(found->entry.is_good());
}

TEST_F(RunHistoryTest, ASetThatWasPublishedJustBeforeTheFailureBelongsToTheRunThatFailed) {
    publish("s1");                                   // 06:00 to 07:00
    auto const first = record(failed("disk full"));  // 08:00 to 09:00
    auto const second = record(failed("disk full"));
    folder_.make_set("s2", 8h + 30min);
    folder_.make_set("s3", 11h);
    EXPECT_THAT(history_.mark_interrupted(), IsEmpty());
    EXPECT_EQ(history_.count(), 3);
    for (auto const& [run_id, number] : {std::pair("s2", first), {"s3", second}}) {
        auto const found = history_.run(run_id);
        ASSERT_TRUE(found) << run_id;
        EXPECT_EQ(found->entry.number, number);
        EXPECT_TRUE(found->entry.made_set);
        EXPECT_EQ(found->entry.state, RunState::failed);
        EXPECT_EQ(found->entry.failure, "disk full");
    }
    EXPECT_EQ(history_.last_good()->number, 1);
    EXPECT_EQ(history_.last_failed()->number, second);
    history_.mark_interrupted();
    EXPECT_EQ(history_.count(), 3) << "once";
}

TEST_F(RunHistoryTest, ASetThatNoRunCanHaveMadeIsNeitherGoodNorFailedAndHidesNoFailure) {
    auto const run = record(failed("disk full"));  // 06:00 to 07:00
    auto refused = failed("no such key");          // 08:00 to 09:00
    refused.state = RunState::refused;
    auto const last = record(refused);
    for (auto const& [run_id, finished] :
         {std::pair("sooner", 5h + 0min), {"later", 7h + 30min}, {"refused", 8h + 30min}})
        folder_.make_set(run_id, finished);
    history_.mark_interrupted();
    for (auto const* run_id : {"sooner", "later", "refused"}) {
        auto const entry = history_.run(run_id)->entry;
        EXPECT_GT(entry.number, last) << run_id;
        EXPECT_TRUE(entry.is_adopted()) << run_id;
        EXPECT_FALSE(entry.is_good()) << run_id;
    }
    EXPECT_FALSE(history_.last_good());
    EXPECT_EQ(history_.last_failed()->number, last);
    EXPECT_EQ(history_.run("last")->entry.number, last);
    EXPECT_THAT(history_.runs({.only_failed = true}), SizeIs(2));
    EXPECT_EQ(history_.run(std::to_string(run))->entry.run_id, "");
}

TEST_F(RunHistoryTest, OfASetThatIsTakenInEverythingIsKeptThatCanBeReadFromIt) {
    auto const killed = history_.begin(by_hand());
    folder_.make_set("of-the-killed", 6h + 30min);
    folder_.make_set("of-nobody", 1h);
    history_.mark_interrupted([](std::filesystem::path const& set) {
        dossier::RecordedSet content;
        content.as_of = "2026-11-22";
        content.key = "key of " + set.filename().string();
        content.changed = "first set";
        content.outputs = {{"analysis.sqlite", 4096, std::string(64, 'b')}};
        content.verdicts = {{"sleep", "refutes", "high", "low", "wide", 9, 7, 1, 5, 1}};
        content.articles = {9, 2};
        return content;
    });
    EXPECT_EQ(history_.run("of-the-killed")->entry.number, killed);
    for (std::string const run_id : {"of-the-killed", "of-nobody"}) {
        auto const record = history_.run(run_id);
        ASSERT_TRUE(record);
        EXPECT_EQ(record->entry.as_of, "2026-11-22");
        EXPECT_EQ(record->entry.key, "key of " + run_id);
        EXPECT_EQ(record->entry.changed, "first set");
        EXPECT_THAT(record->outputs, SizeIs(1));
        EXPECT_THAT(record->verdicts, SizeIs(1));
        EXPECT_EQ(record->articles.n_not_assessable, 2);
    }
}

TEST_F(RunHistoryTest, SetsOfATimeBeforeThereWasAHistoryGetEntriesInTheOrderOfTheirMaking) {
    folder_.make_set("b");
    folder_.make_set("a");
    std::filesystem::create_directories(folder_.path() / "runs/not-finished");
    std::filesystem::create_directory_symlink(folder_.path() / "runs/a", folder_.path() / "runs/link");
    auto const sooner = std::filesystem::file_time_type::clock::now() - std::chrono::hours(48);
    std::filesystem::last_write_time(folder_.path() / "runs/b/manifest.json", sooner);
    EXPECT_THAT(history_.mark_interrupted(), IsEmpty());
    auto const entries = history_.runs();
    ASSERT_THAT(entries, SizeIs(2));
    EXPECT_EQ(entries[1].run_id, "b");
    EXPECT_EQ(entries[0].run_id, "a");
    EXPECT_TRUE(entries[0].made_set);
    EXPECT_FALSE(entries[0].is_good()) << "nothing is known of how they came to be";
    EXPECT_FALSE(history_.last_good());
    EXPECT_FALSE(history_.last_failed());
    EXPECT_EQ(history_.run("last")->entry.run_id, "a");
    history_.mark_interrupted();
    EXPECT_EQ(history_.count(), 2) << "once";
}

TEST_F(RunHistoryTest, FindsARunByNumberByRunIdByItsBeginningByLatestAndByLast) {
    publish("2026-11-20-aaaa");
    publish("2026-11-21-bbbb");
    publish("2026-11-21-cccc");
    record(unchanged("2026-11-21-cccc"));
    record(failed("disk full"));
    folder_.lead_latest_to("2026-11-21-bbbb");
    auto const number = [&](std::string const& name) {
        auto const found = history_.run(name);
        return found ? found->entry.number : 0;
    };
    EXPECT_EQ(number("2"), 2);
    EXPECT_EQ(number("2026-11-21-cccc"), 3) << "the run that made it";
    EXPECT_EQ(number("2026-11-20"), 1);
    EXPECT_EQ(number("2026-11-21"), 0) << "two begin so";
    EXPECT_EQ(number("latest"), 2);
    EXPECT_EQ(number("last"), 5);
    for (auto const* name : {"0", "6", "-1", "+1", "1.0", " 1", "99999999999999999999", "%", "_", "../runs"})
        EXPECT_EQ(number(name), 0) << name;
}

TEST_F(RunHistoryTest, KnowsWhichRunsFailed) {
    record(published("s1"));                 // 1
    record(failed("disk full"));             // 2
    auto with_bad_plugin = published("s3");  // 3
    with_bad_plugin.exit_code = 5;
    record(with_bad_plugin);
    auto refused = failed("no such key");  // 4
    refused.state = RunState::refused;
    record(refused);
    auto with_warnings = unchanged("s3");  // 5
    with_warnings.exit_code = 3;
    record(with_warnings);
    EXPECT_FALSE(history_.last_failed()) << "a good one came after it";
    EXPECT_EQ(history_.last_good()->number, 5);
    history_.begin(by_hand());  // 6
    history_.mark_interrupted();
    EXPECT_EQ(history_.last_failed()->number, 6);
    history_.begin(by_hand());  // 7, going on
    std::vector<std::int64_t> numbers;
    for (auto const& entry : history_.runs({.only_failed = true}))
        numbers.push_back(entry.number);
    EXPECT_THAT(numbers, ElementsAre(6, 4, 3, 2));
    for (auto const& entry : history_.runs())
        EXPECT_EQ(entry.is_good(), entry.number == 1 || entry.number == 5) << entry.number;
    EXPECT_THAT(history_.runs({.limit = 2}), SizeIs(2));
}

TEST_F(RunHistoryTest, NeverGivesANumberTwice) {
    for (auto const* sentence : {"disk full", "disk full"})
        record(failed(sentence));
    history_.mark_pruned({1, 2});
    EXPECT_EQ(history_.forget_pruned(0), 2u);
    EXPECT_EQ(history_.count(), 0);
    EXPECT_EQ(history_.begin(by_hand()), 3);
}

TEST_F(RunHistoryTest, ForgetsNoPinnedRunAndNoneThatWasNotPruned) {
    for (int number = 1; number <= 4; ++number)
        publish("s" + std::to_string(number));
    EXPECT_TRUE(history_.set_pinned(1, true));
    history_.mark_pruned({1, 2, 3});
    EXPECT_FALSE(history_.set_pinned(2, true)) << "nothing is left of it";
    EXPECT_EQ(history_.forget_pruned(3), 1u);
    EXPECT_FALSE(history_.run("2"));
    EXPECT_EQ(history_.forget_pruned(0), 1u);
    EXPECT_TRUE(history_.run("1"));
    EXPECT_TRUE(history_.run("4"));
    EXPECT_TRUE(history_.set_pinned(1, false));
}

TEST_F(RunHistoryTest, NeverForgetsTheLastRunThatWasGood) {
    publish("s1");
    record(unchanged("s1"));
    record(failed("disk full"));
    record(failed("disk full"));
    history_.mark_pruned({2, 3});
    EXPECT_EQ(history_.forget_pruned(0), 1u);
    EXPECT_EQ(history_.last_good()->number, 2) << "or it would seem to be longer ago";
    EXPECT_FALSE(history_.run("3"));
}

TEST_F(RunHistoryTest, OfAPrunedRunTheLineStaysAndNothingElse) {
    auto end = published("s1");
    end.outputs = {{"a.csv", 1, "x"}};
    end.verdicts = {{"sleep", "a", "b", "c", "d", 1, 1, 1, 0, 0}};
    end.diagnostics.add({dossier::Severity::error, "DOS0001", {}, "bad", {}, {}});
    record(end);
    history_.mark_pruned({1});
    auto const kept = history_.run("1");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->entry.pruned, "2026-11-22T08:00:00Z");
    EXPECT_EQ(kept->entry.run_id, "s1");
    EXPECT_THAT(kept->outputs, IsEmpty());
    EXPECT_THAT(kept->verdicts, IsEmpty());
    EXPECT_TRUE(kept->diagnostics.empty());
    EXPECT_THAT(history_.runs({.only_unpruned = true}), IsEmpty());
}

TEST_F(RunHistoryTest, AReaderSeesWhatAnotherProgramHasWrittenMeanwhile) {
    publish("s1");
    auto const read_only = HistoryDatabase::open_to_read(folder_.path());
    ASSERT_TRUE(read_only);
    RunHistory reader(*read_only, HourlyClock());
    EXPECT_EQ(reader.count(), 1);
    publish("s2");
    EXPECT_EQ(reader.count(), 2);
    EXPECT_THROW(reader.set_pinned(1, true), dossier::Failure);
}

TEST_F(RunHistoryTest, ARunGoesOnWhileSomebodyHoldsTheFoldersLock) {
    EXPECT_FALSE(dossier::run_is_going_on(folder_.path())) << "nobody ever ran";
    folder_.write(".lock", "");
    EXPECT_FALSE(dossier::run_is_going_on(folder_.path()));
    int const lock = ::open((folder_.path() / ".lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(lock, 0);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    EXPECT_TRUE(dossier::run_is_going_on(folder_.path()));
    ::close(lock);
    EXPECT_FALSE(dossier::run_is_going_on(folder_.path()));
}

TEST(UtcText, HasSecondsAndLeapDays) {
    using namespace std::chrono;
    EXPECT_EQ(dossier::utc_text(system_clock::time_point{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(dossier::utc_text(sys_days(year(2028) / 2 / 29) + 23h + 59min + 59s + 999ms), "2028-02-29T23:59:59Z");
}

}  // namespace
