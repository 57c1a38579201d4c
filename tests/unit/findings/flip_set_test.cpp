#include "dossier/findings/flip_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include "dossier/findings/words.hpp"

namespace {

using dossier::changes_verdict;
using dossier::direction_word;
using dossier::smallest_flip_set;
using dossier::StanceTally;

/// Every removal there is, the definition of statistics.md 4.7 word for word.
std::size_t fewest_of_all_subsets(StanceTally const& tally) {
    auto const verdict = direction_word(tally, 0);
    auto fewest = std::numeric_limits<std::size_t>::max();
    for (std::size_t s = 0; s <= tally.supports; ++s)
        for (std::size_t r = 0; r <= tally.refutes; ++r)
            for (std::size_t m = 0; m <= tally.mixed; ++m) {
                StanceTally const left{
                    .supports = tally.supports - s, .refutes = tally.refutes - r, .mixed = tally.mixed - m};
                if (left.informative() == 0 || changes_verdict(verdict, direction_word(left, 0)))
                    fewest = std::min(fewest, s + r + m);
            }
    return fewest;
}

TEST(FlipSet, IsTheSmallestOfAllSubsets) {
    for (std::size_t s = 0; s <= 9; ++s)
        for (std::size_t r = 0; r <= 9; ++r)
            for (std::size_t m = 0; m <= 6; ++m) {
                StanceTally const tally{.supports = s, .refutes = r, .mixed = m, .silent = 3};
                auto const found = smallest_flip_set(tally);
                ASSERT_EQ(found.has_value(), s + r + m > 0);
                if (!found) continue;
                EXPECT_EQ(found->size, fewest_of_all_subsets(tally)) << s << " " << r << " " << m;
            }
}

// statistics.md 4.7: where a side leads, its sources are removed until the word changes. 4 of 5 leans towards support
// (P = .912287), and so does 3 of 4 (.839531); 2 of 3 has no clear direction.
TEST(FlipSet, TakesSourcesFromTheLeadingSideUntilTheWordChanges) {
    auto const four_of_five = smallest_flip_set({.supports = 4, .refutes = 1});
    ASSERT_TRUE(four_of_five);
    EXPECT_EQ(four_of_five->size, 2u);
    EXPECT_EQ(four_of_five->which, "any 2 of the 4 sources that support");
    auto const against = smallest_flip_set({.supports = 1, .refutes = 4});
    EXPECT_EQ(against->which, "any 2 of the 4 sources that refute");
}

// 2 of 3 has no clear direction: without a supporter it is a tie, without the refuter support leans or prevails.
TEST(FlipSet, NamesEverySideOfWhichSoManyWillDo) {
    auto const two_of_three = smallest_flip_set({.supports = 2, .refutes = 1});
    EXPECT_EQ(two_of_three->size, 1u);
    EXPECT_EQ(two_of_three->which, "any one of the 2 sources that support, or the one source that refutes");
}

TEST(FlipSet, NamesASideExactlyWhereSoManyOfItFlip) {
    for (std::size_t s = 0; s <= 6; ++s)
        for (std::size_t r = 0; r <= 6; ++r)
            for (std::size_t m = 0; m <= 6; ++m) {
                StanceTally const tally{.supports = s, .refutes = r, .mixed = m};
                auto const found = smallest_flip_set(tally);
                if (!found || (s == r && s > 0)) continue;  // of a tie both sides are named together
                auto const verdict = direction_word(tally, 0);
                for (auto const& [stance, word] :
                     {std::pair{dossier::Stance::supports, "that support"},
                      std::pair{dossier::Stance::refutes, "that refute"}, std::pair{dossier::Stance::mixed, "mixed"}}) {
                    auto left = tally;
                    bool const enough = left.of(stance) >= found->size;
                    if (enough) left.of(stance) -= found->size;
                    bool const flips =
                        enough && (left.informative() == 0 || changes_verdict(verdict, direction_word(left, 0)));
                    EXPECT_EQ(found->which.find(word) != std::string::npos, flips)
                        << s << " " << r << " " << m << ": " << found->which;
                }
            }
}

TEST(FlipSet, OfATieIsAnyOneSourceThatTakesASide) {
    EXPECT_EQ(smallest_flip_set({.supports = 3, .refutes = 3})->which, "any one of the 6 sources that take a side");
    EXPECT_EQ(smallest_flip_set({.supports = 3, .refutes = 3})->size, 1u);
}

TEST(FlipSet, NamesALoneSource) {
    EXPECT_EQ(smallest_flip_set({.supports = 1, .silent = 8})->which, "the one source that supports");
    EXPECT_EQ(smallest_flip_set({.mixed = 1})->which, "the one source that is mixed");
}

TEST(FlipSet, OfConsistentlyMixedSourcesIsAllButOne) {
    EXPECT_EQ(smallest_flip_set({.mixed = 5})->which, "any 4 of the 5 sources that are mixed");
}

TEST(FlipSet, IsAbsentWhereNobodyInforms) {
    EXPECT_FALSE(smallest_flip_set({.neutral = 2, .silent = 4, .not_assessable = 1}));
}

TEST(FlipSet, OfAMillionSourcesIsFoundAtOnce) {
    auto const found = smallest_flip_set({.supports = 700'000, .refutes = 300'000, .mixed = 10'000});
    ASSERT_TRUE(found);
    EXPECT_GT(found->size, 390'000u);
    EXPECT_LT(found->size, 400'000u);
}

TEST(ChangesVerdict, NotByFirmerWordsInTheSameDirection) {
    EXPECT_FALSE(changes_verdict("leans towards support", "supports prevail"));
    EXPECT_TRUE(changes_verdict("supports prevail", "leans towards support"));
    EXPECT_FALSE(changes_verdict("leans towards refutation", "refutes prevail"));
    EXPECT_TRUE(changes_verdict("no clear direction", "leans towards support"));
    EXPECT_TRUE(changes_verdict("evenly divided", "no clear direction"));
    EXPECT_FALSE(changes_verdict("evenly divided", "evenly divided"));
}

}  // namespace
