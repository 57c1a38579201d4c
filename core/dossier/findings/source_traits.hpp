// Source traits: what the metadata of an article say about how far it can be relied on, whatever its stance.
#pragma once

#include <optional>

#include "dossier/model/article.hpp"

namespace dossier {

/// Does the article declare, or seem to have, a conflict of interest? "none", "not declared" and their like do not count.
[[nodiscard]] bool has_conflict_of_interest(Article const& article);

/// Is it a study of animals or cells only, by its design or population? Not where these name people:
/// "adolescents with sickle cell disease", "women with laboratory-confirmed influenza".
[[nodiscard]] bool is_animal_study(Article const& article);

/// A person's appraisal of the source, and none.
enum class RiskOfBias { not_appraised, low, some_concerns, high };
[[nodiscard]] RiskOfBias risk_of_bias(Article const& article) noexcept;

/// The level that the Oxford 2011 Levels of Evidence (OCEBM Levels of Evidence Working Group) give its design for the question
/// "What are the common harms?": 1 systematic review of randomised trials, 2 randomised trial, 3 non-randomised controlled
/// trial, cohort or follow-up study, 4 case series, case-control or historically controlled study, 5 mechanism-based
/// reasoning, which is where animal, laboratory and modelling studies stand. By analogy 4: cross-sectional and other
/// observational studies, case reports. A systematic review of studies that it names has the level of those. The design alone
/// decides: the grading down for quality, imprecision or indirectness that the table asks for is left to the domains of
/// certainty.
///
/// @return nullopt when no design is stated, or one that the table does not have: news, opinion, guideline, protocol, a review
///         that is not called systematic
[[nodiscard]] std::optional<int> level_of_evidence(Article const& article);

}  // namespace dossier
