// Causal strength: what kind of link a sentence states.
#include "dossier/evidence/causal_strength.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::built_in_lexicon;
using dossier::CausalStrength;
using dossier::read_causal_strength;
using dossier::SentenceContext;
using dossier::tokenize;

std::string strength_of(std::string const& sentence) {
    auto const tokens = tokenize(sentence);
    SentenceContext const context(tokens, built_in_lexicon());
    return name_of(read_causal_strength(context).strength);
}

void expect_all(char const* strength, std::initializer_list<char const*> sentences) {
    for (auto const* sentence : sentences)
        EXPECT_EQ(strength_of(sentence), strength) << sentence;
}

TEST(CausalStrength, IsDirectWhereOneThingActsOnAnother) {
    expect_all("direct",
               {"Evening walks improved sleep in the nurses.", "Coffee causes palpitations.",
                "The new lamps led to fewer headaches.", "Shift work raises the risk of burnout.",
                "Ear plugs were effective in open-plan offices.", "Noise has an adverse effect on concentration.",
                "The training resulted in better posture.", "Blue light suppresses melatonin.",
                "The rash was caused by the new soap.", "Sugar plays an important role in tooth decay.",
                "Stretching helps to relieve back pain.", "The programme was shown to reduce absence."});
}

TEST(CausalStrength, OfADeniedEffectIsStillThatOfTheEffect) {
    expect_all("direct", {"Carrots did not improve eyesight.", "Screens do not cause short-sightedness.",
                          "The tea had no effect on weight."});
    expect_all("correlational",
               {"Coffee was not associated with insomnia.", "Sleep did not differ between the groups."});
}

TEST(CausalStrength, IsConditionalUnderAModal) {
    expect_all("conditional", {"Evening walks may improve sleep.", "Blue light might suppress melatonin.",
                               "The rash could be due to the new soap.", "Ear plugs appear to reduce stress.",
                               "Noise seems to impair concentration.",
                               "Standing desks could be beneficial for the back.", "A nap is likely to improve mood.",
                               "Tea may have a beneficial effect on mood.", "This may lead to fewer accidents."});
}

TEST(CausalStrength, IsCorrelationalWhereThingsGoTogether) {
    expect_all("correlational",
               {"Coffee was associated with insomnia.", "Screen time correlated with tiredness.",
                "There is a link between noise and stress.", "Short nights predict accidents.",
                "Age is a risk factor for falls.", "Night nurses were more likely to fall asleep.",
                "Pilots had higher blood pressure.", "Fatigue was more common in nurses than in porters.",
                "Commuters are at increased risk of burnout.", "Stress may be associated with noise.",
                "Blood pressure was higher in the noisy wards.", "Noise was inversely related to sleep."});
}

TEST(CausalStrength, ComesFromWhatGoesTogetherEvenWhereItSoundsLikeAnEffect) {
    expect_all("correlational", {"Walking was associated with improved sleep and reduced stress.",
                                 "Reduced sleep was associated with accidents."});
}

TEST(CausalStrength, IsNoneWhereNothingIsStatedToBeLinked) {
    expect_all("none",
               {"Further studies are needed to tell whether walks improve sleep.", "Nurses should walk in the evening.",
                "Trial registration: NCT00000000.", "We set out to determine whether coffee causes insomnia.",
                "Half of the nurses wore glasses.", "It is important to prevent falls.",
                "New ways to reduce noise were sought.", "The survey was sent to all wards."});
}

TEST(CausalStrength, NamesTheWordsThatSaySo) {
    auto const tokens = tokenize("Relief was felt, as noise may well have had adverse effects on sleep.");
    SentenceContext const context(tokens, built_in_lexicon());
    auto const reading = read_causal_strength(context);
    EXPECT_EQ(reading.strength, CausalStrength::conditional);
    ASSERT_TRUE(reading.said_by);
    EXPECT_EQ(tokens.at(reading.said_by->match.first).text, "adverse");
    ASSERT_TRUE(reading.weakened_by);
    EXPECT_EQ(tokens.at(reading.weakened_by->match.first).text, "may");
}

TEST(CausalStrength, OfAPhraseIsThatOfItsSideOfAContrast) {
    auto const tokens = tokenize("Coffee was associated with insomnia, but tea improves mood.");
    SentenceContext const context(tokens, built_in_lexicon());
    auto const at = [&](std::uint32_t token) { return read_causal_strength(context, {0, token, token, 1}).strength; };
    EXPECT_EQ(at(4), CausalStrength::correlational);
    EXPECT_EQ(at(8), CausalStrength::direct);
}

TEST(CausalStrength, IsReadFromASentenceWithoutEnd) {
    std::string text = "Walking improves mood";
    for (int i = 0; i < 5000; ++i)
        text += " and may reduce stress";
    EXPECT_EQ(strength_of(text), "direct");
}

TEST(CausalStrength, OfNothingIsNone) {
    EXPECT_EQ(strength_of(""), "none");
    EXPECT_EQ(strength_of("1 2 3"), "none");
}

}  // namespace
