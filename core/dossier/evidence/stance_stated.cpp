// Whether a cue is stated of the claim's subject at all, or part of other words, compared, asked, supposed, passed on.
#include "dossier/evidence/stance_reading.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "dossier/evidence/quantities.hpp"

namespace dossier {

namespace {

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

/// "… than physical addiction": what something else is measured by.
bool is_yardstick(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::frame && hit.rule->value == "yardstick";
}

/// "kills more bees than": the verb stands outside of what is compared, and is asserted.
bool takes_for_granted(RuleHit const& comparison, PhraseMatch const& cue, SentenceContext const& context) {
    if (comparison.rule->scope != RuleScope::inside || cue.first >= comparison.match.first ||
        cue.last >= comparison.match.last || context.tokens()[comparison.match.first].text == "as")
        return false;
    return std::none_of(context.hits().begin(), context.hits().end(),
                        [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation && hit.governs(cue); });
}

/// "is associated with more cancers": of what the cue names there are more, which nothing else is measured by.
bool counts_more(RuleHit const& comparison, PhraseMatch const& cue, SentenceContext const& context) {
    auto const& tokens = context.tokens();
    auto const noun = comparison.match.last + 1;
    if (comparison.rule->id != "comparative-more" || comparison.match.first <= cue.first || noun > cue.last ||
        !cue.names(noun) || !tokens[noun].text.ends_with('s'))
        return false;
    return std::none_of(tokens.begin() + noun, tokens.end(), [](Token const& token) { return token.text == "than"; });
}

/// "If it became cheaper, it could replace …": would follow from what is not so.
bool is_remote(PhraseMatch const& cue, SentenceContext const& context) {
    static constexpr std::string_view past[] = {"were",  "was",  "had",  "did",  "became", "got",  "came", "went",
                                                "fell",  "rose", "took", "gave", "made",   "grew", "ran",  "began",
                                                "found", "led",  "held", "kept", "left",   "met",  "lost", "knew"};
    static constexpr std::string_view modals[] = {"would", "could", "might"};
    auto const& tokens = context.tokens();
    auto const is_one_of = [](auto const& words, std::string_view word) {
        return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    std::size_t at = cue.first;
    while (at > 0 && context.clause(at - 1) == context.clause(cue.first))
        --at;
    auto const start = at;
    if (std::none_of(tokens.begin() + start, tokens.begin() + cue.last,
                     [&](Token const& token) { return is_one_of(modals, token.text); }))
        return false;
    bool is_past = false, is_behind = false;
    auto const tells_past = [&](Token const& token) {
        return is_one_of(past, token.text) || (token.text.size() > 4 && token.text.ends_with("ed"));
    };
    for (auto i = cue.last + 1; i < tokens.size() && context.segment(i) == context.segment(cue.last); ++i) {
        is_behind |= tokens[i].text == "if" && tokens[i - 1].text != "even";
        if (is_behind && tells_past(tokens[i])) return true;
    }
    while (at > 0 && context.segment(at - 1) == context.segment(cue.first)) {
        --at;
        is_past |= tells_past(tokens[at]);
        if (tokens[at].text == "if") return is_past && (at == 0 || tokens[at - 1].text != "even");
        if (context.at(at, RuleKind::opener) && context.clause(at) != context.clause(start)) break;
    }
    return false;
}

/// "… has not come true": rebuts what was hoped for.
bool is_said_of_notion(std::vector<RuleHit> const& hits) {
    return std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::rebuttal && hit.rule->value == "of a notion";
    });
}

/// "They do not.", "But they do.", "Not so.": says of what stands before it whether it is so, and nothing else.
bool is_elliptic(RuleHit const& hit) {
    return hit.rule->value == "denies" || hit.rule->value == "affirms";
}

/// "But they do." rebuts what was denied, "They do not." what was asserted; words that leave a thing open rebut nothing.
/// @param belief  in `context`: what `hit`, perhaps of another sentence, may rebut
bool rebuts(RuleHit const& hit, PhraseMatch const& belief, SentenceContext const& context) {
    if (hit.rule->value == "leaves open") return false;
    return !is_elliptic(hit) || is_denied(belief, context) == (hit.rule->value == "affirms");
}

/// "neither lowered nor raised prices": one of several verbs with one object; not "lowered output and raised prices".
bool is_joined(std::uint32_t first, std::uint32_t token, SentenceContext const& context) {
    constexpr std::uint32_t most_between_joined = 3;  // "has lowered and then raised"
    static constexpr std::string_view conjunctions[] = {"and", "or", "nor", "but"};
    return token > 0 && token <= first + most_between_joined &&
           std::find(std::begin(conjunctions), std::end(conjunctions), context.tokens()[token - 1].text) !=
               std::end(conjunctions);
}

}  // namespace

