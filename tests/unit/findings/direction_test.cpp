#include "dossier/findings/direction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace {

using dossier::clopper_pearson_interval;
using dossier::count_votes;
using dossier::jeffreys_interval;
using dossier::mixed_bounds;
using dossier::probability_supports_prevail;
using dossier::share_with_mixed_as_half;
using dossier::sign_test_greater;
using dossier::sign_test_two_sided;
using dossier::StanceTally;
using dossier::wilson_interval;

TEST(DirectionOfEffect, LeavesMixedAndSilentSourcesOutOfTheVote) {
    auto const direction = count_votes({.supports = 3, .refutes = 1, .mixed = 2, .silent = 40});
    ASSERT_TRUE(direction);
    EXPECT_EQ(direction->n_clusters, 4u);
    EXPECT_DOUBLE_EQ(direction->direction_share, 0.75);
}

TEST(DirectionOfEffect, IsAbsentWhenNobodyTakesASide) {
    EXPECT_FALSE(count_votes({}));
    EXPECT_FALSE(count_votes({.mixed = 3, .neutral = 2, .silent = 4, .not_assessable = 1}));
}

// Newcombe (1998), Statistics in Medicine 17:857-872, Table I, Wilson score method, 81 of 263.
TEST(DirectionOfEffect, IntervalMatchesAPublishedExample) {
    auto const direction = count_votes({.supports = 81, .refutes = 182});
    ASSERT_TRUE(direction);
    EXPECT_NEAR(direction->interval.lower, 0.2553, 5e-5);
    EXPECT_NEAR(direction->interval.upper, 0.3662, 5e-5);
}

// Newcombe (1998), Table I, Wilson score method: 15 of 148, 0 of 20, 1 of 29.
TEST(WilsonInterval, MatchesFurtherPublishedExamples) {
    EXPECT_NEAR(wilson_interval(15, 148).lower, 0.0624, 5e-5);
    EXPECT_NEAR(wilson_interval(15, 148).upper, 0.1605, 5e-5);
    EXPECT_EQ(wilson_interval(0, 20).lower, 0.0);
    EXPECT_NEAR(wilson_interval(0, 20).upper, 0.1611, 5e-5);
    EXPECT_NEAR(wilson_interval(1, 29).lower, 0.0061, 5e-5);
    EXPECT_NEAR(wilson_interval(1, 29).upper, 0.1718, 5e-5);
}

// Newcombe (1998), Table I, Clopper-Pearson: 81 of 263 gives .2527 to .3676; 0 of 20 gives 0 to .1684.
TEST(ClopperPearsonInterval, MatchesPublishedExamples) {
    EXPECT_NEAR(clopper_pearson_interval(81, 263).lower, 0.2527, 5e-5);
    EXPECT_NEAR(clopper_pearson_interval(81, 263).upper, 0.3676, 5e-5);
    EXPECT_EQ(clopper_pearson_interval(0, 20).lower, 0.0);
    EXPECT_NEAR(clopper_pearson_interval(0, 20).upper, 0.1684, 5e-5);
}

// Hilton Boon & Thomson, re-analysis values quoted in statistics.md 4.2.
TEST(SignTest, MatchesPublishedValues) {
    EXPECT_NEAR(sign_test_two_sided(9, 0), 0.0039, 5e-5);
    EXPECT_NEAR(sign_test_two_sided(5, 1), 0.2188, 5e-5);
}

TEST(SignTest, CallsAnEvenOrEmptyVoteCertain) {
    EXPECT_DOUBLE_EQ(sign_test_two_sided(4, 4), 1.0);
    EXPECT_DOUBLE_EQ(sign_test_two_sided(0, 0), 1.0);
    EXPECT_DOUBLE_EQ(sign_test_greater(0, 7), 1.0);
    EXPECT_DOUBLE_EQ(probability_supports_prevail(0, 0), 0.5);
}

TEST(SignTest, IsTheSameForEitherSide) {
    for (std::size_t n = 1; n <= 30; ++n)
        for (std::size_t s = 0; s <= n; ++s)
            EXPECT_DOUBLE_EQ(sign_test_two_sided(s, n - s), sign_test_two_sided(n - s, s)) << s << " of " << n;
}

// The definition, term by term: all counts that are at most as likely as this one.
TEST(SignTest, AgreesWithTheSumOfBinomialTerms) {
    for (std::size_t n = 1; n <= 25; ++n) {
        std::vector<double> terms{1.0};  // Pascal's triangle; exact in doubles up to n = 50
        for (std::size_t row = 1; row <= n; ++row) {
            terms.push_back(0.0);
            for (std::size_t j = row; j > 0; --j)
                terms[j] += terms[j - 1];
        }
        double all = 0;
        for (double const term : terms)
            all += term;
        for (std::size_t s = 0; s <= n; ++s) {
            double two_sided = 0, greater = 0;
            for (std::size_t j = 0; j <= n; ++j) {
                if (terms[j] <= terms[s]) two_sided += terms[j];
                if (j >= s) greater += terms[j];
            }
            EXPECT_NEAR(sign_test_two_sided(s, n - s), two_sided / all, 1e-12) << s << " of " << n;
            EXPECT_NEAR(sign_test_greater(s, n - s), greater / all, 1e-12) << s << " of " << n;
        }
    }
}

