#include "dossier/evidence/stance.hpp"

#include <algorithm>

#include "dossier/evidence/causal_strength.hpp"
#include "dossier/evidence/labels.hpp"
#include "dossier/evidence/stance_reading.hpp"

namespace dossier {

namespace {

constexpr double answer_strength = 0.9;
constexpr std::size_t max_cues_of_claim = 24;       // in one sentence
constexpr std::size_t max_cues_of_sentence = 2000;  // of all claims

/// Words about risks and numbers are read elsewhere.
bool concerns_stance(RuleKind kind) {
    return kind != RuleKind::raises && kind != RuleKind::lowers && kind != RuleKind::no_effect &&
           kind != RuleKind::comparator && kind != RuleKind::study && kind != RuleKind::harm &&
           kind != RuleKind::causal && kind != RuleKind::association && kind != RuleKind::modal &&
           kind != RuleKind::no_finding && kind != RuleKind::change && kind != RuleKind::origin &&
           kind != RuleKind::answer;
}

/// "do not prevent crashes, only injuries": the cue ends in what the denial leaves out.
bool is_left_out_by(RuleHit const& denial, PhraseMatch const& cue, Tokens const& tokens) {
    if (denial.rule->kind != RuleKind::negation || denial.match.last >= cue.first) return false;
    for (auto i = cue.first + 1; i <= cue.last; ++i)
        if (tokens[i].before == Mark::comma && !cue.names(i) &&
            (tokens[i].text == "only" || tokens[i].text == "merely" || tokens[i].text == "just"))
            return true;
    return false;
}

/// "… has no basis": rebuts what the words before the cue pass on, and nothing else.
bool is_told_of_notion(RuleHit const& hit, PhraseMatch const& cue, SentenceContext const& context) {
    if (hit.rule->kind != RuleKind::rebuttal || hit.rule->value != "of a notion") return true;
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& other) {
        bool const tells = other.rule->kind == RuleKind::belief || other.rule->kind == RuleKind::hypothetical;
        return (tells || is_hearsay(other)) && other.match.last < cue.first && other.governs(cue);
    });
}

}  // namespace

double distance(PhraseMatch const& a, PhraseMatch const& b) {
    if (a.last < b.first) return b.first - a.last;
    return b.last < a.first ? static_cast<double>(a.first - b.last) : 0.0;
}

std::string quoted(std::string_view sentence, Tokens const& tokens, PhraseMatch const& match) {
    auto const begin = tokens[match.first].begin;
    return "'" + std::string(sentence.substr(begin, tokens[match.last].end - begin)) + "'";
}

bool is_denied(PhraseMatch const& words, SentenceContext const& context) {
    return std::count_if(
               context.hits().begin(), context.hits().end(),
               [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation && hit.governs(words); }) %
               2 ==
           1;
}

bool is_told_of_animals(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::experiencer && hit.rule->value == "animal";
}

std::vector<StanceReader::Cue> StanceReader::cues_in(std::size_t sentence) const {
    std::vector<Cue> cues;
    for (auto const& match : view_.matches(sentence))
        for (auto const& use : view_.index().uses(match.phrase))
            if (use.role == PhraseRole::supports || use.role == PhraseRole::refutes)
                cues.push_back({match, use.owner, use.role == PhraseRole::supports});
    std::stable_sort(cues.begin(), cues.end(), [](Cue const& a, Cue const& b) { return a.claim < b.claim; });
    // A word said over and over, or a cue of a thousand claims: what is left out could add nothing to the quote.
    std::size_t n_of_claim = 0, claim = 0;
    std::erase_if(cues, [&](Cue const& cue) {
        n_of_claim = cue.claim == claim ? n_of_claim + 1 : 1;
        claim = cue.claim;
        return n_of_claim > max_cues_of_claim;
    });
    if (cues.size() > max_cues_of_sentence) cues.resize(max_cues_of_sentence);
    return cues;
}

