// Charts as SVG: what is written, where marks stand, and that nothing gets out of its place.
#include "shared/charts/svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <locale>
#include <map>
#include <random>
#include <set>

#include "drawing.hpp"
#include "drawn_charts.hpp"

namespace {

using namespace dossier::test;
using dossier::Chart;
using dossier::charts::categories_in_svg;
using dossier::charts::Theme;
using testing::DoubleNear;
using testing::HasSubstr;
using testing::Not;
using testing::Pointwise;
using testing::SizeIs;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double exactly = 0.02;  // two decimals are written

std::string svg_of(Chart const& chart) {
    return dossier::charts::svg_of(kept(chart), chart.anchor);
}

Drawing drawing_of(Chart const& chart) {
    return Drawing(svg_of(chart));
}

Chart small(std::uint32_t kind, std::size_t n_categories, std::size_t n_series, double value) {
    auto chart = charts::chart_of(kind, "Title", "Words for those who cannot see it.");
    for (std::size_t i = 0; i < n_categories; ++i)
        chart.categories.push_back(numbered("category-", i));
    for (std::size_t i = 0; i < n_series; ++i)
        chart.series.push_back(numbered("series-", i));
    bool const has_intervals = kind == DOSSIER_CHART_INTERVAL || kind == DOSSIER_CHART_FOREST;
    chart.values.assign(n_categories * n_series * (has_intervals ? 3 : 1), value);
    return chart;
}

void for_each_kind(std::function<void(std::uint32_t)> const& check) {
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind) {
        SCOPED_TRACE("kind " + std::to_string(kind));
        check(kind);
    }
}

/// Where values stand along an axis, told from what is written at it: equal steps, of values or of their logarithms.
class Axis {
public:
    /// @param ticks  what is written, and where
    explicit Axis(std::vector<std::pair<double, double>> const& ticks, bool logarithmic = false)
        : logarithmic_(logarithmic) {
        if (ticks.size() < 2) throw std::runtime_error("no axis");
        auto const first = ticks.front(), last = ticks.back();
        per_unit_ = (last.second - first.second) / (there(last.first) - there(first.first));
        at_zero_ = first.second - there(first.first) * per_unit_;
        for (auto const& [value, place] : ticks)
            EXPECT_NEAR(at(value), place, exactly) << "ticks stand where their values are";
    }
    [[nodiscard]] double at(double value) const { return at_zero_ + there(value) * per_unit_; }

private:
    [[nodiscard]] double there(double value) const { return logarithmic_ ? std::log(value) : value; }
    bool logarithmic_;
    double per_unit_ = 0, at_zero_ = 0;
};

bool is_number(std::string const& text) {
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0';
}

/// Numbers in the middle under their ticks, in the row of the lowest of them; `signed_by_place`: the axis counts upwards to
/// both sides of its 0.
std::vector<std::pair<double, double>> ticks_below(Drawing const& drawing, bool signed_by_place = false) {
    auto labels = drawing.where([](Mark const& mark) {
        return mark.is("text", "cf-muted") && mark.anchor == "middle" && is_number(mark.words);
    });
    double lowest = 0, zero = 0;
    for (auto const& label : labels)
        lowest = std::max(lowest, label.y);
    std::vector<std::pair<double, double>> ticks;
    for (auto const& label : labels)
        if (label.words == "0") zero = label.x;
    for (auto const& label : labels)
        if (std::abs(label.y - lowest) < exactly)
            ticks.emplace_back(std::stod(label.words) * (signed_by_place && label.x < zero ? -1 : 1), label.x);
    return ticks;
}

/// Bars of one row, from left to right.
std::map<double, std::vector<Mark>> bars_by_row(Drawing const& drawing) {
    static std::set<std::string> const fills{"cf-blue", "cf-vermilion",  "cf-purple",
                                             "cf-grey", "cf-light-grey", "cf-lightest-grey"};
    constexpr double height = 12.54;  // one and a half times the size of words: neither legend nor plates
    std::map<double, std::vector<Mark>> rows;
    for (auto const& mark : drawing.marks())
        if (mark.name == "rect" && fills.contains(mark.ink) && std::abs(mark.height - height) < exactly)
            rows[mark.y].push_back(mark);
    return rows;
}

