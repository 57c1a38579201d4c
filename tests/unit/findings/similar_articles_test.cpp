// Which texts are one source: cases for and against, with texts of which the test knows how much they share.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "dossier/findings/clusters.hpp"
#include "dossier/findings/similar_texts.hpp"
#include "dossier/model/text_sketch.hpp"
#include "support/made_text.hpp"

namespace {

using dossier::Article;
using dossier::cluster_articles;
using dossier::Sentence;
using dossier::test::made_words;
using dossier::test::sentences_of;
using dossier::test::Words;
using dossier::test::operator+;

Article article(std::string id, Words const& words) {
    Article result;
    result.id = std::move(id);
    result.sketch = dossier::sketch_of(sentences_of(words));
    return result;
}

Article article(std::string id, std::string text) {
    Article result;
    result.id = std::move(id);
    Sentence sentence;
    sentence.text = std::move(text);
    result.sketch = dossier::sketch_of(std::vector{sentence});
    return result;
}

Words part(Words const& words, std::size_t begin, std::size_t end) {
    return {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// Every `n`th word replaced by another.
Words reworded(Words words, std::size_t n) {
    auto const others = made_words(999, words.size());
    for (std::size_t i = 0; i < words.size(); i += n)
        words[i] = others[i];
    return words;
}

Words reversed(Words words) {
    std::reverse(words.begin(), words.end());
    return words;
}

Words shouted(Words words) {
    for (auto& word : words)
        for (auto& c : word)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return words;
}

/// Two articles of `n` words each that share `share` of them.
std::pair<Words, Words> sharing(double share, std::size_t n = 500) {
    auto const common = made_words(1, static_cast<std::size_t>(share * static_cast<double>(n)));
    return {common + made_words(2, n - common.size()), common + made_words(3, n - common.size())};
}

struct Case {
    char const* name;
    Article a, b;
    bool one_source;
};

Case pair(char const* name, Words const& a, Words const& b, bool one_source) {
    return {name, article("a", a), article("b", b), one_source};
}

Case from_releases(char const* name, double share, std::string first, std::string second, bool one_source) {
    auto const [a, b] = sharing(share);
    auto result = pair(name, a, b, one_source);
    result.a.press_release.value = std::move(first);
    result.b.press_release.value = std::move(second);
    return result;
}

Case marked(Case result, std::function<void(Article&, Article&)> const& mark) {
    mark(result.a, result.b);
    return result;
}

std::vector<Case> cases() {
    auto const text = made_words(1, 500), other = made_words(2, 500), footer = made_words(4, 80),
               quote = made_words(5, 40);
    auto const address = "https://news.example.org/releases/copper";
    std::string const stub = "No abstract is available.";
    std::string const brief =
        "The agency said on Monday that it will review the licence of the drug by the end of May.";
    std::string const brief_too =
        "The agency said on Friday that it will review the licence of the drug by the end of May.";
    auto const make_independent = [](Article& a, Article&) { a.independent = true; };
    auto const make_unreadable = [](Article& a, Article& b) {
        a.status = b.status = dossier::ArticleStatus::not_assessable;
    };
    return {
        pair("the same text", text, text, true),
        pair("the same text in capitals", text, shouted(text), true),
        pair("another first sentence", text, made_words(9, 12) + part(text, 12, 500), true),
        pair("a paragraph left out", text, part(text, 0, 200) + part(text, 300, 500), true),
        pair("one word in 25 changed", text, reworded(text, 25), true),
        pair("a footer of its site added", text, text + footer, true),
        pair("a fifth of comment added", text, text + made_words(6, 125), true),
        pair("paragraphs in another order", text, part(text, 250, 500) + part(text, 0, 250), true),
        pair("an update that replaces a quarter", text, part(text, 0, 375) + part(other, 0, 125), true),
        pair("the first half", text, part(text, 0, 250), true),
        pair("a third from the middle", text, part(text, 150, 350), true),
        {"a brief item, word by word", article("a", brief), article("b", brief), true},
        pair("near-copies of a page of 20,000 words", made_words(8, 20000), reworded(made_words(8, 20000), 50), true),
        from_releases("60 % shared, one release", 0.6, "EurekAlert", "Eurekalert", true),
        from_releases("45 % shared, one release", 0.45, "EurekAlert", "EurekAlert", true),
        from_releases("nothing shared, one release by its address", 0.0, address, std::string(address) + "/", true),
        from_releases("nothing shared, one release by its number", 0.0, "EurekAlert 1023456", "EurekAlert: 1023456",
                      true),
        marked(pair("the release itself, rewritten", text, other, true),
               [&](Article& a, Article& b) { a.url.value = b.press_release.value = address; }),
        marked(pair("a person calls a copy independent", text, text, true), make_independent),

        pair("unrelated texts", text, other, false),
        pair("the same words in another order", text, reversed(text), false),
        pair("the about box of one site", text + footer, other + footer, false),
        pair("a quotation that both give", part(text, 0, 250) + quote, part(other, 0, 250) + quote, false),
        pair("a quotation in two short items", part(text, 0, 60) + quote, part(other, 0, 60) + quote, false),
        pair("a template that fills a third", footer + part(text, 0, 160), footer + part(other, 0, 160), false),
        pair("half of it replaced", text, part(text, 0, 250) + part(other, 0, 250), false),
        pair("a long text that quotes a short one in full", text + made_words(7, 5000), text, false),
        pair("one word in five changed", text, reworded(text, 5), false),
        from_releases("60 % shared, no release stated", 0.6, "", "", false),
        from_releases("60 % shared, two releases", 0.6, "EurekAlert", "PR Newswire", false),
        from_releases("a quotation of one agency", 0.08, "Reuters", "Reuters", false),
        from_releases("nothing shared, one agency", 0.0, "Reuters", "Reuters", false),
        {"brief items that differ in a word", article("a", brief), article("b", brief_too), false},
        {"stubs", article("a", stub), article("b", stub), false},
        {"empty texts", article("a", ""), article("b", ""), false},
        marked(pair("the same wall before two articles", text, text, false), make_unreadable),
        marked(pair("a person calls a near-copy independent", text, reworded(text, 25), false), make_independent),
        marked(from_releases("a person calls a rewrite independent", 0.6, "EurekAlert", "EurekAlert", false),
               make_independent),
    };
}

TEST(SimilarArticles, AreOneSourceWhereTheyShouldBe) {
    for (auto const& one : cases())
        EXPECT_EQ(cluster_articles(std::vector{one.a, one.b}).size() == 1, one.one_source) << one.name;
}

// Among many other articles candidates come from bands of the sketches, not from comparing every pair.
TEST(SimilarArticles, AreFoundAmongMany) {
    for (auto const& one : cases()) {
        std::vector<Article> articles{one.a, one.b};
        for (std::uint64_t i = 0; i < 100; ++i)
            articles.push_back(article("other" + std::to_string(i), made_words(5000 + i, 120)));
        EXPECT_EQ(cluster_articles(articles).size() == 101, one.one_source) << one.name;
    }
}

TEST(SimilarArticles, SayHowMuchTheyShare) {
    auto const text = made_words(1, 500);
    auto const clusters = cluster_articles(
        std::vector{article("a", text), article("b", reworded(text, 25)), article("c", part(text, 0, 200))});
    ASSERT_EQ(clusters.size(), 1u);
    ASSERT_EQ(clusters[0].links.size(), 2u);
    auto const& near = clusters[0].links[0];
    EXPECT_EQ(near.kind, dossier::SourceLinkKind::near_duplicate);
    EXPECT_NEAR(near.shared_text, 0.67, 0.13);
    auto const& excerpt = clusters[0].links[1];
    EXPECT_EQ(excerpt.kind, dossier::SourceLinkKind::excerpt);
    EXPECT_GE(excerpt.shared_text, 0.8);
    EXPECT_TRUE(clusters[0].reason.starts_with("near-duplicate text (about ")) << clusters[0].reason;
    EXPECT_NE(clusters[0].reason.find("one text is part of another"), std::string::npos) << clusters[0].reason;
}

// Each shares three quarters with the next, the first and the fourth next to nothing.
TEST(SimilarArticles, ChainsDoNotLeadToTextsThatAreUnlike) {
    auto const words = made_words(1, 2400);
    std::vector<Article> chain;
    for (std::size_t i = 0; i < 20; ++i)
        chain.push_back(article(std::string(1, static_cast<char>('a' + i)), part(words, i * 100, i * 100 + 400)));
    auto const clusters = cluster_articles(chain);
    EXPECT_GE(clusters.size(), 4u);
    for (auto const& cluster : clusters)
        EXPECT_LE(cluster.article_ids.back()[0] - cluster.article_ids.front()[0], 5) << cluster.id;
}

TEST(SimilarArticles, ManyNearCopiesAreOneSource) {
    std::vector<Article> copies;
    for (std::uint64_t i = 0; i < 1000; ++i)
        copies.push_back(article("copy" + std::to_string(i), made_words(1, 400) + made_words(i + 10, 30)));
    EXPECT_EQ(cluster_articles(copies).size(), 1u);
}

/// `n` articles of 240 words on sites of 50, which share an about box; one in ten is a near-copy of the one before it.
std::vector<Article> made_corpus(std::size_t n) {
    std::vector<Article> articles;
    for (std::size_t i = 0; i < n; ++i) {
        auto const of = i % 10 == 9 ? i - 1 : i;
        auto made = article("article" + std::to_string(i),
                            made_words(of, 180) + made_words(n + i / 50, 50) + made_words(2 * n + i, 10));
        if (i % 5 == 0) {
            made.title.value = "Effects of treatment number " + std::to_string(i / 10) + " in adults";
            made.citation.journal = "Journal of Trials";
            made.citation.year = "2019";
            made.citation.volume = "12";
        }
        articles.push_back(std::move(made));
    }
    return articles;
}

/// The same, all of one agency, with a paragraph that all of them have: every article shares a bucket with every other.
std::vector<Article> made_agency(std::size_t n) {
    auto const common = made_words(1, 40);
    std::vector<Article> articles;
    for (std::size_t i = 0; i < n; ++i) {
        articles.push_back(article("article" + std::to_string(i), common + made_words(i + 10, 200)));
        articles.back().press_release.value = "Reuters";
    }
    return articles;
}

/// Comparisons for an article, which on any machine stand for time.
double comparisons_of(char const* name, std::vector<Article> const& corpus, double n_sources) {
    std::size_t n_compared = 0;
    auto const begin = std::clock();
    auto const clusters = cluster_articles(corpus, &n_compared);
    auto const seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    auto const each = static_cast<double>(n_compared) / static_cast<double>(corpus.size());
    std::printf("  %-7s %7zu articles: %7zu sources, %6.1f comparisons an article, %6.2f s of CPU\n", name,
                corpus.size(), clusters.size(), each, seconds);
    EXPECT_NEAR(static_cast<double>(clusters.size()), n_sources, n_sources / 1000);
    return each;
}

// 100,000 articles with DOSSIER_LONG=1.
TEST(SimilarArticles, AreFoundInTimeThatGrowsCloseToLinearly) {
    auto const* const wanted = std::getenv("DOSSIER_LONG");
    bool const is_long = wanted != nullptr && std::string(wanted) == "1";
    double of_sites = 0.0, of_agency = 0.0;
    for (std::size_t const n : {1000u, 10000u, is_long ? 100000u : 20000u}) {
        auto const sites = comparisons_of("sites", made_corpus(n), static_cast<double>(n) * 0.8);
        auto const agency = comparisons_of("agency", made_agency(n), static_cast<double>(n));
        if (of_sites > 0.0) {
            EXPECT_LT(sites, 1.2 * of_sites);
            EXPECT_LT(agency, 1.2 * of_agency);
        }
        of_sites = sites, of_agency = agency;
    }
}

}  // namespace
