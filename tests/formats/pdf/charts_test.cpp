// Charts on the page: what is written, where ink is, and that nothing breaks a page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <sstream>

#include "pdf_tools.hpp"
#include "sample_charts.hpp"

namespace {

using namespace dossier::test;
using dossier::Chart;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string pdf_of(std::vector<Chart> const& shown) {
    static FormatPlugin const plugin(FORMAT_PLUGIN);
    auto const rendering = render(plugin, document_of_charts(shown));
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return rendering.only_file();
}

std::string text_of(Chart const& chart) {
    return PdfFile(pdf_of({chart})).text();
}

double ink_of(Chart const& chart) {
    return PdfFile(pdf_of({chart})).ink();
}

/// The first page in grey, row by row.
struct GreyPage {
    std::size_t width = 0, height = 0;
    std::string pixels;

    explicit GreyPage(Chart const& chart) : GreyPage(PdfFile(pdf_of({chart})), 144) {}
    explicit GreyPage(PdfFile const& file, int dots_per_inch = 80) {
        std::istringstream in(file.run("pdftoppm -f 1 -l 1 -gray -r " + std::to_string(dots_per_inch)));
        std::string magic;
        std::size_t most = 0;
        in >> magic >> width >> height >> most;
        in.get();
        pixels.resize(width * height);
        in.read(pixels.data(), static_cast<std::streamsize>(pixels.size()));
    }
    /// Where there is ink between the document's title and the foot of the page: left, top, right, bottom, with air.
    [[nodiscard]] std::array<std::size_t, 4> inked_area() const {
        constexpr std::size_t air = 8;
        std::array<std::size_t, 4> area{width, height, 0, 0};
        for (std::size_t y = height * 17 / 100; y < height * 94 / 100; ++y)
            for (std::size_t x = 0; x < width; ++x) {
                if (static_cast<unsigned char>(pixels[y * width + x]) > 250) continue;
                area = {std::min(area[0], x), std::min(area[1], y), std::max(area[2], x), std::max(area[3], y)};
            }
        return {area[0] - air, area[1] - air, area[2] + air, area[3] + air};
    }
    /// The longest stretch of one dark grey, a few pixels high, below title and legend: no thin line counts.
    [[nodiscard]] std::size_t longest_even_stretch() const {
        std::size_t longest = 0;
        for (std::size_t y = height / 4; y < height; ++y)
            for (std::size_t x = 0, begin = 0; x < width; ++x) {
                auto const pixel = pixels[y * width + x];
                bool const dark = static_cast<unsigned char>(pixel) <= 140 && pixels[(y - 5) * width + x] == pixel;
                if (!dark || pixel != pixels[y * width + begin]) begin = x;
                if (dark) longest = std::max(longest, x - begin);
            }
        return longest;
    }
};

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

TEST(PdfChart, OfEveryKindSaysItsTitleAxesNamesAndWords) {
    SKIP_WITHOUT("pdftotext");
    for (auto const& chart : charts::one_of_each()) {
        auto const text = text_of(chart);
        for (auto const& part : {chart.title, chart.alternative, chart.category_title, chart.value_title})
            EXPECT_THAT(text, HasSubstr(part)) << chart.title;
        for (auto const& series : chart.series)
            EXPECT_THAT(text, HasSubstr(series.substr(0, 3))) << chart.title;
        auto const first_word = chart.categories.back().substr(0, chart.categories.back().find(' '));
        EXPECT_THAT(text, HasSubstr(first_word)) << chart.title;
    }
}

TEST(PdfChart, IsTheSameBytesEachTime) {
    EXPECT_TRUE(pdf_of(charts::one_of_each()) == pdf_of(charts::one_of_each()));
}

TEST(PdfChart, MakesFilesThatOtherProgramsAccept) {
    SKIP_WITHOUT("qpdf");
    PdfFile const file(pdf_of(charts::one_of_each()));
    EXPECT_THAT(file.run("qpdf --check"), HasSubstr("No syntax or stream encoding errors"));
}

TEST(PdfChart, TellsStancesApartWithoutTheirColours) {
    SKIP_WITHOUT("pdftoppm");
    auto chart = small(DOSSIER_CHART_STACKED_BAR, 1, 1, 1);
    auto const stretch_of = [&](char const* stance) {
        chart.series = {stance};
        return GreyPage(chart).longest_even_stretch();
    };
    EXPECT_GT(stretch_of("supports"), 300U) << "an even bar";
    EXPECT_LT(stretch_of("refutes"), 60U) << "a striped one";
    EXPECT_LT(stretch_of("mixed"), 60U) << "an upright striped one";
}

TEST(PdfChart, KeepsItsWordsOnItsPage) {
    SKIP_WITHOUT("pdftotext");
    auto const shown = charts::one_of_each();
    for (std::size_t above = 0; above < 40; above += 3) {
        Document document;
        document.begin("Charts").begin_section("report");
        for (std::size_t i = 0; i < above; ++i)
            document.out().paragraph("A line above.");
        for (auto const& chart : shown)
            document.out().chart(chart);
        document.end_section().end();
        static FormatPlugin const plugin(FORMAT_PLUGIN);
        auto const pages = PdfFile(render(plugin, document).only_file()).pages();
        for (auto const& chart : shown)
            EXPECT_THAT(pages, testing::Contains(testing::AllOf(HasSubstr(chart.title), HasSubstr(chart.alternative))))
                << above << " lines above: " << chart.title;
    }
}

// ---- Bars

TEST(PdfDivergingBars, CountUpwardsToBothSides) {
    SKIP_WITHOUT("pdftotext");
    auto const text = text_of(charts::diverging_bars());
    EXPECT_THAT(text, HasSubstr("6 4 2 0 2 4 6"));
    EXPECT_THAT(text, Not(HasSubstr(" -2")));
    EXPECT_THAT(text, HasSubstr("▼ 4"));
}

TEST(PdfDivergingBars, SayWhereThereIsNothingToShow) {
    SKIP_WITHOUT("pdftotext");
    EXPECT_THAT(text_of(small(DOSSIER_CHART_DIVERGING_BAR, 2, 2, none)), HasSubstr("category-000 no value"));
    EXPECT_THAT(text_of(small(DOSSIER_CHART_DIVERGING_BAR, 2, 2, 0)), HasSubstr("category-000 0"));
}

// ---- Forest plots

TEST(PdfForestPlot, WritesEachEstimateWithItsIntervalAndWeight) {
    SKIP_WITHOUT("pdftotext");
    auto const text = text_of(charts::forest());
    for (auto const* const part :
         {"Study", "Weight", "Odds ratio [95 % CI]", "0.61 [0.42, 0.89]", "13.1 %", "0.72 [0.55, 0.94]",
          "Prediction interval", "[0.41, 1.26]", "0.2 0.3 0.5 0.7 1 1.5", "Odds ratio (logarithmic scale)"})
        EXPECT_THAT(text, HasSubstr(part));
}

TEST(PdfForestPlot, GivesHeavierStudiesLargerSquaresAndPooledRowsDiamonds) {
    SKIP_WITHOUT("pdftoppm");
    auto chart = small(DOSSIER_CHART_FOREST, 2, 1, 1);
    chart.values = {1, 0.5, 2, 1, 0.5, 2};
    chart.weights = {1, 1};
    auto const both_heavy = ink_of(chart);
    chart.weights = {100, 1};
    EXPECT_LT(ink_of(chart), both_heavy);
    chart.weights = {};
    auto const squares = ink_of(chart);
    chart.marks = {0, DOSSIER_MARK_POOLED};
    EXPECT_GT(ink_of(chart), squares + 30) << "a wide diamond";
}

TEST(PdfForestPlot, StandsOnSeveralPagesWithHeadsAndAxisOnEach) {
    SKIP_WITHOUT("pdftotext");
    auto chart = charts::forest();
    chart.weights.clear(), chart.marks.clear(), chart.categories.clear(), chart.values.clear();
    for (std::size_t i = 0; i < 90; ++i) {
        chart.categories.push_back(numbered("Study ", i));
        chart.values.insert(chart.values.end(), {0.8, 0.5, 1.3});
    }
    auto const pages = PdfFile(pdf_of({chart})).pages();
    ASSERT_GE(pages.size(), 2U);
    EXPECT_THAT(pages, Each(HasSubstr("Odds ratio [95 % CI]")));
    EXPECT_THAT(pages, Each(HasSubstr("Odds ratio (logarithmic scale)")));
    for (std::size_t i = 1; i < pages.size(); ++i)
        EXPECT_THAT(pages[i], HasSubstr("Night work and errors: odds ratios (continued)"));
    std::size_t n_rows = 0;
    for (auto const& page : pages)
        for (auto at = page.find("0.80 [0.50, 1.30]"); at != std::string::npos; at = page.find("0.80 [", at + 1))
            ++n_rows;
    EXPECT_EQ(n_rows, 90U);
}

TEST(PdfForestPlot, DoesNotLetOneWildIntervalSquashAllOthers) {
    SKIP_WITHOUT("pdftotext");
    auto chart = charts::forest();
    chart.values[6] = 0.55, chart.values[7] = 1e-6, chart.values[8] = 1e6;
    auto const text = text_of(chart);
    EXPECT_THAT(text, HasSubstr("0.55 [1.0e-06, 1000000.00]"));
    EXPECT_THAT(text, HasSubstr("0.3 0.5 0.7 1 1.5 2 Odds")) << "the axis still shows what the others need";
}

// ---- Marks by category and series

TEST(PdfEffectDirections, AreShapesThatDiffer) {
    SKIP_WITHOUT("pdftoppm");
    SKIP_WITHOUT("pdftotext");
    auto const page_of = [](double direction) {
        return GreyPage(small(DOSSIER_CHART_EFFECT_DIRECTION, 1, 1, direction));
    };
    auto const up = page_of(1), down = page_of(-1), both = page_of(0), blank = page_of(none);
    EXPECT_TRUE(up.pixels != down.pixels && up.pixels != both.pixels && down.pixels != both.pixels);
    EXPECT_TRUE(blank.pixels != up.pixels);
    EXPECT_THAT(text_of(charts::effect_directions()), HasSubstr("up down both ways blank: none"));
}

TEST(PdfEffectDirections, PutColumnsThatDoNotFitIntoBandsBelow) {
    SKIP_WITHOUT("pdftotext");
    auto const text = text_of(small(DOSSIER_CHART_EFFECT_DIRECTION, 3, 20, 1));
    for (std::size_t i = 0; i < 20; ++i)
        EXPECT_THAT(text, HasSubstr(numbered("series-", i)));
    auto const first = text.find("category-001");
    EXPECT_NE(text.find("category-001", first + 1), std::string::npos) << "the rows stand in each band";
}

TEST(PdfHarvestPlot, FillsAsManyBarsAsTheWeightSays) {
    SKIP_WITHOUT("pdftoppm");
    auto chart = small(DOSSIER_CHART_HARVEST, 1, 1, 8);
    auto const all = ink_of(chart);
    chart.weights = {4};
    auto const half = ink_of(chart);
    chart.weights = {0};
    auto const hollow = ink_of(chart);
    EXPECT_LT(hollow, half);
    EXPECT_LT(half, all);
    EXPECT_NEAR((all - half) / (half - hollow), 1.0, 0.1) << "each bar adds the same";
}

TEST(PdfHarvestPlot, CountsBarsItHasNoRoomFor) {
    SKIP_WITHOUT("pdftotext");
    EXPECT_THAT(text_of(charts::harvest()), HasSubstr("140"));
    EXPECT_THAT(text_of(small(DOSSIER_CHART_HARVEST, 1, 1, 1e15)), HasSubstr("1.0e+15"));
}

TEST(PdfBubbles, GrowInAreaWithTheirValues) {
    SKIP_WITHOUT("pdftoppm");
    auto chart = small(DOSSIER_CHART_BUBBLE, 1, 3, 0);
    chart.values = {100, 0, none};
    auto const one = ink_of(chart);
    chart.values = {100, 50, none};
    auto const with_half = ink_of(chart);
    chart.values = {100, 100, none};
    auto const with_whole = ink_of(chart);
    EXPECT_LT(one, with_half);
    EXPECT_LT(with_half, with_whole);
}

// ---- Lines

TEST(PdfLines, NameTheLinesAtTheirEndsAndPutYearsWhereTheyBelong) {
    SKIP_WITHOUT("pdftotext");
    auto const text = text_of(charts::lines());
    for (auto const* const part : {"Forward rotation is harmless", "2009", "2026", "Share that supports", "0.8"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(text, Not(HasSubstr("2011 2012"))) << "2012 stands too near to 2011 to be written";
}

TEST(PdfLines, DoNotLeadOverWhatIsMissing) {
    SKIP_WITHOUT("pdftoppm");
    auto chart = small(DOSSIER_CHART_LINE, 5, 1, 3);
    auto const whole = ink_of(chart);
    chart.values[2] = none;
    EXPECT_LT(ink_of(chart), whole * 0.98);
}

// ---- The guide

/// Draws the pictures of docs/charts.md anew:
///   format_pdf --gtest_also_run_disabled_tests --gtest_filter='*PicturesOfTheGuide'
TEST(PdfChart, DISABLED_PicturesOfTheGuide) {
    static FormatPlugin const plugin(FORMAT_PLUGIN);
    std::vector<std::string> const names = {"stacked-bar", "interval", "diverging-bar", "effect-direction",
                                            "harvest",     "forest",   "bubble",        "line"};
    auto const all = charts::one_of_each();
    for (std::size_t i = 0; i < all.size(); ++i) {
        Document document;
        document.begin("Charts").begin_section("report");
        document.out().chart(all[i]);
        document.end_section().end();
        PdfFile const file(render(plugin, document).only_file());
        GreyPage const page(file);
        auto const [left, top, right, bottom] = page.inked_area();
        auto const complaint =
            file.run("pdftoppm -r 80 -png -singlefile -x " + std::to_string(left) + " -y " + std::to_string(top) +
                         " -W " + std::to_string(right - left) + " -H " + std::to_string(bottom - top),
                     DOSSIER_SOURCE_DIR "/docs/images/charts-" + names[i]);
        EXPECT_EQ(complaint, "");
    }
}

// ---- What must not break a page

TEST(PdfChart, OfEveryKindSurvivesOddValues) {
    SKIP_WITHOUT("qpdf");
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind) {
        std::vector<Chart> odd;
        auto const add = [&](Chart chart) {
            chart.anchor = "c" + std::to_string(odd.size());
            odd.push_back(std::move(chart));
        };
        std::size_t const n_series = kind == DOSSIER_CHART_FOREST ? 1 : 2;
        for (double const value : {0.0, 1.0, none, -1.0, 1e300, 1e-300, 4.9e-324, 1.7e308, -1.7e308,
                                   std::numeric_limits<double>::infinity()})
            for (std::size_t const n_categories : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
                auto chart = small(kind, n_categories, n_series, value);
                add(chart);
                chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.reference = value;
                add(chart);
                if (!chart.values.empty()) chart.values.front() = -value, chart.values.back() = 1;
                chart.weights.assign(n_categories * n_series, value), chart.marks.assign(n_categories, 3);
                add(chart);
                chart.scale = DOSSIER_SCALE_LINEAR, chart.values.resize(chart.values.size() / 2);
                add(chart);
            }
        PdfFile const file(pdf_of(odd));
        EXPECT_THAT(file.run("qpdf --check"), HasSubstr("No syntax or stream encoding errors")) << kind;
        EXPECT_THAT(file.run("pdftotext -raw", "-"), Not(HasSubstr("nan"))) << kind;
    }
}

TEST(PdfChart, OfEveryKindTakesTenThousandCategoriesAndSixtyFourSeries) {
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind) {
        auto const begin = std::chrono::steady_clock::now();
        auto const tall = pdf_of({small(kind, 10'000, 1 + (kind == DOSSIER_CHART_DIVERGING_BAR), 1)});
        EXPECT_LT(tall.size(), 4'000'000U) << kind;
        auto const wide = pdf_of({small(kind, 40, kind == DOSSIER_CHART_FOREST ? 1 : 64, 1)});
        EXPECT_LT(wide.size(), 4'000'000U) << kind;
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << kind;
    }
}

TEST(PdfChart, CutsNamesThatWouldFillThePage) {
    SKIP_WITHOUT("pdftotext");
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind) {
        auto chart = small(kind, 2, kind == DOSSIER_CHART_FOREST ? 1 : 2, 1);
        for (auto& name : chart.categories)
            name = std::string(50'000, 'w');
        for (auto& name : chart.series)
            for (int i = 0; i < 5'000; ++i)
                name += " Äpfel";
        EXPECT_THAT(text_of(chart), HasSubstr("…")) << kind;
    }
}

}  // namespace