/// The questions put to a cue, in this order: the first that refuses it has the last word.
void StanceReader::judge(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    using Step = void (StanceReader::*)(Reading&, Site const&);
    static constexpr Step steps[] = {
        &StanceReader::check_longer_cue,    &StanceReader::check_subject,      &StanceReader::check_condition,
        &StanceReader::check_fixed_phrase,  &StanceReader::check_other_things, &StanceReader::check_comparison,
        &StanceReader::check_stated,        &StanceReader::check_experiencer,  &StanceReader::check_unnamed_condition,
        &StanceReader::check_hearsay,       &StanceReader::weigh_rules,        &StanceReader::check_denied_contrary,
        &StanceReader::weigh_quotation,     &StanceReader::weigh_degree,       &StanceReader::check_left_open,
        &StanceReader::check_retold_hearsay};
    Site const site{
        cue, cues, sentence, registry_.claims[cue.claim], view_.context(sentence), view_.sentence(sentence).text};
    for (auto const step : steps) {
        (this->*step)(reading, site);
        if (!reading.reason.empty()) return;
    }
    reading.counted = true;
    reading.direction = cue.supports != reading.turned ? Direction::supports : Direction::refutes;
}

StanceReader::Reading StanceReader::decide(Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence,
                                           std::optional<Answer> const& answer) {
    Reading reading;
    auto const role = view_.sentence(sentence).role;
    auto const& context = view_.context(sentence);
    for (auto const& hit : context.hits())
        if ((concerns_stance(hit.rule->kind) && hit.governs(cue.match) && is_told_of_notion(hit, cue.match, context) &&
             !is_left_out_by(hit, cue.match, context.tokens())) ||
            is_label(hit, cue.match, context.tokens()))
            reading.hits.push_back(hit);
    for (auto const& hit : context.inner_denials())
        if (context.acts(hit, cue.match)) reading.hits.push_back(hit);
    if (answer && !has_cue_of(cue.claim, answer->sentence)) {
        reading.answered = true;
        reading.strength *= answer_strength;
        auto step = "answered '" + answer->words + "'";
        answer->is_yes ? reading.steps.push_back(std::move(step)) : reading.turn(std::move(step));
    } else if (!is_admissible(role) && !is_taken_for_granted(sentence)) {
        reading.refuse(std::string("a ") + name_of(role) + " is never evidence");
        return reading;
    }
    if (is_under_myth(view_, sentence)) {
        reading.turn("its heading calls it a myth");
        reading.attribution = Attribution::rebutted;
    }
    judge(reading, cue, cues, sentence);
    if (!reading.counted) return reading;
    reading.reason = reading.direction == Direction::supports ? "counts for the claim" : "counts against the claim";
    for (auto const& step : reading.steps)
        reading.reason += ", " + step;
    return reading;
}

/// "Did you know that sugar harms the teeth?" takes it for granted.
bool StanceReader::is_taken_for_granted(std::size_t sentence) {
    if (view_.sentence(sentence).role != SentenceRole::question) return false;
    auto const& hits = view_.context(sentence).hits();
    return std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::pseudo && hit.rule->value == "factive" && hit.match.first <= 1;
    });
}

bool StanceReader::has_cue_of(std::uint32_t claim, std::size_t sentence) const {
    auto const matches = view_.matches(sentence);
    return std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
        return view_.index().has(match.phrase, PhraseRole::supports, claim) ||
               view_.index().has(match.phrase, PhraseRole::refutes, claim);
    });
}

