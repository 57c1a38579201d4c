#include "dossier/store/untrusted_database.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/analysed_quotes.hpp"
#include "sample_analysis.hpp"

namespace {

using dossier::AnalysedQuotes;
using dossier::Failure;
using dossier::test::TemporaryFolder;
namespace sqlite = dossier::sqlite;

constexpr std::size_t page_bytes = 512;

constexpr char const* tables =
    "CREATE TABLE t_article (number INTEGER PRIMARY KEY, article_id TEXT, path TEXT, file TEXT, sha256 TEXT);"
    "CREATE TABLE t_quote (number INTEGER PRIMARY KEY, byte_begin INTEGER, byte_end INTEGER, text TEXT);";
constexpr char const* endless = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n";

void make(std::string const& path, std::string const& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, ("PRAGMA page_size = 512;" + sql).c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
}

int status_of(sqlite3* database, std::string const& sql) {
    return sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
}

std::string big_endian(std::size_t number, int n_bytes) {
    std::string bytes;
    for (int i = n_bytes; i-- > 0;)
        bytes += static_cast<char>(number >> (8 * i) & 0xff);
    return bytes;
}

/// An inner page of a table, all of whose forty children are the one page.
std::string page_of_one_child(std::size_t child) {
    constexpr std::size_t n_cells = 40, cell_bytes = 5;
    auto const content = page_bytes - n_cells * cell_bytes;
    auto page = std::string("\x05", 1) + big_endian(0, 2) + big_endian(n_cells, 2) + big_endian(content, 2) +
                big_endian(0, 1) + big_endian(child, 4);
    for (std::size_t i = 0; i < n_cells; ++i)
        page += big_endian(content + i * cell_bytes, 2);
    page.resize(content);
    for (std::size_t i = 0; i < n_cells; ++i)
        page += big_endian(child, 4) + static_cast<char>(i + 1);
    return page;
}

/// A database whose table t_article says that it has 40^10 times the rows that it has.
void make_with_circles(std::string const& path) {
    std::string sql = tables;
    for (int i = 1; i <= 600; ++i)
        sql += "INSERT INTO t_article VALUES (" + std::to_string(i) + ", 'a', 'a.txt', NULL, '');";
    make(path, sql);
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    constexpr std::size_t root = 2, first = 5, levels = 10;  // t_article is the first table
    ASSERT_GT(bytes.size(), (first + levels) * page_bytes);
    auto const put = [&](std::size_t number, std::string const& page) {
        bytes.replace((number - 1) * page_bytes, page_bytes, page);
    };
    put(root, page_of_one_child(first));
    for (std::size_t i = 0; i + 1 < levels; ++i)
        put(first + i, page_of_one_child(first + i + 1));
    std::ofstream(path, std::ios::binary) << bytes;
}

class UntrustedDatabase : public testing::Test {
protected:
    TemporaryFolder folder;
    std::string path = folder.file("analysis.sqlite");
};

TEST_F(UntrustedDatabase, IsOnlyRead) {
    make(path, tables);
    auto const opened = sqlite::open_untrusted(path, sqlite::Views::readable);
    ASSERT_TRUE(opened.handle) << opened.problem;
    EXPECT_EQ(status_of(opened.handle.get(), "SELECT * FROM t_article"), SQLITE_OK);
    EXPECT_EQ(status_of(opened.handle.get(), "INSERT INTO t_article VALUES (1, '', '', '', '')"), SQLITE_READONLY);
    EXPECT_NE(status_of(opened.handle.get(), "ATTACH '" + folder.file("other.sqlite") + "' AS other"), SQLITE_OK);
    EXPECT_NE(status_of(opened.handle.get(), "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''"),
              SQLITE_OK);
}

TEST_F(UntrustedDatabase, HasNoViewsWhereTheyAreRefused) {
    make(path, std::string(tables) + "CREATE VIEW v AS SELECT 1;");
    auto const refusing = sqlite::open_untrusted(path, sqlite::Views::refused);
    EXPECT_EQ(status_of(refusing.handle.get(), "SELECT * FROM v"), SQLITE_ERROR);
    auto const reading = sqlite::open_untrusted(path, sqlite::Views::readable);
    EXPECT_EQ(status_of(reading.handle.get(), "SELECT * FROM v"), SQLITE_OK);
}

TEST_F(UntrustedDatabase, HasNoFunctionsThatReachOutOfTheFile) {
    make(path,
         "CREATE VIEW v AS SELECT load_extension('/tmp/a.so'); CREATE VIEW w AS SELECT * FROM pragma_database_list;");
    auto const opened = sqlite::open_untrusted(path, sqlite::Views::readable);
    EXPECT_EQ(status_of(opened.handle.get(), "SELECT * FROM v"), SQLITE_ERROR);
    EXPECT_EQ(status_of(opened.handle.get(), "SELECT * FROM w"), SQLITE_ERROR);
}

TEST_F(UntrustedDatabase, TakesNothingFromAJournalBesideIt) {
    make(path, tables);
    std::ofstream(path + "-journal") << "not a journal";
    std::ofstream(path + "-wal") << "not a log";
    auto const opened = sqlite::open_untrusted(path, sqlite::Views::refused);
    EXPECT_EQ(status_of(opened.handle.get(), "SELECT * FROM t_article"), SQLITE_OK);
}

TEST_F(UntrustedDatabase, EndsAQueryThatNeverEnds) {
    make(path, "CREATE VIEW v AS " + std::string(endless) + " FROM c;");
    auto const opened = sqlite::open_untrusted(path, sqlite::Views::readable);
    sqlite::StepLimit steps(opened.handle.get(), opened.file_bytes);
    auto const counted = steps.count();
    EXPECT_EQ(status_of(opened.handle.get(), "SELECT count(*) FROM v"), SQLITE_INTERRUPT);
}

TEST_F(UntrustedDatabase, IsAFailureOfTheStoreWhereItsPagesRunInCircles) {
    make_with_circles(path);
    AnalysedQuotes quotes(path);
    try {
        quotes.for_each_article([](auto const&) {});
        FAIL() << "it came to an end";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.kind(), dossier::FailureKind::store);
        EXPECT_STREQ(failure.what(), "cannot read the analysis database: interrupted");
    }
}

