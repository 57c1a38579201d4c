#include "shared/charts/scale.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using dossier::charts::fixed_label;
using dossier::charts::label_of;
using dossier::charts::Range;
using dossier::charts::range_without_outliers;
using dossier::charts::Scale;
using dossier::charts::scale_step;
using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> labels_of(Scale const& scale) {
    std::vector<std::string> labels;
    for (auto const& tick : scale.ticks())
        labels.push_back(tick.label);
    return labels;
}

TEST(LinearScale, EndsAtRoundNumbersAllWithTheSameDecimals) {
    EXPECT_THAT(labels_of(Scale::linear(0, 0.97, 5)), ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
    EXPECT_THAT(labels_of(Scale::linear(0, 8, 4)), ElementsAre("0", "2", "4", "6", "8"));
    EXPECT_THAT(labels_of(Scale::linear(-3, 4, 4)), ElementsAre("-4", "-2", "0", "2", "4"));
}

TEST(LinearScale, MovesEqualEndsApart) {
    auto const scale = Scale::linear(5, 5, 4);
    EXPECT_LT(scale.low(), 5);
    EXPECT_GT(scale.high(), 5);
    EXPECT_TRUE(std::isfinite(Scale::linear(1.7e308, 1.7e308, 4).at(1)));
    EXPECT_TRUE(std::isfinite(Scale::linear(-1.7e308, 1.7e308, 4).at(1)));
}

TEST(LinearScale, MovesEndsApartThatAreAsGoodAsEqual) {
    constexpr double least = std::numeric_limits<double>::denorm_min();
    for (double const end : {least, -least, 1e-310, 1e-160}) {
        auto const scale = Scale::linear(std::min(end, 0.0), std::max(end, 0.0), 4);
        EXPECT_LT(scale.low(), 0);
        EXPECT_GT(scale.high(), 0);
        EXPECT_GE(scale.ticks().size(), 3U);
        EXPECT_TRUE(std::isfinite(scale.at(end)));
    }
    EXPECT_EQ(scale_step(least, 4), 1);
    EXPECT_THAT(labels_of(Scale::linear(0, 4e-9, 2)), SizeIs(3));
}

TEST(LogarithmicScale, HasTicksAtRoundNumbersHoweverFarItReaches) {
    EXPECT_THAT(labels_of(Scale::logarithmic(0.2, 1.6, 6)), ElementsAre("0.2", "0.3", "0.5", "0.7", "1", "1.5"));
    EXPECT_THAT(labels_of(Scale::logarithmic(0.1, 20, 8)), ElementsAre("0.1", "0.2", "0.5", "1", "2", "5", "10", "20"));
    EXPECT_THAT(labels_of(Scale::logarithmic(1, 1e6, 8)),
                ElementsAre("1", "10", "100", "1000", "10000", "100000", "1000000"));
    EXPECT_THAT(labels_of(Scale::logarithmic(0.92, 1.08, 6)), ElementsAre("0.95", "1.00", "1.05"));
    EXPECT_LE(Scale::logarithmic(1e-300, 1e300, 8).ticks().size(), 8U);
}

TEST(LogarithmicScale, PutsEqualRatiosEquallyFarApart) {
    auto const scale = Scale::logarithmic(0.25, 4, 6);
    EXPECT_NEAR(scale.at(1) - scale.at(0.5), scale.at(2) - scale.at(1), 1e-12);
    EXPECT_NEAR(scale.at(1), 0.5, 1e-12);
    EXPECT_EQ(scale.at(1e9), 1);
    EXPECT_FALSE(scale.holds(1e9));
}

TEST(RangeWithoutOutliers, LeavesOutOnlyWhatWouldSquashTheRest) {
    Range estimates;
    for (double const e : {0.5, 0.7, 0.9})
        estimates.include(e);
    auto const kind = range_without_outliers({0.3, 0.9, 0.4, 1.2, 0.6, 1.4}, estimates, true);
    EXPECT_EQ(kind.low, 0.3);
    EXPECT_EQ(kind.high, 1.4);
    auto const wild = range_without_outliers({1e-5, 1e5, 0.4, 1.2, 0.6, 1.4}, estimates, true);
    EXPECT_LT(wild.low, 0.4);
    EXPECT_GT(wild.low, 0.1);
    EXPECT_LT(wild.high, 3);
}

TEST(Labels, StayShort) {
    EXPECT_EQ(label_of(3), "3");
    EXPECT_EQ(label_of(0.25), "0.25");
    EXPECT_EQ(label_of(-0.0), "0");
    EXPECT_EQ(label_of(1e9), "1.0e+09");
    EXPECT_EQ(fixed_label(0.5, 2), "0.50");
    EXPECT_EQ(fixed_label(0, 3), "0.000");
    EXPECT_EQ(fixed_label(1e-9, 2), "1.0e-09");
    EXPECT_EQ(fixed_label(1e300, 2), "1.0e+300");
}

}  // namespace
