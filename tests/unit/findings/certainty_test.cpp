#include "dossier/findings/certainty.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"
#include "dossier/model/certainty.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::BodyOfEvidence;
using dossier::CertaintyDomain;
using dossier::CertaintyJudgement;
using dossier::suggest_certainty;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

BodyOfEvidence eight_good_sources() {
    BodyOfEvidence body;
    body.tally = {.supports = 8};
    body.agreement = 1.0;
    body.n_randomised = 5, body.n_low_risk = 8;
    return body;
}

CertaintyDomain domain_of(BodyOfEvidence const& body, std::string const& name) {
    for (auto const& domain : suggest_certainty(body).domains)
        if (domain.domain == name) return domain;
    ADD_FAILURE() << "no domain is called " << name;
    return {};
}

/// `n` sources that agree, nothing else known.
BodyOfEvidence sources(std::size_t n, std::size_t n_randomised, std::size_t n_low_risk, std::size_t n_high_risk = 0) {
    BodyOfEvidence body;
    body.tally.supports = n;
    body.agreement = 1.0;
    body.n_randomised = n_randomised, body.n_low_risk = n_low_risk, body.n_high_risk = n_high_risk;
    return body;
}

CertaintyJudgement judgement(std::string domain, int levels_down, std::string who = "anna") {
    CertaintyJudgement result;
    result.claim_id = "addictive";
    result.domain = std::move(domain), result.levels_down = levels_down;
    result.who = std::move(who), result.why = "Read in full.";
    return result;
}

/// One quote that supports the claim "addictive".
dossier::ArticleEvidence supporting(std::string const& id) {
    dossier::ArticleEvidence evidence;
    evidence.article_id = id;
    evidence.items = {dossier::test::quote(id, "Quote of " + id, dossier::Direction::supports)};
    return evidence;
}

// ---- What the data suggest

TEST(Certainty, IsHighWhenNothingLowersIt) {
    auto const certainty = suggest_certainty(eight_good_sources());
    EXPECT_EQ(certainty.level, "high");
    EXPECT_EQ(certainty.suggested, "high");
    EXPECT_EQ(certainty.decided_by, "data");
    EXPECT_TRUE(certainty.reasons.empty());
}

TEST(Certainty, GivesEveryDomainAReasonAlsoWhenNothingLowersIt) {
    auto const certainty = suggest_certainty(eight_good_sources());
    std::vector<std::string> names;
    for (auto const& domain : certainty.domains) {
        names.push_back(domain.domain);
        EXPECT_EQ(domain.levels_down, 0) << domain.domain;
        EXPECT_EQ(domain.decided_by, "data");
        EXPECT_THAT(domain.reason, Not(IsEmpty())) << domain.domain;
    }
    EXPECT_THAT(names, testing::ElementsAreArray(dossier::certainty_domains));
    EXPECT_EQ(
        certainty.domains[0].reason,
        "5 of 8 informative sources are known to be randomised trials or reviews of such: evidence from them starts "
        "at high");
    EXPECT_EQ(certainty.domains[1].reason, "8 of 8 informative sources were appraised at low risk");
    EXPECT_EQ(certainty.domains[2].reason, "the sources agree (A = 1.00)");
    EXPECT_EQ(certainty.domains[3].reason, "no informative source is known to rest on animal or laboratory studies");
    EXPECT_EQ(certainty.domains[4].reason,
              "8 informative sources, and the interval of the share (0.68 to 1.00) excludes one half");
    EXPECT_EQ(certainty.domains[5].reason,
              "no informative source is known to have a conflict of interest, nor do all have one publisher");
}

TEST(Certainty, IsNotRatedWithoutInformativeSources) {
    BodyOfEvidence body;
    body.tally = {.neutral = 3, .silent = 4};
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "");
    EXPECT_EQ(certainty.suggested, "");
    EXPECT_EQ(dossier::certainty_word(""), "not rated");
    ASSERT_EQ(certainty.domains.size(), 6u);
    for (auto const& domain : certainty.domains) {
        EXPECT_EQ(domain.levels_down, 0);
        EXPECT_EQ(domain.reason, "no informative source");
    }
}

