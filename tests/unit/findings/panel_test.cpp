#include "dossier/findings/panel.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using dossier::judge_panel;
using dossier::judge_percentiles;

// statistics.md 4.12: PMC3467596, table 1 (its constant misprinted as 2.5: 6.1 only comes out with 2.35).
TEST(Panel, AllowsAWideRangeFarFromTheMiddle) {
    auto const judgement = judge_percentiles(7, 8);
    EXPECT_DOUBLE_EQ(judgement.range_allowed, 6.1);
    EXPECT_FALSE(judgement.disagreement);
}

// statistics.md 4.12.
TEST(Panel, DisagreesWhenTheRangeIsWiderThanAllowed) {
    auto const judgement = judge_percentiles(2, 8);
    EXPECT_DOUBLE_EQ(judgement.range_allowed, 2.35);
    EXPECT_NEAR(judgement.disagreement_index, 2.553, 5e-4);
    EXPECT_TRUE(judgement.disagreement);
}

TEST(Panel, InterpolatesBetweenRatingsInAnyOrder) {
    auto const judgement = judge_panel(std::vector<double>{9, 1, 7, 8, 7, 3});
    ASSERT_TRUE(judgement);
    EXPECT_EQ(judgement->median, 7);
    EXPECT_DOUBLE_EQ(judgement->p30, 5);
    EXPECT_DOUBLE_EQ(judgement->p70, 7.5);
}

TEST(Panel, OfEqualRatingsAgrees) {
    auto const judgement = judge_panel(std::vector<double>{5, 5, 5});
    ASSERT_TRUE(judgement);
    EXPECT_EQ(judgement->disagreement_index, 0);
    EXPECT_FALSE(judgement->disagreement);
}

TEST(Panel, IsNoneBelowThreeRatingsOrOutsideTheScale) {
    EXPECT_FALSE(judge_panel(std::vector<double>{5, 6}));
    EXPECT_FALSE(judge_panel(std::vector<double>{5, 6, 10}));
    EXPECT_FALSE(judge_panel(std::vector<double>{0, 6, 9}));
}

}  // namespace
