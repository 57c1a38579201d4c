// Registry examples: the sentences that a claim's `examples` say must come out as supports, refutes or silent.
#pragma once

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Runs every example as an article of that one sentence. One that comes out otherwise is an error (DOS0120) that says
/// how it came out and why. Warns of claims without cues, too.
void check_examples(ClaimRegistry const& registry, Lexicon const& lexicon, Diagnostics& diagnostics);

/// Warns of claims without cues whose statement is too little to go on (DOS0121): every article is silent on them.
void warn_of_claims_without_cues(Engine const& engine, ClaimRegistry const& registry, Diagnostics& diagnostics);

}  // namespace dossier
