#include "dossier/evidence/subject.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "dossier/evidence/passive.hpp"

namespace dossier {

namespace {

constexpr std::size_t max_back = 3;           // sentences back within which a pronoun finds its antecedent
constexpr std::size_t max_attached = 4;       // words between a noun and what its preposition names
constexpr std::size_t max_bare_subject = 3;   // words of a subject without determiner
constexpr std::size_t max_subject = 5;        // words of one that "a" opens
constexpr std::size_t max_agent = 6;          // words behind "by"
constexpr std::size_t max_to_origin = 5;      // words between an outcome and "rises with"
constexpr std::size_t max_clefted = 8;        // words between "it was" and "that"
constexpr std::size_t min_main_mentions = 3;  // that make a term what the article is about

constexpr std::array attaching = {"to", "of", "on", "from", "with", "for", "by"};
constexpr std::array oblique = {"with", "by", "from", "for", "in", "against", "at", "on", "alongside"};
constexpr std::array linking = {"and", "or", "nor", "both", "also", "other"};
constexpr std::array adverbs = {"also", "even", "always", "often", "just", "too", "thus", "then"};
constexpr std::array measured = {"each",   "every",   "more",      "further",   "additional", "extra",
                                 "longer", "higher",  "greater",   "lower",     "frequent",   "heavier",
                                 "heavy",  "regular", "long-term", "prolonged", "repeated"};
constexpr std::array anaphoric = {"the", "this", "these", "such", "that", "those", "its", "their", "same"};

template <typename Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "Astronomers", "economists": they say or count things, and bring nothing about.
bool is_profession(std::string_view word) {
    return word.ends_with("ists") || word.ends_with("icians") || word.ends_with("nomers");
}

bool is_copula(std::string_view word) {
    return word == "is" || word == "was" || word == "isn't" || word == "wasn't";
}

/// "It is believed that", "it is a myth that": no subject, but words on the whole clause.
bool takes_clause(RuleKind kind) {
    return kind == RuleKind::reported || kind == RuleKind::belief || kind == RuleKind::doubted ||
           kind == RuleKind::rebuttal || kind == RuleKind::negation || kind == RuleKind::hedge;
}

SubjectReading refuse(std::string reason) {
    return {false, 0.0, std::move(reason)};
}
SubjectReading accept(double strength, std::string reason) {
    return {true, strength, std::move(reason)};
}

}  // namespace

std::string SubjectResolver::words(std::size_t sentence, PhraseMatch const& match) const {
    auto const& tokens = view_.read(sentence).tokens;
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[match.first].begin, tokens[match.last].end - tokens[match.first].begin);
}

std::vector<SubjectResolver::Term> SubjectResolver::terms(std::span<PhraseMatch const> matches,
                                                          std::uint32_t group) const {
    std::vector<Term> found;
    auto const names_factor = [&](PhraseMatch const& match) {
        return factors_ == RiskFactors::are_looked_for &&
               std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& factor) {
                   return view_.index().has(factor.phrase, PhraseRole::factor) && factor.shares_words(match);
               });
    };
    for (auto const& match : matches) {
        bool const about = view_.index().has(match.phrase, PhraseRole::about, group);
        if (about || view_.index().has(match.phrase, PhraseRole::other))
            found.push_back({match, about || names_factor(match)});
    }
    // Of the registry's other subjects only those that hold no word of this one: "young dog" is a dog.
    auto const n_named = found.size();
    for (auto const& match : matches)
        if (view_.index().names_rival(match.phrase, group) &&
            std::none_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(n_named),
                         [&](Term const& term) { return term.about && term.match.shares_words(match); }))
            found.push_back({match, false});
    if (found.size() > n_named)
        std::stable_sort(found.begin(), found.end(),
                         [](Term const& a, Term const& b) { return a.match.first < b.match.first; });
    // "coffee substitute" among the others and "coffee" among the subject's: the longer name is meant.
    std::erase_if(found, [&](Term const& term) {
        return std::any_of(found.begin(), found.end(), [&](Term const& other) {
            return other.match.n_named() > term.match.n_named() && other.match.contains(term.match);
        });
    });
    return found;
}

