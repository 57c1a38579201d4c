// What becomes of one cue while the questions are put to it: shared by the parts of StanceReader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/evidence/stance.hpp"

namespace dossier {

/// Words between the two; 0 where they overlap.
[[nodiscard]] double distance(PhraseMatch const& a, PhraseMatch const& b);

/// The words of `match` as they stand in the sentence, in quotation marks.
[[nodiscard]] std::string quoted(std::string_view sentence, Tokens const& tokens, PhraseMatch const& match);

/// An odd number of denials governs the words.
[[nodiscard]] bool is_denied(PhraseMatch const& words, SentenceContext const& context);

/// "in mice" is only marked: what an animal study is worth is weighed by the article's study population.
[[nodiscard]] bool is_told_of_animals(RuleHit const& hit);

/// What became of one cue.
struct StanceReader::Reading {
    bool counted = false, neutral = false;
    bool turned = false;    ///< denied, or rebutted: an odd number of times
    bool answered = false;  ///< asked, and answered by the next sentence
    bool hearsay = false;   ///< passed on, and nobody vouches for it
    bool belief = false;    ///< what is passed on is a worry or a belief, and no story
    bool hedged = false;
    double strength = 1.0;
    Direction direction = Direction::neutral;
    CausalStrength causal_strength = CausalStrength::none;
    Attribution attribution = Attribution::asserted;
    std::string condition_id;
    std::vector<std::string>
        also_under;             ///< further conditions named beside it: "in older people or after a short night"
    std::vector<RuleHit> hits;  ///< those that govern the cue
    std::string subject;
    std::string reason;
    std::vector<std::string> steps;  ///< what changed the reading, in words

    void refuse(std::string why) { reason = std::move(why); }
    void turn(std::string step) {
        turned = !turned;
        steps.push_back(std::move(step));
    }
};

/// One cue, where it stands.
struct StanceReader::Site {
    Cue const& cue;
    std::vector<Cue> const& cues;  ///< of the same claim in the same sentence
    std::size_t sentence;
    Claim const& claim;
    SentenceContext const& context;
    std::string const& text;

    [[nodiscard]] std::string words(RuleHit const& hit) const { return quoted(text, context.tokens(), hit.match); }
    [[nodiscard]] bool is_named_in_cue(RuleHit const& hit) const {
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token) && cue.match.names(token)) return true;
        return false;
    }
};

}  // namespace dossier
