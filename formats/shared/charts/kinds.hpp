// Each kind of chart, drawn where the surface stands.
#pragma once

#include "surface.hpp"

namespace dossier::charts {

void draw_stacked_bars(Surface& surface, Chart const& chart);
void draw_diverging_bars(Surface& surface, Chart const& chart);
void draw_intervals(Surface& surface, Chart const& chart);
void draw_forest(Surface& surface, Chart const& chart);
void draw_effect_directions(Surface& surface, Chart const& chart);
void draw_harvest(Surface& surface, Chart const& chart);
void draw_bubbles(Surface& surface, Chart const& chart);
void draw_lines(Surface& surface, Chart const& chart);

/// Draws a chart of any kind. @return false, and nothing is drawn, if its kind is not known
bool draw(Surface& surface, Chart const& chart);

}  // namespace dossier::charts
