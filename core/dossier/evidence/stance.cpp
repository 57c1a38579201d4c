#include "dossier/evidence/stance.hpp"

#include <algorithm>
#include <tuple>

#include "dossier/evidence/causal_strength.hpp"

namespace dossier {

namespace {

constexpr double quotation_strength = 0.95;
constexpr double heading_strength = 0.8;            // a condition that only the heading names
constexpr std::size_t max_list_items = 40;          // between an item and the line that opens its list
constexpr std::size_t max_label_words = 3;          // "Myth 4:", "A common misconception:"
constexpr std::size_t max_cues_of_claim = 24;       // in one sentence
constexpr std::size_t max_cues_of_sentence = 2000;  // of all claims
constexpr std::size_t nearby = 3;                   // words between a denial and the condition it denies
constexpr std::size_t max_to_report = 2;            // words from "our trial" to the verb of its finding

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

/// "…: the devices do not help": what follows a colon stands by itself.
bool has_colon_between(PhraseMatch const& left, PhraseMatch const& right, Tokens const& tokens) {
    for (auto i = left.last + 1; i <= right.first; ++i)
        if (tokens[i].before == Mark::colon) return true;
    return false;
}

bool is_degree(RuleKind kind) {
    return kind == RuleKind::degree_nil || kind == RuleKind::degree_low || kind == RuleKind::degree_high;
}

/// "safe", "dangerous": words that say how much of a risk there is without naming it.
bool is_word_of_safety(RuleHit const& hit) {
    return hit.rule->value == "safety";
}

/// Words about risks and numbers are read elsewhere.
bool concerns_stance(RuleKind kind) {
    return kind != RuleKind::raises && kind != RuleKind::lowers && kind != RuleKind::no_effect &&
           kind != RuleKind::comparator && kind != RuleKind::study && kind != RuleKind::harm &&
           kind != RuleKind::causal && kind != RuleKind::association && kind != RuleKind::modal &&
           kind != RuleKind::no_finding && kind != RuleKind::change;
}

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

/// "Myth: coffee stunts growth": what follows the colon is rebutted.
bool is_label(RuleHit const& hit, PhraseMatch const& cue, Tokens const& tokens) {
    auto const next = hit.match.last + 1;
    return hit.rule->kind == RuleKind::rebuttal && hit.rule->value == "label" && hit.match.first < max_label_words &&
           next <= cue.first && tokens[next].before >= Mark::dash;
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

/// An odd number of denials governs the words.
bool is_denied(PhraseMatch const& words, SentenceContext const& context) {
    return std::count_if(
               context.hits().begin(), context.hits().end(),
               [&](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation && hit.governs(words); }) %
               2 ==
           1;
}

/// "neither lowered nor raised prices": one of several verbs with one object.
bool is_joined(std::uint32_t token, SentenceContext const& context) {
    static constexpr std::string_view conjunctions[] = {"and", "or", "nor", "but"};
    return token > 0 && std::find(std::begin(conjunctions), std::end(conjunctions), context.tokens()[token - 1].text) !=
                            std::end(conjunctions);
}

/// "… has no basis": rebuts what the words before the cue pass on, and nothing else.
bool is_told_of_notion(RuleHit const& hit, PhraseMatch const& cue, SentenceContext const& context) {
    if (hit.rule->kind != RuleKind::rebuttal || hit.rule->value != "of a notion") return true;
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& other) {
        return (other.rule->kind == RuleKind::belief || is_hearsay(other)) && other.match.last < cue.first &&
               other.governs(cue);
    });
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

/// "in mice" is only marked: what an animal study is worth is weighed by the article's study population.
bool is_told_of_animals(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::experiencer && hit.rule->value == "animal";
}

bool contains(std::vector<std::string> const& ids, std::string const& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

/// What became of one cue.
struct StanceReader::Reading {
    bool counted = false, neutral = false;
    bool turned = false;   ///< denied, or rebutted: an odd number of times
    bool hearsay = false;  ///< passed on, and nobody vouches for it
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

namespace {

/// "as long as it is not swallowed without food", "if you do not drink alcohol": what such a clause denies is no condition.
bool is_denied_in_proviso(PhraseMatch const& match, SentenceContext const& context) {
    auto const clause = context.clause(match.first);
    auto start = match.first;
    while (start > 0 && context.clause(start - 1) == clause)
        --start;
    static constexpr std::string_view openers[] = {"if",   "provided", "providing", "assuming",
                                                   "when", "where",    "as",        "so"};
    auto const& first = context.tokens()[start].text;
    bool const is_proviso = std::find(std::begin(openers), std::end(openers), first) != std::end(openers);
    return is_proviso && std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
               return hit.rule->id == "not" && hit.match.first > start && hit.match.last < match.first &&
                      context.clause(hit.match.first) == clause;
           });
}

}  // namespace

bool is_hearsay(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::doubted || (hit.rule->kind == RuleKind::reported && hit.rule->value == "press");
}

bool is_own_finding(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::reported && hit.rule->value == "own";
}

bool is_denied_nearby(PhraseMatch const& match, SentenceContext const& context) {
    auto const& tokens = context.tokens();
    // A denied verb denies what happens, not where: only "not used in", "not been" reach the condition itself.
    auto const is_glue = [](std::string_view word) {
        return word == "been" || word == "be" || word == "being" || word == "used" || word == "in" || word == "under" ||
               word == "the" || word == "a";
    };
    auto const denies = [&](RuleHit const& hit) {
        auto const kind = hit.rule->kind;
        if (hit.rule->value == "people" || hit.rule->value == "removal") return false;
        bool const nominal = kind == RuleKind::mitigation || hit.rule->until_verb ||
                             (kind == RuleKind::comparison && hit.rule->value == "less");
        if ((!nominal && kind != RuleKind::negation) || hit.match.last >= match.first ||
            match.first - hit.match.last > nearby || context.clause(hit.match.last) != context.clause(match.first))
            return false;
        for (auto i = hit.match.last + 1; i < match.first; ++i)
            if (nominal ? context.at(i, RuleKind::verb) != nullptr : !is_glue(tokens[i].text)) return false;
        return true;
    };
    return std::any_of(context.hits().begin(), context.hits().end(), denies) || is_denied_in_proviso(match, context);
}

namespace {

/// "unless supervised", "whether or not supervised": what is said does not hold under the condition, or not only there.
bool is_left_open(PhraseMatch const& match, SentenceContext const& context) {
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::proviso &&
               (hit.rule->value == "inverse" || hit.rule->value == "indifferent") &&
               (hit.match.first < match.first || hit.match.first == match.last + 1) &&
               context.clause(hit.match.first) == context.clause(match.first);
    });
}

/// The clause of token `at` opens with "if", "in", "when" or has no verb at all: "Drunk in large amounts, it …".
bool is_subordinate(std::uint32_t at, SentenceContext const& context) {
    auto start = at;
    while (start > 0 && context.clause(start - 1) == context.clause(at))
        --start;
    if (context.at(start, RuleKind::opener)) return true;
    for (auto i = start; i < context.tokens().size() && context.clause(i) == context.clause(at); ++i)
        if (context.at(i, RuleKind::verb)) return false;
    return true;
}

/// A main clause keeps its condition to itself, unless the condition opens the sentence: "At night it harms sleep, and …"
bool is_of_another_clause(PhraseMatch const& condition, PhraseMatch const& cue, SentenceContext const& context) {
    if (context.coordinate(condition.first) == context.coordinate(cue.first)) return false;
    return condition.first > cue.last || !is_subordinate(condition.first, context);
}

/// "in such cases", "then": under what the sentence before says.
bool refers_to_condition_before(PhraseMatch const& cue, SentenceContext const& context) {
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::proviso && hit.rule->value == "as before" &&
               context.segment(hit.match.first) == context.segment(cue.first);
    });
}