// ---- All kinds

TEST(SvgChart, OfEveryKindIsAnImageWithATitleAndADescription) {
    for (auto const& chart : charts::one_of_each()) {
        SCOPED_TRACE(chart.title);
        auto const drawing = drawing_of(chart);
        auto const root = drawing.root();
        EXPECT_STREQ(root.attribute("role").value(), "img");
        std::istringstream ids(root.attribute("aria-labelledby").value());
        std::string title_id, description_id;
        ids >> title_id >> description_id;
        EXPECT_EQ(title_id, root.child("title").attribute("id").value());
        EXPECT_EQ(description_id, root.child("desc").attribute("id").value());
        EXPECT_EQ(root.child("title").child_value(), chart.title);
        EXPECT_EQ(root.child("desc").child_value(), chart.alternative);
        EXPECT_TRUE(root.child("title") == root.first_child().next_sibling()) << "browsers look for the first child";
    }
}

TEST(SvgChart, OfEveryKindSaysItsAxesAndNames) {
    for (auto const& chart : charts::one_of_each()) {
        SCOPED_TRACE(chart.title);
        auto const words = drawing_of(chart).words();
        EXPECT_THAT(words, HasSubstr(chart.category_title));
        EXPECT_THAT(words, HasSubstr(chart.value_title));
        for (auto const& series : chart.series)
            EXPECT_THAT(words, HasSubstr(series.substr(0, 3)));
        auto const first_word = chart.categories.back().substr(0, chart.categories.back().find(' '));
        EXPECT_THAT(words, HasSubstr(first_word));
    }
}

TEST(SvgChart, HasNothingThatAStrictPolicyForbids) {
    std::set<std::string> const elements{"svg", "title", "desc", "rect", "circle", "path", "text"};
    std::set<std::string> const attributes{"xmlns",
                                           "class",
                                           "role",
                                           "aria-labelledby",
                                           "viewBox",
                                           "width",
                                           "height",
                                           "fill",
                                           "font-family",
                                           "font-size",
                                           "direction",
                                           "id",
                                           "x",
                                           "y",
                                           "cx",
                                           "cy",
                                           "r",
                                           "d",
                                           "stroke",
                                           "stroke-width",
                                           "stroke-dasharray",
                                           "stroke-linejoin",
                                           "font-weight",
                                           "font-style",
                                           "text-anchor"};
    for (auto const& chart : charts::one_of_each()) {
        auto const svg = svg_of(chart);
        EXPECT_THAT(svg, Not(HasSubstr("url(")));
        pugi::xml_document document;
        ASSERT_TRUE(document.load_string(svg.c_str()));
        std::function<void(pugi::xml_node)> const check = [&](pugi::xml_node node) {
            EXPECT_TRUE(node.type() != pugi::node_element || elements.contains(node.name())) << node.name();
            for (auto const attribute : node.attributes())
                EXPECT_TRUE(attributes.contains(attribute.name())) << attribute.name();
            for (auto const child : node.children())
                check(child);
        };
        check(document.child("svg"));
    }
}

