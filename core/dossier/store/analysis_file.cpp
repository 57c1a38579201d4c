#include "dossier/store/analysis_file.hpp"

#include <sqlite3.h>

#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/schema.hpp"

namespace dossier {

AnalysisFile::AnalysisFile(std::string path, Access access) : path_(std::move(path)) {
    access == Access::read ? open_to_read() : open_to_add();
    check_kind();
}

void AnalysisFile::open_to_read() {
    auto opened = sqlite::open_untrusted(path_, sqlite::Views::readable);
    if (!opened.problem.empty()) fail(opened.problem);
    handle_ = std::move(opened.handle);
    steps_ = std::make_unique<sqlite::StepLimit>(handle_.get(), opened.file_bytes);
}

void AnalysisFile::open_to_add() {
    sqlite3* opened = nullptr;
    int const status = sqlite3_open_v2(path_.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(opened);
    if (status != SQLITE_OK) fail();
    steps_ = std::make_unique<sqlite::StepLimit>(nullptr, 0);
    // What is added can be taken back; it is synced when the set is published.
    run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
        "PRAGMA temp_store = FILE; PRAGMA cache_size = -4000;");
}

void AnalysisFile::check_kind() {
    Query kind(*this,
               "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM"
               " pragma_user_version)");
    if (!kind.next() || kind.number(0) != analysis_application_id) fail("it was not written by Dossier");
    if (kind.number(1) < 1) fail("it has no version");
}

bool AnalysisFile::has(std::string const& view, std::string_view column) {
    auto const [found, is_new] = columns_.try_emplace(view);
    if (is_new) {
        Query names(*this, "SELECT name FROM pragma_table_info(?1)");
        for (names.with(view); names.next();)
            found->second.emplace(names.text(0));
    }
    return found->second.contains(column);
}

void AnalysisFile::run(std::string const& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void AnalysisFile::roll_back() noexcept {
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);  // fails where SQLite has done so itself
}

void AnalysisFile::fail() const {
    if (sqlite3_errcode(handle_.get()) == SQLITE_INTERRUPT) fail("reading it takes longer than its size explains");
    throw Failure(FailureKind::store, "cannot use the analysis " + path_ + ": " + sqlite3_errmsg(handle_.get()), path_,
                  !handle_ ? 0 : sqlite3_system_errno(handle_.get()));
}

void AnalysisFile::fail(std::string const& problem) const {
    throw Failure(FailureKind::store, "cannot use the analysis " + path_ + ": " + problem, path_);
}

Query::Query(AnalysisFile& file, std::string_view sql) : file_(file) {
    if (sqlite3_prepare_v3(file.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement_, nullptr) != SQLITE_OK)
        file.fail();
}

Query::~Query() {
    sqlite3_finalize(statement_);
}

Query& Query::with(std::string_view text) {
    sqlite3_bind_text64(statement_, ++n_bound_, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
    return *this;
}

Query& Query::with(std::int64_t number) {
    sqlite3_bind_int64(statement_, ++n_bound_, number);
    return *this;
}

Query& Query::with_null() {
    sqlite3_bind_null(statement_, ++n_bound_);
    return *this;
}

bool Query::next() {
    if (!counted_) counted_.emplace(file_.steps());
    int const status = sqlite3_step(statement_);
    if (status == SQLITE_ROW) return true;
    if (status != SQLITE_DONE) file_.fail();
    begin_anew();
    return false;
}

void Query::begin_anew() {
    sqlite3_reset(statement_);
    counted_.reset();
    n_bound_ = 0;
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Query::text(int column) const {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Query::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

bool Query::has_number_of(Query const& other, int column) const {
    int const type = sqlite3_column_type(statement_, column);
    if (type != sqlite3_column_type(other.statement_, column)) return false;
    if (type == SQLITE_INTEGER) return number(column) == other.number(column);
    return type == SQLITE_FLOAT && real(column) == other.real(column);
}

}  // namespace dossier
