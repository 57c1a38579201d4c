// Definitions: digests of what a registry says, by which two runs tell whether a claim still means the same.
#pragma once

#include <string>

#include "dossier/model/claim.hpp"

namespace dossier {

/// SHA-256 over all that defines a claim: its statement, its cues, its subject and outcome (inherited ones too), its
/// conditions with their phrases, and how it belongs to others. Not over its id, its examples, nor its place in a file.
[[nodiscard]] std::string definition_sha256(Claim const& claim, ClaimRegistry const& registry);

/// The same of a risk factor: its name, its phrases, its outcome and its usual direction.
[[nodiscard]] std::string definition_sha256(RiskFactor const& factor, ClaimRegistry const& registry);

/// Over the whole registry as sentences are read by it: a claim whose own definition stands may be read otherwise when
/// another claim, a risk factor or a term of the registry changed. Comments, titles and the order of keys are left out.
[[nodiscard]] std::string definitions_sha256(ClaimRegistry const& registry);

}  // namespace dossier
