#include "explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement/feature_words.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/stance_tally.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Decision const*> decisions_on(Explanation const& e) {
    std::vector<Decision const*> decisions;
    for (auto const& decision : e.evidence.decisions)
        if (decision.claim_id == e.claim.id && decision.sentence < e.article.sentences.size())
            decisions.push_back(&decision);
    std::stable_sort(decisions.begin(), decisions.end(),
                     [](auto const* a, auto const* b) { return a->sentence < b->sentence; });
    return decisions;
}

std::vector<EvidenceItem> quotes_on(Explanation const& e) {
    std::vector<EvidenceItem> quotes;
    std::copy_if(e.evidence.items.begin(), e.evidence.items.end(), std::back_inserter(quotes),
                 [&](EvidenceItem const& item) { return item.claim_id == e.claim.id; });
    return quotes;
}

/// As what a quote is counted: what is asked, supposed or recommended takes no side, whichever way it points.
Direction counted_as(EvidenceItem const& item) {
    auto const counts = count_quotes({&item, 1}, item.claim_id).begin()->second;
    if (counts.supporting > 0) return Direction::supports;
    return counts.refuting > 0 ? Direction::refutes : Direction::neutral;
}

std::string words_at(std::string const& text, std::size_t begin, std::size_t end) {
    begin = std::min(begin, text.size());
    return text.substr(begin, std::max(begin, std::min(end, text.size())) - begin);
}

/// "articles/a.html:12", "articles/a.pdf, p. 3, line 12".
std::string place_of(Article const& article, std::size_t page, std::size_t line) {
    return page == 0 ? fmt::format("{}:{}", display_text(article.path), line)
                     : fmt::format("{}, p. {}, line {}", display_text(article.path), page, line);
}

std::string decider_in_words(std::string const& decided_by) {
    if (decided_by == decided_by_rules) return "the rules for cues";
    if (decided_by == decided_by_statement_model) return "the statement model";
    return decided_by.starts_with("engine:") ? "the engine " + decided_by.substr(7) : decided_by;
}

std::string decider_of(ArticleStance const& stance) {
    bool const takes_a_side = stance.n_supporting + stance.n_refuting > 0;
    auto const decider = decider_in_words(stance.decided_by);
    return takes_a_side || stance.decided_by == decided_by_rules ? decider : decider + ": no sentence takes a side";
}

double score_of(std::vector<Contribution> const& contributions) {
    double score = 0.0;
    for (auto const& part : contributions)
        score += part.value * part.weight;
    return score;
}

/// What was decided left a quote behind, be it one that takes no side.
bool is_quoted_by(Decision const& decision, Explanation const& e) {
    return std::any_of(e.evidence.items.begin(), e.evidence.items.end(), [&](EvidenceItem const& item) {
        return item.claim_id == decision.claim_id && item.sentence == decision.sentence &&
               item.decided_by == decision.decided_by && item.rule == decision.reason;
    });
}

// --- text: sentences ------------------------------------------------------------------------------------------------

void describe(std::string& out, std::vector<Contribution> const& contributions) {
    constexpr std::string_view sum = "score, their sum";
    auto const into = std::back_inserter(out);
    auto width = sum.size();
    for (auto const& part : contributions)
        width = std::max(width, feature_in_words(part.feature).size());
    for (auto const& part : contributions) {
        fmt::format_to(into, "      {:<{}} {:>8.3f} x {:>8.3f} = {:>8.3f}", feature_in_words(part.feature), width,
                       part.value, part.weight, part.value * part.weight);
        if (!part.words.empty()) fmt::format_to(into, "   \"{}\"", part.words);
        out += '\n';
    }
    if (!contributions.empty()) fmt::format_to(into, "      {:<{}} {:>30.3f}\n", sum, width, score_of(contributions));
}

/// The scores of all classes and the temperature: the chances follow from them by a softmax.
void describe_scores(std::string& out, Decision const& decision, Sentence const& sentence) {
    if (decision.decided_by != decided_by_statement_model || decision.contributions.empty()) return;
    auto const verdict =
        StatementModel::built_in().judge(ReadStatement(decision.cue, built_in_lexicon()), sentence.text);
    auto const into = std::back_inserter(out);
    out += "      scores:";
    for (std::size_t i = 0; i < n_passage_stances; ++i) {
        auto const stance = static_cast<PassageStance>(i);
        if (stance == PassageStance::mixed) continue;
        fmt::format_to(into, " {} {:.3f} (chance {:.2f})", name_of(stance), verdict.scores[i],
                       verdict.probabilities[i]);
    }
    fmt::format_to(into, "; temperature {:.3f}: a chance is exp(score / temperature), divided by their sum\n",
                   verdict.temperature);
}

