// Which way a cue that is stated points: denials, rebuttals, whose words it is, and how much it says.
#include "dossier/evidence/stance_reading.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dossier {

namespace {

constexpr double quotation_strength = 0.95;
constexpr std::size_t max_to_report = 2;  // words from "our trial" to the verb of its finding

bool is_degree(RuleKind kind) {
    return kind == RuleKind::degree_nil || kind == RuleKind::degree_low || kind == RuleKind::degree_high;
}

/// "safe", "dangerous": words that say how much of a risk there is without naming it.
bool is_word_of_safety(RuleHit const& hit) {
    return hit.rule->value == "safety";
}

/// Two ways in which the lexicon finds one rebuttal are one.
bool is_part_of_another(RuleHit const& hit, std::vector<RuleHit> const& hits) {
    for (auto const& other : hits) {
        if (&other == &hit) return false;
        if (other.rule->kind != hit.rule->kind) continue;
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token) && other.match.names(token)) return true;
    }
    return false;
}

/// "A study found that": words of reporting with a study as their subject.
bool is_of_study(RuleHit const& report, SentenceContext const& context) {
    for (auto token = report.match.first > 2 ? report.match.first - 2 : 0; token <= report.match.last; ++token)
        if (context.at(token, RuleKind::study)) return report.rule->kind == RuleKind::reported;
    return false;
}

/// "The trials do not show that": what follows bears that out, and rebuts nothing.
bool may_be_rebutted(RuleHit const& told, std::vector<RuleHit> const& hits) {
    return told.rule->kind != RuleKind::reported || std::none_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
               return hit.rule->kind == RuleKind::negation;
           });
}

/// "is unfounded" denies and rebuts in one: it turns a cue once.
bool is_denial_too(RuleHit const& rebuttal, std::vector<RuleHit> const& hits) {
    return std::any_of(hits.begin(), hits.end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::negation && hit.match.shares_words(rebuttal.match);
    });
}

/// "a reduced risk", where the cue is "risk of headache": the phrase ends on the cue's first word, and is compared with nothing.
bool lowers_first_word(RuleHit const& hit, PhraseMatch const& cue, SentenceContext const& context) {
    auto const kind = hit.rule->kind;
    if ((kind != RuleKind::mitigation && kind != RuleKind::comparison) || hit.match.first >= cue.first ||
        hit.match.last != cue.first)
        return false;
    auto const& tokens = context.tokens();
    return std::none_of(tokens.begin() + cue.last, tokens.end(),
                        [](Token const& token) { return token.text == "than"; });
}

bool has_denial(std::vector<RuleHit> const& hits) {
    return std::any_of(hits.begin(), hits.end(),
                       [](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation; });
}

/// "causes small earthquakes": of each of them it says how big it is, and not how much of the effect there is.
bool sizes_single_things(RuleHit const& degree, PhraseMatch const& cue, SentenceContext const& context) {
    auto const noun = degree.match.last + 1;
    auto const& tokens = context.tokens();
    return noun < tokens.size() && cue.names(noun) && tokens[noun].text.ends_with('s') &&
           !tokens[noun].text.ends_with("ss") && !tokens[degree.match.last].text.ends_with("ly") &&
           !context.at(noun, RuleKind::verb) && !context.at(noun, RuleKind::harm) &&
           !context.at(noun, RuleKind::generic);
}

/// "causes low birth weight", "no severe depression": says which outcome it is. "A low risk of" and "mild effects on" say
/// how much.
bool tells_which_outcome(RuleHit const& degree, PhraseMatch const& cue, SentenceContext const& context) {
    auto const& tokens = context.tokens();
    if (degree.rule->value != "quality" || degree.match.last >= cue.last) return false;
    bool is_named = false;
    for (auto i = degree.match.last + 1; i < tokens.size() && tokens[i].before == Mark::none; ++i) {
        if (context.at(i, RuleKind::stopword)) break;
        if (context.at(i, RuleKind::generic) || context.at(i, RuleKind::harm) || context.at(i, RuleKind::verb))
            return false;
        is_named |= cue.names(i);
    }
    return is_named;
}

/// "reduction", "fell", and the verbs by which one thing acts on another ("lowered", "improve").
bool is_word_of_change(std::uint32_t token, SentenceContext const& context) {
    auto const* verb = context.at(token, RuleKind::causal);
    return context.at(token, RuleKind::change) ||
           (verb && (verb->rule->value == "finite" || verb->rule->value == "infinitive"));
}