TEST(SvgChart, IsTheSameBytesEachTimeAndUnderAnyLocale) {
    struct Comma : std::numpunct<char> {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    for (auto const& chart : charts::one_of_each()) {
        auto const svg = svg_of(chart);
        auto const before = std::locale::global(std::locale(std::locale::classic(), new Comma));
        auto const with_commas = svg_of(chart);
        std::locale::global(before);
        EXPECT_EQ(with_commas, svg) << chart.title;
    }
}

TEST(SvgChart, OfAnUnknownKindIsEmpty) {
    EXPECT_EQ(svg_of(small(99, 2, 2, 1)), "");
}

TEST(SvgChart, HasNoColourWithoutARuleAndNoRuleWithoutAColourInBothThemes) {
    auto const rules = dossier::charts::svg_rules();
    for (auto const& chart : charts::one_of_each()) {
        auto const drawing = drawing_of(chart);
        for (auto const& mark : drawing.marks()) {
            EXPECT_THAT(rules, HasSubstr(".chart ." + mark.ink + "{")) << chart.title;
            auto const property = "--chart-" + mark.ink.substr(3);
            EXPECT_THAT(rules, HasSubstr("var(" + property + ","));
            for (auto const theme : {Theme::light, Theme::dark})
                EXPECT_THAT(";" + dossier::charts::svg_colors(theme), HasSubstr(";" + property + ":#"));
        }
    }
}

// ---- Marks stand where their values are

TEST(SvgStackedBars, AreAsLongAsTheirValues) {
    auto const chart = charts::stacked_bars();
    auto const drawing = drawing_of(chart);
    Axis const axis(ticks_below(drawing));
    auto const rows = bars_by_row(drawing);
    ASSERT_THAT(rows, SizeIs(chart.categories.size()));
    std::size_t category = 0;
    for (auto const& [y, bars] : rows) {
        double from = 0;
        std::size_t at = 0;
        for (std::size_t s = 0; s < chart.series.size(); ++s) {
            auto const value = chart.values[category * chart.series.size() + s];
            if (value == 0) continue;
            ASSERT_LT(at, bars.size());
            EXPECT_NEAR(bars[at].x, axis.at(from), exactly);
            EXPECT_NEAR(bars[at].right(), axis.at(from + value), 2 * exactly);
            from += value, ++at;
        }
        EXPECT_EQ(at, bars.size());
        ++category;
    }
}

TEST(SvgDivergingBars, StandOnTheirSidesOfTheMiddle) {
    auto const chart = charts::diverging_bars();
    auto const drawing = drawing_of(chart);
    Axis const axis(ticks_below(drawing, true));
    auto const rows = bars_by_row(drawing);
    ASSERT_THAT(rows, SizeIs(5)) << "the sixth has nothing";
    std::size_t category = 0;
    for (auto const& [y, bars] : rows) {
        auto const refutes = chart.values[category * 3], mixed = chart.values[category * 3 + 1],
                   supports = chart.values[category * 3 + 2];
        EXPECT_NEAR(bars.front().x, axis.at(-refutes - mixed / 2), exactly);
        EXPECT_NEAR(bars.back().right(), axis.at(mixed / 2 + supports), 2 * exactly);
        for (auto const& bar : bars) {
            if (bar.ink == "cf-vermilion") {
                EXPECT_NEAR(bar.right(), axis.at(-mixed / 2), 2 * exactly);
            } else if (bar.ink == "cf-blue") {
                EXPECT_NEAR(bar.x, axis.at(mixed / 2), exactly);
            }
        }
        ++category;
    }
}

TEST(SvgIntervals, LeadFromLowToHighThroughTheEstimate) {
    auto const chart = charts::intervals();
    auto const drawing = drawing_of(chart);
    Axis const axis(ticks_below(drawing));
    auto const first_tick_y = drawing.text("0.0").y;
    std::vector<double> dots, squares, lows, highs, expected_dots, expected_squares, expected_lows, expected_highs;
    auto const legend_bottom = drawing.text("Claim").y;
    for (auto const& mark : drawing.marks()) {
        if (mark.y > first_tick_y) continue;
        if (mark.is("circle", "cf-blue-text") && mark.y > legend_bottom) dots.push_back(mark.x);
        if (mark.is("rect", "cf-vermilion-text") && mark.y > legend_bottom) squares.push_back(mark.middle_x());
        bool const across = mark.spots.size() == 2 && std::abs(mark.spots[0].y - mark.spots[1].y) < exactly;
        if (across && std::abs(mark.thickness - 1.2) < 1e-9)
            lows.push_back(mark.spots[0].x), highs.push_back(mark.spots[1].x);
    }
    for (std::size_t i = 0; i < 8; ++i) {  // the fifth category has no values
        (i % 2 == 0 ? expected_dots : expected_squares).push_back(axis.at(chart.values[3 * i]));
        expected_lows.push_back(axis.at(chart.values[3 * i + 1]));
        expected_highs.push_back(axis.at(chart.values[3 * i + 2]));
    }
    EXPECT_THAT(dots, Pointwise(DoubleNear(exactly), expected_dots));
    EXPECT_THAT(squares, Pointwise(DoubleNear(exactly), expected_squares));
    EXPECT_THAT(lows, Pointwise(DoubleNear(exactly), expected_lows));
    EXPECT_THAT(highs, Pointwise(DoubleNear(exactly), expected_highs));
    EXPECT_THAT(drawing.words(), HasSubstr("no value"));
}

TEST(SvgIntervals, OfThirtySixSeriesDifferInShapeOrColour) {
    auto const drawing = drawing_of(small(DOSSIER_CHART_INTERVAL, 1, 36, 1));
    std::set<std::string> looks;
    for (std::size_t i = 0; i < 36; ++i) {
        auto const name = drawing.text(numbered("series-", i));
        std::string look = name.ink;
        for (auto const& mark : drawing.marks())  // to the left of the name
            if (mark.name != "text" && std::abs(mark.middle_y() - name.y + 2.84) < 6 && mark.right() < name.x &&
                mark.middle_x() > name.x - 14 && mark.spots.empty())
                look += " " + mark.name + mark.ink;
        for (auto const& mark : drawing.marks())
            if (mark.name == "path" && !mark.spots.empty() && std::abs(mark.spots[0].y - name.y) < 9 &&
                mark.spots[0].x < name.x && mark.spots[0].x > name.x - 16)
                look += " path of " + std::to_string(mark.spots.size());
        looks.insert(look);
    }
    EXPECT_THAT(looks, SizeIs(36));
}

TEST(SvgForestPlot, DrawsSquaresByWeightAndDiamondsFromLowToHighOnALogarithmicAxis) {
    auto const chart = charts::forest();
    auto const drawing = drawing_of(chart);
    Axis const axis(ticks_below(drawing), true);
    auto const squares = drawing.all("rect", "cf-blue");
    ASSERT_THAT(squares, SizeIs(7));
    for (std::size_t i = 0; i < squares.size(); ++i) {
        EXPECT_NEAR(squares[i].middle_x(), axis.at(chart.values[3 * i]), exactly);
        EXPECT_NEAR(squares[i].middle_y(), drawing.text(chart.categories[i]).y - 2.84, 1.0) << "beside its name";
    }
    for (std::size_t const i : {0U, 1U, 3U})
        EXPECT_NEAR(squares[i].width * squares[i].height / (squares[4].width * squares[4].height),
                    chart.weights[i] / chart.weights[4], 0.01);
    auto const diamonds = drawing.all("path", "cf-pooled");
    ASSERT_THAT(diamonds, SizeIs(2));
    for (std::size_t i = 0; i < 2; ++i) {
        auto const* const values = &chart.values[3 * (7 + i)];
        EXPECT_NEAR(diamonds[i].spots[0].x, axis.at(values[1]), exactly);
        EXPECT_NEAR(diamonds[i].spots[1].x, axis.at(values[0]), exactly);
        EXPECT_NEAR(diamonds[i].spots[2].x, axis.at(values[2]), exactly);
    }
    auto const no_effect = drawing.where([](Mark const& m) { return m.is("path", "cs-muted") && m.spots.size() == 2; });
    ASSERT_THAT(no_effect, SizeIs(1));
    EXPECT_NEAR(no_effect.front().spots[0].x, axis.at(1), exactly);
    EXPECT_THAT(drawing.words(), HasSubstr("0.61 [0.42, 0.89]"));
    EXPECT_THAT(drawing.words(), HasSubstr("13.1 %"));
}

TEST(SvgEffectDirections, StandUnderTheirClaimsAndBesideTheirSources) {
    auto const chart = charts::effect_directions();
    auto const drawing = drawing_of(chart);
    std::vector<double> columns(4, 0.0);
    for (auto const& mark : drawing.marks())
        for (std::size_t s = 0; s < 4; ++s)
            if (mark.name == "text" && mark.anchor == "middle" && chart.series[s].starts_with(mark.words))
                columns[s] = mark.x;
    std::map<std::string, std::size_t> expected, found;
    std::map<std::string, double> const directions{{"cf-blue", 1}, {"cf-vermilion", -1}, {"cf-purple", 0}};
    for (auto const& [ink, direction] : directions)
        for (std::size_t c = 0; c < chart.categories.size(); ++c)
            for (std::size_t s = 0; s < 4; ++s) {
                if (chart.values[c * 4 + s] != direction) continue;
                auto const middle = drawing.text(chart.categories[c]).y - 2.8;
                auto const here = drawing.where([&](Mark const& mark) {
                    if (mark.name != "path" || mark.ink != ink) return false;
                    auto const& tip = mark.spots.front();
                    bool const in_column = std::abs(tip.x - columns[s]) < (direction == 0 ? 8 : exactly);
                    return in_column && std::abs(tip.y - middle) < 6;
                });
                EXPECT_THAT(here, SizeIs(direction == 0 ? 2 : 1)) << chart.categories[c] << ", " << chart.series[s];
                expected[ink] += direction == 0 ? 2 : 1;
            }
    for (auto const& [ink, direction] : directions) {
        std::size_t const in_key = direction == 0 ? 2 : 1;
        EXPECT_THAT(drawing.all("path", ink), SizeIs(expected[ink] + in_key)) << "no others";
    }
}

TEST(SvgHarvestPlot, HasAsManyBarsAsTheValuesSayAndFillsAsManyAsTheWeightsSay) {
    auto const chart = charts::harvest();
    auto const drawing = drawing_of(chart);
    double filled = 0, hollow = 0;
    for (std::size_t i = 0; i < chart.values.size(); ++i)
        if (chart.values[i] != 140) filled += chart.weights[i], hollow += chart.values[i] - chart.weights[i];
    auto const block_width = [&](std::string const& ink) {
        double widest = 0;
        for (auto const& mark : drawing.all("rect", ink))
            widest = std::max(widest, mark.width);
        return widest;
    };
    EXPECT_EQ(static_cast<double>(drawing.all("rect", "cf-blue").size()), filled + 1) << "and one block";
    EXPECT_EQ(static_cast<double>(drawing.all("rect", "cs-blue").size()), hollow + 1);
    EXPECT_NEAR(block_width("cf-blue") / (block_width("cs-blue") + 0.8), 90.0 / 140, 0.002);
    auto const heads = drawing.text("raises").x;
    EXPECT_NEAR(drawing.text("140").x, heads + 85, 25) << "in the third column";
}

TEST(SvgHarvestPlot, HasBarsOfOneHeightHoweverTallTheRowsAre) {
    auto chart = small(DOSSIER_CHART_HARVEST, 2, 1, 3);
    chart.categories[1] = "a factor whose name goes on and on, so that it is broken into three lines or even more";
    auto const bars = drawing_of(chart).all("rect", "cf-blue");
    ASSERT_THAT(bars, SizeIs(6));
    for (auto const& bar : bars)
        EXPECT_EQ(bar.height, bars.front().height);
}

TEST(SvgHarvestPlot, DrawsNoBarTooPaleToBeSeen) {
    auto chart = small(DOSSIER_CHART_HARVEST, 1, 3, 2);
    chart.series = {"neutral", "silent", "not_assessable"};
    auto const drawing = drawing_of(chart);
    EXPECT_THAT(drawing.all("rect", "cf-grey-text"), SizeIs(2));
    EXPECT_THAT(drawing.all("rect", "cf-dim-text"), SizeIs(4));
}

TEST(SvgBubbles, HaveAreasAsTheirValues) {
    auto const chart = charts::bubbles();
    auto const drawing = drawing_of(chart);
    auto const discs = drawing.all("circle", "cf-bubble");
    std::vector<double> values;
    for (double const value : chart.values)
        if (value > 0) values.push_back(value);
    ASSERT_THAT(discs, SizeIs(values.size()));
    for (std::size_t i = 0; i < discs.size(); ++i)
        EXPECT_NEAR(std::pow(discs[i].radius / discs.back().radius, 2), values[i] / 25, 0.003) << values[i];
    auto const zeros = drawing.where([](Mark const& mark) { return mark.name == "text" && mark.words == "0"; });
    EXPECT_THAT(zeros, SizeIs(std::count(chart.values.begin(), chart.values.end(), 0.0)));
    EXPECT_NEAR(discs.back().x, drawing.text("Opinion").x, exactly) << "25 stands in the last column";
}

TEST(SvgLines, LeadThroughTheirValuesAtTheirYearsAndNotOverWhatIsMissing) {
    auto const chart = charts::lines();
    auto const drawing = drawing_of(chart);
    std::vector<std::pair<double, double>> heights;
    auto const grid = drawing.all("path", "cs-hairline");
    auto const labels = drawing.where([](Mark const& m) { return m.anchor == "end" && is_number(m.words); });
    ASSERT_EQ(grid.size(), labels.size());
    for (std::size_t i = 0; i < grid.size(); ++i)
        heights.emplace_back(std::stod(labels[i].words), grid[i].spots[0].y);
    Axis const up(heights);
    auto const discs = drawing.all("circle", "cf-blue-text");
    ASSERT_THAT(discs, SizeIs(8));
    Axis const along({{2009, discs.front().x}, {2026, discs.back().x}});
    auto const check = [&](std::size_t series, std::string const& ink, std::vector<std::size_t> const& stretches) {
        auto const paths = drawing.where([&](Mark const& m) { return m.is("path", ink) && m.thickness == 1.4; });
        ASSERT_EQ(paths.size(), stretches.size());
        std::vector<Spot> spots;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            EXPECT_EQ(paths[i].spots.size(), stretches[i]);
            spots.insert(spots.end(), paths[i].spots.begin(), paths[i].spots.end());
        }
        std::size_t at = 0;
        for (std::size_t c = 0; c < chart.categories.size(); ++c) {
            auto const value = chart.values[c * 3 + series];
            if (std::isnan(value)) continue;
            EXPECT_NEAR(spots[at].x, along.at(std::stod(chart.categories[c])), exactly);
            EXPECT_NEAR(spots[at].y, up.at(value), exactly);
            ++at;
        }
    };
    check(0, "cs-blue-text", {8});
    check(1, "cs-vermilion-text", {3, 4});
    check(2, "cs-green-text", {6});
}

