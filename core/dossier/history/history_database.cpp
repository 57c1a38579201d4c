#include "dossier/history/history_database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr char const* file_name = "history.sqlite";
constexpr int wait_milliseconds = 10'000;

/// Statements that bring a history from the version before to this one; the first makes an empty file one of version 1.
/// Never changed once it was released: histories of every version are about.
constexpr char const* migrations[] = {
    // Lists of texts (arguments, periods) are JSON.
    R"(CREATE TABLE runs (
         number INTEGER PRIMARY KEY AUTOINCREMENT,
         began TEXT NOT NULL, ended TEXT, milliseconds INTEGER,
         state TEXT NOT NULL, exit_code INTEGER,
         job TEXT NOT NULL, arguments TEXT NOT NULL, working_folder TEXT NOT NULL,
         trigger TEXT NOT NULL, periods TEXT NOT NULL, tool_version TEXT NOT NULL,
         as_of TEXT, run_id TEXT, made_set INTEGER NOT NULL DEFAULT 0, key TEXT, failure TEXT, changed TEXT,
         n_articles INTEGER, n_not_assessable INTEGER, n_more_diagnostics INTEGER NOT NULL DEFAULT 0,
         pinned INTEGER NOT NULL DEFAULT 0, pruned TEXT);
       CREATE INDEX runs_by_set ON runs (run_id) WHERE run_id IS NOT NULL;
       CREATE INDEX runs_going_on ON runs (number) WHERE state = 'running';
       CREATE INDEX runs_unpruned ON runs (number) WHERE pruned IS NULL;
       CREATE TABLE run_outputs (
         number INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, file TEXT NOT NULL,
         bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (number, file)) WITHOUT ROWID;
       CREATE TABLE run_diagnostics (
         number INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL,
         severity TEXT NOT NULL, code TEXT NOT NULL, file TEXT, line INTEGER, "column" INTEGER, message TEXT NOT NULL,
         PRIMARY KEY (number, position)) WITHOUT ROWID;
       CREATE TABLE run_verdicts (
         number INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, claim_id TEXT NOT NULL,
         direction TEXT NOT NULL, agreement TEXT NOT NULL, certainty TEXT NOT NULL, coverage TEXT NOT NULL,
         n_articles INTEGER NOT NULL, n_clusters INTEGER NOT NULL,
         supports INTEGER NOT NULL, refutes INTEGER NOT NULL, mixed INTEGER NOT NULL,
         PRIMARY KEY (number, position)) WITHOUT ROWID;
       CREATE TABLE alert_state (
         alert_id TEXT PRIMARY KEY, definition TEXT NOT NULL, phase TEXT NOT NULL, streak INTEGER NOT NULL,
         set_id TEXT NOT NULL, readings TEXT NOT NULL, run INTEGER NOT NULL, since TEXT NOT NULL) WITHOUT ROWID;
       CREATE TABLE alert_log (
         number INTEGER PRIMARY KEY, alert_id TEXT NOT NULL, run INTEGER NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL,
         sentence TEXT NOT NULL, message TEXT NOT NULL, delivery_id TEXT NOT NULL UNIQUE, delivery TEXT NOT NULL,
         attempts INTEGER NOT NULL, problem TEXT NOT NULL, output TEXT NOT NULL);
       CREATE INDEX alert_log_of_run ON alert_log (run);
       CREATE INDEX alert_log_open ON alert_log (number) WHERE delivery IN ('pending', 'started');)",
};
static_assert(std::size(migrations) == history_schema_version);

/// What a run may move aside.
class DamagedHistory final : public Failure {
public:
    using Failure::Failure;
};

[[noreturn]] void fail_damaged(fs::path const& path, std::string const& how) {
    throw DamagedHistory(FailureKind::store,
                         "the history " + path.string() + " is damaged (" + how +
                             "); the next run moves it aside and begins a new one, or put back a copy of it",
                         path.string());
}

/// SQLite says so of a page that the system could not read, too.
bool says_damaged(int status) noexcept {
    int const kind = status & 0xff;
    return kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT;
}

