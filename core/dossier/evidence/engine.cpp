#include "dossier/evidence/engine.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"
#include "dossier/evidence/registry_index.hpp"
#include "dossier/evidence/risk.hpp"
#include "dossier/evidence/stance.hpp"
#include "dossier/evidence/subject.hpp"

namespace dossier {

struct Engine::Compiled {
    Compiled(ClaimRegistry const& from, Lexicon const& words)
        : registry(from), lexicon(words), index(registry, lexicon) {
        for (std::size_t i = 0; i < registry.claims.size(); ++i)
            claim_order.emplace(registry.claims[i].id, i);
        for (std::size_t i = 0; i < registry.risk_factors.size(); ++i)
            factor_order.emplace(registry.risk_factors[i].id, i);
    }

    ClaimRegistry registry;
    Lexicon lexicon;
    RegistryIndex index;
    std::map<std::string, std::size_t, std::less<>> claim_order, factor_order;
};

namespace {

void add_quantities(Sentence const& sentence, std::string const& article_id, Lexicon const& lexicon,
                    ArticleEvidence& evidence) {
    if (!is_admissible(sentence.role)) return;
    for (auto& quantity : quantities_in(sentence.text, lexicon)) {
        quantity.article_id = article_id;
        quantity.quote = sentence.text;
        quantity.bytes = sentence.bytes;
        quantity.line = sentence.line;
        quantity.page = sentence.page;
        evidence.quantities.push_back(std::move(quantity));
    }
}

/// The same words twice in an article are one quote (statistics.md 4.1): the first stays.
void drop_repeated_quotes(std::vector<EvidenceItem>& items) {
    std::vector<EvidenceItem> kept;
    for (auto& item : items) {
        bool const repeated = std::any_of(kept.rbegin(), kept.rend(), [&](EvidenceItem const& other) {
            return other.claim_id == item.claim_id && other.quote == item.quote && other.sentence != item.sentence;
        });
        if (!repeated) kept.push_back(std::move(item));
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
    ArticleView view(article, compiled_->index, compiled_->lexicon);
    SubjectResolver subjects(view);
    StanceReader stance(compiled_->registry, view, subjects);
    RiskReader risk(compiled_->registry, view, subjects);
    for (std::size_t i = 0; i < view.size(); ++i) {
        if (view.sentence(i).role == SentenceRole::boilerplate) continue;
        if (!view.read(i).matches.empty()) {
            stance.read(i, keep_decisions, evidence);
            risk.read(i, evidence);
        }
        add_quantities(view.sentence(i), article.id, compiled_->lexicon, evidence);
    }
    auto const by = [](auto const& order, auto member) {
        return [&order, member](auto const& a, auto const& b) {
            return order.find(a.*member)->second < order.find(b.*member)->second;
        };
    };
    std::stable_sort(evidence.items.begin(), evidence.items.end(), by(compiled_->claim_order, &EvidenceItem::claim_id));
    std::stable_sort(evidence.mentions.begin(), evidence.mentions.end(),
                     by(compiled_->factor_order, &RiskMention::factor_id));
    std::stable_sort(evidence.decisions.begin(), evidence.decisions.end(),
                     by(compiled_->claim_order, &Decision::claim_id));
    drop_repeated_quotes(evidence.items);
    return evidence;
}

std::vector<std::string> const& Engine::claims_without_cues() const noexcept {
    return compiled_->index.claims_without_cues();
}

}  // namespace dossier
