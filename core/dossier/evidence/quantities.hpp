// Quantities: percentages with their comparator and population, and effect sizes with their intervals.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/evidence/tokens.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

class Lexicon;

/// Percentages ("up to 30% of users", "one in five") and OR, RR, HR, IRR, PR, MD, SMD with a confidence interval.
/// "95 %" of an interval is its level, not a quantity. Fills measure, estimate, ci_*, comparator, population and text;
/// the caller adds where it stands. By place.
[[nodiscard]] std::vector<Quantity> quantities_in(std::string_view sentence, Lexicon const& lexicon);

/// A quick look at the words of the sentence: false where quantities_in would find nothing. True promises nothing.
[[nodiscard]] bool may_hold_quantities(std::string_view sentence, Tokens const& tokens);

}  // namespace dossier
