#include "dossier/findings/consensus_numbers.hpp"

#include <utility>

#include "dossier/findings/agreement.hpp"
#include "dossier/findings/direction.hpp"
#include "dossier/findings/flip_set.hpp"
#include "dossier/findings/settled.hpp"
#include "dossier/findings/weights.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

void fill_counts(Consensus& row, StanceTally const& tally) {
    row.n_clusters = tally.total();
    row.supports = tally.supports, row.refutes = tally.refutes, row.mixed = tally.mixed;
    row.neutral = tally.neutral, row.silent = tally.silent, row.not_assessable = tally.not_assessable;
    if (tally.assessable() > 0)
        row.coverage = settled(static_cast<double>(tally.informative()) / static_cast<double>(tally.assessable()));
    row.coverage_word = coverage_word(tally);
}

void fill_share(Consensus& row, StanceTally const& tally) {
    auto const votes = count_votes(tally);
    if (!votes) return;
    auto const s = static_cast<double>(tally.supports), r = static_cast<double>(tally.refutes);
    auto const exact = clopper_pearson_interval(s, s + r), jeffreys = jeffreys_interval(s, s + r);
    row.direction_share = settled(votes->direction_share);
    row.ci_low = settled(votes->interval.lower), row.ci_high = settled(votes->interval.upper);
    row.clopper_pearson_low = settled(exact.lower), row.clopper_pearson_high = settled(exact.upper);
    row.jeffreys_low = settled(jeffreys.lower), row.jeffreys_high = settled(jeffreys.upper);
    row.posterior = settled(probability_supports_prevail(s, r));
    row.posterior_uniform = settled(probability_supports_prevail(s, r, uniform_prior));
}

void fill_votes(Consensus& row, StanceTally const& tally) {
    fill_share(row, tally);
    if (auto const bounds = mixed_bounds(tally))
        row.bound_low = settled(bounds->lower), row.bound_high = settled(bounds->upper);
    row.direction_index = settled(direction_index(votes_of(tally)));
    if (tally.directional() >= least_for_p_value)
        row.sign_test_p = settled(sign_test_two_sided(tally.supports, tally.refutes));
    row.sign_test_note = sign_test_note(tally);
}

void fill_agreement(Consensus& row, StanceTally const& tally) {
    // agrmt gives 1 for a single source; one source agrees with nobody (statistics.md 4.5).
    if (tally.informative() >= 2) {
        auto const frequencies = ordinal_frequencies(tally);
        row.agreement = settled(van_der_eijk_agreement(frequencies));
        row.polarisation = settled(polarisation(*row.agreement));
        row.tastle_wierman = settled(tastle_wierman_consensus(frequencies));
        row.entropy = settled(relative_entropy(frequencies));
    }
    row.agreement_word = agreement_word(tally, row.agreement);
}

void fill_flip_set(Consensus& row, StanceTally const& tally) {
    auto flip_set = smallest_flip_set(tally);
    if (!flip_set) return;
    row.fragile = flip_set->size == 1;
    row.flip_set_size = flip_set->size;
    row.flip_set = std::move(flip_set->which);
}

}  // namespace

void fill_numbers(Consensus& row, StanceTally const& tally) {
    fill_counts(row, tally);
    fill_votes(row, tally);
    fill_agreement(row, tally);
    fill_flip_set(row, tally);
}

}  // namespace dossier
