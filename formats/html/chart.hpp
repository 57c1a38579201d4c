// Charts: a drawing, its words, and a table of its values.
#pragma once

#include <dossier/plugin.hpp>

#include <string>

#include "table.hpp"

namespace dossier::html {

/// A chart as a figure.
/// @param table  writes the values; no table may be open in it
[[nodiscard]] std::string chart_markup(dossier_chart const& chart, Output& output, TableWriter& table);

}  // namespace dossier::html
