#include "dossier/history/history_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/history/run_history.hpp"
#include "folder.hpp"

namespace {

namespace fs = std::filesystem;

using dossier::Failure;
using dossier::FailureKind;
using dossier::HistoryDatabase;
using dossier::HistoryStatement;
using dossier::RunHistory;
using testing::HasSubstr;
using namespace dossier::history_tests;

constexpr char const* file = "history.sqlite";

std::optional<Failure> failure_of(std::function<void()> const& work) {
    try {
        work();
    } catch (Failure const& failure) {
        return failure;
    }
    return std::nullopt;
}

/// With plain SQLite, whatever Dossier thinks of it.
void change(fs::path const& path, std::string const& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
}

class HistoryDatabaseTest : public testing::Test {
protected:
    void record_runs(int n) {
        auto const database = HistoryDatabase::open_or_begin_anew(folder_.path());
        HistoryStatement(database, "PRAGMA synchronous = OFF").run();  // no power is cut here
        RunHistory history(database, HourlyClock());
        for (int i = 0; i < n; ++i) {
            auto end = published("s" + std::to_string(i));
            end.outputs = {{"a.csv", 1, std::string(64, 'a')}};
            history.finish(history.begin(by_hand()), end);
        }
    }
    [[nodiscard]] std::int64_t n_runs() const {
        auto const database = HistoryDatabase::open_to_read(folder_.path());
        return database ? RunHistory(*database, HourlyClock()).count() : -1;
    }
    /// Moved aside by a run, with a warning; and refused by everybody else, who says what to do.
    void expect_moved_aside_by_a_run() {
        auto const read = failure_of([&] { static_cast<void>(n_runs()); });
        ASSERT_TRUE(read);
        EXPECT_EQ(read->kind(), FailureKind::store);
        EXPECT_THAT(read->what(), HasSubstr("is damaged"));
        EXPECT_THAT(read->what(), HasSubstr("the next run moves it aside"));
        auto const bytes = folder_.read(file);
        auto const database = HistoryDatabase::open_or_begin_anew(folder_.path());
        EXPECT_EQ(database.damaged_file(), folder_.path() / "history.sqlite.damaged-1");
        EXPECT_EQ(folder_.read("history.sqlite.damaged-1"), bytes) << "nothing of it is lost";
        RunHistory history(database, HourlyClock());
        EXPECT_EQ(history.begin(by_hand()), 1);
    }

