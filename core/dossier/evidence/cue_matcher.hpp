// Cue matcher: what finds the phrases of a set among the words of a text. The program's own is PhraseIndex, a trie; the
// tests hold a second one of regular expressions (tests/support/regex_matcher.hpp) against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dossier/evidence/tokens.hpp"

namespace dossier {

/// A phrase found: tokens [first, last], and which of them the phrase names (the others lie in its gaps).
struct PhraseMatch {
    std::uint32_t phrase = 0;  ///< number of the phrase within its set
    std::uint32_t first = 0, last = 0;
    std::uint64_t named = 0;  ///< bit i: token first + i; beyond 64 tokens nothing is named

    [[nodiscard]] bool names(std::size_t token) const noexcept {
        return token >= first && token <= last && token - first < 64 && (named >> (token - first) & 1) != 0;
    }
    [[nodiscard]] std::size_t n_named() const noexcept;
    /// Everything `other` names is named here too.
    [[nodiscard]] bool contains(PhraseMatch const& other) const noexcept;
    /// Some word is named by both.
    [[nodiscard]] bool shares_words(PhraseMatch const& other) const noexcept;
    friend bool operator==(PhraseMatch const&, PhraseMatch const&) = default;
};

/// Pure and thread-safe once all phrases are in.
class CueMatcher {
public:
    virtual ~CueMatcher() = default;

    /// Appends the matches, by place and then by phrase. Of several ways in which one phrase matches the same words,
    /// the longest without gaps and the tightest with gaps is kept. A gap crosses no semicolon, colon, dash or bracket.
    virtual void find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const = 0;

protected:
    CueMatcher() = default;
    CueMatcher(CueMatcher const&) = default;
    CueMatcher& operator=(CueMatcher const&) = default;
    CueMatcher(CueMatcher&&) noexcept = default;
    CueMatcher& operator=(CueMatcher&&) noexcept = default;
};

/// Of all ways in which phrases match, matches[from …], those that find() keeps, in its order.
void keep_best_matches(std::vector<PhraseMatch>& matches, std::size_t from);

/// A phrase stays within one stretch of text: does a new one begin at this word?
[[nodiscard]] bool parts_phrases(Token const& token) noexcept;

}  // namespace dossier
