#include "analysis_reader.hpp"

#include <sqlite3.h>

#include <string_view>
#include <utility>
#include <vector>

#include "dossier/store/untrusted_database.hpp"

/// A running query: opaque to plugins.
struct dossier_rows {
    sqlite3_stmt* statement = nullptr;
    std::vector<dossier_value> values;
    bool done = false;  ///< stepping once more would start the query again
};

namespace dossier::worker {
namespace {

constexpr std::size_t max_sql_bytes = std::size_t{1} << 20;

constexpr int steps_between_questions = 20'000;  // of SQLite's virtual machine: about a millisecond

void read_value(sqlite3_stmt* statement, int column, dossier_value& value) {
    value = {};
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            value.type = DOSSIER_INTEGER;
            value.integer = sqlite3_column_int64(statement, column);
            return;
        case SQLITE_FLOAT:
            value.type = DOSSIER_REAL;
            value.real = sqlite3_column_double(statement, column);
            return;
        case SQLITE_TEXT:
            value.type = DOSSIER_TEXT;
            value.text.data = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
            value.text.size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            return;
        default: return;  // NULL; the views hold no blobs
    }
}

int bind(sqlite3_stmt* statement, int index, dossier_value const& value) {
    switch (value.type) {
        case DOSSIER_INTEGER: return sqlite3_bind_int64(statement, index, value.integer);
        case DOSSIER_REAL: return sqlite3_bind_double(statement, index, value.real);
        case DOSSIER_TEXT:
            return sqlite3_bind_text64(statement, index, value.text.size == 0 ? "" : value.text.data, value.text.size,
                                       SQLITE_TRANSIENT, SQLITE_UTF8);
        case DOSSIER_BOOLEAN: return sqlite3_bind_int64(statement, index, value.boolean != 0 ? 1 : 0);
        default: return sqlite3_bind_null(statement, index);
    }
}

/// Runs a query of one text column to its end. False: it failed, a text is missing, or `take` wants no more.
template <class Take>
bool for_each_text(sqlite3* database, char const* sql, Take const& take) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) return false;
    int status = SQLITE_ROW;
    bool wanted = true;
    while (wanted && (status = sqlite3_step(statement)) == SQLITE_ROW) {
        auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(statement, 0));
        wanted = text != nullptr && take(text);
    }
    sqlite3_finalize(statement);
    return wanted && status == SQLITE_DONE;
}

}  // namespace

AnalysisReader::AnalysisReader(std::function<bool()> cancelled) : cancelled_(std::move(cancelled)) {}

AnalysisReader::~AnalysisReader() {
    sqlite3_close_v2(names_);
    sqlite3_close_v2(database_);
}

bool AnalysisReader::open(std::string const& path) {
    auto opened = sqlite::open_untrusted(path, sqlite::Views::readable);
    if (!opened.problem.empty()) {
        problem_ = std::move(opened.problem);
        return false;
    }
    database_ = opened.handle.release();
    sqlite3_progress_handler(database_, steps_between_questions, &interrupted, this);
    auto const names_of_views = for_each_text(database_, "SELECT name FROM sqlite_schema WHERE type = 'view'",
                                              [this](char const* name) { return views_.emplace(name), true; });
    if (!names_of_views) {
        problem_ = sqlite3_errmsg(database_);
        return false;
    }
    sqlite3_set_authorizer(database_, &authorise, this);
    return true;
}

