// Causal strength: what kind of link a sentence states (Yu, Li & Wang 2019), by rules of the lexicon.
#pragma once

#include "dossier/evidence/context.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// The kind of link, and the words that say so.
struct CausalReading {
    CausalStrength strength = CausalStrength::none;
    RuleHit const* said_by = nullptr;      ///< of the context; nullptr: no words state a link
    RuleHit const* weakened_by = nullptr;  ///< of the context; what made it conditional; nullptr: nothing did
};

/// Reads the whole sentence: direct ("improves sleep"), conditional ("may improve sleep"), correlational ("is associated
/// with", "was higher in … than"), or none (advice, plans, methods, or no link at all). Denying a link is no weaker than
/// stating it. Rules of the kinds causal, association, modal and no_finding; docs/context-rules.md tells how they combine.
[[nodiscard]] CausalReading read_causal_strength(SentenceContext const& context);

/// The same for the clauses around `phrase` up to the next contrast; for the whole sentence where these state no link.
[[nodiscard]] CausalReading read_causal_strength(SentenceContext const& context, PhraseMatch const& phrase);

}  // namespace dossier
