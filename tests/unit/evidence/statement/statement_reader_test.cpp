// Claims of which nothing but the statement is known, read by the whole engine.
#include "dossier/evidence/statement/statement_reader.hpp"

#include <gtest/gtest.h>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"

namespace {

using namespace dossier;

ClaimRegistry registry(std::string statement) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "claim";
    claim.statement = std::move(statement);
    registry.claims.push_back(claim);
    return registry;
}

ArticleEvidence analyse(std::string statement, std::vector<std::string> const& sentences) {
    Article article;
    article.id = "article";
    for (auto const& text : sentences) {
        Sentence sentence;
        sentence.text = text;
        sentence.role = text.ends_with('?') ? SentenceRole::question : SentenceRole::statement;
        article.sentences.push_back(sentence);
    }
    return Engine(registry(std::move(statement)), built_in_lexicon()).analyse(article, true);
}

std::string direction(std::string statement, std::string sentence) {
    auto const evidence = analyse(std::move(statement), {std::move(sentence)});
    return evidence.items.empty() ? "-" : name_of(evidence.items[0].direction);
}

struct Case {
    char const *statement, *sentence, *expected;
};

void expect(std::vector<Case> const& cases) {
    for (auto const& c : cases)
        EXPECT_EQ(direction(c.statement, c.sentence), c.expected) << c.statement << " | " << c.sentence;
}

TEST(StatementReader, TakesSides) {
    expect({{"Coffee causes insomnia.", "Coffee causes insomnia in some people.", "supports"},
            {"Coffee causes insomnia.", "Coffee does not cause insomnia.", "refutes"},
            {"Ketamine is addictive.", "Ketamine is a highly addictive drug.", "supports"},
            {"Ketamine is addictive.", "Ketamine is not addictive.", "refutes"},
            {"Ketamine is addictive.", "It is a myth that ketamine is addictive.", "refutes"},
            {"Screens do not harm eyesight.", "Screens do not harm eyesight at all.", "supports"},
            {"Screens do not harm eyesight.", "Screens harm eyesight.", "refutes"},
            {"E-bikes are dangerous.", "E-bikes are safe.", "refutes"},
            {"Is coffee dangerous?", "Coffee is dangerous.", "supports"}});
}

TEST(StatementReader, PassesByWhatSaysTooLittleOfTheStatement) {
    expect({{"Coffee causes insomnia.", "Coffee grows in Brazil.", "-"},
            {"Coffee causes insomnia.", "Noise causes insomnia.", "-"},
            {"Ketamine is addictive.", "Cocaine is addictive.", "-"},
            {"Ketamine is addictive.", "Ketamine was first made in 1962.", "-"}});
}

TEST(StatementReader, TakesNoSideWithWhatIsAskedSupposedOrAdvised) {
    expect({{"Coffee causes insomnia.", "It is unclear whether coffee causes insomnia.", "neutral"},
            {"Coffee causes insomnia.", "If coffee causes insomnia, drink tea.", "neutral"},
            {"Coffee causes insomnia.", "Does coffee cause insomnia?", "-"}});
}

TEST(StatementReader, SaysWhoDecidedHowSurelyAndWhy) {
    auto const evidence =
        analyse("Coffee causes insomnia.", {"Coffee does not cause insomnia.", "Does coffee cause insomnia?"});
    ASSERT_EQ(evidence.items.size(), 1u);
    auto const& item = evidence.items[0];
    EXPECT_EQ(item.decided_by, "engine:statement-model");
    ASSERT_TRUE(item.confidence);
    EXPECT_GE(*item.confidence, 0.5);
    EXPECT_LE(*item.confidence, 1.0);
    EXPECT_TRUE(item.rule.starts_with("the sentence names the subject and the outcome 'insomnia'")) << item.rule;
    ASSERT_EQ(evidence.decisions.size(), 2u);
    EXPECT_TRUE(evidence.decisions[0].counted);
    EXPECT_FALSE(evidence.decisions[0].contributions.empty());
    EXPECT_FALSE(evidence.decisions[1].counted);
    EXPECT_EQ(evidence.decisions[1].reason, "a question is never evidence");
}

TEST(StatementReader, LeavesClaimsWithCuesToTheirCues) {
    auto cued = registry("Coffee causes insomnia.");
    cued.claims[0].supports.push_back({"insomnia", {}});
    EXPECT_TRUE(StatementClaims(cued, built_in_lexicon()).empty());
}

}  // namespace
