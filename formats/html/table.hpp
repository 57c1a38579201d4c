// Tables: typed cells, and what the page's script sorts and filters rows by.
#pragma once

#include <dossier/plugin.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facets.hpp"

namespace dossier::html {

/// How tables are written in this run.
struct TableSettings {
    std::size_t max_rows = 0;  ///< of one table; further ones are counted and left out
    bool scripts = true;       ///< write what only the script reads
};

/// One table, part by part: begin, rows, end. Each part is markup.
class TableWriter {
public:
    TableWriter(TableSettings settings, Output& output, Facets& facets) noexcept
        : settings_(settings), output_(output), facets_(facets) {}

    /// @param claim  the claim that all of it is about, where a row says none
    [[nodiscard]] std::string begin(dossier_table const& table, std::optional<std::size_t> claim);
    /// Empty for a row beyond max_rows.
    [[nodiscard]] std::string row(dossier_row const& row);
    /// Also tells the log about rows left out.
    [[nodiscard]] std::string end();

private:
    struct ColumnEntry {
        std::uint32_t kind = 0;
        std::int32_t decimals = 0;
        Role role = Role::none;
        std::string title, description;
    };
    [[nodiscard]] std::string head_cell(ColumnEntry const& column, bool is_source);
    [[nodiscard]] std::string cell(std::size_t number, dossier_cell const& cell);
    [[nodiscard]] std::string facet_attributes(dossier_row const& row);
    [[nodiscard]] std::string legend() const;

    TableSettings settings_;
    Output& output_;
    Facets& facets_;
    std::string caption_;
    std::vector<ColumnEntry> columns_;
    std::optional<std::size_t> claim_of_table_;
    std::optional<std::size_t> claim_;  ///< of the row before
    std::size_t n_rows_ = 0;
    std::size_t n_tables_ = 0;
};

}  // namespace dossier::html
