// Labels: "Myth 2: …", "Claim: …", and a heading that is nothing else.
#pragma once

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/context.hpp"

namespace dossier {

/// "Myth: coffee stunts growth", "Myth 2: …": what follows the colon is rebutted; "Claim: …" passes it on.
[[nodiscard]] bool is_label(RuleHit const& hit, PhraseMatch const& labelled, Tokens const& tokens);

/// Under the heading "Myth 2", or "Misconception", a first paragraph of one sentence is the myth itself.
[[nodiscard]] bool is_under_myth(ArticleView& view, std::size_t sentence);

}  // namespace dossier
