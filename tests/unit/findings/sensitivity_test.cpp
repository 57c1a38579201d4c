#include "dossier/findings/sensitivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::analyse_sensitivity;
using dossier::InformativeArticle;
using dossier::leave_each_out;
using dossier::LeaveOuts;
using dossier::QuoteCount;
using dossier::RiskOfBias;
using dossier::SensitivityFinding;
using dossier::Stance;

/// Sources of one article each.
std::vector<InformativeArticle> sources(std::vector<Stance> const& stances) {
    std::vector<InformativeArticle> articles;
    for (auto const stance : stances) {
        auto const rank = static_cast<std::uint32_t>(articles.size());
        auto& article = articles.emplace_back();
        article.source = article.rank = rank;
        article.stance = stance;
    }
    return articles;
}
std::vector<InformativeArticle> sources(std::size_t supports, std::size_t refutes, std::size_t mixed = 0) {
    std::vector<Stance> stances(supports, Stance::supports);
    stances.insert(stances.end(), refutes, Stance::refutes);
    stances.insert(stances.end(), mixed, Stance::mixed);
    return sources(stances);
}

SensitivityFinding row_of(std::vector<SensitivityFinding> const& rows, std::string const& analysis,
                          std::string const& subject = {}) {
    auto const is_it = [&](SensitivityFinding const& row) {
        return row.analysis == analysis && row.subject == subject;
    };
    if (std::count_if(rows.begin(), rows.end(), is_it) != 1) throw std::runtime_error("not one row of " + analysis);
    return *std::find_if(rows.begin(), rows.end(), is_it);
}
SensitivityFinding row_of(std::vector<InformativeArticle> const& articles, std::string const& analysis,
                          std::string const& subject = {}) {
    return row_of(analyse_sensitivity("c", articles), analysis, subject);
}

LeaveOuts leave_out(std::vector<InformativeArticle> const& articles) {
    return leave_each_out(
        "c", articles, [](std::uint32_t) { return false; }, [](std::uint32_t rank) { return std::to_string(rank); });
}

void expect_votes(SensitivityFinding const& row, double supports, double refutes, double mixed) {
    EXPECT_NEAR(row.supports, supports, 1e-9) << row.analysis;
    EXPECT_NEAR(row.refutes, refutes, 1e-9) << row.analysis;
    EXPECT_NEAR(row.mixed, mixed, 1e-9) << row.analysis;
}

TEST(Sensitivity, HasOneRowOfEachAnalysisForAClaimThatAnySourceInforms) {
    auto const rows = analyse_sensitivity("c", sources(3, 1));
    std::vector<std::string> analyses;
    for (auto const& row : rows)
        analyses.push_back(row.analysis + row.subject);
    EXPECT_EQ(analyses, (std::vector<std::string>{"low_risk_of_bias_only", "no_conflict_of_interest",
                                                  "no_retracted_articles", "human_evidence_only", "mixed_as_half",
                                                  "weighted", "uniform_prior", "publisher_correlation", "threshold0.50",
                                                  "threshold0.60", "threshold0.70", "threshold0.80", "threshold0.90"}));
    EXPECT_TRUE(analyse_sensitivity("c", {}).empty());
}

// statistics.md 4.7: never re-estimate on an empty set.
TEST(Sensitivity, IsNotEstimatedWhereNobodyIsAppraised) {
    auto const row = row_of(sources(3, 1), "low_risk_of_bias_only");
    EXPECT_EQ(row.direction_word, dossier::not_estimated);
    EXPECT_EQ(row.note, "no source that informs the claim is appraised");
    EXPECT_FALSE(row.direction_share);
    EXPECT_FALSE(row.flips);
    expect_votes(row, 0, 0, 0);
}

TEST(Sensitivity, IsNotEstimatedWhereNoSourceIsLeft) {
    auto articles = sources(2, 1);
    for (auto& article : articles)
        article.risk_of_bias = RiskOfBias::high,
        article.has_conflict_of_interest = article.is_animal_study = article.is_retracted = true;
    for (auto const* analysis :
         {"low_risk_of_bias_only", "no_conflict_of_interest", "no_retracted_articles", "human_evidence_only"}) {
        auto const row = row_of(articles, analysis);
        EXPECT_EQ(row.direction_word, dossier::not_estimated) << analysis;
        EXPECT_EQ(row.note.find("no source is left: "), 0u) << row.note;
        EXPECT_FALSE(row.direction_share || row.flips) << analysis;
    }
}

TEST(Sensitivity, KeepsSourcesAtLowRiskOfBiasOnly) {
    auto articles = sources(3, 1);
    articles[0].risk_of_bias = articles[3].risk_of_bias = RiskOfBias::low;
    articles[1].risk_of_bias = RiskOfBias::some_concerns;
    auto const row = row_of(articles, "low_risk_of_bias_only");
    expect_votes(row, 1, 1, 0);
    EXPECT_EQ(row.direction_word, "evenly divided");
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row.note, "2 articles are left out, 1 of them not appraised");
}

