#include "stance_table/chosen_quotes.hpp"

#include <set>
#include <utility>

namespace stance_table {
namespace {

constexpr char whatever_condition[] = "*", any_side[] = "any";  // no id has a '*', no side is called so

}  // namespace

Selection select_quotes(std::vector<dossier::Evidence> const& quotes, std::size_t limit) {
    std::set<std::pair<std::string, std::string>> sides;
    std::vector<bool> chosen(quotes.size(), false);
    std::size_t n_chosen = 0;
    auto const choose = [&](std::size_t i) {
        chosen[i] = true;
        ++n_chosen;
    };
    for (std::size_t i = 0; i < quotes.size(); ++i)
        if (quotes[i].direction != "neutral" && sides.emplace(quotes[i].direction, quotes[i].condition_id).second)
            choose(i);
    for (bool const neutral : {false, true})
        for (std::size_t i = 0; i < quotes.size() && n_chosen < limit; ++i)
            if (!chosen[i] && (quotes[i].direction == "neutral") == neutral) choose(i);
    Selection selection;
    for (std::size_t i = 0; i < quotes.size(); ++i)
        if (chosen[i]) selection.shown.push_back(quotes[i]);
    selection.n_left_out = quotes.size() - n_chosen;
    return selection;
}

std::map<std::string, std::vector<dossier::Evidence>> evidence_by_article(dossier::Analysis const& analysis,
                                                                          std::string const& claim_id) {
    std::map<std::string, std::vector<dossier::Evidence>> result;
    for (auto const& one : analysis.evidence(claim_id))
        result[one.article_id].push_back(one);
    return result;
}

QuoteTargets::QuoteTargets(dossier::Analysis const& analysis, std::size_t limit) {
    for (auto const& claim : analysis.claims())
        for (auto const& [article_id, quotes] : evidence_by_article(analysis, claim.claim_id))
            for (auto const& quote : select_quotes(quotes, limit).shown) {
                add(quote, claim.claim_id, quote.condition_id);
                add(quote, claim.claim_id, whatever_condition);
            }
}

void QuoteTargets::add(dossier::Evidence const& quote, std::string const& claim_id, std::string const& condition) {
    if (quote.direction != "neutral")
        evidence_ids_.emplace(Key(claim_id, quote.article_id, condition, quote.direction), quote.evidence_id);
    evidence_ids_.emplace(Key(claim_id, quote.article_id, condition, any_side), quote.evidence_id);
}

std::string QuoteTargets::link_of(dossier::Stance const& stance) const {
    if (stance.stance == "silent") return {};
    auto const condition = stance.condition_id.empty() ? std::string(whatever_condition) : stance.condition_id;
    for (auto const& side : {stance.stance, std::string(any_side)}) {
        auto const found = evidence_ids_.find({stance.claim_id, stance.article_id, condition, side});
        if (found != evidence_ids_.end()) return "#" + found->second;
    }
    return {};
}

}  // namespace stance_table
