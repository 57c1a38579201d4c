#include "dossier/findings/certainty.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "dossier/findings/direction.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

constexpr std::size_t enough_clusters = 6;  // as many as a sign test needs to reach .05 at all

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

bool says_any(std::string const& words, std::initializer_list<std::string_view> terms) {
    return std::any_of(terms.begin(), terms.end(), [&](std::string_view term) {
        return words.find(" " + std::string(term) + " ") != std::string::npos;
    });
}

/// More than half of them, and at least one.
bool most(std::size_t some, std::size_t all) {
    return some > 0 && 2 * some > all;
}

std::string of_all(std::size_t some, std::size_t all) {
    return std::to_string(some) + " of " + counted(all, "informative source", "informative sources");
}

class Rating {
public:
    void lower(std::string const& domain, std::string const& why, int levels = 1) {
        levels_ += levels;
        reasons_.push_back(domain + ": " + why + (levels == 1 ? " (one level down)" : " (two levels down)"));
    }
    SuggestedCertainty result() const {
        static constexpr std::array<char const*, 4> words = {"high", "moderate", "low", "very low"};
        return {words[static_cast<std::size_t>(std::min(levels_, 3))], reasons_};
    }

private:
    int levels_ = 0;
    std::vector<std::string> reasons_;
};

void rate_risk_of_bias(BodyOfEvidence const& body, Rating& rating) {
    auto const n = body.tally.informative();
    if (most(body.n_study_design, n)) {
        if (body.n_correlational_only >= n)
            rating.lower("risk of bias", "all informative sources state correlations, none an effect");
        return;
    }
    rating.lower(
        "risk of bias",
        body.n_study_design == 0
            ? "no informative source is stated to be a trial, cohort study, review or guideline"
            : "only " + of_all(body.n_study_design, n) + " stated to be a trial, cohort study, review or guideline");
}

void rate_inconsistency(BodyOfEvidence const& body, Rating& rating) {
    if (body.unexplained_disagreement)
        rating.lower("inconsistency", "sources disagree, or are mixed, under the same condition");
}

void rate_indirectness(BodyOfEvidence const& body, Rating& rating) {
    auto const n = body.tally.informative();
    if (2 * body.n_animal >= n && body.n_animal > 0)
        rating.lower("indirectness", of_all(body.n_animal, n) + " rest on animal or laboratory studies");
}

void rate_imprecision(BodyOfEvidence const& body, Rating& rating) {
    auto const n = body.tally.informative();
    auto const votes = count_votes(body.tally);
    if (n == 1)
        rating.lower("imprecision", "rests on one source", 2);
    else if (n < enough_clusters)
        rating.lower("imprecision", "only " + counted(n, "informative source", "informative sources") +
                                        ", fewer than " + std::to_string(enough_clusters));
    else if (!votes || (votes->interval.lower < 0.5 && votes->interval.upper > 0.5))
        rating.lower("imprecision", "the interval of the share includes one half");
}

void rate_selection(BodyOfEvidence const& body, Rating& rating) {
    auto const n = body.tally.informative();
    if (body.n_conflict_of_interest > 0 && 3 * body.n_conflict_of_interest >= n)
        rating.lower("selection", of_all(body.n_conflict_of_interest, n) + " with a conflict of interest");
    else if (body.one_publisher)
        rating.lower("selection", "all informative sources have the same publisher");
}

}  // namespace

SuggestedCertainty suggest_certainty(BodyOfEvidence const& body) {
    if (body.tally.informative() == 0) return {};
    Rating rating;
    rate_risk_of_bias(body, rating);
    rate_inconsistency(body, rating);
    rate_indirectness(body, rating);
    rate_imprecision(body, rating);
    rate_selection(body, rating);
    return rating.result();
}

bool states_correlation_only(std::span<EvidenceItem const> quotes, std::string_view condition_id) noexcept {
    auto strongest = CausalStrength::none;
    for (auto const& quote : quotes)
        if (quote.direction != Direction::neutral && (condition_id.empty() || quote.condition_id == condition_id))
            strongest = std::max(strongest, quote.causal_strength);
    return strongest == CausalStrength::correlational;
}

std::string certainty_word(std::string_view level) {
    return level.empty() ? "not rated" : std::string(level) + " certainty";
}

bool has_conflict_of_interest(Article const& article) {
    auto const words = spaced_words(article.conflict_of_interest.value);
    if (words == " ") return false;
    static constexpr std::array<std::string_view, 10> none = {
        " none ",        " no ",         " nil ",           " n a ",           " not applicable ",
        " none stated ", " none known ", " none declared ", " none reported ", " not stated "};
    if (std::find(none.begin(), none.end(), words) != none.end()) return false;
    return !(words.rfind(" no ", 0) == 0 || words.rfind(" none ", 0) == 0) || words.find(" but ") != std::string::npos;
}

bool is_animal_study(Article const& article) {
    if (says_any(spaced_words(article.population.value), {"animal", "animals", "vitro"})) return true;
    return says_any(
        spaced_words(article.study_design.value),
        {"animal", "animals", "mouse", "mice", "rat", "rats", "rodent", "rodents", "murine", "zebrafish", "primate",
         "primates", "monkey", "monkeys", "vitro", "preclinical", "cell", "cells", "laboratory"});
}

std::optional<int> level_of_evidence(Article const& article) {
    auto const words = spaced_words(article.study_design.value);
    if (words == " ") return std::nullopt;
    if (is_animal_study(article)) return 5;
    if (says_any(words, {"narrative", "protocol", "news", "press", "opinion", "marketing", "blog"})) return 5;
    if (says_any(words, {"systematic", "meta analysis", "metaanalysis"})) return 1;
    if (says_any(words, {"randomised", "randomized", "rct"})) return 2;
    if (says_any(words, {"cohort", "prospective", "longitudinal", "trial"})) return 3;
    if (says_any(words, {"case control", "case series", "case report", "cross sectional"})) return 4;
    return 5;
}

bool has_study_design(Article const& article) {
    auto const words = spaced_words(article.study_design.value);
    // What only tells of a study, or plans one, is none.
    if (says_any(words, {"news", "press", "opinion", "marketing", "blog", "protocol", "narrative"})) return false;
    return !is_animal_study(article) &&
           says_any(words, {"randomised", "randomized", "rct", "trial", "cohort", "prospective", "longitudinal",
                            "case control", "review", "meta analysis", "metaanalysis", "guideline", "guidelines",
                            "systematic"});
}

}  // namespace dossier
