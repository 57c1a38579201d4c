// Runs a report of the tree over an invented analysis, and reads what it says.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "sample_analysis.hpp"
#include "support/report_harness.hpp"

namespace dossier::test {

inline std::string library_of(std::string const& report) {
    return DOSSIER_BINARY_DIR "/lib/dossier/plugins/" + report + ".so";
}

inline void execute(std::string const& path, std::string const& sql) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
}

/// What the report says; fails the test unless all went well. DOSSIER_SHOW_REPORTS=1 prints it.
/// @param report  its plugin's file, without .so
/// @param sql  is run on the database after the sample was written
inline std::vector<Said> blocks_of(std::string const& report, SampleAnalysis const& sample,
                                   OptionMap const& options = {}, std::string const& sql = {}) {
    TemporaryFolder folder;
    auto const path = folder.file("analysis.sqlite");
    sample.write(path);
    if (!sql.empty()) execute(path, sql);
    auto run = run_report(library_of(report), path, options);
    EXPECT_EQ(run.status, DOSSIER_OK) << report << ": " << run.error;
    EXPECT_THAT(problems_in(run.blocks), testing::IsEmpty()) << report;
    if (std::getenv("DOSSIER_SHOW_REPORTS") != nullptr) std::cout << as_text(run.blocks) << std::endl;
    return std::move(run.blocks);
}

/// Rows of the table with this anchor, as people read them: without ids. None where there is no such table.
inline std::vector<Said> rows_of(std::vector<Said> const& blocks, std::string const& anchor) {
    auto said = std::find_if(blocks.begin(), blocks.end(),
                             [&](Said const& one) { return one.kind == DOSSIER_TABLE_BEGIN && one.anchor == anchor; });
    std::vector<Said> rows;
    if (said == blocks.end()) return rows;
    auto const& columns = said->columns;
    for (++said; said != blocks.end() && said->kind == DOSSIER_ROW; ++said) {
        auto& row = rows.emplace_back(*said);
        row.cells.clear();
        for (std::size_t i = 0; i < said->cells.size() && i < columns.size(); ++i)
            if (columns[i].role != DOSSIER_COLUMN_KEY) row.cells.push_back(said->cells[i]);
    }
    return rows;
}

/// The same, each as "cell|cell|…": texts and integers as they are.
/// @param real  what stands for a real
inline std::vector<std::string> rows_in_words(std::vector<Said> const& blocks, std::string const& anchor,
                                              std::string const& real = {}) {
    std::vector<std::string> rows;
    for (auto const& said : rows_of(blocks, anchor)) {
        std::string row;
        for (auto const& cell : said.cells) {
            auto const shown = cell.kind == DOSSIER_CELL_INTEGER ? std::to_string(cell.integer)
                               : cell.kind == DOSSIER_CELL_REAL  ? real
                                                                 : cell.text;
            row += (&cell == &said.cells.front() ? "" : "|") + shown;
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace dossier::test
