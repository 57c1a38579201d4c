#include "dossier/findings/clusters.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "findings_fixture.hpp"

namespace {

using dossier::cluster_articles;
using dossier::SentenceRole;
using dossier::SourceLinkKind;
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
    copy.sketch = dossier::sketch_of(copy.sentences);
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

TEST(Clusters, AProposedStudyGroupsByAnIdentifierOnly) {
    auto const n_sources = [](char const* study) {
        return cluster_articles(std::vector{resting_on("a", study, true), resting_on("b", study, true)}).size();
    };
    for (auto const* study : {"10.1000/x", "PMID: 1234567", "PMC1234567", "NCT01234567"})
        EXPECT_EQ(n_sources(study), 1u) << study;
    for (auto const* study : {"researchers at Yale", "Smith et al. 2019", "2019", "10.1000/x; 10.1000/y", "nct1"})
        EXPECT_EQ(n_sources(study), 2u) << study;
}

TEST(Clusters, GrowThroughSharedMembersWithEveryReason) {
    auto bridge = resting_on("b", "PMID: 123");
    bridge.sketch = article("c").sketch;
    auto const clusters =
        cluster_articles(std::vector{resting_on("a", "pmid:123"), bridge, article("c"), article("d")});
    ASSERT_EQ(clusters.size(), 2u);
    EXPECT_EQ(clusters[0].article_ids, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(clusters[0].reason, "same text; rest on the same study: pmid:123");
}

TEST(Clusters, ArticlesWithoutMainTextAreNotCopiesOfEachOther) {
    auto first = article("a"), second = article("b");
    first.sketch = second.sketch = dossier::sketch_of({});
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

TEST(Clusters, AStudyAndArticlesThatRestOnItAreOneSource) {
    auto study = article("study");
    study.citation.doi = "10.1000/xyz";
    study.citation.pmid = "1234567";
    auto const clusters = cluster_articles(
        std::vector{resting_on("a", "10.1000/xyz", true), study, resting_on("z", "pmid:1234567"), article("other")});
    ASSERT_EQ(clusters.size(), 2u);
    EXPECT_EQ(clusters[0].article_ids, (std::vector<std::string>{"a", "study", "z"}));
    EXPECT_EQ(
        clusters[0].reason,
        "one is the study that another rests on: 10.1000/xyz; one is the study that another rests on: pmid:1234567");
    ASSERT_EQ(clusters[0].links.size(), 2u);
    EXPECT_EQ(clusters[0].links[0].kind, SourceLinkKind::reports_study);
}

TEST(Clusters, AnArticleDoesNotRestOnItself) {
    auto first = resting_on("a", "10.1000/supplement", true), second = resting_on("b", "10.1000/supplement", true);
    first.citation.doi = second.citation.doi = "10.1000/supplement";  // two abstracts of one supplement
    first.title.value = "Tea drinking in older women", second.title.value = "Coffee and sleep in shift workers";
    EXPECT_EQ(cluster_articles(std::vector{first, second}).size(), 2u);
    EXPECT_EQ(cluster_articles(std::vector{first, resting_on("c", "10.1000/supplement", true)}).size(), 1u);
}

TEST(Clusters, WhatAnArticleRefersToIsNotWhatItRestsOn) {
    auto review = article("review"), study = article("study");
    review.citation.references = {"doi:10.1000/xyz"};
    study.citation.doi = "10.1000/xyz";
    EXPECT_EQ(cluster_articles(std::vector{review, study}).size(), 2u);
}

TEST(Clusters, APersonSaysThatAnArticleIsIndependent) {
    auto const independent = [](dossier::Article article) {
        article.independent = true;
        return article;
    };
    auto const declared = resting_on("a", "10.1000/x"), proposed = resting_on("b", "10.1000/x", true);
    EXPECT_EQ(cluster_articles(std::vector{declared, independent(proposed)}).size(), 2u);
    EXPECT_EQ(cluster_articles(std::vector{independent(declared), proposed}).size(), 2u);
    EXPECT_EQ(cluster_articles(std::vector{declared, independent(resting_on("b", "10.1000/x"))}).size(), 1u)
        << "declared beats independent";
    auto copy = declared;
    copy.id = "c";
    copy.rests_on = {};
    EXPECT_EQ(cluster_articles(std::vector{declared, independent(copy)}).size(), 1u) << "same text";
}

TEST(Clusters, DuplicateRecordsAreOneSource) {
    auto record = article("a"), twin = article("b");
    record.title.value = twin.title.value = "Copper and zinc in children with asthma";
    record.citation.journal = "J Trop Pediatr", twin.citation.journal = "Journal of Tropical Pediatrics";
    record.citation.year = twin.citation.year = "2013";
    record.citation.authors = {"Saad, A. A."}, twin.citation.authors = {"Saad AA"};
    auto const clusters = cluster_articles(std::vector{record, twin});
    ASSERT_EQ(clusters.size(), 1u);
    EXPECT_EQ(clusters[0].reason, "same bibliographic record");
    EXPECT_EQ(clusters[0].links.at(0).detail, "title, first author, year, journal");
    twin.independent = true;
    EXPECT_EQ(cluster_articles(std::vector{record, twin}).size(), 2u);
}

TEST(SameStudy, IsRecognisedHoweverItIsWritten) {
    for (auto const* spelling : {"10.1000/XYZ", "doi:10.1000/xyz", "DOI: 10.1000/xyz", "https://doi.org/10.1000/xyz",
                                 "http://dx.doi.org/10.1000/xyz", " 10.1000/xyz. "})
        EXPECT_EQ(dossier::same_study_key(spelling), "10.1000/xyz") << spelling;
    for (auto const* spelling : {"PMCID: PMC123", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/", "pmc123"})
        EXPECT_EQ(dossier::same_study_key(spelling), "pmc123") << spelling;
    EXPECT_EQ(dossier::same_study_key("https://clinicaltrials.gov/ct2/show/NCT01234567"), "nct01234567");
    for (auto const* spelling : {"PMID: 123", "pmid 123", "https://pubmed.ncbi.nlm.nih.gov/123/", "123"})
        EXPECT_EQ(dossier::same_study_key(spelling), "123") << spelling;
    EXPECT_EQ(dossier::same_study_key("  "), "");
}

}  // namespace
