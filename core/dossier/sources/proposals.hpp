// What kind of source is it? Proposed from the text, with the words that suggest it, for a person to confirm.
#pragma once

#include <string>

#include "dossier/model/article.hpp"

namespace dossier::sources {

/// Fills study_design, population, conflict_of_interest, funding, rests_on and press_release where they are empty and the
/// text or the record is clear; proposed is true and origin is the sentence that suggests the value ("text: …") or where the
/// record states it ("publication type: …", "subject heading: …", "title: …"). Leaves them empty when unsure.
/// The values: study_design.hpp, interests.hpp, rests_on.hpp; docs/inputs/metadata.md says them to users.
/// @param doi  the article's own DOI as its markup states it; empty: none
void propose(Article& article, std::string const& doi);

}  // namespace dossier::sources
