// How a cell is shown: the one place that rounds, so that every format shows the same figure.
#pragma once

#include <string>
#include <string_view>

#include "dossier/plugin.h"

namespace dossier {

/// `value` with exactly `decimals` digits after the point (0 to 15), in the classic locale.
///
/// Rounds what a reader of the data would round: the shortest decimal number that reads back as `value`, half away from
/// zero. So 0.285 with two decimals is "0.29", although the nearest double lies below 0.285. Zero has no sign: "0.0",
/// never "-0.0". Negative numbers have the ASCII '-', so that text search and spreadsheets know them.
/// @param value  finite; NaN and infinity give empty text
[[nodiscard]] std::string format_real(double value, int decimals);

/// A share in [0, 1] in hundredths: format_percent(0.75, 0) is "75 %". The same rounding, after the shift.
[[nodiscard]] std::string format_percent(double share, int decimals);

/// "▲ supports", "▼ refutes", "◆ mixed", "● neutral", "○ silent", "✕ not assessable"; other words as they are.
[[nodiscard]] std::string format_stance(std::string_view stance);

/// What dossier_host.format_value says. Empty cells and cells of unknown kinds give empty text.
[[nodiscard]] std::string format_cell(dossier_column const& column, dossier_cell const& cell);

}  // namespace dossier
