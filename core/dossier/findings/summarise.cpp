#include "dossier/findings/summarise.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dossier/findings/answers.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/certainty.hpp"
#include "dossier/findings/clusters.hpp"
#include "dossier/findings/consensus_numbers.hpp"
#include "dossier/findings/detector_uncertainty.hpp"
#include "dossier/findings/overlap.hpp"
#include "dossier/findings/pooled_effects.hpp"
#include "dossier/findings/publisher_families.hpp"
#include "dossier/findings/risk_factors.hpp"
#include "dossier/findings/sensitivity.hpp"
#include "dossier/findings/settled.hpp"
#include "dossier/findings/stance_tally.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

std::string joined(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

}  // namespace

class Summing::State {
public:
    State(ClaimRegistry const& registry, std::filesystem::path const& scratch_folder)
        : registry_(registry), clusters_(scratch_folder), effects_(registry) {
        for (auto const& claim : registry.claims) {
            first_question_.emplace(claim.id, questions_.size());
            claims_.emplace(claim.id, &claim);
            questions_.push_back({claim.id, ""});
            for (auto const& condition : claim.conditions)
                questions_.push_back({claim.id, condition});
        }
        answers_.resize(questions_.size());
        strata_.resize(questions_.size());
        for (std::size_t i = 0; i < registry.risk_factors.size(); ++i)
            factor_numbers_.emplace(registry.risk_factors[i].id, i);
        factor_votes_.resize(registry.risk_factors.size());
    }

    std::vector<ArticleStance> add(Article const& article, ArticleEvidence const& evidence,
                                   std::span<StanceOverride const> overrides) {
        auto const number = static_cast<std::uint32_t>(ids_.size());
        ids_.add(article.id);
        clusters_.add(article);
        studies_.add(article);
        traits_.push_back(traits_of(article));
        if (article.weight != 1.0) weights_.emplace_back(number, article.weight);
        add_mentions(number, evidence.mentions);
        effects_.add(number, article, evidence);
        std::vector<ArticleStance> spoken;
        if (article.status != ArticleStatus::ok) {
            result_.any_not_assessable |= !questions_.empty();
            return spoken;
        }
        std::span<EvidenceItem const> const items(evidence.items);
        auto const& undecided = evidence.undecided_claims;
        for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
            while (end < items.size() && items[end].claim_id == items[begin].claim_id)
                ++end;
            auto const claim = claims_.find(items[begin].claim_id);
            if (claim == claims_.end()) continue;  // for the store to refuse
            if (std::find(undecided.begin(), undecided.end(), claim->first) == undecided.end())
                add_stances(number, stances_on(article, *claim->second, items.subspan(begin, end - begin)), overrides,
                            items.subspan(begin, end - begin), spoken);
            note_strata(number, claim->first, spoken, overrides, items.subspan(begin, end - begin));
        }
        for (auto const& id : undecided)
            if (auto const claim = claims_.find(id); claim != claims_.end())
                add_unsaid(number, *claim->second, stances_on(article, *claim->second, {}, false), overrides, spoken);
        add_overrides_of_the_silent(number, article, overrides, spoken);
        result_.any_not_assessable |= !undecided.empty() || (article.truncated && spoken.size() < questions_.size());
        return spoken;
    }

    Summary finish(bool in_full) {
        ids_.rank();
        result_.shared_sources = clusters_.shared_sources(ids_);
        for (auto const& source : result_.shared_sources) {
            std::size_t n_read = 0;
            for (auto const rank : source.ranks) {
                cluster_of_.emplace(rank, source.ranks.front());
                n_read += traits_[ids_.number_at(rank)].is_read;
            }
            read_in_cluster_.emplace(source.ranks.front(), n_read);
        }
        count_the_silent();
        for (std::size_t i = 0; i < questions_.size(); ++i)
            answer(i, in_full);
        measure_overlap();
        sum_up_risk_factors();
        sum_up_effects();
        return std::move(result_);
    }

    [[nodiscard]] ArticleIds const& ids() const noexcept { return ids_; }

