// Derived cues: what can be told from a claim's statement alone, when the analyst gives no cues.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/model/claim.hpp"

namespace dossier {

class Lexicon;

struct DerivedCues {
    std::vector<Phrase> cues;   ///< empty: too little to go on
    std::vector<Phrase> about;  ///< subject terms found in front of the statement's verb; only when none were given
    bool denies = false;        ///< the statement itself is a denial: asserting a cue refutes it
};

/// The content words behind the subject, as stems, in any order within a gap of each other (at most three; the
/// longest ones of more). First level: no synonyms, no numbers.
[[nodiscard]] DerivedCues derive_cues(std::string_view statement, std::vector<Phrase> const& about,
                                      Lexicon const& lexicon);

}  // namespace dossier