void describe(std::string& out, Decision const& decision, Sentence const& sentence, bool is_quoted) {
    auto const into = std::back_inserter(out);
    if (decision.decided_by == decided_by_rules)
        fmt::format_to(into, "    {} cue \"{}\" matches \"{}\"\n", decision.cue_supports ? "supporting" : "refuting",
                       decision.cue, words_at(sentence.text, decision.begin, decision.end));
    else
        fmt::format_to(into, "    judged by {}\n", decider_in_words(decision.decided_by));
    for (auto const& modifier : decision.modifiers) {
        fmt::format_to(into, "      {}: \"{}\"", modifier.kind, modifier.text);
        if (modifier.scope_end > modifier.scope_begin)
            fmt::format_to(into, " over \"{}\"", words_at(sentence.text, modifier.scope_begin, modifier.scope_end));
        out += '\n';
    }
    describe(out, decision.contributions);
    describe_scores(out, decision, sentence);
    if (decision.confidence)
        fmt::format_to(into,
                       "      chance that this quote points that way: {:.2f} (calibrated on pairs of claim and "
                       "abstract sentence)\n",
                       *decision.confidence);
    if (decision.counted)
        fmt::format_to(into, "      -> counts as {}: {}\n", name_of(decision.direction), decision.reason);
    else
        fmt::format_to(into, "      -> {}: {}\n", is_quoted ? "neutral" : "refused", decision.reason);
}

void describe_sentences(std::string& out, Explanation const& e) {
    auto last = static_cast<std::size_t>(-1);
    for (auto const* decision : decisions_on(e)) {
        auto const& sentence = e.article.sentences[decision->sentence];
        if (decision->sentence != last)
            fmt::format_to(std::back_inserter(out), "\n  {} (bytes {}-{}, {})\n  \"{}\"\n",
                           place_of(e.article, sentence.page, sentence.line), sentence.bytes.begin, sentence.bytes.end,
                           name_of(sentence.role), sentence.text);
        last = decision->sentence;
        describe(out, *decision, sentence, is_quoted_by(*decision, e));
    }
    if (last == static_cast<std::size_t>(-1)) out += "\n  nothing in the article was found to speak of this claim\n";
}

// --- text: quotes and sum -------------------------------------------------------------------------------------------

/// "refutes, strength 0.64, hedged, reported, causal link: direct".
std::string properties_of(EvidenceItem const& quote) {
    auto const counts = counted_as(quote);
    auto text = fmt::format("{}, strength {:.2f}", name_of(counts), quote.strength);
    if (quote.hedged) text += ", hedged";
    if (quote.attribution != Attribution::asserted) text += std::string(", ") + name_of(quote.attribution);
    if (quote.causal_strength != CausalStrength::none)
        text += std::string(", causal link: ") + name_of(quote.causal_strength);
    if (quote.decided_by != decided_by_rules) text += ", decided by " + decider_in_words(quote.decided_by);
    if (quote.confidence) text += fmt::format(", chance that it points that way {:.2f}", *quote.confidence);
    return text;
}

std::string condition_in_words(std::string const& condition) {
    return condition.empty() ? "no condition" : "under " + condition;
}

void describe_quotes(std::string& out, Explanation const& e, std::vector<EvidenceItem> const& quotes) {
    if (quotes.empty()) return;
    out += "\n  quotes (the same words count once per direction and condition)\n";
    if (std::any_of(quotes.begin(), quotes.end(),
                    [](EvidenceItem const& quote) { return quote.confidence.has_value(); }))
        out += "  (strength is the chance, lowered where the subject is only understood from around the sentence)\n";
    for (std::size_t i = 0; i < quotes.size(); ++i)
        fmt::format_to(std::back_inserter(out), "    {}. {}: {}; {}\n", i + 1,
                       condition_in_words(quotes[i].condition_id), properties_of(quotes[i]),
                       place_of(e.article, quotes[i].page, quotes[i].line));
}

