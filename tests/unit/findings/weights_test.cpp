#include "dossier/findings/weights.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "dossier/findings/direction.hpp"

namespace {

using dossier::direction_index;
using dossier::effective_number;
using dossier::weigh_votes;
using dossier::WeightedVotes;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// statistics.md 4.4, Kish.
TEST(EffectiveNumber, MatchesTheWorkedExample) {
    EXPECT_NEAR(effective_number({1, .5, .5, .25, .25}).value(), 3.846154, 5e-7);
    EXPECT_DOUBLE_EQ(effective_number({2, 2, 2}).value(), 3.0);
    EXPECT_DOUBLE_EQ(effective_number({7}).value(), 1.0);
    EXPECT_DOUBLE_EQ(effective_number({1, 0, 0}).value(), 1.0);
}

TEST(EffectiveNumber, IsAbsentWithoutAWeightOrWithWhatIsNone) {
    EXPECT_FALSE(effective_number({}));
    EXPECT_FALSE(effective_number({0, 0}));
    EXPECT_FALSE(effective_number({1, -.5}));
    EXPECT_FALSE(effective_number({1, nan}));
    EXPECT_FALSE(effective_number({1, infinity}));
}

TEST(EffectiveNumber, IsTheSameToTheLastBitWhateverTheOrderAndDoesNotOverflow) {
    EXPECT_EQ(effective_number({.1, .7, .3, .9}), effective_number({.9, .3, .1, .7}));
    EXPECT_DOUBLE_EQ(effective_number({1e308, 1e308}).value(), 2.0);
}

// statistics.md 4.3, the weighted example: w+ = {1, .5}, w- = {.25}.
TEST(WeighVotes, MatchesTheWorkedExample) {
    auto const votes = weigh_votes({1, .5}, {.25}, {});
    ASSERT_TRUE(votes);
    EXPECT_NEAR(direction_index(*votes).value(), .714286, 5e-7);
    EXPECT_NEAR(votes->directional(), 2.333333, 5e-7);
    EXPECT_NEAR(votes->supports / votes->directional(), .857143, 5e-7);
    auto const interval = dossier::wilson_interval(votes->supports, votes->directional());
    EXPECT_NEAR(interval.lower, .280635, 5e-7);
    EXPECT_NEAR(interval.upper, .989280, 5e-7);
    EXPECT_NEAR(dossier::probability_supports_prevail(votes->supports, votes->refutes), .858723, 5e-7);
}

TEST(WeighVotes, OfEqualWeightsGivesThePlainCounts) {
    auto const votes = weigh_votes({.5, .5, .5}, {.5}, {.5, .5});
    ASSERT_TRUE(votes);
    EXPECT_NEAR(votes->supports, 3, 1e-12);
    EXPECT_NEAR(votes->refutes, 1, 1e-12);
    EXPECT_NEAR(votes->mixed, 2, 1e-12);
}

TEST(WeighVotes, OfMixedSourcesAloneCountsThem) {
    auto const votes = weigh_votes({}, {}, {1, 1, 1});
    ASSERT_TRUE(votes);
    EXPECT_EQ(votes->directional(), 0.0);
    EXPECT_DOUBLE_EQ(votes->mixed, 3.0);
}

TEST(WeighVotes, IsAbsentWhereAllWeightsAreZeroOrOneIsNone) {
    EXPECT_FALSE(weigh_votes({0, 0}, {0}, {0}));
    EXPECT_FALSE(weigh_votes({}, {}, {}));
    EXPECT_FALSE(weigh_votes({1}, {-1}, {}));
    EXPECT_FALSE(weigh_votes({1}, {}, {nan}));
}

// statistics.md 4.2: D = (S - R) / n_i.
TEST(DirectionIndex, IsZeroForATieAndForMixedSourcesAlone) {
    EXPECT_DOUBLE_EQ(direction_index({3, 1, 2}).value(), 2.0 / 6);
    EXPECT_DOUBLE_EQ(direction_index({2, 2, 0}).value(), 0.0);
    EXPECT_DOUBLE_EQ(direction_index({0, 0, 5}).value(), 0.0);
    EXPECT_DOUBLE_EQ(direction_index({0, 4, 0}).value(), -1.0);
    EXPECT_FALSE(direction_index({0, 0, 0}));
}

// statistics.md 4.3: the sensitivity prior Beta(1, 1); by hand, P(theta > 1/2) of Beta(2, 1) is 3/4, of Beta(4, 2) 13/16.
TEST(UniformPrior, GivesThePosteriorOfBetaOneOne) {
    EXPECT_NEAR(dossier::probability_supports_prevail(1, 0, dossier::uniform_prior), 0.75, 1e-12);
    EXPECT_NEAR(dossier::probability_supports_prevail(3, 1, dossier::uniform_prior), 13.0 / 16, 1e-12);
    EXPECT_NEAR(dossier::probability_supports_prevail(4, 4, dossier::uniform_prior), 0.5, 1e-12);
}

}  // namespace
