#include "dossier/job/plugin_engines.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/plugin.h"
#include "dossier/plugin/frames.hpp"

namespace dossier {
namespace {

constexpr char note_of_plugin[] = "plugin: ", note_of_print[] = "it printed: ";

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

/// Takes the claims out of what the built-in rules said.
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
        accounts_.push_back({engine.component, {}, false});
    for (std::size_t i = 0; i < engines_.size(); ++i)
        if (auto const& failure = engines_[i].component.failure; !failure.empty()) {
            accounts_[i].outcome.failure = WorkerFailure::refused;
            fail(i, failure);
        }
}

bool PluginEngines::all_work() const noexcept {
    return std::all_of(engines_.begin(), engines_.end(),
                       [](ResolvedEngine const& engine) { return engine.component.failure.empty(); });
}

bool PluginEngines::answers_are_all() const noexcept {
    return std::all_of(accounts_.begin(), accounts_.end(), [](EngineAccount const& account) {
        if (!account.asked) return true;
        auto const& [landlock, seccomp] = account.outcome.sandbox;
        return account.outcome.ok() && account.outcome.log.empty() && landlock != 0 && seccomp;
    });
}

std::vector<std::string> PluginEngines::decided_claims() const {
    std::vector<std::string> ids;
    for (auto const& engine : engines_)
        for (auto const claim : engine.claims)
            ids.push_back(registry_.claims[claim].id);
    return ids;
}

std::map<std::string, std::string> PluginEngines::deciders() const {
    std::map<std::string, std::string> deciders;
    for (auto const& engine : engines_)
        for (auto const claim : engine.claims)
            deciders.emplace(registry_.claims[claim].id, "engine:" + engine.component.description.name);
    return deciders;
}

bool is_of_this_machine(std::string_view note) noexcept {
    return note.starts_with(note_of_plugin) || note.starts_with(note_of_print);
}

void PluginEngines::fail(std::size_t engine, std::string const& sentence) {
    auto const& [component, claims, place] = engines_[engine];
    auto& outcome = accounts_[engine].outcome;
    outcome.sentence = sentence;
    auto diagnostic = diagnostic_at(Severity::error, "DOS0522", place, sentence);
    diagnostic.notes.push_back("articles are not assessable on the claims that it decides: " +
                               std::to_string(claims.size()) + " of the registry");
    if (component.plugin != nullptr) diagnostic.notes.push_back(note_of_plugin + component.plugin->path);
    if (!outcome.stderr_tail.empty()) diagnostic.notes.push_back(note_of_print + outcome.stderr_tail);
    messages_.add(std::move(diagnostic));
}

void PluginEngines::warn_of_long_article(std::size_t engine, Article const& article) {
    auto diagnostic =
        diagnostic_at(Severity::warning, "DOS0523", engines_[engine].place,
                      "the article " + article.path + " is too long for engine \"" +
                          engines_[engine].component.description.name + "\", and not assessable on its claims");
    diagnostic.notes.push_back("engines are shown articles of at most " + std::to_string(max_frame_bytes >> 20) +
                               " MiB of text and headings");
    messages_.add(std::move(diagnostic));
}

void PluginEngines::account_for(std::size_t engine, EngineOutcome const& outcome) {
    constexpr std::size_t most_lines = 200;
    auto& account = accounts_[engine];
    bool const first = !account.asked;
    account.asked = true;
    auto log = std::move(account.outcome.log);
    for (auto const& line : outcome.log)
        if (log.size() < most_lines) log.push_back(line);
    auto sandbox = outcome.sandbox;
    if (!first) {
        sandbox.landlock = std::min(sandbox.landlock, account.outcome.sandbox.landlock);
        sandbox.seccomp = sandbox.seccomp && account.outcome.sandbox.seccomp;
    }
    account.outcome = outcome;
    account.outcome.log = std::move(log);
    account.outcome.sandbox = sandbox;
}

void PluginEngines::decide(std::span<Article const> articles, std::span<ArticleEvidence> evidence,
                           bool keep_decisions) {
    if (engines_.empty()) return;
    for (std::size_t i = 0; i < engines_.size(); ++i)
        decide(i, articles, evidence, keep_decisions);
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

void PluginEngines::decide(std::size_t engine, std::span<Article const> articles, std::span<ArticleEvidence> evidence,
                           bool keep_decisions) {
    auto const& component = engines_[engine].component;
    auto const claims = claims_for(engines_[engine], registry_);
    std::vector<std::string> ids;
    for (auto const& claim : claims)
        ids.push_back(claim.claim_id);
    auto const leave_undecided = [&](ArticleEvidence& one) {
        one.undecided_claims.insert(one.undecided_claims.end(), ids.begin(), ids.end());
    };
    std::vector<ShownArticle> shown;
    std::vector<EngineArticle> asked;
    std::vector<std::size_t> numbers;  // of what is asked, among `articles`
    bool const is_fit = component.failure.empty();
    for (std::size_t i = 0; i < articles.size(); ++i) {
        erase_claims(evidence[i].items, ids);
        erase_claims(evidence[i].decisions, ids);
        std::erase_if(evidence[i].undecided_claims,
                      [&](std::string const& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); });
        if (articles[i].status != ArticleStatus::ok) continue;
        auto one = show(articles[i]);
        if (is_fit && encoded_size(one.article) > max_frame_bytes) {
            leave_undecided(evidence[i]);
            warn_of_long_article(engine, articles[i]);
            continue;
        }
        shown.push_back(std::move(one));
        asked.push_back(shown.back().article);
        numbers.push_back(i);
    }
    if (is_fit && !asked.empty()) {
        auto const outcome =
            workers_.run_engine(*component.plugin, component.description.name, component.options, claims, asked);
        account_for(engine, outcome);
        if (!outcome.ok()) {
            engines_[engine].component.failure = outcome.sentence;
            fail(engine, outcome.sentence);
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
    for (auto const number : numbers)
        leave_undecided(evidence[number]);
}

}  // namespace dossier
