#include "dossier/findings/sensitivity.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/findings/direction.hpp"
#include "dossier/findings/publisher_families.hpp"
#include "dossier/findings/settled.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/findings/weights.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

using Articles = std::span<InformativeArticle const>;

StanceTally tally_of(Articles source) noexcept {
    StanceTally tally;
    for (auto const& article : source)
        ++tally.of(article.stance);
    return tally;
}

/// The articles of each source, one source after the other.
template <typename Visit>
void for_each_source(Articles articles, Visit const& visit) {
    for (std::size_t begin = 0, end = 0; begin < articles.size(); begin = end) {
        while (end < articles.size() && articles[end].source == articles[begin].source)
            ++end;
        visit(articles.subspan(begin, end - begin));
    }
}

/// Counts sources by what `stance_of_article` makes of their articles; nullopt leaves an article out.
template <typename StanceOfArticle>
StanceTally count(Articles articles, StanceOfArticle const& stance_of_article) {
    StanceTally tally;
    for_each_source(articles, [&](Articles source) {
        StanceTally said;
        for (auto const& article : source)
            if (std::optional<Stance> const stance = stance_of_article(article); stance) ++said.of(*stance);
        if (said.informative() > 0) ++tally.of(shared_stance(said));
    });
    return tally;
}

SensitivityFinding finding_of(std::string_view claim_id, std::string analysis) {
    SensitivityFinding finding;
    finding.claim_id = claim_id;
    finding.analysis = std::move(analysis);
    return finding;
}

void set_votes(SensitivityFinding& finding, WeightedVotes const& votes) {
    finding.supports = settled(votes.supports), finding.refutes = settled(votes.refutes);
    finding.mixed = settled(votes.mixed);
    if (votes.directional() > 0.0) finding.direction_share = settled(votes.supports / votes.directional());
}

/// One claim as it stands, and what comes out when it is counted differently.
class WhatIfs {
public:
    WhatIfs(std::string_view claim_id, Articles articles)
        : claim_id_(claim_id),
          articles_(articles),
          tally_(count(articles, [](InformativeArticle const& article) { return article.stance; })),
          verdict_(direction_word(tally_, 0)) {}

    [[nodiscard]] bool has_any() const noexcept { return tally_.informative() > 0; }

    SensitivityFinding low_risk_of_bias_only() const {
        auto const is_low = [](auto const& article) { return article.risk_of_bias == RiskOfBias::low; };
        auto const n_unappraised = std::count_if(articles_.begin(), articles_.end(), [](auto const& article) {
            return article.risk_of_bias == RiskOfBias::not_appraised;
        });
        if (static_cast<std::size_t>(n_unappraised) == articles_.size())
            return not_done("low_risk_of_bias_only", "no source that informs the claim is appraised");
        auto finding =
            only("low_risk_of_bias_only", is_low, "all are at low risk of bias", "none is at low risk of bias");
        if (n_unappraised > 0 && finding.direction_word != not_estimated)
            finding.note += ", " + std::to_string(n_unappraised) + " of them not appraised";
        return finding;
    }

    SensitivityFinding no_conflict_of_interest() const {
        return only(
            "no_conflict_of_interest", [](auto const& article) { return !article.has_conflict_of_interest; },
            "no conflict of interest is known of", "all have a conflict of interest");
    }

    SensitivityFinding no_retracted_articles() const {
        return only(
            "no_retracted_articles", [](auto const& article) { return !article.is_retracted; },
            "none is known to be retracted", "all are retracted");
    }

    SensitivityFinding human_evidence_only() const {
        return only(
            "human_evidence_only", [](auto const& article) { return !article.is_animal_study; },
            "none is known to rest on animals or the laboratory", "all rest on animals or the laboratory");
    }

    SensitivityFinding mixed_as_half() const {
        auto const half = static_cast<double>(tally_.mixed) / 2;
        auto votes = votes_of(tally_);
        votes.supports += half, votes.refutes += half, votes.mixed = 0.0;
        auto finding = with_votes("mixed_as_half", votes, tally_.informative());
        // Halves cannot tell sources that are all mixed from ones that are divided.
        if (tally_.supports == tally_.refutes) finding.direction_word = verdict_, finding.flips = false;
        if (tally_.mixed == 0) finding.note = "no source is mixed: nothing changes";
        return finding;
    }

