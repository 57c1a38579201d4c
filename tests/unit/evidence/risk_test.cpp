// Risk factors: which way a sentence says they move the outcome.
#include <gtest/gtest.h>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"

namespace {

using namespace dossier;

std::vector<Phrase> phrases(std::vector<std::string> const& texts) {
    std::vector<Phrase> list;
    for (auto const& text : texts)
        list.push_back({text, {}});
    return list;
}

ClaimRegistry registry() {
    ClaimRegistry registry;
    registry.about = phrases({"shift work", "nurses"});
    registry.others = phrases({"pilots"});
    registry.outcome_terms = phrases({"burnout", "exhaust*"});
    registry.risk_factors = {
        {"nights", "night shifts", "burnout", phrases({"night shift*", "nights"}), FactorDirection::raises, {}},
        {"support",
         "support of colleagues",
         "burnout",
         phrases({"support of colleagues", "peer support"}),
         FactorDirection::lowers,
         {}},
        {"age", "age", "burnout", phrases({"age"}), FactorDirection::unclear, {}}};
    return registry;
}

/// "factor:direction " for each mention of the last sentence's article.
std::string mentions(std::vector<std::string> const& sentences, ClaimRegistry const& known = registry()) {
    Article article;
    article.id = "a";
    article.title.value = "Shift work and nurses";
    for (auto const& text : sentences) {
        Sentence sentence;
        sentence.text = text;
        article.sentences.push_back(sentence);
    }
    std::string found;
    for (auto const& mention : Engine(known, built_in_lexicon()).analyse(article, false).mentions)
        found += mention.factor_id + ":" + name_of(mention.direction) + (mention.with_evidence ? "! " : " ");
    return found;
}

TEST(RiskFactors, AreReadWithTheDirectionTheSentenceStates) {
    EXPECT_EQ(mentions({"Night shifts increase the risk of burnout."}), "nights:raises ");
    EXPECT_EQ(mentions({"Burnout is more common among nurses who work nights."}), "nights:raises ");
    EXPECT_EQ(mentions({"Peer support reduces the risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"The risk of burnout is low, particularly with peer support."}), "support:lowers ");
    EXPECT_EQ(mentions({"Shift work can lead to burnout, especially when it means night shifts."}), "nights:raises ");
    EXPECT_EQ(mentions({"Age had no effect on burnout."}), "age:no_effect ");
    EXPECT_EQ(mentions({"A survey found that night shifts raise the risk of burnout."}), "nights:raises! ");
    EXPECT_EQ(mentions({"Night shifts were independently associated with burnout."}), "nights:raises! ");
    EXPECT_EQ(mentions({"Night shifts raised the risk of burnout (odds ratio 1.8)."}), "nights:raises! ");
}

TEST(RiskFactors, ThatChangeNothingHaveNoEffect) {
    EXPECT_EQ(mentions({"Burnout did not differ between nurses on night shifts and others."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"It made no difference to burnout whether nurses had night shifts."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"Burnout was common, regardless of age."}), "age:no_effect ");
    EXPECT_EQ(mentions({"Nurses on night shifts were no more likely to suffer burnout."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"Night shifts are neither better nor worse: they make no difference to burnout."}),
              "nights:no_effect ");
    EXPECT_EQ(mentions({"Peer support was associated with less burnout, and age had no effect on it."}),
              "support:lowers age:no_effect ");
    EXPECT_EQ(mentions({"Night shifts raise the risk of burnout, whereas age does not affect it."}),
              "nights:raises age:no_effect ");
    EXPECT_EQ(
        mentions({"Half of the nurses suffered burnout.", "It made no difference whether they had night shifts."}),
        "nights:no_effect ");
    EXPECT_EQ(mentions({"Half of the nurses suffered burnout.", "It is unclear whether night shifts matter."}), "");
}

TEST(RiskFactors, ADeniedFactorActsTheOtherWay) {
    EXPECT_EQ(mentions({"Without peer support, nurses are at higher risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Avoiding night shifts helps prevent burnout."}), "nights:raises ");
}

TEST(RiskFactors, MayBeLinkedByTheSentenceThatPointsBack) {
    EXPECT_EQ(mentions({"Wards now offer peer support.", "This lowers the risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Wards now offer peer support.", "Burnout is a grave matter."}), "");
}

TEST(RiskFactors, AreReadThoughTheRegistryNamesThemAmongTheOthers) {
    auto known = registry();
    known.others = phrases({"pilots", "night shift*", "alcohol*"});
    known.risk_factors.push_back({"alcohol", "alcohol", "burnout", phrases({"alcohol"}), FactorDirection::raises, {}});
    EXPECT_EQ(mentions({"Night shifts increase the risk of burnout."}, known), "nights:raises ");
    EXPECT_EQ(mentions({"Alcohol increases the risk of burnout."}, known), "alcohol:raises ");
    EXPECT_EQ(mentions({"Burnout of pilots is more common at night shifts."}, known), "");
}

TEST(RiskFactors, ThatAreOnlyBelievedAndThenRebuttedAreNoneSupposedOnesNeither) {
    EXPECT_EQ(mentions({"It is believed that night shifts raise the risk of burnout."}), "nights:raises ");
    EXPECT_EQ(mentions({"It is believed that night shifts raise the risk of burnout.", "They are wrong."}), "");
    EXPECT_EQ(mentions({"Many say that night shifts lead to burnout.", "They are mistaken."}), "");
    EXPECT_EQ(mentions({"The myth that night shifts raise the risk of burnout is old."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"If night shifts raised the risk of burnout, wards would be empty."}), "");
    EXPECT_EQ(mentions({"It is unclear whether night shifts raise the risk of burnout."}), "");
    EXPECT_EQ(mentions({"Night shifts raise the risk of burnout.", "Others think of pay; they are wrong."}),
              "nights:raises ");
}

TEST(RiskFactors, MayHoldWordsThatTellOfThePast) {
    ClaimRegistry registry;
    registry.outcome_terms = phrases({"fall", "falling", "falls"});
    registry.risk_factors = {{"before",
                              "previous falls",
                              "falls",
                              phrases({"previous falls", "prior falls", "history of falls"}),
                              FactorDirection::raises,
                              {}}};
    EXPECT_EQ(mentions({"Previous falls increased the risk of falling."}, registry), "before:raises ");
    EXPECT_EQ(mentions({"Previous falls raised the risk of another fall."}, registry), "before:raises ");
    EXPECT_EQ(mentions({"A history of falls doubles the risk of a fall."}, registry), "before:raises ");
    EXPECT_EQ(mentions({"Prior falls did not raise the risk of falling."}, registry), "before:no_effect ");
    EXPECT_EQ(mentions({"Previous falls were recorded in a diary."}, registry), "") << "names no outcome beside itself";
    EXPECT_EQ(mentions({"Night shifts were common among nurses with a history of burnout."}), "");
}

std::vector<std::string> factors_of_number(std::string const& text) {
    Article article;
    article.id = "a";
    article.sentences.resize(1);
    article.sentences[0].text = text;
    auto const found = Engine(registry(), built_in_lexicon()).analyse(article, false).quantities;
    return found.empty() ? std::vector<std::string>{"no number"} : found[0].factor_ids;
}

TEST(RiskFactors, AreKeptWithTheNumbersOfTheirSentenceWhetherOrNotItNamesTheOutcome) {
    using Ids = std::vector<std::string>;
    EXPECT_EQ(factors_of_number("For night shifts the adjusted hazard ratio was 1.33 (95% CI 1.05 to 1.68)."),
              Ids{"nights"});
    EXPECT_EQ(factors_of_number("Nights on night shifts: odds ratio 1.5 (95% CI 1.2 to 1.9)."), Ids{"nights"});
    EXPECT_EQ(factors_of_number("For peer support and night shifts the odds ratio was 1.5 (95% CI 1.2 to 1.9)."),
              (Ids{"nights", "support"}));
    EXPECT_EQ(factors_of_number("For overtime the odds ratio was 1.5 (95% CI 1.2 to 1.9)."), Ids{});
}

/// One factor, without outcome_terms.
ClaimRegistry alcohol(std::string const& outcome) {
    ClaimRegistry registry;
    registry.risk_factors = {{"alcohol", "alcohol", outcome, phrases({"alcohol"}), FactorDirection::unclear, {}}};
    return registry;
}

TEST(RiskFactors, AreLinkedByTheWordsOfTheirOwnOutcome) {
    for (auto const* outcome : {"head injury", "head injuries", "Head injury"}) {
        EXPECT_EQ(mentions({"Alcohol increases the risk of head injury."}, alcohol(outcome)), "alcohol:raises ");
        EXPECT_EQ(mentions({"Alcohol increases the risk of head injuries."}, alcohol(outcome)), "alcohol:raises ");
        EXPECT_EQ(mentions({"Alcohol raises the risk of injuries to the head."}, alcohol(outcome)), "alcohol:raises ");
        EXPECT_EQ(mentions({"Alcohol increases the risk of stroke."}, alcohol(outcome)), "");
        EXPECT_EQ(mentions({"Alcohol had no effect on head injuries."}, alcohol(outcome)), "alcohol:no_effect ");
    }
    auto two = alcohol("death");
    two.risk_factors.push_back({"speed", "speed", "fracture", phrases({"speed"}), FactorDirection::unclear, {}});
    EXPECT_EQ(mentions({"Speed and alcohol raise the risk of a fracture."}, two), "speed:raises ");
    EXPECT_EQ(mentions({"Speed and alcohol raise the risk of death."}, two), "alcohol:raises ");
}

TEST(RiskFactors, WithoutAnOutcomeTakeThatOfTheClaims) {
    auto registry = alcohol("");
    Claim claim;
    claim.id = "helmets";
    claim.outcome = "head injury";
    claim.supports = phrases({"protect*"});
    registry.claims.push_back(claim);
    EXPECT_EQ(mentions({"Alcohol increases the risk of head injury."}, registry), "alcohol:raises ");
    EXPECT_EQ(mentions({"Alcohol increases the risk of stroke."}, registry), "");
}

TEST(RiskFactors, WithNoOutcomeAnywhereAreLinkedByAnOpenStatementOfHarm) {
    EXPECT_EQ(mentions({"Alcohol increases the risk."}, alcohol("")), "alcohol:raises ");
    EXPECT_EQ(mentions({"Alcohol lowers the danger."}, alcohol("")), "alcohol:lowers ");
    EXPECT_EQ(mentions({"Less alcohol lowers the danger."}, alcohol("")), "alcohol:raises ");
    EXPECT_EQ(mentions({"Alcohol is a risk."}, alcohol("")), "");
    EXPECT_EQ(mentions({"Alcohol increases sales."}, alcohol("")), "");
}

TEST(RiskFactors, AreReadThroughDoubleNegation) {
    EXPECT_EQ(mentions({"It is not true that night shifts do not raise the risk of burnout."}), "nights:raises ");
    EXPECT_EQ(mentions({"Nobody doubts that night shifts cause burnout."}), "nights:raises ");
    EXPECT_EQ(mentions({"It cannot be denied that night shifts lead to burnout."}), "nights:raises ");
}

TEST(RiskFactors, ThatProtectLowerTheRisk) {
    EXPECT_EQ(mentions({"Peer support protects nurses against burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Peer support is a protective factor for burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Peer support was associated with a lower risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Nurses with peer support were less likely to suffer burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Peer support minimises burnout."}), "support:lowers ");
}

TEST(RiskFactors, ThatAreNotAssociatedHaveNoEffect) {
    EXPECT_EQ(mentions({"Age was not associated with burnout."}), "age:no_effect ");
    EXPECT_EQ(mentions({"Age is not linked to burnout."}), "age:no_effect ");
    EXPECT_EQ(mentions({"There was no association between age and burnout."}), "age:no_effect ");
    EXPECT_EQ(mentions({"Age did not affect burnout."}), "age:no_effect ");
    EXPECT_EQ(mentions({"Burnout was unrelated to age."}), "age:no_effect ");
    EXPECT_EQ(mentions({"Night shifts were associated with burnout, but age was not associated with it."}),
              "nights:raises age:no_effect ");
}

TEST(RiskFactors, MayBeComparedWithWhatTheyAreNot) {
    EXPECT_EQ(mentions({"Burnout was more frequent on night shifts than on day shifts."}), "nights:raises ");
    EXPECT_EQ(mentions({"Burnout was less frequent with peer support than without it."}), "support:lowers ");
}

TEST(RiskFactors, CarryTheConditionOfTheirSentence) {
    auto known = registry();
    known.conditions = {{"alone", "working alone", phrases({"alone"}), {}}};
    Article article;
    article.id = "a";
    article.title.value = "Shift work and nurses";
    for (auto const* text :
         {"When nurses work alone, night shifts increase the risk of burnout.",
          "Peer support reduces the risk of burnout.", "Age does not affect burnout; nurses should not work alone."}) {
        Sentence sentence;
        sentence.text = text;
        article.sentences.push_back(sentence);
    }
    auto const found = Engine(known, built_in_lexicon()).analyse(article, false).mentions;
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].condition_id, "alone");
    EXPECT_EQ(found[1].condition_id, "");
    EXPECT_EQ(found[2].condition_id, "");
}

TEST(RiskFactors, RestOnEvidenceWhereTheSentenceReportsAStudy) {
    EXPECT_EQ(mentions({"In a cohort of nurses, night shifts raised the risk of burnout."}), "nights:raises! ");
    EXPECT_EQ(mentions({"According to a survey, peer support reduces the risk of burnout."}), "support:lowers! ");
    EXPECT_EQ(mentions({"Many say that night shifts raise the risk of burnout."}), "nights:raises ");
}

TEST(RiskFactors, NeedTheOutcomeAndTheSubject) {
    EXPECT_EQ(mentions({"Night shifts are long."}), "");
    EXPECT_EQ(mentions({"Pilots on night shifts suffer more burnout."}), "");
    EXPECT_EQ(mentions({"It is unclear whether night shifts cause burnout."}), "");
}

TEST(RiskFactors, WhoseHarmIsDeniedHaveNoEffectAndAreNoProtection) {
    EXPECT_EQ(mentions({"Night shifts do not cause burnout."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"Night shifts rarely cause burnout."}), "nights:no_effect ");
    EXPECT_EQ(mentions({"Peer support does not prevent burnout."}), "support:no_effect ");
    EXPECT_EQ(mentions({"With peer support there is no burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"At a high age, shift work does not worsen burnout."}), "age:no_effect ");
}

TEST(RiskFactors, ThatAreAdvisedActAsTheyUsuallyDo) {
    EXPECT_EQ(mentions({"Night shifts raise the risk of burnout, so look for peer support."}),
              "nights:raises support:lowers ");
    EXPECT_EQ(mentions({"Night shifts raise the risk of burnout; therefore mind your age."}),
              "nights:raises age:unclear ");
    EXPECT_EQ(mentions({"Few sleep well after night shifts, so the risk of burnout rises."}), "nights:raises ");
    EXPECT_EQ(mentions({"Nurses are tired, so night shifts raise the risk of burnout."}), "nights:raises ");
}

TEST(RiskFactors, ThatWereRemovedAreSpokenOfByTheirAbsence) {
    EXPECT_EQ(mentions({"Nurses whose night shifts had been abolished had less burnout."}), "nights:raises ");
    EXPECT_EQ(mentions({"Burnout fell where night shifts were stopped."}), "nights:raises ");
    EXPECT_EQ(mentions({"Where peer support was withdrawn, burnout increased."}), "support:lowers ");
}

TEST(RiskFactors, HaveEvidenceWhereTheArticleIsTheReportOfAStudy) {
    for (auto const& [design, found] :
         std::vector<std::pair<std::string, std::string>>{{"prospective cohort study", "nights:raises! "},
                                                          {"systematic review", "nights:raises! "},
                                                          {"news report of a survey", "nights:raises "},
                                                          {"opinion", "nights:raises "}}) {
        Article article;
        article.id = "a";
        article.title.value = "Shift work and nurses";
        article.study_design.value = design;
        article.sentences.emplace_back().text = "Night shifts increase the risk of burnout.";
        auto const known = registry();
        auto const mentions = Engine(known, built_in_lexicon()).analyse(article, false).mentions;
        ASSERT_EQ(mentions.size(), 1u) << design;
        EXPECT_EQ(mentions.front().with_evidence, found.find('!') != std::string::npos) << design;
    }
}

}  // namespace
