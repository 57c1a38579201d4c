#include "dossier/findings/detector_uncertainty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "dossier/findings/direction.hpp"

namespace {

using namespace dossier;

// statistics.md 4.6, computed independently.
TEST(PoissonBinomial, MatchesTheValuesOfTheStatisticsPage) {
    auto const distribution = poisson_binomial({.9, .8, .7, .4, .2});
    std::array const expected{.00288, .0468, .232, .4244, .2536, .04032};
    ASSERT_EQ(distribution.size(), expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k)
        EXPECT_NEAR(distribution[k], expected[k], 1e-12) << k;
}

TEST(PoissonBinomial, OfEqualChancesIsTheBinomial) {
    auto const distribution = poisson_binomial({.5, .5, .5, .5});
    EXPECT_DOUBLE_EQ(distribution[2], 6.0 / 16.0);
    EXPECT_DOUBLE_EQ(distribution[4], 1.0 / 16.0);
}

TEST(PoissonBinomial, OfNoSourceIsCertainlyNone) {
    EXPECT_EQ(poisson_binomial({}), std::vector<double>{1.0});
}

TEST(PoissonBinomial, SumsToOneForManySources) {
    std::vector<double> chances;
    for (int i = 0; i < 1000; ++i)
        chances.push_back((i % 97) / 96.0);
    auto const distribution = poisson_binomial(chances);
    EXPECT_NEAR(std::accumulate(distribution.begin(), distribution.end(), 0.0), 1.0, 1e-12);
}

TEST(MajoritySupports, IsAbsentWhereThereIsNoSource) {
    EXPECT_FALSE(majority_supports({}));
}

// Of five sources that each take a side, three are a majority: .4244 + .2536 + .04032 of the distribution above.
TEST(MajoritySupports, IsTheUpperHalfOfThePoissonBinomialWhereEverySourceTakesASide) {
    EXPECT_NEAR(*majority_supports({{.9, .1}, {.8, .2}, {.7, .3}, {.4, .6}, {.2, .8}}), .71832, 1e-12);
}

TEST(MajoritySupports, CountsATieAsNoMajority) {
    EXPECT_DOUBLE_EQ(*majority_supports({{1.0, 0.0}, {0.0, 1.0}}), 0.0);
    EXPECT_DOUBLE_EQ(*majority_supports({{.5, .5}, {.5, .5}}), .25);
}

// By hand: it supports (.6) and the other does not refute (.7), or it takes no side (.4) and the other supports (.2).
TEST(MajoritySupports, LeavesOutASourceThatTakesNoSide) {
    EXPECT_NEAR(*majority_supports({{.6, .0}, {.2, .3}}), .6 * .7 + .4 * .2, 1e-12);
    EXPECT_DOUBLE_EQ(*majority_supports({{0.0, 0.0}}), 0.0);
}

TEST(MajoritySupports, IsTheSameToTheLastBitWhateverTheOrder) {
    std::vector<SideChances> sources;
    for (int i = 0; i < 200; ++i)
        sources.push_back({(i * 37 % 100) / 150.0, (i * 53 % 100) / 400.0});
    auto reversed = sources;
    std::reverse(reversed.begin(), reversed.end());
    EXPECT_EQ(*majority_supports(sources), *majority_supports(reversed));
}

// The approximation takes over above most_sources_exact; sources that take no side, or cancel each other, change nothing.
TEST(MajoritySupports, BeyondTheExactSizeAgreesWithTheExactValueWithinAThousandth) {
    for (double const refutes : {.20, .46, .49, .50, .53, .60}) {
        std::vector<SideChances> const some(most_sources_exact, {.40, refutes});
        auto more = some;
        more.push_back({0.0, 0.0});
        EXPECT_NEAR(*majority_supports(more), *majority_supports(some), 1e-3) << refutes;
        std::vector<SideChances> const all(most_sources_exact, {1.0 - refutes, refutes});
        more = all;
        more.push_back({0.0, 0.0});
        EXPECT_NEAR(*majority_supports(more), *majority_supports(all), 1e-3) << refutes;
        more = all;
        more.insert(more.end(), {{1.0, 0.0}, {0.0, 1.0}});
        EXPECT_NEAR(*majority_supports(more), *majority_supports(all), 1e-3) << refutes;
    }
}

TEST(MajoritySupports, OfThousandsOfCertainSourcesIsCertain) {
    EXPECT_EQ(*majority_supports(std::vector<SideChances>(5000, {1.0, 0.0})), 1.0);
    EXPECT_EQ(*majority_supports(std::vector<SideChances>(5000, {0.0, 1.0})), 0.0);
    EXPECT_EQ(*majority_supports(std::vector<SideChances>(5000, {0.0, 0.0})), 0.0);
}

TEST(SideChances, CountDoubtForTheOtherSide) {
    EXPECT_DOUBLE_EQ(side_chances(Stance::supports, .8).supports, .8);
    EXPECT_NEAR(side_chances(Stance::supports, .8).refutes, .2, 1e-12);
    EXPECT_DOUBLE_EQ(side_chances(Stance::refutes, .8).refutes, .8);
    EXPECT_EQ(side_chances(Stance::mixed, .8).supports + side_chances(Stance::mixed, .8).refutes, 0.0);
}

// The majority of Jeffreys' posterior and this one answer different questions, but both are one half when all is even.
TEST(MajoritySupports, OfAnOddNumberOfCoinsIsOneHalf) {
    EXPECT_DOUBLE_EQ(*majority_supports(std::vector<SideChances>(7, {.5, .5})), .5);
    EXPECT_DOUBLE_EQ(probability_supports_prevail(3.5, 3.5), .5);
}

}  // namespace
