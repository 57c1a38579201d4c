// A chart of every kind, as reports make them. All content is invented.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sample_documents.hpp"

namespace dossier::test {

namespace charts {

inline double const none = std::numeric_limits<double>::quiet_NaN();
inline std::vector<std::string> const places = {"Aalborg 2009", "Bergen 2011",      "Córdoba 2012", "Dresden 2014",
                                                "Évora 2016",   "Fredericton 2018", "Graz 2021"};

inline Chart chart_of(std::uint32_t kind, std::string const& title, std::string const& alternative) {
    Chart chart;
    chart.kind = kind, chart.title = title, chart.alternative = alternative;
    chart.anchor = "chart-" + std::to_string(kind);
    return chart;
}

inline Chart stacked_bars() {
    auto chart = chart_of(DOSSIER_CHART_STACKED_BAR, "Independent sources per claim",
                          "Three of six claims are supported by most sources that take a side; one is contested.");
    chart.categories = samples::claims;
    chart.series = {"supports", "mixed", "refutes", "neutral", "silent", "not_assessable"};
    chart.values = {5, 1, 1, 0, 1, 0, 1, 1, 4, 0, 2, 0, 3, 0, 0, 1, 3, 1,
                    4, 2, 0, 0, 2, 0, 2, 2, 2, 1, 1, 0, 0, 0, 0, 0, 8, 0};
    chart.category_title = "Claim", chart.value_title = "Independent sources";
    return chart;
}

inline Chart intervals() {
    auto chart =
        chart_of(DOSSIER_CHART_INTERVAL, "Share of sources that support the claim",
                 "The shares of three claims lie above one half; only the interval of the first leaves it out.");
    chart.categories = {samples::claims[0], samples::claims[1], samples::claims[2], samples::claims[4],
                        samples::claims[5]};
    chart.series = {"95 % Wilson interval", "95 % Jeffreys interval"};
    chart.values = {0.83, 0.54, 0.97, 0.83, 0.58, 0.96, 0.20, 0.04, 0.62, 0.20, 0.02, 0.60, 1.0,  0.44, 1.0,
                    1.0,  0.47, 1.0,  0.50, 0.15, 0.85, 0.50, 0.12, 0.88, none, none, none, none, none, none};
    chart.category_title = "Claim", chart.value_title = "Share that supports, of those that take a side";
    chart.reference = 0.5;
    return chart;
}

inline Chart diverging_bars() {
    auto chart = chart_of(DOSSIER_CHART_DIVERGING_BAR, "Against and for each claim",
                          "Support prevails for three claims, refutation for one; one is evenly divided.");
    chart.categories = samples::claims;
    chart.series = {"refutes", "mixed", "supports"};
    chart.values = {1, 1, 5, 4, 1, 1, 0, 0, 3, 0, 2, 4, 2, 2, 2, 0, 0, 0};
    chart.category_title = "Claim", chart.value_title = "Independent sources";
    return chart;
}

inline Chart diverging_scale() {
    auto chart = chart_of(DOSSIER_CHART_DIVERGING_BAR, "What raters thought of the quotes",
                          "Most raters found the quotes of the first claim convincing.");
    chart.anchor = "chart-3b";
    chart.categories = {"Night work and diabetes", "Bright light", "Naps"};
    chart.series = {"not at all", "hardly", "undecided", "somewhat", "fully"};
    chart.values = {1, 3, 4, 8, 12, 6, 7, 5, 3, 2, 2, 4, 9, 6, 5};
    return chart;
}

inline Chart effect_directions() {
    auto chart = chart_of(DOSSIER_CHART_EFFECT_DIRECTION, "Direction of effect by source and claim",
                          "Five of seven sources find a higher risk of diabetes; on naps they go both ways.");
    chart.categories = places;
    chart.series = {"Higher risk of diabetes", "Fewer errors after naps", "Shorter recovery with bright light",
                    "Better sleep by day"};
    chart.values = {1,    1,    none, -1, 1, 0, 1, none, -1,   none, 1, 1,  1, -1,
                    none, none, 1,    1,  0, 1, 1, none, none, none, 0, -1, 1, none};
    chart.category_title = "Source";
    return chart;
}

inline Chart harvest() {
    auto chart = chart_of(DOSSIER_CHART_HARVEST, "What raises and what lowers the risk",
                          "Permanent nights are named most often, by eight sources, five of them with evidence.");
    chart.categories = {"Permanent nights", "Short recovery between shifts", "Age above 50", "Naps", "Long commute"};
    chart.series = {"lowers", "no effect", "raises", "unclear"};
    chart.values = {0, 1, 8, 1, 0, 0, 5, 0, 0, 2, 3, 0, 6, 1, 0, 2, 0, 0, 140, 0};
    chart.weights = {0, 1, 5, 0, 0, 0, 2, 0, 0, 2, 0, 0, 6, 0, 0, 0, 0, 0, 90, 0};
    chart.category_title = "Factor",
    chart.value_title = "A bar is a source; filled: with evidence, hollow: a mere mention";
    return chart;
}

inline Chart forest() {
    auto chart =
        chart_of(DOSSIER_CHART_FOREST, "Night work and errors: odds ratios",
                 "Six of seven studies find fewer errors after naps; pooled odds ratio 0.72, from 0.55 to 0.94.");
    chart.categories = places;
    chart.categories.insert(chart.categories.end(),
                            {"Fixed effect", "Random effects (REML, Hartung–Knapp)", "Prediction interval"});
    chart.series = {"Odds ratio [95 % CI]"};
    chart.values = {0.61, 0.42, 0.89, 0.80, 0.66, 0.97, 0.55, 0.21, 1.44, 1.12, 0.83, 1.51, 0.70, 0.58, 0.84,
                    0.48, 0.25, 0.92, 0.66, 0.39, 1.12, 0.76, 0.68, 0.85, 0.72, 0.55, 0.94, none, 0.41, 1.26};
    chart.weights = {13.1, 26.5, 3.2, 18.4, 27.9, 6.0, 4.9, none, none, none};
    chart.marks = {0, 0, 0, 0, 0, 0, 0, DOSSIER_MARK_POOLED, DOSSIER_MARK_POOLED, DOSSIER_MARK_PREDICTION};
    chart.category_title = "Study", chart.value_title = "Odds ratio (logarithmic scale)";
    chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.reference = 1;
    return chart;
}

inline Chart bubbles() {
    auto chart = chart_of(DOSSIER_CHART_BUBBLE, "Claims by study design",
                          "Reviews and cohort studies speak to diabetes; nobody has run a trial on rotation.");
    chart.categories = samples::claims;
    chart.series = {"Systematic review", "Randomised trial", "Cohort", "Case-control", "Cross-sectional", "Opinion"};
    chart.values = {3, 1, 12, 4, 7, 2, 0, 0, 2, 1, 5, 9, 1, 6, 0, 0, 2, 1,
                    0, 4, 1,  0, 3, 0, 1, 2, 0, 0, 1, 3, 0, 0, 0, 0, 1, 25};
    chart.category_title = "Claim", chart.value_title = "Independent sources";
    return chart;
}

inline Chart lines() {
    auto chart = chart_of(DOSSIER_CHART_LINE, "Share of sources that support the claim, over the years",
                          "Support for the first claim rose from 0.4 to 0.83; that for the second fell.");
    chart.categories = {"2009", "2011", "2012", "2014", "2016", "2018", "2021", "2026"};
    chart.series = {"Diabetes", "Forward rotation is harmless", "Bright light"};
    chart.values = {0.40, 0.55, none, 0.50, 0.50, none, 0.60, 0.42, 0.66, 0.67, none, 0.66,
                    0.71, 0.30, 0.75, 0.78, 0.25, 0.80, 0.80, 0.22, 0.88, 0.83, 0.20, 1.0};
    chart.category_title = "Year of the latest source", chart.value_title = "Share that supports";
    chart.reference = 0.5;
    return chart;
}

inline std::vector<Chart> one_of_each() {
    return {stacked_bars(), intervals(), diverging_bars(), effect_directions(),
            harvest(),      forest(),    bubbles(),        lines()};
}

}  // namespace charts

/// One report that shows all of `shown`.
inline Document document_of_charts(std::vector<Chart> const& shown) {
    Document document;
    document.begin("Charts").begin_section("report");
    document.out().heading(1, "Charts", "charts");
    for (auto const& chart : shown)
        document.out().chart(chart);
    document.end_section().end();
    return document;
}

}  // namespace dossier::test
