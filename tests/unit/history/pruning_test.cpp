#include "dossier/history/pruning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/history/published_sets.hpp"
#include "folder.hpp"

namespace {

namespace fs = std::filesystem;

using dossier::HistoryDatabase;
using dossier::Retention;
using dossier::RunHistory;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace dossier::history_tests;

class PruningTest : public testing::Test {
protected:
    PruningTest() { dossier::HistoryStatement(database_, "PRAGMA synchronous = OFF").run(); }  // no power is cut here

    void publish(std::string const& run_id) {
        folder_.make_set(run_id);
        folder_.lead_latest_to(run_id);
        history_.finish(history_.begin(by_hand()), published(run_id));
    }
    dossier::Pruned keep(std::size_t n) { return prune(history_, folder_.path(), {n, false}, ""); }
    [[nodiscard]] std::vector<std::string> names_in_runs() const {
        std::vector<std::string> names;
        for (auto const& entry : fs::directory_iterator(folder_.path() / "runs"))
            names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }

    OutputFolder folder_;
    HistoryDatabase database_ = HistoryDatabase::open(folder_.path());
    RunHistory history_{database_, HourlyClock()};
};

TEST_F(PruningTest, RemovesSetsAndSaysSoInTheHistory) {
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    EXPECT_EQ(plan_pruning(history_, folder_.path(), {2, false}, ""), (Retention{{1}, {"a"}}));
    EXPECT_THAT(names_in_runs(), ElementsAre("a", "b", "c")) << "a plan removes nothing";
    auto const pruned = keep(2);
    EXPECT_EQ(pruned.removed, (Retention{{1}, {"a"}}));
    EXPECT_THAT(pruned.not_removed, IsEmpty());
    EXPECT_THAT(names_in_runs(), ElementsAre("b", "c"));
    EXPECT_NE(history_.run("1")->entry.pruned, "");
    EXPECT_EQ(keep(2).removed, Retention{}) << "once";
}

TEST_F(PruningTest, KeepsTheSetThatTheNextRunComparesWithInThePlanAndInTheDeed) {
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    EXPECT_EQ(plan_pruning(history_, folder_.path(), {1, false}, "b"), (Retention{{1}, {"a"}}));
    EXPECT_EQ(prune(history_, folder_.path(), {1, false}, "b").removed, (Retention{{1}, {"a"}}));
    EXPECT_THAT(names_in_runs(), ElementsAre("b", "c"));
}

TEST_F(PruningTest, OfAFolderWithoutRunsThereIsNothingToRemove) {
    EXPECT_EQ(keep(1).removed, Retention{});
    history_.finish(history_.begin(by_hand()), failed("no"));
    EXPECT_EQ(keep(1).removed, Retention{});
}

TEST_F(PruningTest, RemovesNothingWhereItCannotTellWhatLatestLeadsTo) {
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    fs::remove(folder_.path() / "latest");
    fs::create_directory_symlink("/somewhere/else", folder_.path() / "latest");
    EXPECT_EQ(keep(1).removed, Retention{});
    EXPECT_THAT(names_in_runs(), SizeIs(3));
}

TEST_F(PruningTest, ASetThatSomebodyRemovedByHandIsMarkedAsGone) {
    for (auto const* run_id : {"a", "b"})
        publish(run_id);
    fs::remove_all(folder_.path() / "runs/a");
    EXPECT_EQ(keep(1).removed.numbers, (std::vector<std::int64_t>{1}));
    EXPECT_NE(history_.run("1")->entry.pruned, "");
}

TEST_F(PruningTest, ARunIdThatWasPrunedMayBeMadeAgain) {
    for (auto const* run_id : {"a", "b", "a"}) {
        publish(run_id);
        keep(1);
    }
    EXPECT_THAT(names_in_runs(), ElementsAre("a"));
    EXPECT_EQ(history_.run("a")->entry.number, 3);
    EXPECT_EQ(keep(1).removed, Retention{});
}

TEST_F(PruningTest, NeverFollowsLinksOutOfTheFolder) {
    OutputFolder const other;
    other.write("precious.txt", "precious");
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    fs::create_directory_symlink(other.path(), folder_.path() / "runs/a/inside");
    fs::remove_all(folder_.path() / "runs/b");
    fs::create_directory_symlink(other.path(), folder_.path() / "runs/b");
    EXPECT_THAT(keep(1).removed.run_ids, ElementsAre("a", "b"));
    EXPECT_EQ(other.read("precious.txt"), "precious");
    EXPECT_THAT(names_in_runs(), ElementsAre("c"));
}

TEST_F(PruningTest, RemovesNothingThroughALinkInPlaceOfTheFolderOfSets) {
    for (auto const* run_id : {"a", "b"})
        publish(run_id);
    fs::rename(folder_.path() / "runs", folder_.path() / "elsewhere");
    fs::create_directory_symlink("elsewhere", folder_.path() / "runs");
    auto const pruned = keep(1);
    EXPECT_EQ(pruned.removed, Retention{});
    ASSERT_THAT(pruned.not_removed, SizeIs(1));
    EXPECT_THAT(pruned.not_removed[0], HasSubstr("is no folder of its own"));
    EXPECT_EQ(history_.run("1")->entry.pruned, "");
    EXPECT_TRUE(folder_.has("elsewhere/a/manifest.json"));
}

TEST_F(PruningTest, AHistoryThatNamesAPathOutsideRemovesNothing) {
    OutputFolder const other;
    other.write("precious.txt", "precious");
    for (auto const& run_id : {std::string("../precious"), std::string(".."), std::string("."), other.path().string()})
        history_.finish(history_.begin(by_hand()), published(run_id));
    folder_.write("precious", "precious");
    publish("z");
    auto const pruned = keep(1);
    EXPECT_THAT(pruned.not_removed, SizeIs(4));
    EXPECT_EQ(folder_.read("precious"), "precious");
    EXPECT_TRUE(other.has("precious.txt"));
    EXPECT_TRUE(folder_.has("history.sqlite"));
}

TEST_F(PruningTest, AllSetsStayWhereTheHistoryCannotSayThatTheyWent) {
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    dossier::HistoryStatement(
        database_, "CREATE TEMP TRIGGER no BEFORE UPDATE OF pruned ON runs BEGIN SELECT raise(ABORT, 'not now'); END")
        .run();
    EXPECT_THROW(keep(1), dossier::Failure);
    EXPECT_THAT(names_in_runs(), ElementsAre("a", "b", "c"));
    dossier::HistoryStatement(database_, "DROP TRIGGER no").run();
    EXPECT_THAT(keep(1).removed.run_ids, ElementsAre("a", "b"));
    EXPECT_THAT(names_in_runs(), ElementsAre("c"));
}

// To say that a set went takes room for a journal; what went is that room.
TEST_F(PruningTest, WhatGoesMakesTheRoomThatTheHistoryNeeds) {
    for (auto const* run_id : {"a", "b", "c"})
        publish(run_id);
    dossier::HistoryStatement(database_, "CREATE TABLE ballast (bytes BLOB)").run();
    dossier::HistoryStatement(database_,
                              "CREATE TRIGGER grows BEFORE UPDATE OF pruned ON runs"
                              " BEGIN INSERT INTO ballast VALUES (zeroblob(1000000)); END")
        .run();
    dossier::HistoryStatement pages(database_, "PRAGMA max_page_count = 60");
    ASSERT_TRUE(pages.with().next());
    EXPECT_THROW(keep(1), dossier::Failure) << "there is no room at all";
    EXPECT_THAT(names_in_runs(), ElementsAre("c")) << "so that the next time finds some";
    EXPECT_EQ(history_.run("1")->entry.pruned, "");
    dossier::HistoryStatement(database_, "DROP TRIGGER grows").run();
    EXPECT_THAT(keep(1).removed.numbers, ElementsAre(1, 2));
}

TEST_F(PruningTest, SweepsWhatAKilledRunHadHidden) {
    publish("a");
    folder_.write("runs/.removed-x/a.csv", "half");
    folder_.write("runs/.removed-x-2/a.csv", "half");
    keep(1);
    EXPECT_THAT(names_in_runs(), ElementsAre("a"));
}

TEST_F(PruningTest, TakesOldLinesOutOfTheHistoryWhereThereAreTooMany) {
    for (int i = 0; i < 6; ++i)
        publish("s" + std::to_string(i));
    auto const pruned = prune(history_, folder_.path(), {2, false}, "", 3);
    EXPECT_EQ(pruned.n_forgotten, 3u);
    EXPECT_EQ(history_.count(), 3);
    EXPECT_FALSE(history_.run("3"));
    EXPECT_TRUE(history_.run("4"));
}

// Whenever it is killed, a set that is there is whole, and the next time does the rest.
TEST_F(PruningTest, AKillAtAnyMomentLeavesEachSetWholeOrGone) {
    int n_cut_short = 0;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 8; ++i) {
            auto const run_id = std::to_string(round) + "-" + std::to_string(i);
            for (int k = 0; k < 40; ++k)
                folder_.write("runs/" + run_id + "/" + std::to_string(k) + ".csv", "x");
            publish(run_id);
        }
        auto const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto const database = HistoryDatabase::open(folder_.path());
            RunHistory history(database, HourlyClock());
            prune(history, folder_.path(), {1, false}, "");
            ::_exit(0);
        }
        ::usleep(static_cast<useconds_t>(500 * round));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        n_cut_short += WIFSIGNALED(status);
        for (auto const& name : names_in_runs()) {
            if (name.starts_with(".removed-")) continue;
            auto const n_files = std::distance(fs::recursive_directory_iterator(folder_.path() / "runs" / name), {});
            EXPECT_EQ(n_files, 43) << name;
        }
        history_.mark_interrupted();
        keep(1);
        EXPECT_THAT(names_in_runs(), ElementsAre(std::to_string(round) + "-7"));
        EXPECT_THAT(history_.runs({.only_unpruned = true}), SizeIs(1));
    }
    EXPECT_GT(n_cut_short, 3) << "hardly any was killed while it worked";
}

TEST(LatestSet, SaysWhatTheLinkLeadsToAndThatItCannotTell) {
    OutputFolder const folder;
    EXPECT_EQ(dossier::latest_set(folder.path()), "");
    folder.lead_latest_to("a");
    EXPECT_EQ(dossier::latest_set(folder.path()), "a") << "also where it dangles";
    for (auto const* target : {"/etc", "runs/../a", "runs/.removed-a", "a", "runs/a/b"}) {
        fs::remove(folder.path() / "latest");
        fs::create_symlink(target, folder.path() / "latest");
        EXPECT_EQ(dossier::latest_set(folder.path()), std::nullopt) << target;
    }
    fs::remove(folder.path() / "latest");
    folder.write("latest", "a file");
    EXPECT_EQ(dossier::latest_set(folder.path()), std::nullopt);
}

}  // namespace
