#include "dossier/evidence/statement/statement_gate.hpp"

#include <algorithm>
#include <array>

#include "dossier/evidence/context.hpp"

namespace dossier {

namespace {

using Words = std::span<ReadWord const>;

template <std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 31> prepositions{
    "of",     "in",      "for",    "on",    "to",      "with",    "by",  "from",  "at",     "within",  "after",
    "before", "against", "during", "among", "than",    "between", "as",  "into",  "over",   "through", "about",
    "under",  "when",    "while",  "if",    "because", "that",    "who", "which", "without"};
/// "risk of stroke" is about stroke: behind a transparent noun, these lead to what is meant.
constexpr std::array<std::string_view, 7> leading{"of", "for", "on", "in", "to", "against", "with"};
constexpr std::array<std::string_view, 21> transparent{
    "risk",       "risks",  "number",  "rate",      "rates",     "chance",   "chances",
    "likelihood", "odds",   "amount",  "incidence", "frequency", "severity", "symptoms",
    "level",      "levels", "quality", "feelings",  "sense",     "onset",    "factor"};
constexpr std::array<std::string_view, 14> determiners{"the",   "a",     "an",  "each",  "every", "this", "that",
                                                       "these", "those", "its", "their", "his",   "her",  "our"};
constexpr std::array<std::string_view, 17> helping{"do",    "does",  "did",    "can",    "may",     "might",
                                                   "could", "will",  "would",  "don't",  "doesn't", "didn't",
                                                   "can't", "won't", "cannot", "should", "must"};
constexpr std::array<std::string_view, 12> linking{"is",     "are",     "was",     "were",  "isn't",  "aren't",
                                                   "remain", "remains", "becomes", "seems", "become", "seem"};
constexpr std::array<std::string_view, 3> having{"has", "have", "had"};
constexpr std::array<std::string_view, 5> light_verbs{"help", "helps", "helped", "tend", "tends"};

constexpr std::array<std::string_view, 6> averting{"prevent", "avoid", "stop", "avert", "halt", "forestal"};
/// They say how grave or how great the object is, not what happens to it.
constexpr std::array<std::string_view, 6> grades{"low", "high", "severe", "mild", "poor", "chronic"};
constexpr std::array<std::string_view, 22> denying{
    "not",   "no",     "never",  "neither", "nor",   "none",  "cannot", "without", "didn't", "doesn't", "don't",
    "isn't", "wasn't", "aren't", "weren't", "won't", "can't", "myth",   "false",   "lack",   "fail",    "unable"};
constexpr std::array<std::string_view, 6> open_words{"unknown",      "unclear",    "uncertain",
                                                     "inconclusive", "unresolved", "undecided"};
/// What a trial compares with to see the effect of the thing itself.
constexpr std::array<std::string_view, 32> controls{
    "control",    "controls", "placebo",  "sham",      "before", "baseline", "those",      "peers",
    "colleagues", "usual",    "ordinary", "without",   "no",     "nothing",  "people",     "others",
    "group",      "average",  "expected", "untreated", "never",  "dummy",    "comparison", "abstainers",
    "they",       "it",       "he",       "she",       "we",     "in",       "men",        "women"};

constexpr std::size_t reach_before = 7, reach_behind = 5, reach_of_comparison = 6, reach_of_modifier = 3,
                      reach_of_helped = 3;

bool contains_stem(auto const& stems, ReadWord const& word) {
    return std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) { return word.stem == stem; });
}

/// "anxieti" and "anxious" have one root.
std::string_view root_of(std::string_view stem) {
    constexpr std::array<std::string_view, 10> endings{"ieti", "eti", "iti", "ious", "ous",
                                                       "ion",  "ive", "al",  "i",    "e"};
    for (auto const ending : endings)
        if (stem.size() >= ending.size() + 4 && stem.ends_with(ending))
            return stem.substr(0, stem.size() - ending.size());
    return stem;
}

struct FoundEffect {
    ObjectEffect effect = ObjectEffect::none;
    std::size_t at = 0;
};

