// Charts as vectors: stacked bars and intervals.
#pragma once

#include "blocks.hpp"
#include "flow.hpp"

namespace dossier::pdf {

/// Draws the chart with its title, legend, scale and, below, what it shows in words. Breaks between categories where
/// it is longer than a page. A chart of a kind that is not known is drawn as its words alone.
void draw_chart(Flow& flow, Chart const& chart);

/// A step for a scale: 1, 2 or 5 times a power of ten, so that `span` takes at most `most_steps` steps.
double scale_step(double span, int most_steps);

}  // namespace dossier::pdf
