#include "dossier/findings/risk_factors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "dossier/findings/article_stance.hpp"

namespace dossier {

namespace {

using Votes = std::map<std::string, std::vector<FactorDirection>>;  // by article or cluster

/// One vote per article or cluster: what its own votes share.
std::vector<FactorDirection> one_each(Votes const& votes) {
    std::vector<FactorDirection> result;
    for (auto const& [voter, directions] : votes)
        result.push_back(shared_direction(directions));
    return result;
}

}  // namespace

FactorDirection shared_direction(std::span<FactorDirection const> votes) noexcept {
    std::size_t n_votes = 0;
    for (auto const vote : votes)
        if (vote != FactorDirection::unclear) ++n_votes;
    for (auto const direction : {FactorDirection::raises, FactorDirection::lowers, FactorDirection::no_effect}) {
        auto const n = static_cast<std::size_t>(std::count(votes.begin(), votes.end(), direction));
        if (n > 0 && static_cast<double>(n) + 1e-9 >= one_direction_share * static_cast<double>(n_votes))
            return direction;
    }
    return FactorDirection::unclear;
}

std::vector<RiskFactorFinding> summarise_risk_factors(ClaimRegistry const& registry,
                                                      std::span<ArticleEvidence const> evidence,
                                                      std::map<std::string, std::string> const& cluster_of) {
    std::map<std::string, Votes> by_article;  // by factor
    for (auto const& article : evidence)
        for (auto const& mention : article.mentions)
            by_article[mention.factor_id][mention.article_id].push_back(mention.direction);

    std::vector<RiskFactorFinding> findings;
    for (auto const& factor : registry.risk_factors) {
        auto const& articles = by_article[factor.id];
        Votes clusters;
        for (auto const& [article_id, directions] : articles) {
            auto const known = cluster_of.find(article_id);
            clusters[known == cluster_of.end() ? article_id : known->second].push_back(shared_direction(directions));
        }
        auto const& outcome = factor.outcome.empty() ? registry.outcome : factor.outcome;
        findings.push_back(
            {factor.id, factor.name, outcome, shared_direction(one_each(clusters)), articles.size(), clusters.size()});
    }
    return findings;
}

}  // namespace dossier
