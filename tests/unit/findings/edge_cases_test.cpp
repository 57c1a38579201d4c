// The edge-case table of statistics.md 4.13, row by row, from articles to findings.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::Article;
using dossier::ArticleEvidence;
using dossier::Consensus;
using dossier::Direction;
using dossier::Findings;
using dossier::SensitivityFinding;
using dossier::summarise;
using dossier::test::article;
using dossier::test::quote;
using dossier::test::registry;

/// Articles that stand alone, a letter each: s supports, r refutes, m says both, n discusses without a side, - is silent,
/// x could not be read.
class Corpus {
public:
    explicit Corpus(std::string const& stances) {
        for (auto const stance : stances) {
            auto const id = "a" + std::to_string(10 + articles.size());
            auto& one = articles.emplace_back(article(id));
            if (stance == 'x') one.status = dossier::ArticleStatus::not_assessable;
            ArticleEvidence said{id, {}, {}, {}, {}, {}};
            if (stance == 's' || stance == 'm') said.items.push_back(quote(id, "It is.", Direction::supports));
            if (stance == 'r' || stance == 'm') said.items.push_back(quote(id, "It is not.", Direction::refutes));
            if (stance == 'n') said.items.push_back(quote(id, "Is it?", Direction::neutral));
            evidence.push_back(std::move(said));
        }
    }

    Findings findings() const { return summarise(articles, registry(), evidence); }
    Consensus consensus(std::string const& condition = {}) const {
        for (auto const& row : findings().consensus)
            if (row.claim_id == "addictive" && row.condition_id == condition) return row;
        throw std::runtime_error("no such row");
    }
    SensitivityFinding sensitivity(std::string const& analysis, std::string const& subject = {}) const {
        for (auto const& row : findings().sensitivity)
            if (row.claim_id == "addictive" && row.analysis == analysis && row.subject == subject) return row;
        throw std::runtime_error("no row of " + analysis);
    }

    std::vector<Article> articles;
    std::vector<ArticleEvidence> evidence;
};

void expect_no_votes(Consensus const& row) {
    EXPECT_FALSE(row.direction_share || row.ci_low || row.ci_high || row.posterior || row.posterior_uniform);
    EXPECT_FALSE(row.clopper_pearson_low || row.clopper_pearson_high || row.jeffreys_low || row.jeffreys_high);
    EXPECT_FALSE(row.sign_test_p);
}
void expect_no_agreement(Consensus const& row) {
    EXPECT_FALSE(row.agreement || row.polarisation || row.tastle_wierman || row.entropy);
}

TEST(EdgeCases, NoArticleInformative) {
    Corpus const corpus("-----");
    auto const row = corpus.consensus();
    expect_no_votes(row);
    expect_no_agreement(row);
    EXPECT_FALSE(row.bound_low || row.bound_high || row.direction_index || row.flip_set_size || row.fragile);
    EXPECT_EQ(row.direction_word, "no evidence found in 5 articles");
    EXPECT_EQ(row.coverage, 0.0);
    EXPECT_EQ(row.coverage_word, "none");
    EXPECT_TRUE(corpus.findings().sensitivity.empty());
}

TEST(EdgeCases, AllNotAssessable) {
    auto const row = Corpus("xxx").consensus();
    expect_no_votes(row);
    expect_no_agreement(row);
    EXPECT_EQ(row.not_assessable, 3u);
    EXPECT_EQ(row.silent, 0u);
    EXPECT_EQ(row.direction_word, "not assessable");
    EXPECT_EQ(row.coverage_word, "not assessable");
}

TEST(EdgeCases, OneInformativeCluster) {
    Corpus const corpus("s--");
    auto const row = corpus.consensus();
    EXPECT_EQ(row.direction_share.value(), 1.0);
    EXPECT_NEAR(row.ci_low.value(), .2065, 5e-5);
    EXPECT_EQ(row.ci_high.value(), 1.0);
    EXPECT_FALSE(row.sign_test_p);
    EXPECT_EQ(row.sign_test_note, "p-value withheld: only 1 independent source takes a side, fewer than 3");
    expect_no_agreement(row);
    EXPECT_EQ(row.agreement_word, "one source, agreement not defined");
    EXPECT_EQ(row.direction_word, "rests on one source");
    EXPECT_EQ(row.flip_set, "the one source that supports");
    EXPECT_EQ(corpus.sensitivity("leave_one_cluster_out", "a10").direction_word, "verdict rests on one source");
    EXPECT_EQ(corpus.sensitivity("leave_one_article_out", "a10").direction_word, "verdict rests on one source");
    EXPECT_EQ(Corpus("r--").consensus().direction_share.value(), 0.0);
}