// ---- What must not break a page

std::vector<std::string> const& hostile_texts() {
    using namespace std::string_literals;
    static std::vector<std::string> const texts{
        "</text><script>alert(1)</script>",
        "\"/><image href=\"https://example.org/x\" onload=\"alert(1)\"/>",
        "' onmouseover='alert(1)",
        "]]><![CDATA[ &amp; &lt; &#60; &xxe;",
        "<!-- --> <?xml-stylesheet href='x'?> <!DOCTYPE svg>",
        "a\0b\x01\x1b[31m\x7f"s,
        "\xe2\x80\xaegnp.exe \xe2\x81\xa6x",
        "\xff\xfe\xc0\xaf \xed\xa0\x80 \xef\xbf\xbe\xef\xbf\xbf",
        "tab\tline\nbreak\r\nend",
        "=cmd|' /C calc'!A0 javascript:alert(1) {{7*7}} ${x} url(https://example.org)",
        std::string(3000, 'W'),
        "שלום עולם مرحبا 日本語の文章 हिन्दी 한국어 🙂 é",
    };
    return texts;
}

TEST(SvgChart, KeepsHostileTextsAsText) {
    for_each_kind([](std::uint32_t kind) {
        for (auto const& text : hostile_texts()) {
            auto chart = small(kind, 3, kind == DOSSIER_CHART_FOREST ? 1 : 2, 1);
            for (auto* const place : {&chart.title, &chart.alternative, &chart.category_title, &chart.value_title})
                *place = text;
            for (auto& name : chart.categories)
                name = text;
            for (auto& name : chart.series)
                name = text;
            auto const svg = svg_of(chart);
            ASSERT_TRUE(is_well_formed(svg)) << text;
            Drawing const drawing(svg);
            for (auto const element : drawing.root().children()) {
                auto const* const name = element.name();
                bool const known =
                    std::set<std::string>{"title", "desc", "rect", "circle", "path", "text", ""}.contains(name);
                EXPECT_TRUE(known) << name;
                for (auto const attribute : element.attributes())
                    EXPECT_FALSE(std::string(attribute.name()).starts_with("on")) << attribute.name();
            }
            for (auto const* const never : {"<script", "<image", "<!--", "<?", "\xe2\x80\xae", "\x1b"})
                EXPECT_THAT(svg, Not(HasSubstr(never)));
            auto const title = std::string(drawing.root().child("title").child_value());
            EXPECT_TRUE(text.front() != '<' || title == text) << title;
        }
    });
}

