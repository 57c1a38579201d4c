#include "dossier/findings/overrides.hpp"

#include <gtest/gtest.h>

#include "dossier/findings/summarise.hpp"

namespace {

using namespace dossier;

EvidenceItem item(std::string article, Direction direction, std::string quote, std::string condition = {}) {
    EvidenceItem made;
    made.claim_id = "sleep";
    made.article_id = std::move(article);
    made.direction = direction;
    made.quote = std::move(quote);
    made.condition_id = std::move(condition);
    return made;
}

Article article(std::string id) {
    Article made;
    made.id = id;
    made.path = id + ".txt";
    made.sha256 = id;
    made.n_sentences = 10;
    return made;
}

ClaimRegistry registry() {
    ClaimRegistry made;
    Claim claim;
    claim.id = "sleep";
    claim.statement = "Coffee harms sleep.";
    claim.conditions = {"late"};
    made.claims.push_back(claim);
    made.conditions.push_back({"late", "late in the day", {}, {}});
    return made;
}

StanceOverride decision(Stance stance, Stance detector, std::string condition = {}) {
    return {"sleep", std::move(condition), stance, detector, "jm", "Read in full.", {}};
}

ArticleStance const* find(std::vector<ArticleStance> const& rows, std::string const& condition) {
    for (auto const& row : rows)
        if (row.condition_id == condition) return &row;
    return nullptr;
}

TEST(Overrides, DecideTheStanceAndKeepWhatTheEngineSaid) {
    auto const asked = registry();
    Summing summing(asked);
    std::vector const decided{decision(Stance::refutes, Stance::supports)};
    auto const rows =
        summing.add(article("a"), {"a", {item("a", Direction::supports, "It harms.")}, {}, {}, {}, {}}, decided);
    auto const* row = find(rows, "");
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->stance, Stance::refutes);
    EXPECT_EQ(row->overridden, Stance::supports);
    EXPECT_EQ(row->decided_by, "jm");
    EXPECT_FALSE(row->confidence);
    auto const summary = summing.finish();
    EXPECT_EQ(summary.consensus.front().refutes, 1u);
    EXPECT_EQ(summary.consensus.front().supports, 0u);
    EXPECT_EQ(summary.consensus.front().n_overridden, 1u);
}

TEST(Overrides, ConcernTheirOwnQuestionOnly) {
    auto const asked = registry();
    Summing summing(asked);
    std::vector const decided{decision(Stance::refutes, Stance::silent, "late")};
    auto const rows =
        summing.add(article("a"), {"a", {item("a", Direction::supports, "It harms.")}, {}, {}, {}, {}}, decided);
    EXPECT_EQ(find(rows, "")->stance, Stance::supports);
    EXPECT_FALSE(find(rows, "")->overridden);
    EXPECT_EQ(find(rows, "late")->stance, Stance::refutes);
    auto const summary = summing.finish();
    EXPECT_EQ(summary.consensus[0].n_overridden, 0u);
    EXPECT_EQ(summary.consensus[1].n_overridden, 1u);
}

TEST(Overrides, SpeakForAnArticleInWhichTheEngineFoundNothing) {
    auto const asked = registry();
    Summing summing(asked);
    std::vector const decided{decision(Stance::supports, Stance::silent)};
    auto const rows = summing.add(article("a"), {"a", {}, {}, {}, {}, {}}, decided);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.front().stance, Stance::supports);
    EXPECT_EQ(summing.finish().consensus.front().supports, 1u);
}

TEST(Overrides, ToSilenceAreStoredAndCountAsSilent) {
    auto const asked = registry();
    Summing summing(asked);
    std::vector const decided{decision(Stance::silent, Stance::supports)};
    auto const rows =
        summing.add(article("a"), {"a", {item("a", Direction::supports, "It harms.")}, {}, {}, {}, {}}, decided);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.front().stance, Stance::silent);
    auto const summary = summing.finish();
    EXPECT_EQ(summary.consensus.front().silent, 1u);
    EXPECT_EQ(summary.consensus.front().n_clusters, 1u);
    EXPECT_EQ(summary.consensus.front().not_assessable, 0u);
}