bool AnalysisReader::open_names() {
    // Names are quoted: they are the file's choice.
    constexpr char const* columns_sql =
        "SELECT printf('CREATE TABLE \"%w\" (%s)', s.name, group_concat(printf('\"%w\"', c.name)))"
        " FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'view' GROUP BY s.name";
    if (sqlite3_open_v2(":memory:", &names_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        return false;
    own_query_ = true;
    bool const sound = for_each_text(database_, columns_sql, [this](char const* sql) {
        return sqlite3_exec(names_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    });
    own_query_ = false;
    if (sound) sqlite3_set_authorizer(names_, &authorise_names, this);
    return sound;
}

/// What the query names itself, where no view is unfolded into its tables.
int AnalysisReader::authorise_names(void*, int action, char const* first, char const*, char const*, char const*) {
    if (action != SQLITE_READ || first == nullptr) return SQLITE_OK;
    std::string_view const name = first;
    return name.starts_with("sqlite_") || name.starts_with("pragma_") || name == "dbstat" ? SQLITE_DENY : SQLITE_OK;
}

std::optional<std::string> AnalysisReader::names_no_view(std::string const& sql) {
    if (names_ == nullptr && !open_names()) {
        sqlite3_close_v2(std::exchange(names_, nullptr));
        return "the views cannot be told";
    }
    sqlite3_stmt* statement = nullptr;
    int const prepared = sqlite3_prepare_v2(names_, sql.c_str(), static_cast<int>(sql.size() + 1), &statement, nullptr);
    sqlite3_finalize(statement);
    if (prepared == SQLITE_OK) return std::nullopt;
    return "only views may be read: " + std::string(sqlite3_errmsg(names_));
}

/// Views may be read, and tables only from within a view.
int AnalysisReader::authorise(void* self, int action, char const* first, char const* second, char const*,
                              char const* inside) {
    if (static_cast<AnalysisReader*>(self)->own_query_) return SQLITE_OK;
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_RECURSIVE: return SQLITE_OK;
        case SQLITE_FUNCTION:
            return second != nullptr && std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        case SQLITE_READ: {
            auto& reader = *static_cast<AnalysisReader*>(self);
            auto const& views = reader.views_;
            // Of a table of which the query wants no column SQLite asks for the column ''. Once a view is unfolded into the
            // query it no longer says whose table that is, so the names in the query are looked at (names_no_view).
            if (second != nullptr && *second == '\0') {
                reader.read_nothing_ = true;
                return SQLITE_OK;
            }
            if (inside != nullptr && views.contains(std::string_view(inside))) return SQLITE_OK;
            return first != nullptr && views.contains(std::string_view(first)) ? SQLITE_OK : SQLITE_DENY;
        }
        default: return SQLITE_DENY;
    }
}

int AnalysisReader::interrupted(void* self) {
    return static_cast<AnalysisReader*>(self)->cancelled_() ? 1 : 0;
}

dossier_status AnalysisReader::refuse(std::string problem) {
    problem_ = std::move(problem);
    return DOSSIER_BAD_QUERY;
}

dossier_status AnalysisReader::query(dossier_text sql, dossier_value const* parameters, std::size_t n_parameters,
                                     dossier_rows** rows) {
    if (rows == nullptr || (sql.data == nullptr && sql.size != 0) || (parameters == nullptr && n_parameters != 0))
        return DOSSIER_BAD_ARGUMENT;
    *rows = nullptr;
    if (database_ == nullptr) return refuse("formats have no analysis to query");
    if (sql.size > max_sql_bytes) return refuse("the query is longer than 1 MiB");
    std::string const text(sql.size == 0 ? "" : sql.data, sql.size);
    sqlite3_stmt* statement = nullptr;
    char const* rest = nullptr;
    read_nothing_ = false;
    if (sqlite3_prepare_v2(database_, text.c_str(), static_cast<int>(text.size() + 1), &statement, &rest) != SQLITE_OK)
        return refuse(sqlite3_errmsg(database_));
    auto made = std::make_unique<dossier_rows>();
    made->statement = statement;
    auto const give_up = [&](std::string problem) {
        sqlite3_finalize(statement);
        return refuse(std::move(problem));
    };
    if (statement == nullptr) return give_up("the query is empty");
    if (std::string_view(rest).find_first_not_of(" \t\r\n;") != std::string_view::npos)
        return give_up("the query is more than one statement");
    if (read_nothing_)
        if (auto problem = names_no_view(text)) return give_up(std::move(*problem));
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != n_parameters)
        return give_up("the query has " + std::to_string(sqlite3_bind_parameter_count(statement)) +
                       " parameters, but was given " + std::to_string(n_parameters));
    for (std::size_t i = 0; i < n_parameters; ++i)
        if (bind(statement, static_cast<int>(i) + 1, parameters[i]) != SQLITE_OK)
            return give_up(sqlite3_errmsg(database_));
    *rows = made.release();
    return DOSSIER_OK;
}

dossier_status AnalysisReader::next_row(dossier_rows* rows, dossier_value const** values, std::size_t* n_values) {
    if (rows == nullptr || values == nullptr || n_values == nullptr) return DOSSIER_BAD_ARGUMENT;
    *values = nullptr, *n_values = 0;
    if (rows->done) return DOSSIER_DONE;
    int const stepped = sqlite3_step(rows->statement);
    rows->done = stepped != SQLITE_ROW;
    if (stepped == SQLITE_DONE) return DOSSIER_DONE;
    if (stepped == SQLITE_INTERRUPT) return DOSSIER_CANCELLED;
    if (stepped != SQLITE_ROW) return refuse(sqlite3_errmsg(database_));
    rows->values.resize(static_cast<std::size_t>(sqlite3_column_count(rows->statement)));
    for (std::size_t i = 0; i < rows->values.size(); ++i)
        read_value(rows->statement, static_cast<int>(i), rows->values[i]);
    *values = rows->values.data(), *n_values = rows->values.size();
    return DOSSIER_OK;
}

void AnalysisReader::close_rows(dossier_rows* rows) {
    if (rows == nullptr) return;
    sqlite3_finalize(rows->statement);
    delete rows;
}

}  // namespace dossier::worker