// GRADE: randomised trials start at high, other evidence at low, and domains lower that.
TEST(Certainty, StartsByStudyDesignAndGoesDownByAppraisals) {
    struct Case {
        char const* what;
        BodyOfEvidence body;
        char const* level;
    };
    for (auto const& [what, body, level] :
         {Case{"7 trials at low risk", sources(7, 7, 7), "high"},
          Case{"7 trials, 4 of them at low risk", sources(7, 7, 4), "high"},
          Case{"7 trials, 3 of them at low risk", sources(7, 7, 3), "moderate"},
          Case{"7 trials that nobody appraised", sources(7, 7, 0), "moderate"},
          Case{"7 trials at high risk", sources(7, 7, 0, 7), "low"},
          Case{"4 trials and 3 cohorts at low risk", sources(7, 4, 7), "high"},
          Case{"4 trials and 4 cohorts at low risk", sources(8, 4, 8), "low"},
          Case{"1 trial and 6 cohorts at low risk", sources(7, 1, 7), "low"},
          Case{"1 trial and 6 cohorts that nobody appraised", sources(7, 1, 0), "very low"},
          Case{"7 cohorts at low risk", sources(7, 0, 7), "low"},
          Case{"7 cohorts that nobody appraised", sources(7, 0, 0), "very low"},
          Case{"7 cohorts at high risk", sources(7, 0, 0, 7), "very low"},
          Case{"7 opinions", sources(7, 0, 0), "very low"}, Case{"1 trial at low risk", sources(1, 1, 1), "low"},
          Case{"1 trial that nobody appraised", sources(1, 1, 0), "very low"},
          Case{"1 cohort at low risk", sources(1, 0, 1), "very low"},
          Case{"5 trials at low risk", sources(5, 5, 5), "moderate"}})
        EXPECT_EQ(suggest_certainty(body).level, level) << what;
}

TEST(Certainty, SaysWhereEvidenceStarts) {
    auto const reason = [](BodyOfEvidence const& body) { return domain_of(body, "study design").reason; };
    EXPECT_EQ(reason(sources(8, 0, 8)),
              "0 of 8 informative sources are known to be randomised trials or reviews of such: evidence without them "
              "starts at low");
    EXPECT_EQ(reason(sources(7, 1, 7)),
              "only 1 of 7 informative sources is known to be a randomised trial or a review of such: where most are "
              "not, evidence starts at low");
    EXPECT_EQ(reason(sources(1, 1, 1)),
              "1 of 1 informative source is known to be a randomised trial or a review of such: evidence from them "
              "starts at high");
}

// statistics.md 4.11: a single study is at least one level down (KCE).
TEST(Certainty, OfOneSourceIsAtMostLow) {
    auto body = eight_good_sources();
    body.tally = {.supports = 1};
    body.agreement.reset();
    body.n_randomised = body.n_low_risk = 1;
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "low");
    EXPECT_THAT(certainty.reasons, ElementsAre("imprecision: rests on one source: no interval from one source excludes "
                                               "one half (two levels down)"));
    EXPECT_EQ(certainty.domains[2].reason, "one source: nothing to compare it with");
}

TEST(Certainty, EachDomainLowersItWithItsReason) {
    auto conflict = eight_good_sources();
    conflict.n_conflict_of_interest = 3;
    EXPECT_EQ(suggest_certainty(conflict).reasons.at(0),
              "publication bias or conflict of interest: 3 of 8 informative sources have a conflict of interest (one "
              "level down)");
    auto animals = eight_good_sources();
    animals.n_animal = 4;
    EXPECT_EQ(suggest_certainty(animals).reasons.at(0),
              "indirectness: 4 of 8 informative sources rest on animal or laboratory studies (one level down)");
    auto few = eight_good_sources();
    few.tally = {.supports = 4};
    few.n_randomised = few.n_low_risk = 4;
    EXPECT_EQ(suggest_certainty(few).reasons.at(0),
              "imprecision: only 4 informative sources, fewer than 6 (one level down)");
    auto observational = eight_good_sources();
    observational.n_randomised = 0;
    EXPECT_EQ(suggest_certainty(observational).reasons.at(0),
              "study design: 0 of 8 informative sources are known to be randomised trials or reviews of such: evidence "
              "without them starts at low (two levels down)");
    auto not_appraised = eight_good_sources();
    not_appraised.n_low_risk = 0;
    EXPECT_EQ(suggest_certainty(not_appraised).reasons.at(0),
              "risk of bias: nobody appraised the informative sources (one level down)");
    auto publisher = eight_good_sources();
    publisher.one_publisher = true;
    EXPECT_EQ(
        suggest_certainty(publisher).reasons.at(0),
        "publication bias or conflict of interest: all informative sources have the same publisher (one level down)");
}