bool is_hearsay(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::doubted || (hit.rule->kind == RuleKind::reported && hit.rule->value == "press");
}

bool is_own_finding(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::reported && hit.rule->value == "own";
}

bool is_rebutted_next(ArticleView& view, std::size_t sentence, PhraseMatch const& belief) {
    auto const& here = view.sentence(sentence);
    auto const& context = view.context(sentence);
    for (auto const& hit : context.hits()) {
        if (hit.rule->kind != RuleKind::rebuts_previous) continue;
        bool const is_added =
            hit.match.first > belief.last && context.segment(hit.match.last) != context.segment(belief.last);
        if (hit.rule->value == "here" || (is_added && rebuts(hit, belief, context))) return true;
    }
    for (auto i = sentence + 1; i < view.size() && i <= sentence + 2; ++i) {
        if (view.sentence(i).heading != here.heading || view.read(i).tokens.empty()) return false;
        for (auto const& hit : view.context(i).hits())
            if (hit.rule->kind == RuleKind::rebuts_previous && rebuts(hit, belief, context) &&
                (hit.match.first <= 1 || !is_elliptic(hit)))
                return true;
    }
    return false;
}

bool is_affirmed_next(ArticleView& view, std::size_t sentence, PhraseMatch const& denied) {
    auto const next = sentence + 1;
    if (!is_denied(denied, view.context(sentence)) || next >= view.size() ||
        view.sentence(next).paragraph != view.sentence(sentence).paragraph || view.read(next).tokens.empty())
        return false;
    auto const& tokens = view.read(next).tokens;
    if (tokens[0].text != "but" && tokens[0].text != "yet" && tokens[0].text != "actually") return false;
    auto const& hits = view.context(next).hits();
    return std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::rebuts_previous && hit.rule->value == "affirms" && hit.match.first == 1;
    });
}

bool is_left_open_next(ArticleView& view, std::size_t sentence) {
    auto const next = sentence + 1;
    if (next >= view.size() || view.sentence(next).heading != view.sentence(sentence).heading ||
        view.sentence(next).paragraph != view.sentence(sentence).paragraph || view.read(next).tokens.empty())
        return false;
    auto const& hits = view.context(next).hits();
    return std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        bool const begins = hit.match.first <= 1 || hit.rule->id != "others-did-not";
        return hit.rule->kind == RuleKind::rebuts_previous && hit.rule->value == "leaves open" && begins;
    });
}

/// A claim about mothers, or of which mothers are the subject, is not told of somebody else by "her mother had …".
bool StanceReader::is_named_by_claim(RuleHit const& hit, std::uint32_t claim, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const names = [&](auto const& is_named) {
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token) && !context.at(token, RuleKind::stopword) && is_named(token)) return true;
        return false;
    };
    auto const statement = tokenize(registry_.claims[claim].statement);
    auto const matches = view_.matches(sentence);
    return names([&](std::uint32_t token) {
               return std::any_of(statement.begin(), statement.end(),
                                  [&](Token const& word) { return word.text == context.tokens()[token].text; });
           }) ||
           names([&](std::uint32_t token) {
               return std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
                   return match.names(token) &&
                          view_.index().has(match.phrase, PhraseRole::about, view_.index().group_of_claim(claim));
               });
           });
}

/// "A blogger claimed:" and then a sentence in quotation marks.
bool StanceReader::is_quoted_hearsay(std::size_t sentence) {
    if (view_.sentence(sentence).role != SentenceRole::quotation || sentence == 0 ||
        !view_.sentence(sentence - 1).text.ends_with(':'))
        return false;
    auto const& hits = view_.context(sentence - 1).hits();
    return std::any_of(hits.begin(), hits.end(), is_hearsay);
}

