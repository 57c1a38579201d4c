#include "dossier/findings/summarise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/risk_factors.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::Article;
using dossier::ArticleEvidence;
using dossier::Consensus;
using dossier::Direction;
using dossier::FactorDirection;
using dossier::Findings;
using dossier::RiskMention;
using dossier::summarise;
using dossier::test::article;
using dossier::test::quote;
using dossier::test::registry;

ArticleEvidence saying(std::string const& id, Direction direction) {
    return {id, {quote(id, "Sentence of " + id, direction)}, {}, {}, {}, {}};
}

RiskMention mention(std::string const& id, FactorDirection direction, std::string const& factor = "high-dose") {
    RiskMention result;
    result.factor_id = factor, result.article_id = id, result.direction = direction, result.quote = "Dose in " + id;
    return result;
}

Consensus const& consensus(Findings const& findings, std::string const& claim, std::string const& condition = {}) {
    auto const found = std::find_if(findings.consensus.begin(), findings.consensus.end(), [&](auto const& row) {
        return row.claim_id == claim && row.condition_id == condition;
    });
    if (found == findings.consensus.end()) throw std::runtime_error("no such row");
    return *found;
}

/// Five articles; b is a copy of a; e says nothing.
struct FiveArticles {
    std::vector<Article> articles{article("a"), article("b"), article("c"), article("d"), article("e")};
    std::vector<ArticleEvidence> evidence{saying("a", Direction::supports), saying("b", Direction::supports),
                                          saying("c", Direction::supports), saying("d", Direction::refutes)};
    FiveArticles() { articles[1].sketch = articles[0].sketch; }
    Findings findings() const { return summarise(articles, registry(), evidence); }
};

TEST(Summarise, CertaintyIsLowerWhereAllSourcesStateCorrelationsOnly) {
    FiveArticles five;
    for (auto& one : five.articles)
        one.study_design.value = "cohort study";
    auto const names_correlations = [&] {
        auto const row = consensus(five.findings(), "addictive");
        return row.certainty_reasons.find("state associations, none a cause") != std::string::npos;
    };
    EXPECT_FALSE(names_correlations());
    for (auto& of_article : five.evidence)
        of_article.items[0].causal_strength = dossier::CausalStrength::correlational;
    EXPECT_TRUE(names_correlations());
    five.evidence[1].items[0].causal_strength = dossier::CausalStrength::direct;
    EXPECT_FALSE(names_correlations()) << "a copy of a says more";
}

TEST(Summarise, CountsCopiesOnceAndShowsBothNumbers) {
    auto const row = consensus(FiveArticles().findings(), "addictive");
    EXPECT_EQ(row.n_articles, 5u);
    EXPECT_EQ(row.n_clusters, 4u);
    EXPECT_EQ(row.supports, 2u);
    EXPECT_EQ(row.refutes, 1u);
    EXPECT_EQ(row.silent, 1u);
    EXPECT_NEAR(row.direction_share.value(), 2.0 / 3, 1e-12);
    EXPECT_EQ(row.coverage, 0.75);
    EXPECT_EQ(row.direction_word, "no clear direction");
    EXPECT_EQ(row.sign_test_p.value(), 1.0);
    EXPECT_EQ(row.sign_test_note, "3 sources cannot reach .05 two-sided, even if unanimous");
}

TEST(Summarise, CountsAddUpToTheNumberOfClusters) {
    auto const findings = FiveArticles().findings();
    for (auto const& row : findings.consensus)
        EXPECT_EQ(row.supports + row.refutes + row.mixed + row.neutral + row.silent + row.not_assessable,
                  row.n_clusters);
}

TEST(Summarise, GivesEveryArticleAStanceOnEveryClaimAndCondition) {
    auto const findings = FiveArticles().findings();
    EXPECT_EQ(findings.stances.size(), 5u * 4u);
    EXPECT_EQ(findings.consensus.size(), 4u);
    EXPECT_EQ(findings.consensus[0].condition_id, "");
    EXPECT_EQ(findings.consensus[1].condition_id, "supervised");
    EXPECT_TRUE(std::is_sorted(findings.stances.begin(), findings.stances.begin() + 5,
                               [](auto const& a, auto const& b) { return a.article_id < b.article_id; }));
}

TEST(Summarise, AClaimThatNobodyMentionsHasNoNumbers) {
    auto const row = consensus(FiveArticles().findings(), "tolerance");
    EXPECT_EQ(row.direction_word, "no evidence found in 5 articles");
    EXPECT_FALSE(row.direction_share || row.ci_low || row.ci_high || row.posterior || row.sign_test_p);
    EXPECT_FALSE(row.agreement || row.polarisation || row.tastle_wierman || row.bound_low || row.bound_high);
    EXPECT_EQ(row.coverage, 0.0);
    EXPECT_EQ(row.certainty, "");
    EXPECT_EQ(row.certainty_word, "not rated");
}

