#include "dossier/findings/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "dossier/findings/agreement.hpp"
#include "dossier/findings/direction.hpp"

namespace {

using dossier::agreement_word;
using dossier::coverage_word;
using dossier::direction_word;
using dossier::sign_test_note;
using dossier::StanceTally;

std::string agreement_of(StanceTally const& tally) {
    return agreement_word(tally, dossier::van_der_eijk_agreement(dossier::ordinal_frequencies(tally)));
}

// Each row of statistics.md 4.13 that has words.
TEST(EdgeCases, AllSilentIsNoEvidenceFoundInNArticles) {
    StanceTally const tally{.silent = 5};
    EXPECT_EQ(direction_word(tally, 7), "no evidence found in 7 articles");
    EXPECT_EQ(direction_word(tally, 1), "no evidence found in 1 article");
    EXPECT_EQ(agreement_of(tally), "no evidence");
    EXPECT_EQ(coverage_word(tally), "none");
}

TEST(EdgeCases, AllNotAssessableIsNeverSilent) {
    StanceTally const tally{.not_assessable = 3};
    EXPECT_EQ(direction_word(tally, 0), "not assessable");
    EXPECT_EQ(agreement_of(tally), "not assessable");
    EXPECT_EQ(coverage_word(tally), "not assessable");
}

TEST(EdgeCases, OneInformativeClusterRestsOnOneSource) {
    for (StanceTally const& tally : {StanceTally{.supports = 1, .silent = 4}, StanceTally{.refutes = 1, .neutral = 2},
                                     StanceTally{.mixed = 1, .not_assessable = 3}}) {
        EXPECT_EQ(direction_word(tally, 5), "rests on one source");
        EXPECT_EQ(agreement_of(tally), "one source, agreement not defined");
    }
}

TEST(EdgeCases, ATieIsEvenlyDividedWhateverElseIsMixed) {
    EXPECT_EQ(direction_word({.supports = 2, .refutes = 2}, 4), "evenly divided");
    EXPECT_EQ(direction_word({.supports = 1, .refutes = 1, .mixed = 5}, 7), "evenly divided");
    EXPECT_EQ(agreement_of({.supports = 2, .refutes = 2}), "polarised");
}

TEST(EdgeCases, AllMixedIsConsistentlyMixedAndUnanimous) {
    EXPECT_EQ(direction_word({.mixed = 5}, 5), "consistently mixed");
    EXPECT_EQ(direction_word({.mixed = 2, .silent = 6}, 8), "consistently mixed");
    EXPECT_EQ(agreement_of({.mixed = 5}), "unanimous, on being mixed");
}

TEST(EdgeCases, AnEmptyStratumSaysSo) {
    EXPECT_EQ(direction_word({.silent = 4, .not_assessable = 1}, 4, true), "no evidence under this condition");
    EXPECT_EQ(direction_word({.not_assessable = 4}, 0, true), "not assessable");
}

TEST(EdgeCases, NoArticlesAreNotSilence) {
    EXPECT_EQ(direction_word({}, 0), "no articles");
}

TEST(EdgeCases, DiscussionWithoutAStanceIsNotAbsence) {
    EXPECT_EQ(direction_word({.neutral = 1, .silent = 3}, 4), "discussed without a stance");
}

TEST(EdgeCases, MostlyMixedIsNotALean) {
    EXPECT_EQ(direction_word({.supports = 1, .mixed = 3}, 4), "mostly mixed");
}

// statistics.md 4.3 cut-offs on P(share > 1/2): .95, .80, .20.
TEST(DirectionWord, FollowsTheCutOffs) {
    EXPECT_EQ(direction_word({.supports = 5}, 5), "supports prevail");                     // .993
    EXPECT_EQ(direction_word({.supports = 2}, 2), "leans towards support");                // .924
    EXPECT_EQ(direction_word({.supports = 3, .refutes = 1}, 4), "leans towards support");  // .840
    EXPECT_EQ(direction_word({.supports = 3, .refutes = 2}, 5), "no clear direction");     // .670
    EXPECT_EQ(direction_word({.supports = 2, .refutes = 3}, 5), "no clear direction");
    EXPECT_EQ(direction_word({.supports = 1, .refutes = 3}, 4), "leans towards refutation");
    EXPECT_EQ(direction_word({.refutes = 5}, 5), "refutes prevail");
    EXPECT_EQ(dossier::posterior_word(.95), "supports prevail");
    EXPECT_EQ(dossier::posterior_word(.80), "leans towards support");
    EXPECT_EQ(dossier::posterior_word(.50), "no clear direction");
}

TEST(DirectionWord, IsTheMirrorImageForTheOtherSide) {
    auto const mirrored = [](std::string const& word) {
        static std::map<std::string, std::string> const opposites = {
            {"supports prevail", "refutes prevail"}, {"leans towards support", "leans towards refutation"}};
        for (auto const& [one, other] : opposites) {
            if (word == one) return other;
            if (word == other) return one;
        }
        return word;
    };
    for (std::size_t s = 0; s < 12; ++s)
        for (std::size_t r = 0; r < 12; ++r)
            for (std::size_t m = 0; m < 4; ++m)
                EXPECT_EQ(direction_word({.supports = s, .refutes = r, .mixed = m}, 30),
                          mirrored(direction_word({.supports = r, .refutes = s, .mixed = m}, 30)));
}

TEST(AgreementWord, FollowsTheCutOffs) {
    EXPECT_EQ(agreement_of({.supports = 4}), "unanimous");
    EXPECT_EQ(agreement_of({.supports = 3, .mixed = 2}), "high");               // .6
    EXPECT_EQ(agreement_of({.supports = 4, .refutes = 1}), "medium");           // .2
    EXPECT_EQ(agreement_of({.supports = 1, .refutes = 1, .mixed = 1}), "low");  // 0
    EXPECT_EQ(agreement_of({.supports = 3, .refutes = 2}), "polarised");        // -.6
}

TEST(SignTestNote, SaysWhyAPValueIsWithheld) {
    EXPECT_EQ(sign_test_note({.mixed = 3}), "p-value withheld: no source takes a side");
    EXPECT_EQ(sign_test_note({.supports = 1}),
              "p-value withheld: only 1 independent source takes a side, fewer than 3");
    EXPECT_EQ(sign_test_note({.supports = 1, .refutes = 1}),
              "p-value withheld: only 2 independent sources take a side, fewer than 3");
}

// statistics.md 4.2: with five sources even unanimity is P = .0625.
TEST(SignTestNote, SaysThatFiveSourcesCannotReachSignificance) {
    EXPECT_EQ(sign_test_note({.supports = 5}), "5 sources cannot reach .05 two-sided, even if unanimous");
    EXPECT_EQ(sign_test_note({.supports = 6}), "");
    EXPECT_GT(dossier::sign_test_two_sided(5, 0), 0.05);
    EXPECT_LT(dossier::sign_test_two_sided(6, 0), 0.05);
}

TEST(CoverageWord, FollowsTheCutOffs) {
    EXPECT_EQ(coverage_word({.supports = 2, .silent = 1}), "broad");
    EXPECT_EQ(coverage_word({.supports = 1, .silent = 2}), "partial");
    EXPECT_EQ(coverage_word({.supports = 1, .silent = 3}), "thin");
    EXPECT_EQ(coverage_word({.supports = 2, .not_assessable = 9}), "broad");
}

TEST(WordRules, NameEveryWordThatIsPrintedWithACutOff) {
    auto const rules = dossier::word_rules();
    auto const has = [&](std::string const& word, std::string const& cut_off) {
        return std::any_of(rules.begin(), rules.end(), [&](auto const& rule) {
            return rule.word == word && rule.rule.find(cut_off) != std::string::npos;
        });
    };
    EXPECT_TRUE(has("supports prevail", "0.95"));
    EXPECT_TRUE(has("leans towards support", "0.80"));
    EXPECT_TRUE(has("no clear direction", "0.20"));
    EXPECT_TRUE(has("polarised", "-0.20"));
    EXPECT_TRUE(has("broad", "0.67"));
}

}  // namespace
