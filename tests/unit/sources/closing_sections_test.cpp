// Headings that close an article, and text that comes again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "corpus.hpp"

namespace {

using dossier::ArticleStatus;
using dossier::SentenceRole;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::vector<std::string> texts_of(dossier::Article const& article, SentenceRole role) {
    std::vector<std::string> texts;
    for (auto const& sentence : article.sentences)
        if (sentence.role == role) texts.push_back(sentence.text);
    return texts;
}

std::string const long_paragraph =
    "The nurses drank tea in the evening for two weeks, and they wrote down each morning how long they had slept. "
    "Most of them slept as long as they had before, and two of them slept longer.";

TEST(ClosingSections, AreNoneAboveTheText) {
    auto const article = corpus::read(
        "a.md", "# Notes\n\nCoffee harms the sleep of adults who drink it in the evening. Tea does not.\n");
    EXPECT_EQ(article.status, ArticleStatus::ok) << article.status_reason;
    EXPECT_THAT(texts_of(article, SentenceRole::statement),
                ElementsAre("Coffee harms the sleep of adults who drink it in the evening.", "Tea does not."));
}

TEST(ClosingSections, AreNoneWhereMostOfTheTextFollows) {
    auto const article = corpus::read("a.md",
                                      "# Tea\n\nTea grows on hills.\n\n## Sources\n\nIt comes from two valleys in "
                                      "the north.\n\n" +
                                          long_paragraph + "\n\n" + long_paragraph + " So say all.\n");
    EXPECT_THAT(texts_of(article, SentenceRole::statement), Contains("It comes from two valleys in the north."));
    EXPECT_THAT(texts_of(article, SentenceRole::heading), Contains("Sources"));
}

TEST(ClosingSections, CloseBelowTheText) {
    auto const article = corpus::read(
        "a.md", "# Tea\n\n" + long_paragraph + "\n\n## Sources\n\nThe ministry of tea sent us its figures.\n");
    EXPECT_THAT(texts_of(article, SentenceRole::statement), Not(Contains("The ministry of tea sent us its figures.")));
    EXPECT_THAT(texts_of(article, SentenceRole::boilerplate), Contains("The ministry of tea sent us its figures."));
}

TEST(ClosingSections, OfLiteratureInTheMidstAreNoText) {
    auto const article = corpus::read("a.md",
                                      "# Tea\n\n## References\n\nSmith A. Tea and sleep. Leaf 2020;3:1-9.\n\n## "
                                      "Results\n\n" +
                                          long_paragraph + "\n");
    EXPECT_THAT(texts_of(article, SentenceRole::statement), Not(Contains("Tea and sleep.")));
}

TEST(RepeatedText, KeepsItsFirstCopy) {
    auto const article = corpus::read(
        "a.txt", "Tea and sleep\n\nTea shortens the sleep of nurses.\n\n" + long_paragraph +
                     "\n\nTea shortens the sleep of nurses.\n\nThe nurses drank as much as they had always done.\n");
    auto const statements = texts_of(article, SentenceRole::statement);
    EXPECT_EQ(std::count(statements.begin(), statements.end(), "Tea shortens the sleep of nurses."), 1);
}

TEST(RepeatedText, IsNoHeadingIfItIsLong) {
    std::string const line =
        "tea and coffee and milk and water and what else there was to drink in the house that evening";
    auto const article =
        corpus::read("a.txt", "Tea and sleep\n\n" + line + "\n\n" + long_paragraph + "\n\n" + long_paragraph +
                                  " So say all.\n\n" + line + "\n\n" + long_paragraph + " So they say.\n");
    EXPECT_THAT(texts_of(article, SentenceRole::heading), Not(Contains(line)));
}

}  // namespace
