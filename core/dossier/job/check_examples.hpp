// Registry examples: the sentences that a claim's `examples` say must come out as supports, refutes or silent.
#pragma once

#include <span>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Runs every example as an article of that one sentence. One that comes out otherwise gets a message (DOS0120) that says
/// how it came out and why.
/// @param decided_elsewhere  ids of claims that engines of plugins decide: their examples are not run
/// @param severity           an error where the registry is checked, a warning where it is used
void check_examples(Engine const& engine, ClaimRegistry const& registry, std::span<std::string const> decided_elsewhere,
                    Severity severity, Diagnostics& diagnostics);

/// Warns of claims without cues whose statement is too little to go on (DOS0121): no article is assessable on them.
/// @param decided_elsewhere  as above
void warn_of_claims_without_cues(Engine const& engine, ClaimRegistry const& registry,
                                 std::span<std::string const> decided_elsewhere, Diagnostics& diagnostics);

}  // namespace dossier