TEST(Overrides, OfACutOffArticleToSilenceMakeItAssessed) {
    auto const asked = registry();
    Summing summing(asked);
    auto cut_off = article("a");
    cut_off.truncated = true;
    std::vector const decided{decision(Stance::silent, Stance::not_assessable)};
    auto const rows = summing.add(cut_off, {"a", {}, {}, {}, {}, {}}, decided);
    ASSERT_EQ(rows.size(), 1u);
    auto const summary = summing.finish();
    EXPECT_EQ(summary.consensus.front().silent, 1u);
    EXPECT_EQ(summary.consensus.front().not_assessable, 0u);
}

// A person who decides what an article says as a whole names no condition: none explains why it is against the others.
TEST(Overrides, AgainstOtherSourcesAreADisagreementThatNoConditionExplains) {
    for (auto const by_engine : {Stance::silent, Stance::refutes}) {
        auto const asked = registry();
        Summing summing(asked);
        for (auto const* id : {"a", "b"})
            summing.add(article(id), {id, {item(id, Direction::refutes, "It does not.")}, {}, {}, {}, {}});
        ArticleEvidence found{"c", {}, {}, {}, {}, {}};
        if (by_engine == Stance::refutes) found.items.push_back(item("c", Direction::refutes, "Not at all."));
        summing.add(article("c"), found, std::vector{decision(Stance::supports, by_engine)});
        auto const row = summing.finish().consensus.front();
        EXPECT_EQ(row.supports, 1u);
        EXPECT_EQ(row.refutes, 2u);
        EXPECT_EQ(row.disagreement, "unexplained") << name_of(by_engine);
    }
}

TEST(Overrides, UnderAConditionCountUnderItAlone) {
    auto const asked = registry();
    Summing summing(asked);
    summing.add(article("a"), {"a", {item("a", Direction::refutes, "It does not.")}, {}, {}, {}, {}});
    summing.add(article("b"), {"b", {item("b", Direction::supports, "Late it does.", "late")}, {}, {}, {}, {}},
                std::vector{decision(Stance::mixed, Stance::supports, "late")});
    auto const summary = summing.finish();
    EXPECT_EQ(summary.consensus[0].supports, 1u);
    EXPECT_EQ(summary.consensus[0].disagreement, "unexplained") << "one source is mixed under this condition";
    EXPECT_EQ(summary.consensus[1].mixed, 1u);
}

TEST(Overrides, CountTheQuoteThatThePersonPointsAtOnce) {
    std::vector decided{decision(Stance::supports, Stance::silent)};
    decided.front().quotes = {item("a", Direction::supports, "It harms."), item("a", Direction::supports, "It hurts.")};
    std::vector<EvidenceItem> const items{item("a", Direction::supports, "It harms.")};
    std::vector<ArticleStance> rows(1);
    rows.front().claim_id = "sleep";
    rows.front().n_supporting = 1;
    apply_overrides(decided, items, rows);
    EXPECT_EQ(rows.front().n_supporting, 2u);
}

TEST(Overrides, MakeTheirQuotesEvidence) {
    std::vector decided{decision(Stance::refutes, Stance::supports)};
    decided.front().quotes = {item("a", Direction::refutes, "It does not."),
                              item("a", Direction::supports, "It harms.")};
    for (auto& quote : decided.front().quotes)
        quote.decided_by = "jm", quote.rule = "pointed at by jm";
    ArticleEvidence evidence{"a", {item("a", Direction::supports, "It harms.")}, {}, {}, {}, {}};
    evidence.items.front().rule = "cue 'harms'";
    add_quotes(decided, evidence);
    ASSERT_EQ(evidence.items.size(), 2u) << "the same words on the same side stay one item";
    EXPECT_EQ(evidence.items[0].decided_by, "jm");
    EXPECT_EQ(evidence.items[0].rule, "cue 'harms'; pointed at by jm");
    EXPECT_EQ(evidence.items[1].quote, "It does not.");
}

TEST(Overrides, LeaveAContradictionOnlyWhereThePersonSaysMixed) {
    for (auto const stance : {Stance::mixed, Stance::supports}) {
        std::vector const decided{decision(stance, Stance::mixed)};
        std::vector<ArticleStance> rows(1);
        rows.front().claim_id = "sleep";
        rows.front().internally_contradictory = true;
        apply_overrides(decided, {}, rows);
        EXPECT_EQ(rows.front().internally_contradictory, stance == Stance::mixed);
    }
}

}  // namespace
