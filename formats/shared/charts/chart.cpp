#include "chart.hpp"

#include "kinds.hpp"
#include "palette.hpp"

namespace dossier::charts {

namespace {

std::string owned_text(dossier_text text) {
    return std::string(view(text));
}

/// A stance word with its symbol, as the host shows it: "▲ supports".
std::string shown_stance(Output& output, dossier_text stance) {
    dossier_column column{};
    column.size = sizeof column;
    column.kind = DOSSIER_CELL_STANCE;
    dossier_cell cell{};
    cell.kind = DOSSIER_CELL_STANCE;
    cell.text = stance;
    return output.shown(column, cell);
}

}  // namespace

Chart owned(dossier_chart const& chart, Output& output) {
    Chart out;
    out.kind = chart.kind;
    out.title = owned_text(chart.title);
    out.alternative = owned_text(chart.alternative);
    out.anchor = owned_text(chart.anchor);
    for (std::size_t i = 0; i < chart.n_categories; ++i)
        out.categories.push_back(owned_text(chart.categories[i]));
    for (std::size_t i = 0; i < chart.n_series; ++i) {
        auto word = owned_text(chart.series[i]);
        auto shown = is_stance(word) ? shown_stance(output, chart.series[i]) : word;
        out.series.push_back({std::move(word), std::move(shown)});
    }
    out.values.assign(chart.values, chart.values + chart.n_values);
    out.category_title = owned_text(chart.category_title);
    out.value_title = owned_text(chart.value_title);
    out.logarithmic = chart.scale == DOSSIER_SCALE_LOGARITHMIC;
    out.reference = chart.reference;
    out.weights.assign(chart.weights, chart.weights + chart.n_weights);
    out.marks.assign(chart.marks, chart.marks + chart.n_marks);
    return out;
}

bool draw(Surface& surface, Chart const& chart) {
    switch (chart.kind) {
        case DOSSIER_CHART_STACKED_BAR: draw_stacked_bars(surface, chart); return true;
        case DOSSIER_CHART_INTERVAL: draw_intervals(surface, chart); return true;
        case DOSSIER_CHART_DIVERGING_BAR: draw_diverging_bars(surface, chart); return true;
        case DOSSIER_CHART_EFFECT_DIRECTION: draw_effect_directions(surface, chart); return true;
        case DOSSIER_CHART_HARVEST: draw_harvest(surface, chart); return true;
        case DOSSIER_CHART_FOREST: draw_forest(surface, chart); return true;
        case DOSSIER_CHART_BUBBLE: draw_bubbles(surface, chart); return true;
        case DOSSIER_CHART_LINE: draw_lines(surface, chart); return true;
        default: return false;
    }
}

}  // namespace dossier::charts