// The table of statistics.md 4.2, every row and column; values printed there with four to six figures.
struct GoldenVote {
    std::size_t supports, n;
    double share, two_sided, greater, wilson_low, wilson_high, exact_low, exact_high, jeffreys_low, jeffreys_high,
        prevail;
};

class GoldenVotes : public testing::TestWithParam<GoldenVote> {};

TEST_P(GoldenVotes, AreReproduced) {
    auto const& golden = GetParam();
    auto const refutes = golden.n - golden.supports;
    auto const s = static_cast<double>(golden.supports), n = static_cast<double>(golden.n);
    auto const direction = count_votes({.supports = golden.supports, .refutes = refutes});
    ASSERT_TRUE(direction);
    EXPECT_NEAR(direction->direction_share, golden.share, 5e-5);
    EXPECT_NEAR(sign_test_two_sided(golden.supports, refutes), golden.two_sided, 5e-7);
    EXPECT_NEAR(sign_test_greater(golden.supports, refutes), golden.greater, 5e-7);
    EXPECT_NEAR(direction->interval.lower, golden.wilson_low, 5e-5);
    EXPECT_NEAR(direction->interval.upper, golden.wilson_high, 5e-5);
    EXPECT_NEAR(clopper_pearson_interval(s, n).lower, golden.exact_low, 5e-5);
    EXPECT_NEAR(clopper_pearson_interval(s, n).upper, golden.exact_high, 5e-5);
    EXPECT_NEAR(jeffreys_interval(s, n).lower, golden.jeffreys_low, 5e-5);
    EXPECT_NEAR(jeffreys_interval(s, n).upper, golden.jeffreys_high, 5e-5);
    EXPECT_NEAR(probability_supports_prevail(s, n - s), golden.prevail, 5e-7);
}

INSTANTIATE_TEST_SUITE_P(
    Statistics42, GoldenVotes,
    testing::Values(GoldenVote{1, 1, 1, 1, .5, .2065, 1, .0250, 1, .1467, 1, .818310},
                    GoldenVote{1, 2, .5, 1, .75, .0945, .9055, .0126, .9874, .0608, .9392, .5},
                    GoldenVote{2, 2, 1, .5, .25, .3424, 1, .1581, 1, .3332, 1, .924413},
                    GoldenVote{3, 4, .75, .625, .3125, .3006, .9544, .1941, .9937, .2838, .9715, .839531},
                    GoldenVote{3, 5, .6, 1, .5, .2307, .8824, .1466, .9473, .2094, .9056, .669765},
                    GoldenVote{4, 5, .8, .375, .1875, .3755, .9638, .2836, .9949, .3714, .9775, .912287},
                    GoldenVote{5, 5, 1, .0625, .03125, .5655, 1, .4782, 1, .6206, 1, .993128},
                    GoldenVote{8, 10, .8, .109375, .0546875, .4902, .9433, .4439, .9748, .4972, .9559, .973963},
                    GoldenVote{11, 14, .7857, .057373, .028687, .5241, .9243, .4920, .9534, .5310, .9357, .985691}));

// statistics.md 4.3, weighted example: p = .857143 on n_eff = 2.333333, P = .858723, Wilson .280635 to .989280.
TEST(WeightedVotes, MatchTheWorkedExample) {
    double const n_effective = 2.3333333333333333, share = 0.8571428571428571;
    auto const interval = wilson_interval(share * n_effective, n_effective);
    EXPECT_NEAR(interval.lower, .280635, 5e-7);
    EXPECT_NEAR(interval.upper, .989280, 5e-7);
    EXPECT_NEAR(probability_supports_prevail(share * n_effective, (1 - share) * n_effective), .858723, 5e-7);
}

// statistics.md 4.2: bounds [S/n_i, (S+M)/n_i], and half votes (S + M/2)/n_i.
TEST(MixedSources, BoundTheShareAndCountAsHalfInSensitivity) {
    StanceTally const tally{.supports = 2, .refutes = 1, .mixed = 2, .silent = 9};
    ASSERT_TRUE(mixed_bounds(tally));
    EXPECT_DOUBLE_EQ(mixed_bounds(tally)->lower, 0.4);
    EXPECT_DOUBLE_EQ(mixed_bounds(tally)->upper, 0.8);
    EXPECT_DOUBLE_EQ(share_with_mixed_as_half(tally).value(), 0.6);
    EXPECT_FALSE(mixed_bounds({.silent = 3}));
    EXPECT_FALSE(share_with_mixed_as_half({.silent = 3}));
}

TEST(MixedSources, AloneBoundNothing) {
    auto const bounds = mixed_bounds({.mixed = 5});
    ASSERT_TRUE(bounds);
    EXPECT_EQ(bounds->lower, 0.0);
    EXPECT_EQ(bounds->upper, 1.0);
}

TEST(Intervals, HoldTheShareAndStayWithinZeroAndOneForLargeCounts) {
    for (double const n : {1.0, 3.0, 50.0, 1000.0, 1e6})
        for (double const part : {0.0, 0.2, 0.5, 1.0}) {
            double const s = std::floor(n * part);
            for (auto const& interval :
                 {wilson_interval(s, n), clopper_pearson_interval(s, n), jeffreys_interval(s, n)}) {
                EXPECT_GE(interval.lower, 0.0);
                EXPECT_LE(interval.lower, s / n + 1e-12);
                EXPECT_GE(interval.upper, s / n - 1e-12);
                EXPECT_LE(interval.upper, 1.0);
            }
        }
}

}  // namespace