void StanceReader::check_longer_cue(Reading& reading, Site const& site) {
    auto const& match = site.cue.match;
    for (auto const& other : site.cues) {
        if (other.match.n_named() > match.n_named() && other.match.contains(match))
            return reading.refuse("it is part of the longer cue '" + view_.index().text(other.match.phrase) + "'");
        // "The increase in the price reduced sales" speaks of what was reduced, and not of an increase in sales.
        bool const is_nearer = other.match.first > match.first && other.match.last == match.last &&
                               other.match.n_named() == match.n_named();
        if (other.supports != site.cue.supports && is_nearer &&
            !is_joined(match.first, other.match.first, site.context))
            return reading.refuse("its last word belongs to the nearer cue '" + view_.index().text(other.match.phrase) +
                                  "'");
    }
}

void StanceReader::check_subject(Reading& reading, Site const& site) {
    auto const subject = subjects_.of(site.cue.match, site.sentence, view_.index().group_of_claim(site.cue.claim));
    reading.subject = subject.reason;
    if (!subject.is_subject) return reading.refuse(subject.reason);
    reading.strength *= subject.strength;
}

void StanceReader::check_fixed_phrase(Reading& reading, Site const& site) {
    for (auto const& hit : site.context.hits())
        if (hit.rule->kind == RuleKind::pseudo && hit.rule->value == "fixed" && site.is_named_in_cue(hit) &&
            !site.cue.match.contains(hit.match))
            return reading.refuse("it is part of the fixed phrase " + site.words(hit));
}

/// "Exposed to some addictive behaviours": what an indefinite word brings in is something else than the subject, unless it is a
/// property ("some addictive potential").
void StanceReader::check_other_things(Reading& reading, Site const& site) {
    static constexpr std::string_view indefinite[] = {"some", "certain", "other", "various", "several", "different"};
    static constexpr std::string_view properties[] = {"propert", "effect",         "qualit",  "potential", "trait",
                                                      "feature", "characteristic", "tendenc", "risk",      "aspect",
                                                      "side"};
    auto const& tokens = site.context.tokens();
    auto const& match = site.cue.match;
    auto const next = match.last + 1;
    if (match.first != match.last || match.first == 0 || next >= tokens.size() || tokens[next].before != Mark::none)
        return;
    auto const noun = tokens[next].text;
    bool const is_brought_in =
        std::find(std::begin(indefinite), std::end(indefinite), tokens[match.first - 1].text) != std::end(indefinite) &&
        noun.size() > 3 && noun.ends_with('s');
    bool const is_property = std::any_of(std::begin(properties), std::end(properties),
                                         [&](std::string_view stem) { return noun.starts_with(stem); });
    if (is_brought_in && !is_property && !site.context.at(next, RuleKind::verb))
        reading.refuse("it is said of other things: '" + std::string(tokens[match.first].text) + " " +
                       std::string(noun) + "'");
}

void StanceReader::check_comparison(Reading& reading, Site const& site) {
    auto const& hits = site.context.hits();
    bool const cue_compares = std::any_of(hits.begin(), hits.end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::comparison && site.is_named_in_cue(hit);
    });
    if (cue_compares) return;
    for (auto const& hit : reading.hits)
        if ((hit.rule->kind == RuleKind::comparison || is_yardstick(hit)) &&
            !takes_for_granted(hit, site.cue.match, site.context) && !counts_more(hit, site.cue.match, site.context))
            return reading.refuse("it is only compared (" + site.words(hit) +
                                  "), which says nothing about the thing itself");
}

void StanceReader::check_stated(Reading& reading, Site const& site) {
    for (auto const& taker : side_takers)
        for (auto const& hit : reading.hits)
            if (hit.rule->kind == taker.kind) {
                if (hit.rule->kind == RuleKind::hypothetical && is_said_of_notion(reading.hits)) {
                    reading.attribution = Attribution::rebutted;  // "the hope that … has not come true"
                    return;
                }
                if (hit.rule->value == "forecast" && is_rebutted_next(view_, site.sentence, site.cue.match)) {
                    reading.attribution = Attribution::rebutted;
                    reading.turn("foreseen (" + site.words(hit) +
                                 "), and the text after it says that it did not come true");
                    return;
                }
                reading.neutral = taker.is_neutral;
                reading.attribution = taker.attribution;
                return reading.refuse(std::string(taker.reason) + " (" + site.words(hit) + ")");
            }
    if (!is_remote(site.cue.match, site.context)) return;
    reading.neutral = true;
    reading.attribution = Attribution::hypothetical;
    reading.refuse("it would follow from something that is only supposed");
}

void StanceReader::check_experiencer(Reading& reading, Site const& site) {
    for (auto const& hit : reading.hits)
        if (hit.rule->kind == RuleKind::experiencer && !is_told_of_animals(hit) &&
            !is_named_by_claim(hit, site.cue.claim, site.sentence))
            return reading.refuse("it is told of somebody else (" + site.words(hit) + ")");
}

