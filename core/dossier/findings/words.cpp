#include "dossier/findings/words.hpp"

#include <cmath>

#include "dossier/findings/direction.hpp"

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

/// A cut-off with two decimals: "0.95", "-0.20".
std::string cut_off(double value) {
    auto const hundredths = static_cast<int>(std::lround(std::abs(value) * 100));
    return std::string(value < 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
           std::to_string(hundredths / 10 % 10) + std::to_string(hundredths % 10);
}

}  // namespace

std::vector<WordRule> word_rules() {
    std::string const p = "P(share > 1/2 | data) ", a = "agreement A ", c = "share of assessable sources that inform ";
    return {
        {"direction", "supports prevail", p + "at least " + cut_off(prevails_at)},
        {"direction", "leans towards support", p + "at least " + cut_off(leans_at)},
        {"direction", "no clear direction", p + "between " + cut_off(1 - leans_at) + " and " + cut_off(leans_at)},
        {"direction", "leans towards refutation", p + "at most " + cut_off(1 - leans_at)},
        {"direction", "refutes prevail", p + "at most " + cut_off(1 - prevails_at)},
        {"direction", "evenly divided", "as many independent sources support as refute"},
        {"direction", "mostly mixed", "more independent sources are mixed than take a side"},
        {"direction", "consistently mixed", "every informative source is mixed"},
        {"direction", "rests on one source", "only one independent source is informative"},
        {"agreement", "unanimous", a + "is 1"},
        {"agreement", "high",
         a + "at least " + cut_off(high_agreement) + " (\"on being mixed\": most sources are mixed)"},
        {"agreement", "medium", a + "at least " + cut_off(medium_agreement)},
        {"agreement", "low", a + "at least " + cut_off(low_agreement)},
        {"agreement", "polarised", a + "below " + cut_off(low_agreement)},
        {"certainty", "high", "nothing lowers it"},
        {"certainty", "moderate", "one level down"},
        {"certainty", "low", "two levels down"},
        {"certainty", "very low", "three levels down or more"},
        {"coverage", "broad", c + "at least " + cut_off(broad_coverage)},
        {"coverage", "partial", c + "at least " + cut_off(partial_coverage)},
        {"coverage", "thin", c + "above 0"},
        {"coverage", "none", "no source is informative"},
    };
}

std::string counted(std::size_t n, std::string const& singular, std::string const& plural) {
    return std::to_string(n) + " " + (n == 1 ? singular : plural);
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
    if (tally.informative() == 1) return "rests on one source";
    if (tally.directional() == 0) return "consistently mixed";
    if (tally.supports == tally.refutes) return "evenly divided";
    if (tally.mixed > tally.directional()) return "mostly mixed";
    return posterior_word(
        probability_supports_prevail(static_cast<double>(tally.supports), static_cast<double>(tally.refutes)));
}

std::string agreement_word(StanceTally const& tally, std::optional<double> agreement) {
    if (tally.informative() == 0) return tally.assessable() == 0 ? "not assessable" : "no evidence";
    if (tally.informative() == 1 || !agreement) return "one source, agreement not defined";
    if (reaches(*agreement, 1.0)) return "unanimous";
    if (tally.mixed > tally.directional() && reaches(*agreement, high_agreement)) return "high, on being mixed";
    if (reaches(*agreement, high_agreement)) return "high";
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
    if (n < least_for_significance) return counted(n, "source", "sources") + " cannot reach .05 two-sided";
    return {};
}

}  // namespace dossier
