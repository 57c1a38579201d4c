#include "dossier/sources/stock_phrases.hpp"

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "dossier/sources/unicode.hpp"

namespace {

using dossier::sources::has_phrase;
using dossier::sources::LineHeads;
using dossier::sources::StockLines;
using dossier::sources::StockPhrases;
using Words = std::string_view;

constexpr auto offers = std::to_array<Words>({"sign up", "buy now", "don't miss a"});
constexpr auto dialogs = std::to_array<Words>({"sign up for our", "accept cookies", "cookies"});
constexpr auto groups = std::to_array<std::span<Words const>>({offers, dialogs});

TEST(StockPhrases, TellsWhichGroupsHaveAPhraseInTheText) {
    StockPhrases const phrases(groups);
    EXPECT_EQ(phrases.groups_in("they sign up for our trial"), 3u);
    EXPECT_EQ(phrases.groups_in("please sign up."), 1u);
    EXPECT_EQ(phrases.groups_in("(accept cookies)"), 2u);
    EXPECT_EQ(phrases.groups_in("don't miss a thing"), 1u);
    EXPECT_EQ(phrases.groups_in("nothing of the kind"), 0u);
    EXPECT_EQ(phrases.groups_in(""), 0u);
}

TEST(StockPhrases, APhraseIsMadeOfWholeWords) {
    StockPhrases const phrases(groups);
    EXPECT_EQ(phrases.groups_in("they resign up there"), 0u);
    EXPECT_EQ(phrases.groups_in("sign upwards"), 0u);
    EXPECT_EQ(phrases.groups_in("sign up\u00E9"), 0u);
    EXPECT_EQ(phrases.groups_in("sign-sign up-up"), 1u);
}

// The plain search for one phrase after the other says the same.
TEST(StockPhrases, FindWhatASearchForEachPhraseFinds) {
    static constexpr auto parts = std::to_array<Words>(
        {"sign", "up", " ", "buy", "now", "cookies", "accept ", "for our", "-", "don't miss a", "\u00E9", ".", " up"});
    StockPhrases const phrases(groups);
    std::uint32_t random = 1;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (int i = 0; i < 8; ++i) {
            random = random * 1664525u + 1013904223u;
            text += parts[(random >> 16) % parts.size()];
        }
        unsigned expected = 0;
        for (std::size_t group = 0; group < groups.size(); ++group)
            for (auto const phrase : groups[group])
                if (has_phrase(text, phrase)) expected |= 1u << group;
        ASSERT_EQ(phrases.groups_in(text), expected) << text;
    }
}

TEST(StockLines, KnowsWholeLinesAndHowLinesBegin) {
    static constexpr auto known = std::to_array<Words>({"home", "read more", "\u00A9"});
    StockLines const lines(known);
    EXPECT_TRUE(lines.has("home"));
    EXPECT_FALSE(lines.has("homes"));
    EXPECT_FALSE(lines.has(""));
    EXPECT_TRUE(lines.has_begin_of("read more: the trial"));
    EXPECT_TRUE(lines.has_begin_of("\u00A9 2020"));
    EXPECT_FALSE(lines.has_begin_of("read"));
    EXPECT_FALSE(lines.has_begin_of(""));
}

TEST(LineHeads, TellOfMostLinesThatTheyAreNoneOfTheList) {
    constexpr auto lines = std::to_array<std::string_view>({"read more:", "x", "\u00A9 by us"});
    LineHeads heads;
    heads.add(lines);
    EXPECT_TRUE(heads.may_begin("read more: the rest"));
    EXPECT_TRUE(heads.may_begin("Reality is not on the list, but begins so"));
    EXPECT_FALSE(heads.may_begin("The trial found nothing."));
    EXPECT_FALSE(heads.may_begin("xylem"));
}

TEST(LineHeads, TellNothingOfLinesThatDoNotBeginWithThreeLetters) {
    LineHeads const none;
    for (std::string_view const line : {"", "x", "x.", "ad.", "\u00A9 by us", "12 mice", "a b"})
        EXPECT_TRUE(none.may_begin(line)) << line;
}

}  // namespace
