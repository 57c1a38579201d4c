#include "dossier/findings/source_traits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dossier/findings/interest_statement.hpp"
#include "dossier/findings/spaced_words.hpp"

namespace dossier {

namespace {

constexpr auto animals = std::to_array<std::string_view>(
    {"animal", "animals", "mouse", "mice", "rat", "rats", "rodent", "rodents", "murine", "zebrafish", "primate",
     "primates", "monkey", "monkeys", "vitro", "cell", "cells", "laboratory", "preclinical"});
constexpr auto people =
    std::to_array<std::string_view>({"human", "humans", "people", "patients", "adults", "children"});
/// What only tells of a study, or plans one, is none.
constexpr auto no_studies =
    std::to_array<std::string_view>({"news", "press", "opinion", "marketing", "blog", "protocol", "narrative"});
constexpr auto systematic =
    std::to_array<std::string_view>({"systematic", "meta analysis", "meta analyses", "metaanalysis"});
constexpr auto not_randomised = std::to_array<std::string_view>(
    {"non randomised", "non randomized", "nonrandomised", "nonrandomized", "not randomised", "not randomized",
     "quasi randomised", "quasi randomized", "without randomisation", "without randomization"});
constexpr auto randomised = std::to_array<std::string_view>({"randomised", "randomized", "rct", "rcts"});
constexpr auto historically_controlled = std::to_array<std::string_view>(
    {"historically controlled", "historical control", "historical controls", "single arm", "uncontrolled",
     "case control", "case series", "case report", "case reports", "case study"});
constexpr auto followed_up = std::to_array<std::string_view>(
    {"trial", "trials", "cohort", "cohorts", "prospective", "longitudinal", "follow up", "surveillance"});
constexpr auto observational = std::to_array<std::string_view>(
    {"cross sectional", "observational", "survey", "surveys", "retrospective", "registry"});
constexpr auto mechanisms = std::to_array<std::string_view>({"modelling", "modeling", "simulation", "mechanism"});

/// Of one study; the first that applies.
std::optional<int> level_of_study(std::string const& words) {
    if (says_any(words, historically_controlled)) return 4;
    if (says_any(words, randomised) && !says_any(words, not_randomised)) return 2;
    if (says_any(words, followed_up)) return 3;
    if (says_any(words, observational)) return 4;
    if (says_any(words, mechanisms)) return 5;
    return std::nullopt;
}

std::optional<int> level_of_review(std::string const& words) {
    auto const of_studies = level_of_study(words);
    bool const of_trials = says_any(words, randomised) || words.find(" nested case control ") != std::string::npos;
    return of_trials || !of_studies ? 1 : of_studies;
}

}  // namespace

bool has_conflict_of_interest(Article const& article) {
    return tells_of_an_interest(article.conflict_of_interest.value);
}

bool is_animal_study(Article const& article) {
    auto const population = spaced_words(article.population.value);
    if (says_any(population, animals) && !says_any(population, people)) return true;
    return says_any(spaced_words(article.study_design.value), animals);
}

RiskOfBias risk_of_bias(Article const& article) noexcept {
    auto const& word = article.risk_of_bias.value;
    return word == "low"             ? RiskOfBias::low
           : word == "some concerns" ? RiskOfBias::some_concerns
           : word == "high"          ? RiskOfBias::high
                                     : RiskOfBias::not_appraised;
}

std::optional<int> level_of_evidence(Article const& article) {
    auto const words = spaced_words(article.study_design.value);
    if (words == " " || says_any(words, no_studies)) return std::nullopt;
    if (is_animal_study(article)) return 5;
    return says_any(words, systematic) ? level_of_review(words) : level_of_study(words);
}

}  // namespace dossier