/// "slightly lowered", "a small reduction", "helps a little": a small change is a change, "a small risk of" is no more
/// than a risk.
bool sizes_change(RuleHit const& degree, SentenceContext const& context) {
    if (degree.rule->value == "change") return true;
    if (degree.rule->scope == RuleScope::backward) return false;
    for (auto token = degree.match.last + 1; token <= degree.scope_last; ++token) {
        if (is_word_of_change(token, context)) return true;
        if (context.at(token, RuleKind::stopword) || context.at(token, RuleKind::harm)) return false;
    }
    return false;
}

/// "He said that …; he has since conceded that he was mistaken."
bool is_taken_back(PhraseMatch const& cue, SentenceContext const& context) {
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::rebuts_previous && hit.rule->value == "here" && hit.match.first > cue.last;
    });
}

/// "Our trial clearly found that": the words of reporting are those of the article's own finding.
bool is_part_of_own_finding(RuleHit const& report, std::vector<RuleHit> const& hits) {
    return report.rule->kind == RuleKind::reported && std::any_of(hits.begin(), hits.end(), [&](RuleHit const& hit) {
               bool const follows =
                   report.match.first > hit.match.last && report.match.first <= hit.match.last + max_to_report;
               return is_own_finding(hit) && (&hit == &report || follows || hit.match.shares_words(report.match));
           });
}

}  // namespace

/// "Coffee may reduce the risk of …": the subject itself lowers the outcome, and so denies that it brings it.
bool StanceReader::is_by_subject(RuleHit const& hit, Cue const& cue, std::size_t sentence) {
    if (hit.rule->value != "by subject") return false;
    auto const& context = view_.context(sentence);
    auto const group = view_.index().group_of_claim(cue.claim);
    for (auto i = hit.match.first; i-- > 0 && context.clause(i) == context.clause(hit.match.first);) {
        for (auto const& match : view_.matches(sentence))
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

/// "Patients who had the operation fared better": told of those whom the subject concerns.
bool StanceReader::tells_who_is_exposed(RuleHit const& hit, Cue const& cue, std::size_t sentence) const {
    if (hit.rule->value != "people") return false;
    if (hit.match.first > cue.match.first) return true;  // "no better than those who had"
    auto const group = view_.index().group_of_claim(cue.claim);
    auto const matches = view_.matches(sentence);
    return std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
        return match.first > hit.match.last && match.last < cue.match.first &&
               view_.index().has(match.phrase, PhraseRole::about, group);
    });
}

/// "There is a risk of fire, but it is low": the degree comes in a clause of its own.
RuleHit const* StanceReader::degree_added(Cue const& cue, SentenceContext const& context) {
    for (auto const& hit : context.hits()) {
        if (!is_degree(hit.rule->kind) || hit.match.first <= cue.match.last + 2 ||
            !context.at(hit.match.first - 1, RuleKind::verb))
            continue;
        auto const& subject = context.tokens()[hit.match.first - 2].text;
        bool const is_last = hit.match.last + 1 == context.tokens().size();
        if (is_last && (subject == "it" || subject == "this" || subject == "they")) return &hit;
    }
    return nullptr;
}

/// The word of degree that governs the cue and is not itself compared ("not as low as people think").
RuleHit const* StanceReader::nearest_degree(Reading const& reading, Cue const& cue, SentenceContext const& context) {
    auto const is_compared = [&](RuleHit const& degree) {
        return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
            return hit.rule->kind == RuleKind::comparison && hit.rule->scope == RuleScope::inside &&
                   hit.governs(degree.match);
        });
    };
    RuleHit const* nearest = nullptr;
    for (auto const& hit : reading.hits)
        if (is_degree(hit.rule->kind) && !is_compared(hit) &&
            (!nearest || distance(hit.match, cue.match) < distance(nearest->match, cue.match)))
            nearest = &hit;
    return nearest;
}

