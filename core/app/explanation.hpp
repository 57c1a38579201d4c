// Explanation: how an article's stance on a claim came about, sentence by sentence and quote by quote.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dossier/model/annotation.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// One claim and one article: what was found, and what it adds up to.
struct Explanation {
    Claim const& claim;
    Article const& article;
    ArticleEvidence const& evidence;  ///< analysed with decisions kept; may hold other claims too
    std::vector<ArticleStance>
        stances;  ///< of this claim and article as its quotes come to: overall first, then per condition
    std::vector<AnnotationOutcome> annotations = {};  ///< of this claim and article, in file order
};

/// Whether `wanted` names the article: its id, its path or the last part of that. Empty: every article.
[[nodiscard]] bool is_meant(Article const& article, std::string const& wanted);

/// Anything of the article was looked at for the claim, be it refused in the end.
[[nodiscard]] bool has_decisions(Explanation const& explanation);

/// For people. Each sentence with a cue: place, text, cue, modifiers with their scopes, counted or refused and why;
/// then the quotes that count, and the sum that gives the stance. Ends in a line break.
[[nodiscard]] std::string explain_as_text(Explanation const& explanation);

/// The same for programs: one JSON object in one line, ending in a line break. Its stances follow from its quotes alone
/// (docs/commands/explain.md).
[[nodiscard]] std::string explain_as_json(Explanation const& explanation);

/// One line of a list of many articles or many claims: "supports  3 for, 1 against".
struct ExplainedStance {
    std::string name;      ///< id of the article or claim
    ArticleStance stance;  ///< as it counts: a person's where one decided
};
/// What many explanations come to: stances with their articles or claims, and how many there are of each.
[[nodiscard]] std::string overview_as_text(std::string const& title, std::vector<ExplainedStance> const& stances);

}  // namespace dossier
