// Passive voice: "the pain was eased by" turns the words of "ease … pain" about.
#pragma once

#include <cstddef>

#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/tokens.hpp"

namespace dossier {

/// Is the word at `participle` a past participle behind a form of "be", adverbs and "not" aside?
[[nodiscard]] bool is_passive(Tokens const& tokens, std::size_t participle);

/// Is `match`, the words of a cue with its verb put last, a passive of which the rest is the subject? "The risk of cancer was
/// raised" is one of "raise … cancer", "fears of cancer were raised" is none.
[[nodiscard]] bool is_passive_of(PhraseMatch const& match, Tokens const& tokens);

}  // namespace dossier