TEST(EdgeCases, Tie) {
    auto const row = Corpus("ssrr-").consensus();
    EXPECT_EQ(row.direction_share.value(), 0.5);
    EXPECT_EQ(row.sign_test_p.value(), 1.0);
    EXPECT_EQ(row.agreement.value(), -1.0);
    EXPECT_EQ(row.polarisation.value(), 1.0);
    EXPECT_EQ(row.tastle_wierman.value(), 0.0);
    EXPECT_EQ(row.posterior.value(), 0.5);
    EXPECT_EQ(row.direction_index.value(), 0.0);
    EXPECT_EQ(row.direction_word, "evenly divided");
    EXPECT_TRUE(row.fragile);
}

TEST(EdgeCases, AllMixed) {
    auto const row = Corpus("mmmmm").consensus();
    expect_no_votes(row);
    EXPECT_EQ(row.bound_low.value(), 0.0);
    EXPECT_EQ(row.bound_high.value(), 1.0);
    EXPECT_EQ(row.agreement.value(), 1.0);
    EXPECT_EQ(row.tastle_wierman.value(), 1.0);
    EXPECT_EQ(row.entropy.value(), 0.0);
    EXPECT_EQ(row.direction_index.value(), 0.0);
    EXPECT_EQ(row.direction_word, "consistently mixed");
    EXPECT_EQ(row.sign_test_note, "p-value withheld: no source takes a side");
}

TEST(EdgeCases, MixedAndSilentOnly) {
    auto const row = Corpus("mm---").consensus();
    expect_no_votes(row);
    EXPECT_EQ(row.bound_low.value(), 0.0);
    EXPECT_EQ(row.bound_high.value(), 1.0);
    EXPECT_EQ(row.agreement.value(), 1.0);
    EXPECT_EQ(row.direction_word, "consistently mixed");
    EXPECT_EQ(row.coverage, 0.4);
}

TEST(EdgeCases, Duplicates) {
    Corpus corpus("sssrr");
    corpus.articles[1].sketch = corpus.articles[2].sketch = corpus.articles[0].sketch;
    auto const row = corpus.consensus();
    EXPECT_EQ(row.n_articles, 5u);
    EXPECT_EQ(row.n_clusters, 3u);
    EXPECT_EQ(row.supports, 1u);
    EXPECT_EQ(row.refutes, 2u);
    EXPECT_EQ(corpus.sensitivity("leave_one_cluster_out", "a10").supports, 0.0);
    EXPECT_THROW((void)corpus.sensitivity("leave_one_article_out", "a10"), std::runtime_error)
        << "its copies say the same";
    EXPECT_EQ(corpus.sensitivity("leave_one_article_out", "a13").refutes, 1.0);
}

TEST(EdgeCases, AllWeightsZero) {
    Corpus corpus("sssr");
    for (auto& one : corpus.articles)
        one.weight = 0.0;
    EXPECT_EQ(corpus.consensus().direction_share.value(), 0.75) << "weights are for sensitivity only";
    auto const row = corpus.sensitivity("weighted");
    EXPECT_EQ(row.direction_word, "not estimated");
    EXPECT_EQ(row.note, "all weights are 0: unweighted only");
    EXPECT_FALSE(row.direction_share || row.flips);
}

// Refused where it is declared (sources.toml); a number from elsewhere must not reach a sum.
TEST(EdgeCases, NegativeWeight) {
    Corpus corpus("sssr");
    corpus.articles[2].weight = -1.0;
    EXPECT_EQ(corpus.sensitivity("weighted").note, "a weight is below 0 or no number: unweighted only");
    EXPECT_EQ(corpus.consensus().supports, 3u);
}

TEST(EdgeCases, OneStratumEmpty) {
    Corpus corpus("ssr");
    for (auto& item : corpus.evidence[0].items)
        item.condition_id = "supervised";
    auto const row = corpus.consensus("misuse");
    expect_no_votes(row);
    expect_no_agreement(row);
    EXPECT_EQ(row.direction_word, "no evidence under this condition");
    EXPECT_EQ(corpus.consensus("supervised").direction_word, "rests on one source");
}

TEST(EdgeCases, FewerThanThreeClusters) {
    auto const row = Corpus("ss---").consensus();
    EXPECT_FALSE(row.sign_test_p);
    EXPECT_EQ(row.sign_test_note, "p-value withheld: only 2 independent sources take a side, fewer than 3");
    EXPECT_EQ(row.agreement.value(), 1.0);
    EXPECT_EQ(row.supports, 2u);
}

// statistics.md 4.2: with five sources even unanimity is P = .0625.
TEST(EdgeCases, FiveUnanimousSourcesCannotReachSignificance) {
    auto const row = Corpus("sssss").consensus();
    EXPECT_NEAR(row.sign_test_p.value(), .0625, 1e-12);
    EXPECT_EQ(row.sign_test_note, "5 sources cannot reach .05 two-sided, even if unanimous");
    EXPECT_EQ(Corpus("ssssss").consensus().sign_test_note, "");
}

