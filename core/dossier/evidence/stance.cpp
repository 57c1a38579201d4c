#include "dossier/evidence/stance.hpp"

#include <algorithm>
#include <tuple>

namespace dossier {

namespace {

constexpr double derived_strength = 0.5;  // cues made from a statement are a guess
constexpr double heading_strength = 0.8;  // a condition that only the heading names
constexpr std::size_t nearby = 3;         // words between a denial and the condition it denies

/// Rules that take the side out of a cue: the first of these that governs it decides.
struct SideTaker {
    RuleKind kind;
    Attribution attribution;
    bool is_neutral;  ///< discussed without a side; otherwise simply refused
    char const* reason;
};
constexpr SideTaker side_takers[] = {
    {RuleKind::question, Attribution::asked, true, "it is asked or unsettled, not stated"},
    {RuleKind::hypothetical, Attribution::hypothetical, true, "it is supposed, not stated"},
    {RuleKind::recommendation, Attribution::recommended, true, "it is a recommendation, not a statement"},
    {RuleKind::partial, Attribution::asserted, true, "it is denied of some only, which decides nothing"},
    {RuleKind::historical, Attribution::asserted, false, "it is told of the past"}};

double distance(PhraseMatch const& a, PhraseMatch const& b) {
    if (a.last < b.first) return b.first - a.last;
    return b.last < a.first ? static_cast<double>(a.first - b.last) : 0.0;
}

bool lies_between(PhraseMatch const& middle, PhraseMatch const& a, PhraseMatch const& b) {
    auto const& left = a.first < b.first ? a : b;
    auto const& right = a.first < b.first ? b : a;
    return middle.first > left.last && middle.last < right.first;
}

std::string quoted(std::string_view sentence, Tokens const& tokens, PhraseMatch const& match) {
    auto const begin = tokens[match.first].begin;
    return "'" + std::string(sentence.substr(begin, tokens[match.last].end - begin)) + "'";
}

/// "safe", "dangerous": words that say how much of a risk there is without naming it.
bool is_word_of_safety(RuleHit const& hit) {
    return hit.rule->value == "safety";
}

/// Words about risks and numbers are read elsewhere.
bool concerns_stance(RuleKind kind) {
    return kind != RuleKind::raises && kind != RuleKind::lowers && kind != RuleKind::no_effect &&
           kind != RuleKind::comparator && kind != RuleKind::study && kind != RuleKind::harm;
}

/// "… than physical addiction": what something else is measured by.
bool is_yardstick(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::frame && hit.rule->value == "yardstick";
}

/// An odd number of denials governs the words.
bool is_denied(PhraseMatch const& words, SentenceContext const& context) {
    return std::count_if(
               context.hits().begin(), context.hits().end(),
               [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation && hit.governs(words); }) %
               2 ==
           1;
}

bool contains(std::vector<std::string> const& ids, std::string const& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

/// What became of one cue.
struct StanceReader::Reading {
    bool counted = false, neutral = false;
    bool turned = false;  ///< denied, or rebutted: an odd number of times
    bool hedged = false;
    double strength = 1.0;
    Direction direction = Direction::neutral;
    Attribution attribution = Attribution::asserted;
    std::string condition_id;
    std::vector<RuleHit> hits;  ///< those that govern the cue
    std::string subject;
    std::string reason;
    std::vector<std::string> steps;  ///< what changed the reading, in words

    void refuse(std::string why) { reason = std::move(why); }
    void turn(std::string step) {
        turned = !turned;
        steps.push_back(std::move(step));
    }
};

bool is_denied_nearby(PhraseMatch const& match, SentenceContext const& context) {
    auto const& tokens = context.tokens();
    // A denied verb denies what happens, not where: only "not used in", "not been" reach the condition itself.
    auto const is_glue = [](std::string const& word) {
        return word == "been" || word == "be" || word == "being" || word == "used" || word == "in" || word == "under" ||
               word == "the" || word == "a";
    };
    auto const denies = [&](RuleHit const& hit) {
        auto const kind = hit.rule->kind;
        bool const nominal = kind == RuleKind::mitigation || hit.rule->until_verb ||
                             (kind == RuleKind::comparison && hit.rule->value == "less");
        if ((!nominal && kind != RuleKind::negation) || hit.match.last >= match.first ||
            match.first - hit.match.last > nearby || context.clause(hit.match.last) != context.clause(match.first))
            return false;
        for (auto i = hit.match.last + 1; i < match.first; ++i)
            if (nominal ? context.at(i, RuleKind::verb) != nullptr : !is_glue(tokens[i].text)) return false;
        return true;
    };
    return std::any_of(context.hits().begin(), context.hits().end(), denies);
}

std::vector<ConditionHit> conditions_in(ArticleView& view, std::size_t sentence) {
    std::vector<ConditionHit> found;
    for (auto const& match : view.read(sentence).matches)
        for (auto const& use : view.index().uses(match.phrase))
            if (use.role == PhraseRole::condition) found.push_back({use.owner, match});
    if (found.empty()) return found;
    auto const all = found;
    std::erase_if(found, [&](ConditionHit const& hit) {
        return std::any_of(all.begin(), all.end(), [&](ConditionHit const& other) {
            return other.match.n_named() > hit.match.n_named() && other.match.contains(hit.match);
        });
    });
    auto const& context = view.context(sentence);
    std::erase_if(found, [&](ConditionHit const& hit) { return is_denied_nearby(hit.match, context); });
    return found;
}

std::vector<StanceReader::Cue> StanceReader::cues_in(std::size_t sentence) const {
    std::vector<Cue> cues;
    for (auto const& match : view_.read(sentence).matches)
        for (auto const& use : view_.index().uses(match.phrase))
            if (use.role == PhraseRole::supports || use.role == PhraseRole::refutes)
                cues.push_back({match, use.owner, use.role == PhraseRole::supports, use.derived});
    std::stable_sort(cues.begin(), cues.end(), [](Cue const& a, Cue const& b) { return a.claim < b.claim; });
    return cues;
}

/// The next sentences say that what is believed here is wrong, or this one ends "…, but I was wrong".
bool StanceReader::is_rebutted_next(std::size_t sentence) {
    auto const& here = view_.sentence(sentence);
    for (auto const& hit : view_.context(sentence).hits())
        if (hit.rule->kind == RuleKind::rebuts_previous && hit.rule->value == "here") return true;
    for (auto i = sentence + 1; i < view_.size() && i <= sentence + 2; ++i) {
        if (view_.sentence(i).heading != here.heading || view_.read(i).tokens.empty()) return false;
        for (auto const& hit : view_.context(i).hits())
            if (hit.rule->kind == RuleKind::rebuts_previous) return true;
    }
    return false;
}

/// "Unless it is drunk late, coffee does not …": denied only where a condition holds that no list of the registry names.
bool StanceReader::rests_on_unnamed_condition(Reading const& reading, Cue const& cue, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const denials = std::count_if(reading.hits.begin(), reading.hits.end(),
                                       [](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation; });
    if (denials % 2 == 0) return false;
    for (auto const& hit : context.hits()) {
        auto const first = hit.match.first;
        bool const leads = first == 0 || context.segment(first - 1) != context.segment(first) ||
                           (first == 1 && context.at(0, RuleKind::contrast));
        if (hit.rule->kind != RuleKind::proviso || !leads || cue.match.first <= hit.match.last ||
            context.segment(first) != context.segment(cue.match.first) ||
            context.clause(first) == context.clause(cue.match.first))
            continue;
        auto const& matches = view_.read(sentence).matches;
        return hit.rule->value == "inverse" ||
               std::none_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
                   return view_.index().has(match.phrase, PhraseRole::condition) &&
                          context.clause(match.first) == context.clause(first);
               });
    }
    return false;
}

/// "Coffee may reduce the risk of …": the subject itself lowers the outcome, and so denies that it brings it.
bool StanceReader::is_by_subject(RuleHit const& hit, Cue const& cue, std::size_t sentence) {
    if (hit.rule->value != "by subject") return false;
    auto const& context = view_.context(sentence);
    auto const group = view_.index().group_of_claim(cue.claim);
    for (auto i = hit.match.first; i-- > 0 && context.clause(i) == context.clause(hit.match.first);) {
        for (auto const& match : view_.read(sentence).matches)
            if (match.names(i) && view_.index().has(match.phrase, PhraseRole::about, group)) return true;
        if (auto const* noun = context.at(i, RuleKind::generic); noun && noun->rule->value == "person")
            return false;  // "coffee drinkers can prevent": it is they who do it
        bool const skipped = context.at(i, RuleKind::verb) || context.at(i, RuleKind::hedge) ||
                             context.at(i, RuleKind::negation) || context.at(i, RuleKind::generic) ||
                             context.tokens()[i].text.ends_with("ly");
        if (context.at(i, RuleKind::pronoun))
            return context.tokens()[i].text == "it" || context.tokens()[i].text == "they";
        if (!skipped) return false;
    }
    return false;
}

/// Finds the condition that governs the cue. False: the claim asks for one and there is none.
bool StanceReader::set_condition(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    auto const& claim = registry_.claims[cue.claim];
    auto const& context = view_.context(sentence);
    auto const wanted = [&](std::string const& id) {
        return contains(claim.only_under, id) ? 2 : contains(claim.conditions, id) ? 1 : 0;
    };
    ConditionHit const* best = nullptr;
    auto const hits = conditions_in(view_, sentence);
    auto const rank = [&](ConditionHit const& hit) {
        return std::tuple(-wanted(registry_.conditions[hit.condition].id), distance(hit.match, cue.match));
    };
    for (auto const& hit : hits) {
        if (context.segment(hit.match.first) != context.segment(cue.match.last) &&
            context.segment(hit.match.first) != context.segment(cue.match.first))
            continue;
        bool const claimed = std::any_of(cues.begin(), cues.end(), [&](Cue const& other) {
            return other.claim == cue.claim && other.match.first > cue.match.last && hit.match.first > cue.match.last &&
                   context.clause(other.match.first) != context.clause(cue.match.last) &&
                   lies_between(other.match, cue.match, hit.match);
        });
        if (!claimed && (!best || rank(hit) < rank(*best))) best = &hit;
    }
    if (best) {
        reading.condition_id = registry_.conditions[best->condition].id;
        reading.steps.push_back("under the condition " +
                                quoted(view_.sentence(sentence).text, context.tokens(), best->match));
    } else if (hits.empty()) {
        for (auto const& match : view_.heading(sentence).matches)
            for (auto const& use : view_.index().uses(match.phrase))
                if (use.role == PhraseRole::condition && wanted(registry_.conditions[use.owner].id) > 0 &&
                    reading.condition_id.empty()) {
                    reading.condition_id = registry_.conditions[use.owner].id;
                    reading.strength *= heading_strength;
                    reading.steps.push_back("under the condition of its heading");
                }
    }
    return claim.only_under.empty() || contains(claim.only_under, reading.condition_id);
}

/// How much is said, for claims about how much; for others "how much" is not "whether".
void StanceReader::set_degree(Reading& reading, Cue const& cue, Claim const& claim, bool cue_states_degree,
                              SentenceContext const& context) {
    RuleHit const* nearest = nullptr;
    for (auto const& hit : reading.hits) {
        auto const kind = hit.rule->kind;
        if ((kind == RuleKind::degree_nil || kind == RuleKind::degree_low || kind == RuleKind::degree_high) &&
            (!nearest || distance(hit.match, cue.match) < distance(nearest->match, cue.match)))
            nearest = &hit;
    }
    auto const kind = nearest ? nearest->rule->kind : RuleKind::stopword;
    if (cue_states_degree) return;
    if (claim.degree == Degree::none) {
        if (kind == RuleKind::degree_nil) {
            reading.strength *= nearest->rule->strength;
            reading.turn("so little that it is denied");
        } else if (kind == RuleKind::degree_low && !reading.turned) {
            reading.neutral = true;
            reading.refuse("it says how much, not whether: the degree is low");
        } else if (kind == RuleKind::degree_high && reading.turned) {
            reading.neutral = true;
            reading.refuse("it says how much, not whether: a high degree is denied");
        }
        return;
    }
    if (!nearest && !reading.turned)
        return reading.refuse("the claim is about how much, and the clause does not say how much");
    bool low = !nearest || kind != RuleKind::degree_high;
    // "is not low": behind the cue it is the degree that is denied.
    bool const denied =
        nearest && nearest->match.first > cue.match.last ? is_denied(nearest->match, context) : reading.turned;
    if (nearest && denied) low = !low;
    reading.turned = low != (claim.degree == Degree::low);
    reading.steps.push_back(std::string("the degree is ") + (low ? "low" : "high"));
}

/// "safe" says of itself that the risk is low; "dangerous" that it is high, unless the clause says how dangerous.
void StanceReader::set_safety(Reading& reading, Cue const& cue, Claim const& claim, RuleHit const& word) {
    bool const low = (word.rule->kind == RuleKind::degree_low) != reading.turned;
    bool const holds = low == (claim.degree == Degree::low);
    reading.turned = cue.supports != holds;
    reading.steps.push_back(std::string("the degree is ") + (low ? "low" : "high"));
}

bool StanceReader::has_degree(Reading const& reading) {
    return std::any_of(reading.hits.begin(), reading.hits.end(), [](RuleHit const& hit) {
        auto const kind = hit.rule->kind;
        return kind == RuleKind::degree_nil || kind == RuleKind::degree_low || kind == RuleKind::degree_high;
    });
}

void StanceReader::judge(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    auto const& claim = registry_.claims[cue.claim];
    auto const& context = view_.context(sentence);
    auto const& text = view_.sentence(sentence).text;
    auto const in_words = [&](RuleHit const& hit) { return quoted(text, context.tokens(), hit.match); };

    for (auto const& other : cues)
        if (other.claim == cue.claim && other.match.n_named() > cue.match.n_named() && other.match.contains(cue.match))
            return reading.refuse("it is part of the longer cue '" + view_.index().text(other.match.phrase) + "'");
    auto const subject = subjects_.of(cue.match, sentence, view_.index().group_of_claim(cue.claim));
    reading.subject = subject.reason;
    if (!subject.is_subject) return reading.refuse(subject.reason);
    reading.strength *= subject.strength * (cue.derived ? derived_strength : 1.0);
    if (!set_condition(reading, cue, cues, sentence))
        return reading.refuse("the claim holds only under a condition, and none of its conditions governs the clause");

    auto const shares_words = [&](RuleHit const& hit) {
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token) && cue.match.names(token)) return true;
        return false;
    };
    for (auto const& hit : context.hits())
        if (hit.rule->kind == RuleKind::pseudo && hit.rule->value == "fixed" && shares_words(hit) &&
            !cue.match.contains(hit.match))
            return reading.refuse("it is part of the fixed phrase " + in_words(hit));
    bool compares = false, states_degree = false;
    RuleHit const* safety = nullptr;
    for (auto const& hit : context.hits()) {
        auto const kind = hit.rule->kind;
        compares |= kind == RuleKind::comparison && shares_words(hit);
        if (is_word_of_safety(hit) && shares_words(hit)) safety = &hit;
        states_degree |=
            !is_word_of_safety(hit) &&
            (kind == RuleKind::degree_nil || kind == RuleKind::degree_low || kind == RuleKind::degree_high) &&
            shares_words(hit);
    }
    for (auto const& hit : reading.hits)
        if ((hit.rule->kind == RuleKind::comparison || is_yardstick(hit)) && !compares)
            return reading.refuse("it is only compared (" + in_words(hit) +
                                  "), which says nothing about the thing itself");
    for (auto const& taker : side_takers)
        for (auto const& hit : reading.hits)
            if (hit.rule->kind == taker.kind) {
                reading.neutral = taker.is_neutral;
                reading.attribution = taker.attribution;
                return reading.refuse(std::string(taker.reason) + " (" + in_words(hit) + ")");
            }
    if (rests_on_unnamed_condition(reading, cue, sentence)) {
        reading.neutral = true;
        return reading.refuse("it holds only under a condition that the registry does not name");
    }
    bool is_told_rebutted = false;  // by the sentences after it: once, however often it is called a belief
    bool const rebutted_here = std::any_of(reading.hits.begin(), reading.hits.end(),
                                           [](RuleHit const& hit) { return hit.rule->kind == RuleKind::rebuttal; });
    for (auto const& hit : reading.hits)
        if (hit.rule->kind == RuleKind::doubted && !rebutted_here && !is_denied(hit.match, context) &&
            !is_rebutted_next(sentence)) {
            reading.neutral = true;
            reading.attribution = Attribution::reported;
            return reading.refuse("it is passed on, and nobody vouches for it (" + in_words(hit) + ")");
        }
    for (auto const& hit : reading.hits) {
        switch (hit.rule->kind) {
            case RuleKind::mitigation:
                if (!is_by_subject(hit, cue, sentence))
                    return reading.refuse("it is named as something to lower, avoid or treat (" + in_words(hit) + ")");
                reading.turn("lowered by the subject itself: " + in_words(hit));
                break;
            case RuleKind::negation: reading.turn("negated by " + in_words(hit)); break;
            case RuleKind::rebuttal:
                reading.attribution = Attribution::rebutted;
                reading.turn("rebutted by " + in_words(hit));
                break;
            case RuleKind::hedge:
                reading.hedged = true;
                reading.steps.push_back("hedged by " + in_words(hit));
                break;
            case RuleKind::reported:
            case RuleKind::doubted:
            case RuleKind::belief:
                if (reading.attribution == Attribution::asserted) {
                    reading.attribution = Attribution::reported;
                    reading.steps.push_back("reported (" + in_words(hit) + ")");
                }
                if (hit.rule->kind != RuleKind::reported && !is_told_rebutted && is_rebutted_next(sentence)) {
                    is_told_rebutted = true;
                    reading.attribution = Attribution::rebutted;
                    reading.turn("a belief that the text after it rebuts");
                }
                break;
            default: continue;
        }
        reading.strength *= hit.rule->strength;
    }
    if (safety && claim.degree != Degree::none && (safety->rule->kind == RuleKind::degree_low || !has_degree(reading)))
        set_safety(reading, cue, claim, *safety);
    else
        set_degree(reading, cue, claim, states_degree, context);
    if (!reading.reason.empty()) return;
    reading.counted = true;
    reading.direction = cue.supports != reading.turned ? Direction::supports : Direction::refutes;
}

