// Text reading: a statement or a passage taken apart for the statement model: sentences, words by stem, word classes, denials.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/evidence/tokens.hpp"

namespace dossier {

class Lexicon;

/// The classes of config/statement_model/words.en.toml, which says what is in them.
enum class WordClass : std::uint8_t {
    up,
    down,
    good,
    bad,
    effect,
    significant,
    no_effect,
    denial,
    same,
    hedge,
    unclear,
    need_more,
    partly,
    advice,
    we_conclude,
    all,
    none,
    many,
    few,
    only,
    cause,
    correlate,
    compare,
    aim,
    contrast,
    selected
};
inline constexpr std::size_t n_word_classes = 26;
/// Classes up to here are features of their own; those behind it are parts of others.
inline constexpr std::size_t n_counted_classes = static_cast<std::size_t>(WordClass::contrast);
[[nodiscard]] char const* name_of(WordClass word_class) noexcept;

/// One word of a sentence. Numbers are words too.
struct ReadWord {
    std::string text, stem;     ///< folded; the stem by the Snowball algorithm for English
    std::uint32_t classes = 0;  ///< bit per WordClass
    bool is_content = false;    ///< says something of its own: no stop word, no denial
    bool is_number = false, is_name = false;
    bool is_denied = false;     ///< an odd number of denials governs it
    bool is_denial = false;     ///< one of the words that deny or rebut something
    bool is_tied = false;       ///< by a hyphen to the next word: part of a name
    bool is_predicate = false;  ///< stands at or behind the sentence's first verb
    std::uint32_t clause = 0;
    double weight = 0.0;  ///< how much it says: (0, 1], rare words and names most; 0 if not content

    [[nodiscard]] bool is(WordClass word_class) const noexcept {
        return (classes >> static_cast<unsigned>(word_class) & 1u) != 0;
    }
};

struct TextSentence {
    std::vector<ReadWord> words;
    std::size_t n_denials = 0;

    [[nodiscard]] std::size_t count(WordClass word_class) const noexcept;
};

struct TextReading {
    std::vector<TextSentence> sentences;
    bool is_question = false;  ///< the last sentence ends in a question mark
};

/// Longer texts are read no further: a passage is a paragraph, not a book.
inline constexpr std::size_t max_passage_sentences = 60;
inline constexpr std::size_t max_sentence_bytes = 4096;

[[nodiscard]] TextReading read_text(std::string_view text, Lexicon const& lexicon);
/// Stem of a folded word.
[[nodiscard]] std::string stem_of(std::string_view word);
/// Stems that stand for this one by the hand-made list of words.en.toml; empty: none.
[[nodiscard]] std::vector<std::string> const& equivalents_of(std::string const& stem);
/// "asymptomatic" and "symptomatic", "harm" and "harmless": one is the other with a denying prefix or ending.
[[nodiscard]] bool is_denied_form(std::string_view a, std::string_view b) noexcept;

}  // namespace dossier