TEST(SvgChart, WritesOddValuesAsFiniteNumbersWithinTheDrawing) {
    for_each_kind([](std::uint32_t kind) {
        std::size_t const n_series = kind == DOSSIER_CHART_FOREST ? 1 : 2;
        auto const check = [](Chart const& chart) {
            auto const svg = svg_of(chart);
            ASSERT_TRUE(is_well_formed(svg));
            Drawing const drawing(svg);
            auto const inside = [&](double x, double y) {
                constexpr double air = 1;  // an arrow head or a thick line may reach a little further
                return x >= -air && x <= drawing.width() + air && y >= -air && y <= drawing.height() + air;
            };
            for (auto const& mark : drawing.marks()) {
                EXPECT_TRUE(inside(mark.x, mark.y) && inside(mark.right(), mark.y + mark.height))
                    << mark.name << mark.ink;
                for (auto const& spot : mark.spots)
                    EXPECT_TRUE(inside(spot.x, spot.y)) << mark.ink << ' ' << spot.x << ' ' << spot.y;
            }
            for (auto const element : drawing.root().children())
                for (auto const* const name : {"x", "y", "cx", "cy", "r", "width", "height", "d", "stroke-width"}) {
                    std::string const number = element.attribute(name).value();
                    EXPECT_EQ(number.find_first_not_of("0123456789.- MLZ"), std::string::npos) << number;
                }
        };
        for (double const value : {0.0, 1.0, none, -1.0, 1e300, 1e-300, 4.9e-324, 1.7e308, -1.7e308,
                                   std::numeric_limits<double>::infinity()})
            for (std::size_t const n_categories : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
                auto chart = small(kind, n_categories, n_series, value);
                check(chart);
                chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.reference = value;
                check(chart);
                if (!chart.values.empty()) chart.values.front() = -value, chart.values.back() = 1;
                chart.weights.assign(n_categories * n_series, value), chart.marks.assign(n_categories, 3);
                check(chart);
                chart.scale = DOSSIER_SCALE_LINEAR, chart.values.resize(chart.values.size() / 2);
                check(chart);
            }
    });
}

