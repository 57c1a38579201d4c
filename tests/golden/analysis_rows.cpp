#include "golden/analysis_rows.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace dossier::test {
namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

[[noreturn]] void fail(sqlite3* database, std::string const& sql) {
    throw std::runtime_error(std::string(sqlite3_errmsg(database)) + ": " + sql);
}

Database open(std::filesystem::path const& file) {
    sqlite3* raw = nullptr;
    int const status = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    Database database(raw, &sqlite3_close);
    if (status != SQLITE_OK) fail(raw, file.string());
    return database;
}

std::vector<std::string> row_of(sqlite3_stmt* statement) {
    std::vector<std::string> row;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        row.push_back(text == nullptr ? std::string() : std::string(text, size));
    }
    return row;
}

}  // namespace

std::vector<std::vector<std::string>> query(std::filesystem::path const& file, std::string const& sql,
                                            std::vector<std::string> const& parameters) {
    auto const database = open(file);
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) fail(database.get(), sql);
    Statement const statement(raw, &sqlite3_finalize);
    for (int i = 0; i < static_cast<int>(parameters.size()); ++i)
        sqlite3_bind_text(raw, i + 1, parameters[static_cast<std::size_t>(i)].c_str(), -1, SQLITE_TRANSIENT);
    std::vector<std::vector<std::string>> rows;
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(raw)) == SQLITE_ROW)
        rows.push_back(row_of(raw));
    if (status != SQLITE_DONE) fail(database.get(), sql);
    return rows;
}

}  // namespace dossier::test
