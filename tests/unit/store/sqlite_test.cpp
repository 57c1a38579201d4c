#include "dossier/store/sqlite.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "support/temporary_folder.hpp"

namespace {

using dossier::sqlite::Connection;
using dossier::sqlite::Inserts;
using dossier::sqlite::Maybe;
using dossier::sqlite::Statement;

TEST(InsertsOfRows, KeepEachInItsOrderHoweverManyThereAre) {
    dossier_test::TemporaryFolder const folder;
    for (int n : {0, 1, 15, 16, 17, 32, 50}) {
        Connection connection(folder.path() / ("rows" + std::to_string(n)));
        connection.run("CREATE TABLE t (number INTEGER PRIMARY KEY, text TEXT, part REAL, maybe TEXT, flag INTEGER)");
        Inserts rows(connection, "t", 5);
        for (int i = 0; i < n; ++i) {
            std::string const text(static_cast<std::size_t>(i * 7), static_cast<char>('a' + i % 26));
            rows.row(i, text, i % 3 == 0 ? std::nullopt : std::optional<double>(i / 2.0), Maybe{i % 2 == 0 ? "" : "m"},
                     i % 5 == 0);
        }
        rows.flush();
        Statement row(connection,
                      "SELECT count(*) FROM t WHERE number = ?1 AND length(text) = ?2 AND part IS ?3 AND maybe IS ?4"
                      " AND flag = ?5 AND rowid = ?1");
        for (int i = 0; i < n; ++i) {
            EXPECT_TRUE(row.row(i, i * 7, i % 3 == 0 ? std::nullopt : std::optional<double>(i / 2.0),
                                Maybe{i % 2 == 0 ? "" : "m"}, i % 5 == 0));
            EXPECT_EQ(row.first(), 1) << i << " of " << n;
        }
        Statement count(connection, "SELECT count(*) FROM t");
        EXPECT_TRUE(count.row());
        EXPECT_EQ(count.first(), n);
    }
}

TEST(InsertsOfRows, ThatTheTableRefusesAreAFailure) {
    dossier_test::TemporaryFolder const folder;
    Connection connection(folder.path() / "rows");
    connection.run("CREATE TABLE t (number INTEGER PRIMARY KEY)");
    Inserts rows(connection, "t", 1);
    rows.row(1);
    rows.row(1);
    EXPECT_THROW(rows.flush(), dossier::Failure);
}

}  // namespace
