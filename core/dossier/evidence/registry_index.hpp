// Registry index: every phrase of a registry, found in one pass, and what each is used for.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "dossier/evidence/phrase_index.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

class Lexicon;

/// `outcome` names the outcome of every risk factor, `factor_outcome` that of its owner alone; `term` stands for a word of a
/// claim's statement, where the claim has no cues.
enum class PhraseRole : std::uint8_t {
    supports,
    refutes,
    about,
    other,
    outcome,
    condition,
    factor,
    factor_outcome,
    term
};

/// What one phrase is used for. `owner` is the number of the claim, condition, factor or subject group.
struct PhraseUse {
    PhraseRole role;
    std::uint32_t owner = 0;
    std::uint32_t word = 0;  ///< of a term: which content word of the statement (ReadStatement)
};

/// Sentence of an article, read once: its words and the registry's phrases among them.
struct ReadText {
    Tokens tokens;
    std::vector<PhraseMatch> matches;
};

class RegistryIndex {
public:
    RegistryIndex(ClaimRegistry const& registry, Lexicon const& lexicon);

    [[nodiscard]] ReadText read(std::string_view text) const;
    /// Appends the registry's phrases among the words.
    void find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const;
    [[nodiscard]] std::vector<PhraseUse> const& uses(std::uint32_t phrase) const noexcept { return uses_[phrase]; }
    [[nodiscard]] std::string const& text(std::uint32_t phrase) const noexcept { return texts_[phrase]; }
    [[nodiscard]] bool has(std::uint32_t phrase, PhraseRole role, std::uint32_t owner) const noexcept;
    [[nodiscard]] bool has(std::uint32_t phrase, PhraseRole role) const noexcept {
        return (roles_[phrase] >> static_cast<unsigned>(role) & 1u) != 0;
    }
    /// Is the phrase a cue of some claim?
    [[nodiscard]] bool is_cue(std::uint32_t phrase) const noexcept {
        return has(phrase, PhraseRole::supports) || has(phrase, PhraseRole::refutes);
    }

    /// Claims with the same subject terms share a group. Group 0 is the registry's own.
    [[nodiscard]] std::uint32_t group_of_claim(std::size_t claim) const noexcept { return claim_groups_[claim]; }
    /// Does the phrase name the subject of other claims, and no claim that shares a term with this group? Terms of the
    /// registry as a whole (group 0) are no rivals of its claims' own. Where a claim was given subject terms of its own, a
    /// risk factor is a rival too: "Alcohol raises the risk" is not said of sleeping pills.
    [[nodiscard]] bool names_rival(std::uint32_t phrase, std::uint32_t group) const noexcept;
    [[nodiscard]] bool group_is_empty(std::uint32_t group) const noexcept { return group_empty_[group]; }
    /// Does the phrase name the outcome of this risk factor?
    [[nodiscard]] bool names_outcome(std::uint32_t phrase, std::uint32_t factor) const noexcept;
    /// False: nothing names the outcome of the risk factor, and words for any harm stand for it.
    [[nodiscard]] bool has_named_outcome(std::uint32_t factor) const noexcept { return has_named_outcome_[factor]; }
    [[nodiscard]] std::vector<std::string> const& claims_without_cues() const noexcept { return without_cues_; }

private:
    void add(Phrase const& phrase, PhraseUse use);
    void add_cue(Phrase const& phrase, PhraseUse use);
    std::uint32_t number_of(std::string const& key, PhrasePattern const& pattern, std::string const& shown,
                            bool is_passive);
    void use_as(std::uint32_t phrase, PhraseUse use);
    void sort_owners();
    void add_outcomes_of_factors(ClaimRegistry const& registry, Lexicon const& lexicon);
    void add_outcome(std::string const& outcome, std::uint32_t factor);
    std::uint32_t group(std::vector<Phrase> const& about);
    void note_rivals();

    PhraseIndex index_;
    std::map<std::string, std::uint32_t> by_text_;
    std::vector<std::vector<PhraseUse>> uses_;
    std::vector<unsigned> roles_;                     ///< by phrase: one bit a role
    std::vector<std::vector<std::uint64_t>> owners_;  ///< by phrase: role and owner of each use, sorted
    std::vector<std::string> texts_;
    std::vector<bool> is_passive_;  ///< by phrase: a cue with its verb put last
    std::map<std::vector<std::string>, std::uint32_t> groups_;
    std::vector<bool> group_empty_;
    std::vector<bool> group_was_given_;            ///< by group: a claim lists these terms itself
    std::vector<std::vector<std::uint32_t>> kin_;  ///< by group: those that share a term with it, sorted
    std::vector<bool> has_named_outcome_;          ///< by risk factor
    std::vector<std::uint32_t> claim_groups_;
    std::vector<std::string> without_cues_;
};

}  // namespace dossier
