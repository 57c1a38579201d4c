// Phrase patterns: how cues, terms and conditions are written in a registry.
//
//   physical dependence       words, in this order, next to each other; case and accents do not matter
//   addict*                   any word that starts so
//   {dose|higher dosage}      one of several; each may be several words, with stems
//   risk … addiction          a bounded gap: at most `max_gap` words between, within one clause
//                             ("..." reads the same)
//   [highly] addictive        words that may be there or not
//
// Hyphens and apostrophes inside words split nothing: "habit-forming" is one word, and also matches "habit
// forming". A word of a phrase also matches one part of a hyphenated word of the text: "addictive" is found
// in "non-addictive", where the context rules see the "non" before it. A possessive 's is not part of a word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dossier {

inline constexpr std::size_t max_gap = 6;                ///< words that "…" may skip
inline constexpr std::size_t max_phrase_length = 400;    ///< bytes
inline constexpr std::size_t max_phrase_variants = 256;  ///< after multiplying out alternatives and options

/// One step of a variant: a word (folded), a stem, or a gap.
struct PhraseElement {
    enum class Kind { word, stem, gap } kind = Kind::word;
    std::string text;  ///< folded to lower case without accents; empty for a gap
    friend bool operator==(PhraseElement const&, PhraseElement const&) = default;
};

/// A phrase: its parts in their order, and of each part the alternatives, of which an option has an empty one.
struct PhrasePattern {
    using Variant = std::vector<PhraseElement>;

    std::string source;
    std::vector<std::vector<Variant>> parts;

    /// The alternatives multiplied out: the phrase matches if any variant does. No two are equal; longer ones first.
    [[nodiscard]] std::vector<Variant> variants() const;
};

/// Why a phrase cannot be used; offset and length in bytes of the phrase.
struct PhraseError {
    std::string message;  ///< one clause: "a gap at the end matches nothing"
    std::string remedy;   ///< what would have worked; may be empty
    std::size_t offset = 0, length = 0;
};

/// Lower case, without accents and marks, typographic apostrophes and hyphens as plain ones, so that what is
/// written and what is read compare as equal bytes. Invalid UTF-8 is kept as it is, but for ASCII letters.
[[nodiscard]] std::string fold(std::string_view text);

/// Reads one phrase. Refused: empty; only gaps; a gap or option at either end that leaves nothing; unbalanced
/// or nested braces; an empty alternative; '*' elsewhere than at a word's end or after fewer than 3 letters;
/// too long or too many variants.
[[nodiscard]] std::variant<PhrasePattern, PhraseError> parse_phrase(std::string_view phrase);

}  // namespace dossier
