// A sheet in the making: its rows of cells, where they lead, and texts that no cell holds.
#pragma once

#include <xlsxwriter.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cell_formats.hpp"
#include "recorded_table.hpp"
#include "workbook.hpp"

namespace dossier::formats {

inline constexpr std::size_t rows_per_sheet = LXW_ROW_MAX - 1;  ///< below the head
inline constexpr std::size_t filter_button = 4;                 ///< its width in a head, in characters

/// Throws PluginError unless all went well.
void check(lxw_error error);

struct Sheet {
    lxw_worksheet* worksheet = nullptr;
    std::string name;
    std::vector<std::size_t> widths;  ///< of its columns, in characters
    std::size_t n_links = 0;
    std::size_t n_lines = 1;  ///< of the highest cell of the row that is written
};

/// Where a link to the first cell of a row leads, as Excel writes it. `row` from 0.
[[nodiscard]] std::string location(std::string const& sheet, std::size_t row);

/// To be called when all widths of the sheet are known. Sheets that stay readable are printed one page wide.
void set_widths(Sheet const& sheet);

/// Ends a row: rows of several lines say how high they are, for not every program finds out by itself.
void end_row(Sheet& sheet, std::size_t row);

/// Writes cells into sheets of a workbook, from the first row of a sheet to its last: the row that is written may still be
/// changed, the ones before it are gone.
class CellWriter {
public:
    /// @param long_texts  takes the pieces of texts that no cell holds
    CellWriter(lxw_workbook* workbook, Workbook const& places, RecordedTable& long_texts, Losses& losses) noexcept
        : formats_(workbook), places_(places), long_texts_(long_texts), losses_(losses) {}

    /// @param place  where the cell leads, whatever its target is; empty: to its target
    void put(Sheet& sheet, std::size_t row, std::size_t column, CellRecord& cell, std::string const& place = {});
    void put_text(Sheet const& sheet, std::size_t row, std::size_t column, std::string const& text, Role role,
                  CellLook const& look = {});

private:
    void put_text(Sheet const& sheet, std::size_t row, std::size_t column, std::string const& text, lxw_format* format);
    std::string url_of(Sheet const& sheet, CellRecord& cell);
    std::string keep_long_text(Sheet const& sheet, std::size_t row, std::size_t column,
                               std::vector<std::string_view> const& pieces);

    CellFormats formats_;
    Workbook const& places_;
    RecordedTable& long_texts_;
    Losses& losses_;
};

}  // namespace dossier::formats
