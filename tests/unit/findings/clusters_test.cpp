#include "dossier/findings/clusters.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "findings_fixture.hpp"

namespace {

using dossier::cluster_articles;
using dossier::cluster_stance;
using dossier::SentenceRole;
using dossier::Stance;
using dossier::test::article;

dossier::Article resting_on(std::string id, std::string study, bool proposed = false) {
    auto result = article(std::move(id));
    result.rests_on = {std::move(study), "sources.toml", proposed};
    return result;
}

TEST(Clusters, ArticlesWithTheSameMainTextAreOneSource) {
    auto copy = article("b");
    copy.sentences = article("a").sentences;
    dossier::Sentence menu;
    menu.text = "Home | About";
    menu.role = SentenceRole::boilerplate;
    copy.sentences.insert(copy.sentences.begin(), menu);  // another site's menu around the same text
    auto const clusters = cluster_articles(std::vector{article("c"), copy, article("a")});
    ASSERT_EQ(clusters.size(), 2u);
    EXPECT_EQ(clusters[0].id, "a");
    EXPECT_EQ(clusters[0].article_ids, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(clusters[0].reason, "same text");
    EXPECT_EQ(clusters[1].article_ids, std::vector<std::string>{"c"});
    EXPECT_EQ(clusters[1].reason, "");
}

TEST(Clusters, ArticlesThatRestOnTheSameStudyAreOneSource) {
    auto const clusters =
        cluster_articles(std::vector{resting_on("a", "https://doi.org/10.1000/XYZ"), resting_on("b", "doi:10.1000/xyz"),
                                     resting_on("c", "10.1000/abc")});
    ASSERT_EQ(clusters.size(), 2u);
    EXPECT_EQ(clusters[0].article_ids, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(clusters[0].reason, "rest on the same study: https://doi.org/10.1000/XYZ");
}

TEST(Clusters, AProposedStudyGroupsNothing) {
    EXPECT_EQ(cluster_articles(std::vector{resting_on("a", "10.1/x", true), resting_on("b", "10.1/x", true)}).size(),
              2u);
}

TEST(Clusters, GrowThroughSharedMembersWithEveryReason) {
    auto bridge = resting_on("b", "PMID: 123");
    bridge.sentences = article("c").sentences;
    auto const clusters =
        cluster_articles(std::vector{resting_on("a", "pmid:123"), bridge, article("c"), article("d")});
    ASSERT_EQ(clusters.size(), 2u);
    EXPECT_EQ(clusters[0].article_ids, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(clusters[0].reason, "same text; rest on the same study: pmid:123");
}

TEST(Clusters, ArticlesWithoutMainTextAreNotCopiesOfEachOther) {
    auto first = article("a"), second = article("b");
    first.sentences.clear(), second.sentences.clear();
    EXPECT_EQ(cluster_articles(std::vector{first, second}).size(), 2u);
}

TEST(Clusters, DoNotDependOnTheOrderOfArticles) {
    std::vector<dossier::Article> articles{resting_on("a", "10.1/x"), article("b"), resting_on("c", "10.1/x"),
                                           resting_on("d", "10.1/x"), article("e")};
    auto const expected = cluster_articles(articles);
    std::reverse(articles.begin(), articles.end());
    auto const reversed = cluster_articles(articles);
    ASSERT_EQ(reversed.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(reversed[i].article_ids, expected[i].article_ids);
        EXPECT_EQ(reversed[i].reason, expected[i].reason);
    }
}

TEST(SameStudy, IsRecognisedHoweverItIsWritten) {
    for (auto const* spelling : {"10.1000/XYZ", "doi:10.1000/xyz", "DOI: 10.1000/xyz", "https://doi.org/10.1000/xyz",
                                 "http://dx.doi.org/10.1000/xyz", " 10.1000/xyz. "})
        EXPECT_EQ(dossier::same_study_key(spelling), "10.1000/xyz") << spelling;
    for (auto const* spelling : {"PMID: 123", "pmid 123", "https://pubmed.ncbi.nlm.nih.gov/123/", "123"})
        EXPECT_EQ(dossier::same_study_key(spelling), "123") << spelling;
    EXPECT_EQ(dossier::same_study_key("  "), "");
}

TEST(ClusterStance, IsOneVote) {
    EXPECT_EQ(cluster_stance(std::vector{Stance::supports, Stance::supports, Stance::silent}), Stance::supports);
    EXPECT_EQ(cluster_stance(std::vector{Stance::refutes, Stance::neutral, Stance::not_assessable}), Stance::refutes);
}

TEST(ClusterStance, IsMixedWhenItsArticlesDisagree) {
    EXPECT_EQ(cluster_stance(std::vector{Stance::supports, Stance::refutes}), Stance::mixed);
    EXPECT_EQ(cluster_stance(std::vector{Stance::supports, Stance::mixed}), Stance::mixed);
}

TEST(ClusterStance, RanksSilentBelowNeutralBelowInformative) {
    EXPECT_EQ(cluster_stance(std::vector{Stance::silent, Stance::neutral}), Stance::neutral);
    EXPECT_EQ(cluster_stance(std::vector{Stance::not_assessable, Stance::silent}), Stance::silent);
    EXPECT_EQ(cluster_stance(std::vector{Stance::not_assessable, Stance::not_assessable}), Stance::not_assessable);
}

}  // namespace