TEST(Sensitivity, LeavesOutArticlesWithAConflictAndLetsTheOthersOfTheirSourceSpeak) {
    auto articles = sources({Stance::supports, Stance::refutes, Stance::supports, Stance::supports});
    articles[1].source = 0;  // 0 and 1 are one source, mixed together
    articles[1].has_conflict_of_interest = true;
    auto const row = row_of(articles, "no_conflict_of_interest");
    expect_votes(row, 3, 0, 0);
    EXPECT_EQ(row.note, "1 article is left out");
    EXPECT_EQ(row_of(sources(3, 0), "no_conflict_of_interest").note,
              "no conflict of interest is known of: nothing is left out");
}

TEST(Sensitivity, LeavesOutRetractedArticles) {
    auto articles = sources(2, 1);
    articles[0].is_retracted = true;
    auto const row = row_of(articles, "no_retracted_articles");
    expect_votes(row, 1, 1, 0);
    EXPECT_EQ(row.note, "1 article is left out");
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row_of(sources(3, 0), "no_retracted_articles").note,
              "none is known to be retracted: nothing is left out");
}

TEST(Sensitivity, KeepsHumanEvidenceOnly) {
    auto articles = sources(2, 1);
    articles[0].is_animal_study = true;
    auto const row = row_of(articles, "human_evidence_only");
    expect_votes(row, 1, 1, 0);
    EXPECT_TRUE(row.flips);
}

// statistics.md 4.2: (S + M/2) / n_i.
TEST(Sensitivity, CountsMixedSourcesAsHalfAVoteEachWay) {
    auto const row = row_of(sources(3, 1, 2), "mixed_as_half");
    EXPECT_NEAR(row.direction_share.value(), 4.0 / 6, 1e-12);
    expect_votes(row, 4, 2, 0);
    EXPECT_EQ(row.direction_word, "no clear direction");
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row_of(sources(3, 1), "mixed_as_half").note, "no source is mixed: nothing changes");
}

TEST(Sensitivity, DoesNotCallMixedSourcesDividedForCountingThemAsHalves) {
    auto const row = row_of(sources(0, 0, 3), "mixed_as_half");
    EXPECT_EQ(row.direction_word, "consistently mixed");
    EXPECT_FALSE(row.flips);
}

// statistics.md 4.3, the weighted example.
TEST(Sensitivity, WeighsVotesByTheEffectiveNumberOfSources) {
    auto articles = sources(2, 1);
    articles[0].weight = 1.0, articles[1].weight = 0.5, articles[2].weight = 0.25;
    auto const row = row_of(articles, "weighted");
    EXPECT_NEAR(row.direction_share.value(), .857143, 5e-7);
    EXPECT_NEAR(row.supports + row.refutes, 2.333333, 5e-7);
    EXPECT_EQ(row.direction_word, "leans towards support");  // P = .858723
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row.note, "weights are a person's; 3 sources that take a side count as 2.33");
}

// statistics.md 4.4: a cluster is one vote, weight = max w in it.
TEST(Sensitivity, GivesASourceTheLargestWeightOfItsArticles) {
    auto articles = sources(3, 1);
    articles[1].source = 0;
    articles[0].weight = 0.25, articles[1].weight = 0.5, articles[2].weight = 0.5, articles[3].weight = 0.5;
    auto const row = row_of(articles, "weighted");
    expect_votes(row, 2, 1, 0);
    EXPECT_EQ(row.note, "all weights are equal: nothing changes");
}

TEST(Sensitivity, RestsOnOneSourceWhereAllOthersHaveNoWeight) {
    auto articles = sources(3, 1);
    for (std::size_t i = 1; i < articles.size(); ++i)
        articles[i].weight = 0.0;
    auto const row = row_of(articles, "weighted");
    EXPECT_EQ(row.direction_word, "rests on one source");
    EXPECT_TRUE(row.flips);
}

// statistics.md 4.13: all weights zero: unweighted only, with a warning.
TEST(Sensitivity, OfWeightsThatAreAllZeroIsUnweightedOnly) {
    auto articles = sources(2, 1);
    for (auto& article : articles)
        article.weight = 0.0;
    auto const row = row_of(articles, "weighted");
    EXPECT_EQ(row.direction_word, dossier::not_estimated);
    EXPECT_EQ(row.note, "all weights are 0: unweighted only");
    for (double const none : {-1.0, std::nan("")}) {
        articles[1].weight = none;
        EXPECT_EQ(row_of(articles, "weighted").note, "a weight is below 0 or no number: unweighted only");
    }
}

TEST(Sensitivity, TakesAUniformPriorInPlaceOfJeffreys) {
    auto const row = row_of(sources(3, 1), "uniform_prior");  // 13/16
    EXPECT_EQ(row.note, "P(share > 1/2) is 0.81");
    EXPECT_FALSE(row.flips);
    auto const two = row_of(sources(1, 0, 1), "uniform_prior");  // Jeffreys .818310 leans, uniform 3/4
    EXPECT_EQ(two.direction_word, "no clear direction");
    EXPECT_TRUE(two.flips);
}