TEST(Certainty, RiskOfBiasCountsAppraisals) {
    auto body = eight_good_sources();
    body.n_low_risk = 5, body.n_some_concerns = 2, body.n_high_risk = 1;
    EXPECT_EQ(domain_of(body, "risk of bias").levels_down, 0);
    EXPECT_EQ(domain_of(body, "risk of bias").reason,
              "5 of 8 informative sources were appraised at low risk (2 with some concerns, 1 at high risk)");
    body.n_low_risk = 4;
    EXPECT_EQ(domain_of(body, "risk of bias").levels_down, 1) << "half of them is not most of them";
    EXPECT_EQ(domain_of(body, "risk of bias").reason,
              "only 4 of 8 informative sources were appraised at low risk (2 with some concerns, 1 at high risk, 1 not "
              "appraised)");
    body.n_low_risk = 1, body.n_some_concerns = body.n_high_risk = 0;
    EXPECT_EQ(domain_of(body, "risk of bias").reason,
              "only 1 of 8 informative sources was appraised at low risk (7 not appraised)");
    body.n_low_risk = 0, body.n_some_concerns = 1, body.n_high_risk = 7;
    EXPECT_EQ(domain_of(body, "risk of bias").levels_down, 1);
    EXPECT_EQ(domain_of(body, "risk of bias").reason,
              "0 of 8 informative sources were appraised at low risk (1 with some concerns, 7 at high risk)");
    body.n_some_concerns = 0, body.n_high_risk = 8;
    EXPECT_EQ(domain_of(body, "risk of bias").levels_down, 2);
    EXPECT_EQ(domain_of(body, "risk of bias").reason, "all 8 informative sources were appraised at high risk");
    EXPECT_EQ(domain_of(sources(1, 1, 0, 1), "risk of bias").reason,
              "the one informative source was appraised at high risk");
}

TEST(Certainty, InconsistencyGoesByAgreementAndByWhatConditionsExplain) {
    auto body = eight_good_sources();
    body.tally = {.supports = 6, .refutes = 2};
    body.agreement = 0.0, body.disagreement = "explained";
    EXPECT_EQ(domain_of(body, "inconsistency").levels_down, 0);
    EXPECT_EQ(domain_of(body, "inconsistency").reason, "sources disagree, but conditions explain all of it (A = 0.00)");
    body.disagreement = "unexplained";
    EXPECT_EQ(domain_of(body, "inconsistency").levels_down, 1);
    EXPECT_EQ(domain_of(body, "inconsistency").reason,
              "sources disagree, or are mixed, under the same condition (A = 0.00)");
    body.tally = {.supports = 4, .refutes = 4};
    body.agreement = -1.0;
    EXPECT_EQ(domain_of(body, "inconsistency").levels_down, 2);
    EXPECT_EQ(domain_of(body, "inconsistency").reason,
              "sources disagree under the same condition, and are polarised (A = -1.00)");
    body.tally = {.mixed = 8};
    body.agreement = 1.0;
    EXPECT_EQ(domain_of(body, "inconsistency").reason,
              "every informative source is mixed under the same condition (A = 1.00)");
}

TEST(Certainty, FlagsAnAnimalStudyAsIndirectEvenWhereItIsTooFewToWeigh) {
    auto body = eight_good_sources();
    body.n_animal = 1;
    auto const one = domain_of(body, "indirectness");
    EXPECT_EQ(one.levels_down, 0);
    EXPECT_EQ(one.reason,
              "1 of 8 informative sources rests on animal or laboratory studies: indirect, but too few to weigh");
    body.n_animal = 8;
    EXPECT_EQ(domain_of(body, "indirectness").levels_down, 2) << "nothing direct is left";
}

TEST(Certainty, ImprecisionLooksAtTheInterval) {
    auto body = eight_good_sources();
    body.tally = {.supports = 5, .refutes = 3};
    EXPECT_EQ(domain_of(body, "imprecision").reason, "the interval of the share (0.31 to 0.86) includes one half");
    EXPECT_EQ(domain_of(body, "imprecision").levels_down, 1);
    body.tally = {.mixed = 8};
    EXPECT_EQ(domain_of(body, "imprecision").reason, "no informative source takes a side");
}

TEST(Certainty, OfAssociationsOnlyIsOneLevelDownAndNoMore) {
    auto body = eight_good_sources();
    body.n_correlational_only = 8;
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "moderate");
    EXPECT_THAT(certainty.reasons,
                ElementsAre("study design: 5 of 8 informative sources are known to be randomised trials or reviews of "
                            "such: evidence from them starts at high; all informative sources state associations, none "
                            "a cause (one level down)"));
    body.n_randomised = 0;  // where evidence starts at low, that is why
    EXPECT_EQ(suggest_certainty(body).level, "low");
    EXPECT_THAT(domain_of(body, "study design").reason, HasSubstr("state associations, none a cause"));
    body = eight_good_sources();
    body.n_correlational_only = 7;
    EXPECT_EQ(suggest_certainty(body).level, "high");
}

