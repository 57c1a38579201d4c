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
    for (auto const* sentence :
         {"Between 10-20% of them slept badly.", "Between 10 and 20 per cent slept badly.",
          "Sleep improved by 10 to 20 %.", "10% to 20% of them slept badly.", "Shares ranged from 10 to 20 %.",
          "The relative risk is 10 to 20 % higher.", "The odds ratio was 10\u201320 %."}) {
        auto const found = quantities_in(sentence, built_in_lexicon());
        ASSERT_EQ(found.size(), 2u) << sentence;
        EXPECT_EQ(found[0].measure, "%") << sentence;
        EXPECT_EQ(found[0].estimate, 10.0) << sentence;
        EXPECT_EQ(found[0].comparator, "at least") << sentence;
        EXPECT_EQ(found[1].estimate, 20.0) << sentence;
        EXPECT_EQ(found[1].comparator, "up to") << sentence;
        EXPECT_FALSE(found[1].ci_low) << sentence;
    }
}

TEST(Percentages, AChangeIsNoRange) {
    for (auto const* sentence : {"Use rose from 5% to 10%.", "Use fell 20% to 10%."}) {
        auto const found = quantities_in(sentence, built_in_lexicon());
        ASSERT_EQ(found.size(), 2u) << sentence;
        EXPECT_EQ(found[0].comparator, "=") << sentence;
        EXPECT_EQ(found[1].comparator, "=") << sentence;
    }
}

TEST(EffectSize, IsReadWithItsIntervalInManySpellings) {
    for (auto const* sentence :
         {"The risk rose (OR 1.5, 95% CI 1.2-1.9).", "The odds ratio (OR) was 1.5 (95 % CI: 1.2 to 1.9).",
          "It was higher [aOR = 1.5; 95% confidence interval, 1.2\u20131.9; p = 0.01].", "OR (95% CI): 1.5 (1.2, 1.9).",
          "The odds ratio [OR] was 1.5 [95% confidence interval (95% CI) 1.2-1.9].",
          "The odds ratio was 1.5, CI 95% 1.2-1.9.", "The odds ratio was 1.5 (p = 0.01; 95% CI 1.2-1.9).",
          "It rose (OR=1.5, P value 0.01, 95 % CI 1.2-1.9).", "It rose (OR 1.5, 95% C.I. 1.2-1.9).",
          "It rose (OR 1.5, CI95% 1.2-1.9)."}) {
        auto const effect = only(sentence);
        EXPECT_EQ(effect.measure, "OR") << sentence;
        EXPECT_EQ(effect.estimate, 1.5) << sentence;
        EXPECT_EQ(effect.ci_low, 1.2) << sentence;
        EXPECT_EQ(effect.ci_high, 1.9) << sentence;
        EXPECT_EQ(effect.ci_level, 0.95) << sentence;
    }
}