/// Leaves out what is named for comparison only: "unlike cocaine", "than alcohol"; and what makes no difference: "…,
/// whether or not they take ketamine".
std::vector<SubjectResolver::Term> SubjectResolver::unframed(std::vector<Term> found, PhraseMatch const& cue,
                                                             SentenceContext const& context) const {
    std::erase_if(found, [&](Term const& term) {
        return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
            bool const no_difference = hit.rule->kind == RuleKind::proviso && hit.rule->value == "indifferent" &&
                                       hit.match.first > cue.last && hit.match.last < term.match.first &&
                                       context.clause(hit.match.last) == context.clause(term.match.first);
            bool const is_of_cue =
                term.about && term.match.first > cue.first && term.match.last <= cue.last;  // "cheaper than tea"
            return (hit.rule->kind == RuleKind::frame && !is_of_cue && hit.governs(term.match)) || no_difference;
        });
    });
    return found;
}

/// "Riders without helmets were hurt", "people who do not drink coffee sleep": what is said of them is said of its absence.
bool SubjectResolver::is_absent(Term const& term, PhraseMatch const& cue, SentenceContext const& context) {
    if (term.match.first >= cue.first) return false;
    if (context.segment(term.match.first) != context.segment(cue.first))
        for (auto i = cue.first; i-- > 0 && context.segment(i) == context.segment(cue.first);)
            if (context.at(i, RuleKind::pronoun) || context.at(i, RuleKind::generic)) return false;
    static constexpr std::array resuming = {"it", "this", "which"};
    auto const& tokens = context.tokens();
    for (auto i = term.match.last + 1; i < cue.first; ++i)
        if (tokens[i].before == Mark::colon || tokens[i].before == Mark::dash || is_one_of(resuming, tokens[i].text))
            return false;
    if (term.match.first > 0 && tokens[term.match.first - 1].text == "that") return false;  // "little to suggest that"
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        bool const denies = hit.rule->kind == RuleKind::negation || hit.rule->value == "people without";
        return denies && hit.rule->id != "seldom" && hit.match.last < term.match.first && hit.governs(term.match) &&
               !hit.governs(cue) && context.clause(hit.match.last) == context.clause(term.match.first);
    });
}

/// Where "it", "they", "this" stands as the subject in front of the cue, in its clause; the cue's place: nowhere.
std::uint32_t SubjectResolver::pronoun_before(PhraseMatch const& cue, SentenceContext const& context) {
    static constexpr std::array subjects = {"it", "they", "this", "these"};
    auto const& tokens = context.tokens();
    for (auto i = cue.first; i-- > 0 && context.clause(i) == context.clause(cue.first);)
        if (is_one_of(subjects, tokens[i].text) && i + 1 < tokens.size() &&
            (i + 1 == cue.first || context.at(i + 1, RuleKind::verb) || context.at(i + 1, RuleKind::hedge)))
            return i;
    return cue.first;
}

/// "By replacing salt they may prevent …": what the pronoun's antecedent does to something else; the pronoun is the subject.
bool SubjectResolver::is_means_of_pronoun(Term const& term, PhraseMatch const& cue, SentenceContext const& context) {
    static constexpr std::array means = {"by", "in", "through", "without", "instead", "rather"};
    auto const& tokens = context.tokens();
    auto const first = term.match.first;
    if (first < 2 || first >= cue.first || !tokens[first - 1].text.ends_with("ing") ||
        !is_one_of(means, tokens[first - 2].text))
        return false;
    auto const pronoun = pronoun_before(cue, context);
    return pronoun > term.match.last && pronoun < cue.first;
}

/// "It helped people quit opioids": what the pronoun's antecedent acts on, not what the cue is said of.
bool SubjectResolver::is_object_of_pronoun(Term const& term, PhraseMatch const& cue, SentenceContext const& context) {
    return !term.about && term.match.first == cue.last + 1 && context.tokens()[term.match.first].before == Mark::none &&
           pronoun_before(cue, context) != cue.first;
}

