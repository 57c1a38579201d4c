// Charts as vectors.
#pragma once

#include "blocks.hpp"
#include "flow.hpp"

namespace dossier::pdf {

/// Draws the chart with its title, legend, axes and, below, what it shows in words. Breaks between categories where
/// it is longer than a page. A chart of a kind that is not known is drawn as its words alone.
void draw_chart(Flow& flow, Chart const& chart);

}  // namespace dossier::pdf
