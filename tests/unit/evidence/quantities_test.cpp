#include "dossier/evidence/quantities.hpp"

#include <gtest/gtest.h>

#include "dossier/evidence/lexicon.hpp"

namespace {

using dossier::built_in_lexicon;
using dossier::quantities_in;
using dossier::Quantity;

Quantity only(std::string_view sentence) {
    auto const found = quantities_in(sentence, built_in_lexicon());
    EXPECT_EQ(found.size(), 1u) << sentence;
    return found.empty() ? Quantity{} : found.front();
}

TEST(Percentages, CarryTheirComparatorAndPopulation) {
    auto const bound = only("According to a survey, up to 30% of young riders may fall in winter.");
    EXPECT_EQ(bound.measure, "%");
    EXPECT_EQ(bound.estimate, 30.0);
    EXPECT_EQ(bound.comparator, "up to");
    EXPECT_EQ(bound.population, "young riders");
    EXPECT_EQ(bound.text, "up to 30%");
    EXPECT_EQ(only("About 12.5 per cent agreed.").comparator, "about");
    EXPECT_EQ(only("At least 40 percent of them slept badly.").comparator, "at least");
    EXPECT_EQ(only("More than 7% of batteries failed.").comparator, "more than");
    EXPECT_EQ(only("Fewer than 7% of batteries failed.").comparator, "less than");
    EXPECT_EQ(only("1.3% of pupils wear glasses.").comparator, "=");
    EXPECT_EQ(only("One in five children is short-sighted.").estimate, 20.0);
}

TEST(Percentages, ARangeIsTwoBounds) {
    auto const found = quantities_in("Between 10-20% of them slept badly.", built_in_lexicon());
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].comparator, "at least");
    EXPECT_EQ(found[1].comparator, "up to");
}

TEST(EffectSize, IsReadWithItsIntervalInManySpellings) {
    for (auto const* sentence :
         {"The risk rose (OR 1.5, 95% CI 1.2-1.9).", "The odds ratio (OR) was 1.5 (95 % CI: 1.2 to 1.9).",
          "It was higher [aOR = 1.5; 95% confidence interval, 1.2\u20131.9; p = 0.01].", "OR (95% CI): 1.5 (1.2, 1.9).",
          "The odds ratio [OR] was 1.5 [95% confidence interval (95% CI) 1.2-1.9].",
          "The odds ratio was 1.5, CI 95% 1.2-1.9."}) {
        auto const effect = only(sentence);
        EXPECT_EQ(effect.measure, "OR") << sentence;
        EXPECT_EQ(effect.estimate, 1.5) << sentence;
        EXPECT_EQ(effect.ci_low, 1.2) << sentence;
        EXPECT_EQ(effect.ci_high, 1.9) << sentence;
        EXPECT_EQ(effect.ci_level, 0.95) << sentence;
    }
}

TEST(EffectSize, KeepsTheSignOfADifference) {
    auto const effect = only("The mean difference was -2.3 kg (95% CI -4.1 to -0.5).");
    EXPECT_EQ(effect.measure, "MD");
    EXPECT_EQ(effect.estimate, -2.3);
    EXPECT_EQ(effect.ci_low, -4.1);
    EXPECT_EQ(effect.ci_high, -0.5);
}

TEST(EffectSize, MayBeWrittenWithoutItsZero) {
    auto const effect = only("The adjusted OR .85, 95% CI .70\u20131.03, was not significant.");
    EXPECT_EQ(effect.estimate, 0.85);
    EXPECT_EQ(effect.ci_low, 0.70);
    EXPECT_EQ(effect.ci_high, 1.03);
    EXPECT_EQ(only("The mean difference was -.4 kg (95% CI -.9 to .1).").ci_low, -0.9);
}

TEST(EffectSize, AnIntervalOfSharesIsNoLevel) {
    auto const effect = only("The risk ratio was 0.8 (CI 60% to 95%).");
    EXPECT_EQ(effect.ci_low, 60.0);
    EXPECT_EQ(effect.ci_high, 95.0);
}

TEST(EffectSize, NothingIsInventedFromOtherNumbers) {
    for (auto const* sentence : {"It was sold in 2020 or 2021.", "The heart rate (HR) fell.", "No numbers here.",
                                 "Cardiac index (CI) was 2.5."})
        EXPECT_TRUE(quantities_in(sentence, built_in_lexicon()).empty()) << sentence;
}

}  // namespace