/// "protects teeth" helps them, "protects against decay" lessens it.
ObjectEffect effect_at(Words words, std::size_t i, std::size_t end) {
    if (!words[i].stem.starts_with("protect")) return effect_of(words[i]);
    for (auto k = i + 1; k < std::min(end, words.size()); ++k)
        if (words[k].text == "against" || words[k].text == "from") return ObjectEffect::less;
    return ObjectEffect::helped;
}

/// "pushed rents up", "brought the pressure down": the particle behind the object.
ObjectEffect effect_of_particle(Words words, std::size_t i) {
    if (i >= words.size()) return ObjectEffect::none;
    if (words[i].text == "up" || words[i].text == "upwards") return ObjectEffect::more;
    return words[i].text == "down" || words[i].text == "downwards" ? ObjectEffect::less : ObjectEffect::none;
}

/// "Speed bumps", "weight loss pills": part of the name of what acts tells no effect.
bool names_subject(ReadWord const& word, ReadStatement::Parts const& statement) {
    return std::any_of(statement.words.begin(), statement.words.end(),
                       [&](StatementWord const& own) { return !own.word.is_predicate && own.word.stem == word.stem; });
}

/// The word of effect that stands nearest before the object, or else behind it, in its clause.
FoundEffect effect_on(ObjectMention const& object, Words words, ReadStatement::Parts const& statement) {
    auto const clause = words[object.head].clause;
    auto const usable = [&](std::size_t i) {
        return words[i].clause == clause && !is_one_of(grades, words[i].text) &&
               effect_of(words[i]) != ObjectEffect::none && !names_subject(words[i], statement);
    };
    auto const first = object.first > reach_before ? object.first - reach_before : 0;
    FoundEffect found;
    for (auto const at : {object.last + 1, object.last + 2})  // "pushed rents up", "rents went up"
        if (auto const effect = effect_of_particle(words, at); effect != ObjectEffect::none) return {effect, at};
    for (auto i = object.first; i-- > first;) {
        if (!usable(i)) continue;
        if (found.effect == ObjectEffect::none) {
            found = {effect_at(words, i, object.first), i};
            continue;
        }
        if (contains_stem(averting, words[i])) found.effect = reversed(found.effect);  // "prevented an increase in"
        if (words[found.at].text == "lower" && found.at + 1 == object.first) found = {effect_of(words[i]), i};
        break;
    }
    if (found.effect != ObjectEffect::none) return found;
    for (auto i = object.last + 1; i < std::min(words.size(), object.last + 1 + reach_behind); ++i) {
        if (is_one_of(determiners, words[i].text) && !is_one_of(prepositions, words[i - 1].text)) break;
        if (usable(i)) return {effect_of(words[i]), i};
    }
    return found;
}

/// "for people", "for healthy adults": for whom it is said does not tell it from others.
bool is_said_of_anybody(Words words, std::size_t preposition) {
    constexpr std::array<std::string_view, 7> anybody{"people",    "adults", "users", "humans",
                                                      "consumers", "person", "us"};
    for (auto i = preposition; i < std::min(words.size(), preposition + 3); ++i)
        if (is_one_of(anybody, words[i].text)) return true;
    return false;
}

bool is_comparison(Words words, std::size_t i) {
    if (words[i].text == "than" || words[i].text == "versus" || words[i].text == "vs") return true;
    return words[i].text == "compared" && i + 1 < words.size() &&
           (words[i + 1].text == "with" || words[i + 1].text == "to");
}

/// The word that opens a comparison with another thing than controls, a number or the time before.
std::optional<std::size_t> foreign_comparison(Words words, ReadStatement::Parts const& statement) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_comparison(words, i)) continue;
        if (i > 0 && (words[i - 1].text == "rather" || words[i - 1].text == "other")) continue;
        bool speaks_of_itself = i + 1 == words.size();
        for (auto k = i + 1; k < std::min(words.size(), i + 1 + reach_of_comparison); ++k) {
            auto const& word = words[k];
            speaks_of_itself |= word.is_number || is_one_of(controls, word.text) || (k == i + 1 && word.text == "half");
            speaks_of_itself |= std::any_of(
                statement.words.begin(), statement.words.end(),
                [&](StatementWord const& own) { return !own.word.is_predicate && own.word.stem == word.stem; });
        }
        if (!speaks_of_itself) return i;
    }
    return std::nullopt;
}

