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

void apply(std::vector<DeclaredSource> const& declared, std::vector<Article>& articles, Diagnostics& diagnostics) {
    dossier::DeclaredSources sources(declared, diagnostics);
    for (auto& article : articles) {
        if (article.origin.file.empty()) article.origin.file = article.path;
        sources.apply_to(article);
    }
    sources.report_unused(diagnostics);
}

TEST(ApplyDeclared, DeclaredValuesWinAndOthersStay) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "./texts/tea.txt";
    source.title = "Declared title";
    source.funding = "none";
    Diagnostics diagnostics;
    apply(std::vector{source}, articles, diagnostics);
    EXPECT_EQ(articles[0].title.value, "Declared title");
    EXPECT_EQ(articles[0].title.origin, "sources.toml");
    EXPECT_FALSE(articles[0].title.proposed);
    EXPECT_EQ(articles[0].author.value, "Read author");
    EXPECT_EQ(articles[0].funding.value, "none");
    EXPECT_EQ(articles[1].title.value, "");
    EXPECT_TRUE(diagnostics.empty());
}

TEST(ApplyDeclared, APersonAppraisesAndWeighsAnArticle) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "texts/tea.txt";
    source.risk_of_bias = "high";
    source.weight = 0.0;
    Diagnostics diagnostics;
    apply(std::vector{source}, articles, diagnostics);
    EXPECT_EQ(articles[0].risk_of_bias.value, "high");
    EXPECT_EQ(articles[0].risk_of_bias.origin, "sources.toml");
    EXPECT_FALSE(articles[0].risk_of_bias.proposed);
    EXPECT_EQ(articles[0].weight, 0.0);
    EXPECT_EQ(articles[1].risk_of_bias.value, "");
    EXPECT_EQ(articles[1].weight, 1.0);
}

TEST(ApplyDeclared, APersonSaysThatAnArticleIsIndependent) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "texts/tea.txt";
    source.independent = true;
    Diagnostics diagnostics;
    apply(std::vector{source}, articles, diagnostics);
    EXPECT_TRUE(articles[0].independent);
    EXPECT_FALSE(articles[1].independent);
}

TEST(ApplyDeclared, NamesAPathThatNoArticleHasAndTheNearestOne) {
    auto articles = two_articles();
    DeclaredSource source;
    source.path = "texts/tee.txt";
    source.place = {"sources.toml", 3, 8, 15};
    Diagnostics diagnostics;
    apply(std::vector{source}, articles, diagnostics);
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
    apply(std::vector{first, second}, articles, diagnostics);
    EXPECT_EQ(articles[1].title.value, "Two");
    EXPECT_EQ(articles[1].author.value, "Ada");
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0321");
}

TEST(ApplyDeclared, AFileThatHoldsManyArticlesSpeaksForAllAndTheOneForItself) {
    std::vector<Article> articles(3);
    for (std::size_t i = 0; i < 2; ++i) {
        articles[i].path = "refs.zip!/a.ris#" + std::to_string(i + 1);
        articles[i].origin = {"refs.zip", "a.ris", i + 1, {}};
    }
    articles[2].path = "refs.zip!/b.txt";
    articles[2].origin = {"refs.zip", "b.txt", 0, {}};
    std::vector<DeclaredSource> declared(3);
    declared[0].path = "refs.zip!/a.ris#2";
    declared[0].publisher = "The record's";
    declared[1].path = "refs.zip!/a.ris";
    declared[1].publisher = "The export's";
    declared[2].path = "refs.zip";
    declared[2].publisher = "The archive's";
    declared[2].funding = "none";
    Diagnostics diagnostics;
    apply(declared, articles, diagnostics);
    EXPECT_EQ(articles[0].publisher.value, "The export's");
    EXPECT_EQ(articles[1].publisher.value, "The record's");
    EXPECT_EQ(articles[2].publisher.value, "The archive's");
    EXPECT_EQ(articles[1].funding.value, "none");
    EXPECT_TRUE(diagnostics.empty());
}

}  // namespace
