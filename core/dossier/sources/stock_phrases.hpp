// Stock phrases: which groups of fixed phrases a text has, all groups looked for in one pass.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dossier/sources/word_numbers.hpp"

namespace dossier::sources {

/// Groups of phrases, as bits: group k is 1 << k.
using PhraseGroups = std::uint32_t;

class StockPhrases {
public:
    /// @param groups  at most 32; each phrase as comparable() gives it, begins with a letter or digit and outlives
    ///                this
    explicit StockPhrases(std::span<std::span<std::string_view const> const> groups);

    /// The groups of which a phrase stands in the text with no letter or digit directly before or after it.
    /// @param text  comparable()
    [[nodiscard]] PhraseGroups groups_in(std::string_view text) const noexcept;

private:
    struct Phrase {
        std::string_view text;
        PhraseGroups group;
        std::uint16_t after_word;  // its two bytes behind the first word; 0: it has none
    };
    [[nodiscard]] bool may_begin(std::string_view text) const noexcept;

    using Heads = std::bitset<std::size_t{1} << 15>;  // hashes of how phrases begin: most words of a text begin none
    Heads long_heads_, short_heads_;                  // of phrases of eight bytes or more, of shorter ones
    std::size_t short_bytes_ = 8;                     // that are hashed of shorter ones: what the shortest has
    WordNumbers first_words_;
    std::vector<std::vector<Phrase>> by_first_word_;  // by its number
};

/// Lines of a fixed list, and lines that begin as one of it.
class StockLines {
public:
    /// @param lines  as comparable() gives them, not empty, outlive this
    explicit StockLines(std::span<std::string_view const> lines);

    [[nodiscard]] bool has(std::string_view line) const noexcept;
    [[nodiscard]] bool has_begin_of(std::string_view line) const noexcept;

private:
    [[nodiscard]] std::span<std::string_view const> beginning_with(char first) const noexcept;
    std::vector<std::string_view> lines_;  // sorted by their first byte
    std::vector<std::uint32_t> begins_;    // where those of each first byte begin
};

/// How lines of fixed lists begin: what begins with three other letters is none of them, as hardly any sentence is.
class LineHeads {
public:
    /// @param lines  as for StockLines; of fewer than three letters only what no letter may follow
    void add(std::span<std::string_view const> lines);
    /// False only where `line` begins with three letters and no added line begins with the same.
    /// @param line  folded(), in any case
    [[nodiscard]] bool may_begin(std::string_view line) const noexcept;

private:
    std::bitset<std::size_t{1} << 15> heads_;  // of three letters, five bits each
};

}  // namespace dossier::sources
