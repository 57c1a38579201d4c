#include "dossier/evidence/article_reading.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "dossier/evidence/lexicon.hpp"

namespace {

using dossier::Article;
using dossier::ArticleVerdict;
using dossier::Stance;
using dossier::StatementOutline;

Article article_of(std::initializer_list<std::string> sentences) {
    Article article;
    for (auto const& text : sentences) {
        dossier::Sentence sentence;
        sentence.text = text;
        article.sentences.push_back(sentence);
    }
    return article;
}

ArticleVerdict judge(std::string const& statement, std::initializer_list<std::string> sentences) {
    return dossier::judge_article(statement, article_of(sentences), dossier::built_in_lexicon());
}

constexpr char const* statement = "A fox rode the night ferry from Harwich to Holland";

TEST(ArticleReading, IsSilentWhereTheArticleIsAboutSomethingElse) {
    auto const verdict =
        judge(statement, {"The council has voted for two new bus lanes.", "Shopkeepers are not pleased."});
    EXPECT_EQ(verdict.stance, Stance::silent);
    EXPECT_FALSE(verdict.sentence);
}

TEST(ArticleReading, SupportsWhatAnArticleTellsAsItIs) {
    auto const verdict =
        judge(statement, {"Passengers were surprised.", "A fox has ridden the night ferry from Harwich to Holland.",
                          "It slept on a coil of rope."});
    EXPECT_EQ(verdict.stance, Stance::supports);
    EXPECT_EQ(verdict.sentence, 1u) << "the nearest sentence is the quote";
    EXPECT_GT(verdict.relevance, 0.5);
}

TEST(ArticleReading, IsNeutralWhereAStoryIsOnlyPassedOn) {
    for (auto const* lead :
         {"A fox reportedly rode the night ferry from Harwich to Holland.",
          "A fox rode the night ferry from Harwich to Holland, according to a source close to the crew.",
          "The newspaper reported that a fox rode the night ferry from Harwich to Holland."})
        EXPECT_EQ(judge(statement, {lead, "It slept on a coil of rope."}).stance, Stance::neutral) << lead;
}

TEST(ArticleReading, RefutesAStoryThatIsSaidToBeMadeUp) {
    auto const verdict =
        judge(statement, {"Everybody has heard of the fox that rode the night ferry from Harwich to Holland.",
                          "The picture was a hoax."});
    EXPECT_EQ(verdict.stance, Stance::refutes);
    EXPECT_EQ(verdict.sentence, 1u) << "the rebuttal is the quote";
    EXPECT_NE(verdict.reason.find("hoax"), std::string::npos) << verdict.reason;
}

TEST(ArticleReading, ADeniedHoaxIsNoHoax) {
    EXPECT_EQ(judge(statement, {"A fox rode the night ferry from Harwich to Holland.", "This is not a hoax."}).stance,
              Stance::supports);
}

TEST(ArticleReading, ADenialByThoseConcernedLeavesAStoryOpen) {
    EXPECT_EQ(
        judge(statement, {"A fox rode the night ferry from Harwich to Holland, it said.", "The captain denied it."})
            .stance,
        Stance::neutral);
}

TEST(ArticleReading, ASentenceThatDeniesTheStatementRefutesIt) {
    EXPECT_EQ(judge(statement, {"A fox did not ride the night ferry from Harwich to Holland."}).stance,
              Stance::refutes);
}

TEST(ArticleReading, AStatementThatDeniesIsSupportedByWhoDenies) {
    constexpr char const* denial = "No fox rode the night ferry from Harwich to Holland";
    EXPECT_EQ(judge(denial, {"A fox rode the night ferry from Harwich to Holland.", "It slept."}).stance,
              Stance::refutes);
    EXPECT_EQ(judge(denial, {"A fox on the night ferry from Harwich to Holland?", "The picture was a hoax."}).stance,
              Stance::supports);
}

TEST(ArticleReading, NoArticleTakesASideOnAStatementThatCommitsToNothing) {
    for (auto const* text :
         {"Fox reportedly rode the night ferry from Harwich to Holland",
          "Report: fox rode the night ferry from Harwich to Holland",
          "Fox rode the night ferry from Harwich to Holland, sailor says",
          "Fox 'rode the night ferry' from Harwich to Holland", "Fox on the night ferry to Holland?"}) {
        EXPECT_TRUE(StatementOutline(text, dossier::built_in_lexicon()).keeps_distance) << text;
        EXPECT_EQ(judge(text, {"A fox rode the night ferry from Harwich to Holland."}).stance, Stance::neutral) << text;
    }
}

TEST(ArticleReading, AQuestionThatIsPutAsOneIsReadAsItsStatement) {
    StatementOutline const outline("Does coffee cause insomnia?", dossier::built_in_lexicon());
    EXPECT_FALSE(outline.keeps_distance);
}

TEST(ArticleReading, WhatAStudyFindsIsNoHearsay) {
    EXPECT_FALSE(
        StatementOutline("Study finds that coffee causes insomnia", dossier::built_in_lexicon()).keeps_distance);
}

TEST(ArticleReading, NumbersAreTheSameInLettersAndDigits) {
    EXPECT_EQ(StatementOutline("Three ferries collided", dossier::built_in_lexicon()).words,
              StatementOutline("3 ferries collided", dossier::built_in_lexicon()).words);
}

TEST(ArticleReading, AStatementOfOneWordSaysTooLittle) {
    StatementOutline const outline("Ferries", dossier::built_in_lexicon());
    EXPECT_TRUE(outline.says_too_little());
    EXPECT_EQ(judge("Ferries", {"Ferries are late."}).stance, Stance::silent);
}

TEST(ArticleReading, AnEmptyArticleAndAnEmptyStatementAreSilent) {
    EXPECT_EQ(judge(statement, {}).stance, Stance::silent);
    EXPECT_EQ(judge("", {"Ferries are late."}).stance, Stance::silent);
}

TEST(ArticleReading, BoilerplateIsNotRead) {
    Article article = article_of({"A fox rode the night ferry from Harwich to Holland."});
    article.sentences[0].role = dossier::SentenceRole::boilerplate;
    EXPECT_EQ(dossier::judge_article(statement, article, dossier::built_in_lexicon()).stance, Stance::silent);
}

TEST(ArticleReading, WhatMayNotBeQuotedIsNeverTheQuote) {
    Article article = article_of({"Fox rides night ferry from Harwich to Holland", "It was on the ferry to Holland."});
    article.sentences[0].role = dossier::SentenceRole::heading;
    auto const verdict = dossier::judge_article(statement, article, dossier::built_in_lexicon());
    EXPECT_EQ(verdict.stance, Stance::supports);
    EXPECT_EQ(verdict.sentence, 1u);
}

TEST(ArticleReading, AnArticleOfWhichNothingMayBeQuotedIsSilent) {
    Article article = article_of({"A fox rode the night ferry from Harwich to Holland"});
    article.sentences[0].role = dossier::SentenceRole::title;
    EXPECT_EQ(dossier::judge_article(statement, article, dossier::built_in_lexicon()).stance, Stance::silent);
}

TEST(ArticleReading, ARebuttalThatMayNotBeQuotedStillCounts) {
    Article article = article_of({"The ferry fox was a hoax", "A fox rode the night ferry from Harwich to Holland."});
    article.sentences[0].role = dossier::SentenceRole::heading;
    auto const verdict = dossier::judge_article(statement, article, dossier::built_in_lexicon());
    EXPECT_EQ(verdict.stance, Stance::refutes);
    EXPECT_EQ(verdict.sentence, 1u);
}

}  // namespace