/// The line that opens a list ends in a colon.
bool opens_list(Sentence const& sentence) {
    return sentence.text.ends_with(':');
}

}  // namespace

std::vector<ConditionHit> conditions_in(ArticleView& view, std::size_t sentence) {
    std::vector<ConditionHit> found;
    for (auto const& match : view.matches(sentence))
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
    std::erase_if(found, [&](ConditionHit const& hit) {
        return is_denied_nearby(hit.match, context) || is_left_open(hit.match, context);
    });
    return found;
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

bool is_rebutted_next(ArticleView& view, std::size_t sentence, PhraseMatch const& belief) {
    auto const& here = view.sentence(sentence);
    auto const& context = view.context(sentence);
    for (auto const& hit : context.hits()) {
        if (hit.rule->kind != RuleKind::rebuts_previous) continue;
        bool const is_added =
            hit.match.first > belief.last && context.segment(hit.match.last) != context.segment(belief.last);
        if (hit.rule->value == "here" || is_added) return true;
    }
    for (auto i = sentence + 1; i < view.size() && i <= sentence + 2; ++i) {
        if (view.sentence(i).heading != here.heading || view.read(i).tokens.empty()) return false;
        for (auto const& hit : view.context(i).hits())
            if (hit.rule->kind == RuleKind::rebuts_previous) return true;
    }
    return false;
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

/// "Unless it is drunk late, coffee does not …": denied only where a condition holds that no list of the registry names.
bool StanceReader::rests_on_unnamed_condition(Reading const& reading, Cue const& cue, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const denials = std::count_if(reading.hits.begin(), reading.hits.end(),
                                       [](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation; });
    if (denials % 2 == 0) return false;
    for (auto const& hit : context.hits()) {
        auto const first = hit.match.first;
        if (first > 0 && context.tokens()[first - 1].text == "even") continue;  // "even if": with it and without
        bool const leads = first == 0 || context.segment(first - 1) != context.segment(first) ||
                           (first == 1 && context.at(0, RuleKind::contrast));
        if (hit.rule->kind != RuleKind::proviso || !leads || cue.match.first <= hit.match.last ||
            has_colon_between(hit.match, cue.match, context.tokens()) ||
            context.segment(first) != context.segment(cue.match.first) ||
            context.clause(first) == context.clause(cue.match.first))
            continue;
        auto const matches = view_.matches(sentence);
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

/// The sentence whose conditions hold here, too: the one before, if this one points back to it, or the line over a list.
std::optional<std::size_t> StanceReader::source_of_condition(Cue const& cue, std::size_t sentence) {
    auto const& here = view_.sentence(sentence);
    auto const is_item = [&](std::size_t i) { return view_.sentence(i).role == SentenceRole::list_item; };
    auto before = sentence;
    while (before > 0 && sentence - before < max_list_items && is_item(before) &&
           view_.sentence(before).heading == here.heading)
        --before;
    if (before != sentence && opens_list(view_.sentence(before))) return before;
    if (sentence == 0 || !refers_to_condition_before(cue.match, view_.context(sentence))) return std::nullopt;
    bool const follows = view_.sentence(sentence - 1).heading == here.heading &&
                         view_.sentence(sentence - 1).paragraph == here.paragraph;
    return follows ? std::optional(sentence - 1) : std::nullopt;
}

/// A condition that the text around the sentence names, where the sentence has none.
void StanceReader::set_condition_from_around(Reading& reading, Cue const& cue, std::size_t sentence) {
    auto const& claim = registry_.claims[cue.claim];
    auto const take = [&](std::uint32_t condition, char const* where) {
        auto const& id = registry_.conditions[condition].id;
        if (!reading.condition_id.empty() || (!contains(claim.only_under, id) && !contains(claim.conditions, id)))
            return;
        reading.condition_id = id;
        reading.strength *= heading_strength;
        reading.steps.push_back(std::string("under the condition of ") + where);
    };
    if (auto const source = source_of_condition(cue, sentence))
        for (auto const& hit : conditions_in(view_, *source))
            take(hit.condition, "the text before");
    for (auto const& match : view_.heading(sentence).matches)
        for (auto const& use : view_.index().uses(match.phrase))
            if (use.role == PhraseRole::condition) take(use.owner, "its heading");
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
        if (is_of_another_clause(hit.match, cue.match, context)) continue;
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
        set_condition_from_around(reading, cue, sentence);
    }
    return claim.only_under.empty() || contains(claim.only_under, reading.condition_id);
}

/// "A blogger claimed:" and then a sentence in quotation marks.
bool StanceReader::is_quoted_hearsay(std::size_t sentence) {
    if (view_.sentence(sentence).role != SentenceRole::quotation || sentence == 0 ||
        !view_.sentence(sentence - 1).text.ends_with(':'))
        return false;
    auto const& hits = view_.context(sentence - 1).hits();
    return std::any_of(hits.begin(), hits.end(), is_hearsay);
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

/// One cue, where it stands.
struct StanceReader::Site {
    Cue const& cue;
    std::vector<Cue> const& cues;  ///< of the same claim in the same sentence
    std::size_t sentence;
    Claim const& claim;
    SentenceContext const& context;
    std::string const& text;

    [[nodiscard]] std::string words(RuleHit const& hit) const { return quoted(text, context.tokens(), hit.match); }
    [[nodiscard]] bool is_named_in_cue(RuleHit const& hit) const {
        for (auto token = hit.match.first; token <= hit.match.last; ++token)
            if (hit.match.names(token) && cue.match.names(token)) return true;
        return false;
    }
};

void StanceReader::check_longer_cue(Reading& reading, Site const& site) {
    auto const& match = site.cue.match;
    for (auto const& other : site.cues) {
        if (other.match.n_named() > match.n_named() && other.match.contains(match))
            return reading.refuse("it is part of the longer cue '" + view_.index().text(other.match.phrase) + "'");
        // "The increase in the price reduced sales" speaks of what was reduced, and not of an increase in sales.
        bool const is_nearer = other.match.first > match.first && other.match.last == match.last &&
                               other.match.n_named() == match.n_named();
        if (other.supports != site.cue.supports && is_nearer && !is_joined(other.match.first, site.context))
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

void StanceReader::check_condition(Reading& reading, Site const& site) {
    if (!set_condition(reading, site.cue, site.cues, site.sentence))
        reading.refuse("the claim holds only under a condition, and none of its conditions governs the clause");
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
            !takes_for_granted(hit, site.cue.match, site.context))
            return reading.refuse("it is only compared (" + site.words(hit) +
                                  "), which says nothing about the thing itself");
}

void StanceReader::check_stated(Reading& reading, Site const& site) {
    for (auto const& taker : side_takers)
        for (auto const& hit : reading.hits)
            if (hit.rule->kind == taker.kind) {
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
}

void StanceReader::check_experiencer(Reading& reading, Site const& site) {
    for (auto const& hit : reading.hits)
        if (hit.rule->kind == RuleKind::experiencer && !is_told_of_animals(hit) &&
            !is_named_by_claim(hit, site.cue.claim, site.sentence))
            return reading.refuse("it is told of somebody else (" + site.words(hit) + ")");
}

void StanceReader::check_unnamed_condition(Reading& reading, Site const& site) {
    if (!rests_on_unnamed_condition(reading, site.cue, site.sentence)) return;
    reading.neutral = true;
    reading.refuse("it holds only under a condition that the registry does not name");
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
            !is_rebutted_next(view_, site.sentence, site.cue.match))
            return refuse("it is passed on, and nobody vouches for it (" + site.words(hit) + ")");
}

/// What the rules that govern the cue do to its direction, its strength and whose words it is.
void StanceReader::weigh_rules(Reading& reading, Site const& site) {
    bool is_told_rebutted = false;  // by the sentences after it: once, however often it is called a belief
    for (auto const& hit : reading.hits) {
        switch (hit.rule->kind) {
            case RuleKind::mitigation:
                if (!is_by_subject(hit, site.cue, site.sentence))
                    return reading.refuse(
                        "it is named as something to lower, avoid or treat, or that people have anyway (" +
                        site.words(hit) + ")");
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
                     (may_be_rebutted(hit, reading.hits) && is_rebutted_next(view_, site.sentence, site.cue.match)))) {
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
    if (!is_negated || !names_change(site.cue.match, site.context)) return;
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
    // "Small classes": a word of the subject's name says nothing of how much.
    auto const group = view_.index().group_of_claim(site.cue.claim);
    auto const matches = view_.matches(site.sentence);
    std::erase_if(reading.hits, [&](RuleHit const& hit) {
        return is_degree(hit.rule->kind) && std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
                   return match.contains(hit.match) && view_.index().has(match.phrase, PhraseRole::about, group);
               });
    });
    RuleHit const* safety = nullptr;
    bool states_degree = false;
    for (auto const& hit : site.context.hits()) {
        if (!is_degree(hit.rule->kind) || !site.is_named_in_cue(hit)) continue;
        if (is_word_of_safety(hit))
            safety = &hit;
        else
            states_degree = true;
    }
    if (safety && site.claim.degree != Degree::none &&
        (safety->rule->kind == RuleKind::degree_low || !has_degree(reading)))
        return set_safety(reading, site.cue, site.claim, *safety);
    set_degree(reading, site.cue, site.claim, states_degree, site.context);
}

void StanceReader::check_retold_hearsay(Reading& reading, Site const& site) {
    if (!retells_hearsay(reading, site.cue, site.sentence)) return;
    reading.neutral = true;
    reading.attribution = Attribution::reported;
    reading.refuse("it retells what the article only passes on where it first speaks of it");
}

/// The questions put to a cue, in this order: the first that refuses it has the last word.
void StanceReader::judge(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    using Step = void (StanceReader::*)(Reading&, Site const&);
    static constexpr Step steps[] = {
        &StanceReader::check_longer_cue,   &StanceReader::check_subject,      &StanceReader::check_condition,
        &StanceReader::check_fixed_phrase, &StanceReader::check_other_things, &StanceReader::check_comparison,
        &StanceReader::check_stated,       &StanceReader::check_experiencer,  &StanceReader::check_unnamed_condition,
        &StanceReader::check_hearsay,      &StanceReader::weigh_rules,        &StanceReader::check_denied_contrary,
        &StanceReader::weigh_quotation,    &StanceReader::weigh_degree,       &StanceReader::check_retold_hearsay};
    Site const site{
        cue, cues, sentence, registry_.claims[cue.claim], view_.context(sentence), view_.sentence(sentence).text};
    for (auto const step : steps) {
        (this->*step)(reading, site);
        if (!reading.reason.empty()) return;
    }
    reading.counted = true;
    reading.direction = cue.supports != reading.turned ? Direction::supports : Direction::refutes;
}

/// News that opens with "allegedly" leaves it out further on: what it retells is no surer for that, unless somebody vouches
/// for it there.
bool StanceReader::retells_hearsay(Reading const& reading, Cue const& cue, std::size_t sentence) {
    auto const opening = opens_with_hearsay_.find(cue.claim);
    if (opening == opens_with_hearsay_.end() || !opening->second || reading.turned) return false;
    auto const& hits = view_.context(sentence).hits();
    return std::none_of(hits.begin(), hits.end(), [](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::study ||
               (hit.rule->kind == RuleKind::reported && hit.rule->value == "vouch");
    });
}

StanceReader::Reading StanceReader::decide(Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence) {
    Reading reading;
    auto const role = view_.sentence(sentence).role;
    auto const& context = view_.context(sentence);
    for (auto const& hit : context.hits())
        if ((concerns_stance(hit.rule->kind) && hit.governs(cue.match) && is_told_of_notion(hit, cue.match, context)) ||
            is_label(hit, cue.match, context.tokens()))
            reading.hits.push_back(hit);
    for (auto const& hit : context.inner_denials())
        if (context.acts(hit, cue.match)) reading.hits.push_back(hit);
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
    item.causal_strength = read_causal_strength(view_.context(sentence), cue.match).strength;
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
    if (cues.empty() || (!keep_decisions && !is_admissible(view_.sentence(sentence).role))) return;
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
        auto const reading = decide(cue, of_claim, sentence);
        if (reading.counted || reading.neutral) add(sentence, cue, reading, items);
        if (reading.counted || reading.hearsay) opens_with_hearsay_.try_emplace(cue.claim, reading.hearsay);
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
        decision.causal_strength = read_causal_strength(view_.context(sentence), cue.match).strength;
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