    SensitivityFinding weighted() const {
        if (!std::all_of(articles_.begin(), articles_.end(),
                         [](auto const& article) { return is_weight(article.weight); }))
            return not_done("weighted", "a weight is below 0 or no number: unweighted only");
        std::map<Stance, std::vector<double>> weights;  // of sources
        double least = std::numeric_limits<double>::infinity(), most = 0.0;
        std::size_t n_counted = 0;  // sources whose weight is not 0
        for_each_source(articles_, [&](Articles source) {
            double weight = 0.0;
            for (auto const& article : source)
                weight = std::max(weight, article.weight);
            weights[shared_stance(tally_of(source))].push_back(weight);
            least = std::min(least, weight), most = std::max(most, weight);
            n_counted += weight > 0.0;
        });
        auto const votes = weigh_votes(std::move(weights[Stance::supports]), std::move(weights[Stance::refutes]),
                                       std::move(weights[Stance::mixed]));
        if (!votes) return not_done("weighted", "all weights are 0: unweighted only");
        auto finding = with_votes("weighted", *votes, n_counted);
        finding.note = least == most ? "all weights are equal: nothing changes"
                                     : "weights are a person's; " + counted(tally_.directional(), "source", "sources") +
                                           " that take a side count as " + two_decimals(votes->directional());
        return finding;
    }

    SensitivityFinding uniform_prior_in_place() const {
        auto finding = with_votes("uniform_prior", votes_of(tally_), tally_.informative(), uniform_prior);
        if (tally_.directional() > 0) {
            auto const posterior = probability_supports_prevail(static_cast<double>(tally_.supports),
                                                                static_cast<double>(tally_.refutes), uniform_prior);
            finding.note = "P(share > 1/2) is " + two_decimals(posterior);
        }
        return finding;
    }

    /// Sources of one publisher that correlate by 1/2: each of m counts 1 / (1 + (m - 1) / 2) (statistics.md 4.4).
    SensitivityFinding publisher_correlation() const {
        std::map<std::size_t, StanceTally> by_size;  // of the family; summed by size, never as they come
        for (auto const& family : publisher_tallies()) {
            auto& same_size = by_size[family.informative()];
            same_size.supports += family.supports, same_size.refutes += family.refutes, same_size.mixed += family.mixed;
        }
        WeightedVotes votes;
        for (auto const& [size, tally] : by_size) {
            auto const worth = effective_sources(size, same_publisher_rho) / static_cast<double>(size);
            auto const plain = votes_of(tally);
            votes.supports += worth * plain.supports, votes.refutes += worth * plain.refutes;
            votes.mixed += worth * plain.mixed;
        }
        auto finding = with_votes("publisher_correlation", votes, tally_.informative());
        bool const any_shared = !by_size.empty() && by_size.rbegin()->first > 1;
        finding.note = any_shared ? counted(tally_.informative(), "source counts", "sources count") + " as " +
                                        two_decimals(votes.informative()) + ", those of one publisher correlating by " +
                                        two_decimals(same_publisher_rho)
                                  : "no two sources are known to be of one publisher: nothing changes";
        return finding;
    }

    SensitivityFinding threshold(std::size_t place) const {
        auto const tally = count(articles_, [&](InformativeArticle const& article) {
            return article.at_thresholds.at(place, article.stance);
        });
        auto finding = with_votes("threshold", votes_of(tally), tally.informative());
        finding.subject = two_decimals(direction_share_grid[place]);
        if (direction_share_grid[place] == one_direction_share)
            finding.note = "as it is";
        else if (std::none_of(articles_.begin(), articles_.end(),
                              [](auto const& article) { return article.at_thresholds.differ(); }))
            finding.note = "no article's stance depends on it";
        return finding;
    }

private:
    SensitivityFinding not_done(std::string analysis, std::string note) const {
        auto finding = finding_of(claim_id_, std::move(analysis));
        finding.direction_word = not_estimated;
        finding.note = std::move(note);
        return finding;
    }

    /// @param n_sources  behind the votes
    SensitivityFinding with_votes(std::string analysis, WeightedVotes const& votes, std::size_t n_sources,
                                  double prior = jeffreys_prior) const {
        auto finding = finding_of(claim_id_, std::move(analysis));
        set_votes(finding, votes);
        finding.direction_word = weighted_direction_word(votes, n_sources, prior);
        finding.flips = changes_verdict(verdict_, finding.direction_word);
        return finding;
    }

    template <typename Keeps>
    SensitivityFinding only(std::string analysis, Keeps const& keeps, char const* all_stay,
                            char const* none_stays) const {
        auto const left = count(articles_, [&](InformativeArticle const& article) {
            return keeps(article) ? std::optional(article.stance) : std::nullopt;
        });
        if (left.informative() == 0)
            return not_done(std::move(analysis), std::string("no source is left: ") + none_stays);
        auto finding = with_votes(std::move(analysis), votes_of(left), left.informative());
        auto const n_out =
            articles_.size() - static_cast<std::size_t>(std::count_if(articles_.begin(), articles_.end(), keeps));
        finding.note = n_out == 0 ? std::string(all_stay) + ": nothing is left out"
                                  : counted(n_out, "article is", "articles are") + " left out";
        return finding;
    }

