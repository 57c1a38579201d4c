#include "dossier/evidence/dateline.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::dateline_length;
using dossier::Tokens;

TEST(Dateline, EndsWhereTheSentenceBegins) {
    for (std::string_view const line :
         {"LONDON, March 3 (Reuters) - ", "PARIS (AFP) - ", "WASHINGTON \u2014 ", "MELBOURNE, Aug. 18 - ",
          "London (Reuters) \u2013 ", "NEW YORK, March 3, 2025 /PRNewswire/ -- ", "ST. LOUIS, 4 May 2024 \u2013 ",
          "WASHINGTON, D.C. (AP) \u2014 "})
        EXPECT_EQ(dateline_length(std::string(line) + "Naps help."), line.size()) << line;
}

TEST(Dateline, IsNoAbbreviationBeforeADash) {
    for (auto const* sentence : {"AIDS - a review of what is known.", "COVID-19 \u2013 The disease \u2013 spreads.",
                                 "Naps - all of them - help.", "NSAIDs (AP) help.", "WASHINGTON is a city.",
                                 "SARS (COVID) - an outbreak.", "A", ""})
        EXPECT_EQ(dateline_length(sentence), 0u) << sentence;
}

TEST(Dateline, LeavesTheBytesOfTheWordsAsTheyAre) {
    std::string const sentence = "PARIS (AFP) - Naps help.";
    Tokens tokens;
    dossier::tokenize_sentence(sentence, tokens);
    ASSERT_EQ(tokens.size(), 2u);
    EXPECT_EQ(tokens[0].text, "naps");
    EXPECT_EQ(sentence.substr(tokens[0].begin, tokens[0].end - tokens[0].begin), "Naps");
}

}  // namespace