/// What became of a write or a read, as the sentence of a Failure.
[[noreturn]] void fail_with(fs::path const& path, int status, int system_error, std::string const& message) {
    if (says_damaged(status)) fail_damaged(path, message);
    int const kind = status & 0xff;
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
        throw Failure(FailureKind::publish,
                      "another program keeps the history " + path.string() + " locked; end it, or try again later",
                      path.string());
    if (kind == SQLITE_FULL)
        system_error = ENOSPC;
    else if (kind != SQLITE_IOERR && kind != SQLITE_CANTOPEN)
        system_error = 0;  // it is that of something else, long ago
    auto const why = system_error != 0 ? std::string(std::strerror(system_error)) : message;
    throw Failure(FailureKind::publish, "cannot use the history " + path.string() + ": " + why, path.string(),
                  system_error);
}

bool is_there(fs::path const& path) {
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
}

void rename_if_there(fs::path const& from, fs::path const& to) {
    if (::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return;
    fail_at(from, "could not rename", errno, FailureKind::publish);
}

fs::path with_suffix(fs::path path, std::string const& suffix) {
    path += suffix;
    return path;
}

/// With its journal, which would else be played back into the new file. The journal goes first: killed between the two, the
/// damaged file is moved by the next run.
fs::path move_aside(fs::path const& path) {
    int n = 1;
    auto target = path;
    do
        target = with_suffix(path, ".damaged-" + std::to_string(n++));
    while (is_there(target) || is_there(with_suffix(target, "-journal")));
    rename_if_there(with_suffix(path, "-journal"), with_suffix(target, "-journal"));
    rename_if_there(path, target);
    return target;
}

/// @throws Failure publish when the system cannot read all of a file
void must_be_readable(fs::path const& path) {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) fail_at(path, "could not read", errno, FailureKind::publish);
    std::vector<char> bytes(std::size_t{64} * 1024);
    for (;;) {
        auto const n = ::read(file.number(), bytes.data(), bytes.size());
        if (n == 0) return;
        if (n < 0 && errno != EINTR) fail_at(path, "could not read", errno, FailureKind::publish);
    }
}

bool is_whole(sqlite3* handle) {
    bool found_fault = false;
    auto const look = [](void* found, int, char** values, char**) {
        *static_cast<bool*>(found) = values[0] == nullptr || std::string_view(values[0]) != "ok";
        return 0;
    };
    return sqlite3_exec(handle, "PRAGMA quick_check(1)", look, &found_fault, nullptr) == SQLITE_OK && !found_fault;
}

/// What SQLite finds wrong with a history; empty: nothing.
std::string fault_of(HistoryDatabase const& database) {
    HistoryStatement check(database, "PRAGMA quick_check(1)");
    return check.next() && check.text(0) != "ok" ? std::string(check.text(0)) : std::string();
}

}  // namespace

void HistoryDatabase::fail() const {
    int const status = sqlite3_errcode(handle_.get()), system_error = sqlite3_system_errno(handle_.get());
    std::string const message = sqlite3_errmsg(handle_.get());
    if (says_damaged(status)) {
        must_be_readable(path_);
        if (is_whole(handle_.get()))
            throw Failure(FailureKind::publish,
                          "cannot use the history " + path_.string() + ": a part of it was read wrongly (" + message +
                              "), though nothing is wrong with it now; try again",
                          path_.string());
    }
    fail_with(path_, status, system_error, message);
}