/// "Cocaine and ketamine are …" is about both.
SubjectReading SubjectResolver::by_term(std::vector<Term> const& found, std::size_t chosen, PhraseMatch const& cue,
                                        SentenceContext const& context, std::size_t sentence) const {
    auto const& tokens = context.tokens();
    auto const linked = [&](Term const& a, Term const& b) {
        auto const& left = a.match.first < b.match.first ? a.match : b.match;
        auto const& right = a.match.first < b.match.first ? b.match : a.match;
        bool const two_clauses = left.last + 2 == right.first && tokens[left.last + 1].text == "and" &&
                                 tokens[left.last + 1].before == Mark::comma && found.size() == 2;
        if (two_clauses) return false;  // "by codeine, and tramadol …" lists nothing
        for (auto i = left.last + 1; i < right.first; ++i) {
            bool const term = std::any_of(found.begin(), found.end(), [&](Term const& t) { return t.match.names(i); });
            if (!term && !is_one_of(linking, tokens[i].text)) return false;
        }
        return true;
    };
    auto const& term = found[chosen];
    if (term.about && is_absent(term, cue, context))
        return refuse("it is said of those without '" + words(sentence, term.match) + "'");
    if (term.about) return accept(1.0, "it is said of '" + words(sentence, term.match) + "'");
    for (auto const& other : found)
        if (other.about && linked(other, term))
            return accept(0.9, "it is said of '" + words(sentence, other.match) + "' among others");
    return refuse("the clause is about '" + words(sentence, term.match) + "', not about the subject");
}

/// "Dehydration" is a subject of its own; "frequent use", "high doses" are the use of the claim's, and say how much.
bool SubjectResolver::is_factor_of_its_own(PhraseMatch const& match, SentenceContext const& context) const {
    if (factors_ == RiskFactors::are_looked_for || !view_.index().has(match.phrase, PhraseRole::factor) ||
        view_.index().has(match.phrase, PhraseRole::condition))
        return false;
    for (auto token = match.first; token <= match.last; ++token)
        if (context.at(token, RuleKind::generic) || context.at(token, RuleKind::pronoun)) return false;
    return true;
}

/// A word that may stand for the claim's subject, or that the registry names: no subject of its own.
bool SubjectResolver::is_known(std::size_t token, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    constexpr RuleKind kinds[] = {RuleKind::pronoun, RuleKind::generic, RuleKind::pseudo, RuleKind::opener,
                                  RuleKind::negation};
    if (is_profession(context.tokens()[token].text) ||
        std::any_of(std::begin(kinds), std::end(kinds), [&](RuleKind kind) { return context.at(token, kind); }))
        return true;
    auto next = token + 1;  // behind "exercise, on the other hand,"
    while (next < context.tokens().size() && context.at(next, RuleKind::contrast))
        ++next;
    auto const matches = view_.matches(sentence);
    return std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& match) {
        // A condition says when; only as the noun itself does it stand for the subject's use.
        bool const circumstance = view_.index().has(match.phrase, PhraseRole::condition) ||
                                  view_.index().has(match.phrase, PhraseRole::factor);
        return match.names(token) &&
               (!circumstance || (context.at(next, RuleKind::verb) && !is_factor_of_its_own(match, context)));
    });
}

/// "The smell of smoke drives up …": "the" points back at nothing where an "of" says which, and the cue is its verb.
std::string SubjectResolver::definite_subject(std::size_t begin, PhraseMatch const& cue, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    if (cue.first > begin + max_subject + 1 || !context.at(cue.first, RuleKind::verb)) return {};
    bool has_complement = false;
    for (auto at = begin + 1; at < cue.first; ++at) {
        if (is_known(at, sentence) || context.at(at, RuleKind::verb)) return {};
        has_complement |= tokens[at].text == "of";
    }
    if (!has_complement) return {};
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[begin].begin, tokens[cue.first - 1].end - tokens[begin].begin);
}

/// "Six or more cups raised …": so much of what was named before.
bool SubjectResolver::is_amount(std::size_t begin, std::size_t end, std::size_t sentence) {
    static constexpr std::array counting = {
        "or",   "to",    "more",    "and",   "extra", "additional", "further", "one",    "two",    "three",
        "four", "five",  "six",     "seven", "eight", "nine",       "ten",     "twelve", "twenty", "half",
        "a",    "dozen", "between", "few",   "every", "each",       "another", "daily",  "large",  "small"};
    static constexpr std::array measures = {
        "cup",     "glass",      "serving",  "portion",   "tablet",  "capsule",  "session",    "can",
        "cups",    "glasses",    "servings", "portions",  "tablets", "capsules", "sessions",   "cans",
        "hour",    "hours",      "minutes",  "units",     "grams",   "mg",       "milligrams", "g",
        "litre",   "litres",     "spoonful", "spoonfuls", "bottle",  "bottles",  "pints",      "pint",
        "lessons", "injections", "puffs",    "times",     "shots",   "drops",    "slices",     "sips"};
    auto const& tokens = view_.context(sentence).tokens();
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (auto at = begin; at + 1 < end; ++at)
        if (!is_one_of(counting, tokens[at].text) && !is_digit(tokens[at].text.front())) return false;
    return end > begin + 1 && is_one_of(measures, tokens[end - 1].text);
}

