// Charts as SVG, to be put inline into HTML or saved as files of their own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "chart.hpp"
#include "palette.hpp"

namespace dossier::charts {

/// One <svg> element, without XML declaration: role="img", labelled by its <title> (the chart's title) and <desc> (what it
/// shows in words). Neither title nor words are drawn; those who place it write them beside it. No script, no style
/// attribute, nothing from elsewhere; the same bytes for the same chart.
///
/// Colours are presentation attributes of the light theme, so that the drawing stands alone; classes let svg_rules()
/// and svg_colors() give it others.
///
/// @param id  begins the ids in it, "<id>_title" and "<id>_desc"; of letters, digits and "-" and unique in the page: the
///            chart's anchor
/// @return empty where the kind is not known: its words and values must do
std::string svg_of(Chart const& chart, std::string_view id);

/// How many categories svg_of() draws: fewer than there are where a page could not hold them. The drawing then says so and
/// refers to a table of the values. Lines are drawn in full, thinned out to what can be seen.
std::size_t categories_in_svg(Chart const& chart);

/// CSS rules for the classes in svg_of(): colours by custom properties, forced colours, and a width between 32rem and that
/// of what holds it, which must scroll where it is narrower.
std::string svg_rules();

/// CSS declarations "--chart-text:#1f2328;…", to be put into a rule of the theme's own: ":root{" + … + "}".
std::string svg_colors(Theme theme);

}  // namespace dossier::charts