TEST(Summarise, AnEmptyStratumIsAbsentNotEven) {
    auto const row = consensus(FiveArticles().findings(), "addictive", "misuse");
    EXPECT_EQ(row.direction_word, "no evidence under this condition");
    EXPECT_FALSE(row.direction_share);
}

TEST(Summarise, OneSourceIsOneOfOneWithoutAgreement) {
    auto const findings = summarise({article("a"), article("b")}, registry(), {saying("a", Direction::refutes)});
    auto const row = consensus(findings, "addictive");
    EXPECT_EQ(row.direction_word, "rests on one source");
    EXPECT_EQ(row.direction_share.value(), 0.0);
    EXPECT_NEAR(row.ci_high.value(), 1 - .2065, 5e-5);
    EXPECT_FALSE(row.sign_test_p);
    EXPECT_FALSE(row.agreement);
    EXPECT_EQ(row.agreement_word, "one source, agreement not defined");
}

TEST(Summarise, UnreadableArticlesAreNeverSilent) {
    auto unreadable = article("a");
    unreadable.status = dossier::ArticleStatus::not_assessable;
    auto const row = consensus(summarise({unreadable}, registry(), {}), "addictive");
    EXPECT_EQ(row.not_assessable, 1u);
    EXPECT_EQ(row.silent, 0u);
    EXPECT_EQ(row.direction_word, "not assessable");
}

TEST(Summarise, OfNothingIsEmptyButComplete) {
    auto const findings = summarise({}, registry(), {});
    EXPECT_TRUE(findings.clusters.empty());
    EXPECT_TRUE(findings.stances.empty());
    ASSERT_EQ(findings.consensus.size(), 4u);
    EXPECT_EQ(findings.consensus[0].direction_word, "no articles");
    EXPECT_TRUE(summarise({article("a")}, {}, {}).consensus.empty());
}

TEST(Summarise, DoesNotDependOnTheOrderOfArticles) {
    FiveArticles five;
    auto const expected = five.findings();
    std::reverse(five.articles.begin(), five.articles.end());
    std::reverse(five.evidence.begin(), five.evidence.end());
    auto const reversed = five.findings();
    ASSERT_EQ(reversed.stances.size(), expected.stances.size());
    for (std::size_t i = 0; i < expected.stances.size(); ++i) {
        EXPECT_EQ(reversed.stances[i].article_id, expected.stances[i].article_id);
        EXPECT_EQ(reversed.stances[i].stance, expected.stances[i].stance);
    }
    for (std::size_t i = 0; i < expected.consensus.size(); ++i) {
        EXPECT_EQ(reversed.consensus[i].direction_word, expected.consensus[i].direction_word);
        EXPECT_EQ(reversed.consensus[i].posterior, expected.consensus[i].posterior);
    }
    ASSERT_EQ(reversed.sensitivity.size(), expected.sensitivity.size());
    for (std::size_t i = 0; i < expected.sensitivity.size(); ++i)
        EXPECT_EQ(reversed.sensitivity[i].subject, expected.sensitivity[i].subject);
}

TEST(Summarise, DisagreementThatConditionsExplainDoesNotLowerCertaintyForInconsistency) {
    std::vector<Article> const articles{article("a"), article("b")};
    ArticleEvidence const supervised{"a", {quote("a", "Low.", Direction::refutes, "supervised")}, {}, {}, {}, {}};
    ArticleEvidence const misuse{"b", {quote("b", "High.", Direction::supports, "misuse")}, {}, {}, {}, {}};
    ArticleEvidence const general{"b", {quote("b", "High.", Direction::supports, "supervised")}, {}, {}, {}, {}};
    auto const explained = consensus(summarise(articles, registry(), {supervised, misuse}), "addictive");
    EXPECT_EQ(explained.certainty_reasons.find("inconsistency"), std::string::npos);
    auto const unexplained = consensus(summarise(articles, registry(), {supervised, general}), "addictive");
    EXPECT_NE(unexplained.certainty_reasons.find("inconsistency"), std::string::npos);
}

/// Numbers without pattern, the same on every platform.
class Draw {
public:
    std::size_t below(std::size_t n) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::size_t>(state_ >> 33) % n;
    }

private:
    std::uint64_t state_ = 7;
};

/// Articles that stand alone and come in no order, some unreadable or cut off, each with up to three quotes.
FiveArticles random_articles(std::size_t n) {
    FiveArticles made;
    made.articles.clear(), made.evidence.clear();
    Draw draw;
    for (std::size_t i = 0; i < n; ++i) {
        auto const id = "n" + std::to_string(i * 617 % n);
        auto& one = made.articles.emplace_back(article(id));
        one.truncated = draw.below(5) == 0;
        if (draw.below(6) == 0) one.status = dossier::ArticleStatus::not_assessable;
        ArticleEvidence said{id, {}, {}, {}, {}, {}};
        for (auto const* claim : {"addictive", "tolerance"})
            for (std::size_t k = 0, n_quotes = draw.below(3); k < n_quotes; ++k) {
                auto const condition = std::string(claim) == "addictive" && draw.below(2) == 0 ? "misuse" : "";
                auto const direction =
                    std::array{Direction::supports, Direction::refutes, Direction::neutral}[draw.below(3)];
                said.items.push_back(quote(id, "Quote " + std::to_string(k), direction, condition, claim));
            }
        made.evidence.push_back(std::move(said));
    }
    return made;
}

