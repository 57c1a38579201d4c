// Phrase index: finds every phrase of a set in one pass over the words of a sentence, whatever the size of the set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/cue_matcher.hpp"
#include "dossier/evidence/tokens.hpp"
#include "dossier/model/bytes.hpp"

namespace dossier {

/// Strings with numbers, by open addressing; most words of a text are in no set, and that is found out first.
class WordTable {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// @return the word's number; a new word gets `number`
    std::uint32_t add(std::string_view word, std::uint32_t hash, std::uint32_t number);
    [[nodiscard]] std::uint32_t find(std::string_view word, std::uint32_t hash) const noexcept {
        return may_have(hash) ? find_slot(word, hash) : none;
    }

    void encode(std::string& bytes) const;
    static WordTable decode(ByteReader& bytes);

private:
    struct Slot {
        std::uint32_t hash = 0, number = none, begin = 0, length = 0;
    };
    static constexpr std::uint32_t filter_bits = 1u << 15;

    [[nodiscard]] bool may_have(std::uint32_t hash) const noexcept {
        return !filter_.empty() && (filter_.data()[hash % filter_bits / 64] >> (hash % 64) & 1) != 0;
    }
    [[nodiscard]] std::uint32_t find_slot(std::string_view word, std::uint32_t hash) const noexcept;
    void grow();

    std::vector<std::uint64_t> filter_;  ///< one bit for a part of the hash: 4 KiB, which stay in the nearest cache
    std::vector<Slot> slots_;
    std::string letters_;
    std::size_t size_ = 0;
};

/// A trie over words and stems. Add everything first; after that it is only read.
class PhraseIndex final : public CueMatcher {
public:
    /// @return the number of the phrase: 0, 1, 2 …
    std::uint32_t add(PhrasePattern const& pattern);

    /// Bounded: what a text of many repeated words adds beyond some thousand matches is left out.
    void find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const override;

    [[nodiscard]] std::uint32_t size() const noexcept { return n_phrases_; }

    /// Lets all nodes be one from which the same words lead to the same phrases. Finds what it found before; nothing may be added
    /// any more. Takes longer than building, and leaves a small part of what alternatives multiply out to.
    void share_endings();

    /// For who keeps an index: decode() of it finds the same.
    void encode(std::string& bytes) const;
    static PhraseIndex decode(ByteReader& bytes);

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    struct Node {
        std::uint32_t gap = none;
        std::uint32_t phrases = none;  ///< first of the list in ends_
        std::uint64_t symbols = 0;     ///< bit_of those that lead on
    };
    struct End {
        std::uint32_t phrase = 0, next = none;
    };
    struct Stem {
        std::string text;
        std::uint32_t symbol = 0, next = none;  ///< of those with the same three bytes at their start
    };
    struct Edge {
        std::uint64_t key = no_key;  ///< node and symbol
        std::uint32_t child = 0;
    };
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};
    struct Walk;

    [[nodiscard]] static std::uint64_t bit_of(std::uint32_t symbol) noexcept { return std::uint64_t{1} << symbol % 64; }
    std::uint32_t word_symbol(std::string_view text, std::uint32_t hash);
    std::uint32_t stem_symbol(std::string_view text);
    std::uint32_t child(std::uint32_t node, std::uint32_t symbol);
    std::uint32_t gap_child(std::uint32_t node);
    void add_symbols(PhraseElement const& element, std::vector<std::uint32_t>& symbols);
    std::uint32_t new_node();
    void grow_edges();
    void add_edge(Edge const& edge);
    struct Sharing;
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept;
    [[nodiscard]] std::uint32_t next(std::uint32_t node, std::uint32_t symbol) const noexcept;
    [[nodiscard]] std::uint32_t first_stem(std::string_view word) const noexcept;
    struct Symbols;
    void collect_symbols(Tokens const& tokens, Symbols& symbols) const;
    void take(Walk& walk, std::uint32_t from, std::size_t token, std::uint64_t named) const;
    void step(Walk& walk, std::uint32_t node, std::size_t token, std::uint64_t named) const;

    WordTable words_, stem_starts_;
    std::vector<Stem> stems_;
    std::vector<std::uint32_t> starts_;  ///< by symbol: the node behind it at the root, or none
    std::vector<Node> nodes_{1};
    std::vector<End> ends_;
    std::vector<Edge> edges_;
    std::size_t n_edges_ = 0;
    std::uint32_t n_symbols_ = 0, n_phrases_ = 0;
};

}  // namespace dossier
