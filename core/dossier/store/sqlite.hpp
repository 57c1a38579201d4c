// SQLite with C++ manners: a connection and prepared statements that close themselves and throw Failure.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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
        int index = 0;
        (bind(++index, values), ...);
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
    std::int64_t first_ = 0;
};

}  // namespace dossier::sqlite
