// Consensus numbers: what a tally alone says of one question (statistics.md 4.2, 4.3, 4.5, 4.7).
#pragma once

#include "dossier/findings/stance_tally.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Fills the counts, the votes, the agreement, the coverage and the flip set, with their words; all but what needs to know
/// which articles said it: ids, n_articles, direction_word, disagreement, certainty, majority_supports, n_overridden.
void fill_numbers(Consensus& row, StanceTally const& tally);

}  // namespace dossier
