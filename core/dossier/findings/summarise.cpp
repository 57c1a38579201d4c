#include "dossier/findings/summarise.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
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

#include "dossier/findings/agreement.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/certainty.hpp"
#include "dossier/findings/clusters.hpp"
#include "dossier/findings/detector_uncertainty.hpp"
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

/// One claim, as a whole or under one condition.
struct Question {
    std::string claim_id, condition_id;
};

/// What an article says on a question, in four bytes: its number, its stance, and whether its quotes tell of no more than
/// that things go together.
class Saying {
public:
    Saying(std::uint32_t article, Stance stance, bool correlation_only) noexcept
        : bits_(article << 4 | (correlation_only ? 8u : 0u) | static_cast<std::uint32_t>(stance)) {}
    [[nodiscard]] std::uint32_t article() const noexcept { return bits_ >> 4; }
    [[nodiscard]] bool correlation_only() const noexcept { return (bits_ & 8) != 0; }
    [[nodiscard]] Stance stance() const noexcept { return static_cast<Stance>(bits_ & 7); }

private:
    std::uint32_t bits_;
};

/// All that articles say on one question.
struct Answers {
    std::vector<Saying> sayings;      ///< as the articles came; who is not in it is silent, or could not be assessed
    std::vector<double> confidences;  ///< of the sayings, NaN where there is none; empty: there is none at all
};

/// What of an article counts towards certainty and silence, in four bytes.
struct Traits {
    std::uint32_t is_read : 1 = 0;  ///< its silence means something
    std::uint32_t has_conflict : 1 = 0, is_animal : 1 = 0, has_design : 1 = 0;
    std::uint32_t publisher : 28 = 0;  ///< number of its name; 0: not stated
};

/// A cluster that says something on a question.
struct SpeakingCluster {
    std::uint32_t first = 0;  ///< rank of its first article
    Stance stance = Stance::silent;
    std::size_t begin = 0, end = 0;  ///< its articles among the voices
    std::size_t n_articles_read = 0;
};

/// One article with its cluster, for a question.
struct Voice {
    std::uint32_t cluster = 0;  ///< rank of the cluster's first article
    std::uint32_t rank = 0;
    Saying saying;
    double confidence = 0.0;  ///< NaN: there is none
};

using ConditionTallies = std::map<std::string, StanceTally, std::less<>>;

}  // namespace

class Summing::State {
public:
    State(ClaimRegistry const& registry, std::filesystem::path scratch_folder)
        : registry_(registry), clusters_(std::move(scratch_folder)) {
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
        publishers_.emplace("", 0);
    }

    std::vector<ArticleStance> add(Article const& article, ArticleEvidence const& evidence) {
        auto const number = static_cast<std::uint32_t>(ids_.size());
        ids_.add(article.id);
        clusters_.add(article);
        traits_.push_back(traits_of(article));
        add_mentions(number, evidence.mentions);
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
                add_stances(number, stances_on(article, *claim->second, items.subspan(begin, end - begin)),
                            items.subspan(begin, end - begin), spoken);
            note_strata(spoken, items.subspan(begin, end - begin));
        }
        for (auto const& id : undecided)
            if (auto const claim = claims_.find(id); claim != claims_.end())
                add_stances(number, stances_on(article, *claim->second, {}, false), {}, spoken);
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
        sum_up_risk_factors();
        return std::move(result_);
    }

    [[nodiscard]] ArticleIds const& ids() const noexcept { return ids_; }

