#include "dossier/evidence/risk.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "dossier/evidence/stance.hpp"

namespace dossier {

namespace {

std::size_t distance(PhraseMatch const& a, PhraseMatch const& b) {
    if (a.last < b.first) return b.first - a.last;
    return b.last < a.first ? a.first - b.last : 0;
}

bool is_emphasis(Tokens const& tokens, RuleHit const& hit) {
    auto const& word = tokens[hit.match.first].text;
    return word == "especially" || word == "particularly" || word == "mainly";
}

/// Denied or rebutted by words outside it an odd number of times.
bool is_denied(SentenceContext const& context, PhraseMatch const& match) {
    return std::count_if(context.hits().begin(), context.hits().end(),
                         [&](RuleHit const& hit) {
                             auto const kind = hit.rule->kind;
                             return (kind == RuleKind::negation || kind == RuleKind::rebuttal) && hit.governs(match);
                         }) %
               2 ==
           1;
}

/// "This helps reduce …": speaks of what the sentence before it named.
bool points_back(SentenceContext const& context) {
    auto const& tokens = context.tokens();
    return !tokens.empty() && (tokens[0].text == "this" || tokens[0].text == "these" || tokens[0].text == "it" ||
                               tokens[0].text == "doing" || tokens[0].text == "such" || tokens[0].text == "that");
}

bool states_no_effect(SentenceContext const& context) {
    return std::any_of(context.hits().begin(), context.hits().end(),
                       [](RuleHit const& hit) { return hit.rule->kind == RuleKind::no_effect; });
}

/// "no more likely" and "associated with less" hold words that would say the contrary by themselves.
bool is_overruled(SentenceContext const& context, RuleHit const& hit) {
    auto const overrules = [&](RuleHit const& other) {
        auto const kind = other.rule->kind;
        return (kind == RuleKind::raises || kind == RuleKind::lowers) && kind != hit.rule->kind &&
               other.match.n_named() > hit.match.n_named() && other.match.contains(hit.match);
    };
    if (std::any_of(context.hits().begin(), context.hits().end(), overrules)) return true;
    for (auto token = hit.match.first; token <= hit.match.last; ++token)
        if (auto const* other = context.at(token, RuleKind::no_effect);
            other && hit.match.names(token) && !is_denied(context, other->match))
            return true;
    return false;
}

/// "People whose rugs had been removed": what is said is said of its absence.
bool is_taken_away(PhraseMatch const& factor, SentenceContext const& context) {
    constexpr std::size_t nearby = 3;  // words: "rugs had been"
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::mitigation && hit.rule->value == "removal" &&
               hit.match.first > factor.last && hit.match.first - factor.last <= nearby &&
               context.clause(hit.match.first) == context.clause(factor.last);
    });
}

/// "Thirst raises the risk, so drink enough": where the consequence begins within which `factor` stands; 0: in none. What is said
/// before it is said of something else.
std::uint32_t consequence_around(PhraseMatch const& factor, SentenceContext const& context) {
    static constexpr std::string_view openers[] = {"so", "therefore", "hence", "thus"};
    auto const& tokens = context.tokens();
    for (auto at = factor.first; at > 0 && context.segment(at) == context.segment(factor.first); --at)
        if (tokens[at].before != Mark::none && at + 1 < tokens.size() && tokens[at + 1].text != "that" &&
            std::find(std::begin(openers), std::end(openers), tokens[at].text) != std::end(openers))
            return at;
    return 0;
}

bool has_semicolon_between(PhraseMatch const& a, PhraseMatch const& b, Tokens const& tokens) {
    for (auto at = std::min(a.first, b.first) + 1; at <= std::max(a.first, b.first); ++at)
        if (tokens[at].before == Mark::semicolon) return true;
    return false;
}

/// "Does not harm the kidneys": who does no harm brings no protection either.
bool is_harm_denied(PhraseMatch const& outcome, SentenceContext const& context) {
    static constexpr std::string_view stems[] = {"harm",   "damag",  "injur",  "hurt",
                                                 "impair", "affect", "worsen", "caus"};
    auto const& tokens = context.tokens();
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        if (hit.rule->kind != RuleKind::negation || !hit.governs(outcome)) return false;
        for (auto at = hit.match.last + 1; at < outcome.first; ++at)
            if (std::any_of(std::begin(stems), std::end(stems),
                            [&](std::string_view stem) { return tokens[at].text.starts_with(stem); }))
                return true;
        return false;
    });
}

/// The article is itself the report of a study, by its design: a trial, cohort, survey, audit, review.
bool reports_own_study(Article const& article) {
    static constexpr std::string_view studies[] = {"trial",        "cohort",     "case",       "cross",
                                                   "sectional",    "systematic", "meta",       "study",
                                                   "longitudinal", "survey",     "experiment", "audit"};
    static constexpr std::string_view others[] = {"news",    "opinion",  "blog",      "marketing", "press",
                                                  "leaflet", "protocol", "narrative", "report",    "page"};
    auto const tokens = tokenize(article.study_design.value);
    auto const says = [&](auto const& words) {
        return std::any_of(tokens.begin(), tokens.end(), [&](Token const& token) {
            return std::find(std::begin(words), std::end(words), token.text) != std::end(words);
        });
    };
    return says(studies) && !says(others);
}