TEST(Certainty, NeverFallsBelowVeryLow) {
    BodyOfEvidence body;
    body.tally = {.mixed = 1};
    body.n_conflict_of_interest = 1, body.n_animal = 1, body.disagreement = "unexplained";
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "very low");
    EXPECT_EQ(certainty.reasons.size(), 6u);
}

// ---- What people judge

TEST(CertaintyJudgements, StandInPlaceOfWhatTheDataSuggestAndLeaveItVisible) {
    auto body = eight_good_sources();
    body.n_high_risk = 8, body.n_low_risk = 0;
    auto by_anna = judgement("risk of bias", 0);
    by_anna.when = "2026-11-20";
    auto const certainty = certainty_of(body, "addictive", "", std::vector{by_anna});
    EXPECT_EQ(certainty.level, "high");
    EXPECT_EQ(certainty.suggested, "low");
    EXPECT_EQ(certainty.decided_by, "anna");
    auto const& domain = certainty.domains[1];
    EXPECT_EQ(domain.levels_down, 0);
    EXPECT_EQ(domain.suggested_levels_down, 2);
    EXPECT_EQ(domain.decided_by, "anna");
    EXPECT_EQ(
        domain.reason,
        "Read in full. (judged by anna, 2026-11-20; the data suggest two levels down: all 8 informative sources were "
        "appraised at high risk)");
    EXPECT_THAT(certainty.reasons, ElementsAre("risk of bias: " + domain.reason + " (no level down)"));
    EXPECT_EQ(certainty.domains[4].decided_by, "data");
}

TEST(CertaintyJudgements, OfTheStudyDesignSayWhereEvidenceStarts) {
    auto const certainty = certainty_of(sources(7, 0, 7), "addictive", "", std::vector{judgement("study design", 0)});
    EXPECT_EQ(certainty.level, "high");
    EXPECT_EQ(certainty.suggested, "low");
}

TEST(CertaintyJudgements, OfTheWholeReplaceWhatTheDomainsComeTo) {
    CertaintyJudgement whole;
    whole.claim_id = "addictive", whole.level = "low", whole.who = "bert", whole.why = "All read the same register.";
    auto const certainty =
        certainty_of(eight_good_sources(), "addictive", "", std::vector{judgement("imprecision", 1), whole});
    EXPECT_EQ(certainty.level, "low");
    EXPECT_EQ(certainty.suggested, "high");
    EXPECT_EQ(certainty.decided_by, "bert");
    EXPECT_EQ(certainty.domains[4].decided_by, "anna");
    EXPECT_EQ(certainty.reasons.back(),
              "as a whole: All read the same register. (rated low by bert; the data suggest high)");
}

TEST(CertaintyJudgements, OfSeveralOnTheSameTheLastCountsAndSaysWhomItReplaces) {
    auto const certainty = certainty_of(
        eight_good_sources(), "addictive", "",
        std::vector{judgement("indirectness", 2), judgement("indirectness", 1, "bert"), judgement("imprecision", 1)});
    EXPECT_EQ(certainty.level, "low");
    EXPECT_EQ(certainty.decided_by, "bert, anna");
    EXPECT_EQ(certainty.domains[3].levels_down, 1);
    EXPECT_THAT(certainty.domains[3].reason, HasSubstr("; replaces the judgement of anna: two levels down)"));
}

TEST(CertaintyJudgements, OnOtherQuestionsAreLeftAside) {
    auto elsewhere = judgement("imprecision", 2);
    elsewhere.condition_id = "misuse";
    auto other_claim = judgement("imprecision", 2);
    other_claim.claim_id = "tolerance";
    auto const judgements = std::vector{elsewhere, other_claim};
    EXPECT_EQ(certainty_of(eight_good_sources(), "addictive", "", judgements).level, "high");
    EXPECT_EQ(certainty_of(eight_good_sources(), "addictive", "misuse", judgements).level, "low");
}

