#include "dossier/evidence/statement/statement_reader.hpp"

#include <algorithm>
#include <cmath>

#include "dossier/evidence/causal_strength.hpp"
#include "dossier/evidence/dateline.hpp"
#include "dossier/evidence/labels.hpp"
#include "dossier/evidence/stance.hpp"
#include "dossier/evidence/stance_reading.hpp"
#include "dossier/evidence/statement/feature_words.hpp"
#include "dossier/evidence/statement/features.hpp"

namespace dossier {

namespace {

constexpr double least_share = 0.5;       // of the statement's weight that a sentence must hold
constexpr double least_confidence = 0.5;  // below, no side is taken
constexpr double strength_by_rule = 0.5;  // of a side that a rule turned, and of none
constexpr std::size_t most_named_features = 3;

/// What makes a sentence take no side on the words that it governs.
struct SideTaker {
    RuleKind kind;
    Attribution attribution;
    char const* reason;
};
constexpr SideTaker side_takers[] = {
    {RuleKind::question, Attribution::asked, "it is asked, not stated"},
    {RuleKind::hypothetical, Attribution::hypothetical, "it is imagined, not stated"},
    {RuleKind::recommendation, Attribution::recommended, "it is recommended, not stated"},
    {RuleKind::doubted, Attribution::reported, "it is passed on, and nobody vouches for it"},
    {RuleKind::partial, Attribution::asserted, "it is denied of some only"},
};

std::string percent(double share) {
    return std::to_string(static_cast<int>(std::lround(share * 100.0))) + " %";
}

/// "the sentence names the subject and the outcome 'back pain'; most weighed: it says what the statement denies ('cause'); 81 %"
std::string rule_of(StatementVerdict const& verdict, std::string const& object) {
    std::string rule = "the sentence names the subject" + (object.empty() ? "" : " and the outcome '" + object + "'");
    std::size_t n_named = 0;
    for (auto const& part : verdict.contributions) {
        if (part.feature == "bias" || part.value * part.weight <= 0.0) continue;
        if (n_named == most_named_features) break;
        rule += (n_named++ == 0 ? "; what weighed most: " : ", ") + feature_in_words(part.feature) +
                (part.words.empty() ? "" : " ('" + part.words + "')");
    }
    return rule + "; " + percent(verdict.confidence);
}

Direction direction_of(PassageStance stance) {
    return stance == PassageStance::supports  ? Direction::supports
           : stance == PassageStance::refutes ? Direction::refutes
                                              : Direction::neutral;
}

}  // namespace

std::vector<Phrase> subject_of(ReadStatement const& statement) {
    auto const& words = statement.parts().words;
    std::vector<Phrase> about;
    if (std::none_of(words.begin(), words.end(), [](auto const& word) { return word.word.is_predicate; })) return about;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (auto const name = statement.parts().names[i]; !words[i].word.is_predicate && !name.empty())
            about.push_back({name, {}});
    return about;
}

StatementClaims::StatementClaims(ClaimRegistry const& registry, Lexicon const& lexicon) : registry_(registry) {
    for (std::uint32_t i = 0; i < registry.claims.size(); ++i) {
        auto const& claim = registry.claims[i];
        if (!claim.supports.empty() || !claim.refutes.empty()) continue;
        ReadStatement statement(claim.statement, lexicon);
        if (!statement.problem().empty()) continue;
        StatementGate gate(claim.statement, statement);
        entries_.push_back({i, std::move(statement), std::move(gate)});
    }
}

StatementClaims::Entry const* StatementClaims::entry_of(std::uint32_t claim) const noexcept {
    auto const found = std::lower_bound(entries_.begin(), entries_.end(), claim,
                                        [](Entry const& entry, std::uint32_t wanted) { return entry.claim < wanted; });
    return found != entries_.end() && found->claim == claim ? &*found : nullptr;
}

ReadStatement const* StatementClaims::find(std::uint32_t claim) const noexcept {
    auto const* entry = entry_of(claim);
    return entry ? &entry->statement : nullptr;
}

struct StatementReader::Reading {
    bool counted = false;
    Direction direction = Direction::neutral;
    double subject_strength = 1.0;
    bool hedged = false, rebutted = false;
    Attribution attribution = Attribution::asserted;
    CausalStrength causal_strength = CausalStrength::none;
    std::string condition_id, reason;
    std::optional<StatementVerdict> verdict;  ///< nullopt: refused before it was judged
    std::optional<double> confidence;         ///< of a side that the model took and no rule turned
    std::vector<ReadWord> words;
    std::optional<ObjectMention> object;
    std::vector<std::pair<std::string, std::size_t>> steps;  ///< kind, word
};

std::vector<StatementReader::Found> StatementReader::terms_in(std::size_t sentence) const {
    std::vector<Found> found;
    for (auto const& match : view_.matches(sentence))
        if (view_.index().has(match.phrase, PhraseRole::term))
            for (auto const& use : view_.index().uses(match.phrase))
                if (use.role == PhraseRole::term) found.push_back({use.owner, use.word, match});
    std::stable_sort(found.begin(), found.end(), [](Found const& a, Found const& b) { return a.claim < b.claim; });
    return found;
}

/// The last word of the statement's predicate that is there.
std::optional<StatementReader::Core> StatementReader::core_of(ReadStatement const& statement,
                                                              std::span<Found const> found) const {
    auto const& words = statement.parts().words;
    std::vector<PhraseMatch const*> match_of(words.size());
    for (auto const& term : found)
        match_of[term.word] = &term.match;
    bool const has_predicate =
        std::any_of(words.begin(), words.end(), [](auto const& word) { return word.word.is_predicate; });
    double weight = 0.0;
    PhraseMatch const* core = nullptr;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!match_of[i]) continue;
        weight += words[i].word.weight;
        if (!has_predicate || words[i].word.is_predicate) core = match_of[i];
    }
    if (!core) return std::nullopt;
    return Core{*core, weight >= least_share * statement.parts().total_weight};
}

