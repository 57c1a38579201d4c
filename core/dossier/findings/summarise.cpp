#include "dossier/findings/summarise.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "dossier/findings/agreement.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/certainty.hpp"
#include "dossier/findings/clusters.hpp"
#include "dossier/findings/direction.hpp"
#include "dossier/findings/risk_factors.hpp"
#include "dossier/findings/sensitivity.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

bool is_informative(Stance stance) noexcept {
    return stance == Stance::supports || stance == Stance::refutes || stance == Stance::mixed;
}

/// To 12 decimals: mathematical libraries may differ in the last bits from one processor to the next.
std::optional<double> settled(std::optional<double> value) {
    if (value) *value = std::round(*value * 1e12) / 1e12;
    return value;
}

std::string joined(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

/// Everything known about one article. Stances: one per claim and condition, in the same order for every
/// article.
struct Reading {
    Article const* article = nullptr;
    ArticleEvidence const* evidence = nullptr;
    std::vector<ArticleStance> stances;
};

/// One claim under one condition: one source after the other.
struct Question {
    std::string claim_id, condition_id;
    std::size_t row = 0;  ///< index into Reading::stances
};

class Summary {
public:
    Summary(std::vector<Article> const& articles, ClaimRegistry const& registry,
            std::vector<ArticleEvidence> const& evidence)
        : registry_(registry), evidence_(evidence) {
        read(articles);
        findings_.clusters = cluster_articles(articles);
        for (auto const& cluster : findings_.clusters)
            for (auto const& id : cluster.article_ids)
                cluster_of_[id] = cluster.id;
        for (auto const& reading : readings_)
            members_[cluster_of_[reading.article->id]].push_back(&reading);
    }

    Findings result() && {
        for (auto const& question : questions())
            answer(question);
        findings_.risk_factors = summarise_risk_factors(registry_, evidence_, cluster_of_);
        return std::move(findings_);
    }

private:
    void read(std::vector<Article> const& articles) {
        std::map<std::string_view, ArticleEvidence const*> by_id;
        for (auto const& one : evidence_)
            by_id.emplace(one.article_id, &one);
        static ArticleEvidence const nothing;
        for (auto const& article : articles) {
            auto const found = by_id.find(article.id);
            auto const& evidence = found == by_id.end() ? nothing : *found->second;
            readings_.push_back({&article, &evidence, article_stances(article, evidence, registry_)});
        }
        std::sort(readings_.begin(), readings_.end(),
                  [](Reading const& a, Reading const& b) { return a.article->id < b.article->id; });
    }

    std::vector<Question> questions() const {
        std::vector<Question> all;
        for (auto const& claim : registry_.claims) {
            all.push_back({claim.id, "", all.size()});
            for (auto const& condition : claim.conditions)
                all.push_back({claim.id, condition, all.size()});
        }
        return all;
    }

    void answer(Question const& question) {
        StanceTally tally;
        std::size_t n_articles_read = 0;
        std::vector<InformativeCluster> informative;
        for (auto const& cluster : findings_.clusters) {
            std::vector<Stance> stances;
            for (auto const* reading : members_[cluster.id])
                stances.push_back(reading->stances[question.row].stance);
            auto const n_read = stances.size() - static_cast<std::size_t>(std::count(stances.begin(), stances.end(),
                                                                                     Stance::not_assessable));
            n_articles_read += n_read;
            auto const stance = cluster_stance(stances);
            ++tally.of(stance);
            if (is_informative(stance)) informative.push_back({cluster.id, stance, n_read});
        }
        for (auto const& reading : readings_)
            findings_.stances.push_back(reading.stances[question.row]);
        findings_.consensus.push_back(consensus_on(question, tally, n_articles_read, informative));
        if (!question.condition_id.empty()) return;
        for (auto& finding : analyse_sensitivity(question.claim_id, tally, n_articles_read, informative)) {
            finding.direction_share = settled(finding.direction_share);
            findings_.sensitivity.push_back(std::move(finding));
        }
    }

    Consensus consensus_on(Question const& question, StanceTally const& tally, std::size_t n_articles_read,
                           std::vector<InformativeCluster> const& informative) const {
        Consensus row;
        row.claim_id = question.claim_id;
        row.condition_id = question.condition_id;
        row.n_articles = readings_.size();
        row.n_clusters = tally.total();
        row.supports = tally.supports, row.refutes = tally.refutes, row.mixed = tally.mixed;
        row.neutral = tally.neutral, row.silent = tally.silent, row.not_assessable = tally.not_assessable;
        fill_direction(row, tally);
        fill_agreement(row, tally);
        if (tally.assessable() > 0)
            row.coverage = *settled(static_cast<double>(tally.informative()) / static_cast<double>(tally.assessable()));
        row.coverage_word = coverage_word(tally);
        row.direction_word = direction_word(tally, n_articles_read, !question.condition_id.empty());
        auto const certainty = suggest_certainty(body_of(question, tally, informative));
        row.certainty = certainty.level;
        row.certainty_word = certainty_word(certainty.level);
        row.certainty_reasons = joined(certainty.reasons);
        return row;
    }

    static void fill_direction(Consensus& row, StanceTally const& tally) {
        if (auto const votes = count_votes(tally)) {
            row.direction_share = settled(votes->direction_share);
            row.ci_low = settled(votes->interval.lower);
            row.ci_high = settled(votes->interval.upper);
            row.posterior = settled(
                probability_supports_prevail(static_cast<double>(tally.supports), static_cast<double>(tally.refutes)));
        }
        if (auto const bounds = mixed_bounds(tally)) {
            row.bound_low = settled(bounds->lower);
            row.bound_high = settled(bounds->upper);
        }
        if (tally.directional() >= least_for_p_value)
            row.sign_test_p = settled(sign_test_two_sided(tally.supports, tally.refutes));
        row.sign_test_note = sign_test_note(tally);
    }

    static void fill_agreement(Consensus& row, StanceTally const& tally) {
        auto const frequencies = ordinal_frequencies(tally);
        // agrmt gives 1 for a single source; one source agrees with nobody (statistics.md 4.5).
        if (tally.informative() >= 2) {
            row.agreement = settled(van_der_eijk_agreement(frequencies));
            row.polarisation = settled(polarisation(*row.agreement));
            row.tastle_wierman = settled(tastle_wierman_consensus(frequencies));
        }
        row.agreement_word = agreement_word(tally, row.agreement);
    }

    BodyOfEvidence body_of(Question const& question, StanceTally const& tally,
                           std::vector<InformativeCluster> const& informative) const {
        BodyOfEvidence body;
        body.tally = tally;
        std::set<std::string_view> publishers;
        for (auto const& cluster : informative) {
            bool conflict = false, animal = false, design = false;
            for (auto const* reading : members_.at(cluster.cluster_id)) {
                if (!is_informative(reading->stances[question.row].stance)) continue;
                conflict = conflict || has_conflict_of_interest(*reading->article);
                animal = animal || is_animal_study(*reading->article);
                design = design || has_study_design(*reading->article);
                publishers.insert(reading->article->publisher.value);
            }
            body.n_conflict_of_interest += conflict;
            body.n_animal += animal;
            body.n_study_design += design;
        }
        body.one_publisher = informative.size() >= 2 && publishers.size() == 1 && !publishers.begin()->empty();
        bool const disagree = tally.mixed > 0 || (tally.supports > 0 && tally.refutes > 0);
        body.unexplained_disagreement = disagree && (!question.condition_id.empty() || stratum_disagrees(question));
        return body;
    }

    /// Do sources disagree, or is one mixed, within any one condition? If not, conditions explain all
    /// disagreement.
    bool stratum_disagrees(Question const& question) const {
        std::map<std::string, StanceTally> strata;
        for (auto const& reading : readings_) {
            if (!is_informative(reading.stances[question.row].stance)) continue;
            for (auto const& [condition, quotes] : count_quotes(reading.evidence->items, question.claim_id))
                ++strata[condition].of(stance_of(quotes));
        }
        return std::any_of(strata.begin(), strata.end(), [](auto const& stratum) {
            auto const& tally = stratum.second;
            return tally.mixed > 0 || (tally.supports > 0 && tally.refutes > 0);
        });
    }

    ClaimRegistry const& registry_;
    std::vector<ArticleEvidence> const& evidence_;
    std::vector<Reading> readings_;  ///< by article id
    std::map<std::string, std::string> cluster_of_;
    std::map<std::string, std::vector<Reading const*>> members_;  ///< by cluster id
    Findings findings_;
};

}  // namespace

Findings summarise(std::vector<Article> const& articles, ClaimRegistry const& registry,
                   std::vector<ArticleEvidence> const& evidence) {
    return Summary(articles, registry, evidence).result();
}

}  // namespace dossier