private:
    Traits traits_of(Article const& article) {
        Traits traits;
        traits.is_read = article.status == ArticleStatus::ok && !article.truncated;
        traits.has_conflict = has_conflict_of_interest(article);
        traits.is_animal = is_animal_study(article);
        traits.has_design = has_study_design(article);
        constexpr std::uint32_t most_publishers = (1u << 28) - 1;  // those after share a number
        auto const n = std::min(static_cast<std::uint32_t>(publishers_.size()), most_publishers);
        traits.publisher = publishers_.try_emplace(article.publisher.value, n).first->second & most_publishers;
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

    /// @param items  that the stances rest on
    void add_stances(std::uint32_t number, std::vector<ArticleStance>&& rows, std::span<EvidenceItem const> items,
                     std::vector<ArticleStance>& spoken) {
        auto const silence = traits_.back().is_read ? Stance::silent : Stance::not_assessable;
        auto question = first_question_.find(rows.front().claim_id)->second;
        for (auto& row : rows) {
            auto const of_row = question++;
            if (row.stance == silence) continue;
            bool const correlation_only = states_correlation_only(items, row.condition_id);
            note(answers_[of_row], {number, row.stance, correlation_only}, row.confidence);
            spoken.push_back(std::move(row));
        }
    }

    /// What an informative article says on a claim under each condition.
    void note_strata(std::vector<ArticleStance> const& spoken, std::span<EvidenceItem const> items) {
        auto const overall = std::find_if(spoken.rbegin(), spoken.rend(), [&](ArticleStance const& row) {
            return row.claim_id == items.front().claim_id && row.condition_id.empty();
        });
        if (overall == spoken.rend() || !is_informative(overall->stance)) return;
        for (auto const& [condition, quotes] : count_quotes(items, items.front().claim_id))
            ++strata_[first_question_.find(overall->claim_id)->second][condition].of(stance_of(quotes));
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
        for (std::size_t i = 0; i < answers.sayings.size(); ++i) {
            auto const rank = ids_.rank_of(answers.sayings[i].article());
            voices.push_back(
                {cluster_of(rank), rank, answers.sayings[i],
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
        std::vector<Stance> stances;
        for (std::size_t begin = 0, end = 0; begin < voices.size(); begin = end) {
            auto const first = voices[begin].cluster;
            auto n_silent = n_read_in(first);
            std::size_t n_speaking = 0;
            stances.clear();
            for (; end < voices.size() && voices[end].cluster == first; ++end) {
                stances.push_back(voices[end].saying.stance());
                n_silent -= traits_[voices[end].saying.article()].is_read;
                n_speaking += stances.back() != Stance::not_assessable;
            }
            if (n_silent > 0) stances.push_back(Stance::silent);
            clusters.push_back({first, cluster_stance(stances), begin, end, n_silent + n_speaking});
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
        if (questions_[question].condition_id.empty())
            add_sensitivity(questions_[question].claim_id, tally, n_articles_read, clusters, in_full);
    }

    /// Leaving out a cluster changes what its stance and its number of articles say, whichever cluster it is.
    void add_sensitivity(std::string const& claim_id, StanceTally const& tally, std::size_t n_articles_read,
                         std::vector<SpeakingCluster> const& clusters, bool in_full) {
        std::map<std::pair<Stance, std::size_t>, std::size_t> kinds;
        std::vector<InformativeCluster> one_of_a_kind;
        for (auto const& cluster : clusters)
            if (is_informative(cluster.stance) &&
                kinds.try_emplace({cluster.stance, cluster.n_articles_read}, one_of_a_kind.size()).second)
                one_of_a_kind.push_back({"", cluster.stance, cluster.n_articles_read});
        auto found = analyse_sensitivity(claim_id, tally, n_articles_read, one_of_a_kind);
        for (auto& finding : found)
            finding.direction_share = settled(finding.direction_share);
        std::set<Stance> said;
        for (auto const& cluster : clusters) {
            if (!is_informative(cluster.stance)) continue;
            auto finding = found[kinds.at({cluster.stance, cluster.n_articles_read})];
            if (in_full || cluster_of_.contains(cluster.first)) {
                finding.subject = ids_.id_at(cluster.first);
                result_.sensitivity.push_back(std::move(finding));
            } else if (said.insert(cluster.stance).second) {
                result_.leave_one_out.push_back({claim_id, cluster.stance, finding.direction_share,
                                                 std::move(finding.direction_word), finding.flips});
            }
        }
        for (auto i = one_of_a_kind.size(); i < found.size(); ++i)
            result_.sensitivity.push_back(std::move(found[i]));
    }

    Consensus consensus_on(std::size_t question, StanceTally const& tally, std::size_t n_articles_read,
                           std::vector<Voice> const& voices, std::vector<SpeakingCluster> const& clusters) const {
        auto const& [claim_id, condition_id] = questions_[question];
        Consensus row;
        row.claim_id = claim_id;
        row.condition_id = condition_id;
        row.n_articles = ids_.size();
        row.n_clusters = tally.total();
        row.supports = tally.supports, row.refutes = tally.refutes, row.mixed = tally.mixed;
        row.neutral = tally.neutral, row.silent = tally.silent, row.not_assessable = tally.not_assessable;
        fill_direction(row, tally);
        fill_agreement(row, tally);
        if (tally.assessable() > 0)
            row.coverage = *settled(static_cast<double>(tally.informative()) / static_cast<double>(tally.assessable()));
        row.coverage_word = coverage_word(tally);
        row.direction_word = direction_word(tally, n_articles_read, !condition_id.empty());
        row.disagreement = disagreement_on(question, tally);
        row.majority_supports = settled(chance_of_majority(voices, clusters));
        auto body = body_of(tally, voices, clusters);
        body.unexplained_disagreement = row.disagreement == "unexplained";
        auto const certainty = suggest_certainty(body);
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

    BodyOfEvidence body_of(StanceTally const& tally, std::vector<Voice> const& voices,
                           std::vector<SpeakingCluster> const& clusters) const {
        BodyOfEvidence body;
        body.tally = tally;
        std::set<std::uint32_t> publishers;
        std::size_t n_informative = 0;
        for (auto const& cluster : clusters) {
            if (!is_informative(cluster.stance)) continue;
            ++n_informative;
            bool conflict = false, animal = false, design = false, correlation_only = true;
            for (auto i = cluster.begin; i < cluster.end; ++i) {
                if (!is_informative(voices[i].saying.stance())) continue;
                auto const& traits = traits_[voices[i].saying.article()];
                conflict = conflict || traits.has_conflict;
                animal = animal || traits.is_animal;
                design = design || traits.has_design;
                correlation_only = correlation_only && voices[i].saying.correlation_only();
                publishers.insert(traits.publisher);
            }
            body.n_conflict_of_interest += conflict;
            body.n_animal += animal;
            body.n_study_design += design;
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
    std::deque<Traits> traits_;  ///< by number
    std::unordered_map<std::string, std::uint32_t> publishers_;
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

Summing::Summing(ClaimRegistry const& registry, std::filesystem::path scratch_folder)
    : state_(std::make_unique<State>(registry, std::move(scratch_folder))) {}
Summing::~Summing() = default;

std::vector<ArticleStance> Summing::add(Article const& article, ArticleEvidence const& evidence) {
    return state_->add(article, evidence);
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
    findings.sensitivity = std::move(summary.sensitivity);
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
