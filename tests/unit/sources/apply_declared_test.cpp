#include "dossier/sources/apply_declared.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using dossier::Article;
using dossier::DeclaredSource;
using dossier::Diagnostics;

std::vector<Article> two_articles() {
    std::vector<Article> articles(2);
    articles[0].path = "texts/tea.txt";
    articles[0].title = {"Read title", "first lines", true};
    articles[0].author = {"Read author", "byline", true};
    articles[1].path = "texts/coffee.txt";
    return articles;
}

TEST(ApplyDeclared, DeclaredValuesWinAndOthersStay) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "./texts/tea.txt";
    source.title = "Declared title";
    source.funding = "none";
    Diagnostics diagnostics;
    dossier::apply_declared(std::vector{source}, articles, diagnostics);
    EXPECT_EQ(articles[0].title.value, "Declared title");
    EXPECT_EQ(articles[0].title.origin, "sources.toml");
    EXPECT_FALSE(articles[0].title.proposed);
    EXPECT_EQ(articles[0].author.value, "Read author");
    EXPECT_EQ(articles[0].funding.value, "none");
    EXPECT_EQ(articles[1].title.value, "");
    EXPECT_TRUE(diagnostics.empty());
}

TEST(ApplyDeclared, NamesAPathThatNoArticleHasAndTheNearestOne) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "texts/tee.txt";
    source.place = {"sources.toml", 3, 8, 15};
    Diagnostics diagnostics;
    dossier::apply_declared(std::vector{source}, articles, diagnostics);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0320");
    EXPECT_EQ(diagnostics.items()[0].place, source.place);
    ASSERT_EQ(diagnostics.items()[0].notes.size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].notes[0], "did you mean \"texts/tea.txt\"?");
}

TEST(ApplyDeclared, WarnsOfASecondDeclarationAndTakesItsValues) {
    auto articles = two_articles();
    DeclaredSource first, second;
    first.path = second.path = "texts/coffee.txt";
    first.title = "One";
    first.author = "Ada";
    second.title = "Two";
    Diagnostics diagnostics;
    dossier::apply_declared(std::vector{first, second}, articles, diagnostics);
    EXPECT_EQ(articles[1].title.value, "Two");
    EXPECT_EQ(articles[1].author.value, "Ada");
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0321");
}

}  // namespace