/// How much is said, for claims about how much; for others "how much" is not "whether".
void StanceReader::set_degree(Reading& reading, Cue const& cue, Claim const& claim, bool cue_states_degree,
                              SentenceContext const& context) {
    auto const* nearest = nearest_degree(reading, cue, context);
    if (nearest && claim.degree == Degree::none && tells_which_outcome(*nearest, cue.match, context)) nearest = nullptr;
    if (!nearest && claim.degree != Degree::none) nearest = degree_added(cue, context);
    auto const kind = nearest ? nearest->rule->kind : RuleKind::stopword;
    if (cue_states_degree) return;
    if (claim.degree == Degree::none) {
        if (kind == RuleKind::degree_nil) {
            reading.strength *= nearest->rule->strength;
            reading.turn("so little that it is denied");
        } else if (kind == RuleKind::degree_low && !reading.turned && sizes_change(*nearest, context)) {
            reading.strength *= nearest->rule->strength;
            reading.steps.push_back("a small change is a change");
        } else if (kind == RuleKind::degree_low && !reading.turned &&
                   !sizes_single_things(*nearest, cue.match, context)) {
            reading.neutral = true;
            reading.refuse("it says how much, not whether: the degree is low");
        } else if (kind == RuleKind::degree_high && reading.turned && nearest->rule->value != "statistical") {
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
    return std::any_of(reading.hits.begin(), reading.hits.end(),
                       [](RuleHit const& hit) { return is_degree(hit.rule->kind); });
}

bool StanceReader::is_risk_that_may_fall(Site const& site) {
    static constexpr std::string_view risks[] = {"risk",   "risks",      "chance",    "chances",
                                                 "odds",   "likelihood", "incidence", "probability",
                                                 "danger", "rate",       "rates",     "prevalence"};
    static constexpr std::string_view less[] = {"reduc", "lower",   "less", "fewer", "prevent", "protect",
                                                "cut",   "decreas", "safe", "halv",  "low"};
    auto const& first = site.context.tokens()[site.cue.match.first].text;
    if (site.claim.degree != Degree::none || std::find(std::begin(risks), std::end(risks), first) == std::end(risks))
        return false;
    auto const tokens = tokenize(site.claim.statement);
    return std::none_of(tokens.begin(), tokens.end(), [](Token const& token) {
        return std::any_of(std::begin(less), std::end(less),
                           [&](std::string_view start) { return token.text.starts_with(start); });
    });
}

/// What the rules that govern the cue do to its direction, its strength and whose words it is.
void StanceReader::weigh_rules(Reading& reading, Site const& site) {
    for (auto const& hit : site.context.hits())
        if (lowers_first_word(hit, site.cue.match, site.context) && is_risk_that_may_fall(site)) {
            if (has_denial(reading.hits)) return reading.refuse("that it is lowered is denied, which decides nothing");
            reading.turn("the risk is lowered: " + site.words(hit));
            break;
        }
    bool is_told_rebutted = false;  // by the sentences after it: once, however often it is called a belief
    for (auto const& hit : reading.hits) {
        switch (hit.rule->kind) {
            case RuleKind::mitigation:
                if (hit.rule->value == "of a risk") {
                    if (!is_risk_that_may_fall(site)) continue;
                    if (has_denial(reading.hits))
                        return reading.refuse("that it is lowered is denied, which decides nothing");
                    reading.turn("the risk is lowered: " + site.words(hit));
                    continue;
                }
                if (hit.rule->value == "of a risk that is not raised") {
                    if (is_risk_that_may_fall(site) && !has_denial(reading.hits))
                        reading.turn("the risk is not raised: " + site.words(hit));
                    continue;
                }
                if (tells_who_is_exposed(hit, site.cue, site.sentence)) continue;
                if (!is_by_subject(hit, site.cue, site.sentence))
                    return reading.refuse(
                        "it is named as something to lower, avoid or treat, or that people have anyway (" +
                        site.words(hit) + ")");
                if (has_denial(reading.hits) && is_risk_that_may_fall(site))
                    return reading.refuse("that it is lowered is denied, which decides nothing");
                reading.turn("lowered by the subject itself: " + site.words(hit));
                break;
            case RuleKind::negation: reading.turn("negated by " + site.words(hit)); break;
            case RuleKind::experiencer:
                if (is_told_of_animals(hit)) reading.steps.push_back("told of animals (" + site.words(hit) + ")");
                break;
            case RuleKind::rebuttal:
                if (is_part_of_another(hit, reading.hits)) continue;
                reading.attribution = Attribution::rebutted;
                if (!is_denial_too(hit, reading.hits)) reading.turn("rebutted by " + site.words(hit));
                break;
            case RuleKind::hedge:
                reading.hedged = true;
                reading.steps.push_back("hedged by " + site.words(hit));
                break;
            case RuleKind::reported:
            case RuleKind::doubted:
            case RuleKind::belief:
                if (is_part_of_own_finding(hit, reading.hits)) {
                    if (is_own_finding(hit)) reading.steps.push_back("the article's own (" + site.words(hit) + ")");
                    continue;
                }
                // "no support for the idea that": it is the article that denies it.
                if (is_hearsay(hit) && is_denied(hit.match, site.context)) continue;
                if (reading.attribution == Attribution::asserted) {
                    reading.attribution = Attribution::reported;
                    reading.steps.push_back("reported (" + site.words(hit) + ")");
                }
                if (!is_told_rebutted &&
                    (is_taken_back(site.cue.match, site.context) ||
                     (may_be_rebutted(hit, reading.hits) && is_rebutted_next(view_, site.sentence, site.cue.match)) ||
                     is_affirmed_next(view_, site.sentence, site.cue.match))) {
                    if (is_of_study(hit, site.context)) {
                        reading.neutral = true;
                        return reading.refuse("what was found is called into question by the text after it");
                    }
                    is_told_rebutted = true;
                    reading.attribution = Attribution::rebutted;
                    reading.turn("a belief that the text after it rebuts");
                }
                break;
            default: continue;
        }
        reading.strength *= hit.rule->strength;
    }
}

/// "did not worsen pain" is not "eased pain": where a claim says which way something goes, to deny the other way decides nothing.
void StanceReader::check_denied_contrary(Reading& reading, Site const& site) {
    if (site.cue.supports || !reading.turned || reading.attribution == Attribution::rebutted ||
        site.claim.degree != Degree::none)
        return;
    auto const names_change = [](PhraseMatch const& match, SentenceContext const& context) {
        for (auto token = match.first; token <= match.last; ++token)
            if (match.names(token) && (is_word_of_change(token, context) || context.at(token, RuleKind::raises) ||
                                       context.at(token, RuleKind::lowers)))
                return true;
        return false;
    };
    bool const is_negated = std::any_of(reading.hits.begin(), reading.hits.end(),
                                        [](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation; });
    if ((!is_negated && !reading.answered) || !names_change(site.cue.match, site.context)) return;
    auto const statement = tokenize(site.claim.statement);
    SentenceContext const said(statement, view_.lexicon());
    // "Masks are useless" is borne out where they did not help.
    static constexpr std::string_view denying[] = {"useless", "ineffective", "pointless", "harmless",    "unrelated",
                                                   "neutral", "unaffected",  "safe",      "independent", "worthless"};
    bool const claims_nothing =
        std::any_of(said.hits().begin(), said.hits().end(),
                    [](RuleHit const& hit) {
                        return hit.rule->kind == RuleKind::negation || hit.rule->kind == RuleKind::no_effect ||
                               hit.rule->kind == RuleKind::degree_nil || hit.rule->kind == RuleKind::degree_low;
                    }) ||
        std::any_of(statement.begin(), statement.end(), [](Token const& word) {
            return std::find(std::begin(denying), std::end(denying), word.text) != std::end(denying);
        });
    if (claims_nothing) return;
    reading.neutral = true;
    reading.refuse("it denies the contrary of the claim, which is not to say what the claim says");
}

void StanceReader::weigh_quotation(Reading& reading, Site const& site) {
    if (view_.sentence(site.sentence).role != SentenceRole::quotation || reading.attribution != Attribution::asserted)
        return;
    reading.attribution = Attribution::reported;
    reading.strength *= quotation_strength;
    reading.steps.push_back("in somebody's words");
}

void StanceReader::weigh_degree(Reading& reading, Site const& site) {
    // "Small classes", "low doses": a word of the subject's name or of a condition says nothing of how much.
    auto const group = view_.index().group_of_claim(site.cue.claim);
    auto const matches = view_.matches(site.sentence);
    std::erase_if(reading.hits, [&](RuleHit const& hit) {
        return is_degree(hit.rule->kind) && std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
                   return match.contains(hit.match) && (view_.index().has(match.phrase, PhraseRole::about, group) ||
                                                        view_.index().has(match.phrase, PhraseRole::condition));
               });
    });
    RuleHit const* safety = nullptr;
    bool states_degree = false;
    for (auto const& hit : site.context.hits()) {
        if (!is_degree(hit.rule->kind) || !site.is_named_in_cue(hit)) continue;
        // "severe harm" as a cue for "low" names what there is little of.
        bool const is_other_end = (hit.rule->kind == RuleKind::degree_high) == (site.claim.degree == Degree::low);
        if (is_word_of_safety(hit))
            safety = &hit;
        else if (site.claim.degree == Degree::none || is_other_end != site.cue.supports)
            states_degree = true;
    }
    if (safety && site.claim.degree != Degree::none &&
        (safety->rule->kind == RuleKind::degree_low || !has_degree(reading)))
        return set_safety(reading, site.cue, site.claim, *safety);
    set_degree(reading, site.cue, site.claim, states_degree, site.context);
}

}  // namespace dossier