/// "Nicotine is …": a subject of its own that no list of the registry knows.
std::string SubjectResolver::unknown_subject(PhraseMatch const& cue, std::size_t sentence, std::uint32_t) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    auto at = cue.first;
    while (at > 0 && context.clause(at - 1) == context.clause(cue.first))
        --at;
    auto const passes = [&](std::size_t i) {
        return context.at(i, RuleKind::contrast) || context.at(i, RuleKind::after_comma) ||
               context.at(i, RuleKind::terminator) || context.at(i, RuleKind::hedge) ||
               tokens[i].text.ends_with("ly") || is_one_of(adverbs, tokens[i].text);
    };
    while (at < cue.last && passes(at) && !context.at(at, RuleKind::pronoun))
        ++at;
    auto const begin = at;
    if (tokens[begin].text == "the") return definite_subject(begin, cue, sentence);
    if (is_one_of(anaphoric, tokens[begin].text)) return {};
    auto const limit = tokens[begin].text == "a" || tokens[begin].text == "an" ? max_subject : max_bare_subject;
    std::size_t n_words = 0;
    for (; at < cue.last && !context.at(at, RuleKind::verb); ++at) {
        if (at > begin && context.at(at, RuleKind::contrast)) continue;  // "noise, on the other hand, lowers …"
        if (is_known(at, sentence) || tokens[at].text == "of" || n_words >= limit) return {};
        n_words += tokens[at].text != "and" && tokens[at].text != "or";
    }
    if (at >= cue.last || at == begin || is_amount(begin, at, sentence)) return {};
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[begin].begin, tokens[at - 1].end - tokens[begin].begin);
}

/// "Pain was eased by ibuprofen": who does it, where neither a pronoun nor "the drug" points back; empty: nobody is named, or by
/// how much is.
std::string SubjectResolver::agent_behind(PhraseMatch const& cue, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    auto const by = static_cast<std::size_t>(cue.last) + 1;
    if (by + 1 >= tokens.size() || tokens[by].text != "by" || !is_passive(tokens, cue.last)) return {};
    auto at = by + 1;
    for (; at < tokens.size() && at <= by + max_agent && context.clause(at) == context.clause(by) &&
           tokens[at].before <= Mark::none;
         ++at) {
        bool const counts = tokens[at].text.front() >= '0' && tokens[at].text.front() <= '9';
        if (counts || context.at(at, RuleKind::pronoun) || context.at(at, RuleKind::generic) ||
            tokens[at].text == "half" || tokens[at].text == "third" || tokens[at].text == "quarter")
            return {};
    }
    auto const& text = view_.sentence(sentence).text;
    return at == by + 1 ? std::string() : text.substr(tokens[by + 1].begin, tokens[at - 1].end - tokens[by + 1].begin);
}

/// A noun phrase of a few words in which nothing points back at the subject, its use or an amount of it; empty: none stands
/// there.
std::string SubjectResolver::own_noun_phrase(std::size_t begin, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    if (begin >= tokens.size() || is_one_of(anaphoric, tokens[begin].text) || is_one_of(measured, tokens[begin].text))
        return {};
    auto at = begin;
    for (; at < tokens.size() && at <= begin + max_agent && context.clause(at) == context.clause(begin) &&
           (at == begin || tokens[at].before <= Mark::none) && !context.at(at, RuleKind::verb);
         ++at) {
        bool const counts = tokens[at].text.front() >= '0' && tokens[at].text.front() <= '9';
        if (counts || is_known(at, sentence)) return {};
    }
    if (at == begin) return {};
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[begin].begin, tokens[at - 1].end - tokens[begin].begin);
}

/// "The risk of kidney damage rises with dehydration": what it rises with, where nothing before the cue is named.
std::string SubjectResolver::origin_behind(PhraseMatch const& cue, std::size_t sentence) {
    auto const& context = view_.context(sentence);
    for (auto const& hit : context.hits())
        if (hit.rule->kind == RuleKind::origin && hit.match.last > cue.last &&
            hit.match.first <= cue.last + max_to_origin && context.clause(hit.match.first) == context.clause(cue.last))
            return own_noun_phrase(hit.match.last + 1, sentence);
    return {};
}

