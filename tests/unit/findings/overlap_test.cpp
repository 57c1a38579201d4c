#include "dossier/findings/overlap.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::corrected_covered_area;
using dossier::StudyCitations;
using Names = std::vector<std::string>;

dossier::Article citing(std::string id, Names references) {
    auto article = dossier::test::article(std::move(id));
    article.citation.references = std::move(references);
    return article;
}

/// One quote that supports the claim "addictive".
dossier::ArticleEvidence supporting(std::string const& id) {
    dossier::ArticleEvidence evidence;
    evidence.article_id = id;
    evidence.items = {dossier::test::quote(id, "Quote of " + id, dossier::Direction::supports)};
    return evidence;
}

StudyCitations three_articles() {
    StudyCitations citations;
    citations.add(citing("a", {"doi:10.1/one", "doi:10.1/two", "doi:10.1/three", "doi:10.1/four"}));
    citations.add(citing("b", {"doi:10.1/one", "doi:10.1/two", "doi:10.1/five"}));
    citations.add(citing("c", {"doi:10.1/one", "doi:10.1/five", "pmid:1234567"}));
    return citations;
}

// statistics.md 4.10.
TEST(CorrectedCoveredArea, OfTenCitationsOfSixStudiesInThreeArticles) {
    ASSERT_TRUE(corrected_covered_area(10, 6, 3));
    EXPECT_NEAR(*corrected_covered_area(10, 6, 3), 0.333333, 1e-6);
}

TEST(CorrectedCoveredArea, IsNotDefinedForOneArticleOrNoStudy) {
    EXPECT_FALSE(corrected_covered_area(4, 4, 1));
    EXPECT_FALSE(corrected_covered_area(0, 0, 3));
    EXPECT_FALSE(corrected_covered_area(0, 0, 0));
}

TEST(CorrectedCoveredArea, IsOneWhereAllNameTheSameAndNoneWhereNobodyDoes) {
    EXPECT_EQ(corrected_covered_area(6, 2, 3), 1.0);
    EXPECT_EQ(corrected_covered_area(6, 6, 3), 0.0);
}

TEST(CorrectedCoveredArea, HasABand) {
    EXPECT_EQ(dossier::overlap_band(0.0), "slight");
    EXPECT_EQ(dossier::overlap_band(0.0499), "slight");
    EXPECT_EQ(dossier::overlap_band(0.05), "moderate");
    EXPECT_EQ(dossier::overlap_band(0.10), "high");
    EXPECT_EQ(dossier::overlap_band(0.15), "very high");
    EXPECT_EQ(dossier::overlap_band(1.0), "very high");
}

TEST(StudyOverlap, CountsWhatListsOfReferencesShare) {
    auto const overlap = three_articles().of_all();
    EXPECT_EQ(overlap.claim_id, "");
    EXPECT_EQ(overlap.citations, 10u);
    EXPECT_EQ(overlap.studies, 6u);
    EXPECT_EQ(overlap.articles, 3u);
    ASSERT_TRUE(overlap.covered_area);
    EXPECT_NEAR(*overlap.covered_area, 1.0 / 3.0, 1e-12);
    EXPECT_EQ(overlap.band, "very high");
    EXPECT_EQ(overlap.reason, "");
}

TEST(StudyOverlap, CanBeOfSomeArticlesOnly) {
    std::vector<std::uint32_t> const first_two = {0, 1}, last = {2};
    auto const overlap = three_articles().of(first_two, "addictive");
    EXPECT_EQ(overlap.claim_id, "addictive");
    EXPECT_EQ(overlap.citations, 7u);
    EXPECT_EQ(overlap.studies, 5u);
    EXPECT_NEAR(*overlap.covered_area, 2.0 / 5.0, 1e-12);
    auto const alone = three_articles().of(last, "addictive");
    EXPECT_FALSE(alone.covered_area);
    EXPECT_EQ(alone.band, "");
    EXPECT_EQ(alone.reason,
              "only one article names a study by DOI, PMID, PMC or trial number or has one declared; a study that a "
              "text only "
              "describes does not count");
}

TEST(StudyOverlap, KnowsOneStudyInSeveralSpellings) {
    StudyCitations citations;
    auto article = citing("a", {"doi:10.1/one", "https://doi.org/10.1/ONE"});
    article.rests_on.value = "DOI 10.1/One";
    citations.add(article);
    auto reporter = dossier::test::article("b");
    reporter.rests_on = {"doi:10.1/one", "text", true};
    citations.add(reporter);
    auto const overlap = citations.of_all();
    EXPECT_EQ(overlap.citations, 2u);
    EXPECT_EQ(overlap.studies, 1u);
    EXPECT_EQ(overlap.covered_area, 1.0);
}

TEST(StudyOverlap, TakesNoArticleForAStudyThatItNames) {
    StudyCitations citations;
    auto article = citing("a", {"doi:10.1/self", "pmid:7654321"});
    article.citation.doi = "10.1/self", article.citation.pmid = "7654321";
    citations.add(article);
    EXPECT_EQ(citations.of_all().articles, 0u);
    EXPECT_TRUE(citations.of_all().reason.starts_with("no article names a study by DOI"));
}

TEST(StudyOverlap, CountsAStudyWithoutAnIdentifierWhereAPersonDeclaredIt) {
    StudyCitations citations;
    auto article = dossier::test::article("a");
    article.rests_on = {"study in the journal Nature", "text", true};
    citations.add(article);
    EXPECT_EQ(citations.of_all().articles, 0u) << "any study in Nature";
    article.rests_on = {"the Lund register", "sources.toml", false};
    citations.add(article);
    EXPECT_EQ(citations.of_all().articles, 1u);
}

TEST(StudyOverlap, LeavesAsideWhatOneArticleNamesBeyondItsBound) {
    Names references;
    for (int i = 0; i < 5000; ++i)
        references.push_back("doi:10.1/" + std::to_string(i));
    StudyCitations citations;
    citations.add(citing("a", references));
    EXPECT_EQ(citations.of_all().citations, StudyCitations::most_per_article);
}

TEST(StudyOverlap, StandsInTheSummaryForAllAndForEachClaim) {
    auto articles =
        std::vector{citing("a", {"doi:10.1/one"}), citing("b", {"doi:10.1/one"}), citing("c", {"doi:10.1/two"})};
    std::vector<dossier::ArticleEvidence> evidence;
    for (auto const* id : {"a", "b"})
        evidence.push_back(supporting(id));
    auto const findings = summarise(articles, dossier::test::registry(), evidence);
    ASSERT_EQ(findings.overlap.size(), 3u);
    EXPECT_EQ(findings.overlap[0].articles, 3u);
    EXPECT_EQ(findings.overlap[0].covered_area, 0.25);
    EXPECT_EQ(findings.overlap[1].claim_id, "addictive");
    EXPECT_EQ(findings.overlap[1].covered_area, 1.0);
    EXPECT_EQ(findings.overlap[2].claim_id, "tolerance");
    EXPECT_FALSE(findings.overlap[2].covered_area);
}

}  // namespace
