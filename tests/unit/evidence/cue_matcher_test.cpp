// Two matchers, written apart, must find the same.
#include "dossier/evidence/cue_matcher.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "dossier/evidence/phrase_index.hpp"
#include "support/regex_matcher.hpp"

namespace {

using namespace dossier;
using dossier::test::RegexMatcher;

/// Few words, so that phrases overlap, repeat and lie within each other.
rc::Gen<std::string> a_word() {
    return rc::gen::element<std::string>("risk", "risks", "risky", "of", "the", "fire", "fires", "non", "habit",
                                         "forming", "habit-forming", "non-toxic", "owner's", "don't", "don\u2019t",
                                         "caf\u00e9", "cafe\u0301", "\u0440\u0438\u0441\u043a", "1.3", "10,000", "%",
                                         "FIRE", "Stra\u00dfe");
}

rc::Gen<std::string> an_item() {
    return rc::gen::oneOf(
        a_word(), a_word(), a_word(), rc::gen::just<std::string>("..."),
        rc::gen::element<std::string>("ris*", "risk*", "fir*", "caf*", "habit-for*", "non-*", "{risk|fire of}",
                                      "{the fire|risk* ... of|habit}", "[the]", "[of the]", "strasse"));
}

rc::Gen<std::string> a_text() {
    auto const between =
        rc::gen::element<std::string>(" ", " ", " ", " ", ", ", "; ", ": ", " \u2013 ", " (", ") ", "-", "/", ". ");
    return rc::gen::map(
        rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(a_word(), between)),
        [](std::vector<std::pair<std::string, std::string>> const& parts) {
            std::string text;
            for (auto const& [word, mark] : parts)
                text.append(word).append(mark);
            return text;
        });
}

std::vector<PhrasePattern> patterns_of(std::vector<std::vector<std::string>> const& phrases) {
    std::vector<PhrasePattern> patterns;
    for (auto const& items : phrases) {
        std::string text;
        for (auto const& item : items)
            text.append(text.empty() ? "" : " ").append(item);
        auto parsed = parse_phrase(text);
        if (auto* pattern = std::get_if<PhrasePattern>(&parsed)) patterns.push_back(std::move(*pattern));
    }
    return patterns;
}

std::vector<PhraseMatch> found_by(CueMatcher const& matcher, Tokens const& tokens) {
    std::vector<PhraseMatch> matches;
    matcher.find(tokens, matches);
    return matches;
}

RC_GTEST_PROP(CueMatchers, FindTheSamePhrases, ()) {
    auto const phrases = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::resize(4, rc::gen::container<std::vector<std::string>>(an_item())));
    auto const patterns = patterns_of(phrases);
    PhraseIndex trie;
    for (auto const& pattern : patterns)
        trie.add(pattern);
    RegexMatcher const expressions(patterns);
    auto const text = *a_text();
    auto const tokens = tokenize(text);
    auto const by_trie = found_by(trie, tokens);
    RC_LOG() << text << "\n";
    RC_ASSERT(by_trie == found_by(expressions, tokens));
    trie.share_endings();
    RC_ASSERT(by_trie == found_by(trie, tokens));
    std::string bytes;
    trie.encode(bytes);
    ByteReader reader(bytes);
    RC_ASSERT(by_trie == found_by(PhraseIndex::decode(reader), tokens));
    RC_ASSERT(reader.complete());
}

TEST(CueMatchers, StayBoundedOnRepeatedWords) {
    std::vector<std::vector<std::string>> phrases;
    for (int i = 0; i < 500; ++i)
        phrases.push_back({"the", "...", "the", "...", "the", "...", "word" + std::to_string(i)});
    PhraseIndex trie;
    for (auto const& pattern : patterns_of(phrases))
        trie.add(pattern);
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "the ";
    for (int i = 0; i < 500; ++i)
        text += "word" + std::to_string(i) + " ";
    EXPECT_LE(found_by(trie, tokenize(text)).size(), 20'000u);
}

TEST(PhraseMatches, ContainAndShareWordsByTheWordsTheyName) {
    PhraseMatch const outer{0, 2, 6, 0b10101}, inner{1, 4, 6, 0b101}, aside{2, 3, 5, 0b101}, before{3, 0, 2, 0b101};
    EXPECT_TRUE(outer.contains(inner));
    EXPECT_FALSE(inner.contains(outer));
    EXPECT_FALSE(outer.shares_words(aside));
    EXPECT_TRUE(outer.shares_words(before));
    EXPECT_TRUE(before.shares_words(outer));
    EXPECT_FALSE(outer.contains(before));
    EXPECT_FALSE((PhraseMatch{0, 100, 101, 0b11}).shares_words(PhraseMatch{1, 0, 1, 0b11}));
}

}  // namespace
