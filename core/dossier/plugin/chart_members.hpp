// The members of a chart that came after version 1.0: read by the size its maker gave it.
#pragma once

#include <cstddef>
#include <limits>

#include "dossier/plugin.h"

namespace dossier {

/// What a chart was in version 1.0.
inline constexpr std::size_t first_chart_size = offsetof(dossier_chart, category_title);

/// The chart with every member of this version: those that its maker did not know say "none". Borrows what `given` does.
[[nodiscard]] inline dossier_chart with_all_members(dossier_chart const& given) noexcept {
    dossier_chart chart{};
    chart.size = sizeof chart;
    chart.kind = given.kind;
    chart.title = given.title, chart.alternative = given.alternative, chart.anchor = given.anchor;
    chart.categories = given.categories, chart.n_categories = given.n_categories;
    chart.series = given.series, chart.n_series = given.n_series;
    chart.values = given.values, chart.n_values = given.n_values;
    chart.reference = std::numeric_limits<double>::quiet_NaN();
    if (DOSSIER_HAS(&given, dossier_chart, category_title)) chart.category_title = given.category_title;
    if (DOSSIER_HAS(&given, dossier_chart, value_title)) chart.value_title = given.value_title;
    if (DOSSIER_HAS(&given, dossier_chart, scale)) chart.scale = given.scale;
    if (DOSSIER_HAS(&given, dossier_chart, reference)) chart.reference = given.reference;
    if (DOSSIER_HAS(&given, dossier_chart, n_weights)) chart.weights = given.weights, chart.n_weights = given.n_weights;
    if (DOSSIER_HAS(&given, dossier_chart, n_marks)) chart.marks = given.marks, chart.n_marks = given.n_marks;
    return chart;
}

/// Values per category and series: three where a chart shows intervals.
[[nodiscard]] inline std::size_t values_each(dossier_chart const& chart) noexcept {
    return chart.kind == DOSSIER_CHART_INTERVAL || chart.kind == DOSSIER_CHART_FOREST ? 3 : 1;
}

}  // namespace dossier
