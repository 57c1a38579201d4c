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
    SentenceContext(Tokens const& tokens, Lexicon const& lexicon) { read(tokens, lexicon); }
    /// Of no sentence; only read() may be called.
    SentenceContext() = default;
    /// The same for another sentence, in the memory of the one before.
    void read(Tokens const& tokens, Lexicon const& lexicon);

    [[nodiscard]] Tokens const& tokens() const noexcept { return *tokens_; }
    [[nodiscard]] std::vector<RuleHit> const& hits() const noexcept { return hits_; }
    /// Denials within a longer denial: each of them acts on what no longer one acts on, and only there. "have not been
    /// shown to help": "not been shown" denies what stands before it, "not" what stands behind.
    [[nodiscard]] std::vector<RuleHit> const& inner_denials() const noexcept { return inner_denials_; }
    [[nodiscard]] bool acts(RuleHit const& inner_denial, PhraseMatch const& phrase) const noexcept;
    /// Equal for two tokens of one clause. What stands in brackets is a clause of its own.
    [[nodiscard]] std::uint32_t clause(std::size_t token) const noexcept { return clauses_[token]; }
    /// Equal for two tokens with no contrast and no semicolon between them.
    [[nodiscard]] std::uint32_t segment(std::size_t token) const noexcept { return segments_[token]; }
    /// Equal for two tokens between which no ", and" begins a main clause with a subject and a verb of its own.
    [[nodiscard]] std::uint32_t coordinate(std::size_t token) const noexcept { return coordinates_[token]; }
    /// First hit of `kind` that covers token `at` with its own words; nullptr: none.
    [[nodiscard]] RuleHit const* at(std::size_t token, RuleKind kind) const noexcept;

private:
    void find_hits(Lexicon const& lexicon);
    void mark_kinds();
    void split();
    void set_scopes();
    void set_scope(RuleHit& hit) const;

    Tokens const* tokens_ = nullptr;
    std::vector<RuleHit> hits_;  ///< by place
    std::vector<RuleHit> inner_denials_;
    std::vector<std::uint64_t> kinds_;  ///< by token: one bit for each kind of rule that names it
    std::size_t longest_ = 1;           ///< words from the first to the last of any hit, at most
    std::vector<std::uint32_t> clauses_, segments_, coordinates_;
};

/// The hit as shown by explain: byte offsets within the sentence.
[[nodiscard]] Modifier describe(RuleHit const& hit, Tokens const& tokens, std::string_view sentence);

}  // namespace dossier
