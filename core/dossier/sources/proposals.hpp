// What kind of source is it? Proposed from the text, with the words that suggest it, for a person to confirm.
#pragma once

#include <string>
#include <vector>

#include "dossier/model/article.hpp"

namespace dossier::sources {

/// Fills study_design, conflict_of_interest, funding and rests_on where they are empty and the text is clear; origin is the
/// sentence that suggests the value ("text: …"), proposed is true. Leaves them empty when unsure.
/// @param doi  the article's own DOI as its markup states it; empty: none
void propose(Article& article, std::string const& doi);

}  // namespace dossier::sources
