// Schema: the views of analysis.sqlite, declared once; the database and its page in docs/ are made from this
// table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

inline constexpr int analysis_schema_version = 2;           ///< PRAGMA user_version, run.schema_version
inline constexpr int analysis_application_id = 0x446f7373;  ///< PRAGMA application_id, "Doss"

/// A column of a view. Names are contract: added at will, never renamed.
struct ViewColumn {
    std::string_view name;
    std::string_view type;        ///< "text", "integer", "real"
    std::string_view meaning;     ///< one sentence without full stop
    std::string_view range;       ///< unit, range or allowed words; empty: any
    std::string_view null_means;  ///< empty: never NULL
};

struct View {
    std::string_view name;
    std::string_view row_is;  ///< "one source document"
    std::span<ViewColumn const> columns;
    std::string_view select;  ///< the SELECT over the tables behind it; its columns in the order of `columns`
};

/// All views, in the order of the page.
[[nodiscard]] std::span<View const> analysis_views();

/// Quotes of one article have numbers side by side: article times this and up. So have its evidence, mentions, quantities.
inline constexpr std::int64_t quotes_per_article = std::int64_t{1} << 24;

/// CREATE TABLE statements of what lies behind the views, and what is to be run once the tables are full; no contract.
[[nodiscard]] std::string_view analysis_tables_sql();
[[nodiscard]] std::string_view analysis_indexes_sql();

/// CREATE VIEW statements.
[[nodiscard]] std::string analysis_views_sql();

/// docs/analysis-database.md.
[[nodiscard]] std::string analysis_database_page();

}  // namespace dossier