TEST_F(UntrustedDatabase, IsAFailureOfTheStoreWhereAViewStandsForATable) {
    make(path, "CREATE VIEW t_article AS " + std::string(endless) +
                   " AS number, '' AS article_id, '' AS path, '' AS file, '' AS sha256 FROM c;"
                   "CREATE TABLE t_quote (number INTEGER PRIMARY KEY, byte_begin, byte_end, text);");
    EXPECT_THROW(AnalysedQuotes quotes(path), Failure);
}

TEST_F(UntrustedDatabase, IsAFailureOfTheStoreWhereAnArticleHasANumberThatNoneCanHave) {
    for (auto const* const number : {"9223372036854775807", "-1", "100000000"}) {
        auto const file = folder.file(number);
        make(file, std::string(tables) + "INSERT INTO t_article VALUES (" + number + ", 'a', 'a.txt', NULL, '');");
        AnalysedQuotes quotes(file);
        EXPECT_THROW((void)quotes.article("a"), Failure) << number;
    }
}

TEST_F(UntrustedDatabase, ThatIsNoneIsAFailureOfTheStore) {
    for (std::string const bytes : {"", "no database", "SQLite format 3"}) {
        std::ofstream(path, std::ios::trunc) << bytes;
        EXPECT_THROW(AnalysedQuotes quotes(path), Failure) << bytes;
    }
    EXPECT_THROW(AnalysedQuotes quotes(folder.file("none.sqlite")), Failure);
}

}  // namespace