void HistoryDatabase::run(std::string const& sql) const {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

int HistoryDatabase::pragma(char const* name) const {
    HistoryStatement statement(*this, std::string("PRAGMA ") + name);
    return statement.next() ? static_cast<int>(statement.number(0)) : 0;
}

HistoryDatabase HistoryDatabase::connect(fs::path const& folder, int flags) {
    HistoryDatabase database(folder / file_name);
    sqlite3* handle = nullptr;
    int const status = sqlite3_open_v2(database.path_.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database.handle_.reset(handle);
    if (status != SQLITE_OK)
        fail_with(database.path_, status, handle != nullptr ? sqlite3_system_errno(handle) : 0, sqlite3_errstr(status));
    sqlite3_busy_timeout(handle, wait_milliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // EXTRA: the folder is synced too when the journal goes, or a power cut could bring it back and undo the commit.
    database.run("PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
    return database;
}

void HistoryDatabase::check_version() const {
    int const version = pragma("user_version");
    if (version > 0 && pragma("application_id") != history_application_id) fail_damaged(path_, "it is no history");
    if (version > history_schema_version)
        throw Failure(FailureKind::store,
                      "the history " + path_.string() + " was written by a newer Dossier (version " +
                          std::to_string(version) + ", this one knows " + std::to_string(history_schema_version) +
                          "); use that one, or move the file away",
                      path_.string());
}

void HistoryDatabase::migrate() const {
    check_version();
    if (pragma("user_version") == history_schema_version) return;
    transaction([&] {
        check_version();
        int const version = pragma("user_version");  // another program may have been here meanwhile
        HistoryStatement tables(*this, "SELECT count(*) FROM sqlite_schema");
        if (version == 0 && tables.next() && tables.number(0) > 0) fail_damaged(path_, "it is no history");
        for (int next = version; next < history_schema_version; ++next)
            run(migrations[next]);
        run("PRAGMA application_id = " + std::to_string(history_application_id) +
            "; PRAGMA user_version = " + std::to_string(history_schema_version));
    });
}

HistoryDatabase HistoryDatabase::open(fs::path const& folder) {
    auto database = connect(folder, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    database.migrate();
    return database;
}

namespace {

/// SQLite takes an empty file for a new one; but where sets are, there was a history.
bool is_emptied(fs::path const& folder) {
    std::error_code error;
    bool const is_empty_file = fs::file_size(folder / file_name, error) == 0 && !error;
    return is_empty_file && fs::exists(folder / "runs", error) && !fs::is_empty(folder / "runs", error);
}

}  // namespace

HistoryDatabase HistoryDatabase::open_or_begin_anew(fs::path const& folder) {
    try {
        if (is_emptied(folder)) fail_damaged(folder / file_name, "it is empty");
        auto database = open(folder);
        if (fault_of(database).empty()) return database;
        must_be_readable(database.path_);  // the check takes a page that could not be read for a damaged one
        if (auto const fault = fault_of(database); !fault.empty()) fail_damaged(database.path_, fault);
        return database;
    } catch (DamagedHistory const&) {  // closed by now
    }
    auto const moved = move_aside(folder / file_name);
    auto database = open(folder);
    database.damaged_file_ = moved;
    return database;
}

std::optional<HistoryDatabase> HistoryDatabase::open_to_read(fs::path const& folder) {
    if (!is_there(folder / file_name)) return std::nullopt;
    // Not SQLITE_OPEN_READONLY: what a killed run left in the journal could not be undone.
    auto database = connect(folder, SQLITE_OPEN_READWRITE);
    database.migrate();
    database.run("PRAGMA query_only = ON");
    return database;
}

void HistoryDatabase::transaction(std::function<void()> const& work) const {
    if (sqlite3_get_autocommit(handle_.get()) == 0) return work();
    run("BEGIN IMMEDIATE");
    try {
        work();
        run("COMMIT");
    } catch (...) {
        sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

HistoryStatement::HistoryStatement(HistoryDatabase const& database, std::string_view sql) : database_(&database) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
        SQLITE_OK)
        database.fail();
    statement_.reset(statement);
}

bool HistoryStatement::next() {
    int const status = sqlite3_step(statement_.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) database_->fail();
    if (status == SQLITE_DONE) sqlite3_reset(statement_.get());
    return status == SQLITE_ROW;
}

void HistoryStatement::finish() {
    while (next()) {
    }
}

std::string HistoryStatement::text(int column) const {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement_.get(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void HistoryStatement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
}

}  // namespace dossier