StanceReader::Reading StanceReader::decide(Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    Reading reading;
    auto const role = view_.sentence(sentence).role;
    for (auto const& hit : view_.context(sentence).hits())
        if (concerns_stance(hit.rule->kind) && hit.governs(cue.match)) reading.hits.push_back(hit);
    if (!is_admissible(role)) {
        reading.refuse(std::string("a ") + name_of(role) + " is never evidence");
        return reading;
    }
    judge(reading, cue, cues, sentence);
    if (!reading.counted) return reading;
    reading.reason = reading.direction == Direction::supports ? "counts for the claim" : "counts against the claim";
    for (auto const& step : reading.steps)
        reading.reason += ", " + step;
    return reading;
}

/// One quote counts once for a claim, a direction and a condition; the strongest reading of it stays.
void StanceReader::add(std::size_t sentence, Cue const& cue, Reading const& reading,
                       std::vector<EvidenceItem>& items) const {
    auto const& source = view_.sentence(sentence);
    EvidenceItem item;
    item.claim_id = registry_.claims[cue.claim].id;
    item.article_id = view_.article().id;
    item.direction = reading.direction;
    item.strength = reading.strength;
    item.hedged = reading.hedged;
    item.attribution = reading.attribution;
    item.condition_id = reading.condition_id;
    item.quote = source.text;
    item.bytes = source.bytes;
    item.line = source.line;
    item.page = source.page;
    item.sentence = sentence;
    item.rule = "cue '" + view_.index().text(cue.match.phrase) + "'";
    if (!reading.counted) item.rule += ", " + reading.reason;
    for (auto const& step : reading.steps)
        item.rule += ", " + step;
    for (auto& other : items)
        if (other.claim_id == item.claim_id && other.direction == item.direction &&
            other.condition_id == item.condition_id) {
            if (item.strength > other.strength) other = std::move(item);
            return;
        }
    items.push_back(std::move(item));
}

void StanceReader::read(std::size_t sentence, bool keep_decisions, ArticleEvidence& evidence) {
    auto const cues = cues_in(sentence);
    if (cues.empty() || (!keep_decisions && !is_admissible(view_.sentence(sentence).role))) return;
    auto const& source = view_.sentence(sentence);
    auto const& tokens = view_.read(sentence).tokens;
    std::vector<EvidenceItem> items;
    for (auto const& cue : cues) {
        auto const reading = decide(cue, cues, sentence);
        if (reading.counted || reading.neutral) add(sentence, cue, reading, items);
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
        decision.counted = reading.counted;
        decision.direction = reading.direction;
        decision.reason = reading.reason;
        if (reading.counted && !reading.subject.empty()) decision.reason += "; " + reading.subject;
        evidence.decisions.push_back(std::move(decision));
    }
    for (auto& item : items) {
        // A quote that takes a side says more than one that only discusses.
        bool const takes_side = std::any_of(items.begin(), items.end(), [&](EvidenceItem const& other) {
            return other.claim_id == item.claim_id && other.direction != Direction::neutral;
        });
        if (item.direction != Direction::neutral || !takes_side) evidence.items.push_back(item);
    }
}

}  // namespace dossier