bool is_denying(ReadWord const& word) {
    return !word.is_tied && (word.is_denial || is_one_of(denying, word.text) || word.stem == "fail");
}

/// A denial before the end of what is told, in its clause or before a "that": one behind it denies something else.
bool denies_before(Words words, std::size_t end) {
    end = std::min(end, words.size() - 1);
    auto const clause = words[end].clause;
    bool that_follows = false;
    for (auto i = end; i-- > 0;) {
        that_follows |= words[i].text == "that";
        if (is_denying(words[i]) && (words[i].clause == clause || that_follows)) return true;
    }
    return false;
}

/// "healthy adults": said of the noun behind it. Behind "is" or "a" it may still tell what the subject is ("is a risky habit").
bool is_attribute(Words words, std::size_t i) {
    constexpr std::size_t reach_of_link = 4;
    bool const noun_follows = i + 1 < words.size() && words[i + 1].is_content &&
                              words[i + 1].clause == words[i].clause && !words[i + 1].text.ends_with("ly");
    if (!noun_follows) return false;
    for (auto k = i; k-- > (i > reach_of_link ? i - reach_of_link : 0);)
        if (is_one_of(linking, words[k].text)) return false;
    return true;
}

/// "whether" before the object in its clause, or a word that leaves it open.
std::optional<std::size_t> left_open_by(ObjectMention const& object, Words words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        bool const denied = i > 0 && (words[i - 1].text == "not" || words[i - 1].text == "longer");
        if (is_one_of(open_words, words[i].text) && !denied) return i;
        if ((words[i].text == "known" || words[i].text == "clear") && i > 0 && words[i - 1].text == "not") return i;
        bool const regardless = i > 0 && (words[i - 1].text == "of" || words[i - 1].text == "matter");
        if (words[i].text == "whether" && i < object.head && words[i].clause == words[object.head].clause &&
            !regardless)
            return i;
    }
    return std::nullopt;
}

struct FoundShare {
    ShareRange range;
    std::size_t at = 0;
};

constexpr double tolerance = 5.0;  // points within which two plain shares are not held to differ

std::optional<double> percentage_at(Words words, std::size_t i) {
    auto const next = i + 1 < words.size() ? std::string_view(words[i + 1].text) : std::string_view();
    if (words[i].text == "half") return 50.0;
    if (words[i].text == "third") return 100.0 / 3.0;
    if (words[i].text == "thirds") return 200.0 / 3.0;
    if (words[i].text == "quarter") return 25.0;
    if (words[i].text == "quarters") return 75.0;
    bool const is_percent =
        next == "%" || next == "percent" || (next == "per" && i + 2 < words.size() && words[i + 2].text == "cent");
    auto const& digits = words[i].stem;
    if (!words[i].is_number || !is_percent || digits.size() > 5) return std::nullopt;
    double value = 0.0, scale = 0.0;
    for (char const c : digits) {
        if (c == '.')
            scale = 1.0;
        else
            value = value * 10.0 + (c - '0'), scale *= 10.0;
    }
    return scale > 1.0 ? value / scale : value;
}

