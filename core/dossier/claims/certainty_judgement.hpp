// A person's judgement of certainty as config files state it: [[claim.certainty]] in claims.toml, [[certainty]] in
// annotations.toml. Declared, checked and read here for both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/claims/config_check.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// The keys of such a table. `domain` and `level` are the words of model/certainty.hpp.
/// @param names_claim  the table says itself which claim it is about (annotations.toml)
[[nodiscard]] std::vector<ConfigKey> certainty_keys(bool names_claim);

/// A judgement is of one domain, with levels_down, or of the whole, with level: tells what is neither, or both. Whether there
/// is such a claim, and whether it is looked at under the condition, is for the caller to say.
/// @param code  of the error
void check_certainty_judgement(ConfigDocument const& document, ConfigView const& view, std::string_view code,
                               Diagnostics& diagnostics);

[[nodiscard]] CertaintyJudgement read_certainty_judgement(ConfigView const& view, std::string claim_id);

}  // namespace dossier
