// Words: what the numbers may be called, and the edge cases in which they may not be shown
// (statistics.md 4.3, 4.13).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/direction.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/findings/weights.hpp"

namespace dossier {

// Cut-offs. Our conventions; every report that shows a word prints them (design.md 2, promise 1).
inline constexpr double prevails_at = 0.95;  ///< P(share > 1/2): at least this "supports prevail"
inline constexpr double leans_at = 0.80;     ///< at least this "leans towards support"
inline constexpr double high_agreement = 0.60, medium_agreement = 0.20,
                        low_agreement = -0.20;  ///< A; below: polarised
inline constexpr double broad_coverage = 2.0 / 3.0, partial_coverage = 1.0 / 3.0;
inline constexpr std::size_t least_for_p_value = 3;       ///< clusters that take a side; below, the p-value is withheld
inline constexpr std::size_t least_for_significance = 6;  ///< fewer cannot reach .05 two-sided, even if unanimous

/// Which way, in words: "supports prevail", "leans towards support", "no clear direction", "leans towards
/// refutation", "refutes prevail", and where that would say too much "evenly divided", "consistently mixed",
/// "mostly mixed", "rests on one source", "discussed without a stance", "no evidence found in 5 articles",
/// "no evidence under this condition", "not assessable", "no articles".
///
/// @param n_articles_read  articles that could be assessed
/// @param under_condition  the tally is of one condition, not overall
[[nodiscard]] std::string direction_word(StanceTally const& tally, std::size_t n_articles_read,
                                         bool under_condition = false);

/// direction_word for votes that do not all count the same, as sensitivity takes them.
///
/// @param n_informative  sources behind the votes, at least 1
/// @param prior  Beta(prior, prior) (4.3)
[[nodiscard]] std::string weighted_direction_word(WeightedVotes const& votes, std::size_t n_informative,
                                                  double prior = jeffreys_prior);

/// Is `word` another verdict than `verdict`? The same direction in firmer words ("supports prevail" after "leans towards
/// support") is not.
[[nodiscard]] bool changes_verdict(std::string_view verdict, std::string_view word) noexcept;

/// The word for P(share > 1/2) alone; `posterior` in [0, 1].
[[nodiscard]] std::string posterior_word(double posterior);

/// "unanimous", "high", "medium", "low", "polarised"; "one source, agreement not defined"; "no evidence".
[[nodiscard]] std::string agreement_word(StanceTally const& tally, std::optional<double> agreement);

/// "broad", "partial", "thin", "none"; "not assessable" when no source could be read.
[[nodiscard]] std::string coverage_word(StanceTally const& tally);

/// Why no p-value is shown, or what it cannot say; empty when there is nothing to add.
[[nodiscard]] std::string sign_test_note(StanceTally const& tally);

/// What a word of ours stands for, so that every report prints the same cut-offs.
struct WordRule {
    std::string part;  ///< "direction", "agreement", "certainty" or "coverage"
    std::string word, rule;
};
/// All of them, by part, strongest first.
[[nodiscard]] std::vector<WordRule> word_rules();

/// "0.95", "-0.20": rounded as tables round (decimal_text).
[[nodiscard]] std::string two_decimals(double value);

}  // namespace dossier