/// A risk factor where a sentence names it.
struct NamedFactor {
    std::uint32_t factor = 0;  ///< its place in the registry
    PhraseMatch match;
};

/// By place; of phrases within one another the longest.
std::vector<NamedFactor> factors_in(ArticleView const& view, std::size_t sentence) {
    std::vector<NamedFactor> all;
    for (auto const& match : view.matches(sentence))
        for (auto const& use : view.index().uses(match.phrase))
            if (use.role == PhraseRole::factor) all.push_back({use.owner, match});
    std::vector<NamedFactor> found;
    for (auto const& named : all)
        if (std::none_of(all.begin(), all.end(), [&](NamedFactor const& other) {
                return other.match.n_named() > named.match.n_named() && other.match.contains(named.match);
            }))
            found.push_back(named);
    return found;
}

FactorDirection turned(FactorDirection direction) {
    if (direction == FactorDirection::raises) return FactorDirection::lowers;
    return direction == FactorDirection::lowers ? FactorDirection::raises : direction;
}

}  // namespace

/// The outcome as named by the sentence, or by the one after it that points back.
struct RiskReader::Link {
    PhraseMatch factor;  ///< in the sentence of the factor
    std::size_t factor_sentence = 0;
    std::size_t sentence = 0;
    std::vector<PhraseMatch> outcomes;
    bool is_before = false;  ///< "It made no difference whether …": the sentence before names the outcome
};

/// What is said of the outcome is not stated as being so now: it is asked, supposed, told of the past, or a belief that
/// the text after it rebuts.
bool RiskReader::is_not_stated(PhraseMatch const& outcome, std::size_t sentence, Link const& link) {
    auto const& context = view_.context(sentence);
    auto const is_of_factor = [&](RuleHit const& hit) {  // "Previous falls raise the risk of another fall"
        return sentence == link.factor_sentence && !link.factor.contains(outcome) && link.factor.contains(hit.match);
    };
    bool passed_on = false, rebutted_here = false;
    for (auto const& hit : context.hits()) {
        if (!hit.governs(outcome) || is_of_factor(hit)) continue;
        switch (hit.rule->kind) {
            case RuleKind::historical:
            case RuleKind::question: return true;
            case RuleKind::hypothetical:
                if (hit.rule->value != "purpose") return true;  // "to lower the risk, …" states how it is lowered
                break;
            case RuleKind::rebuttal: rebutted_here = true; break;
            default: passed_on |= hit.rule->kind == RuleKind::belief || is_hearsay(hit);
        }
    }
    return passed_on && !rebutted_here && is_rebutted_next(view_, sentence, outcome);
}

bool RiskReader::find_outcome(std::size_t sentence, std::uint32_t factor, Link& link) {
    link.sentence = sentence;
    link.outcomes.clear();
    for (auto const& match : view_.matches(sentence))
        if (view_.index().names_outcome(match.phrase, factor) && subjects_.of(match, sentence, 0).is_subject &&
            !is_not_stated(match, sentence, link))
            link.outcomes.push_back(match);
    return !link.outcomes.empty();
}

bool RiskReader::find_link(std::size_t sentence, std::uint32_t factor, Link& link) {
    if (find_outcome(sentence, factor, link)) return true;
    auto const next = sentence + 1;
    if (sentence > 0 && states_no_effect(view_.context(sentence)) && points_back(view_.context(sentence)) &&
        view_.sentence(sentence - 1).paragraph == view_.sentence(sentence).paragraph &&
        is_admissible(view_.sentence(sentence - 1).role) && !view_.read(sentence - 1).tokens.empty() &&
        find_outcome(sentence - 1, factor, link)) {
        link.is_before = true;
        return true;
    }
    return next < view_.size() && is_admissible(view_.sentence(next).role) &&
           view_.sentence(next).paragraph == view_.sentence(sentence).paragraph && !view_.read(next).tokens.empty() &&
           points_back(view_.context(next)) && find_outcome(next, factor, link);
}