/// The one share of a whole that is told; nullopt: none, or several.
std::optional<FoundShare> share_in(Words words) {
    std::optional<FoundShare> found;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const before = [&](std::size_t n) {
            return i >= n ? std::string_view(words[i - n].text) : std::string_view();
        };
        ShareRange range;
        if (words[i].text == "most" && i + 1 < words.size() &&
            (words[i + 1].is_content || words[i + 1].text == "of" || words[i + 1].text == "people"))
            range.low = 50.0;
        else if (words[i].text == "majority")
            range.low = 50.0;
        else if (words[i].text == "minority")
            range.high = 50.0;
        else {
            auto const value = percentage_at(words, i);
            if (!value || before(1) == "by") continue;  // "by 18 %" is a difference
            bool const article = before(1) == "a" || before(1) == "one" || before(1) == "two" || before(1) == "three";
            auto const than = before(article ? 2 : 1), how = before(article ? 3 : 2);
            if ((than == "than" && how == "more") || than == "over" || (than == "least" && how == "at"))
                range.low = *value;
            else if ((than == "than" && (how == "less" || how == "fewer")) || than == "under" ||
                     (than == "most" && how == "at"))
                range.high = *value;
            else
                range = {*value - tolerance, *value + tolerance};
        }
        if (found) return std::nullopt;
        found = FoundShare{range, i};
    }
    return found;
}

bool differ(ShareRange const& a, ShareRange const& b) {
    return a.high <= b.low || b.high <= a.low;
}

}  // namespace

std::vector<ReadWord> words_of(TextReading const& reading) {
    std::vector<ReadWord> words;
    std::uint32_t clauses = 0;
    for (auto const& sentence : reading.sentences) {
        auto highest = clauses;
        for (auto word : sentence.words) {
            word.clause += clauses;
            highest = std::max(highest, word.clause + 1);
            words.push_back(std::move(word));
        }
        clauses = highest;
    }
    return words;
}

StatementGate::StatementGate(std::string_view text, ReadStatement const& statement) : statement_(statement.parts()) {
    auto const& all = statement.parts().all;
    part(text);
    is_denied_ = std::any_of(all.begin(), all.end(), is_denying);
    compares_ = std::any_of(all.begin(), all.end(), [](ReadWord const& word) { return word.is(WordClass::compare); });
    if (auto const share = share_in(all)) {
        share_ = share->range;
        compares_ = false;
    }
}

/// Finds the verb, and behind it the noun phrases up to the first that is no mere "risk of" or "effect on".
void StatementGate::part(std::string_view text) {
    auto const& parts = statement_;
    auto const& all = parts.all;
    auto const tokens = tokenize(text);
    if (tokens.size() != all.size() || all.empty()) return;
    SentenceContext const context(tokens, *parts.lexicon);
    auto const first_verb = [&](bool lexical) {
        for (auto const& hit : context.hits())
            if (hit.match.first > 0 && hit.rule->kind == RuleKind::verb && (hit.rule->value == "lexical") == lexical)
                return static_cast<std::size_t>(hit.match.first);
        return all.size();
    };
    auto verb = first_verb(false);
    if (verb == all.size()) verb = first_verb(true);
    for (std::size_t i = 1; verb == all.size() && i + 1 < all.size(); ++i)  // "hinder", which no rule knows for a verb
        if (is_listed_effect(all[i]) && !is_one_of(prepositions, all[i + 1].text)) verb = i;
    if (verb == all.size() || parts.text.is_question) {
        for (auto i = all.size(); i-- > 0 && objects_.empty();)
            if (all[i].is_content) add_objects({i});
        return;
    }
    bool const helps = is_one_of(helping, all[verb].text), links = is_one_of(linking, all[verb].text);
    bool const has = is_one_of(having, all[verb].text);
    auto at = verb + 1;
    auto const skip_empty = [&] {
        while (at < all.size() &&
               (is_denying(all[at]) || (!all[at].is_content && !is_one_of(prepositions, all[at].text)) ||
                all[at].text.ends_with("ly")))
            ++at;
    };
    skip_empty();
    if (helps && at < all.size()) verb = at++;
    skip_empty();
    if ((has || links) && at + 1 < all.size() && all[at].text.ends_with("ed")) verb = at++;
    effect_ = effect_of(all[verb]);
    if (is_one_of(light_verbs, all[verb].text)) {
        while (at + 1 < all.size() && (all[at].text == "to" || !all[at].is_content))
            ++at;
        for (auto i = at; i + 1 < std::min(all.size(), at + reach_of_helped); ++i)  // "helps people lose weight"
            if (effect_of(all[i]) != ObjectEffect::none && !is_one_of(prepositions, all[i + 1].text)) {
                effect_ = effect_of(all[verb = i]);
                at = i + 1;
                break;
            }
    }
    auto const is_possessor = [&](std::size_t i) {  // "pupils' attendance": whose it is need not be said again
        return all[i].text.ends_with("'s") || text.substr(tokens[i].end).starts_with("' ");
    };
    bool led_on = false;  // by "is effective against"
    while (at < all.size() && objects_.empty()) {
        std::vector<std::size_t> phrase;
        for (; at < all.size() && !is_one_of(prepositions, all[at].text); ++at) {
            if (!phrase.empty() && all[phrase.back()].is_content && is_one_of(determiners, all[at].text))
                break;  // "drowsiness the next day"
            if ((all[at].is_content && !all[at].is_number && !is_possessor(at)) || all[at].text == "and" ||
                all[at].text == "or")
                phrase.push_back(at);
        }
        bool const leads_on = at + 1 < all.size() && is_one_of(leading, all[at].text);
        ++at;
        auto const names =
            std::find_if(phrase.rbegin(), phrase.rend(), [&](std::size_t i) { return all[i].is_content; });
        if (names == phrase.rend()) continue;
        bool const is_mere = is_one_of(transparent, all[*names].text) || effect_of(all[*names]) != ObjectEffect::none ||
                             all[*names].is(WordClass::effect) || all[*names].is(WordClass::correlate) ||
                             all[*names].text == "effective";
        bool const is_of_anybody = links && phrase.size() == 1 && !likened_to(all[*names].stem).empty() &&
                                   is_said_of_anybody(all, at);  // "is safe for healthy adults"
        if (is_mere && leads_on && !is_of_anybody) {
            led_on = true;
            auto const stated = std::find_if(phrase.begin(), phrase.end(),
                                             [&](std::size_t i) { return effect_of(all[i]) != ObjectEffect::none; });
            if (effect_ == ObjectEffect::none && stated != phrase.end()) effect_ = effect_of(all[*stated]);
            continue;
        }
        object_is_adjective_ = links && phrase.size() == 1 && !led_on;
        if (object_is_adjective_) effect_ = ObjectEffect::none;
        add_objects(phrase);
    }
    if (objects_.empty() && all[verb].is_content) add_objects({verb});
}