/// One quote counts once for a claim, a direction and a condition; the strongest reading of it stays.
void StanceReader::add(std::size_t sentence, Cue const& cue, Reading const& reading,
                       std::vector<EvidenceItem>& items) const {
    auto const& source = view_.sentence(sentence);
    auto const same = std::find_if(items.begin(), items.end(), [&](EvidenceItem const& other) {
        return other.claim_id == registry_.claims[cue.claim].id && other.direction == reading.direction &&
               other.condition_id == reading.condition_id;
    });
    if (same != items.end() && reading.strength <= same->strength) return;
    EvidenceItem item;
    item.claim_id = registry_.claims[cue.claim].id;
    item.article_id = view_.article().id;
    item.direction = reading.direction;
    item.strength = reading.strength;
    item.hedged = reading.hedged;
    item.attribution = reading.attribution;
    item.condition_id = reading.condition_id;
    item.causal_strength = reading.causal_strength;
    item.quote = source.text;
    item.bytes = source.bytes;
    item.line = source.line;
    item.page = source.page;
    item.sentence = sentence;
    item.rule = "cue '" + view_.index().text(cue.match.phrase) + "'";
    if (!reading.counted) item.rule += ", " + reading.reason;
    for (auto const& step : reading.steps)
        item.rule += ", " + step;
    if (same != items.end())
        *same = std::move(item);
    else
        items.push_back(std::move(item));
}

void StanceReader::read(std::size_t sentence, bool keep_decisions, ArticleEvidence& evidence) {
    auto const cues = cues_in(sentence);
    if (cues.empty()) return;
    auto const answer = answer_to(view_, sentence);
    if (!keep_decisions && !answer && !is_admissible(view_.sentence(sentence).role) && !is_taken_for_granted(sentence))
        return;
    auto const& source = view_.sentence(sentence);
    auto const& tokens = view_.read(sentence).tokens;
    std::vector<EvidenceItem> items;
    std::vector<Cue> of_claim;  // the cues of one claim; those of others say nothing about it
    for (auto const& cue : cues) {
        if (of_claim.empty() || of_claim.front().claim != cue.claim) {
            auto const [from, to] = std::equal_range(cues.begin(), cues.end(), cue,
                                                     [](Cue const& a, Cue const& b) { return a.claim < b.claim; });
            of_claim.assign(from, to);
        }
        auto reading = decide(cue, of_claim, sentence, answer);
        if (keep_decisions || reading.counted || reading.neutral)
            reading.causal_strength = read_causal_strength(view_.context(sentence), cue.match).strength;
        auto const quoted_from = reading.answered ? answer->sentence : sentence;
        if (reading.counted || reading.neutral) add(quoted_from, cue, reading, items);
        for (auto further = reading; auto const& condition : reading.also_under) {
            further.condition_id = condition;
            if (reading.counted || reading.neutral) add(quoted_from, cue, further, items);
        }
        if (reading.counted || reading.hearsay)
            opening_.try_emplace(cue.claim, Opening{reading.hearsay, reading.belief,
                                                    cue.supports != is_denied(cue.match, view_.context(sentence))});
        if (!keep_decisions) continue;
        Decision decision;
        decision.claim_id = registry_.claims[cue.claim].id;
        decision.sentence = sentence;
        decision.cue = view_.index().text(cue.match.phrase);
        decision.cue_supports = cue.supports;
        decision.begin = tokens[cue.match.first].begin;
        decision.end = tokens[cue.match.last].end;
        for (auto const& hit : reading.hits)
            decision.modifiers.push_back(describe(hit, tokens, source.text));
        decision.causal_strength = reading.causal_strength;
        decision.counted = reading.counted;
        decision.direction = reading.direction;
        decision.reason = reading.reason;
        if (reading.counted && !reading.subject.empty()) decision.reason += "; " + reading.subject;
        evidence.decisions.push_back(std::move(decision));
    }
    // A quote that takes a side says more than one that only discusses.
    auto const says_less = [&](EvidenceItem const& item) {
        return item.direction == Direction::neutral &&
               std::any_of(items.begin(), items.end(), [&](EvidenceItem const& other) {
                   return other.direction != Direction::neutral && other.claim_id == item.claim_id;
               });
    };
    std::vector<bool> left_out;
    for (auto const& item : items)
        left_out.push_back(says_less(item));
    for (std::size_t i = 0; i < items.size(); ++i)
        if (!left_out[i]) evidence.items.push_back(std::move(items[i]));
}

}  // namespace dossier
