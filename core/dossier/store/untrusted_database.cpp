#include "dossier/store/untrusted_database.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace dossier::sqlite {
namespace {

constexpr int steps_between_questions = 10'000;  // of SQLite's virtual machine
constexpr std::uint64_t steps_for_a_byte = 64;   // a row takes some dozens, and at least a few bytes
constexpr std::uint64_t steps_for_any_file = 10'000'000;
constexpr std::uint64_t longest_value = 1u << 30;  // SQLite's own limit

/// A file name as a URI: everything but plain characters is escaped.
std::string uri_of(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF", plain = "/-_.";
    std::string uri = "file:";
    for (char const c : path) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || plain.find(c) != plain.npos) {
            uri += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        uri += '%';
        uri += digits[byte >> 4];
        uri += digits[byte & 15];
    }
    return uri + "?mode=ro&immutable=1";
}

bool set(sqlite3* database, int option, bool on) {
    return sqlite3_db_config(database, option, on ? 1 : 0, nullptr) == SQLITE_OK;
}

bool shut_in(sqlite3* database, Views views, std::uint64_t file_bytes) {
    auto const longest = std::clamp<std::uint64_t>(file_bytes, 1u << 20, longest_value);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(longest));
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_TRIGGER_DEPTH, 0);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
    return set(database, SQLITE_DBCONFIG_DEFENSIVE, true) && set(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, false) &&
           set(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, false) &&
           set(database, SQLITE_DBCONFIG_ENABLE_VIEW, views == Views::readable) &&
           sqlite3_exec(database,
                        "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; PRAGMA cell_size_check = ON;"
                        "PRAGMA mmap_size = 0;",
                        nullptr, nullptr, nullptr) == SQLITE_OK;
}

}  // namespace

OpenedDatabase open_untrusted(std::string const& path, Views views) {
    OpenedDatabase opened;
    std::error_code error;
    auto const size = std::filesystem::file_size(path, error);
    opened.file_bytes = error ? 0 : size;
    sqlite3* database = nullptr;
    int const flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    bool const good = sqlite3_open_v2(uri_of(path).c_str(), &database, flags, nullptr) == SQLITE_OK &&
                      shut_in(database, views, opened.file_bytes);
    opened.handle.reset(database);
    if (!good) {
        opened.problem = sqlite3_errmsg(database);
        opened.handle.reset();
    }
    return opened;
}

StepLimit::StepLimit(sqlite3* database, std::uint64_t file_bytes)
    : most_((steps_for_any_file + file_bytes * steps_for_a_byte) / steps_between_questions), left_(most_) {
    if (database != nullptr) sqlite3_progress_handler(database, steps_between_questions, &ask, this);
}

int StepLimit::ask(void* self) {
    auto& left = static_cast<StepLimit*>(self)->left_;
    if (left == 0) return 1;
    --left;
    return 0;
}

}  // namespace dossier::sqlite