/// "neck and shoulder pain" is one thing with two modifiers, "anxiety and stress" are two things.
void StatementGate::add_objects(std::vector<std::size_t> const& places) {
    auto const& parts = statement_;
    std::vector<std::vector<std::size_t>> conjuncts(1);
    for (auto const place : places) {
        auto const& word = parts.all[place];
        if (word.text == "and" || word.text == "or") {
            conjuncts.emplace_back();
            continue;
        }
        auto const found = std::find_if(parts.words.begin(), parts.words.end(),
                                        [&](StatementWord const& own) { return own.word.stem == word.stem; });
        if (found != parts.words.end())
            conjuncts.back().push_back(static_cast<std::size_t>(found - parts.words.begin()));
    }
    std::erase_if(conjuncts, [](auto const& words) { return words.empty(); });
    if (conjuncts.empty()) return;
    auto const distinguishes = [&](std::size_t i) {
        auto const& word = parts.words[i].word;
        return effect_of(word) == ObjectEffect::none && !word.is(WordClass::many) && !word.is(WordClass::few) &&
               !word.is(WordClass::significant) && !is_one_of(grades, word.text) && !word.text.ends_with("ly");
    };
    bool const shares_head =
        conjuncts.size() > 1 && conjuncts.back().size() > 1 &&
        std::all_of(conjuncts.begin(), conjuncts.end() - 1, [](auto const& words) { return words.size() == 1; });
    for (auto const& conjunct : conjuncts) {
        ObjectPhrase phrase;
        phrase.head = shares_head ? conjuncts.back().back() : conjunct.back();
        auto const modifier = shares_head && &conjunct != &conjuncts.back() ? conjunct.size() : conjunct.size() - 1;
        if (modifier > 0 && distinguishes(conjunct[modifier - 1])) phrase.modifiers.push_back(conjunct[modifier - 1]);
        objects_.push_back(std::move(phrase));
    }
}

