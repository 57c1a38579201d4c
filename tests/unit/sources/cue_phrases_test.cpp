#include "dossier/sources/cue_phrases.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace {

using dossier::sources::CueTable;
using dossier::sources::CueWords;
using dossier::sources::made;
using Words = std::string_view;

constexpr auto designs = std::to_array<Words>({
    "randomi* _3 trial",
    "phase #|ii _1 study",
    "follow up study",
    "was|were random*",
    "cases _2 and # _2 controls",
});
constexpr auto places = std::to_array<Words>({"study", "in the journal"});

std::string rows(CueTable const& table, Words text) {
    CueWords const words(text);
    std::string found;
    for (auto const& match : table.find_in(words))
        found += (found.empty() ? "" : " ") + std::to_string(match.cue) + ":" + std::to_string(match.begin) + "-" +
                 std::to_string(match.end);
    return found;
}

TEST(CuePhrases, WordsBeginningsAlternativesNumbersAndGapsMatch) {
    auto const& table = made<designs>();
    EXPECT_EQ(rows(table, "a randomised trial"), "0:1-3");
    EXPECT_EQ(rows(table, "randomized, double-blind trial"), "0:0-4");
    EXPECT_EQ(rows(table, "randomised one two three four trial"), "");
    EXPECT_EQ(rows(table, "a phase 2b study, a phase ii pilot study"), "1:1-4 1:5-9");
    EXPECT_EQ(rows(table, "phase three study"), "");
    EXPECT_EQ(rows(table, "a follow-up study"), "2:1-4");
    EXPECT_EQ(rows(table, "they were randomly and were randomised"), "3:1-3 3:4-6");
}

TEST(CuePhrases, EachPlaceGivesTheShortestMatchOfARow) {
    EXPECT_EQ(rows(made<designs>(), "cases and 40 controls and 50 controls"), "4:0-4");
    EXPECT_EQ(rows(made<designs>(), "randomised trial trial"), "0:0-2");
}

TEST(CuePhrases, NoWordingRunsOverAFullStop) {
    EXPECT_EQ(rows(made<designs>(), "it was randomised. the trial ended"), "3:1-3");
    EXPECT_EQ(rows(made<designs>(), "randomised: trial"), "");
    EXPECT_EQ(rows(made<designs>(), "randomised (new) \"trial\""), "0:0-3");
    EXPECT_EQ(rows(made<designs>(), "randomised v1.5 trial"), "0:0-4");
}

TEST(CuePhrases, TablesDoNotSeeEachOther) {
    Words const text = "a follow-up study in the journal of milk";
    EXPECT_EQ(rows(made<designs>(), text), "2:1-4");
    EXPECT_EQ(rows(made<places>(), text), "0:3-4 1:4-7");
    CueWords const words("nothing of it");
    EXPECT_FALSE(made<places>().any_in(words));
}

TEST(CuePhrases, LongSentencesAreReadUpToABound) {
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += i % 100 == 99 ? "randomised trial " : "word ";
    CueWords const words(text);
    EXPECT_EQ(words.size(), 400u);
    EXPECT_TRUE(words.are_not_all());
    EXPECT_EQ(made<designs>().find_in(words).size(), 3u);
}

}  // namespace