TEST(SvgChart, OfWhateverComesIsWellFormed) {
    std::mt19937 random(20261122);
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::vector<double> const values{0, 1, 2, 3, 17, 0.5, -1, none, 1e9, 1e-9};
    for (int i = 0; i < 400; ++i) {
        auto const kind = static_cast<std::uint32_t>(DOSSIER_CHART_STACKED_BAR + below(8));
        auto chart = small(kind, below(20), kind == DOSSIER_CHART_FOREST ? 1 : 1 + below(12), 1);
        for (auto& value : chart.values)
            value = values[below(values.size())];
        for (auto* const names : {&chart.categories, &chart.series})
            for (auto& name : *names)
                if (below(2) == 0) name = hostile_texts()[below(hostile_texts().size())].substr(below(4), below(60));
        chart.category_title = std::string(below(30), 'a'), chart.value_title = hostile_texts()[below(10)];
        if (below(2) == 0) chart.weights.assign(chart.categories.size() * chart.series.size(), values[below(10)]);
        if (below(3) == 0) chart.marks.assign(chart.categories.size(), static_cast<std::uint32_t>(below(4)));
        chart.scale = static_cast<std::uint32_t>(below(2)), chart.reference = values[below(10)];
        ASSERT_TRUE(is_well_formed(svg_of(chart))) << i << ", kind " << kind;
    }
}

