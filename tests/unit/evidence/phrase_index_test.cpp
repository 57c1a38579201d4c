#include "dossier/evidence/phrase_index.hpp"

#include <gtest/gtest.h>

namespace {

using namespace dossier;

std::vector<PhraseMatch> find(std::vector<std::string> const& phrases, std::string_view text) {
    PhraseIndex index;
    for (auto const& phrase : phrases)
        index.add(std::get<PhrasePattern>(parse_phrase(phrase)));
    std::vector<PhraseMatch> matches;
    index.find(tokenize(text), matches);
    return matches;
}

TEST(PhraseIndex, FindsWordsStemsOptionsAndGaps) {
    EXPECT_EQ(find({"addict*"}, "It is addictive.").size(), 1u);
    EXPECT_EQ(find({"addict*"}, "It is an add.").size(), 0u);
    EXPECT_EQ(find({"habit-forming"}, "It is habit forming.").size(), 1u);
    EXPECT_EQ(find({"habit forming"}, "It is habit-forming.").size(), 1u);
    EXPECT_EQ(find({"[highly] addictive"}, "It is highly addictive.").at(0).n_named(), 2u);
    EXPECT_EQ(find({"{one|two words}"}, "Here are two words.").size(), 1u);
    EXPECT_EQ(find({"risk ... fire"}, "The risk of a sudden fire.").at(0).n_named(), 2u);
    EXPECT_EQ(find({"CAFÉ"}, "the cafe\u0301\u2019s owner").size(), 1u);
}

TEST(PhraseIndex, AGapHoldsAtMostSixWordsOfOneClause) {
    EXPECT_EQ(find({"risk ... fire"}, "risk a b c d e f fire").size(), 1u);
    EXPECT_EQ(find({"risk ... fire"}, "risk a b c d e f g fire").size(), 0u);
    EXPECT_EQ(find({"risk ... fire"}, "the risk; a fire").size(), 0u);
    EXPECT_EQ(find({"risk of fire"}, "the risk (of fire)").size(), 0u);
}

TEST(PhraseIndex, ManyGapsOverRepeatedWordsDoNotRunAway) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "a ";
    (void)find({"a ... a ... a ... a ... a ... a ... a ... a ... a ... a ... a ... b"}, text);
}

TEST(Tokens, KeepNumbersAndApostrophesTogetherAndPartHyphens) {
    auto const tokens = tokenize("Don\u2019t mix 1.3% (or 10,000) non-toxic and/or rays\u2014ever.");
    std::vector<std::string> words;
    for (auto const& token : tokens)
        words.emplace_back(token.text);
    EXPECT_EQ(words, (std::vector<std::string>{"don't", "mix", "1.3", "%", "or", "10,000", "non", "toxic", "and", "or",
                                               "rays", "ever"}));
    EXPECT_TRUE(tokens[7].joined);
    EXPECT_EQ(tokens[4].opens, 1);
    EXPECT_EQ(tokens[11].before, Mark::dash);
}

TEST(Tokens, SurviveInvalidText) {
    EXPECT_EQ(tokenize("a\xff\xfe"
                       "b \xc3")
                  .size(),
              2u);
}

}  // namespace
