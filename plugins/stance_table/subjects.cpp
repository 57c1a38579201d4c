#include "stance_table/subjects.hpp"

#include "shared/quotes.hpp"

namespace stance_table {

Subjects::Subjects(dossier::Analysis const& analysis) : condition_names_(dossier::shared::condition_names(analysis)) {
    read_articles(analysis);
    for (auto const& claim : analysis.claims()) {
        claims_.push_back({claim, claims_.size() + 1});
        claim_numbers_.emplace(claim.claim_id, claims_.size());
    }
}

void Subjects::read_articles(dossier::Analysis const& analysis) {
    for (auto const& article : analysis.articles()) {
        sources_.push_back({article, sources_.size() + 1, "", "", false, 0});
        numbers_.emplace(article.article_id, sources_.size());
    }
    struct Extra {
        std::string article_id, proposed, cluster_reason;
        bool truncated = false;
    };
    for (auto const& extra : analysis.query<Extra>(
             "SELECT article_id, proposed, cluster_reason, truncated FROM articles ORDER BY article_id", {},
             [](dossier::Row const& r) {
                 return Extra{r.text(0), r.text(1), r.text(2), r.integer(3) != 0};
             })) {
        auto& source = sources_.at(numbers_.at(extra.article_id) - 1);
        source.proposed = extra.proposed;
        source.cluster_reason = extra.cluster_reason;
        source.truncated = extra.truncated;
        auto const first = numbers_.find(source.article.cluster_id);
        source.cluster_number = first == numbers_.end() ? source.number : first->second;
    }
}

std::string Subjects::condition_name(std::string const& condition_id) const {
    auto const found = condition_names_.find(condition_id);
    return found == condition_names_.end() ? condition_id : found->second;
}

}  // namespace stance_table