using Counts = std::map<std::tuple<std::string, std::string, dossier::Stance>, std::size_t>;

TEST(Summing, OfArticlesThatComeOneByOneCountsWhatTheirStancesAddUpTo) {
    auto const made = random_articles(500);
    auto const claims = registry();
    Counts counts;
    for (std::size_t i = 0; i < made.articles.size(); ++i)
        for (auto const& row : dossier::article_stances(made.articles[i], made.evidence[i], claims))
            ++counts[{row.claim_id, row.condition_id, row.stance}];
    dossier::Summing summing(claims);
    for (std::size_t i = 0; i < made.articles.size(); ++i)
        summing.add(made.articles[i], made.evidence[i]);
    auto const summary = summing.finish();
    EXPECT_TRUE(summary.shared_sources.empty());
    ASSERT_EQ(summary.consensus.size(), 4u);
    for (auto const& row : summary.consensus) {
        auto const count = [&](dossier::Stance stance) { return counts[{row.claim_id, row.condition_id, stance}]; };
        EXPECT_EQ(row.supports, count(dossier::Stance::supports)) << row.claim_id << row.condition_id;
        EXPECT_EQ(row.refutes, count(dossier::Stance::refutes)) << row.claim_id << row.condition_id;
        EXPECT_EQ(row.mixed, count(dossier::Stance::mixed)) << row.claim_id << row.condition_id;
        EXPECT_EQ(row.neutral, count(dossier::Stance::neutral)) << row.claim_id << row.condition_id;
        EXPECT_EQ(row.silent, count(dossier::Stance::silent)) << row.claim_id << row.condition_id;
        EXPECT_EQ(row.not_assessable, count(dossier::Stance::not_assessable)) << row.claim_id << row.condition_id;
    }
}

TEST(Summing, GivesTheStancesThatDoNotFollowFromTheArticleAlone) {
    auto const made = random_articles(200);
    auto const claims = registry();
    dossier::Summing summing(claims);
    for (std::size_t i = 0; i < made.articles.size(); ++i) {
        auto const& one = made.articles[i];
        bool const is_read = one.status == dossier::ArticleStatus::ok && !one.truncated;
        auto const unsaid = is_read ? dossier::Stance::silent : dossier::Stance::not_assessable;
        auto all = dossier::article_stances(one, made.evidence[i], claims);
        std::erase_if(all, [&](auto const& row) { return row.stance == unsaid; });
        auto const given = summing.add(one, made.evidence[i]);
        ASSERT_EQ(given.size(), all.size()) << one.id;
        for (std::size_t k = 0; k < all.size(); ++k) {
            EXPECT_EQ(given[k].claim_id + "|" + given[k].condition_id, all[k].claim_id + "|" + all[k].condition_id);
            EXPECT_EQ(given[k].stance, all[k].stance) << one.id;
        }
    }
}

TEST(RiskFactors, TakeTheDirectionOfIndependentSources) {
    FiveArticles five;
    five.evidence[0].mentions = {mention("a", FactorDirection::raises)};
    five.evidence[1].mentions = {mention("b", FactorDirection::raises), mention("b", FactorDirection::unclear)};
    five.evidence[3].mentions = {mention("d", FactorDirection::raises)};
    auto const factors = five.findings().risk_factors;
    ASSERT_EQ(factors.size(), 2u);
    EXPECT_EQ(factors[0].direction, FactorDirection::raises);
    EXPECT_EQ(factors[0].n_articles, 3u);
    EXPECT_EQ(factors[0].n_clusters, 2u);
    EXPECT_EQ(factors[0].outcome, "addiction");
    EXPECT_EQ(factors[1].direction, FactorDirection::unclear);
    EXPECT_EQ(factors[1].n_articles, 0u);
    EXPECT_EQ(factors[1].outcome, "relapse");
}

TEST(RiskFactors, AreUnclearWhenSourcesAreSplit) {
    EXPECT_EQ(dossier::shared_direction(std::vector{FactorDirection::raises, FactorDirection::lowers}),
              FactorDirection::unclear);
    EXPECT_EQ(dossier::shared_direction(std::vector{FactorDirection::raises, FactorDirection::unclear}),
              FactorDirection::raises);
    EXPECT_EQ(dossier::shared_direction(std::vector{FactorDirection::lowers, FactorDirection::lowers,
                                                    FactorDirection::lowers, FactorDirection::raises}),
              FactorDirection::lowers);
    EXPECT_EQ(dossier::shared_direction({}), FactorDirection::unclear);
}

}  // namespace