    /// The sources of each publisher; one whose publisher is not known is by itself.
    [[nodiscard]] std::vector<StanceTally> publisher_tallies() const {
        std::map<std::uint32_t, StanceTally> families;
        std::vector<StanceTally> tallies;
        for_each_source(articles_, [&](Articles source) {
            auto const named = std::find_if(source.begin(), source.end(),
                                            [](auto const& article) { return article.publisher_family != 0; });
            auto& tally = named == source.end() ? tallies.emplace_back() : families[named->publisher_family];
            ++tally.of(shared_stance(tally_of(source)));
        });
        for (auto const& [family, tally] : families)
            tallies.push_back(tally);
        return tallies;
    }

    std::string_view claim_id_;
    Articles articles_;
    StanceTally tally_;  ///< informative sources only
    std::string verdict_;
};

/// The verdict on `left`, which is `tally` without something.
SensitivityFinding left_out(std::string_view claim_id, std::string analysis, StanceTally const& tally,
                            StanceTally const& left) {
    auto finding = finding_of(claim_id, std::move(analysis));
    set_votes(finding, votes_of(left));
    if (left.informative() == 0) {
        finding.direction_word = "verdict rests on one source";
        finding.flips = true;
        return finding;
    }
    finding.direction_word = direction_word(left, 0);
    finding.flips = changes_verdict(direction_word(tally, 0), finding.direction_word);
    return finding;
}

StanceTally without(StanceTally tally, Stance one) noexcept {
    --tally.of(one);
    return tally;
}

SensitivityFinding without_cluster(std::string_view claim_id, StanceTally const& tally, Stance stance) {
    return left_out(claim_id, "leave_one_cluster_out", tally, without(tally, stance));
}

/// @param stance, others  what its source says with it and without it
SensitivityFinding without_article(std::string_view claim_id, StanceTally const& tally, Stance stance, Stance others) {
    auto left = without(tally, stance);
    ++left.of(others);
    return left_out(claim_id, "leave_one_article_out", tally, left);
}

}  // namespace

std::vector<SensitivityFinding> analyse_sensitivity(std::string_view claim_id, Articles articles) {
    WhatIfs const what_ifs(claim_id, articles);
    if (!what_ifs.has_any()) return {};
    std::vector<SensitivityFinding> findings{what_ifs.low_risk_of_bias_only(),  what_ifs.no_conflict_of_interest(),
                                             what_ifs.no_retracted_articles(),  what_ifs.human_evidence_only(),
                                             what_ifs.mixed_as_half(),          what_ifs.weighted(),
                                             what_ifs.uniform_prior_in_place(), what_ifs.publisher_correlation()};
    for (std::size_t i = 0; i < direction_share_grid.size(); ++i)
        findings.push_back(what_ifs.threshold(i));
    return findings;
}

LeaveOuts leave_each_out(std::string_view claim_id, Articles articles,
                         std::function<bool(std::uint32_t)> const& stands_alone,
                         std::function<std::string(std::uint32_t)> const& id_at) {
    LeaveOuts result;
    auto const tally = count(articles, [](InformativeArticle const& article) { return article.stance; });
    // By what the source says with and without: it is the same whichever source it is.
    std::map<Stance, SensitivityFinding> without_one, without_one_alone;
    std::map<std::pair<Stance, Stance>, SensitivityFinding> without_one_article;
    auto const list = [&](SensitivityFinding const& finding, std::uint32_t subject) {
        result.listed.push_back(finding);
        result.listed.back().subject = id_at(subject);
    };
    for_each_source(articles, [&](Articles source) {
        auto const said = tally_of(source);
        auto const stance = shared_stance(said);
        auto& finding = without_one[stance];
        if (finding.analysis.empty()) finding = without_cluster(claim_id, tally, stance);
        if (stands_alone(source.front().source)) {
            without_one_alone.try_emplace(stance, finding);
            return;
        }
        list(finding, source.front().source);
        for (auto const& article : source) {
            auto const others = shared_stance(without(said, article.stance));
            if (others == stance) continue;
            auto& changed = without_one_article[{stance, others}];
            if (changed.analysis.empty()) changed = without_article(claim_id, tally, stance, others);
            list(changed, article.rank);
        }
    });
    for (auto& [stance, finding] : without_one_alone)
        result.alone.push_back(
            {std::string(claim_id), stance, finding.direction_share, finding.direction_word, finding.flips});
    return result;
}

}  // namespace dossier
