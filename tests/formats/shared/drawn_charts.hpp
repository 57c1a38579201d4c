// Sample charts as formats keep them.
#pragma once

#include <string>

#include "formats/pdf/sample_charts.hpp"
#include "shared/charts/chart.hpp"
#include "shared/charts/palette.hpp"

namespace dossier::test {

/// Stances with symbols, as the host shows them.
inline std::string shown_series(std::string const& word) {
    if (word == "supports") return "▲ supports";
    if (word == "refutes") return "▼ refutes";
    if (word == "mixed") return "◆ mixed";
    if (word == "neutral") return "○ neutral";
    if (word == "silent") return "– silent";
    if (word == "not_assessable") return "? not assessable";
    return word;
}

inline dossier::charts::Chart kept(Chart const& chart) {
    dossier::charts::Chart out;
    out.kind = chart.kind, out.title = chart.title, out.alternative = chart.alternative, out.anchor = chart.anchor;
    out.categories = chart.categories;
    for (auto const& word : chart.series)
        out.series.push_back({word, shown_series(word)});
    out.values = chart.values, out.weights = chart.weights, out.marks = chart.marks;
    out.category_title = chart.category_title, out.value_title = chart.value_title;
    out.logarithmic = chart.scale == DOSSIER_SCALE_LOGARITHMIC, out.reference = chart.reference;
    return out;
}

}  // namespace dossier::test