bool StatementGate::is_named_by(std::size_t wanted, ReadWord const& word, bool as_modifier) const {
    auto const& own = statement_.words[wanted];
    auto const& stem = word.stem;
    if (stem == own.word.stem || std::find(own.synonyms.begin(), own.synonyms.end(), stem) != own.synonyms.end())
        return true;
    if (root_of(stem) == root_of(own.word.stem)) return true;
    if (as_modifier || !object_is_adjective_) return false;
    return std::find(own.antonyms.begin(), own.antonyms.end(), stem) != own.antonyms.end() ||
           is_denied_form(word.text, own.word.text) || is_denied_form(stem, own.word.stem) ||
           likeness_of(word.text, own.word.text) != 0;
}

/// "back pain", "aching backs" and "pain in the lower back" name it; "pain in people with bad backs" does not.
std::optional<std::size_t> StatementGate::modifier_near(ObjectPhrase const& phrase, std::size_t head,
                                                        Words words) const {
    auto const names = [&](std::size_t i) {
        return std::any_of(phrase.modifiers.begin(), phrase.modifiers.end(),
                           [&](std::size_t wanted) { return is_named_by(wanted, words[i], true); });
    };
    for (auto i = head; i-- > (head > reach_of_modifier ? head - reach_of_modifier : 0);)
        if (names(i)) return i;
    if (head + 1 < words.size() && names(head + 1)) return head + 1;
    bool const in_or_of = head + 1 < words.size() && (words[head + 1].text == "in" || words[head + 1].text == "of");
    for (auto i = head + 2; in_or_of && i < std::min(words.size(), head + 2 + reach_of_modifier); ++i)
        if (names(i)) return i;
    return std::nullopt;
}

/// "BP" for "blood pressure".
std::optional<ObjectMention> StatementGate::initials_in(ObjectPhrase const& phrase, Words words) const {
    if (phrase.modifiers.empty()) return std::nullopt;
    auto const& own = statement_.words;
    auto const initials =
        std::string() + own[phrase.modifiers.front()].word.text.front() + own[phrase.head].word.text.front();
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].is_name && words[i].text == initials) return ObjectMention{i, i, i};
    return std::nullopt;
}

std::optional<ObjectMention> StatementGate::mention_in(Words words) const {
    for (auto const& phrase : objects_) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!is_named_by(phrase.head, words[i], false)) continue;
            if (object_is_adjective_ && is_attribute(words, i)) continue;
            if (phrase.modifiers.empty()) return ObjectMention{i, i, i};
            if (auto const modifier = modifier_near(phrase, i, words))
                return ObjectMention{std::min(i, *modifier), i, std::max(i, *modifier)};
        }
        if (auto const mention = initials_in(phrase, words)) return mention;
    }
    return std::nullopt;
}

/// "is safe enough", "the danger is real": the adjective, or its noun, is said of something.
bool is_said(Words words, std::size_t adjective) {
    constexpr std::size_t reach_of_link = 4;
    for (auto i = adjective; i-- > (adjective > reach_of_link ? adjective - reach_of_link : 0);)
        if (is_one_of(linking, words[i].text) && words[i].clause == words[adjective].clause) return true;
    return adjective + 1 < words.size() && is_one_of(linking, words[adjective + 1].text);
}

bool StatementGate::states_effect(Words words) const {
    if (object_is_adjective_) {
        auto const mention = mention_in(words);
        return mention && is_said(words, mention->head);
    }
    if (effect_ == ObjectEffect::none) return false;
    for (std::size_t i = 1; i < words.size(); ++i)
        if (effect_of_particle(words, i) != ObjectEffect::none) return true;
    return std::any_of(words.begin(), words.end(), [](ReadWord const& word) {
        return effect_of(word) != ObjectEffect::none || word.is(WordClass::effect) || word.is(WordClass::no_effect);
    });
}

