#include "dossier/job/evaluation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace dossier;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto supports = Stance::supports, refutes = Stance::refutes, mixed = Stance::mixed, neutral = Stance::neutral,
               silent = Stance::silent;

std::vector<JudgedCase> cases_of(std::vector<Stance> const& labels, std::vector<Stance> const& answers) {
    std::vector<JudgedCase> cases;
    for (std::size_t i = 0; i < labels.size(); ++i)
        cases.push_back({{labels[i]}, answers[i]});
    return cases;
}

std::vector<JudgedCase> repeated(std::size_t n, Stance label, Stance answer) {
    return std::vector<JudgedCase>(n, {{label}, answer});
}

void append(std::vector<JudgedCase>& cases, std::vector<JudgedCase> const& more) {
    cases.insert(cases.end(), more.begin(), more.end());
}

// scikit-learn 1.2, documentation of sklearn.metrics.classification_report: y_true = [0, 1, 2, 2, 2],
// y_pred = [0, 0, 2, 2, 1]. Printed there: precision .50 .00 1.00, recall 1.00 .00 .67, f1 .67 .00 .80, support 1 1 3,
// accuracy .60, macro avg f1 .49.
TEST(Evaluation, MatchesThePublishedExampleOfScikitLearn) {
    auto const report =
        evaluate(cases_of({supports, refutes, mixed, mixed, mixed}, {supports, supports, mixed, mixed, refutes}));
    ASSERT_THAT(report.classes, ElementsAre(supports, refutes, mixed));
    auto const& scores = report.scores;
    EXPECT_DOUBLE_EQ(scores[0].precision, .5);
    EXPECT_DOUBLE_EQ(scores[1].precision, 0.0);
    EXPECT_DOUBLE_EQ(scores[2].precision, 1.0);
    EXPECT_DOUBLE_EQ(scores[0].recall, 1.0);
    EXPECT_DOUBLE_EQ(scores[1].recall, 0.0);
    EXPECT_NEAR(scores[2].recall, 2.0 / 3, 1e-15);
    EXPECT_NEAR(scores[0].f1, 2.0 / 3, 1e-15);
    EXPECT_DOUBLE_EQ(scores[1].f1, 0.0);
    EXPECT_NEAR(scores[2].f1, .8, 1e-15);
    EXPECT_EQ(scores[2].n_labelled, 3u);
    EXPECT_DOUBLE_EQ(report.accuracy, .6);
    EXPECT_NEAR(report.macro_f1, (2.0 / 3 + 0 + .8) / 3, 1e-15);
}

// scikit-learn 1.2, documentation of sklearn.metrics.confusion_matrix: y_true = [2, 0, 2, 2, 0, 1],
// y_pred = [0, 0, 2, 2, 0, 2]; printed there: [[2, 0, 0], [0, 0, 1], [1, 0, 2]].
TEST(Evaluation, PutsLabelsInRowsAndAnswersInColumns) {
    auto const report = evaluate(cases_of({mixed, supports, mixed, mixed, supports, refutes},
                                          {supports, supports, mixed, mixed, supports, mixed}));
    EXPECT_THAT(report.confusion,
                ElementsAre(ElementsAre(2, 0, 0, 0), ElementsAre(0, 0, 1, 0), ElementsAre(1, 0, 2, 0)));
}

TEST(Evaluation, SaysWhichSharesAreOfNothing) {
    auto const report = evaluate(cases_of({refutes, supports}, {supports, silent}));
    EXPECT_THAT(report.notes, ElementsAre("refutes was never answered: its precision is shown as 0",
                                          "no case is labelled silent: its recall is shown as 0, and lowers macro-F1"));
    EXPECT_EQ(report.macro_f1, 0.0);
}

TEST(Evaluation, OfNoCasesHasNoClassesAndNoScore) {
    auto const report = evaluate({});
    EXPECT_TRUE(report.classes.empty());
    EXPECT_EQ(report.accuracy, 0.0);
    EXPECT_EQ(report.macro_f1, 0.0);
    EXPECT_FALSE(report.weighted_score);
}

TEST(Evaluation, TakesAnyOfSeveralAcceptedLabelsForRight) {
    std::vector<JudgedCase> const cases{{{supports, mixed}, mixed}, {{supports, mixed}, refutes}};
    auto const report = evaluate(cases);
    EXPECT_EQ(report.n_right, 1u);
    EXPECT_THAT(report.classes, ElementsAre(supports, refutes, mixed));
    EXPECT_EQ(report.confusion[0][1], 1u) << "a wrong answer stands beside the first accepted label";
    EXPECT_EQ(report.confusion[2][2], 1u);
}

TEST(Evaluation, CountsACaseThatWasNotJudgedAsWrong) {
    std::vector<JudgedCase> const cases{{{supports}, supports}, {{supports}, {}}};
    auto const report = evaluate(cases);
    EXPECT_DOUBLE_EQ(report.accuracy, .5);
    EXPECT_EQ(report.n_not_judged, 1u);
    EXPECT_THAT(report.confusion, ElementsAre(ElementsAre(1, 1)));
    EXPECT_DOUBLE_EQ(report.scores[0].precision, 1.0);
    EXPECT_DOUBLE_EQ(report.scores[0].recall, .5);
    EXPECT_THAT(report.notes, ElementsAre(HasSubstr("1 case was not judged")));
}

// README of FakeNewsChallenge/fnc-1-baseline @ 006e17d, the printed matrix of its hold-out split (agree, disagree, discuss,
// unrelated): "Score: 3539.75 out of 4448.5 (79.57176576374059%)".
TEST(Evaluation, WeightsAsTheFakeNewsChallengeDoes) {
    std::size_t const matrix[4][4]{{119, 3, 560, 80}, {14, 2, 131, 15}, {59, 4, 1528, 209}, {5, 1, 100, 6792}};
    Stance const stances[]{supports, refutes, neutral, silent};
    std::vector<JudgedCase> cases;
    for (int label = 0; label < 4; ++label)
        for (int answer = 0; answer < 4; ++answer)
            append(cases, repeated(matrix[label][answer], stances[label], stances[answer]));
    auto const report = evaluate(cases);
    ASSERT_TRUE(report.weighted_score);
    EXPECT_NEAR(*report.weighted_score, 3539.75 / 4448.5, 1e-12);
}

TEST(Evaluation, HasNoWeightedScoreUnlessAllFourLabelsOfTheChallengeOccur) {
    EXPECT_FALSE(evaluate(cases_of({supports, refutes, neutral}, {supports, refutes, silent})).weighted_score);
}

TEST(StanceNames, AreReadAsTheyAreWritten) {
    for (auto const stance : {supports, refutes, mixed, neutral, silent, Stance::not_assessable})
        EXPECT_EQ(stance_named(name_of(stance)), stance);
    EXPECT_FALSE(stance_named("Supports"));
    EXPECT_FALSE(stance_named(""));
}

}  // namespace
