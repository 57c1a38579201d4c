#include "dossier/findings/publisher_families.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using dossier::Article;
using dossier::effective_sources;
using dossier::publisher_families;
using dossier::site_of;

Article published(std::string id, std::string publisher, std::string url = {}, std::string journal = {}) {
    Article article;
    article.id = std::move(id);
    article.publisher.value = std::move(publisher);
    article.url.value = std::move(url);
    article.citation.journal = std::move(journal);
    return article;
}

TEST(SiteOf, IsTheDomainThatOneOwnerRegisters) {
    EXPECT_EQ(site_of("https://www.Example.com/a?b"), "example.com");
    EXPECT_EQ(site_of("http://health.news.example.co.uk:8080/x"), "example.co.uk");
    EXPECT_EQ(site_of("https://me.substack.com/p/x"), "me.substack.com");
    EXPECT_EQ(site_of("https://user@example.org./"), "example.org");
    EXPECT_EQ(site_of("http://192.0.2.7/x"), "192.0.2.7");
    EXPECT_EQ(site_of("http://co.uk/"), "co.uk");
    for (auto const* nothing :
         {"", "example.com", "http://localhost/x", "https://doi.org/10.1000/x", "http://.", "://",
          "https://pubmed.ncbi.nlm.nih.gov/123/", "https://web.archive.org/web/2020/http://a.com"})
        EXPECT_EQ(site_of(nothing), "") << nothing;
}

TEST(PublisherFamilies, AreOfOneNameOrSite) {
    std::vector<Article> articles{published("a", "Daily Voice, Inc."),
                                  published("b", "the daily voice", "https://dailyvoice.example.com/1"),
                                  published("c", "", "https://www.example.com/2"),
                                  published("d", "Other House"),
                                  published("e", ""),
                                  published("f", ""),
                                  published("g", "", "", "Journal of Tea"),
                                  published("h", "", "https://doi.org/10.1/x", "journal of tea")};
    for (int round = 0; round < 2; ++round) {
        auto const families = publisher_families(articles);
        ASSERT_EQ(families.size(), 2u);
        EXPECT_EQ(families[0].name, "Daily Voice, Inc.");
        EXPECT_EQ(families[0].article_ids, (std::vector<std::string>{"a", "b", "c"}));
        EXPECT_EQ(families[1].name, "Journal of Tea");
        EXPECT_EQ(families[1].article_ids, (std::vector<std::string>{"g", "h"}));
        std::reverse(articles.begin(), articles.end());
    }
}

TEST(PublisherIndex, JoinsFamiliesThatTurnOutToBeOne) {
    dossier::PublisherIndex index;
    auto const by_name = index.add(published("a", "Daily Voice"));
    auto const by_site = index.add(published("b", "", "https://example.com/1"));
    auto const other = index.add(published("c", "Other House"));
    EXPECT_NE(index.family_of(by_name), index.family_of(by_site));
    auto const both = index.add(published("d", "Daily Voice", "https://example.com/2"));
    EXPECT_EQ(index.family_of(by_name), index.family_of(by_site));
    EXPECT_EQ(index.family_of(by_name), index.family_of(both));
    EXPECT_NE(index.family_of(by_name), index.family_of(other));
}

TEST(PublisherIndex, KnowsNothingOfAnArticleThatNamesNoPublisher) {
    dossier::PublisherIndex index;
    auto const nothing = index.add(published("a", ""));
    EXPECT_EQ(nothing, 0u);
    EXPECT_EQ(index.family_of(nothing), 0u);
}

// statistics.md 4.4: clusters of size m with intra-cluster correlation rho count m / (1 + (m - 1) rho).
TEST(EffectiveSources, LieBetweenOneAndAll) {
    EXPECT_DOUBLE_EQ(effective_sources(4, 0.0), 4.0);
    EXPECT_DOUBLE_EQ(effective_sources(4, 0.5), 1.6);
    EXPECT_DOUBLE_EQ(effective_sources(4, 1.0), 1.0);
    EXPECT_DOUBLE_EQ(effective_sources(1, 0.5), 1.0);
    EXPECT_DOUBLE_EQ(effective_sources(0, 0.5), 0.0);
}

}  // namespace