private:
    Traits traits_of(Article const& article) {
        Traits traits;
        traits.is_read = article.status == ArticleStatus::ok && !article.truncated;
        traits.has_conflict = has_conflict_of_interest(article);
        traits.is_animal = is_animal_study(article);
        traits.is_retracted = article.retracted;
        traits.risk_of_bias = static_cast<std::uint32_t>(risk_of_bias(article)) & 3;
        traits.is_randomised = level_of_evidence(article).value_or(5) <= 2;
        constexpr std::uint32_t most_publishers = (1u << 24) - 1;  // those after are not known
        auto const publisher = publishers_.add(article);
        traits.publisher = publisher <= most_publishers ? publisher & most_publishers : 0;
        return traits;
    }

    void add_mentions(std::uint32_t number, std::span<RiskMention const> mentions) {
        std::map<std::size_t, std::vector<FactorDirection>> votes;  // by factor
        for (auto const& mention : mentions)
            if (auto const factor = factor_numbers_.find(mention.factor_id); factor != factor_numbers_.end())
                votes[factor->second].push_back(mention.direction);
        for (auto const& [factor, directions] : votes)
            factor_votes_[factor].push_back(number << 2 | static_cast<std::uint32_t>(shared_direction(directions)));
    }

    /// Overrides on claims of which the engine found nothing to say; `spoken` stays by claim.
    void add_overrides_of_the_silent(std::uint32_t number, Article const& article,
                                     std::span<StanceOverride const> overrides, std::vector<ArticleStance>& spoken) {
        if (overrides.empty()) return;
        for (auto const& decision : overrides) {
            auto const claim = claims_.find(decision.claim_id);
            auto const is_of_claim = [&](ArticleStance const& row) { return row.claim_id == decision.claim_id; };
            if (claim != claims_.end() && std::none_of(spoken.begin(), spoken.end(), is_of_claim))
                add_unsaid(number, *claim->second, stances_on(article, *claim->second, {}), overrides, spoken);
        }
        std::stable_sort(spoken.begin(), spoken.end(), [&](ArticleStance const& a, ArticleStance const& b) {
            return first_question_.find(a.claim_id)->second < first_question_.find(b.claim_id)->second;
        });
    }

    /// Stances on a claim of which the engine has no quotes that count.
    void add_unsaid(std::uint32_t number, Claim const& claim, std::vector<ArticleStance>&& rows,
                    std::span<StanceOverride const> overrides, std::vector<ArticleStance>& spoken) {
        add_stances(number, std::move(rows), overrides, {}, spoken);
        note_strata(number, claim.id, spoken, overrides, {});
    }

    /// @param items  that the stances rest on
    void add_stances(std::uint32_t number, std::vector<ArticleStance>&& rows, std::span<StanceOverride const> overrides,
                     std::span<EvidenceItem const> items, std::vector<ArticleStance>& spoken) {
        apply_overrides(overrides, items, rows);
        auto const silence = traits_.back().is_read ? Stance::silent : Stance::not_assessable;
        auto question = first_question_.find(rows.front().claim_id)->second;
        for (auto& row : rows) {
            auto const of_row = question++;
            if (row.overridden) ++answers_[of_row].n_overridden;
            if (row.stance == silence && !row.overridden) continue;
            bool const correlation_only = states_correlation_only(items, row.condition_id);
            note(answers_[of_row], {number, row.stance, correlation_only}, row.confidence);
            spoken.push_back(std::move(row));
        }
    }

    /// What an informative article says on a claim under each condition, and would say at other thresholds. What a person
    /// decided stands in place of what the quotes say under that condition, and of no other.
    void note_strata(std::uint32_t number, std::string const& claim_id, std::vector<ArticleStance> const& spoken,
                     std::span<StanceOverride const> overrides, std::span<EvidenceItem const> items) {
        auto const overall = std::find_if(spoken.rbegin(), spoken.rend(), [&](ArticleStance const& row) {
            return row.claim_id == claim_id && row.condition_id.empty();
        });
        if (overall == spoken.rend() || !is_informative(overall->stance)) return;
        auto const question = first_question_.find(overall->claim_id)->second;
        auto const by_condition = count_quotes(items, claim_id);
        auto const is_decided = [&](std::string const& condition) {
            return std::any_of(overrides.begin(), overrides.end(), [&](StanceOverride const& decision) {
                return decision.claim_id == claim_id && decision.condition_id == condition;
            });
        };
        for (auto const& [condition, quotes] : by_condition)
            if (!is_decided(condition)) ++strata_[question][condition].of(stance_of(quotes));
        for (auto const& decision : overrides)
            if (decision.claim_id == claim_id) ++strata_[question][decision.condition_id].of(decision.stance);
        if (overall->n_supporting == 0 || overall->n_refuting == 0 || overall->overridden) return;
        if (auto const stances = stances_at_thresholds(by_condition); stances.differ())
            answers_[question].at_thresholds.emplace_back(number, stances);
    }

    static void note(Answers& answers, Saying saying, std::optional<double> confidence) {
        constexpr auto none = std::numeric_limits<double>::quiet_NaN();
        if (confidence && answers.confidences.empty()) answers.confidences.assign(answers.sayings.size(), none);
        answers.sayings.push_back(saying);
        if (confidence || !answers.confidences.empty()) answers.confidences.push_back(confidence.value_or(none));
    }

    [[nodiscard]] std::uint32_t cluster_of(std::uint32_t rank) const {
        auto const found = cluster_of_.find(rank);
        return found == cluster_of_.end() ? rank : found->second;
    }

    /// How the clusters stand on a question on which nobody says anything.
    void count_the_silent() {
        for (std::uint32_t rank = 0; rank < ids_.size(); ++rank) {
            n_read_ += traits_[ids_.number_at(rank)].is_read;
            if (cluster_of(rank) == rank) ++silence_.of(n_read_in(rank) > 0 ? Stance::silent : Stance::not_assessable);
        }
    }

    std::vector<Voice> voices_on(Answers const& answers) const {
        std::vector<Voice> voices;
        voices.reserve(answers.sayings.size());
        auto varying = answers.at_thresholds.begin();
        for (std::size_t i = 0; i < answers.sayings.size(); ++i) {
            auto const article = answers.sayings[i].article();
            auto const rank = ids_.rank_of(article);
            bool const varies = varying != answers.at_thresholds.end() && varying->first == article;
            voices.push_back(
                {cluster_of(rank), rank, answers.sayings[i], varies ? (varying++)->second : StancesAtThresholds(),
                 answers.confidences.empty() ? std::numeric_limits<double>::quiet_NaN() : answers.confidences[i]});
        }
        auto const before = [](Voice const& a, Voice const& b) {
            return std::tie(a.cluster, a.rank) < std::tie(b.cluster, b.rank);
        };
        if (!std::is_sorted(voices.begin(), voices.end(), before)) std::sort(voices.begin(), voices.end(), before);
        return voices;
    }

    /// Articles of a cluster whose silence means something.
    [[nodiscard]] std::size_t n_read_in(std::uint32_t cluster) const {
        auto const shared = read_in_cluster_.find(cluster);
        return shared == read_in_cluster_.end() ? traits_[ids_.number_at(cluster)].is_read : shared->second;
    }

    /// The clusters with an article that says something, by their first article.
    std::vector<SpeakingCluster> clusters_of(std::vector<Voice> const& voices) const {
        std::vector<SpeakingCluster> clusters;
        for (std::size_t begin = 0, end = 0; begin < voices.size(); begin = end) {
            auto const first = voices[begin].cluster;
            auto n_silent = n_read_in(first);
            StanceTally articles;
            for (; end < voices.size() && voices[end].cluster == first; ++end) {
                ++articles.of(voices[end].saying.stance());
                n_silent -= traits_[voices[end].saying.article()].is_read;
            }
            articles.silent += n_silent;
            clusters.push_back({first, shared_stance(articles), begin, end});
        }
        return clusters;
    }

    void answer(std::size_t question, bool in_full) {
        auto const voices = voices_on(answers_[question]);
        auto const clusters = clusters_of(voices);
        auto tally = silence_;
        auto n_articles_read = n_read_;
        for (auto const& voice : voices) {
            n_articles_read -= traits_[voice.saying.article()].is_read;
            n_articles_read += voice.saying.stance() != Stance::not_assessable;
        }
        for (auto const& cluster : clusters) {
            --tally.of(n_read_in(cluster.first) > 0 ? Stance::silent : Stance::not_assessable);
            ++tally.of(cluster.stance);
        }
        result_.consensus.push_back(consensus_on(question, tally, n_articles_read, voices, clusters));
        rate_certainty(result_.consensus.back(), body_of(tally, voices, clusters));
        if (questions_[question].condition_id.empty())
            add_sensitivity(questions_[question].claim_id, voices, clusters, in_full);
    }

    void add_sensitivity(std::string const& claim_id, std::vector<Voice> const& voices,
                         std::vector<SpeakingCluster> const& clusters, bool in_full) {
        auto const articles = informative_articles(voices, clusters);
        auto left_out = leave_each_out(
            claim_id, articles, [&](std::uint32_t source) { return !in_full && !cluster_of_.contains(source); },
            [&](std::uint32_t rank) { return ids_.id_at(rank); });
        std::move(left_out.listed.begin(), left_out.listed.end(), std::back_inserter(result_.sensitivity));
        std::move(left_out.alone.begin(), left_out.alone.end(), std::back_inserter(result_.leave_one_out));
        auto counted_again = analyse_sensitivity(claim_id, articles);
        std::move(counted_again.begin(), counted_again.end(), std::back_inserter(result_.sensitivity));
    }

    std::vector<InformativeArticle> informative_articles(std::vector<Voice> const& voices,
                                                         std::vector<SpeakingCluster> const& clusters) const {
        std::vector<InformativeArticle> articles;
        for (auto const& cluster : clusters)
            for (auto i = cluster.begin; i < cluster.end; ++i) {
                auto const& [source, rank, saying, at_thresholds, confidence] = voices[i];
                if (!is_informative(saying.stance())) continue;
                auto const& traits = traits_[saying.article()];
                articles.push_back({source, rank, saying.stance(), at_thresholds,
                                    static_cast<RiskOfBias>(traits.risk_of_bias), traits.has_conflict != 0,
                                    traits.is_animal != 0, traits.is_retracted != 0,
                                    publishers_.family_of(traits.publisher), weight_of(saying.article())});
            }
        return articles;
    }

    [[nodiscard]] double weight_of(std::uint32_t article) const {
        auto const found =
            std::lower_bound(weights_.begin(), weights_.end(), article,
                             [](auto const& weight, std::uint32_t number) { return weight.first < number; });
        return found != weights_.end() && found->first == article ? found->second : 1.0;
    }

    Consensus consensus_on(std::size_t question, StanceTally const& tally, std::size_t n_articles_read,
                           std::vector<Voice> const& voices, std::vector<SpeakingCluster> const& clusters) const {
        auto const& [claim_id, condition_id] = questions_[question];
        Consensus row;
        row.claim_id = claim_id;
        row.condition_id = condition_id;
        row.n_articles = ids_.size();
        row.n_overridden = answers_[question].n_overridden;
        fill_numbers(row, tally);
        row.direction_word = direction_word(tally, n_articles_read, !condition_id.empty());
        row.disagreement = disagreement_on(question, tally);
        row.majority_supports = settled(chance_of_majority(voices, clusters));
        return row;
    }

    void rate_certainty(Consensus& row, BodyOfEvidence&& body) {
        body.agreement = row.agreement;
        body.disagreement = row.disagreement;
        auto certainty = certainty_of(body, row.claim_id, row.condition_id, registry_.certainty);
        row.certainty = certainty.level;
        row.certainty_word = certainty_word(certainty.level);
        row.certainty_suggested = certainty.suggested;
        row.certainty_decided_by = certainty.decided_by;
        row.certainty_reasons = joined(certainty.reasons);
        std::move(certainty.domains.begin(), certainty.domains.end(), std::back_inserter(result_.certainty));
    }

    /// Of all articles, and of the informative ones of each claim.
    void measure_overlap() {
        if (ids_.size() == 0) return;
        result_.overlap.push_back(studies_.of_all());
        for (std::size_t i = 0; i < questions_.size(); ++i) {
            if (!questions_[i].condition_id.empty()) continue;
            std::vector<std::uint32_t> informative;
            for (auto const& saying : answers_[i].sayings)
                if (is_informative(saying.stance())) informative.push_back(saying.article());
            result_.overlap.push_back(studies_.of(informative, questions_[i].claim_id));
        }
        for (auto& row : result_.overlap)
            row.covered_area = settled(row.covered_area);
    }

    BodyOfEvidence body_of(StanceTally const& tally, std::vector<Voice> const& voices,
                           std::vector<SpeakingCluster> const& clusters) const {
        BodyOfEvidence body;
        body.tally = tally;
        std::set<std::uint32_t> publishers;
        std::size_t n_informative = 0;
        for (auto const& cluster : clusters) {
            if (!is_informative(cluster.stance)) continue;
            ++n_informative;
            bool conflict = false, animal = false, randomised = false, correlation_only = true;
            auto worst = RiskOfBias::not_appraised;
            for (auto i = cluster.begin; i < cluster.end; ++i) {
                if (!is_informative(voices[i].saying.stance())) continue;
                auto const& traits = traits_[voices[i].saying.article()];
                conflict = conflict || traits.has_conflict;
                animal = animal || traits.is_animal;
                randomised = randomised || traits.is_randomised;
                worst = std::max(worst, static_cast<RiskOfBias>(traits.risk_of_bias));
                correlation_only = correlation_only && voices[i].saying.correlation_only();
                publishers.insert(publishers_.family_of(traits.publisher));
            }
            body.n_conflict_of_interest += conflict;
            body.n_animal += animal;
            body.n_low_risk += worst == RiskOfBias::low;
            body.n_some_concerns += worst == RiskOfBias::some_concerns;
            body.n_high_risk += worst == RiskOfBias::high;
            body.n_randomised += randomised;
            body.n_correlational_only += correlation_only;
        }
        body.one_publisher = n_informative >= 2 && publishers.size() == 1 && *publishers.begin() != 0;
        return body;
    }

    /// "none", "explained" or "unexplained": do sources disagree, or is one mixed, within any one condition? If not,
    /// conditions explain all disagreement.
    std::string disagreement_on(std::size_t question, StanceTally const& tally) const {
        if (!disagrees(tally)) return "none";
        bool const within_a_condition = !questions_[question].condition_id.empty() ||
                                        std::any_of(strata_[question].begin(), strata_[question].end(),
                                                    [](auto const& stratum) { return disagrees(stratum.second); });
        return within_a_condition ? "unexplained" : "explained";
    }
    static bool disagrees(StanceTally const& tally) noexcept {
        return tally.mixed > 0 || (tally.supports > 0 && tally.refutes > 0);
    }

    /// Absent unless each cluster that takes a side has a confidence: that of its surest article on its side.
    static std::optional<double> chance_of_majority(std::vector<Voice> const& voices,
                                                    std::vector<SpeakingCluster> const& clusters) {
        std::vector<SideChances> sources;
        for (auto const& cluster : clusters) {
            if (!is_informative(cluster.stance)) continue;
            auto confidence =
                cluster.stance == Stance::mixed ? 1.0 : -1.0;  // mixed takes no side: how sure does not matter
            for (auto i = cluster.begin; i < cluster.end; ++i)
                if (voices[i].saying.stance() == cluster.stance && !std::isnan(voices[i].confidence))
                    confidence = std::max(confidence, voices[i].confidence);
            if (confidence < 0.0) return std::nullopt;
            sources.push_back(side_chances(cluster.stance, confidence));
        }
        bool const any_known =
            std::any_of(voices.begin(), voices.end(), [](Voice const& voice) { return !std::isnan(voice.confidence); });
        return any_known ? majority_supports(std::move(sources)) : std::nullopt;
    }

    void sum_up_effects() {
        auto found = effects_.finish(ids_, [this](std::uint32_t rank) { return cluster_of(rank); });
        result_.pooled_effects = std::move(found.pooled);
        result_.effects = std::move(found.uses);
        result_.effects_left_out = std::move(found.left_out);
    }

    void sum_up_risk_factors() {
        for (std::size_t i = 0; i < registry_.risk_factors.size(); ++i) {
            auto const& factor = registry_.risk_factors[i];
            std::map<std::uint32_t, std::vector<FactorDirection>> votes;  // by cluster of several articles
            std::vector<FactorDirection> of_clusters;
            for (auto const vote : factor_votes_[i]) {
                auto const rank = ids_.rank_of(vote >> 2);
                auto const direction = static_cast<FactorDirection>(vote & 3);
                if (cluster_of_.contains(rank))
                    votes[cluster_of(rank)].push_back(direction);
                else
                    of_clusters.push_back(direction);
            }
            for (auto const& [cluster, directions] : votes)
                of_clusters.push_back(shared_direction(directions));
            auto const& outcome = factor.outcome.empty() ? registry_.outcome : factor.outcome;
            result_.risk_factors.push_back({factor.id, factor.name, outcome, shared_direction(of_clusters),
                                            factor_votes_[i].size(), of_clusters.size()});
        }
    }

    ClaimRegistry const& registry_;
    ArticleIds ids_;
    ClusterFinder clusters_;
    EffectGathering effects_;
    StudyCitations studies_;
    std::deque<Traits> traits_;                              ///< by number
    std::vector<std::pair<std::uint32_t, double>> weights_;  ///< by number; of articles whose weight is not 1
    PublisherIndex publishers_;
    std::vector<Question> questions_;
    std::unordered_map<std::string, std::size_t> first_question_, factor_numbers_;  ///< by id
    std::unordered_map<std::string, Claim const*> claims_;
    std::vector<Answers> answers_;                          ///< by question
    std::vector<ConditionTallies> strata_;                  ///< of overall questions: what informative articles say
    std::vector<std::vector<std::uint32_t>> factor_votes_;  ///< by factor: number of the article, two bits of direction

    std::unordered_map<std::uint32_t, std::uint32_t> cluster_of_;     ///< by rank; of clusters of several articles
    std::unordered_map<std::uint32_t, std::size_t> read_in_cluster_;  ///< by rank of the first: articles that are read
    StanceTally silence_;
    std::size_t n_read_ = 0;  ///< articles that are read
    Summary result_;
};

