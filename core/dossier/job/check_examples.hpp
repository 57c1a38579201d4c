// Registry examples: the sentences that a claim's `examples` say must come out as supports, refutes or silent.
#pragma once

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Runs every example as an article of that one sentence. One that comes out otherwise is an error (DOS0120) that says
/// how it came out and why. A claim without cues whose statement is too little to go on is a warning (DOS0121).
void check_examples(ClaimRegistry const& registry, Lexicon const& lexicon, Diagnostics& diagnostics);

}  // namespace dossier