/// "2 for, 1 against, 1 without a side; 2 of 3 point one way: 0.67, below 0.70".
std::string sum_of(QuoteCount const& quotes) {
    auto const n = quotes.supporting + quotes.refuting;
    auto text = fmt::format("{} for, {} against", quotes.supporting, quotes.refuting);
    if (quotes.neutral > 0) text += fmt::format(", {} without a side", quotes.neutral);
    if (n == 0) return text;
    auto const most = std::max(quotes.supporting, quotes.refuting);
    auto const share = static_cast<double>(most) / static_cast<double>(n);
    auto const enough = stance_of(quotes) != Stance::mixed;
    return text + fmt::format("; {} of {} point one way: {:.2f}, {} {:.2f}", most, n, share,
                              enough ? "at or above" : "below", one_direction_share);
}

using Strata = std::map<std::string, QuoteCount>;

/// Why the strata come to this stance.
std::string reason_of_overall(Strata const& strata, Stance stance) {
    std::size_t directional = 0;
    bool same = true;
    std::optional<Stance> first;
    for (auto const& [condition, quotes] : strata) {
        if (!quotes.directional()) continue;
        ++directional;
        if (!first) first = stance_of(quotes);
        same = same && *first == stance_of(quotes);
    }
    if (directional == 0) return "no quote takes a side";
    if (directional == 1) return "as the one line above that takes a side";
    if (same) return "as every line above that takes a side";
    return stance == Stance::mixed
               ? "the lines above differ"
               : "what is said without a condition is not outnumbered by what is said against it under conditions";
}

void describe_contradictions(std::string& out, Strata const& strata, std::vector<EvidenceItem> const& quotes) {
    for (auto const& [condition, counts] : strata) {
        if (!counts.both_ways()) continue;
        fmt::format_to(std::back_inserter(out), "\n  it contradicts itself ({})\n", condition_in_words(condition));
        for (auto const direction : {Direction::supports, Direction::refutes}) {
            auto const quote = std::find_if(quotes.begin(), quotes.end(), [&](EvidenceItem const& item) {
                return item.condition_id == condition && counted_as(item) == direction;
            });
            fmt::format_to(std::back_inserter(out), "    {}: \"{}\"\n", name_of(direction), quote->quote);
        }
    }
}

bool is_undecided(Explanation const& e) {
    auto const& claims = e.evidence.undecided_claims;
    return std::find(claims.begin(), claims.end(), e.claim.id) != claims.end();
}

/// Why an article is not asked, or what its silence means; empty: nothing stands against asking it.
std::string obstacle(Explanation const& e) {
    if (e.article.status == ArticleStatus::not_assessable)
        return "the article cannot be assessed: " + e.article.status_reason;
    if (is_undecided(e)) return "the engine that decides this claim failed";
    if (e.article.truncated) return "the capture of the article breaks off: what is missing cannot be called silent";
    return {};
}

void describe_sum(std::string& out, Explanation const& e, std::vector<EvidenceItem> const& quotes) {
    auto const into = std::back_inserter(out);
    if (auto const why = obstacle(e); !why.empty()) fmt::format_to(into, "\n  {}\n", why);
    auto const strata = count_quotes(e.evidence.items, e.claim.id);
    out += "\n  sum, over distinct quotes (docs/explanations/how-a-stance-is-decided.md)\n";
    for (auto const& [condition, counts] : strata)
        fmt::format_to(into, "    {}: {} -> {}\n", condition_in_words(condition), sum_of(counts),
                       name_of(stance_of(counts)));
    if (e.stances.empty()) return;
    auto const& overall = e.stances.front();
    auto const by_quotes = overall_stance(strata);
    fmt::format_to(into, "    overall: {}", name_of(overall.stance));
    if (by_quotes == overall.stance) fmt::format_to(into, ", {}", reason_of_overall(strata, by_quotes));
    if (overall.explained_by_conditions) out += "; explained by conditions";
    if (overall.internally_contradictory) out += "; contradicts itself";
    fmt::format_to(into, "\n    decided by {}", decider_of(overall));
    if (overall.confidence)
        fmt::format_to(into, "; chance that its surest quote points that way: {:.2f}", *overall.confidence);
    out += '\n';
    describe_contradictions(out, strata, quotes);
}

std::string in_words(Stance stance) {
    return stance == Stance::not_assessable ? "not assessable" : name_of(stance);
}

