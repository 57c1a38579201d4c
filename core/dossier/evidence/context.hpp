// Context of a sentence: its clauses, and which context rules govern which words (NegEx/ConText).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/tokens.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// A rule found in the sentence and the tokens it governs.
struct RuleHit {
    LexiconRule const* rule = nullptr;
    PhraseMatch match;
    std::uint32_t scope_first = 1, scope_last = 0;  ///< tokens; first > last: governs nothing but itself

    /// Governs at least one of the words that `phrase` names, and shares none of its own words with it: a word that
    /// the analyst wrote into a cue is part of the cue and changes nothing.
    [[nodiscard]] bool governs(PhraseMatch const& phrase) const noexcept;
};

class SentenceContext {
public:
    /// The sentence's text is not kept; `tokens` and `lexicon` must outlive this.
    SentenceContext(Tokens const& tokens, Lexicon const& lexicon);

    [[nodiscard]] Tokens const& tokens() const noexcept { return *tokens_; }
    [[nodiscard]] std::vector<RuleHit> const& hits() const noexcept { return hits_; }
    /// Equal for two tokens of one clause. What stands in brackets is a clause of its own.
    [[nodiscard]] std::uint32_t clause(std::size_t token) const noexcept { return clauses_[token]; }
    /// Equal for two tokens with no contrast and no semicolon between them.
    [[nodiscard]] std::uint32_t segment(std::size_t token) const noexcept { return segments_[token]; }
    /// First hit of `kind` that covers token `at` with its own words; nullptr: none.
    [[nodiscard]] RuleHit const* at(std::size_t token, RuleKind kind) const noexcept;

private:
    void find_hits(Lexicon const& lexicon);
    void split();
    void set_scopes();

    Tokens const* tokens_;
    std::vector<RuleHit> hits_;
    std::vector<std::uint32_t> clauses_, segments_;
};

/// The hit as shown by explain: byte offsets within the sentence.
[[nodiscard]] Modifier describe(RuleHit const& hit, Tokens const& tokens, std::string_view sentence);

}  // namespace dossier
