// A chart that outlives the call that brought it.
#pragma once

#include <dossier/plugin.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace dossier::charts {

struct ChartSeries {
    std::string word, shown;  ///< as given; as people see it, with its symbol where it is a stance
};

/// See dossier_chart for what each kind shows and the order of its values.
struct Chart {
    std::uint32_t kind = 0;
    std::string title, alternative, anchor;
    std::vector<std::string> categories;
    std::vector<ChartSeries> series;
    std::vector<double> values;
    std::string category_title, value_title;
    bool logarithmic = false;
    double reference = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> weights;
    std::vector<std::uint32_t> marks;

    [[nodiscard]] bool has_intervals() const { return kind == DOSSIER_CHART_INTERVAL || kind == DOSSIER_CHART_FOREST; }
};

Chart owned(dossier_chart const& chart, Output& output);

}  // namespace dossier::charts
