#include "dossier/findings/bootstrap.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <span>
#include <vector>

namespace {

using dossier::bootstrap_interval;
using dossier::RandomIntegers;
using dossier::ResampledStatistic;
using dossier::UnitBlock;

std::vector<UnitBlock> blocks_of_one(std::uint32_t n) {
    std::vector<UnitBlock> blocks;
    for (std::uint32_t unit = 0; unit < n; ++unit)
        blocks.push_back({unit});
    return blocks;
}

/// Share of the units drawn that are of the first kinds.
ResampledStatistic share_below(std::size_t n_kinds, std::size_t of_kinds) {
    return {of_kinds, 0, [n_kinds](std::span<double const> times) -> std::optional<double> {
                double below = 0, all = 0;
                for (std::size_t kind = 0; kind < times.size(); ++kind) {
                    all += times[kind];
                    below += kind < n_kinds ? times[kind] : 0;
                }
                return below / all;
            }};
}

// Steele, Lea & Flood (2014): the first numbers of SplitMix64 with seed 1234567, as in its published test vectors.
TEST(RandomIntegers, AreThoseOfSplitMix64) {
    RandomIntegers random(1234567);
    EXPECT_EQ(random.next(), 6457827717110365317U);
    EXPECT_EQ(random.next(), 3203168211198807973U);
    EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(RandomIntegers, StayBelowTheirBound) {
    RandomIntegers random(7);
    std::vector<int> counts(6);
    for (int i = 0; i < 60'000; ++i)
        ++counts.at(random.below(6));
    for (int const count : counts)
        EXPECT_NEAR(count, 10'000, 400);
}

TEST(Bootstrap, IsCloseToTheNormalIntervalOfAShare) {
    auto const found = bootstrap_interval(blocks_of_one(400), share_below(200, 400));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->n_resamples, 2000u);
    EXPECT_NEAR(found->interval.lower, 0.5 - 1.96 * 0.025, 0.005);
    EXPECT_NEAR(found->interval.upper, 0.5 + 1.96 * 0.025, 0.005);
}

TEST(Bootstrap, IsTheSameEveryTime) {
    auto const once = bootstrap_interval(blocks_of_one(30), share_below(10, 30));
    auto const again = bootstrap_interval(blocks_of_one(30), share_below(10, 30));
    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->interval, again->interval);
    // Drawn once and kept: another machine must find the same.
    EXPECT_EQ(once->interval.lower, 0.166666666667);
    EXPECT_EQ(once->interval.upper, 0.5);
}

TEST(Bootstrap, IsWiderWhenUnitsAreDrawnTogether) {
    std::vector<UnitBlock> pairs;
    for (std::uint32_t unit = 0; unit < 200; unit += 2)
        pairs.push_back({unit, unit + 1});
    auto const together = bootstrap_interval(pairs, share_below(100, 200));
    auto const alone = bootstrap_interval(blocks_of_one(200), share_below(100, 200));
    ASSERT_TRUE(together && alone);
    EXPECT_LT(together->interval.lower, alone->interval.lower);
}

TEST(Bootstrap, LeavesOutResamplesWithoutAValueAndSaysHowMany) {
    auto const found = bootstrap_interval(blocks_of_one(5), {5, 0, [](auto times) -> std::optional<double> {
                                                                 if (times[0] == 0) return std::nullopt;
                                                                 return 1.0;
                                                             }});
    ASSERT_TRUE(found);
    EXPECT_NEAR(static_cast<double>(found->n_undefined), 2000 * 0.32768, 60);  // (4/5)^5
}

TEST(Bootstrap, TakesFewerResamplesOrNoneWhereEachCostsMuch) {
    auto statistic = share_below(4, 9);
    statistic.cost = 1'000'000;
    EXPECT_EQ(bootstrap_interval(blocks_of_one(9), statistic)->n_resamples, 399u);
    statistic.cost = 1'000'000'000;
    EXPECT_FALSE(bootstrap_interval(blocks_of_one(9), statistic));
}

TEST(Bootstrap, IsNoneForFewUnitsOrWhereMostResamplesHaveNoValue) {
    EXPECT_FALSE(bootstrap_interval(blocks_of_one(4), share_below(2, 4)));
    EXPECT_FALSE(bootstrap_interval(blocks_of_one(9), {9, 0, [](auto) { return std::optional<double>(); }}));
}

}  // namespace
