// SQLite with C++ manners: a connection and prepared statements that close themselves and throw Failure.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "dossier/diagnostics/failure.hpp"

namespace dossier::sqlite {

/// Text that is stored as NULL when it is empty: "not stated".
struct Maybe {
    std::string_view text;
};

class Connection {
public:
    /// Opens `path`, creating it if it is not there.
    explicit Connection(std::string path) : path_(std::move(path)) {
        int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(path_.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
            std::unique_ptr<sqlite3, decltype(&sqlite3_close)> const closing(handle_, &sqlite3_close);
            throw failure_now();
        }
    }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() { sqlite3_close(handle_); }

    void run(std::string const& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw failure_now();
    }
    /// Closes the file; only then is it whole.
    void close() {
        if (sqlite3_close(handle_) != SQLITE_OK) throw failure_now();
        handle_ = nullptr;
    }
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    [[nodiscard]] Failure failure_now() const {
        return {FailureKind::store, "cannot write the analysis database " + path_ + ": " + sqlite3_errmsg(handle_),
                path_, handle_ == nullptr ? 0 : sqlite3_system_errno(handle_)};
    }

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
};

/// A prepared INSERT, run once per row.
class Statement {
public:
    Statement(Connection& connection, std::string_view sql) : connection_(&connection) {
        if (sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement_, nullptr) != SQLITE_OK)
            throw connection.failure_now();
    }
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    /// Binds ?1, ?2, … and runs. @return whether there is a row to be looked at
    template <class... Values>
    bool row(Values const&... values) {
        (with(values), ...);
        return run();
    }
    /// Binds the next one.
    template <class Value>
    void with(Value const& value) {
        bind(++n_bound_, value);
    }
    /// Runs with what was bound. @return whether there is a row to be looked at
    bool run() {
        n_bound_ = 0;
        int const status = sqlite3_step(statement_);
        if (status != SQLITE_DONE && status != SQLITE_ROW) {
            auto const failure = connection_->failure_now();
            sqlite3_reset(statement_);
            throw failure;
        }
        if (status == SQLITE_ROW) first_ = sqlite3_column_int64(statement_, 0);
        sqlite3_reset(statement_);
        return status == SQLITE_ROW;
    }
    /// The first column of the row that the last run gave.
    [[nodiscard]] std::int64_t first() const noexcept { return first_; }

private:
    // Bound memory outlives the step: the caller's values live until row() returns.
    void bind(int index, std::string_view text) {
        sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                            SQLITE_UTF8);
    }
    void bind(int index, std::string const& text) { bind(index, std::string_view(text)); }
    void bind(int index, char const* text) { bind(index, std::string_view(text)); }
    void bind(int index, Maybe maybe) {
        if (maybe.text.empty())
            sqlite3_bind_null(statement_, index);
        else
            bind(index, maybe.text);
    }
    void bind(int index, double value) { sqlite3_bind_double(statement_, index, value); }
    template <class Value>
    void bind(int index, std::optional<Value> const& value) {
        if (value)
            bind(index, *value);
        else
            sqlite3_bind_null(statement_, index);
    }
    template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
    void bind(int index, Integer value) {
        sqlite3_bind_int64(statement_, index, static_cast<sqlite3_int64>(value));
    }

    Connection* connection_;
    sqlite3_stmt* statement_ = nullptr;
    int n_bound_ = 0;
    std::int64_t first_ = 0;
};

/// Rows of one table, inserted some at a time: starting a statement costs as much as a row.
class Inserts {
public:
    Inserts(Connection& connection, std::string const& table, std::size_t n_columns)
        : n_columns_(n_columns),
          one_(connection, sql(table, n_columns, 1)),
          several_(connection, sql(table, n_columns, rows_at_once)) {}
    Inserts(Inserts const&) = delete;
    Inserts& operator=(Inserts const&) = delete;

    /// A row with all its columns. Texts are copied.
    template <class... Values>
    void row(Values const&... values) {
        (add(values), ...);
        if (values_.size() == rows_at_once * n_columns_) flush();
    }
    /// What was not inserted so far. Once, last: nothing is inserted without.
    void flush() {
        if (values_.size() == rows_at_once * n_columns_) {
            insert(several_, values_);
        } else {
            for (std::span<Value const> rest(values_); !rest.empty(); rest = rest.subspan(n_columns_))
                insert(one_, rest.first(n_columns_));
        }
        values_.clear();
        texts_.clear();
    }

private:
    static constexpr std::size_t rows_at_once = 16;
    struct Null {};
    struct Text {
        std::size_t begin, size;  ///< in texts_
    };
    using Value = std::variant<Null, std::int64_t, double, Text>;

    static std::string sql(std::string const& table, std::size_t n_columns, std::size_t n_rows) {
        std::string row = "(?";
        for (std::size_t i = 1; i < n_columns; ++i)
            row += ",?";
        auto text = "INSERT INTO " + table + " VALUES " + row + ")";
        for (std::size_t i = 1; i < n_rows; ++i)
            text += "," + row + ")";
        return text;
    }
    void add(std::string_view text) {
        values_.emplace_back(Text{texts_.size(), text.size()});
        texts_ += text;
    }
    void add(std::string const& text) { add(std::string_view(text)); }
    void add(char const* text) { add(std::string_view(text)); }
    void add(Maybe maybe) { maybe.text.empty() ? static_cast<void>(values_.emplace_back(Null{})) : add(maybe.text); }
    void add(double value) { values_.emplace_back(value); }
    template <class Value>
    void add(std::optional<Value> const& value) {
        if (value)
            add(*value);
        else
            values_.emplace_back(Null{});
    }
    template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
    void add(Integer value) {
        values_.emplace_back(static_cast<std::int64_t>(value));
    }

    void insert(Statement& statement, std::span<Value const> values) {
        for (auto const& value : values) {
            if (auto const* number = std::get_if<std::int64_t>(&value))
                statement.with(*number);
            else if (auto const* real = std::get_if<double>(&value))
                statement.with(*real);
            else if (auto const* text = std::get_if<Text>(&value))
                statement.with(std::string_view(texts_).substr(text->begin, text->size));
            else
                statement.with(Maybe{});
        }
        statement.run();
    }

    std::size_t n_columns_;
    Statement one_, several_;
    std::vector<Value> values_;  ///< row by row
    std::string texts_;
};

}  // namespace dossier::sqlite
