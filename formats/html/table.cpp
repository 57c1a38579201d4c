#include "table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "markup.hpp"

namespace dossier::html {
namespace {

constexpr std::size_t matrix_from = 3;  ///< columns of stances that make a matrix of them
constexpr std::size_t wide_from = 12;   ///< columns that print on a page on its side

bool is_number(std::uint32_t kind) noexcept {
    return kind == DOSSIER_CELL_INTEGER || kind == DOSSIER_CELL_REAL || kind == DOSSIER_CELL_PERCENT ||
           kind == DOSSIER_CELL_INTERVAL;
}

/// The class of a column's cells; those of plain text have none.
std::string_view class_of(std::uint32_t kind) noexcept {
    if (is_number(kind)) return "number";
    if (kind == DOSSIER_CELL_STANCE) return "stance";
    if (kind == DOSSIER_CELL_QUOTE) return "said";
    if (kind == DOSSIER_CELL_DATE) return "date";
    return {};
}

/// What the script sorts a number by: the shortest text that reads back as the same.
std::string sort_value(dossier_cell const& cell) {
    double value = cell.real;
    if (cell.kind == DOSSIER_CELL_INTEGER) return std::to_string(cell.integer);
    if (cell.kind == DOSSIER_CELL_INTERVAL) value = cell.low;
    if (!std::isfinite(value)) return {};
    char room[32];
    return {room, std::to_chars(room, room + sizeof room, value + 0.0).ptr};
}

std::string numbers(std::set<std::size_t> const& values) {
    std::string text;
    for (auto const value : values)
        text += (text.empty() ? "" : " ") + std::to_string(value);
    return text;
}

bool is_blank(dossier_cell const& cell) noexcept {
    return cell.kind == DOSSIER_CELL_EMPTY || view(cell.text).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string TableWriter::begin(dossier_table const& table, std::optional<std::size_t> claim) {
    columns_.clear();
    n_rows_ = 0, ++n_tables_;
    caption_ = view(table.caption);
    claim_of_table_ = claim ? claim : facets_.claims.find_exactly(caption_);
    claim_.reset();
    std::size_t n_stances = 0;
    for (auto const* const column : columns_of(table)) {
        auto const title = view(column->title).empty() ? view(column->key) : view(column->title);
        columns_.push_back({column->kind, column->decimals, role_of(*column), std::string(title),
                            std::string(view(column->description))});
        n_stances += column->kind == DOSSIER_CELL_STANCE ? 1 : 0;
    }
    bool const is_matrix = n_stances >= matrix_from;
    bool const has_caption = caption_.find_first_not_of(" \t\r\n") != std::string::npos;
    auto const id = "Caption-" + std::to_string(n_tables_);
    std::string const classes = std::string("data") + (is_matrix ? " matrix" : "");
    std::string markup = "<div class=\"table" + std::string(columns_.size() >= wide_from ? " wide" : "") + "\"" +
                         id_attribute(view(table.anchor)) + ">\n<div class=\"scroll\" tabindex=\"0\" role=\"group\"" +
                         (has_caption ? " aria-labelledby=\"" + id + "\"" : " aria-label=\"Table\"") +
                         ">\n<table class=\"" + classes + "\">\n";
    if (has_caption) markup += "<caption><span id=\"" + id + "\">" + trimmed(caption_) + "</span></caption>\n";
    markup += "<thead>\n<tr>";
    for (auto const& column : columns_)
        markup += head_cell(column, is_matrix && column.role == Role::stance);
    return markup + "</tr>\n</thead>\n<tbody>\n";
}

std::string TableWriter::head_cell(ColumnEntry const& column, bool is_source) {
    std::string markup = "<th scope=\"col\"" + attribute("class", class_of(column.kind));
    if (settings_.scripts && is_source)
        if (auto const source = facets_.sources.find(column.description.empty() ? column.title : column.description))
            markup += attribute("data-source", std::to_string(*source));
    return markup + attribute("title", column.description) + ">" + escaped(column.title) + "</th>";
}

std::string TableWriter::row(dossier_row const& row) {
    if (++n_rows_ > settings_.max_rows) return {};
    std::string markup =
        "<tr" + id_attribute(view(row.anchor)) + (settings_.scripts ? facet_attributes(row) : "") + ">";
    for (std::size_t i = 0; i < columns_.size(); ++i)
        markup += i < row.n_cells ? cell(i, row.cells[i]) : "<td></td>";
    return markup + "</tr>\n";
}

std::string TableWriter::cell(std::size_t number, dossier_cell const& cell) {
    auto const& column = columns_[number];
    dossier_column const as_abi{sizeof(dossier_column), {}, {}, column.kind, column.decimals, {}, 0, 0};
    auto const shown = output_.shown(as_abi, cell);
    bool const is_stance = cell.kind == DOSSIER_CELL_STANCE;
    bool const heads_row =
        number == 0 && !shown.empty() && (cell.kind == DOSSIER_CELL_TEXT || cell.kind == DOSSIER_CELL_LINK);
    std::string markup = heads_row ? "<th scope=\"row\"" : "<td" + attribute("class", class_of(column.kind));
    if (is_stance) markup += attribute("data-stance", view(cell.text));
    if (settings_.scripts && is_number(cell.kind)) markup += attribute("data-value", sort_value(cell));
    markup += ">" + linked(is_stance ? stance_markup(shown) : trimmed(shown), view(cell.target));
    return markup + (heads_row ? "</th>" : "</td>");
}

/// A row whose claim is blank goes on about the claim above it.
std::string TableWriter::facet_attributes(dossier_row const& row) {
    std::set<std::size_t> claims, sources, conditions;
    bool goes_on = false, has_claim_column = false;
    for (std::size_t i = 0; i < std::min(row.n_cells, columns_.size()); ++i) {
        auto const& cell = row.cells[i];
        auto const text = view(cell.text);
        auto const add = [](std::set<std::size_t>& values, std::optional<std::size_t> value) {
            if (value) values.insert(*value);
        };
        switch (columns_[i].role) {
            case Role::claim:
                has_claim_column = true;
                goes_on = n_rows_ > 1 && is_blank(cell);
                if (!goes_on) claim_ = facets_.claims.find(text);
                add(claims, claim_);
                break;
            case Role::source: add(sources, facets_.sources.find(text)); break;
            case Role::condition:
                if (is_blank(cell)) {
                    conditions.insert(0);
                    facets_.without_condition = true;
                } else {
                    add(conditions, facets_.conditions.find(text));
                }
                break;
            default: break;
        }
    }
    if (!has_claim_column && claim_of_table_) claims.insert(*claim_of_table_);
    return attribute("data-claim", numbers(claims)) + attribute("data-source", numbers(sources)) +
           attribute("data-condition", numbers(conditions)) + (goes_on ? " data-goes-on=\"\"" : "");
}

std::string TableWriter::end() {
    std::string markup = "</tbody>\n</table>\n</div>\n";
    if (n_rows_ > settings_.max_rows) {
        markup +=
            "<p class=\"left-out\" role=\"note\">The first " + grouped(settings_.max_rows) + " of " + grouped(n_rows_) +
            " rows are shown; " + grouped(n_rows_ - settings_.max_rows) +
            " are left out, because browsers become slow with more. The formats csv, json and markdown have all.</p>\n";
        output_.log(DOSSIER_LOG_WARNING, "table \"" + caption_ + "\" has " + grouped(n_rows_) + " rows; the first " +
                                             grouped(settings_.max_rows) +
                                             " are shown (option max_rows), csv, json and markdown have all");
    }
    return markup + legend() + "</div>\n";
}

/// What the columns mean, for those who cannot point at their heads.
std::string TableWriter::legend() const {
    std::string entries;
    for (auto const& column : columns_)
        if (!column.description.empty())
            entries +=
                "<div><dt>" + trimmed(column.title) + "</dt><dd>" + trimmed(column.description) + "</dd></div>\n";
    if (entries.empty()) return {};
    return "<details class=\"legend\"><summary>What the columns mean</summary>\n<dl>\n" + entries +
           "</dl>\n</details>\n";
}

}  // namespace dossier::html
