// The views of analysis.sqlite, version 1, as JSON: every column of every row, in a fixed order.
#pragma once

#include <dossier/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json_writer.hpp"

namespace dossier::formats {

enum class ColumnType { text, integer, real };

struct ViewColumn {
    std::string name;
    ColumnType type;
};

struct AnalysisView {
    std::string_view name;
    std::vector<ViewColumn> columns;
    std::string_view order;       ///< ORDER BY; empty: the view has one row
    bool claim_by_claim = false;  ///< queried claim by claim, so that SQLite need not sort all of it at once
};

/// All views, in the order of docs/analysis-database.md; a test compares them with the database's own schema.
[[nodiscard]] std::vector<AnalysisView> const& analysis_views();

/// The views that the option `views` names: "all", "none", or names with commas between.
/// @throws PluginError  for a name that no view has
[[nodiscard]] std::vector<AnalysisView const*> chosen_views(std::string_view option);

/// Writes an object with a member per view, each an array of its rows.
void write_views(std::vector<AnalysisView const*> const& views, Analysis const& analysis, JsonWriter& json);

}  // namespace dossier::formats
