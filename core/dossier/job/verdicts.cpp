#include "dossier/job/verdicts.hpp"

#include <map>
#include <string_view>

namespace dossier {
namespace {

Verdict verdict_of(Claim const& claim, Consensus const& row) {
    Verdict verdict;
    verdict.claim_id = claim.id, verdict.statement = claim.statement;
    verdict.direction = row.direction_word, verdict.agreement = row.agreement_word;
    verdict.certainty = row.certainty_word, verdict.coverage = row.coverage_word;
    verdict.n_articles = row.n_articles, verdict.n_clusters = row.n_clusters;
    verdict.supports = row.supports, verdict.refutes = row.refutes, verdict.mixed = row.mixed;
    verdict.neutral = row.neutral, verdict.silent = row.silent, verdict.not_assessable = row.not_assessable;
    verdict.direction_share = row.direction_share, verdict.agreement_value = row.agreement;
    bool const anything_read = row.not_assessable < row.n_clusters;
    if (anything_read) verdict.coverage_share = row.coverage;
    verdict.fragile = row.fragile;
    return verdict;
}

}  // namespace

std::vector<Verdict> verdicts_of(ClaimRegistry const& registry, Summary const& summary) {
    std::map<std::string_view, Consensus const*> overall;
    for (auto const& row : summary.consensus)
        if (row.condition_id.empty()) overall.emplace(row.claim_id, &row);
    std::vector<Verdict> verdicts;
    for (auto const& claim : registry.claims)
        if (auto const found = overall.find(claim.id); found != overall.end())
            verdicts.push_back(verdict_of(claim, *found->second));
    return verdicts;
}

}  // namespace dossier
