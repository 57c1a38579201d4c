#include "dossier/findings/words.hpp"

#include <cmath>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/model/decimal.hpp"

namespace dossier {

namespace {

/// The words for a tally in which no source says which way it is.
std::string nothing_informative_word(StanceTally const& tally, std::size_t n_articles_read, bool under_condition) {
    if (tally.total() == 0) return "no articles";
    if (tally.assessable() == 0) return "not assessable";
    if (tally.neutral > 0) return "discussed without a stance";
    if (under_condition) return "no evidence under this condition";
    return "no evidence found in " + counted(n_articles_read, "article", "articles");
}

/// Reaches the cut-off, up to the last bits of arithmetic: words must be the same on every machine.
bool reaches(double value, double cut_off_value) {
    return value + 1e-9 >= cut_off_value;
}

/// Equal, up to the last bits of arithmetic.
bool is_alike(double a, double b) {
    return reaches(a, b) && reaches(b, a);
}

}  // namespace

std::string two_decimals(double value) {
    return decimal_text(value, 2);
}

std::vector<WordRule> word_rules() {
    std::string const p = "P(share > 1/2 | data) ", a = "agreement A ", c = "share of assessable sources that inform ";
    return {
        {"direction", "supports prevail", p + "at least " + two_decimals(prevails_at)},
        {"direction", "leans towards support", p + "at least " + two_decimals(leans_at)},
        {"direction", "no clear direction",
         p + "between " + two_decimals(1 - leans_at) + " and " + two_decimals(leans_at)},
        {"direction", "leans towards refutation", p + "at most " + two_decimals(1 - leans_at)},
        {"direction", "refutes prevail", p + "at most " + two_decimals(1 - prevails_at)},
        {"direction", "evenly divided", "as many independent sources support as refute"},
        {"direction", "mostly mixed", "more independent sources are mixed than take a side"},
        {"direction", "consistently mixed", "every informative source is mixed"},
        {"direction", "rests on one source", "only one independent source is informative"},
        {"direction", "fragile", "leaving out one independent source gives another verdict"},
        {"agreement", "unanimous", a + "is 1 (\"on being mixed\": all sources are mixed)"},
        {"agreement", "high",
         a + "at least " + two_decimals(high_agreement) + " (\"on being mixed\": most sources are mixed)"},
        {"agreement", "medium", a + "at least " + two_decimals(medium_agreement)},
        {"agreement", "low", a + "at least " + two_decimals(low_agreement)},
        {"agreement", "polarised", a + "below " + two_decimals(low_agreement)},
        {"certainty", "high", "nothing lowers it"},
        {"certainty", "moderate", "one level down"},
        {"certainty", "low", "two levels down"},
        {"certainty", "very low", "three levels down or more"},
        {"coverage", "broad", c + "at least " + two_decimals(broad_coverage)},
        {"coverage", "partial", c + "at least " + two_decimals(partial_coverage)},
        {"coverage", "thin", c + "above 0"},
        {"coverage", "none", "no source is informative"},
    };
}

std::string posterior_word(double posterior) {
    if (reaches(posterior, prevails_at)) return "supports prevail";
    if (reaches(posterior, leans_at)) return "leans towards support";
    if (!reaches(1 - posterior, leans_at)) return "no clear direction";
    if (!reaches(1 - posterior, prevails_at)) return "leans towards refutation";
    return "refutes prevail";
}

std::string direction_word(StanceTally const& tally, std::size_t n_articles_read, bool under_condition) {
    if (tally.informative() == 0) return nothing_informative_word(tally, n_articles_read, under_condition);
    return weighted_direction_word(votes_of(tally), tally.informative());
}

std::string weighted_direction_word(WeightedVotes const& votes, std::size_t n_informative, double prior) {
    if (n_informative == 1) return "rests on one source";
    if (is_alike(votes.directional(), 0.0)) return "consistently mixed";
    if (is_alike(votes.supports, votes.refutes)) return "evenly divided";
    if (votes.mixed > votes.directional() && !is_alike(votes.mixed, votes.directional())) return "mostly mixed";
    return posterior_word(probability_supports_prevail(votes.supports, votes.refutes, prior));
}

bool changes_verdict(std::string_view verdict, std::string_view word) noexcept {
    auto const is_firmer = [&](std::string_view weak, std::string_view firm) {
        return verdict == weak && word == firm;
    };
    return verdict != word && !is_firmer("leans towards support", "supports prevail") &&
           !is_firmer("leans towards refutation", "refutes prevail") &&
           !is_firmer("mostly mixed", "consistently mixed");
}

std::string agreement_word(StanceTally const& tally, std::optional<double> agreement) {
    if (tally.informative() == 0) return tally.assessable() == 0 ? "not assessable" : "no evidence";
    if (tally.informative() == 1 || !agreement) return "one source, agreement not defined";
    // Five mixed sources agree perfectly that it is mixed (statistics.md 4.5).
    std::string const on_what = tally.mixed > tally.directional() ? ", on being mixed" : "";
    if (reaches(*agreement, 1.0)) return "unanimous" + on_what;
    if (reaches(*agreement, high_agreement)) return "high" + on_what;
    if (reaches(*agreement, medium_agreement)) return "medium";
    if (reaches(*agreement, low_agreement)) return "low";
    return "polarised";
}

std::string coverage_word(StanceTally const& tally) {
    if (tally.assessable() == 0) return "not assessable";
    if (tally.informative() == 0) return "none";
    double const coverage = static_cast<double>(tally.informative()) / static_cast<double>(tally.assessable());
    if (reaches(coverage, broad_coverage)) return "broad";
    if (reaches(coverage, partial_coverage)) return "partial";
    return "thin";
}

std::string sign_test_note(StanceTally const& tally) {
    auto const n = tally.directional();
    if (n == 0) return "p-value withheld: no source takes a side";
    if (n < least_for_p_value)
        return "p-value withheld: only " + counted(n, "independent source takes", "independent sources take") +
               " a side, fewer than " + std::to_string(least_for_p_value);
    if (n < least_for_significance)
        return counted(n, "source", "sources") + " cannot reach .05 two-sided, even if unanimous";
    return {};
}

}  // namespace dossier