void StanceReader::check_hearsay(Reading& reading, Site const& site) {
    auto const refuse = [&](std::string reason) {
        reading.neutral = reading.hearsay = true;
        reading.attribution = Attribution::reported;
        reading.refuse(std::move(reason));
    };
    if (is_quoted_hearsay(site.sentence))
        return refuse("it is quoted, and the line before it does not vouch for the speaker");
    auto const& hits = reading.hits;
    bool const rebutted_here =
        std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) { return hit.rule->kind == RuleKind::rebuttal; });
    if (rebutted_here) return;
    for (auto const& hit : hits)
        if (is_hearsay(hit) && !is_denied(hit.match, site.context) &&
            !is_rebutted_next(view_, site.sentence, site.cue.match)) {
            reading.belief = hit.rule->value == "worry" || hit.rule->value == "belief";
            refuse("it is passed on, and nobody vouches for it (" + site.words(hit) + ")");
            if (hit.rule->value == "label") reading.hearsay = false;  // "Claim: …" opens a check, not a story
            return;
        }
}

/// "Significantly fewer", "than non-users", "relative risk 0.62 (…)": what was measured, and not what people say.
bool StanceReader::states_result(std::size_t sentence) {
    auto const& hits = view_.context(sentence).hits();
    bool const is_told_as_result = std::any_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        auto const& rule = *hit.rule;
        return rule.kind == RuleKind::study || is_own_finding(hit) || rule.value == "statistical" ||
               rule.id == "non-significant" || rule.id == "against-nothing" || rule.id == "more-than-nothing";
    });
    if (is_told_as_result) return true;
    if (!view_.may_hold_quantities(sentence)) return false;
    auto const quantities = quantities_in(view_.sentence(sentence).text, view_.lexicon());
    return std::any_of(quantities.begin(), quantities.end(),
                       [](Quantity const& quantity) { return quantity.measure != "%"; });
}

/// News that opens with "allegedly" leaves it out further on: what it retells is no surer for that, unless somebody vouches
/// for it there. What gives a result retells nothing, nor does what says the contrary of a worry or a belief.
bool StanceReader::retells_hearsay(Reading const& reading, Cue const& cue, std::size_t sentence) {
    auto const opening = opening_.find(cue.claim);
    if (opening == opening_.end() || !opening->second.is_hearsay || reading.turned) return false;
    if (opening->second.is_belief && opening->second.supports != cue.supports) return false;
    auto const& hits = view_.context(sentence).hits();
    return std::none_of(
               hits.begin(), hits.end(),
               [](RuleHit const& hit) { return hit.rule->kind == RuleKind::reported && hit.rule->value == "vouch"; }) &&
           !states_result(sentence);
}

/// "…, but these rats had doses far above what people eat".
bool StanceReader::is_discounted_here(Site const& site) {
    auto const& context = site.context;
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->id == "discounted-next" && hit.match.first > site.cue.match.last &&
               context.segment(hit.match.first) != context.segment(site.cue.match.last);
    });
}

/// "Some trials found that naps help. Others did not.", "He argued that … He offered no data.": what some say, and the next
/// sentence leaves open, unless it has a cue of its own, which counts for itself.
void StanceReader::check_left_open(Reading& reading, Site const& site) {
    bool const is_of_some = std::any_of(reading.hits.begin(), reading.hits.end(), [](RuleHit const& hit) {
        return (hit.rule->kind == RuleKind::reported && !is_own_finding(hit)) || is_told_of_animals(hit);
    });
    if (is_of_some && is_discounted_here(site)) {
        reading.neutral = true;
        return reading.refuse("the sentence goes on to discount it");
    }
    if (!is_of_some || reading.attribution == Attribution::rebutted || !is_left_open_next(view_, site.sentence) ||
        has_cue_of(site.cue.claim, site.sentence + 1))
        return;
    reading.neutral = true;
    reading.refuse("what some found is left open by the next sentence");
}

void StanceReader::check_retold_hearsay(Reading& reading, Site const& site) {
    if (!retells_hearsay(reading, site.cue, site.sentence)) return;
    reading.neutral = true;
    reading.attribution = Attribution::reported;
    reading.refuse("it retells what the article only passes on where it first speaks of it");
}

}  // namespace dossier
