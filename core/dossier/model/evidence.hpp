// Evidence: what one article says for or against one claim, word for word, and why it was read that way.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// Which way one quote points.
enum class Direction { supports, refutes, neutral };

/// Who says it, and how. Only asserted and reported count towards a stance, and rebutted with its direction turned.
enum class Attribution { asserted, reported, asked, rebutted, hypothetical, recommended };

/// Whether somebody stands for what is said, so that it counts.
[[nodiscard]] constexpr bool is_stood_for(Attribution attribution) noexcept {
    return attribution == Attribution::asserted || attribution == Attribution::reported ||
           attribution == Attribution::rebutted;
}

/// An article's position on a claim: the six article states of design.md 2.
enum class Stance { supports, refutes, mixed, neutral, silent, not_assessable };

/// Whether a stance says anything about which way it is.
[[nodiscard]] constexpr bool is_informative(Stance stance) noexcept {
    return stance == Stance::supports || stance == Stance::refutes || stance == Stance::mixed;
}

/// What kind of link a sentence states (Yu, Li & Wang 2019). Says how strong a claim the sentence makes, never which way
/// it points. In this order: a stronger one compares greater.
enum class CausalStrength { none, correlational, conditional, direct };

[[nodiscard]] char const* name_of(Direction direction) noexcept;
[[nodiscard]] char const* name_of(Attribution attribution) noexcept;
[[nodiscard]] char const* name_of(Stance stance) noexcept;  ///< "supports" … "not_assessable"
/// "none", "correlational", "conditional", "direct".
[[nodiscard]] char const* name_of(CausalStrength strength) noexcept;

/// Who decided: cues read in context, or the statement model for claims without cues. An engine of a plugin is called
/// "engine:" and its component's name; a person goes by an id.
inline constexpr char const* decided_by_rules = "engine";
inline constexpr char const* decided_by_statement_model = "engine:statement-model";

/// One admissible quote for one claim. A quote is a whole sentence of the article.
struct EvidenceItem {
    std::string claim_id, article_id;
    Direction direction = Direction::neutral;
    double strength = 1.0;  ///< [0, 1]: 1 plain assertion; hedges and reports lower it
    bool hedged = false;
    Attribution attribution = Attribution::asserted;
    CausalStrength causal_strength = CausalStrength::none;
    std::string decided_by = decided_by_rules;
    std::optional<double> confidence;  ///< calibrated chance that the direction is right; absent: not calibrated
    std::string condition_id;          ///< the condition that governs the clause; empty: none
    std::string quote;                 ///< Sentence::text
    ByteRange bytes;
    std::size_t line = 0, page = 0;  ///< as in Sentence
    std::size_t sentence = 0;        ///< index into Article::sentences
    std::string rule;  ///< which cue decided, and what turned it: "cue 'highly addictive', negated by 'not'"
};

/// Something in the sentence that changes how a cue is read. Offsets are bytes within Sentence::text.
struct Modifier {
    std::string
        kind;  ///< "negation", "hedge", "degree", "comparison", "condition", "attribution", "subject", "terminator", …
    std::string text;
    std::size_t begin = 0, end = 0;              ///< the words themselves
    std::size_t scope_begin = 0, scope_end = 0;  ///< what they govern
};

/// What one named feature added to a decision of the statement model: weight times value. They add up to the score.
struct Contribution {
    std::string feature;  ///< as in config/statement_model/en.toml
    double value = 0.0, weight = 0.0;
    std::string words;  ///< the words that it was read from; may be empty
};

/// One cue found in one sentence and what became of it; counted or refused, always with a reason.
struct Decision {
    std::string claim_id;
    std::size_t sentence = 0;        ///< index into Article::sentences
    std::string cue;                 ///< as written in the registry
    bool cue_supports = true;        ///< listed under supports (true) or refutes
    std::size_t begin = 0, end = 0;  ///< where it matched, bytes within Sentence::text
    std::vector<Modifier> modifiers;
    std::vector<Contribution> contributions;  ///< of a decision by the statement model, towards `direction`
    CausalStrength causal_strength = CausalStrength::none;
    std::string decided_by = decided_by_rules;
    std::optional<double> confidence;  ///< as in EvidenceItem
    bool counted = false;
    Direction direction = Direction::neutral;  ///< as counted
    std::string reason;                        ///< one clause: why it counts that way, or why it was refused
};

/// One article naming one factor.
struct RiskMention {
    std::string factor_id, article_id;
    FactorDirection direction = FactorDirection::unclear;
    std::string quote;
    ByteRange bytes;
    std::size_t line = 0, page = 0;  ///< as in Sentence
    std::string condition_id;
    bool with_evidence = false;  ///< the sentence reports a study, or stands in the report of one
};

/// A number with its meaning: a percentage, or an effect size with its interval.
struct Quantity {
    std::string article_id;
    std::string measure;  ///< "%", "OR", "RR", "HR", "IRR", "PR", "MD", "SMD"
    double estimate = 0.0;
    std::optional<double> ci_low, ci_high, ci_level;  ///< level as a share: 0.95
    std::string comparator = "=";                     ///< "=", "up to", "at least", "about", "more than", "less than"
    std::string population;                           ///< the words that name who was counted; empty: not stated
    std::string adjustment;                           ///< "adjusted", "crude"; empty: not stated
    std::vector<std::string> factor_ids;  ///< the risk factors that its sentence names, in registry order, each once
    std::string denominator;              ///< "of 1,200 users": the number it is a share of; empty: not stated
    bool outside_interval = false;        ///< the estimate lies outside its own interval: a misprint somewhere
    std::string quote;
    ByteRange bytes;
    std::size_t line = 0, page = 0;  ///< as in Sentence
    std::string text;                ///< the number as it stands in the quote: "up to 30%"
};

/// Everything read out of one article.
struct ArticleEvidence {
    std::string article_id;
    std::vector<EvidenceItem> items;    ///< by claim (registry order), then by place in the file
    std::vector<RiskMention> mentions;  ///< by factor (registry order), then by place
    std::vector<Quantity> quantities;   ///< by place
    std::vector<Decision> decisions;    ///< only when asked for (explain); by claim, then by place
    /// Claims on which nothing is known of what the article says, since their engine failed or their statement is too
    /// little to go on: it is not assessable on them.
    std::vector<std::string> undecided_claims;
};

}  // namespace dossier
