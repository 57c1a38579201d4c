#include "dossier/findings/article_stance.hpp"

#include <gtest/gtest.h>

#include "findings_fixture.hpp"

namespace {

using dossier::ArticleEvidence;
using dossier::ArticleStance;
using dossier::ArticleStatus;
using dossier::Attribution;
using dossier::Direction;
using dossier::Stance;
using dossier::test::article;
using dossier::test::quote;
using dossier::test::registry;

/// Stances of one article on the claim "addictive": overall, under supervision, with misuse.
std::vector<ArticleStance> stances_of(ArticleEvidence const& evidence, dossier::Article const& from = article("a")) {
    return dossier::article_stances(from, evidence, registry());
}

ArticleEvidence evidence(std::vector<dossier::EvidenceItem> items) {
    return {"a", std::move(items), {}, {}, {}, {}};
}

TEST(ArticleStance, NeedsSevenOfTenDirectionalQuotes) {
    EXPECT_EQ(dossier::stance_of({7, 3, 0}), Stance::supports);
    EXPECT_EQ(dossier::stance_of({2, 1, 0}), Stance::mixed);
    EXPECT_EQ(dossier::stance_of({1, 3, 5}), Stance::refutes);
    EXPECT_EQ(dossier::stance_of({5, 5, 0}), Stance::mixed);
    EXPECT_EQ(dossier::stance_of({14, 6, 0}), Stance::supports);
    EXPECT_EQ(dossier::stance_of({69, 31, 0}), Stance::mixed);
}

TEST(ArticleStance, TellsNeutralFromSilent) {
    EXPECT_EQ(dossier::stance_of({0, 0, 2}), Stance::neutral);
    EXPECT_EQ(dossier::stance_of({0, 0, 0}), Stance::silent);
}

TEST(ArticleStance, CountsTheSameWordsOnce) {
    auto const rows = stances_of(evidence(
        {quote("a", "It is addictive.", Direction::supports), quote("a", "It is addictive.", Direction::supports),
         quote("a", "It is addictive.", Direction::supports), quote("a", "It is not addictive.", Direction::refutes)}));
    EXPECT_EQ(rows[0].n_supporting, 1u);
    EXPECT_EQ(rows[0].n_refuting, 1u);
    EXPECT_EQ(rows[0].stance, Stance::mixed);
    EXPECT_TRUE(rows[0].internally_contradictory);
    EXPECT_FALSE(rows[0].explained_by_conditions);
}

// design.md 2, promise 5: "low under supervision, but misuse can lead to addiction".
TEST(ArticleStance, SeesTwoConditionalStancesNotAContradiction) {
    auto const rows = stances_of(evidence({quote("a", "Low risk when supervised.", Direction::refutes, "supervised"),
                                           quote("a", "Misuse leads to addiction.", Direction::supports, "misuse")}));
    ASSERT_EQ(rows.size(), 4u);  // overall and two conditions of one claim, overall of the other
    EXPECT_EQ(rows[0].condition_id, "");
    EXPECT_EQ(rows[0].stance, Stance::mixed);
    EXPECT_TRUE(rows[0].explained_by_conditions);
    EXPECT_FALSE(rows[0].internally_contradictory);
    EXPECT_EQ(rows[1].condition_id, "supervised");
    EXPECT_EQ(rows[1].stance, Stance::refutes);
    EXPECT_EQ(rows[2].condition_id, "misuse");
    EXPECT_EQ(rows[2].stance, Stance::supports);
}

TEST(ArticleStance, OneSentenceMayHoldTwoConditionalStances) {
    std::string const sentence = "Low when supervised, but misuse can lead to addiction.";
    auto const rows = stances_of(evidence(
        {quote("a", sentence, Direction::refutes, "supervised"), quote("a", sentence, Direction::supports, "misuse")}));
    EXPECT_EQ(rows[0].stance, Stance::mixed);
    EXPECT_EQ(rows[0].n_supporting, 1u);
    EXPECT_EQ(rows[0].n_refuting, 1u);
    EXPECT_TRUE(rows[0].explained_by_conditions);
}

TEST(ArticleStance, ContradictsItselfUnderOneCondition) {
    auto const rows = stances_of(evidence({quote("a", "No withdrawal.", Direction::refutes, "misuse"),
                                           quote("a", "Withdrawal occurs.", Direction::supports, "misuse")}));
    EXPECT_TRUE(rows[0].internally_contradictory);
    EXPECT_FALSE(rows[0].explained_by_conditions);
    EXPECT_TRUE(rows[2].internally_contradictory);
    EXPECT_FALSE(rows[1].internally_contradictory);
}

TEST(ArticleStance, ContradictionIsFlaggedEvenWhereOneSidePrevails) {
    auto const rows = stances_of(evidence({quote("a", "1", Direction::supports), quote("a", "2", Direction::supports),
                                           quote("a", "3", Direction::supports), quote("a", "4", Direction::refutes)}));
    EXPECT_EQ(rows[0].stance, Stance::supports);
    EXPECT_TRUE(rows[0].internally_contradictory);
}

TEST(ArticleStance, AnExceptionUnderAConditionDoesNotRefuteTheGeneralStatement) {
    auto const rows = stances_of(evidence({quote("a", "It is addictive.", Direction::supports),
                                           quote("a", "Low risk when supervised.", Direction::refutes, "supervised")}));
    EXPECT_EQ(rows[0].stance, Stance::supports);
    EXPECT_EQ(rows[1].stance, Stance::refutes);
}

TEST(ArticleStance, ExceptionsThatOutnumberTheGeneralStatementMakeItMixed) {
    auto const rows = stances_of(evidence({quote("a", "It is not addictive.", Direction::refutes),
                                           quote("a", "Misuse 1.", Direction::supports, "misuse"),
                                           quote("a", "Misuse 2.", Direction::supports, "misuse")}));
    EXPECT_EQ(rows[0].stance, Stance::mixed);
    EXPECT_TRUE(rows[0].explained_by_conditions);
}

TEST(ArticleStance, QuestionsHypothesesAndAdviceTakeNoSide) {
    for (auto const attribution : {Attribution::asked, Attribution::hypothetical, Attribution::recommended}) {
        auto item = quote("a", "Is it addictive", Direction::supports);
        item.attribution = attribution;
        EXPECT_EQ(stances_of(evidence({item}))[0].stance, Stance::neutral);
    }
    for (auto const attribution : {Attribution::asserted, Attribution::reported, Attribution::rebutted}) {
        auto item = quote("a", "It is addictive.", Direction::supports);
        item.attribution = attribution;
        EXPECT_EQ(stances_of(evidence({item}))[0].stance, Stance::supports);
    }
}

TEST(ArticleStance, OfAnUnreadableArticleIsNotAssessableOnEveryClaim) {
    auto unreadable = article("a");
    unreadable.status = ArticleStatus::not_assessable;
    for (auto const& row : stances_of(evidence({quote("a", "It is addictive.", Direction::supports)}), unreadable)) {
        EXPECT_EQ(row.stance, Stance::not_assessable);
        EXPECT_EQ(row.n_supporting, 0u);
    }
}

TEST(ArticleStance, OfATruncatedArticleIsNotAssessableWhereTheRestSaysNothing) {
    auto cut_off = article("a");
    cut_off.truncated = true;
    auto const rows = stances_of(evidence({quote("a", "It is addictive.", Direction::supports)}), cut_off);
    EXPECT_EQ(rows[0].stance, Stance::supports);
    EXPECT_EQ(rows[1].stance, Stance::not_assessable);  // nothing under supervision
    EXPECT_EQ(rows[3].stance, Stance::not_assessable);  // nothing on the other claim
}

TEST(ArticleStance, IsDecidedByItsQuotesEvenWhereNoneTakesASide) {
    auto neutral = quote("a", "Whether it is addictive is not known.", Direction::neutral);
    neutral.decided_by = "engine:other";
    EXPECT_EQ(stances_of(evidence({neutral}))[0].decided_by, "engine:other");
    auto const side = quote("a", "It is addictive.", Direction::supports);
    EXPECT_EQ(stances_of(evidence({neutral, side}))[0].decided_by, "engine") << "of a side, by those that take one";
}

TEST(ArticleStance, WithoutQuotesIsDecidedByWhoDecidesTheClaim) {
    dossier::Claim claim;
    EXPECT_STREQ(dossier::decider_of(claim), "engine:statement-model");
    EXPECT_EQ(stances_of(evidence({}))[0].decided_by, "engine:statement-model") << "it has no cues";
    claim.refutes.emplace_back();
    EXPECT_STREQ(dossier::decider_of(claim), "engine");
}

TEST(ArticleStance, AnArticleWithoutEvidenceIsSilent) {
    auto const rows = stances_of(evidence({}));
    ASSERT_EQ(rows.size(), 4u);
    for (auto const& row : rows)
        EXPECT_EQ(row.stance, Stance::silent);
}

}  // namespace