/// Where the sentence names the object: what governs it governs what is said there.
std::optional<PhraseMatch> StatementReader::match_of_object(Reading const& reading, std::span<Found const> found) {
    if (!reading.object) return std::nullopt;
    for (auto const& term : found)
        if (term.match.first <= reading.object->head && reading.object->head <= term.match.last) return term.match;
    return std::nullopt;
}

std::string text_of(std::vector<ReadWord> const& words, ObjectMention const& object) {
    std::string text;
    for (auto i = object.first; i <= object.last; ++i)
        text += (text.empty() ? "" : " ") + words[i].text;
    return text;
}

/// Names the object, and either says what happens to it or holds half of the statement anyway; of an effect it says something
/// only if it tells of effects, links or differences: "was given for joint pain" tells none.
bool StatementReader::speaks_of(std::uint32_t claim, Reading& reading, bool holds_enough, std::size_t sentence) const {
    auto const& gate = claims_.gate_of(claim);
    if (gate.objects().empty()) return holds_enough;
    auto const& parts = claims_.find(claim)->parts();
    reading.words = words_of(read_text(view_.sentence(sentence).text, *parts.lexicon));
    reading.object = gate.mention_in(reading.words);
    if (!reading.object) return false;
    reading.steps.emplace_back("outcome", reading.object->head);
    return gate.may_tell(reading.words) && (holds_enough || gate.states_effect(reading.words));
}

