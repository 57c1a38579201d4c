// Whose it was: what happened to a relative, a donor or an animal says nothing about the people of the claim.
#include <gtest/gtest.h>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"

namespace {

using namespace dossier;

ClaimRegistry registry(std::string const& statement, std::string const& about) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "c";
    claim.statement = statement;
    claim.about = {{about, {}}};
    claim.supports = {{"migraine*", {}}, {"asthma", {}}};
    registry.claims.push_back(claim);
    return registry;
}

ArticleEvidence read(std::string const& text, ClaimRegistry const& known) {
    Article article;
    article.id = "a";
    article.title.value = "Night shifts";
    Sentence sentence;
    sentence.text = text;
    article.sentences.push_back(sentence);
    return Engine(known, built_in_lexicon()).analyse(article, true);
}

/// "supports", "refutes", or the reason for which the first cue was refused.
std::string reading_of(std::string const& text, std::string const& statement = "Night shifts cause migraine.",
                       std::string const& about = "night shift*") {
    auto const evidence = read(text, registry(statement, about));
    if (evidence.decisions.empty()) return "no cue";
    auto const& decision = evidence.decisions.front();
    return decision.counted ? name_of(decision.direction) : decision.reason;
}

TEST(Experiencer, ARelativeIsSomebodyElse) {
    for (auto const* text : {"Night shifts are hard for nurses with a family history of migraine.",
                             "On night shifts she thought of it: her mother had migraine.",
                             "He works night shifts, and his brother suffers from asthma.",
                             "He works night shifts, and an uncle with asthma raised him.",
                             "After night shifts he falls asleep, and migraine runs in the family.",
                             "Nurses on night shifts with a paternal history of migraine were invited."})
        EXPECT_TRUE(reading_of(text).starts_with("it is told of somebody else")) << text << ": " << reading_of(text);
}

TEST(Experiencer, SoIsADonorOrANeighbour) {
    for (auto const* text : {"After night shifts she heard that the organ donor had migraine.",
                             "He works night shifts, and his roommate developed migraine."})
        EXPECT_TRUE(reading_of(text).starts_with("it is told of somebody else")) << text << ": " << reading_of(text);
}

TEST(Experiencer, ItsScopeEndsBeforeAVerbAndAContrast) {
    EXPECT_EQ(reading_of("Night shifts that a family history of falls can worsen cause migraine."), "supports");
    EXPECT_EQ(reading_of("Her mother had gout, but night shifts gave her migraine."), "supports");
    EXPECT_EQ(reading_of("Night shifts cause migraine, her mother said."), "supports");
}

TEST(Experiencer, IsNobodyElseWhereTheClaimOrItsSubjectNamesHim) {
    EXPECT_EQ(reading_of("Night shifts are blamed: the mother had migraine.",
                         "Mothers on night shifts: a mother gets migraine."),
              "supports");
    EXPECT_EQ(reading_of("The mother had migraine.", "Work causes it.", "mother"), "supports");
}

TEST(Experiencer, AnimalsAreOnlyMarked) {
    auto const evidence =
        read("Night shifts cause migraine in mice.", registry("Night shifts cause migraine.", "night shift*"));
    ASSERT_EQ(evidence.items.size(), 1u);
    EXPECT_EQ(evidence.items[0].direction, Direction::supports);
    EXPECT_NE(evidence.items[0].rule.find("told of animals ('in mice')"), std::string::npos) << evidence.items[0].rule;
}

TEST(CausalStrengthOfEvidence, IsThatOfItsClause) {
    auto const known = registry("Night shifts cause migraine.", "night shift*");
    struct Case {
        char const* text;
        CausalStrength strength;
    };
    for (auto const& [text, strength] :
         {Case{"Night shifts cause migraine.", CausalStrength::direct},
          Case{"Night shifts may lead to migraine.", CausalStrength::conditional},
          Case{"Night shifts were associated with migraine.", CausalStrength::correlational},
          Case{"Night shifts do not cause migraine.", CausalStrength::direct},
          Case{"Night shifts: migraine.", CausalStrength::none},
          Case{"Night shifts were associated with migraine, but tea improved sleep.", CausalStrength::correlational}}) {
        auto const evidence = read(text, known);
        ASSERT_EQ(evidence.decisions.size(), 1u) << text;
        EXPECT_EQ(evidence.decisions[0].causal_strength, strength) << text;
        if (!evidence.items.empty()) {
            EXPECT_EQ(evidence.items[0].causal_strength, strength) << text;
        }
    }
}

}  // namespace