/// "overridden by jm (2026-11-22): refutes, where the engine says supports: the sample is of mice".
std::string words_of(AnnotationOutcome const& outcome) {
    auto const& annotation = outcome.annotation;
    bool const decides = annotation.role == AnnotationRole::override_stance;
    auto text = std::string(decides && outcome.status == AnnotationStatus::applied ? "overridden"
                            : decides                                              ? "not overridden, though decided"
                                                                                   : "rated") +
                " by " + annotation.who;
    if (!annotation.when.empty()) text += " (" + annotation.when + ")";
    text += ": " + in_words(annotation.stance);
    if (outcome.detector) text += ", where the engine says " + in_words(*outcome.detector);
    if (!annotation.why.empty()) text += ": " + annotation.why;
    if (!is_in_force(outcome.status)) text += "; it does not count: " + outcome.reason;
    return text;
}

void describe_annotations(std::string& out, Explanation const& e) {
    if (e.annotations.empty()) return;
    out += "\n  what people say (docs/annotations.md)\n";
    for (auto const& outcome : e.annotations)
        fmt::format_to(std::back_inserter(out), "    {}: {}\n",
                       outcome.annotation.condition_id.empty() ? "overall" : "under " + outcome.annotation.condition_id,
                       words_of(outcome));
}

// --- JSON -----------------------------------------------------------------------------------------------------------

template <class Value>
Json or_null(std::optional<Value> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json page_or_null(std::size_t page) {
    return page == 0 ? Json(nullptr) : Json(page);
}

Json as_json(Modifier const& modifier) {
    return {{"kind", modifier.kind},
            {"text", modifier.text},
            {"begin", modifier.begin},
            {"end", modifier.end},
            {"scope_begin", modifier.scope_begin},
            {"scope_end", modifier.scope_end}};
}

Json as_json(Contribution const& part) {
    return {{"feature", part.feature}, {"value", part.value}, {"weight", part.weight}, {"words", part.words}};
}

Json as_json(EvidenceItem const& quote);
Json as_json(ArticleStance const& stance);
Json as_json(AnnotationOutcome const& outcome);

template <class Value>
Json list_of(std::vector<Value> const& values) {
    Json list = Json::array();
    for (auto const& value : values)
        list.push_back(as_json(value));
    return list;
}

Json as_json(Decision const& decision, Sentence const& sentence) {
    bool const by_cue = decision.decided_by == decided_by_rules;
    return {{"sentence_number", decision.sentence},
            {"page", page_or_null(sentence.page)},
            {"line", sentence.line},
            {"byte_begin", sentence.bytes.begin},
            {"byte_end", sentence.bytes.end},
            {"role", name_of(sentence.role)},
            {"sentence", sentence.text},
            {"decided_by", decision.decided_by},
            {"cue", by_cue ? Json(decision.cue) : Json(nullptr)},
            {"cue_side", by_cue ? Json(decision.cue_supports ? "supports" : "refutes") : Json(nullptr)},
            {"match_begin", decision.begin},
            {"match_end", decision.end},
            {"modifiers", list_of(decision.modifiers)},
            {"contributions", list_of(decision.contributions)},
            {"score", decision.contributions.empty() ? Json(nullptr) : Json(score_of(decision.contributions))},
            {"causal_strength", name_of(decision.causal_strength)},
            {"confidence", or_null(decision.confidence)},
            {"counted", decision.counted},
            {"direction", decision.counted ? Json(name_of(decision.direction)) : Json(nullptr)},
            {"reason", decision.reason}};
}

Json as_json(EvidenceItem const& quote) {
    return {{"sentence_number", quote.sentence},
            {"page", page_or_null(quote.page)},
            {"line", quote.line},
            {"byte_begin", quote.bytes.begin},
            {"byte_end", quote.bytes.end},
            {"quote", quote.quote},
            {"condition", quote.condition_id},
            {"direction", name_of(quote.direction)},
            {"attribution", name_of(quote.attribution)},
            {"counted_as", name_of(counted_as(quote))},
            {"strength", quote.strength},
            {"hedged", quote.hedged},
            {"causal_strength", name_of(quote.causal_strength)},
            {"decided_by", quote.decided_by},
            {"confidence", or_null(quote.confidence)},
            {"rule", quote.rule}};
}

Json as_json(std::string const& condition, QuoteCount const& counts) {
    auto const n = counts.supporting + counts.refuting;
    auto const most = std::max(counts.supporting, counts.refuting);
    return {{"condition", condition},
            {"n_supporting", counts.supporting},
            {"n_refuting", counts.refuting},
            {"n_neutral", counts.neutral},
            {"share", n == 0 ? Json(nullptr) : Json(static_cast<double>(most) / static_cast<double>(n))},
            {"stance", name_of(stance_of(counts))},
            {"contradictory", counts.both_ways()}};
}

Json as_json(ArticleStance const& stance) {
    return {{"condition", stance.condition_id},
            {"stance", name_of(stance.stance)},
            {"n_supporting", stance.n_supporting},
            {"n_refuting", stance.n_refuting},
            {"decided_by", stance.decided_by},
            {"confidence", or_null(stance.confidence)},
            {"explained_by_conditions", stance.explained_by_conditions},
            {"internally_contradictory", stance.internally_contradictory}};
}

Json as_json(AnnotationOutcome const& outcome) {
    auto const& annotation = outcome.annotation;
    return {{"condition", annotation.condition_id},
            {"role", name_of(annotation.role)},
            {"who", annotation.who},
            {"when", annotation.when},
            {"stance", name_of(annotation.stance)},
            {"why", annotation.why},
            {"status", name_of(outcome.status)},
            {"reason", outcome.reason},
            {"detector", outcome.detector ? Json(name_of(*outcome.detector)) : Json(nullptr)}};
}

}  // namespace

