// Analysis file: a finished analysis.sqlite that is read by its views, whoever wrote it and whenever.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "dossier/store/untrusted_database.hpp"

namespace dossier {

class AnalysisFile {
public:
    /// `add` is for a file that this run has just written.
    enum class Access { read, add };

    /// @throws Failure(FailureKind::store) it cannot be opened, or is no analysis
    AnalysisFile(std::string path, Access access);

    [[nodiscard]] bool has(std::string const& view, std::string_view column);
    void run(std::string const& sql);
    /// Ends the transaction; the file is as it was before.
    void roll_back() noexcept;
    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] sqlite::StepLimit& steps() noexcept { return *steps_; }
    /// @throws Failure(FailureKind::store) with what SQLite says
    [[noreturn]] void fail() const;
    [[noreturn]] void fail(std::string const& problem) const;

private:
    void open_to_read();
    void open_to_add();
    void check_kind();

    std::string path_;
    sqlite::DatabaseHandle handle_;
    std::unique_ptr<sqlite::StepLimit> steps_;
    std::map<std::string, std::set<std::string, std::less<>>> columns_;  ///< by view
};

/// A SELECT, or an INSERT; its texts are borrowed until the next step.
class Query {
public:
    Query(AnalysisFile& file, std::string_view sql);
    Query(Query const&) = delete;
    Query& operator=(Query const&) = delete;
    ~Query();

    /// Binds the next parameter; a text must live until the rows were read.
    Query& with(std::string_view text);
    Query& with(std::int64_t number);
    Query& with_null();
    /// Steps to the next row. After the last one it begins anew, with new parameters.
    bool next();
    /// Makes it ready for other parameters, whether or not all rows were read.
    void begin_anew();
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  ///< "" for NULL
    [[nodiscard]] std::int64_t number(int column) const;    ///< 0 for NULL
    [[nodiscard]] double real(int column) const;            ///< 0 for NULL
    /// Whether a column of both rows is the same number, stored in the same way; then it reads the same, too.
    [[nodiscard]] bool has_number_of(Query const& other, int column) const;

private:
    AnalysisFile& file_;
    sqlite3_stmt* statement_ = nullptr;
    std::optional<sqlite::StepLimit::Counted> counted_;  ///< from the first row to the last
    int n_bound_ = 0;
};

}  // namespace dossier
