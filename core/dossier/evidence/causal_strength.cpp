#include "dossier/evidence/causal_strength.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace dossier {

namespace {

constexpr std::size_t max_links = 256;  // of one sentence; people do not write so many

template <typename Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_about_links(RuleKind kind) {
    return kind == RuleKind::causal || kind == RuleKind::association || kind == RuleKind::modal ||
           kind == RuleKind::no_finding;
}

/// "improved" is hidden by "improved by": of two rules on the same words the longer phrase wins.
bool is_hidden(RuleHit const& hit, std::vector<RuleHit const*> const& all) {
    return std::any_of(all.begin(), all.end(), [&](RuleHit const* other) {
        auto const longer = other->match.n_named(), shorter = hit.match.n_named();
        bool const wins = longer > shorter || (longer == shorter && other->rule->kind == RuleKind::no_finding &&
                                               hit.rule->kind != RuleKind::no_finding);
        return wins && other->match.contains(hit.match);
    });
}

/// "improved sleep was rare", "with reduced weight": a participle before its noun, no verb of a subject.
bool is_attributive(RuleHit const& hit, SentenceContext const& context) {
    static constexpr std::array<std::string_view, 30> before_nouns = {
        "a",         "an",        "the",      "of",    "in",       "with",       "by",   "for",
        "to",        "from",      "this",     "and",   "or",       "no",         "had",  "show",
        "has",       "their",     "these",    "than",  "other",    "showed",     "have", "identified",
        "exhibited", "indicates", "revealed", "found", "observed", "experienced"};
    auto const first = hit.match.first;
    if (first == 0 || context.clause(first - 1) != context.clause(first)) return true;
    return is_one_of(before_nouns, context.tokens()[first - 1].text);
}

bool is_governed(RuleHit const& hit, std::vector<RuleHit const*> const& governors) {
    return std::any_of(governors.begin(), governors.end(),
                       [&](RuleHit const* other) { return other != &hit && other->governs(hit.match); });
}

/// "weight decreased over time": what changes by itself is no cause.
bool lacks_object(RuleHit const& hit, Tokens const& tokens) {
    static constexpr std::array<std::string_view, 16> before_adjuncts = {
        "of",       "in",      "with",  "from", "over", "at", "after", "during",
        "compared", "between", "among", "when", "than", "as", "to",    "according"};
    auto const next = hit.match.last + 1;
    return next >= tokens.size() || tokens[next].before > Mark::comma || is_one_of(before_adjuncts, tokens[next].text);
}

constexpr std::size_t max_adverbs = 2;  // "may [also significantly] improve", "shown to [further] improve"

/// "may improve", "did not improve", "was shown to improve", but not "steps to improve".
bool is_licensed(RuleHit const& hit, Tokens const& tokens) {
    static constexpr std::array<std::string_view, 13> helping = {
        "can", "may", "might", "could", "would", "will", "not", "help", "helps", "does", "helped", "cannot", "did"};
    static constexpr std::array<std::string_view, 21> before_to = {
        "seem",   "seems",  "seemed",   "appear",       "appears",  "appeared", "tend",
        "tends",  "likely", "unlikely", "able",         "shown",    "found",    "proven",
        "proved", "known",  "helps",    "demonstrated", "observed", "expected", "helped"};
    auto const first = hit.match.first;
    for (auto i = first; i-- > 0 && first - i <= max_adverbs + 1;) {
        if (tokens[i].text == "to") return i > 0 && is_one_of(before_to, tokens[i - 1].text);
        if (is_one_of(helping, tokens[i].text)) return true;
    }
    return false;
}

/// A verb form that can be the verb of a subject and act on an object.
bool acts(RuleHit const& hit, SentenceContext const& context) {
    auto const& form = hit.rule->value;
    if (form == "finite") return !is_attributive(hit, context) && !lacks_object(hit, context.tokens());
    return form != "infinitive" || is_licensed(hit, context.tokens());
}

/// The rules about links in one sentence, or in one segment of it.
struct LinkRules {
    std::vector<RuleHit const*> causal, associations, modals, no_findings;
};

LinkRules collect(SentenceContext const& context, std::optional<std::uint32_t> segment) {
    std::vector<RuleHit const*> all;
    for (auto const& hit : context.hits())
        if (all.size() < max_links && is_about_links(hit.rule->kind) &&
            (!segment || context.segment(hit.match.first) == *segment))
            all.push_back(&hit);
    LinkRules rules;
    for (auto const* hit : all) {
        if (is_hidden(*hit, all) || !acts(*hit, context)) continue;
        switch (hit->rule->kind) {
            case RuleKind::causal: rules.causal.push_back(hit); break;
            case RuleKind::association: rules.associations.push_back(hit); break;
            case RuleKind::modal: rules.modals.push_back(hit); break;
            default: rules.no_findings.push_back(hit); break;
        }
    }
    return rules;
}

CausalReading read(LinkRules const& rules) {
    auto const stated = [&](RuleHit const* hit) { return !is_governed(*hit, rules.no_findings); };
    // "was associated with improved sleep": the improvement is part of what goes together.
    auto const cause = std::find_if(rules.causal.begin(), rules.causal.end(), [&](RuleHit const* hit) {
        return stated(hit) && !is_governed(*hit, rules.associations);
    });
    auto const association = std::find_if(rules.associations.begin(), rules.associations.end(), stated);
    bool const has_cause = cause != rules.causal.end(), has_association = association != rules.associations.end();
    if (has_association && (!has_cause || (*association)->match.first < (*cause)->match.first))
        return {CausalStrength::correlational, *association, nullptr};
    if (!has_cause) return {};
    if ((*cause)->rule->value == "conditional") return {CausalStrength::conditional, *cause, *cause};
    auto const modal = std::find_if(rules.modals.begin(), rules.modals.end(),
                                    [&](RuleHit const* hit) { return hit->governs((*cause)->match); });
    if (modal != rules.modals.end()) return {CausalStrength::conditional, *cause, *modal};
    return {CausalStrength::direct, *cause, nullptr};
}

}  // namespace

CausalReading read_causal_strength(SentenceContext const& context) {
    return read(collect(context, std::nullopt));
}

CausalReading read_causal_strength(SentenceContext const& context, PhraseMatch const& phrase) {
    auto const here = read(collect(context, context.segment(phrase.first)));
    return here.said_by ? here : read_causal_strength(context);
}

}  // namespace dossier
