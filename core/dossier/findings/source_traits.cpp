#include "dossier/findings/source_traits.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

namespace {

/// Lower-case ASCII words of a metadata value, each between spaces: " randomised trial in mice ".
std::string spaced_words(std::string_view text) {
    std::string words = " ";
    for (char const c : text) {
        if (c >= 'A' && c <= 'Z')
            words += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

/// @param words  as spaced_words() gives them
bool says(std::string_view words, std::string_view term) {
    for (auto at = words.find(term); at != std::string_view::npos; at = words.find(term, at + 1))
        if (words[at - 1] == ' ' && words[at + term.size()] == ' ') return true;
    return false;
}

bool says_any(std::string_view words, std::span<std::string_view const> terms) {
    return std::any_of(terms.begin(), terms.end(), [&](std::string_view term) { return says(words, term); });
}

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
    auto const words = spaced_words(article.conflict_of_interest.value);
    if (words == " ") return false;
    static constexpr std::array<std::string_view, 10> none = {
        " none ",        " no ",         " nil ",           " n a ",           " not applicable ",
        " none stated ", " none known ", " none declared ", " none reported ", " not stated "};
    if (std::find(none.begin(), none.end(), words) != none.end()) return false;
    static constexpr auto exceptions =
        std::to_array<std::string_view>({"but", "except", "apart", "other than", "however", "although"});
    if (says_any(words, exceptions)) return true;
    // "The authors declare that they have no competing interests."
    static constexpr auto denials = std::to_array<std::string_view>(
        {"no conflict", "no conflicts", "no competing", "no potential", "no relevant", "no financial", "no known",
         "no interest", "no interests", "not have any", "nothing to declare", "nothing to disclose", "none declared",
         "none to declare", "none stated", "none reported", "without conflict", "without conflicts"});
    bool const denies = says_any(words, denials);
    return !denies && words.rfind(" no ", 0) != 0 && words.rfind(" none ", 0) != 0;
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
