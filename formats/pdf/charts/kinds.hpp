// Each kind of chart, drawn where the flow stands, with its title above and its words below.
#pragma once

#include "../blocks.hpp"
#include "../flow.hpp"

namespace dossier::pdf {

void draw_stacked_bars(Flow& flow, Chart const& chart);
void draw_diverging_bars(Flow& flow, Chart const& chart);
void draw_intervals(Flow& flow, Chart const& chart);
void draw_forest(Flow& flow, Chart const& chart);
void draw_effect_directions(Flow& flow, Chart const& chart);
void draw_harvest(Flow& flow, Chart const& chart);
void draw_bubbles(Flow& flow, Chart const& chart);
void draw_lines(Flow& flow, Chart const& chart);

/// The title, on a page with room for the beginning of the rest.
void draw_chart_title(Flow& flow, Chart const& chart, double height_of_the_rest);
/// What the chart shows, in words.
void draw_chart_words(Flow& flow, Chart const& chart);

}  // namespace dossier::pdf
