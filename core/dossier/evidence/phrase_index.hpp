// Phrase index: finds every phrase of a set in one pass over the words of a sentence, whatever the size of the set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/tokens.hpp"

namespace dossier {

/// A phrase found: tokens [first, last], and which of them the phrase names (the others lie in its gaps).
struct PhraseMatch {
    std::uint32_t phrase = 0;  ///< as PhraseIndex::add returned
    std::uint32_t first = 0, last = 0;
    std::uint64_t named = 0;  ///< bit i: token first + i; beyond 64 tokens nothing is named

    [[nodiscard]] bool names(std::size_t token) const noexcept {
        return token >= first && token <= last && token - first < 64 && (named >> (token - first) & 1) != 0;
    }
    [[nodiscard]] std::size_t n_named() const noexcept;
    /// Everything `other` names is named here too.
    [[nodiscard]] bool contains(PhraseMatch const& other) const noexcept;
    friend bool operator==(PhraseMatch const&, PhraseMatch const&) = default;
};

/// A trie over words and stems. Add everything first; after that it is only read.
class PhraseIndex {
public:
    /// @return the number of the phrase: 0, 1, 2 …
    std::uint32_t add(PhrasePattern const& pattern);

    /// Appends the matches, by place and then by phrase. Of several ways in which one phrase matches the same words,
    /// the longest without gaps and the tightest with gaps is kept. A gap crosses no semicolon, colon, dash or bracket.
    void find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const;

    [[nodiscard]] std::uint32_t size() const noexcept { return n_phrases_; }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    struct Node {
        std::unordered_map<std::uint32_t, std::uint32_t> next;  ///< by symbol
        std::uint32_t gap = none;
        std::vector<std::uint32_t> phrases;  ///< that end here
    };
    struct Walk;

    std::uint32_t symbol(std::string const& text, bool stem);
    std::uint32_t child(std::uint32_t node, std::uint32_t symbol);
    std::uint32_t gap_child(std::uint32_t node);
    void symbols_of(std::string const& word, std::vector<std::uint32_t>& symbols) const;
    void step(Walk& walk, std::uint32_t node, std::size_t token, std::uint64_t named) const;

    std::vector<Node> nodes_{1};
    std::unordered_map<std::string, std::uint32_t> words_, stems_;
    std::uint32_t n_symbols_ = 0, n_phrases_ = 0;
};

}  // namespace dossier
