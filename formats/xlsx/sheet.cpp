#include "sheet.hpp"

#include <algorithm>
#include <dossier/plugin.hpp>

#include "excel_text.hpp"

namespace dossier::formats {
namespace {

constexpr std::size_t most_links = LXW_MAX_NUMBER_URLS;  // on one sheet

std::string cell_name(std::size_t row, std::size_t column) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    ::lxw_rowcol_to_cell(name, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column));
    return name;
}

void link(Sheet& sheet, std::size_t row, std::size_t column, std::string const& url, CellRecord& cell) {
    if (!cell.number && cell.text.empty()) cell.text = "→";
    ++sheet.n_links;
    // The text is written afterwards: given here, libxlsxwriter would cut it in the middle of a character.
    check(::worksheet_write_url(sheet.worksheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                url.c_str(), nullptr));
}

}  // namespace

void check(lxw_error error) {
    if (error != LXW_NO_ERROR) throw PluginError(std::string("libxlsxwriter: ") + ::lxw_strerror(error));
}

std::string location(std::string const& sheet, std::size_t row) {
    return "internal:'" + sheet + "'!A" + std::to_string(row + 1);
}

void set_widths(Sheet const& sheet) {
    constexpr std::size_t widest_page = 220;
    constexpr std::uint16_t percent_when_wider = 60;
    std::size_t total = 0;
    for (std::size_t i = 0; i < sheet.widths.size(); ++i) {
        auto const column = static_cast<lxw_col_t>(i);
        auto const width = static_cast<double>(sheet.widths[i]);
        check(::worksheet_set_column(sheet.worksheet, column, column, width, nullptr));
        total += sheet.widths[i];
    }
    if (total <= widest_page)
        ::worksheet_fit_to_pages(sheet.worksheet, 1, 0);
    else
        ::worksheet_set_print_scale(sheet.worksheet, percent_when_wider);
}

void end_row(Sheet& sheet, std::size_t row) {
    constexpr double points_per_line = 15, highest = 409;
    auto const height = std::min(points_per_line * static_cast<double>(sheet.n_lines), highest);
    if (sheet.n_lines > 1) check(::worksheet_set_row(sheet.worksheet, static_cast<lxw_row_t>(row), height, nullptr));
    sheet.n_lines = 1;
}

void CellWriter::put(Sheet& sheet, std::size_t row, std::size_t column, CellRecord& cell, std::string const& place) {
    auto const url = !place.empty() ? place : cell.target.empty() ? std::string() : url_of(sheet, cell);
    if (!url.empty()) link(sheet, row, column, url, cell);
    auto* const format = formats_(url.empty() ? Role::body : Role::link, cell.look);
    if (cell.number)
        check(::worksheet_write_number(sheet.worksheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                       *cell.number, format));
    else if (!cell.text.empty())
        put_text(sheet, row, column, cell.text, format);
    if (cell.look.wrapped) sheet.n_lines = std::max(sheet.n_lines, lines_of(cell.text, sheet.widths[column]));
}

/// Where the cell's target leads. Empty where Excel can have no such link; an address then goes into the cell's text, for
/// all to see.
std::string CellWriter::url_of(Sheet const& sheet, CellRecord& cell) {
    bool const is_internal = cell.target.front() == '#';
    auto url = is_internal ? places_.place_of(std::string_view(cell.target).substr(1))
                           : linkable(cell.target).value_or(std::string());
    if (!url.empty() && sheet.n_links < most_links) return url;
    is_internal || cell.number ? ++losses_.n_dropped_links : ++losses_.n_written_links;
    if (!is_internal && !cell.number) cell.text += (cell.text.empty() ? "<" : " <") + cell_text(cell.target) + ">";
    return {};
}

void CellWriter::put_text(Sheet const& sheet, std::size_t row, std::size_t column, std::string const& text,
                          lxw_format* format) {
    auto const pieces = pieces_of(text);
    auto shown = escaped(pieces.front());
    if (pieces.size() > 1) shown += " … [goes on: Long texts, row " + keep_long_text(sheet, row, column, pieces) + "]";
    check(::worksheet_write_string(sheet.worksheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                   shown.c_str(), format));
}

/// Returns the row of the sheet "Long texts" in which the text begins.
std::string CellWriter::keep_long_text(Sheet const& sheet, std::size_t row, std::size_t column,
                                       std::vector<std::string_view> const& pieces) {
    auto const first = long_texts_.n_rows() % rows_per_sheet + 2;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        long_texts_.text(sheet.name);
        long_texts_.text(cell_name(row, column));
        long_texts_.integer(static_cast<std::int64_t>(i + 1));
        long_texts_.text(pieces[i]);
    }
    ++losses_.n_long_texts;
    return std::to_string(first);
}

void CellWriter::put_text(Sheet const& sheet, std::size_t row, std::size_t column, std::string const& text, Role role,
                          CellLook const& look) {
    put_text(sheet, row, column, text, formats_(role, look));
}

}  // namespace dossier::formats