// statistics.md 4.4: m sources of one publisher are worth m / (1 + (m - 1) / 2).
TEST(Sensitivity, LetsSourcesOfOnePublisherCorrelate) {
    auto articles = sources(4, 1);
    for (std::size_t i = 0; i < 4; ++i)
        articles[i].publisher_family = 7;
    auto const row = row_of(articles, "publisher_correlation");
    expect_votes(row, 1.6, 1, 0);
    EXPECT_EQ(row.note, "5 sources count as 2.60, those of one publisher correlating by 0.50");
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row_of(sources(4, 1), "publisher_correlation").note,
              "no two sources are known to be of one publisher: nothing changes");
}

// statistics.md 4.1: q = 3/4 is a direction at .60 and .70, mixed at .80 and .90.
TEST(Sensitivity, GoesThroughTheGridOfThresholds) {
    auto articles = sources(2, 1);
    articles[0].at_thresholds = dossier::stances_at_thresholds({{"", QuoteCount{3, 1, 0}}});
    for (auto const* threshold : {"0.50", "0.60", "0.70"})
        expect_votes(row_of(articles, "threshold", threshold), 2, 1, 0);
    for (auto const* threshold : {"0.80", "0.90"})
        expect_votes(row_of(articles, "threshold", threshold), 1, 1, 1);
    EXPECT_EQ(row_of(articles, "threshold", "0.70").note, "as it is");
    EXPECT_TRUE(row_of(articles, "threshold", "0.90").flips);
    EXPECT_EQ(row_of(sources(2, 1), "threshold", "0.90").note, "no article's stance depends on it");
}

TEST(StancesAtThresholds, CallEvenQuotesMixedAtEveryThreshold) {
    EXPECT_FALSE(dossier::stances_at_thresholds({{"", QuoteCount{2, 2, 0}}}).differ());
    auto const three_of_five = dossier::stances_at_thresholds({{"", QuoteCount{2, 3, 0}}});
    EXPECT_EQ(three_of_five.at(0, Stance::mixed), Stance::refutes);
    EXPECT_EQ(three_of_five.at(1, Stance::mixed), Stance::refutes);
    EXPECT_EQ(three_of_five.at(2, Stance::mixed), Stance::mixed);
}

TEST(LeaveOneOut, OfALoneSourceSaysThatTheVerdictRestsOnIt) {
    auto const rows = leave_out(sources(1, 0)).listed;
    auto const row = row_of(rows, "leave_one_cluster_out", "0");
    EXPECT_EQ(row.direction_word, "verdict rests on one source");
    EXPECT_FALSE(row.direction_share);
    EXPECT_TRUE(row.flips);
    EXPECT_EQ(row_of(rows, "leave_one_article_out", "0").direction_word, "verdict rests on one source");
}

TEST(LeaveOneOut, DoesNotCallTheSameDirectionInFirmerWordsAFlip) {
    auto const row = row_of(leave_out(sources(4, 1)).listed, "leave_one_cluster_out", "4");
    EXPECT_EQ(row.direction_word, "supports prevail");
    EXPECT_FALSE(row.flips);
}

TEST(LeaveOneOut, ListsTheArticlesWithoutWhichTheirSourceSaysSomethingElse) {
    auto articles = sources({Stance::supports, Stance::supports, Stance::refutes, Stance::supports, Stance::refutes});
    articles[1].source = articles[2].source = 0;  // 0, 1 and 2 are one source, mixed together
    auto const rows = leave_out(articles).listed;
    auto const without_the_dissenter = row_of(rows, "leave_one_article_out", "2");
    expect_votes(without_the_dissenter, 2, 1, 0);
    EXPECT_THROW((void)row_of(rows, "leave_one_article_out", "0"), std::runtime_error) << "1 says the same";
    expect_votes(row_of(rows, "leave_one_cluster_out", "0"), 1, 1, 0);
}

TEST(LeaveOneOut, TakesLinearTimeForASourceOfManyArticles) {
    auto articles = sources(200'000, 0);
    for (auto& article : articles)
        article.source = 0;
    articles.back().stance = Stance::refutes;
    EXPECT_EQ(leave_out(articles).listed.size(), 2u);
}

TEST(LeaveOneOut, GivesOneRowPerStanceForSourcesThatStandAlone) {
    auto const articles = sources(3, 2, 1);
    auto const result = leave_each_out(
        "c", articles, [](std::uint32_t) { return true; }, [](std::uint32_t) { return std::string(); });
    EXPECT_TRUE(result.listed.empty());
    ASSERT_EQ(result.alone.size(), 3u);
    EXPECT_EQ(result.alone[0].stance, Stance::supports);
    EXPECT_EQ(result.alone[0].direction_word, "evenly divided");
}

}  // namespace
