// Queries of reports: SELECT over the views of analysis.sqlite and nothing else.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "dossier/plugin.h"

struct sqlite3;

namespace dossier::worker {

class AnalysisReader {
public:
    /// @param cancelled  asked now and then while a query runs
    explicit AnalysisReader(std::function<bool()> cancelled);
    ~AnalysisReader();
    AnalysisReader(AnalysisReader const&) = delete;
    AnalysisReader& operator=(AnalysisReader const&) = delete;

    /// Opens the database, which nobody changes any more. False: see problem().
    [[nodiscard]] bool open(std::string const& path);

    // As dossier_host has them.
    dossier_status query(dossier_text sql, dossier_value const* parameters, std::size_t n_parameters,
                         dossier_rows** rows);
    dossier_status next_row(dossier_rows* rows, dossier_value const** values, std::size_t* n_values);
    void close_rows(dossier_rows* rows);

    /// What the last refused query was refused for.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

private:
    static int authorise(void* self, int action, char const* first, char const* second, char const* database,
                         char const* inside);
    static int interrupted(void* self);
    dossier_status refuse(std::string problem);
    bool open_names();
    /// Why the query names something else than views; nothing: it does not.
    std::optional<std::string> names_no_view(std::string const& sql);
    static int authorise_names(void* self, int action, char const* first, char const* second, char const* database,
                               char const* inside);

    std::function<bool()> cancelled_;
    sqlite3* database_ = nullptr;
    /// In memory, made when needed: empty tables that are called like the views and have their columns.
    sqlite3* names_ = nullptr;
    bool own_query_ = false;     ///< the query at hand is not a plugin's
    bool read_nothing_ = false;  ///< the query at hand wants no column of some table, which may be its own or a view's
    std::set<std::string, std::less<>> views_;
    std::string problem_;
};

}  // namespace dossier::worker