/// "The latter causes …": the last that was named; "the former": the one before it.
std::optional<SubjectReading> SubjectResolver::pointed_at(PhraseMatch const& cue, std::size_t sentence,
                                                          std::uint32_t group) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    for (std::size_t at = cue.first; at-- > 0 && context.clause(at) == context.clause(cue.first);) {
        bool const latter = tokens[at].text == "latter";
        if (!latter && tokens[at].text != "former") continue;
        auto named = terms(view_.matches(sentence), group);
        std::erase_if(named, [&](Term const& term) { return term.match.last >= at; });
        if (named.empty() && sentence > 0) named = terms(view_.matches(sentence - 1), group);
        if (named.size() < 2) return std::nullopt;
        auto const& meant = named[named.size() - (latter ? 1 : 2)];
        auto const which = std::string("'the ") + (latter ? "latter'" : "former'");
        return meant.about ? accept(0.9, which + " is the subject") : refuse(which + " is not the subject");
    }
    return std::nullopt;
}

/// "It was the bedtime that helped": what stands between "it was" and "that" is the subject of what follows.
std::string SubjectResolver::clefted_subject(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group) {
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    auto const is_that = [&](std::size_t i) { return tokens[i].text == "that" || tokens[i].text == "who"; };
    auto that = static_cast<std::size_t>(cue.first);
    while (that > 0 && cue.first - that < max_clefted && !is_that(that))
        --that;
    if (!is_that(that)) return {};
    auto begin = that;
    while (begin >= 2 && that - begin < max_clefted &&
           !(tokens[begin - 2].text == "it" && is_copula(tokens[begin - 1].text)))
        --begin;
    if (begin < 2 || begin == that || tokens[begin - 2].text != "it" || !is_copula(tokens[begin - 1].text)) return {};
    if (!context.at(that + 1, RuleKind::verb) && that + 1 != cue.first) return {};  // "it is a fact that coffee helps"
    for (auto const& term : terms(view_.matches(sentence), group))
        if (term.about && term.match.first >= begin && term.match.last < that) return {};
    for (auto const& hit : context.hits())
        if (hit.match.first >= begin - 2 && hit.match.last <= that && takes_clause(hit.rule->kind)) return {};
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[begin].begin, tokens[that - 1].end - tokens[begin].begin);
}

SubjectReading SubjectResolver::of(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group) {
    if (view_.index().group_is_empty(group)) return accept(1.0, "the claim names no subject");
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    auto const found = unframed(terms(view_.matches(sentence), group), cue, context);
    auto const clause = context.clause(cue.last);

    for (std::size_t i = 0; i < found.size(); ++i)  // within the cue: "risk of addiction to ketamine is low"
        if (found[i].match.first >= cue.first && found[i].match.last <= cue.last)
            return by_term(found, i, cue, context, sentence);
    auto const next = cue.last + 1;
    if (next < tokens.size() && is_one_of(attaching, tokens[next].text))  // "addiction to cocaine"
        for (std::size_t i = 0; i < found.size(); ++i)
            if (found[i].match.first > next && found[i].match.first <= next + max_attached &&
                context.clause(found[i].match.first) == clause)
                return by_term(found, i, cue, context, sentence);

    // "Adding tea to coffee helped": what is added does it.
    auto const is_added = [&](std::size_t to) {
        for (auto i = to; i-- > 0 && context.clause(i) == context.clause(to);)
            if (tokens[i].text == "adding" || tokens[i].text == "added" || tokens[i].text == "addition") return true;
        return false;
    };
    auto const is_oblique = [&](Term const& term) {
        auto const first = term.match.first;
        return first > 0 &&
               (is_one_of(oblique, tokens[first - 1].text) || (tokens[first - 1].text == "to" && is_added(first - 1)));
    };
    std::optional<std::size_t> in_clause, before, after;
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto const& term = found[i];
        if (!term.about && is_means_of_pronoun(term, cue, context)) continue;
        if (term.match.last < cue.first || (term.match.first <= cue.first && term.match.last <= cue.last)) {
            before = i;
            if (context.clause(term.match.first) == context.clause(cue.first) &&
                !(in_clause && !term.about && is_oblique(term)))
                in_clause = i;
        } else if (!after) {
            after = i;
        }
    }
    if (auto const agent = agent_behind(cue, sentence); !agent.empty() && !before && !after)
        return refuse("it is done by '" + agent + "', not by the subject");
    if (auto const origin = origin_behind(cue, sentence); !origin.empty() && !before && !after)
        return refuse("it is said to come with '" + origin + "', not with the subject");
    if (auto const pointed = pointed_at(cue, sentence, group)) return *pointed;
    if (auto const other = clefted_subject(cue, sentence, group); !other.empty())
        return refuse("the clause is about '" + other + "', not about the subject");
    if (in_clause) return by_term(found, *in_clause, cue, context, sentence);
    if (auto const other = unknown_subject(cue, sentence, group); !other.empty())
        return refuse("the clause is about '" + other + "', not about the subject");
    if (before) return by_term(found, *before, cue, context, sentence);
    auto const is_of_segment = [&](Term const& term) {
        return context.segment(term.match.first) == context.segment(cue.last);
    };
    if (after &&
        ((found[*after].about && is_of_segment(found[*after])) ||
         (context.clause(found[*after].match.first) == clause && !is_object_of_pronoun(found[*after], cue, context))))
        return by_term(found, *after, cue, context, sentence);
    return inherited(sentence, group);
}

