#include "dossier/job/judge_pairs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace dossier;

std::vector<LabelledPair> pairs() {
    std::vector<LabelledPair> list;
    for (auto const* text :
         {"In the trial coffee reduced the risk of stroke in adults.",
          "Coffee did not reduce the risk of stroke in the trial.", "The museum opens at nine and closes at five.",
          "Whether coffee reduces the risk of stroke is not known."})
        list.push_back({std::to_string(list.size()), "Coffee reduces the risk of stroke.", text, {}});
    return list;
}

/// The same, each as long as an article.
std::vector<LabelledPair> articles() {
    auto list = pairs();
    for (auto& pair : list)
        for (int i = 0; i < 12; ++i)
            pair.text += " The authors met again in the spring of that year.";
    return list;
}

std::vector<Stance> const with_silence{Stance::supports, Stance::refutes, Stance::neutral, Stance::silent};

TEST(JudgedPairs, AreAnsweredAmongTheAllowedClassesOnly) {
    for (auto const& classes :
         {std::vector{Stance::supports, Stance::refutes}, std::vector{Stance::mixed, Stance::neutral},
          std::vector{Stance::supports, Stance::silent}})
        for (auto const& verdict : judge_pairs(pairs(), classes, built_in_lexicon(), 1)) {
            ASSERT_TRUE(verdict.answer) << verdict.problem;
            EXPECT_NE(std::find(classes.begin(), classes.end(), *verdict.answer), classes.end());
        }
}

TEST(JudgedPairs, AreTheSameOnAnyNumberOfThreads) {
    std::vector<Stance> const classes{Stance::supports, Stance::refutes, Stance::neutral};
    auto const one = judge_pairs(pairs(), classes, built_in_lexicon(), 1);
    auto const four = judge_pairs(pairs(), classes, built_in_lexicon(), 4);
    ASSERT_EQ(one.size(), four.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].answer, four[i].answer);
        EXPECT_EQ(one[i].confidence, four[i].confidence);
    }
}

TEST(JudgedPairs, HaveAConfidenceUnlessTheyAreWholeArticles) {
    for (auto const& verdict :
         judge_pairs(pairs(), std::vector{Stance::supports, Stance::refutes}, built_in_lexicon(), 1)) {
        ASSERT_TRUE(verdict.answer);
        ASSERT_TRUE(verdict.confidence);
        EXPECT_GE(*verdict.confidence, 0.0);
        EXPECT_LE(*verdict.confidence, 1.0);
    }
    for (auto const& verdict : judge_pairs(articles(), with_silence, built_in_lexicon(), 1))
        EXPECT_FALSE(verdict.confidence);
}

TEST(JudgedPairs, AreWholeArticlesOnlyWhereMostTextsAreLong) {
    EXPECT_EQ(method_for(pairs(), with_silence), PairMethod::passages);
    EXPECT_EQ(method_for(articles(), with_silence), PairMethod::articles);
    EXPECT_EQ(method_for(articles(), std::vector{Stance::supports, Stance::refutes}), PairMethod::passages);
}

TEST(JudgedPairs, ShortPassagesAreJudgedByTheModelWhetherTheyMayBeSilentOrNot) {
    auto const without =
        judge_pairs(pairs(), std::vector{Stance::supports, Stance::refutes, Stance::neutral}, built_in_lexicon(), 1);
    auto const with = judge_pairs(pairs(), with_silence, built_in_lexicon(), 1);
    for (auto const i : {0u, 1u, 3u}) {
        EXPECT_EQ(with[i].answer, without[i].answer);
        EXPECT_EQ(with[i].confidence, without[i].confidence);
    }
    EXPECT_EQ(with[2].answer, Stance::silent) << "the museum shares nothing with coffee and stroke";
    EXPECT_FALSE(with[2].confidence);
    for (auto const& verdict : judge_pairs(pairs(), std::vector{Stance::silent}, built_in_lexicon(), 1))
        EXPECT_EQ(verdict.answer, Stance::silent);
}

TEST(JudgedPairs, SayWhyAClaimIsTooLittleToGoOn) {
    std::vector<LabelledPair> const list{
        {"1", "It is.", "In the trial coffee reduced the risk of stroke in adults.", {}}};
    auto const verdict = judge_pairs(list, std::vector{Stance::supports, Stance::refutes}, built_in_lexicon(), 1).at(0);
    EXPECT_FALSE(verdict.answer);
    EXPECT_NE(verdict.problem.find("too little to go on"), std::string::npos) << verdict.problem;
}

}  // namespace
