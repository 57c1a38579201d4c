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
std::string mentions(std::vector<std::string> const& sentences) {
    Article article;
    article.id = "a";
    article.title.value = "Shift work and nurses";
    for (auto const& text : sentences) {
        Sentence sentence;
        sentence.text = text;
        article.sentences.push_back(sentence);
    }
    std::string found;
    for (auto const& mention : Engine(registry(), built_in_lexicon()).analyse(article, false).mentions)
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
}

TEST(RiskFactors, ADeniedFactorActsTheOtherWay) {
    EXPECT_EQ(mentions({"Without peer support, nurses are at higher risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Avoiding night shifts helps prevent burnout."}), "nights:raises ");
}

TEST(RiskFactors, MayBeLinkedByTheSentenceThatPointsBack) {
    EXPECT_EQ(mentions({"Wards now offer peer support.", "This lowers the risk of burnout."}), "support:lowers ");
    EXPECT_EQ(mentions({"Wards now offer peer support.", "Burnout is a grave matter."}), "");
}

TEST(RiskFactors, NeedTheOutcomeAndTheSubject) {
    EXPECT_EQ(mentions({"Night shifts are long."}), "");
    EXPECT_EQ(mentions({"Pilots on night shifts suffer more burnout."}), "");
    EXPECT_EQ(mentions({"It is unclear whether night shifts cause burnout."}), "");
}

}  // namespace