// statistics.md 4.2 and 4.3, row 4/5 of the table; P under Beta(1, 1) is that of Beta(5, 2), 57/64.
TEST(EdgeCases, EveryNumberOfTheTableReachesTheFindings) {
    auto const row = Corpus("ssssr").consensus();
    EXPECT_EQ(row.direction_share.value(), 0.8);
    EXPECT_EQ(row.sign_test_p.value(), .375);
    EXPECT_NEAR(row.ci_low.value(), .3755, 5e-5);
    EXPECT_NEAR(row.ci_high.value(), .9638, 5e-5);
    EXPECT_NEAR(row.clopper_pearson_low.value(), .2836, 5e-5);
    EXPECT_NEAR(row.clopper_pearson_high.value(), .9949, 5e-5);
    EXPECT_NEAR(row.jeffreys_low.value(), .3714, 5e-5);
    EXPECT_NEAR(row.jeffreys_high.value(), .9775, 5e-5);
    EXPECT_NEAR(row.posterior.value(), .912287, 5e-7);
    EXPECT_EQ(row.posterior_uniform.value(), 57.0 / 64);
    EXPECT_NEAR(row.direction_index.value(), .6, 1e-12);
    EXPECT_NEAR(row.agreement.value(), .2, 1e-12);
    EXPECT_NEAR(row.tastle_wierman.value(), .278072, 5e-7);
    EXPECT_FALSE(row.fragile);
    EXPECT_EQ(row.flip_set_size, 2u);
    EXPECT_EQ(row.flip_set, "any 2 of the 4 sources that support");
}

TEST(EdgeCases, AVerdictIsFragileExactlyWhereLeavingOutSomeClusterFlipsIt) {
    for (auto const* stances : {"s", "ss", "sr", "sss", "ssr", "srm", "smm", "ssmm", "sssr", "ssssr", "sssssr",
                                "ssssss", "mmm", "mmmsr", "ssssssrrrr", "rrrrm", "rrrrrrrs", "ssssrrr"}) {
        Corpus const corpus(stances);
        auto const rows = corpus.findings().sensitivity;
        bool const any_flips = std::any_of(rows.begin(), rows.end(), [](auto const& row) {
            return row.analysis == "leave_one_cluster_out" && row.flips;
        });
        EXPECT_EQ(corpus.consensus().fragile, any_flips) << stances;
    }
}

TEST(EdgeCases, AThresholdMovesOnlyArticlesWhoseQuotesGoBothWays) {
    Corpus corpus("sssr");
    for (auto const* text : {"One.", "Two."})
        corpus.evidence[0].items.push_back(quote("a10", text, Direction::supports));
    corpus.evidence[0].items.push_back(quote("a10", "Three.", Direction::refutes));  // 3 of 4 support
    EXPECT_EQ(corpus.sensitivity("threshold", "0.70").supports, 3.0);
    EXPECT_EQ(corpus.sensitivity("threshold", "0.80").supports, 2.0);
    EXPECT_EQ(corpus.sensitivity("threshold", "0.80").mixed, 1.0);
}

TEST(EdgeCases, AStanceThatAPersonDecidedDependsOnNoThreshold) {
    Corpus const corpus("mr");
    auto const claims = registry();
    dossier::StanceOverride decision;
    decision.claim_id = "addictive", decision.who = "anna-k";
    decision.stance = dossier::Stance::supports, decision.detector = dossier::Stance::mixed;
    dossier::Summing summing(claims);
    summing.add(corpus.articles[0], corpus.evidence[0], std::span(&decision, 1));
    summing.add(corpus.articles[1], corpus.evidence[1]);
    auto const findings = summing.finish_in_full();
    EXPECT_EQ(findings.consensus[0].n_overridden, 1u);
    EXPECT_EQ(findings.consensus[0].supports, 1u);
    for (auto const& row : findings.sensitivity)
        EXPECT_EQ(row.analysis == "threshold" && row.supports != 1.0, false) << row.subject;
}

TEST(EdgeCases, SourcesOfOnePublisherCorrelateWhateverTheOrderOfArticles) {
    Corpus corpus("ssssr");
    for (std::size_t i = 0; i < 3; ++i)
        corpus.articles[i].publisher.value = i == 1 ? "the daily voice" : "Daily Voice, Inc.";
    auto const row = corpus.sensitivity("publisher_correlation");
    EXPECT_NEAR(row.supports, 2.5, 1e-9);  // 3 are worth 1.5
    std::reverse(corpus.articles.begin(), corpus.articles.end());
    EXPECT_EQ(corpus.sensitivity("publisher_correlation").supports, row.supports);
}

}  // namespace
