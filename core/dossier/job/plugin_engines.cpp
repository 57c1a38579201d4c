#include "dossier/job/plugin_engines.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/plugin.h"

namespace dossier {
namespace {

std::uint32_t abi_role(SentenceRole role) {
    switch (role) {
        case SentenceRole::statement: return DOSSIER_ROLE_STATEMENT;
        case SentenceRole::list_item: return DOSSIER_ROLE_LIST_ITEM;
        case SentenceRole::quotation: return DOSSIER_ROLE_QUOTATION;
        case SentenceRole::title: return DOSSIER_ROLE_TITLE;
        case SentenceRole::heading: return DOSSIER_ROLE_HEADING;
        case SentenceRole::question: return DOSSIER_ROLE_QUESTION;
        default: return DOSSIER_ROLE_OTHER;
    }
}

std::vector<std::string> texts_of(std::vector<Phrase> const& phrases) {
    std::vector<std::string> texts;
    for (auto const& phrase : phrases)
        texts.push_back(phrase.text);
    return texts;
}

std::vector<EngineClaim> claims_for(ResolvedEngine const& engine, ClaimRegistry const& registry) {
    std::vector<EngineClaim> claims;
    for (auto const number : engine.claims) {
        auto const& claim = registry.claims[number];
        claims.push_back({claim.id, claim.statement, claim.outcome.empty() ? registry.outcome : claim.outcome,
                          texts_of(claim.about.empty() ? registry.about : claim.about), texts_of(claim.supports),
                          texts_of(claim.refutes)});
    }
    return claims;
}

/// An article as an engine sees it, and where its sentences stand in the article: boilerplate is left out.
struct ShownArticle {
    EngineArticle article;
    std::vector<std::size_t> sentences;
};

ShownArticle show(Article const& article) {
    ShownArticle shown;
    shown.article.article_id = article.id, shown.article.title = article.title.value;
    shown.article.language = article.language;
    for (std::size_t i = 0; i < article.sentences.size(); ++i) {
        auto const& sentence = article.sentences[i];
        if (sentence.role == SentenceRole::boilerplate) continue;
        shown.article.sentences.push_back({sentence.text, sentence.heading, abi_role(sentence.role)});
        shown.sentences.push_back(i);
    }
    return shown;
}

Direction direction_of(EngineJudgement const& judgement) {
    if (judgement.direction == 0) return Direction::neutral;
    return judgement.direction > 0 ? Direction::supports : Direction::refutes;
}

/// A judgement as evidence: the sentence itself is the quote.
EvidenceItem item_of(EngineJudgement const& judgement, std::string const& claim_id, std::string const& engine,
                     Article const& article, std::size_t number) {
    auto const& sentence = article.sentences[number];
    EvidenceItem item;
    item.claim_id = claim_id, item.article_id = article.id;
    item.direction = direction_of(judgement);
    item.strength = judgement.strength, item.hedged = judgement.hedged;
    item.confidence = judgement.confidence;
    item.decided_by = "engine:" + engine;
    item.quote = sentence.text, item.bytes = sentence.bytes;
    item.line = sentence.line, item.page = sentence.page;
    item.sentence = number;
    item.rule = judgement.reason;
    return item;
}

Decision decision_of(EvidenceItem const& item) {
    Decision decision;
    decision.claim_id = item.claim_id, decision.sentence = item.sentence;
    decision.cue_supports = item.direction != Direction::refutes;
    decision.end = item.quote.size();
    decision.decided_by = item.decided_by, decision.confidence = item.confidence;
    decision.counted = item.direction != Direction::neutral;
    decision.direction = item.direction;
    decision.reason = item.rule;
    return decision;
}

template <class Entry>
void erase_claims(std::vector<Entry>& entries, std::vector<std::string> const& claims) {
    std::erase_if(entries, [&](Entry const& entry) {
        return std::find(claims.begin(), claims.end(), entry.claim_id) != claims.end();
    });
}

}  // namespace

PluginEngines::PluginEngines(ClaimRegistry const& registry, std::vector<ResolvedEngine> engines,
                             WorkerSettings settings)
    : registry_(registry), engines_(std::move(engines)), workers_(std::move(settings)) {
    for (auto const& engine : engines_)
        if (!engine.component.failure.empty()) fail(engine);
}

void PluginEngines::fail(ResolvedEngine const& engine) {
    auto diagnostic = diagnostic_at(Severity::error, "DOS0522", engine.place, engine.component.failure);
    diagnostic.notes.push_back("articles are not assessable on the claims that it decides: " +
                               std::to_string(engine.claims.size()) + " of the registry");
    messages_.add(std::move(diagnostic));
}

void PluginEngines::decide(std::span<Article const> articles, std::span<ArticleEvidence> evidence,
                           bool keep_decisions) {
    if (engines_.empty()) return;
    for (auto& engine : engines_)
        decide(engine, articles, evidence, keep_decisions);
    std::map<std::string_view, std::size_t> positions;
    for (std::size_t i = 0; i < registry_.claims.size(); ++i)
        positions.emplace(registry_.claims[i].id, i);
    auto const by_claim = [&](auto const& a, auto const& b) {
        return positions.at(a.claim_id) < positions.at(b.claim_id);
    };
    for (auto& one : evidence) {
        std::stable_sort(one.items.begin(), one.items.end(), by_claim);
        std::stable_sort(one.decisions.begin(), one.decisions.end(), by_claim);
    }
}

void PluginEngines::decide(ResolvedEngine& engine, std::span<Article const> articles,
                           std::span<ArticleEvidence> evidence, bool keep_decisions) {
    auto const claims = claims_for(engine, registry_);
    std::vector<std::string> ids;
    for (auto const& claim : claims)
        ids.push_back(claim.claim_id);
    std::vector<ShownArticle> shown;
    std::vector<EngineArticle> asked;
    std::vector<std::size_t> numbers;  // of what is asked, among `articles`
    for (std::size_t i = 0; i < articles.size(); ++i) {
        erase_claims(evidence[i].items, ids);
        erase_claims(evidence[i].decisions, ids);
        if (articles[i].status != ArticleStatus::ok) continue;
        shown.push_back(show(articles[i]));
        asked.push_back(shown.back().article);
        numbers.push_back(i);
    }
    auto const& component = engine.component;
    if (component.failure.empty() && !asked.empty()) {
        auto const outcome =
            workers_.run_engine(*component.plugin, component.description.name, component.options, claims, asked);
        if (!outcome.ok()) {
            engine.component.failure = outcome.sentence;
            fail(engine);
        }
        for (auto const& judgement : outcome.judgements) {
            auto const number = numbers[judgement.article];
            auto const sentence = shown[judgement.article].sentences[judgement.sentence];
            auto item =
                item_of(judgement, ids[judgement.claim], component.description.name, articles[number], sentence);
            if (keep_decisions) evidence[number].decisions.push_back(decision_of(item));
            evidence[number].items.push_back(std::move(item));
        }
    }
    if (component.failure.empty()) return;
    for (auto& one : evidence)
        one.undecided_claims.insert(one.undecided_claims.end(), ids.begin(), ids.end());
}

}  // namespace dossier