TEST(CertaintyJudgements, DoNotMakeEvidenceWhereThereIsNoneButAreSaid) {
    BodyOfEvidence body;
    body.tally = {.silent = 4};
    CertaintyJudgement whole;
    whole.claim_id = "addictive", whole.level = "low", whole.who = "bert", whole.why = "So.";
    auto of_domain = judgement("imprecision", 1);
    of_domain.when = "2026-11-20";
    auto const certainty = certainty_of(body, "addictive", "", std::vector{of_domain, whole});
    EXPECT_EQ(certainty.level, "");
    EXPECT_EQ(certainty.suggested, "");
    EXPECT_EQ(certainty.decided_by, "data");
    EXPECT_EQ(certainty.domains[4].decided_by, "data");
    EXPECT_EQ(certainty.domains[4].levels_down, 0);
    EXPECT_EQ(certainty.domains[4].reason,
              "Read in full. (judged by anna, 2026-11-20: one level down; not applied: no source informs the claim)");
    EXPECT_EQ(certainty.domains[3].reason, "no informative source");
    EXPECT_THAT(certainty.reasons,
                ElementsAre("imprecision: " + certainty.domains[4].reason,
                            "as a whole: So. (judged by bert: low; not applied: no source informs the claim)"));
}

// ---- In the summary

TEST(CertaintyInTheSummary, HasARowForEachQuestionAndDomain) {
    auto registry = dossier::test::registry();
    registry.certainty.push_back(judgement("imprecision", 0));
    std::vector<dossier::Article> articles;
    std::vector<dossier::ArticleEvidence> evidence;
    for (auto const* id : {"a", "b", "c"}) {
        articles.push_back(dossier::test::article(id));
        articles.back().risk_of_bias = {"low", "sources.toml", false};
        evidence.push_back(supporting(id));
    }
    articles[1].study_design.value = "randomised trial";
    articles[2].study_design.value = "randomised trial";
    articles[2].population.value = "mice";
    auto const findings = summarise(articles, registry, evidence);
    ASSERT_EQ(findings.certainty.size(), 4u * 6u);  // two claims, of which one under two conditions
    EXPECT_EQ(findings.certainty[0].claim_id, "addictive");
    EXPECT_EQ(findings.certainty[0].reason,
              "only 1 of 3 informative sources is known to be a randomised trial or a review of such: where most are "
              "not, evidence starts at low");
    EXPECT_EQ(findings.certainty[1].reason, "3 of 3 informative sources were appraised at low risk");
    EXPECT_EQ(findings.certainty[3].reason,
              "1 of 3 informative sources rests on animal or laboratory studies: indirect, but too few to weigh");
    EXPECT_EQ(findings.certainty[4].decided_by, "anna");
    EXPECT_EQ(findings.certainty[6].condition_id, "supervised");
    EXPECT_EQ(findings.certainty.back().claim_id, "tolerance");
    EXPECT_EQ(findings.consensus[0].certainty, "low");
    EXPECT_EQ(findings.consensus[0].certainty_suggested, "very low");
    EXPECT_EQ(findings.consensus[0].certainty_decided_by, "anna");
    EXPECT_EQ(findings.consensus[3].certainty, "");
}

TEST(CertaintyInTheSummary, TakesTheWorstAppraisalOfACluster) {
    std::vector<dossier::Article> articles;
    std::vector<dossier::ArticleEvidence> evidence;
    for (auto const* id : {"a", "b"}) {
        articles.push_back(dossier::test::article(id));
        articles.back().rests_on = {"10.1000/one", "sources.toml", false};
        evidence.push_back(supporting(id));
    }
    articles[0].risk_of_bias.value = "low";
    articles[1].risk_of_bias.value = "high";
    auto const findings = summarise(articles, dossier::test::registry(), evidence);
    ASSERT_FALSE(findings.certainty.empty());
    EXPECT_EQ(findings.certainty[1].reason, "the one informative source was appraised at high risk");
    EXPECT_EQ(findings.certainty[1].levels_down, 2);
}

// ---- Correlations

TEST(Certainty, KnowsSourcesThatStateCorrelationsOnly) {
    using dossier::CausalStrength;
    using dossier::Direction;
    std::vector<dossier::EvidenceItem> quotes(3);
    auto const set = [&](std::size_t i, Direction direction, CausalStrength strength) {
        quotes[i].direction = direction;
        quotes[i].causal_strength = strength;
    };
    EXPECT_FALSE(dossier::states_correlation_only({}));
    EXPECT_FALSE(dossier::states_correlation_only(quotes)) << "no link is stated";
    set(0, Direction::supports, CausalStrength::correlational);
    set(1, Direction::refutes, CausalStrength::none);
    set(2, Direction::neutral, CausalStrength::direct);
    EXPECT_TRUE(dossier::states_correlation_only(quotes)) << "what only discusses does not count";
    quotes[0].condition_id = "misuse";
    EXPECT_TRUE(dossier::states_correlation_only(quotes, "misuse"));
    EXPECT_FALSE(dossier::states_correlation_only(quotes, "supervised"));
    set(1, Direction::refutes, CausalStrength::conditional);
    EXPECT_FALSE(dossier::states_correlation_only(quotes));
}

}  // namespace
