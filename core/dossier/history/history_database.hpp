// History database: DIR/history.sqlite, beside the sets that runs publish in DIR/runs. All its tables are made here.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

inline constexpr int history_schema_version = 1;           ///< PRAGMA user_version
inline constexpr int history_application_id = 0x446f7368;  ///< PRAGMA application_id, "Dosh"

/// An open history. What is committed outlives a power cut.
///
/// Opening and every use of it throw Failure: `store` where the file is damaged, is none of ours or was written by a newer
/// Dossier; `publish` where the world refuses (disk full, no permission, locked for more than ten seconds by another
/// program). The sentence says what to do.
class HistoryDatabase {
public:
    /// For who changes something small while a run may be going on (pin). A file that is not there is made, in a folder that
    /// must be; one of an older version is brought up to this one.
    [[nodiscard]] static HistoryDatabase open(std::filesystem::path const& folder);

    /// For a run, which must not fail because a history cannot be read: the same, but a damaged file is moved aside to
    /// history.sqlite.damaged-N, and a new one begun. The caller holds the folder's lock, and warns if there is a
    /// damaged_file(). A file of a newer version stays, and throws.
    [[nodiscard]] static HistoryDatabase open_or_begin_anew(std::filesystem::path const& folder);

    /// For readers: nothing can be changed through it, but that what a killed run left half done in it is undone.
    /// @return nullopt: there is no history yet
    [[nodiscard]] static std::optional<HistoryDatabase> open_to_read(std::filesystem::path const& folder);

    /// Where a damaged file was moved to; empty: it was not.
    [[nodiscard]] std::filesystem::path const& damaged_file() const noexcept { return damaged_file_; }
    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

    /// Everything that `work` changes, or nothing of it if it throws. One within another is part of it.
    void transaction(std::function<void()> const& work) const;

private:
    friend class HistoryStatement;
    struct Close {
        void operator()(sqlite3* handle) const noexcept { sqlite3_close(handle); }
    };
    explicit HistoryDatabase(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] static HistoryDatabase connect(std::filesystem::path const& folder, int flags);
    [[nodiscard]] int pragma(char const* name) const;
    void run(std::string const& sql) const;
    void check_version() const;
    void migrate() const;
    [[noreturn]] void fail() const;

    std::filesystem::path path_, damaged_file_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement on the history.
class HistoryStatement {
public:
    HistoryStatement(HistoryDatabase const& database, std::string_view sql);

    /// Begins anew with these values for ?1, ?2, … Texts must live until the last next(). std::optional without a value is
    /// NULL.
    template <class... Values>
    HistoryStatement& with(Values const&... values) {
        sqlite3_reset(statement_.get());
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }
    /// Goes on to the next row. @return false: there is none
    [[nodiscard]] bool next();
    /// For statements that give no rows: runs once.
    template <class... Values>
    void run(Values const&... values) {
        with(values...).finish();
    }

    // Columns of the row, counted from 0; NULL reads as 0 and "".
    [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(statement_.get(), column); }
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const {
        return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    void finish();
    void bind(int index, std::string_view text);
    void bind(int index, double value) { sqlite3_bind_double(statement_.get(), index, value); }
    template <std::integral Integer>
    void bind(int index, Integer value) {
        sqlite3_bind_int64(statement_.get(), index, static_cast<sqlite3_int64>(value));
    }
    template <class Value>
    void bind(int index, std::optional<Value> const& value) {
        if (value)
            bind(index, *value);
        else
            sqlite3_bind_null(statement_.get(), index);
    }

    HistoryDatabase const* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace dossier