bool is_meant(Article const& article, std::string const& wanted) {
    return wanted.empty() || article.id == wanted || article.path == wanted || article.path.ends_with("/" + wanted);
}

bool has_decisions(Explanation const& explanation) {
    return !decisions_on(explanation).empty() || !quotes_on(explanation).empty() || !explanation.annotations.empty();
}

std::string explain_as_text(Explanation const& e) {
    std::string out = fmt::format("{}: {}\n{}: {}\n", e.claim.id, e.claim.statement, display_text(e.article.id),
                                  display_text(e.article.title.value.empty() ? e.article.path : e.article.title.value));
    auto const quotes = quotes_on(e);
    describe_sentences(out, e);
    describe_quotes(out, e, quotes);
    describe_sum(out, e, quotes);
    describe_annotations(out, e);
    return display_lines(out);
}

std::string explain_as_json(Explanation const& e) {
    Json decisions = Json::array(), strata = Json::array();
    for (auto const* decision : decisions_on(e))
        decisions.push_back(as_json(*decision, e.article.sentences[decision->sentence]));
    for (auto const& [condition, counts] : count_quotes(e.evidence.items, e.claim.id))
        strata.push_back(as_json(condition, counts));
    Json const explained = {{"claim", e.claim.id},
                            {"statement", e.claim.statement},
                            {"article", e.article.id},
                            {"path", e.article.path},
                            {"status", e.article.status == ArticleStatus::ok ? "ok" : "not_assessable"},
                            {"status_reason", e.article.status_reason},
                            {"truncated", e.article.truncated},
                            {"engine_failed", is_undecided(e)},
                            {"share_needed", one_direction_share},
                            {"decisions", std::move(decisions)},
                            {"quotes", list_of(quotes_on(e))},
                            {"by_condition", std::move(strata)},
                            {"stances", list_of(e.stances)},
                            {"annotations", list_of(e.annotations)}};
    return explained.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string overview_as_text(std::string const& title, std::vector<ExplainedStance> const& stances) {
    std::string out = "\n" + title + "\n";
    StanceTally tally;
    for (auto const& [name, stance] : stances) {
        ++tally.of(stance.stance);
        fmt::format_to(std::back_inserter(out), "  {:<14}  {}", name_of(stance.stance), display_text(name));
        if (stance.n_supporting + stance.n_refuting > 0)
            fmt::format_to(std::back_inserter(out), "  ({} for, {} against)", stance.n_supporting, stance.n_refuting);
        if (stance.explained_by_conditions) out += "  explained by conditions";
        if (stance.internally_contradictory) out += "  contradicts itself";
        if (stance.overridden)
            out += "  overridden by " + stance.decided_by + "; the engine says " + in_words(*stance.overridden);
        out += '\n';
    }
    fmt::format_to(std::back_inserter(out),
                   "  together: {} supports, {} refutes, {} mixed, {} neutral, {} silent, {} not assessable\n",
                   tally.supports, tally.refutes, tally.mixed, tally.neutral, tally.silent, tally.not_assessable);
    return display_lines(out);
}

}  // namespace dossier
