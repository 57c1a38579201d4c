#include "dossier/findings/article_stance.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace dossier {

namespace {

Direction direction_that_counts(EvidenceItem const& item) noexcept {
    return is_stood_for(item.attribution) ? item.direction : Direction::neutral;
}

QuoteCount tally_of(std::set<std::pair<Direction, std::string_view>> const& quotes) {
    QuoteCount count;
    for (auto const& [direction, quote] : quotes) {
        if (direction == Direction::supports) ++count.supporting;
        if (direction == Direction::refutes) ++count.refuting;
        if (direction == Direction::neutral) ++count.neutral;
    }
    return count;
}

bool contradicts_itself(std::map<std::string, QuoteCount> const& by_condition) {
    return std::any_of(by_condition.begin(), by_condition.end(),
                       [](auto const& stratum) { return stratum.second.both_ways(); });
}

/// The side that all strata share which take one; nullopt: none does. mixed: they differ, or one is mixed
/// itself.
std::optional<Stance> shared_stance(std::map<std::string, QuoteCount> const& by_condition, double threshold) {
    std::optional<Stance> shared;
    for (auto const& [condition, quotes] : by_condition) {
        if (!quotes.directional()) continue;
        auto const stance = stance_of(quotes, threshold);
        shared = !shared || *shared == stance ? stance : Stance::mixed;
    }
    return shared;
}

/// Does what is said without a condition outnumber what is said against it under conditions?
bool general_statement_holds(Stance general, std::map<std::string, QuoteCount> const& by_condition) {
    bool const supports = general == Stance::supports;
    std::size_t in_favour = 0, against = 0;
    for (auto const& [condition, quotes] : by_condition) {
        if (condition.empty()) in_favour += supports ? quotes.supporting : quotes.refuting;
        if (!condition.empty()) against += supports ? quotes.refuting : quotes.supporting;
    }
    return in_favour >= against;
}

/// What silence means in this article.
Stance silence_in(Article const& article) noexcept {
    return article.truncated ? Stance::not_assessable : Stance::silent;
}

ArticleStance stance_under(Article const& article, std::string const& claim_id, std::string const& condition_id,
                           QuoteCount const& quotes, Stance stance) {
    ArticleStance row;
    row.claim_id = claim_id;
    row.article_id = article.id;
    row.condition_id = condition_id;
    row.stance = stance == Stance::silent ? silence_in(article) : stance;
    row.n_supporting = quotes.supporting;
    row.n_refuting = quotes.refuting;
    row.internally_contradictory = quotes.both_ways();
    return row;
}

/// Distinct quotes over all conditions: a sentence that stands under two conditions is still one quote.
QuoteCount count_all(std::span<EvidenceItem const> items, std::string_view claim_id) {
    std::set<std::pair<Direction, std::string_view>> quotes;
    for (auto const& item : items)
        if (item.claim_id == claim_id) quotes.emplace(direction_that_counts(item), item.quote);
    return tally_of(quotes);
}

ArticleStance overall_row(Article const& article, std::string const& claim_id, QuoteCount const& all,
                          std::map<std::string, QuoteCount> const& by_condition) {
    auto row = stance_under(article, claim_id, "", all, overall_stance(by_condition));
    row.internally_contradictory = contradicts_itself(by_condition);
    row.explained_by_conditions = row.stance == Stance::mixed && !row.internally_contradictory;
    return row;
}

/// Who decided a stance, and how sure its surest quote is that takes its side: a chance of that quote, not one of the whole
/// article, of which nothing is calibrated. A mixed stance has none. Not known unless it is known of each quote that counts.
void note_decider(std::span<EvidenceItem const> items, ArticleStance& row) {
    bool const takes_a_side = row.n_supporting + row.n_refuting > 0;
    std::set<std::string_view> deciders;
    double supports = 0.0, refutes = 0.0;
    bool is_known = true;
    for (auto const& item : items) {
        if (item.claim_id != row.claim_id) continue;
        if (!row.condition_id.empty() && item.condition_id != row.condition_id) continue;
        auto const direction = direction_that_counts(item);
        if (direction == Direction::neutral && takes_a_side) continue;
        deciders.insert(item.decided_by);
        if (direction == Direction::neutral) continue;
        is_known = is_known && item.confidence;
        auto& side = direction == Direction::supports ? supports : refutes;
        side = std::max(side, item.confidence.value_or(0.0));
    }
    if (deciders.empty()) return;
    row.decided_by.clear();
    for (auto const decider : deciders)
        row.decided_by += (row.decided_by.empty() ? "" : ",") + std::string(decider);
    if (!is_known || !takes_a_side) return;
    if (row.stance == Stance::supports) row.confidence = supports;
    if (row.stance == Stance::refutes) row.confidence = refutes;
}

}  // namespace