TEST(EffectSize, IsNoConditionOfAProgram) {
    for (auto const* sentence : {"The label said ' OR 1=1 -- 1 again.", "The label said ' OR '1'='1 again."})
        EXPECT_TRUE(quantities_in(sentence, built_in_lexicon()).empty()) << sentence;
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

TEST(Percentages, TellTheNumberTheyAreAShareOf) {
    struct Case {
        char const *sentence, *denominator, *population;
    };
    for (auto const& [sentence, denominator, population] :
         {Case{"12 of 340 riders (3.5 %) fell.", "340", "riders"}, Case{"12/340 (3.5%) fell.", "340", ""},
          Case{"12 out of the 340 riders (3.5%) fell.", "340", "riders"}, Case{"3.5% (12/340) fell.", "340", ""},
          Case{"Of the 1,200 pupils, 30 % were short-sighted.", "1,200", "pupils"},
          Case{"About 30% of the 250 riders are young.", "250", "riders"},
          Case{"One in five pupils is short-sighted.", "5", "pupils"}, Case{"30% of riders fell.", "", "riders"},
          Case{"It was 30% in 2020.", "", ""}, Case{"12 of 340 riders (90 %) fell.", "", ""},
          Case{"In 2020, 30% fell.", "", ""}}) {
        auto const share = only(sentence);
        EXPECT_EQ(share.denominator, denominator) << sentence;
        EXPECT_EQ(share.population, population) << sentence;
    }
}

TEST(Percentages, ThePopulationEndsBeforeTheVerb) {
    EXPECT_EQ(only("30% of users reported low mood.").population, "users");
    EXPECT_EQ(only("30% of the riders had a helmet.").population, "the riders");
    EXPECT_EQ(only("30% of patients treated with it slept badly.").population, "patients treated with it");
    EXPECT_EQ(only("30% of untreated riders fell.").population, "untreated riders");
    EXPECT_EQ(only("18% of those who worked at night reported pain.").population, "those who worked at night");
    EXPECT_EQ(only("Up to 18% of those who reported short sleep fell.").population, "those who reported short sleep");
}

TEST(Percentages, ThePopulationIsANounPhraseOrNothing) {
    EXPECT_EQ(only("Up to 40% of the falls went unreported.").population.rfind("the falls", 0), 0u);
    EXPECT_EQ(only("30% of these drinks are sold at night.").population, "these drinks");
    EXPECT_EQ(only("20% of the visits were repeats.").population, "the visits");
    EXPECT_EQ(only("30% of those, however, slept badly.").population, "");
}

// statistics.md 4.9: "up to" is a bound, never a point estimate.
TEST(EffectSize, CarriesItsComparator) {
    EXPECT_EQ(only("The odds ratio was up to 3.4 (95% CI 1.2-5.0).").comparator, "up to");
    EXPECT_EQ(only("The odds ratio was about 3.4 (95% CI 1.2-5.0).").comparator, "about");
    EXPECT_EQ(only("The odds ratio was 3.4 (95% CI 1.2-5.0).").comparator, "=");
}

TEST(EffectSize, OutsideItsOwnIntervalIsMarked) {
    EXPECT_TRUE(only("Falls were rarer (OR 1.65, 95% CI 1.84-3.25).").outside_interval);
    EXPECT_TRUE(only("The risk ratio was 0.2 (95% CI 0.3 to 0.9).").outside_interval);
    EXPECT_FALSE(only("Falls were rarer (OR 1.84, 95% CI 1.84-3.25).").outside_interval);
    EXPECT_FALSE(only("Falls were rarer (OR 2.5).").outside_interval);
    EXPECT_FALSE(only("Up to 30% fell.").outside_interval);
}

TEST(EffectSize, MayHaveAnIntervalThatNothingCallsOne) {
    for (auto const* sentence : {"Falls were rarer (aOR 0\u00b773, 0\u00b753\u20130\u00b799, p=0.04).",
                                 "The odds ratio was 0.73 [0.53 to 0.99].", "It was rarer, OR=0.73 (0.53; 0.99).",
                                 "The odds ratio 0.73, [0.53 to 0.99], was low."}) {
        auto const effect = only(sentence);
        EXPECT_EQ(effect.estimate, 0.73) << sentence;
        EXPECT_EQ(effect.ci_low, 0.53) << sentence;
        EXPECT_EQ(effect.ci_high, 0.99) << sentence;
        EXPECT_FALSE(effect.ci_level) << sentence;
    }
    EXPECT_FALSE(only("The odds ratio was 0.73 (12, 34).").ci_low) << "the number is not between these";
}

TEST(EffectSize, MayFollowItsInterval) {
    auto const effect = only("Falls were as common (95% confidence interval 0.52, 1.71, odds ratio = 0.94).");
    EXPECT_EQ(effect.estimate, 0.94);
    EXPECT_EQ(effect.ci_low, 0.52);
    EXPECT_EQ(effect.ci_level, 0.95);
}

TEST(EffectSize, MayBeGluedToItsName) {
    auto const effect = only("More pupils came (RR1.23, CI 1.05-1.44).");
    EXPECT_EQ(effect.measure, "RR");
    EXPECT_EQ(effect.estimate, 1.23);
    EXPECT_EQ(effect.ci_high, 1.44);
}

TEST(EffectSize, IsFollowedByFurtherOnesOfItsMeasure) {
    auto const found = quantities_in(
        "Odds ratios were 1.5 (95% CI 1.2-1.9) for one glass, 2.0 (1.3-2.9) and 3.1 (95% CI 2.0-4.5) for more, with a "
        "coefficient of 0.4 (95% CI 0.2-0.6).",
        built_in_lexicon());
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[1].estimate, 2.0);
    EXPECT_EQ(found[1].ci_high, 2.9);
    EXPECT_EQ(found[2].ci_level, 0.95);
}

TEST(EffectSize, MayBeListedBeforeTheirIntervals) {
    auto const found = quantities_in(
        "Odds ratios for one, two and three glasses were 1.5, 2.0 and 3.1 (95% CI 1.2-1.9, 1.3-2.9, and 2.0-4.5).",
        built_in_lexicon());
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].ci_high, 1.9);
    EXPECT_EQ(found[1].estimate, 2.0);
    EXPECT_EQ(found[1].ci_low, 1.3);
    EXPECT_EQ(found[2].estimate, 3.1);
    EXPECT_EQ(found[2].ci_high, 4.5);
    EXPECT_EQ(found[2].ci_level, 0.95);
}

TEST(EffectSize, MayStandFarFromItsName) {
    EXPECT_EQ(
        only("The mean difference in weight between the two groups of pupils was 0.68 kg (95% CI 0.64-0.72).").ci_low,
        0.64);
}

TEST(EffectSize, IsReadFromTheLastWordsOfAText) {
    for (auto const* sentence :
         {"(95% CI 0.4-0.9", "HR 0.8 (95% CI", "CI 0.4-0.9, HR", "OR", "RR1.2", "1 of 2 (50%", "50% (1/", "one in"})
        (void)quantities_in(sentence, built_in_lexicon());
}

TEST(EffectSize, AreReadFromASentenceWithoutEnd) {
    std::string text = "Of the 250 riders, 3%";
    for (int i = 0; i < 5000; ++i)
        text += " and 3% (1/2), OR 1.5 (1.2-1.9), 95% CI";
    EXPECT_GT(quantities_in(text, built_in_lexicon()).size(), 5000u);
}

TEST(EffectSize, NothingIsInventedFromOtherNumbers) {
    for (auto const* sentence : {"It was sold in 2020 or 2021.", "The heart rate (HR) fell.", "No numbers here.",
                                 "Cardiac index (CI) was 2.5."})
        EXPECT_TRUE(quantities_in(sentence, built_in_lexicon()).empty()) << sentence;
}

}  // namespace