/// What the words plainly tell may take the model's side away, or turn it.
void StatementReader::apply_rules(std::uint32_t claim, Reading& reading) const {
    if (!reading.object) return;
    auto const taken = reading.counted ? reading.verdict->stance : PassageStance::neutral;
    auto const ruling = claims_.gate_of(claim).rule_on(taken, *reading.object, reading.words);
    if (!ruling) return;
    bool const changes = direction_of(ruling->stance) != reading.direction;
    reading.steps.emplace_back(ruling->reason, ruling->word);
    if (!changes) return;
    reading.reason = ruling->reason + "; the statement model by itself said " + name_of(reading.verdict->stance) +
                     " (" + percent(reading.verdict->confidence) + ")";
    reading.direction = direction_of(ruling->stance);
    reading.counted = reading.direction != Direction::neutral;
    reading.confidence.reset();
}

bool StatementReader::takes_no_side(Reading& reading, PhraseMatch const& core, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    // "The claim that … is false": that it is passed on is not all that is said of it.
    bool const is_rebutted = std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::rebuttal && hit.governs(core);
    });
    for (auto const& taker : side_takers)
        for (auto const& hit : context.hits())
            if (hit.rule->kind == taker.kind &&
                ((hit.governs(core) && !is_denied(hit.match, context)) || is_label(hit, core, context.tokens())) &&
                (taker.kind != RuleKind::doubted || !is_rebutted)) {
                if (taker.kind == RuleKind::doubted && is_rebutted_next(view_, sentence, core)) {
                    reading.rebutted = true;
                    continue;
                }
                reading.attribution = taker.attribution;
                reading.reason = taker.reason;
                return true;
            }
    reading.rebutted |= is_under_myth(view_, sentence) ||
                        std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
                            return hit.rule->kind == RuleKind::rebuttal && is_label(hit, core, context.tokens());
                        });
    bool const is_told = std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.governs(core) && (hit.rule->kind == RuleKind::belief || is_hearsay(hit) ||
                                     (hit.rule->kind == RuleKind::reported && !is_own_finding(hit)));
    });
    bool const is_negated = std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::negation && hit.governs(core);
    });
    reading.rebutted |= is_told && !is_rebutted && !is_negated && is_rebutted_next(view_, sentence, core);
    for (auto const& hit : context.hits()) {
        if (!hit.governs(core)) continue;
        reading.hedged |= hit.rule->kind == RuleKind::hedge;
        bool const passes_on = hit.rule->kind == RuleKind::reported && !is_own_finding(hit);
        if (passes_on || hit.rule->kind == RuleKind::belief) reading.attribution = Attribution::reported;
    }
    return false;
}

/// @return false: the claim holds only under conditions, and the sentence names none of them
bool StatementReader::set_condition(Reading& reading, Claim const& claim, std::size_t sentence) {
    auto const conditions = conditions_in(view_, sentence);
    auto const id_of = [&](ConditionHit const& hit) { return claims_.registry().conditions[hit.condition].id; };
    for (auto const& hit : conditions)
        if (std::find(claim.only_under.begin(), claim.only_under.end(), id_of(hit)) != claim.only_under.end()) {
            reading.condition_id = id_of(hit);
            return true;
        }
    if (!conditions.empty()) reading.condition_id = id_of(conditions.front());
    return claim.only_under.empty();
}

void StatementReader::judge(std::uint32_t claim, ReadStatement const& statement, PhraseMatch const& core,
                            std::size_t sentence, Reading& reading) {
    auto const& source = view_.sentence(sentence);
    if (!is_admissible(source.role)) {
        reading.reason = std::string("a ") + name_of(source.role) + " is never evidence";
        return;
    }
    auto const subject = subjects_.of(core, sentence, view_.index().group_of_claim(claim));
    if (!subject.is_subject) {
        reading.reason = subject.reason;
        return;
    }
    reading.subject_strength = subject.strength;
    if (!set_condition(reading, claims_.registry().claims[claim], sentence)) {
        reading.reason = "the claim holds only under a condition, and the sentence names none of its conditions";
        return;
    }
    reading.verdict =
        StatementModel::built_in().judge(statement, std::string_view(source.text).substr(dateline_length(source.text)));
    reading.causal_strength = read_causal_strength(view_.context(sentence), core).strength;
    if (takes_no_side(reading, core, sentence)) return;
    reading.reason =
        rule_of(*reading.verdict, reading.object ? text_of(reading.words, *reading.object) : std::string());
    if (reading.verdict->confidence < least_confidence) {
        reading.reason += "; too close to call";
    } else {
        reading.direction = direction_of(reading.verdict->stance);
        reading.counted = reading.direction != Direction::neutral;
        if (reading.counted) reading.confidence = reading.verdict->confidence;
    }
    apply_rules(claim, reading);
    if (reading.rebutted) turn_rebutted(reading);
}