SubjectResolver::Mention SubjectResolver::mention_in(ReadText const& read, std::uint32_t group) const {
    auto const found = terms(read.matches, group);
    if (found.empty()) return Mention::nothing;
    return std::any_of(found.begin(), found.end(), [](Term const& term) { return term.about; }) ? Mention::subject
                                                                                                : Mention::other;
}

/// What a sentence is about when the next one says "it": the first thing named that is no comparison.
SubjectResolver::Mention SubjectResolver::mention_in(std::size_t sentence, std::uint32_t group) {
    auto const found = terms(view_.matches(sentence), group);
    if (found.empty()) return Mention::nothing;
    auto const all_alike =
        std::all_of(found.begin(), found.end(), [&](Term const& term) { return term.about == found.front().about; });
    if (all_alike) return found.front().about ? Mention::subject : Mention::other;
    auto const end = static_cast<std::uint32_t>(view_.read(sentence).tokens.size());
    auto const left = unframed(found, {.first = end, .last = end}, view_.context(sentence));
    auto const& first = left.empty() ? found.front() : left.front();
    return first.about ? Mention::subject : Mention::other;
}

SubjectReading SubjectResolver::inherited(std::size_t sentence, std::uint32_t group) {
    auto const& here = view_.sentence(sentence);
    std::size_t looked_at = 0;
    for (auto i = sentence; i-- > 0 && looked_at < max_back;) {
        auto const& before = view_.sentence(i);
        if (before.role == SentenceRole::heading || before.role == SentenceRole::title ||
            before.heading != here.heading)
            break;
        if (before.role == SentenceRole::boilerplate) continue;
        ++looked_at;
        switch (mention_in(i, group)) {
            case Mention::subject: return accept(0.9, "the subject is understood from the text before");
            case Mention::other: return refuse("the text before is about something else than the subject");
            case Mention::nothing: break;
        }
    }
    switch (mention_in(view_.heading(sentence), group)) {
        case Mention::subject: return accept(0.9, "the subject is understood from the heading");
        case Mention::other: return refuse("the heading is about something else than the subject");
        case Mention::nothing: break;
    }
    if (mention_in(view_.title(), group) == Mention::subject || is_main_subject(group))
        return accept(0.8, "the subject is understood: the article is about it");
    return refuse("nothing near the clause names the subject");
}

bool SubjectResolver::is_main_subject(std::uint32_t group) {
    auto const [entry, fresh] = main_subject_.try_emplace(group, false);
    if (!fresh) return entry->second;
    std::size_t about = 0, other = 0;
    for (std::size_t i = 0; i < view_.size(); ++i) {
        auto const found = terms(view_.matches(i), group);
        auto const n = static_cast<std::size_t>(
            std::count_if(found.begin(), found.end(), [](Term const& term) { return term.about; }));
        if (view_.sentence(i).role == SentenceRole::title && n > 0) return entry->second = true;
        about += n;
        other += found.size() - n;
    }
    return entry->second = about >= min_main_mentions && about >= other;
}

}  // namespace dossier
