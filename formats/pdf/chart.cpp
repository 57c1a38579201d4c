#include "chart.hpp"

#include "charts/kinds.hpp"

namespace dossier::pdf {

namespace {

void draw_unknown(Flow& flow, Chart const& chart) {
    std::vector<Span> const words{{{Face::sans_bold, flow.body_size(), ink}, chart.title, {}, false},
                                  {{Face::sans, flow.body_size(), ink}, " " + chart.alternative, {}, false}};
    flow.gap(10);
    flow.anchor_here(chart.anchor);
    flow.put(flow.set(words, flow.body_size() * 1.45));
    flow.gap(10);
}

}  // namespace

void draw_chart(Flow& flow, Chart const& chart) {
    switch (chart.kind) {
        case DOSSIER_CHART_STACKED_BAR: return draw_stacked_bars(flow, chart);
        case DOSSIER_CHART_INTERVAL: return draw_intervals(flow, chart);
        case DOSSIER_CHART_DIVERGING_BAR: return draw_diverging_bars(flow, chart);
        case DOSSIER_CHART_EFFECT_DIRECTION: return draw_effect_directions(flow, chart);
        case DOSSIER_CHART_HARVEST: return draw_harvest(flow, chart);
        case DOSSIER_CHART_FOREST: return draw_forest(flow, chart);
        case DOSSIER_CHART_BUBBLE: return draw_bubbles(flow, chart);
        case DOSSIER_CHART_LINE: return draw_lines(flow, chart);
        default: return draw_unknown(flow, chart);
    }
}

}  // namespace dossier::pdf