bool StatementGate::may_tell(Words words) const {
    return effect_ == ObjectEffect::none || states_effect(words) ||
           std::any_of(words.begin(), words.end(), [](ReadWord const& word) {
               return word.is(WordClass::correlate) || word.is(WordClass::compare) || word.is_denied ||
                      is_denying(word);
           });
}

int StatementGate::valence() const {
    return valence_of(statement_.words[objects_.front().head].word);
}

/// "is addictive" is said, or denied, in the statement's own words or by a word that stands for them or excludes them.
std::optional<GateRuling> StatementGate::rule_on_adjective(PassageStance verdict, ObjectMention const& object,
                                                           Words words) const {
    auto const& word = words[object.head];
    auto const& own = statement_.words[objects_.front().head].word;
    auto const listed = likeness_of(word.text, own.text);
    auto const likeness = listed == 0 && word.stem == own.stem ? 1 : listed;
    if (likeness == 0) return std::nullopt;
    bool const some_denial = denies_before(words, object.last);
    if (some_denial != word.is_denied) return std::nullopt;
    if (likeness > 0) return rule_on_same(verdict, word.is_denied, object.head, words);
    auto const says = word.is_denied == is_denied_ ? PassageStance::refutes : PassageStance::supports;
    if (verdict == says) return std::nullopt;
    return GateRuling{says,
                      "'" + word.text + (word.is_denied ? "' is denied, which" : "'") +
                          (word.is_denied ? " is the opposite of it" : " is the opposite of what is stated"),
                      object.head};
}

/// A plain denial is enough to take a side; without one, only a side that the words do not bear is turned.
std::optional<GateRuling> StatementGate::rule_on_same(PassageStance verdict, bool denied, std::size_t at,
                                                      Words words) const {
    auto const says = denied == is_denied_ ? PassageStance::supports : PassageStance::refutes;
    if (verdict == says) return std::nullopt;
    return GateRuling{
        says, "'" + words[at].text + (denied ? "' is denied" : "' is said as in the statement, and nothing denies it"),
        at};
}

std::optional<GateRuling> StatementGate::rule_on_direction(PassageStance verdict, ObjectMention const& object,
                                                           Words words) const {
    auto const found = effect_on(object, words, statement_);
    auto const related = relation_of(effect_, found.effect, valence());
    if (related == 0) return std::nullopt;
    bool const some_denial = denies_before(words, std::max(found.at, object.last));
    bool const denied = some_denial && (words[found.at].is_denied || words[object.head].is_denied);
    if (some_denial && !denied) return std::nullopt;
    if (related > 0) return rule_on_same(verdict, denied, found.at, words);
    if (denied || is_denied_ || verdict == PassageStance::refutes) return std::nullopt;
    return GateRuling{PassageStance::refutes,
                      "'" + words[found.at].text + "' tells the opposite effect on the same outcome", found.at};
}

std::optional<GateRuling> StatementGate::rule_on(PassageStance verdict, ObjectMention const& object,
                                                 Words words) const {
    auto const quoted = [&](std::size_t i) { return "'" + words[i].text + "'"; };
    if (auto const open = left_open_by(object, words))
        return GateRuling{PassageStance::neutral, quoted(*open) + " leaves it open", *open};
    auto const share = share_ ? share_in(words) : std::nullopt;
    if (share && words[share->at].clause == words[object.head].clause &&
        std::none_of(words.begin(), words.end(), is_denying)) {
        if (!differ(*share_, share->range)) return std::nullopt;
        return GateRuling{is_denied_ ? PassageStance::supports : PassageStance::refutes,
                          "the share it tells cannot be that of the statement", share->at};
    }
    if (!compares_ && !share_)
        if (auto const other = foreign_comparison(words, statement_);
            other && words[*other].clause == words[object.head].clause)
            return GateRuling{
                PassageStance::neutral,
                "it is compared with something else (" + quoted(*other) + "), which tells nothing of the thing itself",
                *other};
    return object_is_adjective_ ? rule_on_adjective(verdict, object, words) : rule_on_direction(verdict, object, words);
}

}  // namespace dossier