FactorDirection RiskReader::direction_of(PhraseMatch const& factor, std::size_t factor_sentence, Link const& link,
                                         FactorDirection usual) {
    if (link.is_before) return FactorDirection::no_effect;
    auto const& context = view_.context(link.sentence);
    bool const here = link.sentence == factor_sentence;
    auto const segment = here ? context.segment(factor.first) : 0;
    auto const begin = here ? consequence_around(factor, context) : 0;
    auto const in_reach = [&](std::uint32_t token) {
        return !here || (context.segment(token) == segment && token >= begin);
    };
    bool lowered = false;  // the outcome itself is said to be low or absent
    bool harmless = usual == FactorDirection::raises || usual == FactorDirection::no_effect;
    for (auto const& outcome : link.outcomes) {
        if (!in_reach(outcome.first) && !in_reach(outcome.last)) continue;
        lowered |= is_denied(context, outcome);
        harmless |= is_harm_denied(outcome, context);
        for (auto const& hit : context.hits())
            lowered |= (hit.rule->kind == RuleKind::degree_low || hit.rule->kind == RuleKind::degree_nil) &&
                       hit.governs(outcome);
    }
    auto nearest = std::numeric_limits<std::size_t>::max();
    auto direction = FactorDirection::unclear;
    bool lowers = lowered, raises = false;
    for (auto const& hit : context.hits()) {
        if (!in_reach(hit.match.first)) continue;
        auto said = FactorDirection::unclear;
        switch (hit.rule->kind) {
            case RuleKind::no_effect:
                if (is_denied(context, hit.match)) continue;  // "it is not true that … do not raise"
                said = FactorDirection::no_effect;
                break;
            case RuleKind::raises: said = FactorDirection::raises; break;
            case RuleKind::lowers: said = FactorDirection::lowers; break;
            default: continue;
        }
        if (is_emphasis(context.tokens(), hit) && lowered)
            continue;  // "low, particularly when": it stresses that the risk is low
        if (said != FactorDirection::no_effect && is_overruled(context, hit)) continue;  // "no more likely"
        if (said != FactorDirection::no_effect && is_denied(context, hit.match)) said = FactorDirection::no_effect;
        lowers |= said == FactorDirection::lowers;
        raises |= said == FactorDirection::raises;
        auto const far = here ? distance(hit.match, factor) : hit.match.first;
        if (far < nearest || (far == nearest && said == FactorDirection::no_effect)) {
            nearest = far;
            direction = said;
        }
    }
    if (direction == FactorDirection::no_effect) return direction;
    if (lowers && raises && usual != FactorDirection::unclear && usual != FactorDirection::no_effect)
        return usual;  // the sentence says both, of different things
    if (direction == FactorDirection::unclear && !lowered) return usual;
    if (direction == FactorDirection::unclear)  // to deny that a danger does harm does not make it a protection
        direction = harmless ? FactorDirection::no_effect : FactorDirection::lowers;
    auto const& around = view_.context(factor_sentence);
    return is_denied_nearby(factor, around) || is_taken_away(factor, around) ? turned(direction) : direction;
}

void RiskReader::read(std::size_t sentence, ArticleEvidence& evidence) {
    auto const& source = view_.sentence(sentence);
    if (!is_admissible(source.role)) return;
    auto const factors = factors_in(view_, sentence);
    if (factors.empty()) return;
    auto const conditions = conditions_in(view_, sentence);
    auto const& context = view_.context(sentence);
    bool const studied = reports_own_study(view_.article()) ||
                         std::any_of(context.hits().begin(), context.hits().end(),
                                     [](RuleHit const& hit) { return hit.rule->kind == RuleKind::study; });
    std::set<std::uint32_t> seen;
    for (auto const& [factor, match] : factors) {
        bool const yardstick =
            std::any_of(context.hits().begin(), context.hits().end(), [&, &here = match](RuleHit const& hit) {
                return hit.rule->kind == RuleKind::frame && hit.rule->value == "yardstick" && hit.governs(here);
            });
        if (yardstick || !seen.insert(factor).second) continue;
        auto const& known = registry_.risk_factors[factor];
        Link link{match, sentence, 0, {}, false};
        if (!find_link(sentence, factor, link)) continue;
        // Where only "risk" or "harm" stands for the outcome, the sentence itself must say which way.
        bool const named = view_.index().has_named_outcome(factor);
        auto const direction =
            direction_of(match, sentence, link, named ? known.usual_direction : FactorDirection::unclear);
        if (!named && direction == FactorDirection::unclear) continue;
        RiskMention mention;
        mention.factor_id = known.id;
        mention.article_id = view_.article().id;
        mention.direction = direction;
        mention.quote = source.text;
        mention.bytes = source.bytes;
        mention.line = source.line;
        mention.page = source.page;
        auto const condition = std::find_if(conditions.begin(), conditions.end(), [&, &here = match](auto const& hit) {
            return !has_semicolon_between(hit.match, here, context.tokens());
        });
        if (condition != conditions.end()) mention.condition_id = registry_.conditions[condition->condition].id;
        mention.with_evidence = studied;
        evidence.mentions.push_back(std::move(mention));
    }
}

std::vector<std::string> factors_named_in(std::size_t sentence, ArticleView const& view,
                                          ClaimRegistry const& registry) {
    std::set<std::uint32_t> factors;
    for (auto const& named : factors_in(view, sentence))
        factors.insert(named.factor);
    std::vector<std::string> ids;
    for (auto const factor : factors)
        ids.push_back(registry.risk_factors[factor].id);
    return ids;
}

}  // namespace dossier