TEST(SvgChart, SaysWhereThereIsNothing) {
    for_each_kind([](std::uint32_t kind) {
        EXPECT_THAT(drawing_of(small(kind, 0, kind == DOSSIER_CHART_FOREST ? 1 : 2, 1)).words(),
                    HasSubstr("No values."));
    });
    for (std::uint32_t const kind : {DOSSIER_CHART_STACKED_BAR, DOSSIER_CHART_INTERVAL, DOSSIER_CHART_DIVERGING_BAR})
        EXPECT_THAT(drawing_of(small(kind, 1, 2, none)).words(), HasSubstr("no value"));
}

TEST(SvgChart, ShowsAllOfSixtyFourSeries) {
    for_each_kind([](std::uint32_t kind) {
        if (kind == DOSSIER_CHART_FOREST) return;
        auto const words = drawing_of(small(kind, 2, 64, 1)).words();
        for (std::size_t i = 0; i < 64; ++i)
            EXPECT_THAT(words, HasSubstr(numbered("series-", i)));
    });
}

TEST(SvgChart, OfTenThousandCategoriesIsBoundedAndSaysWhatItLeavesOut) {
    for_each_kind([](std::uint32_t kind) {
        for (std::size_t const n_series : {std::size_t{2}, std::size_t{64}}) {
            auto chart = small(kind, 10'000, kind == DOSSIER_CHART_FOREST ? 1 : n_series, 1);
            for (std::size_t i = 0; i < chart.values.size(); i += 2)
                chart.values[i] = kind == DOSSIER_CHART_LINE ? none : 3;
            auto const svg = svg_of(chart);
            EXPECT_LT(svg.size(), 3'500'000U) << n_series;
            Drawing const drawing(svg);
            auto const drawn = categories_in_svg(kept(chart));
            bool const says_so = drawing.words().find(" of 10000 categories are drawn") != std::string::npos;
            EXPECT_EQ(says_so, drawn < 10'000U);
            if (kind == DOSSIER_CHART_LINE) continue;
            EXPECT_THAT(drawing.words(), HasSubstr(numbered("category-", drawn - 1)));
            EXPECT_THAT(drawing.words(), Not(HasSubstr(numbered("category-", drawn) + " ")));
        }
    });
}

TEST(SvgForestPlot, ShowsWhatAThousandStudiesComeTo) {
    auto chart = small(DOSSIER_CHART_FOREST, 1000, 1, 1);
    chart.categories.push_back("All together");
    chart.values.insert(chart.values.end(), {1, 0.9, 1.1});
    chart.weights.assign(1000, 1), chart.weights.push_back(none);
    chart.marks.assign(1000, 0), chart.marks.push_back(DOSSIER_MARK_POOLED);
    auto const drawing = drawing_of(chart);
    EXPECT_THAT(drawing.words(), HasSubstr("All together"));
    EXPECT_THAT(drawing.words(), HasSubstr("201 of 1001 categories are drawn"));
    EXPECT_THAT(drawing.words(), HasSubstr("0.1 %")) << "shares are those of all thousand";
}

TEST(SvgLines, OfTenThousandPointsAreThinnedWithoutLosingTheirPeaks) {
    auto chart = small(DOSSIER_CHART_LINE, 10'000, 1, 5);
    for (std::size_t i = 0; i < chart.values.size(); ++i)
        chart.values[i] = 5 + std::sin(static_cast<double>(i) / 300);
    auto const ends_of = [](Drawing const& drawing) {
        auto const path = drawing.where([](Mark const& m) { return m.thickness == 1.4; }).front();
        auto const [low, high] =
            std::minmax_element(path.spots.begin(), path.spots.end(), [](Spot a, Spot b) { return a.y < b.y; });
        return std::pair{low->y, high->y};
    };
    auto const calm = drawing_of(chart);
    chart.values[4321] = 9, chart.values[4322] = 1;
    auto const wild = drawing_of(chart);
    EXPECT_LT(wild.where([](Mark const& m) { return m.thickness == 1.4; }).front().spots.size(), 4'000U);
    auto const tick = wild.all("path", "cs-hairline");
    auto const labels = wild.where([](Mark const& m) { return m.anchor == "end" && is_number(m.words); });
    std::vector<std::pair<double, double>> heights;
    for (std::size_t i = 0; i < tick.size(); ++i)
        heights.emplace_back(std::stod(labels[i].words), tick[i].spots[0].y);
    Axis const up(heights);
    EXPECT_NEAR(ends_of(wild).first, up.at(9), exactly);
    EXPECT_NEAR(ends_of(wild).second, up.at(1), exactly);
}

TEST(SvgLines, OfManyPointsBearAFewMarksSoThatTheyCanBeToldApartWithoutColour) {
    auto const chart = small(DOSSIER_CHART_LINE, 1000, 2, 1);
    auto const drawing = drawing_of(chart);
    auto const discs = drawing.all("circle", "cf-blue-text");
    auto const squares = drawing.all("rect", "cf-vermilion-text");
    for (auto const n : {discs.size(), squares.size()})
        EXPECT_TRUE(n >= 10 && n <= 14) << n;
    EXPECT_GT(std::abs(squares[1].middle_x() - discs[1].x), 5) << "not on each other, also where their lines are";
}

}  // namespace