StancesAtThresholds::StancesAtThresholds(std::array<Stance, direction_share_grid.size()> const& stances) noexcept {
    if (std::all_of(stances.begin(), stances.end(), [&](Stance stance) { return stance == stances.front(); })) return;
    for (auto stance = stances.rbegin(); stance != stances.rend(); ++stance)
        bits_ = static_cast<std::uint16_t>(bits_ << 3 | static_cast<unsigned>(*stance));
}

Stance StancesAtThresholds::at(std::size_t threshold, Stance by_default) const noexcept {
    return differ() ? static_cast<Stance>(bits_ >> 3 * threshold & 7) : by_default;
}

char const* decider_of(Claim const& claim) noexcept {
    return claim.supports.empty() && claim.refutes.empty() ? decided_by_statement_model : decided_by_rules;
}

std::map<std::string, QuoteCount> count_quotes(std::span<EvidenceItem const> items, std::string_view claim_id) {
    std::map<std::string, std::set<std::pair<Direction, std::string_view>>> distinct;
    for (auto const& item : items)
        if (item.claim_id == claim_id) distinct[item.condition_id].emplace(direction_that_counts(item), item.quote);
    std::map<std::string, QuoteCount> counts;
    for (auto const& [condition, quotes] : distinct)
        counts.emplace(condition, tally_of(quotes));
    return counts;
}

Stance stance_of(QuoteCount const& quotes, double threshold) noexcept {
    auto const n = quotes.supporting + quotes.refuting;
    if (n == 0) return quotes.neutral > 0 ? Stance::neutral : Stance::silent;
    auto const more = std::max(quotes.supporting, quotes.refuting);
    // 7 of 10 is enough: compare without the rounding of 0.7.
    if (static_cast<double>(more) + 1e-9 < threshold * static_cast<double>(n)) return Stance::mixed;
    if (quotes.supporting == quotes.refuting) return Stance::mixed;
    return quotes.supporting > quotes.refuting ? Stance::supports : Stance::refutes;
}

Stance overall_stance(std::map<std::string, QuoteCount> const& by_condition, double threshold) noexcept {
    auto const shared = shared_stance(by_condition, threshold);
    if (!shared) {
        bool const discussed = std::any_of(by_condition.begin(), by_condition.end(),
                                           [](auto const& stratum) { return stratum.second.neutral > 0; });
        return discussed ? Stance::neutral : Stance::silent;
    }
    if (*shared != Stance::mixed) return *shared;
    if (auto const general = by_condition.find(""); general != by_condition.end()) {
        auto const stance = stance_of(general->second, threshold);
        bool const takes_a_side = stance == Stance::supports || stance == Stance::refutes;
        if (takes_a_side && general_statement_holds(stance, by_condition)) return stance;
    }
    return Stance::mixed;
}

StancesAtThresholds stances_at_thresholds(std::map<std::string, QuoteCount> const& by_condition) noexcept {
    std::array<Stance, direction_share_grid.size()> stances{};
    for (std::size_t i = 0; i < stances.size(); ++i)
        stances[i] = overall_stance(by_condition, direction_share_grid[i]);
    return StancesAtThresholds(stances);
}

std::vector<ArticleStance> stances_on(Article const& article, Claim const& claim, std::span<EvidenceItem const> items,
                                      bool is_decided) {
    std::vector<ArticleStance> rows;
    if (article.status != ArticleStatus::ok || !is_decided) {
        rows.push_back(stance_under(article, claim.id, "", {}, Stance::not_assessable));
        for (auto const& condition : claim.conditions)
            rows.push_back(stance_under(article, claim.id, condition, {}, Stance::not_assessable));
        for (auto& row : rows)
            row.decided_by = decider_of(claim);
        return rows;
    }
    auto const by_condition = count_quotes(items, claim.id);
    rows.push_back(overall_row(article, claim.id, count_all(items, claim.id), by_condition));
    for (auto const& condition : claim.conditions) {
        auto const found = by_condition.find(condition);
        auto const quotes = found == by_condition.end() ? QuoteCount{} : found->second;
        rows.push_back(stance_under(article, claim.id, condition, quotes, stance_of(quotes)));
    }
    for (auto& row : rows) {
        row.decided_by = decider_of(claim);
        note_decider(items, row);
    }
    return rows;
}

std::vector<ArticleStance> article_stances(Article const& article, ArticleEvidence const& evidence,
                                           ClaimRegistry const& registry) {
    std::vector<ArticleStance> rows;
    auto const& undecided = evidence.undecided_claims;
    for (auto const& claim : registry.claims) {
        bool const is_decided = std::find(undecided.begin(), undecided.end(), claim.id) == undecided.end();
        for (auto& row : stances_on(article, claim, evidence.items, is_decided))
            rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace dossier
