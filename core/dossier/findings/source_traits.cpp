#include "dossier/findings/source_traits.hpp"

#include <array>
#include <string>
#include <string_view>

#include "dossier/findings/interest_statement.hpp"
#include "dossier/findings/spaced_words.hpp"

namespace dossier {

namespace {

constexpr auto animals =
    std::to_array<std::string_view>({"animal", "animals", "mouse", "mice", "rat", "rats", "rodent", "rodents", "murine",
                                     "zebrafish", "primate", "primates", "monkey", "monkeys"});
/// Not "cell" alone: people have sickle cell disease, and stem cells are transplanted into them.
constexpr auto cells = std::to_array<std::string_view>(
    {"in vitro", "vitro", "ex vivo", "cell line", "cell lines", "cell culture", "cell cultures", "cultured cells",
     "isolated cells", "human cells", "hela", "cell study", "cell studies", "organoid", "organoids"});
constexpr auto cells_of_people = std::to_array<std::string_view>({"in vitro fertilisation", "in vitro fertilization"});
/// Where no people are named: they may have slept in the laboratory.
constexpr auto laboratories = std::to_array<std::string_view>(
    {"laboratory study", "laboratory studies", "laboratory experiment", "laboratory experiments", "laboratory based",
     "laboratory research", "preclinical", "pre clinical"});
constexpr auto people = std::to_array<std::string_view>({"humans",
                                                         "human and",
                                                         "human or",
                                                         "human participants",
                                                         "human subjects",
                                                         "human volunteers",
                                                         "people",
                                                         "persons",
                                                         "patients",
                                                         "adults",
                                                         "children",
                                                         "adolescents",
                                                         "teenagers",
                                                         "teens",
                                                         "youths",
                                                         "women",
                                                         "men",
                                                         "girls",
                                                         "boys",
                                                         "mothers",
                                                         "fathers",
                                                         "parents",
                                                         "infants",
                                                         "babies",
                                                         "newborns",
                                                         "toddlers",
                                                         "schoolchildren",
                                                         "pupils",
                                                         "students",
                                                         "volunteers",
                                                         "participants",
                                                         "workers",
                                                         "employees",
                                                         "nurses",
                                                         "farmers",
                                                         "athletes",
                                                         "drivers",
                                                         "smokers",
                                                         "residents",
                                                         "recipients",
                                                         "survivors",
                                                         "veterans",
                                                         "twins",
                                                         "elderly",
                                                         "seniors",
                                                         "households"});
/// Not they are studied, but what comes from them.
constexpr auto from_people =
    std::to_array<std::string_view>({"from patients", "from humans", "from people", "from adults", "from children",
                                     "from volunteers", "from women", "from men"});
/// What only tells of a study, or plans one, is none.
constexpr auto no_studies = std::to_array<std::string_view>(
    {"news", "press", "opinion", "editorial", "commentary", "marketing", "blog", "protocol", "narrative", "guideline",
     "guidelines", "non systematic", "nonsystematic", "unsystematic"});
/// Analyses of a study, by its protocol.
constexpr auto by_protocol = std::to_array<std::string_view>({"per protocol"});
constexpr auto systematic = std::to_array<std::string_view>(
    {"systematic", "meta analysis", "meta analyses", "metaanalysis", "umbrella review", "cochrane review"});
/// Of studies, and neither systematic nor of records.
constexpr auto reviews = std::to_array<std::string_view>({"review", "reviews"});
constexpr auto of_records = std::to_array<std::string_view>(
    {"chart", "charts", "record", "records", "retrospective", "case", "cases", "notes"});
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
    if (says_any(words, followed_up) || says_any(words, not_randomised)) return 3;
    if (says_any(words, observational)) return 4;
    if (says_any(words, mechanisms)) return 5;
    return std::nullopt;
}

std::optional<int> level_of_review(std::string const& words) {
    auto const of_studies = level_of_study(words);
    bool const of_trials = says_any(without(words, not_randomised), randomised) || says(words, "nested case control");
    return of_trials || !of_studies ? 1 : of_studies;
}

/// News of a study, a protocol, a review that was not made systematically.
bool is_no_study(std::string const& words) {
    if (says_any(without(words, by_protocol), no_studies)) return true;
    return says_any(words, reviews) && !says_any(words, systematic) && !says_any(words, of_records);
}

bool names_people(std::string const& words) {
    return says_any(without(words, from_people), people) || words.ends_with(" human ");
}

bool names_animals(std::string const& words) {
    return (says_any(words, animals) || says_any(without(words, cells_of_people), cells)) && !names_people(words);
}

/// "HeLa cells", "laboratory": as a population that is all there is.
bool is_of_cells(std::string const& population) {
    return (population.ends_with(" cells ") || population == " cell " || population == " laboratory ") &&
           !names_people(population);
}

}  // namespace

bool has_conflict_of_interest(Article const& article) {
    return tells_of_an_interest(article.conflict_of_interest.value);
}

bool is_animal_study(Article const& article) {
    auto const population = spaced_words(article.population.value), design = spaced_words(article.study_design.value);
    if (names_animals(population) || is_of_cells(population) || names_animals(design)) return true;
    return (says_any(population, laboratories) || says_any(design, laboratories)) && !names_people(population) &&
           !names_people(design);
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
    if (words == " " || is_no_study(words)) return std::nullopt;
    if (is_animal_study(article)) return 5;
    return says_any(words, systematic) ? level_of_review(words) : level_of_study(words);
}

}  // namespace dossier