    OutputFolder folder_;
};

TEST_F(HistoryDatabaseTest, ReadersFindNoneWhereThereIsNone) {
    EXPECT_FALSE(HistoryDatabase::open_to_read(folder_.path()));
    EXPECT_FALSE(HistoryDatabase::open_to_read(folder_.path() / "nowhere"));
    EXPECT_FALSE(folder_.has(file)) << "and make none";
}

TEST_F(HistoryDatabaseTest, LeavesOneFile) {
    record_runs(1);
    EXPECT_TRUE(folder_.has(file));
    EXPECT_FALSE(folder_.has("history.sqlite-journal"));
    EXPECT_FALSE(folder_.has("history.sqlite-wal"));
    EXPECT_EQ(n_runs(), 1);
}

TEST_F(HistoryDatabaseTest, AnEmptyFileIsANewHistory) {  // a run was killed right after it was made
    folder_.write(file, "");
    record_runs(1);
    EXPECT_EQ(n_runs(), 1);
}

TEST_F(HistoryDatabaseTest, TextInItsPlaceIsMovedAside) {
    folder_.write(file,
                  "this is no database, and longer than a header of SQLite, which is one hundred bytes long......\n");
    expect_moved_aside_by_a_run();
}

TEST_F(HistoryDatabaseTest, ADatabaseOfSomebodyElseIsMovedAside) {
    change(folder_.path() / file, "CREATE TABLE birds (name TEXT)");
    expect_moved_aside_by_a_run();
}

TEST_F(HistoryDatabaseTest, AnotherProgramsVersionedDatabaseIsMovedAside) {
    change(folder_.path() / file, "CREATE TABLE birds (name TEXT); PRAGMA user_version = 1");
    expect_moved_aside_by_a_run();
}

TEST_F(HistoryDatabaseTest, DamageInTheMiddleIsMovedAsideByARun) {
    record_runs(200);
    auto bytes = folder_.read(file);
    ASSERT_GT(bytes.size(), 20'000u);
    for (std::size_t i = 4096; i < bytes.size(); i += 4096)
        bytes.replace(i, 64, 64, '\xee');
    folder_.write(file, bytes);
    auto const database = HistoryDatabase::open_or_begin_anew(folder_.path());
    EXPECT_EQ(database.damaged_file(), folder_.path() / "history.sqlite.damaged-1");
    EXPECT_EQ(folder_.read("history.sqlite.damaged-1"), bytes);
}

TEST_F(HistoryDatabaseTest, AFileThatIsCutOffIsMovedAsideByARun) {
    record_runs(200);
    auto const bytes = folder_.read(file);
    folder_.write(file, bytes.substr(0, bytes.size() / 2));
    auto const database = HistoryDatabase::open_or_begin_anew(folder_.path());
    EXPECT_FALSE(database.damaged_file().empty());
}

TEST_F(HistoryDatabaseTest, EachDamagedFileIsKeptUnderItsOwnName) {
    for (int n = 1; n <= 3; ++n) {
        folder_.write(file, "damage " + std::to_string(n) + std::string(200, '.'));
        static_cast<void>(HistoryDatabase::open_or_begin_anew(folder_.path()));
        EXPECT_THAT(folder_.read("history.sqlite.damaged-" + std::to_string(n)), HasSubstr(std::to_string(n)));
    }
}

TEST_F(HistoryDatabaseTest, TheJournalOfADamagedFileIsNotPlayedIntoTheNewOne) {
    folder_.write(file, "damage" + std::string(200, '.'));
    folder_.write("history.sqlite-journal", "journal");
    auto const database = HistoryDatabase::open_or_begin_anew(folder_.path());
    EXPECT_FALSE(folder_.has("history.sqlite-journal"));
}

TEST_F(HistoryDatabaseTest, ANewerOneIsLeftAloneByEverybodyWhoSaysWhatToDo) {
    record_runs(3);
    change(folder_.path() / file, "PRAGMA user_version = 999");
    for (auto const& open : std::vector<std::function<void()>>{
             [&] { static_cast<void>(HistoryDatabase::open(folder_.path())); },
             [&] { static_cast<void>(HistoryDatabase::open_to_read(folder_.path())); },
             [&] { static_cast<void>(HistoryDatabase::open_or_begin_anew(folder_.path())); }}) {
        auto const failure = failure_of(open);
        ASSERT_TRUE(failure);
        EXPECT_EQ(failure->kind(), FailureKind::store);
        EXPECT_THAT(failure->what(), HasSubstr("newer Dossier (version 999, this one knows 1); use that one, or"));
    }
    change(folder_.path() / file, "PRAGMA user_version = 1");
    EXPECT_EQ(n_runs(), 3);
}

TEST_F(HistoryDatabaseTest, AFolderInItsPlaceIsAFailureThatNamesIt) {
    fs::create_directories(folder_.path() / file);
    auto const failure = failure_of([&] { static_cast<void>(HistoryDatabase::open_or_begin_anew(folder_.path())); });
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind(), FailureKind::publish);
    EXPECT_THAT(failure->what(), HasSubstr((folder_.path() / file).string()));
}

TEST_F(HistoryDatabaseTest, ATransactionThatThrowsChangesNothing) {
    auto const database = HistoryDatabase::open(folder_.path());
    EXPECT_THROW(database.transaction([&] {
        RunHistory(database, HourlyClock());
        HistoryStatement(database,
                         "INSERT INTO runs (began, state, job, arguments, working_folder, trigger, periods,"
                         " tool_version) VALUES ('', 'failed', '', '[]', '', '', '[]', '')")
            .run();
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(RunHistory(database, HourlyClock()).count(), 0);
}

// What SQLite leaves of a program that is killed in the middle of a transaction: the next one undoes it, also a reader.
TEST_F(HistoryDatabaseTest, AKillAtAnyMomentLeavesWholeRunsOnly) {
    record_runs(1);
    for (int round = 0; round < 40; ++round) {
        auto const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto const database = HistoryDatabase::open(folder_.path());
            RunHistory history(database, HourlyClock());
            for (int i = 0;; ++i) {
                auto end = published("k" + std::to_string(i));
                end.outputs.assign(50, {});
                for (std::size_t k = 0; k < end.outputs.size(); ++k)
                    end.outputs[k].file = std::to_string(k);
                history.finish(history.begin(by_hand()), end);
            }
        }
        ::usleep(static_cast<useconds_t>(1000 + 731 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        auto const database = HistoryDatabase::open_to_read(folder_.path());
        ASSERT_TRUE(database);
        HistoryStatement check(*database, "PRAGMA integrity_check");
        ASSERT_TRUE(check.next());
        EXPECT_EQ(check.text(0), "ok");
        HistoryStatement halves(*database,
                                "SELECT count(*) FROM runs r WHERE state = 'published' AND run_id LIKE 'k%' AND"
                                " (SELECT count(*) FROM run_outputs o WHERE o.number = r.number) <> 50");
        ASSERT_TRUE(halves.next());
        EXPECT_EQ(halves.number(0), 0) << "a run whose end is there in part";
    }
    EXPECT_GT(n_runs(), 1) << "no child came to recording anything";
}

}  // namespace
