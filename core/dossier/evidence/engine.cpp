#include "dossier/evidence/engine.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"
#include "dossier/evidence/registry_index.hpp"
#include "dossier/evidence/risk.hpp"
#include "dossier/evidence/stance.hpp"
#include "dossier/evidence/statement/statement_reader.hpp"
#include "dossier/evidence/subject.hpp"

namespace dossier {

namespace {

using Order = std::unordered_map<std::string_view, std::size_t>;

template <class Items>
Order order_of(Items const& items) {
    Order order;
    order.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        order.emplace(items[i].id, i);
    return order;
}

}  // namespace

struct Engine::Compiled {
    Compiled(ClaimRegistry const& from, Lexicon const& words)
        : registry(from),
          lexicon(words),
          index(registry, lexicon),
          statements(registry, lexicon),
          claim_order(order_of(registry.claims)),
          factor_order(order_of(registry.risk_factors)) {}

    ClaimRegistry registry;
    Lexicon lexicon;
    RegistryIndex index;
    StatementClaims statements;
    Order claim_order, factor_order;  ///< by id
};

namespace {

void add_quantities(std::size_t at, ArticleView const& view, ClaimRegistry const& registry, Lexicon const& lexicon,
                    ArticleEvidence& evidence) {
    auto const& sentence = view.sentence(at);
    if (!is_admissible(sentence.role)) return;
    auto quantities = quantities_in(sentence.text, lexicon);
    if (quantities.empty()) return;
    auto const factor_ids = factors_named_in(at, view, registry);
    for (auto& quantity : quantities) {
        quantity.article_id = view.article().id;
        quantity.factor_ids = factor_ids;
        quantity.quote = sentence.text;
        quantity.bytes = sentence.bytes;
        quantity.line = sentence.line;
        quantity.page = sentence.page;
        evidence.quantities.push_back(std::move(quantity));
    }
}

/// Stable: what has the same id stays in the order in which it was found, which is by place.
template <class Item>
void sort_by(Order const& order, std::string Item::*id, std::vector<Item>& items) {
    if (items.size() < 2) return;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    places.reserve(items.size());
    for (auto const& item : items)
        places.emplace_back(order.find(item.*id)->second, places.size());
    if (std::is_sorted(places.begin(), places.end())) return;
    std::sort(places.begin(), places.end());
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (auto const& [rank, at] : places)
        sorted.push_back(std::move(items[at]));
    items = std::move(sorted);
}

/// The same words twice in an article are one quote (statistics.md 4.1): the first stays. Items are sorted by claim.
void drop_repeated_quotes(std::vector<EvidenceItem>& items) {
    std::unordered_map<std::string_view, std::size_t> first_sentence;  // of a quote, for the claim at hand
    std::vector<EvidenceItem> kept;
    kept.reserve(items.size());  // the keys are views of what is kept
    for (auto& item : items) {
        if (!kept.empty() && kept.back().claim_id != item.claim_id) first_sentence.clear();
        auto const known = first_sentence.find(item.quote);
        if (known != first_sentence.end() && known->second != item.sentence) continue;
        kept.push_back(std::move(item));
        if (known == first_sentence.end()) first_sentence.emplace(kept.back().quote, kept.back().sentence);
    }
    items = std::move(kept);
}

}  // namespace

Engine::Engine(ClaimRegistry const& registry, Lexicon const& lexicon)
    : compiled_(std::make_unique<Compiled const>(registry, lexicon)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

ArticleEvidence Engine::analyse(Article const& article, bool keep_decisions) const {
    ArticleEvidence evidence;
    evidence.article_id = article.id;
    if (article.status != ArticleStatus::ok) return evidence;
    evidence.undecided_claims = compiled_->index.claims_without_cues();
    ArticleView view(article, compiled_->index, compiled_->lexicon);
    SubjectResolver subjects(view);
    StanceReader stance(compiled_->registry, view, subjects);
    SubjectResolver subjects_of_risks(view, RiskFactors::are_looked_for);
    RiskReader risk(compiled_->registry, view, subjects_of_risks);
    StatementReader statements(compiled_->statements, view, subjects);
    for (std::size_t i = 0; i < view.size(); ++i) {
        if (view.sentence(i).role == SentenceRole::boilerplate) continue;
        if (!view.matches(i).empty()) {
            stance.read(i, keep_decisions, evidence);
            risk.read(i, evidence);
            if (!compiled_->statements.empty()) statements.read(i, keep_decisions, evidence);
        }
        if (view.may_hold_quantities(i)) add_quantities(i, view, compiled_->registry, compiled_->lexicon, evidence);
    }
    sort_by(compiled_->claim_order, &EvidenceItem::claim_id, evidence.items);
    sort_by(compiled_->factor_order, &RiskMention::factor_id, evidence.mentions);
    sort_by(compiled_->claim_order, &Decision::claim_id, evidence.decisions);
    drop_repeated_quotes(evidence.items);
    return evidence;
}

std::vector<std::string> const& Engine::claims_without_cues() const noexcept {
    return compiled_->index.claims_without_cues();
}

}  // namespace dossier
