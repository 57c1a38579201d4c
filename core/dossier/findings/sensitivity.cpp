#include "dossier/findings/sensitivity.hpp"

#include "dossier/findings/direction.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

std::string const& lone_source_word() {
    static std::string const word = "verdict rests on one source";
    return word;
}

void count(SensitivityFinding& finding, StanceTally const& tally) {
    finding.supports = static_cast<double>(tally.supports);
    finding.refutes = static_cast<double>(tally.refutes);
    finding.mixed = static_cast<double>(tally.mixed);
}

SensitivityFinding without(InformativeCluster const& left_out, std::string_view claim_id, StanceTally tally,
                           std::size_t n_articles_read, std::string const& verdict) {
    SensitivityFinding finding;
    finding.claim_id = claim_id;
    finding.analysis = "leave_one_cluster_out";
    finding.subject = left_out.cluster_id;
    finding.flips = true;
    --tally.of(left_out.stance);
    count(finding, tally);
    if (tally.informative() == 0) {
        finding.direction_word = lone_source_word();
        return finding;
    }
    if (auto const votes = count_votes(tally)) finding.direction_share = votes->direction_share;
    finding.direction_word = direction_word(tally, n_articles_read - left_out.n_articles_read);
    finding.flips = finding.direction_word != verdict;
    return finding;
}

SensitivityFinding mixed_as_half(std::string_view claim_id, StanceTally const& tally, std::string const& verdict) {
    auto const half = static_cast<double>(tally.mixed) / 2;
    auto const supports = static_cast<double>(tally.supports) + half,
               refutes = static_cast<double>(tally.refutes) + half;
    SensitivityFinding finding;
    finding.claim_id = claim_id;
    finding.analysis = "mixed_as_half";
    finding.direction_share = share_with_mixed_as_half(tally);
    finding.supports = supports, finding.refutes = refutes;
    finding.direction_word = tally.informative() == 1 ? lone_source_word()
                             : tally.supports == tally.refutes
                                 ? verdict
                                 : posterior_word(probability_supports_prevail(supports, refutes));
    finding.flips = tally.informative() > 1 && finding.direction_word != verdict;
    return finding;
}

}  // namespace

std::vector<SensitivityFinding> analyse_sensitivity(std::string_view claim_id, StanceTally const& tally,
                                                    std::size_t n_articles_read,
                                                    std::span<InformativeCluster const> clusters) {
    std::vector<SensitivityFinding> findings;
    auto const verdict = direction_word(tally, n_articles_read);
    for (auto const& cluster : clusters)
        findings.push_back(without(cluster, claim_id, tally, n_articles_read, verdict));
    if (tally.mixed > 0) findings.push_back(mixed_as_half(claim_id, tally, verdict));
    return findings;
}

}  // namespace dossier