/// What is believed and then rebutted is not so; of a denial that is rebutted no more is known than that.
void StatementReader::turn_rebutted(Reading& reading) {
    reading.attribution = Attribution::rebutted;
    reading.reason = "a belief that the text after it rebuts";
    reading.counted = reading.direction == Direction::supports;
    reading.direction = reading.counted ? Direction::refutes : Direction::neutral;
    reading.confidence.reset();
}

EvidenceItem StatementReader::item_of(Reading const& reading, Claim const& claim, std::size_t sentence) const {
    auto const& source = view_.sentence(sentence);
    EvidenceItem item;
    item.claim_id = claim.id;
    item.article_id = view_.article().id;
    item.direction = reading.direction;
    item.strength = reading.subject_strength * reading.confidence.value_or(strength_by_rule);
    item.hedged = reading.hedged;
    item.attribution = reading.attribution;
    item.causal_strength = reading.causal_strength;
    item.decided_by = decided_by_statement_model;
    item.confidence = reading.confidence;
    item.condition_id = reading.condition_id;
    item.quote = source.text;
    item.bytes = source.bytes;
    item.line = source.line;
    item.page = source.page;
    item.sentence = sentence;
    item.rule = reading.reason;
    return item;
}

Decision StatementReader::decision_of(Reading const& reading, Claim const& claim, PhraseMatch const& core,
                                      std::size_t sentence) {
    auto const& tokens = view_.read(sentence).tokens;
    Decision decision;
    decision.claim_id = claim.id;
    decision.sentence = sentence;
    decision.cue = claim.statement;
    decision.begin = tokens[core.first].begin;
    decision.end = tokens[core.last].end;
    decision.causal_strength = reading.causal_strength;
    decision.decided_by = decided_by_statement_model;
    decision.counted = reading.counted;
    decision.direction = reading.direction;
    decision.reason = reading.reason;
    for (auto const& [kind, word] : reading.steps)
        if (word < tokens.size())
            decision.modifiers.push_back({kind, reading.words[word].text, tokens[word].begin, tokens[word].end, 0, 0});
    if (!reading.verdict) return decision;
    decision.contributions = reading.verdict->contributions;
    decision.confidence = reading.confidence;
    return decision;
}

void StatementReader::read(std::size_t sentence, bool keep_decisions, ArticleEvidence& evidence) {
    if (!keep_decisions && !is_admissible(view_.sentence(sentence).role)) return;
    auto const found = terms_in(sentence);
    for (auto begin = found.begin(); begin != found.end();) {
        auto const end =
            std::find_if(begin, found.end(), [&](Found const& other) { return other.claim != begin->claim; });
        auto const& claim = claims_.registry().claims[begin->claim];
        auto const* statement = claims_.find(begin->claim);
        auto const core = statement ? core_of(*statement, {begin, end}) : std::nullopt;
        Reading reading;
        if (core && speaks_of(begin->claim, reading, core->holds_enough, sentence)) {
            auto const match = match_of_object(reading, {begin, end}).value_or(core->match);
            judge(begin->claim, *statement, match, sentence, reading);
            if (reading.verdict) evidence.items.push_back(item_of(reading, claim, sentence));
            if (keep_decisions) evidence.decisions.push_back(decision_of(reading, claim, match, sentence));
        }
        begin = end;
    }
}

}  // namespace dossier
