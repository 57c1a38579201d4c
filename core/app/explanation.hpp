// Explanation: how an article's stance on a claim came about, sentence by sentence.
#pragma once

#include <string>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// One claim and one article: what was found, and what it adds up to.
struct Explanation {
    Claim const& claim;
    Article const& article;
    ArticleEvidence const& evidence;            ///< analysed with decisions kept; may hold other claims too
    std::vector<ArticleStance const*> stances;  ///< of this claim and article: overall first, then per condition
};

/// For people. Each sentence with a cue: place, text, cue, modifiers with their scopes, counted or refused and why;
/// then the sum. Ends in a line break.
[[nodiscard]] std::string explain_as_text(Explanation const& explanation);

/// The same for programs: one JSON object, indented, ending in a line break.
[[nodiscard]] std::string explain_as_json(Explanation const& explanation);

}  // namespace dossier
