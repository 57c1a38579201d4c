// Texts of made-up words, the same on every platform, of which tests know how much they share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"

namespace dossier::test {

using Words = std::vector<std::string>;

/// `n` words; other words for another seed, apart from a few that come up in both.
inline Words made_words(std::uint64_t seed, std::size_t n) {
    static char const* const syllables[] = {"ba", "do", "ke", "li", "mu", "na", "po", "ra",
                                            "se", "ti", "vo", "wu", "xe", "ya", "zo", "fi"};
    Words words;
    std::uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
    for (std::size_t i = 0; i < n; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        auto const draw = state >> 48;
        words.push_back(std::string(syllables[draw & 15]) + syllables[draw >> 4 & 15] + syllables[draw >> 8 & 15]);
    }
    return words;
}

inline Words operator+(Words a, Words const& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Statements of a dozen words each.
inline std::vector<Sentence> sentences_of(Words const& words) {
    std::vector<Sentence> sentences;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i % 12 == 0) sentences.emplace_back();
        auto& text = sentences.back().text;
        text += (text.empty() ? "" : " ") + words[i];
    }
    for (auto& sentence : sentences)
        sentence.text += '.';
    return sentences;
}

}  // namespace dossier::test
