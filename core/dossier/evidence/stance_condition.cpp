// Under which condition a cue holds: that of its clause, of the text around it, or one that the registry does not name.
#include "dossier/evidence/stance_reading.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>

namespace dossier {

namespace {

constexpr double heading_strength = 0.8;    // a condition that only the heading names
constexpr std::size_t max_list_items = 40;  // between an item and the line that opens its list
constexpr std::size_t nearby = 3;           // words between a denial and the condition it denies

bool lies_between(PhraseMatch const& middle, PhraseMatch const& a, PhraseMatch const& b) {
    auto const& left = a.first < b.first ? a : b;
    auto const& right = a.first < b.first ? b : a;
    return middle.first > left.last && middle.last < right.first;
}

/// "…: the devices do not help": what follows a colon stands by itself.
bool has_colon_between(PhraseMatch const& left, PhraseMatch const& right, Tokens const& tokens) {
    for (auto i = left.last + 1; i <= right.first; ++i)
        if (tokens[i].before == Mark::colon) return true;
    return false;
}

bool contains(std::vector<std::string> const& ids, std::string const& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

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

/// "In older people or after a short night": nothing but prepositions and the like stands between the two.
bool is_named_beside(PhraseMatch const& a, PhraseMatch const& b, SentenceContext const& context) {
    constexpr std::size_t most_between = 4;
    auto const& left = a.first < b.first ? a : b;
    auto const& right = a.first < b.first ? b : a;
    if (right.first <= left.last || right.first - left.last - 1 > most_between) return false;
    bool is_joined = false;
    for (auto i = left.last + 1; i < right.first; ++i) {
        auto const& word = context.tokens()[i].text;
        bool const joins = word == "or" || word == "and";
        if (!joins && !context.at(i, RuleKind::opener) && !context.at(i, RuleKind::stopword)) return false;
        is_joined |= joins;
    }
    return is_joined;
}

/// "in such cases", "then": under what the sentence before says.
bool refers_to_condition_before(PhraseMatch const& cue, SentenceContext const& context) {
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::proviso && hit.rule->value == "as before" &&
               context.segment(hit.match.first) == context.segment(cue.first);
    });
}

/// Under "In high doses": "at normal doses" and "at doses of 5 g" name a condition of the same kind, "such doses" point back. Under
/// "In children" all children are meant, young ones, too.
/// @param phrase  of the condition around the sentence, in `around`
bool names_another_of_its_kind(PhraseMatch const& phrase, Tokens const& around, SentenceContext const& context) {
    if (phrase.first == phrase.last) return false;
    auto const& noun = around[phrase.last].text;
    static constexpr std::string_view pointing[] = {"such", "these", "those", "this", "that", "the",   "its",
                                                    "same", "a",     "any",   "all",  "and",  "large", "of"};
    auto const singular = [](std::string_view word) {
        return word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
    };
    auto const& tokens = context.tokens();
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        if (singular(tokens[at].text) != singular(noun)) continue;
        auto const& before = tokens[at - 1].text;
        bool const counts = at + 2 < tokens.size() && (tokens[at + 1].text == "of" || tokens[at + 1].text == "below") &&
                            tokens[at + 2].text.front() >= '0' && tokens[at + 2].text.front() <= '9';
        bool const is_bare = tokens[at].before != Mark::none || context.at(at - 1, RuleKind::opener) ||
                             context.at(at - 1, RuleKind::stopword) || context.at(at - 1, RuleKind::verb) ||
                             std::find(std::begin(pointing), std::end(pointing), before) != std::end(pointing);
        if (counts || !is_bare) return true;
    }
    return false;
}

/// The line that opens a list ends in a colon.
bool opens_list(Sentence const& sentence) {
    return sentence.text.ends_with(':');
}

}  // namespace

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
    auto const& here = view_.context(sentence);
    auto const take = [&](std::uint32_t condition, PhraseMatch const& phrase, Tokens const& around, char const* where) {
        auto const& id = registry_.conditions[condition].id;
        if (!reading.condition_id.empty() || (!contains(claim.only_under, id) && !contains(claim.conditions, id)) ||
            names_another_of_its_kind(phrase, around, here))
            return;
        reading.condition_id = id;
        reading.strength *= heading_strength;
        reading.steps.push_back(std::string("under the condition of ") + where);
    };
    if (auto const source = source_of_condition(cue, sentence))
        for (auto const& hit : conditions_in(view_, *source))
            take(hit.condition, hit.match, view_.read(*source).tokens, "the text before");
    auto const& heading = view_.heading(sentence);
    for (auto const& match : heading.matches)
        for (auto const& use : view_.index().uses(match.phrase))
            if (use.role == PhraseRole::condition) take(use.owner, match, heading.tokens, "its heading");
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
        for (auto const& hit : hits) {
            auto const& id = registry_.conditions[hit.condition].id;
            if (hit.condition == best->condition || wanted(id) == 0 || contains(reading.also_under, id) ||
                !is_named_beside(hit.match, best->match, context))
                continue;
            reading.also_under.push_back(id);
            reading.steps.push_back("and " + quoted(view_.sentence(sentence).text, context.tokens(), hit.match));
        }
    } else if (hits.empty()) {
        set_condition_from_around(reading, cue, sentence);
    }
    return claim.only_under.empty() || contains(claim.only_under, reading.condition_id);
}

void StanceReader::check_condition(Reading& reading, Site const& site) {
    if (!set_condition(reading, site.cue, site.cues, site.sentence))
        reading.refuse("the claim holds only under a condition, and none of its conditions governs the clause");
}

void StanceReader::check_unnamed_condition(Reading& reading, Site const& site) {
    if (!rests_on_unnamed_condition(reading, site.cue, site.sentence)) return;
    reading.neutral = true;
    reading.refuse("it holds only under a condition that the registry does not name");
}

}  // namespace dossier
