// Colours of charts: enough contrast in both themes (WCAG 2.2: 4.5:1 for words, 3:1 for graphics).
#include "shared/charts/palette.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <vector>

#include "drawing.hpp"
#include "drawn_charts.hpp"
#include "shared/charts/svg.hpp"

namespace {

using namespace dossier::test;
using dossier::charts::color_of;
using dossier::charts::contrast;
using dossier::charts::entry_of;
using dossier::charts::Ink;
using dossier::charts::is_pale;
using dossier::charts::n_inks;
using dossier::charts::Theme;

constexpr double for_words = 4.5, for_graphics = 3;

TEST(Contrast, IsThatOfPublishedExamples) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
    EXPECT_NEAR(contrast({0x76, 0x76, 0x76}, {255, 255, 255}), 4.54, 0.005);  // the lightest grey that passes AA
    EXPECT_NEAR(contrast({255, 0, 0}, {255, 255, 255}), 3.998, 0.005);
}

Ink ink_named(std::string const& name) {
    for (std::size_t i = 0; i < n_inks; ++i)
        if (entry_of(static_cast<Ink>(i)).name == name) return static_cast<Ink>(i);
    throw std::runtime_error("no ink " + name);
}

/// What lies behind a point: the last thing filled there before.
Ink ground_at(std::vector<Mark> const& before, double x, double y) {
    Ink ground = Ink::paper;
    for (auto const& mark : before) {
        if (!mark.ink.starts_with("cf-")) continue;
        bool const in_rectangle =
            mark.name == "rect" && x > mark.x && x < mark.right() && y > mark.y && y < mark.y + mark.height;
        bool const in_circle = mark.name == "circle" && std::hypot(x - mark.x, y - mark.y) < mark.radius;
        if (in_rectangle || in_circle) ground = ink_named(mark.ink.substr(3));
    }
    return ground;
}

TEST(ChartColours, LetWordsBeReadOnWhateverTheyStandInBothThemes) {
    auto shown = charts::one_of_each();
    shown.push_back(charts::diverging_scale());
    std::map<Ink, std::size_t> grounds;
    for (auto const& chart : shown) {
        Drawing const drawing(dossier::charts::svg_of(kept(chart), chart.anchor));
        std::vector<Mark> before;
        for (auto const& mark : drawing.marks()) {
            if (mark.name == "text") {
                double const beside = mark.anchor == "end" ? -2 : mark.anchor == "middle" ? 0 : 2;
                auto const ground = ground_at(before, mark.x + beside, mark.y - mark.size * 0.3);
                ++grounds[ground];
                for (auto const theme : {Theme::light, Theme::dark})
                    EXPECT_GE(contrast(color_of(ink_named(mark.ink.substr(3)), theme), color_of(ground, theme)),
                              for_words)
                        << chart.title << ": " << mark.words << " in " << mark.ink << " on " << entry_of(ground).name;
            }
            before.push_back(mark);
        }
    }
    for (auto const ground : {Ink::paper, Ink::blue, Ink::vermilion, Ink::purple, Ink::light_grey, Ink::pale_blue,
                              Ink::pale_vermilion, Ink::bubble})
        EXPECT_GT(grounds[ground], 0U) << entry_of(ground).name;
}

TEST(ChartColours, LetWordsBeReadForEverySeriesAndStanceInBothThemes) {
    std::vector<dossier::charts::InkSet> sets;
    for (std::size_t n = 0; n < 12; ++n)
        sets.push_back(dossier::charts::series_inks(n));
    for (auto const* const stance : {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"})
        sets.push_back(dossier::charts::stance_inks(stance));
    for (auto const& set : sets)
        for (auto const theme : {Theme::light, Theme::dark}) {
            EXPECT_GE(contrast(color_of(set.text, theme), color_of(Ink::paper, theme)), for_words);
            EXPECT_GE(contrast(color_of(set.on_fill, theme), color_of(set.fill, theme)), for_words)
                << entry_of(set.fill).name;
        }
}

TEST(ChartColours, LetFillsStandOutFromThePageOrHaveAnEdgeThatDoes) {
    for (auto const theme : {Theme::light, Theme::dark}) {
        auto const paper = color_of(Ink::paper, theme);
        EXPECT_GE(contrast(color_of(Ink::strong_line, theme), paper), for_graphics) << "edges and axes";
        EXPECT_GE(contrast(color_of(Ink::pooled, theme), paper), for_graphics);
        for (auto const fill : {Ink::blue, Ink::vermilion, Ink::green, Ink::purple}) {
            EXPECT_FALSE(is_pale(fill));
            EXPECT_GE(contrast(color_of(fill, theme), paper), for_graphics) << entry_of(fill).name;
        }
    }
    for (auto const fill : {Ink::ochre, Ink::grey, Ink::light_grey, Ink::lightest_grey, Ink::pale_blue, Ink::bubble})
        EXPECT_TRUE(is_pale(fill));
}

TEST(ChartColours, PutALineThatStandsOutBetweenBarsThatTouch) {
    auto shown = std::vector{charts::stacked_bars(), charts::diverging_bars(), charts::diverging_scale()};
    for (auto const& chart : shown) {
        Drawing const drawing(dossier::charts::svg_of(kept(chart), chart.anchor));
        std::optional<Mark> before;  // the bar drawn last, and its outline
        std::string outline;
        std::size_t n_pairs = 0;
        for (auto const& mark : drawing.marks()) {
            if (mark.name != "rect") continue;
            if (mark.ink.starts_with("cs-")) {
                outline = mark.ink;
                if (!before) continue;
                for (auto const theme : {Theme::light, Theme::dark}) {
                    auto const edge = color_of(ink_named(outline.substr(3)), theme);
                    auto const fill = ink_named(before->ink.substr(3));
                    auto const inside = contrast(edge, color_of(fill, theme));
                    auto const outside = contrast(edge, color_of(Ink::paper, theme));
                    EXPECT_GE(std::max(inside, outside), for_graphics) << before->ink << " within " << outline;
                }
                ++n_pairs;
                continue;
            }
            before = mark;
        }
        EXPECT_GT(n_pairs, 5U);
    }
}

TEST(ChartColours, OfStancesAreThoseOfTablesAndQuotes) {
    using dossier::charts::stance_inks;
    EXPECT_EQ(stance_inks("supports").fill, Ink::blue);
    EXPECT_EQ(stance_inks("refutes").fill, Ink::vermilion);
    EXPECT_EQ(stance_inks("anything else").fill, stance_inks("neutral").fill);
}

}  // namespace
