#include "dossier/findings/overrides.hpp"

#include <algorithm>

namespace dossier {
namespace {

bool is_same_quote(EvidenceItem const& a, EvidenceItem const& b) noexcept {
    return a.claim_id == b.claim_id && a.condition_id == b.condition_id && a.direction == b.direction &&
           a.quote == b.quote;
}

/// Quotes of the person's that the engine does not count on that side of the row.
std::size_t count_new(StanceOverride const& decision, std::span<EvidenceItem const> items, Direction direction) {
    auto const is_known = [&](EvidenceItem const& quote) {
        return std::any_of(items.begin(), items.end(), [&](EvidenceItem const& item) {
            return item.claim_id == quote.claim_id && item.direction == direction && item.quote == quote.quote &&
                   (quote.condition_id.empty() || item.condition_id == quote.condition_id);
        });
    };
    return static_cast<std::size_t>(
        std::count_if(decision.quotes.begin(), decision.quotes.end(),
                      [&](EvidenceItem const& quote) { return quote.direction == direction && !is_known(quote); }));
}

void apply(StanceOverride const& decision, std::span<EvidenceItem const> items, ArticleStance& row) {
    row.overridden = decision.detector;
    row.stance = decision.stance;
    row.decided_by = decision.who;
    row.confidence.reset();
    row.n_supporting += count_new(decision, items, Direction::supports);
    row.n_refuting += count_new(decision, items, Direction::refutes);
    bool const is_mixed = row.stance == Stance::mixed;
    row.explained_by_conditions = row.explained_by_conditions && is_mixed;
    row.internally_contradictory = row.internally_contradictory && is_mixed;
}

}  // namespace

void apply_overrides(std::span<StanceOverride const> overrides, std::span<EvidenceItem const> items,
                     std::vector<ArticleStance>& rows) {
    for (auto& row : rows)
        for (auto const& decision : overrides)
            if (decision.claim_id == row.claim_id && decision.condition_id == row.condition_id)
                apply(decision, items, row);
}

void add_quotes(std::span<StanceOverride const> overrides, ArticleEvidence& evidence) {
    auto& items = evidence.items;
    for (auto const& decision : overrides)
        for (auto const& quote : decision.quotes) {
            auto const known = std::find_if(items.begin(), items.end(),
                                            [&](EvidenceItem const& item) { return is_same_quote(item, quote); });
            if (known == items.end()) {
                items.push_back(quote);
                continue;
            }
            known->decided_by = quote.decided_by;
            known->attribution = Attribution::asserted;  // the person says that it counts
            known->confidence.reset();
            known->rule += "; " + quote.rule;
        }
}

}  // namespace dossier
