#include "dossier/sources/cue_phrases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
/// Beginnings within each other, gaps side by side, the same item twice, all words in doubt at once.
constexpr auto twisted = std::to_array<Words>({
    "rand* trial*",
    "random* _1 _2 trial|study",
    "randomised|random*|# _1 randomised",
    "study study _3 stud*",
    "#|two _2 # trial",
    "was|were|a _1 was|study _1 was|study",
});

std::vector<Words> parts(Words text, char separator) {
    std::vector<Words> found;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        found.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

bool fits(Words item, Words word) {
    auto const alternatives = parts(item, '|');
    return std::any_of(alternatives.begin(), alternatives.end(), [&](Words one) {
        if (one == "#") return word[0] >= '0' && word[0] <= '9';
        return one.back() == '*' ? word.starts_with(one.substr(0, one.size() - 1)) : word == one;
    });
}

/// Where the shortest match of the items from word `at` ends, by trying every way.
std::optional<std::size_t> end_of_shortest(std::span<Words const> items, CueWords const& words, std::size_t at,
                                           bool is_first = true) {
    if (items.empty()) return at;
    std::optional<std::size_t> best;
    auto const take = [&](std::optional<std::size_t> end) {
        if (end && (!best || *end < *best)) best = end;
    };
    auto const rest = items.subspan(1);
    bool const is_gap = items[0][0] == '_';
    if (is_gap) take(end_of_shortest(rest, words, at, is_first));
    if (at == words.size() || (!is_first && words.breaks_before(at))) return best;
    if (is_gap && items[0][1] > '1') {
        std::string const smaller{'_', static_cast<char>(items[0][1] - 1)};
        std::vector<Words> changed(items.begin(), items.end());
        changed[0] = smaller;
        take(end_of_shortest(changed, words, at + 1, false));
    } else if (is_gap || fits(items[0], words[at])) {
        take(end_of_shortest(rest, words, at + 1, false));
    }
    return best;
}

/// What the header says, row by row and place by place.
std::string rows_by_definition(std::span<Words const> wordings, Words text) {
    CueWords const words(text);
    std::string found;
    for (std::size_t at = 0; at < words.size(); ++at)
        for (std::size_t cue = 0; cue < wordings.size(); ++cue)
            if (auto const end = end_of_shortest(parts(wordings[cue], ' '), words, at))
                found += (found.empty() ? "" : " ") + std::to_string(cue) + ":" + std::to_string(at) + "-" +
                         std::to_string(*end);
    return found;
}

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

TEST(CuePhrases, OnePassOverAllTablesFindsWhatEachRowByItselfDoes) {
    constexpr auto vocabulary = std::to_array<Words>(
        {"randomised", "randomly", "random", "rand", "ran",   "trial", "trials", "study", "studies", "stud",
         "was",        "were",     "a",      "two",  "phase", "ii",    "2",      "40",    "3rd",     "cases",
         "controls",   "and",      "in",     "the",  "of",    "up",    "follow", "word",  "journal", "milk"});
    constexpr auto separators = std::to_array<Words>({" ", " ", " ", " ", " ", " ", ", ", "-", " (", ". ", "; "});
    std::mt19937 random(20261123);
    auto const one_of = [&](auto const& list) { return list[random() % list.size()]; };
    std::size_t n_matches = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string text(one_of(vocabulary));
        for (std::size_t left = random() % 90; left > 0; --left)
            text.append(one_of(separators)).append(one_of(vocabulary));
        auto const expected = rows_by_definition(designs, text);
        ASSERT_EQ(rows(made<designs>(), text), expected) << text;
        ASSERT_EQ(rows(made<places>(), text), rows_by_definition(places, text)) << text;
        ASSERT_EQ(rows(made<twisted>(), text), rows_by_definition(twisted, text)) << text;
        n_matches += !expected.empty();
    }
    EXPECT_GT(n_matches, 1000u);
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
