// Claim registry: what the analyst wants to know, as data. Read from claims.toml by claims/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

/// A cue or term as written in the registry, in the pattern language of claims/phrase_pattern.hpp.
struct Phrase {
    std::string text;
    Place place;
};
[[nodiscard]] std::vector<std::string> texts_of(std::vector<Phrase> const& phrases);

/// A claim about "how much": asserting "high" refutes a claim of degree low.
enum class Degree { none, low, high };

/// Sentences that must come out as their list says; run by `dossier check`.
struct ClaimExamples {
    std::vector<Phrase> supports, refutes, silent;
};

struct Claim {
    std::string id;             ///< [a-z0-9-]+, unique
    std::string statement;      ///< one sentence
    std::vector<Phrase> about;  ///< subject terms; inherited from [registry] when the claim gives none
    std::string outcome;        ///< what the claim is about happening ("addiction"); inherited; may be empty
    std::vector<Phrase> supports, refutes;  ///< phrases that, asserted, decide; both empty: the statement model judges
    std::vector<std::string> conditions;    ///< condition ids under which the claim is also looked at on its own
    std::vector<std::string> only_under;  ///< condition ids: evidence counts only where one of them governs the clause
    std::string parent, contrary_of;      ///< claim ids; empty: none
    Degree degree = Degree::none;
    double weight = 1.0;  ///< >= 0
    ClaimExamples examples;
    Place place;  ///< of its id
};

struct Condition {
    std::string id;
    std::string name;  ///< "under medical supervision"
    std::vector<Phrase> phrases;
    Place place;
};

/// A person's judgement of the certainty of the body of evidence, from the registry or the annotations.
struct CertaintyJudgement {
    std::string claim_id, condition_id;  ///< condition_id empty: overall
    std::string domain;                  ///< as in CertaintyDomain; empty: the level as a whole
    int levels_down = 0;                 ///< 0 to 2, of the domain
    std::string level;                   ///< "high", "moderate", "low", "very low"; of the whole
    std::string who, when, why;          ///< a person's id; ISO date, may be empty; one sentence
    Place place;
};

/// Which way a factor moves the outcome.
enum class FactorDirection { raises, lowers, no_effect, unclear };

struct RiskFactor {
    std::string id;
    std::string name;
    std::string outcome;  ///< inherited from [registry]; may be empty
    std::vector<Phrase> phrases;
    FactorDirection usual_direction = FactorDirection::unclear;
    Place place;
};

struct ClaimRegistry {
    std::string title;
    std::string language = "en";
    std::vector<Phrase> about;          ///< [registry] about: terms that name the subject
    std::vector<Phrase> others;         ///< [registry] others: terms for other subjects it is compared with
    std::vector<Phrase> outcome_terms;  ///< [registry] outcome_terms: phrases that name the outcome
    std::string outcome;
    std::vector<Claim> claims;  ///< in file order, base files first
    std::vector<Condition> conditions;
    std::vector<RiskFactor> risk_factors;
    std::vector<CertaintyJudgement> certainty;  ///< in file order
    std::string sha256;                         ///< over all files of the registry, in order of reading

    [[nodiscard]] Claim const* find_claim(std::string_view id) const noexcept;
    [[nodiscard]] Condition const* find_condition(std::string_view id) const noexcept;
};

[[nodiscard]] char const* name_of(FactorDirection direction) noexcept;  ///< "raises", "lowers", "no_effect", "unclear"
[[nodiscard]] char const* name_of(Degree degree) noexcept;              ///< "none", "low", "high"

}  // namespace dossier