Summing::Summing(ClaimRegistry const& registry, std::filesystem::path const& scratch_folder)
    : state_(std::make_unique<State>(registry, scratch_folder)) {}
Summing::~Summing() = default;

std::vector<ArticleStance> Summing::add(Article const& article, ArticleEvidence const& evidence,
                                        std::span<StanceOverride const> overrides) {
    return state_->add(article, evidence, overrides);
}

Summary Summing::finish() {
    return state_->finish(false);
}

Findings Summing::finish_in_full() {
    auto summary = state_->finish(true);
    std::map<std::size_t, Cluster> clusters;  // by rank of the first
    std::set<std::size_t> shared;
    for (auto& source : summary.shared_sources) {
        shared.insert(source.ranks.begin(), source.ranks.end());
        clusters.emplace(source.ranks.front(), std::move(source.cluster));
    }
    auto const& ids = state_->ids();
    for (std::size_t rank = 0; rank < ids.size(); ++rank)
        if (!shared.contains(rank)) clusters.emplace(rank, Cluster{ids.id_at(rank), {ids.id_at(rank)}, {}, {}});
    Findings findings;
    for (auto& [rank, cluster] : clusters)
        findings.clusters.push_back(std::move(cluster));
    findings.consensus = std::move(summary.consensus);
    findings.risk_factors = std::move(summary.risk_factors);
    std::move(summary.sensitivity.begin(), summary.sensitivity.end(), std::back_inserter(findings.sensitivity));
    findings.pooled_effects = std::move(summary.pooled_effects);
    findings.effects = std::move(summary.effects);
    findings.effects_left_out = std::move(summary.effects_left_out);
    findings.certainty = std::move(summary.certainty);
    findings.overlap = std::move(summary.overlap);
    return findings;
}

Findings summarise(std::vector<Article> const& articles, ClaimRegistry const& registry,
                   std::vector<ArticleEvidence> const& evidence) {
    std::map<std::string_view, ArticleEvidence const*> by_id;
    for (auto const& one : evidence)
        by_id.emplace(one.article_id, &one);
    static ArticleEvidence const nothing;
    Summing summing(registry);
    std::map<std::string_view, std::vector<ArticleStance>> stances;  // by article
    for (auto const& article : articles) {
        auto const found = by_id.find(article.id);
        auto const& said = found == by_id.end() ? nothing : *found->second;
        summing.add(article, said);
        stances.emplace(article.id, article_stances(article, said, registry));
    }
    auto findings = summing.finish_in_full();
    for (std::size_t row = 0; row < findings.consensus.size(); ++row)
        for (auto& [id, of_article] : stances)
            findings.stances.push_back(std::move(of_article[row]));
    return findings;
}

}  // namespace dossier
