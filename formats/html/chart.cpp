#include "chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "markup.hpp"
#include "shared/charts/svg.hpp"

namespace dossier::html {
namespace {

std::size_t values_per_series(charts::Chart const& chart) {
    return chart.has_intervals() ? 3 : 1;
}

std::vector<std::string> column_titles(charts::Chart const& chart) {
    std::vector<std::string> titles{chart.category_title.empty() ? "Category" : chart.category_title};
    for (auto const& series : chart.series) {
        auto const& shown = series.shown;
        if (!chart.has_intervals()) {
            titles.push_back(shown.empty() ? chart.value_title : shown);
            continue;
        }
        auto const lead = chart.series.size() == 1 || shown.empty() ? std::string() : shown + ", ";
        for (auto const* const name : {"estimate", "low", "high"})
            titles.push_back(lead + name);
    }
    return titles;
}

bool is_whole(double value) {
    return !std::isfinite(value) || (value == std::floor(value) && std::abs(value) < 1e15);
}

std::vector<dossier_cell> cells_of(charts::Chart const& chart, std::size_t category, std::size_t n_values) {
    std::vector<dossier_cell> cells(n_values + 1);
    cells[0].kind = DOSSIER_CELL_TEXT, cells[0].text = as_text(chart.categories[category]);
    for (std::size_t i = 0; i < n_values; ++i) {
        auto const value = chart.values[category * n_values + i];
        cells[i + 1].kind = std::isfinite(value) ? DOSSIER_CELL_REAL : DOSSIER_CELL_EMPTY;
        cells[i + 1].real = value;
    }
    return cells;
}

std::string values_markup(charts::Chart const& chart, TableWriter& table) {
    auto const n_values = chart.series.size() * values_per_series(chart);
    if (chart.values.size() != chart.categories.size() * n_values) return {};
    auto const titles = column_titles(chart);
    auto const decimals = std::all_of(chart.values.begin(), chart.values.end(), is_whole) ? 0 : 2;
    std::vector<dossier_column> columns;
    for (auto const& title : titles) {
        std::uint32_t const kind = columns.empty() ? DOSSIER_CELL_TEXT : DOSSIER_CELL_REAL;
        columns.push_back({sizeof(dossier_column), as_text("value"), as_text(title), kind, decimals, {}, 0, 0});
    }
    dossier_table const head{sizeof head, as_text(chart.title), {}, columns.data(), columns.size()};
    auto markup = table.begin(head, std::nullopt);
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        auto const cells = cells_of(chart, i, n_values);
        dossier_row const row{sizeof row, cells.data(), cells.size(), {}};
        markup += table.row(row);
    }
    return "<details class=\"values\"><summary>The values</summary>\n" + markup + table.end() + "</details>\n";
}

}  // namespace

std::string chart_markup(dossier_chart const& chart, Output& output, TableWriter& table) {
    auto const kept = charts::owned(chart, output);
    auto const svg = charts::svg_of(kept, kept.anchor);
    auto markup = "<figure class=\"drawing\"" + id_attribute(kept.anchor) + ">\n<figcaption>" + trimmed(kept.title) +
                  "</figcaption>\n";
    if (!svg.empty())
        markup += "<div class=\"scroll\" tabindex=\"0\" role=\"group\"" +
                  attribute("aria-label", "Chart: " + kept.title) + ">\n" + svg + "\n</div>\n";
    return markup + "<p class=\"in-words\">" + trimmed(kept.alternative) + "</p>\n" + values_markup(kept, table) +
           "</figure>\n";
}

}  // namespace dossier::html
