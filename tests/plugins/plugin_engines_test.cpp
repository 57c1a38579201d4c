// Engines of a job: their judgements as evidence, and what becomes of the claims of one that fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "dossier/job/plugin_engines.hpp"
#include "fixture_run.hpp"

namespace {

using namespace dossier;

ClaimRegistry two_claims() {
    ClaimRegistry registry;
    registry.claims.resize(2);
    registry.claims[0].id = "sleep", registry.claims[0].statement = "Coffee harms sleep.";
    registry.claims[1].id = "heart", registry.claims[1].statement = "Coffee harms the heart.";
    return registry;
}

/// Boilerplate, a heading, two statements.
Article coffee_article() {
    Article article;
    article.id = "a1";
    auto const add = [&](SentenceRole role, std::string text, std::size_t begin) {
        Sentence sentence;
        sentence.text = std::move(text), sentence.role = role;
        sentence.bytes = {begin, begin + sentence.text.size()};
        sentence.line = article.sentences.size() + 1;
        article.sentences.push_back(std::move(sentence));
    };
    add(SentenceRole::boilerplate, "Subscribe now", 0);
    add(SentenceRole::heading, "Coffee at night", 20);
    add(SentenceRole::statement, "It harms sleep.", 40);
    add(SentenceRole::statement, "Tea does not.", 60);
    return article;
}

ResolvedEngine misbehaves(std::string const& how, std::vector<std::size_t> claims) {
    ResolvedEngine engine;
    engine.component.plugin = &fixture(ComponentKind::engine, "engine-misbehaves");
    engine.component.description.kind = ComponentKind::engine;
    engine.component.description.name = "engine-misbehaves";
    engine.component.options = {{"how", how}};
    engine.claims = std::move(claims);
    return engine;
}

/// What the built-in rules found: something on both claims.
std::vector<ArticleEvidence> built_in_evidence() {
    ArticleEvidence evidence;
    evidence.article_id = "a1";
    evidence.items.resize(2);
    evidence.items[0].claim_id = "sleep", evidence.items[1].claim_id = "heart";
    return {evidence};
}

TEST(PluginEngines, PutTheirJudgementsInPlaceOfTheRules) {
    auto const registry = two_claims();
    PluginEngines engines(registry, {misbehaves("not", {0})}, short_limits());
    std::vector<Article> const articles{coffee_article()};
    auto evidence = built_in_evidence();
    engines.decide(articles, evidence, true);
    ASSERT_EQ(evidence[0].items.size(), 2U);
    auto const& item = evidence[0].items[0];
    EXPECT_EQ(item.claim_id, "sleep");
    EXPECT_EQ(item.quote, "It harms sleep.") << "boilerplate is not shown, and sentences keep their places";
    EXPECT_EQ(item.sentence, 2U);
    EXPECT_EQ(item.bytes.begin, 40U);
    EXPECT_EQ(item.line, 3U);
    EXPECT_EQ(item.direction, Direction::supports);
    EXPECT_DOUBLE_EQ(item.strength, 0.5);
    EXPECT_EQ(item.confidence, 0.75);
    EXPECT_EQ(item.decided_by, "engine:engine-misbehaves");
    EXPECT_EQ(item.rule, "as asked");
    EXPECT_EQ(evidence[0].items[1].claim_id, "heart") << "other claims are left to the rules";
    ASSERT_EQ(evidence[0].decisions.size(), 1U);
    EXPECT_TRUE(evidence[0].decisions[0].counted);
    EXPECT_TRUE(engines.messages().items().empty());
}

TEST(PluginEngines, AreNotAskedAboutWhatIsNotAssessable) {
    auto const registry = two_claims();
    PluginEngines engines(registry, {misbehaves("throws", {0})}, short_limits());
    std::vector<Article> articles{coffee_article()};
    articles[0].status = ArticleStatus::not_assessable;
    std::vector<ArticleEvidence> evidence(1);
    engines.decide(articles, evidence, false);
    EXPECT_TRUE(evidence[0].undecided_claims.empty());
    EXPECT_TRUE(engines.messages().items().empty());
}

TEST(PluginEngines, ThatFailCostTheirOwnClaimsAndSaySoOnce) {
    auto const registry = two_claims();
    PluginEngines engines(registry, {misbehaves("throws", {1})}, short_limits());
    std::vector<Article> const articles{coffee_article()};
    for (int batch = 0; batch < 2; ++batch) {
        auto evidence = built_in_evidence();
        engines.decide(articles, evidence, false);
        EXPECT_THAT(evidence[0].undecided_claims, testing::ElementsAre("heart"));
        ASSERT_EQ(evidence[0].items.size(), 1U);
        EXPECT_EQ(evidence[0].items[0].claim_id, "sleep");
    }
    ASSERT_EQ(engines.messages().items().size(), 1U);
    EXPECT_EQ(engines.messages().items()[0].code, "DOS0522");
    EXPECT_EQ(engines.messages().items()[0].message, "engine `engine-misbehaves` failed: no model file");
    auto notes = engines.messages().items()[0].notes;
    EXPECT_EQ(std::erase_if(notes, is_of_this_machine), 1U) << "where the plugin lies";
    EXPECT_EQ(notes.size(), 1U);
}

TEST(PluginEngines, AreNotShownAnArticleThatNoFrameHolds) {
    auto const registry = two_claims();
    PluginEngines engines(registry, {misbehaves("not", {0})}, short_limits());
    std::vector<Article> articles{coffee_article(), coffee_article()};
    articles[0].id = articles[0].path = "long";
    articles[0].sentences[2].text.assign(std::size_t{17} << 20, 'x');
    std::vector<ArticleEvidence> evidence(2);
    engines.decide(articles, evidence, false);
    EXPECT_THAT(evidence[0].undecided_claims, testing::ElementsAre("sleep"));
    EXPECT_TRUE(evidence[1].undecided_claims.empty()) << "the one beside it is judged as ever";
    EXPECT_EQ(evidence[1].items.size(), 1U);
    ASSERT_EQ(engines.messages().items().size(), 1U);
    EXPECT_EQ(engines.messages().items()[0].code, "DOS0523");
    EXPECT_FALSE(engines.messages().has_errors());
}

TEST(PluginEngines, KeepTheirAccount) {
    auto const registry = two_claims();
    PluginEngines engines(registry, {misbehaves("throws", {1})}, short_limits());
    std::vector<Article> const articles{coffee_article()};
    auto evidence = built_in_evidence();
    engines.decide(articles, evidence, false);
    ASSERT_EQ(engines.accounts().size(), 1U);
    EXPECT_TRUE(engines.accounts()[0].asked);
    EXPECT_EQ(engines.accounts()[0].outcome.failure, WorkerFailure::component);
    EXPECT_EQ(engines.accounts()[0].outcome.sentence, "engine `engine-misbehaves` failed: no model file");
}

}  // namespace
