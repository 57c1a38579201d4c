#include "dossier/evidence/subject.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace dossier {

namespace {

constexpr std::size_t max_back = 3;           // sentences back within which a pronoun finds its antecedent
constexpr std::size_t max_attached = 4;       // words between a noun and what its preposition names
constexpr std::size_t max_bare_subject = 3;   // words of a subject without determiner
constexpr std::size_t min_main_mentions = 3;  // that make a term what the article is about

constexpr std::array attaching = {"to", "of", "on", "from", "with", "for", "by"};
constexpr std::array oblique = {"with", "by", "from", "for", "in", "against", "at", "on", "alongside"};
constexpr std::array linking = {"and", "or", "nor", "both", "also", "other"};
constexpr std::array anaphoric = {"the", "this", "these", "such", "that", "those", "its", "their", "same"};

template <typename Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
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

std::vector<SubjectResolver::Term> SubjectResolver::terms(ReadText const& read, std::uint32_t group) const {
    std::vector<Term> found;
    for (auto const& match : read.matches) {
        bool const about = view_.index().has(match.phrase, PhraseRole::about, group);
        if (about || view_.index().has(match.phrase, PhraseRole::other)) found.push_back({match, about});
    }
    // "coffee substitute" among the others and "coffee" among the subject's: the longer name is meant.
    std::erase_if(found, [&](Term const& term) {
        return std::any_of(found.begin(), found.end(), [&](Term const& other) {
            return other.match.n_named() > term.match.n_named() && other.match.contains(term.match);
        });
    });
    return found;
}

/// Leaves out what is named for comparison only: "unlike cocaine", "than alcohol".
std::vector<SubjectResolver::Term> SubjectResolver::unframed(std::vector<Term> found,
                                                             SentenceContext const& context) const {
    std::erase_if(found, [&](Term const& term) {
        return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
            return hit.rule->kind == RuleKind::frame && hit.governs(term.match);
        });
    });
    return found;
}

/// "Cocaine and ketamine are …" is about both.
SubjectReading SubjectResolver::by_term(std::vector<Term> const& found, std::size_t chosen,
                                        SentenceContext const& context, std::size_t sentence) const {
    auto const& tokens = context.tokens();
    auto const linked = [&](Term const& a, Term const& b) {
        auto const& left = a.match.first < b.match.first ? a.match : b.match;
        auto const& right = a.match.first < b.match.first ? b.match : a.match;
        for (auto i = left.last + 1; i < right.first; ++i) {
            bool const term = std::any_of(found.begin(), found.end(), [&](Term const& t) { return t.match.names(i); });
            if (!term && !is_one_of(linking, tokens[i].text)) return false;
        }
        return true;
    };
    auto const& term = found[chosen];
    if (term.about) return accept(1.0, "it is said of '" + words(sentence, term.match) + "'");
    for (auto const& other : found)
        if (other.about && linked(other, term))
            return accept(0.9, "it is said of '" + words(sentence, other.match) + "' among others");
    return refuse("the clause is about '" + words(sentence, term.match) + "', not about the subject");
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
               context.at(i, RuleKind::terminator) || context.at(i, RuleKind::hedge) || tokens[i].text.ends_with("ly");
    };
    while (at < cue.last && passes(at) && !context.at(at, RuleKind::pronoun))
        ++at;
    auto const begin = at;
    auto const known = [&](std::size_t i) {
        auto const& matches = view_.read(sentence).matches;
        return context.at(i, RuleKind::pronoun) || context.at(i, RuleKind::generic) ||
               context.at(i, RuleKind::opener) || context.at(i, RuleKind::negation) ||
               std::any_of(matches.begin(), matches.end(), [&](PhraseMatch const& m) {
                   // A condition says when; only as the noun itself does it stand for the subject's use.
                   bool const circumstance = view_.index().has(m.phrase, PhraseRole::condition) ||
                                             view_.index().has(m.phrase, PhraseRole::factor);
                   return m.names(i) && (!circumstance || context.at(i + 1, RuleKind::verb));
               });
    };
    if (begin < tokens.size() && is_one_of(anaphoric, tokens[begin].text)) return {};
    while (at < cue.last && !context.at(at, RuleKind::verb)) {
        bool const article = at == begin && (tokens[at].text == "a" || tokens[at].text == "an");
        if (known(at) || tokens[at].text == "of" || (!article && at - begin >= max_bare_subject)) return {};
        ++at;
    }
    if (at >= cue.last || at == begin) return {};
    auto const& text = view_.sentence(sentence).text;
    return text.substr(tokens[begin].begin, tokens[at - 1].end - tokens[begin].begin);
}

SubjectReading SubjectResolver::of(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group) {
    if (view_.index().group_is_empty(group)) return accept(1.0, "the claim names no subject");
    auto const& context = view_.context(sentence);
    auto const& tokens = context.tokens();
    auto const found = unframed(terms(view_.read(sentence), group), context);
    auto const clause = context.clause(cue.last);

    for (std::size_t i = 0; i < found.size(); ++i)  // within the cue: "risk of addiction to ketamine is low"
        if (found[i].match.first >= cue.first && found[i].match.last <= cue.last)
            return by_term(found, i, context, sentence);
    auto const next = cue.last + 1;
    if (next < tokens.size() && is_one_of(attaching, tokens[next].text))  // "addiction to cocaine"
        for (std::size_t i = 0; i < found.size(); ++i)
            if (found[i].match.first > next && found[i].match.first <= next + max_attached &&
                context.clause(found[i].match.first) == clause)
                return by_term(found, i, context, sentence);

    auto const is_oblique = [&](Term const& term) {
        auto const first = term.match.first;
        return first > 0 && is_one_of(oblique, tokens[first - 1].text);
    };
    std::optional<std::size_t> in_clause, before, after;
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto const& term = found[i];
        if (term.match.last < cue.first || (term.match.first <= cue.first && term.match.last <= cue.last)) {
            before = i;
            if (context.clause(term.match.first) == context.clause(cue.first) &&
                !(in_clause && !term.about && is_oblique(term)))
                in_clause = i;
        } else if (!after) {
            after = i;
        }
    }
    if (in_clause) return by_term(found, *in_clause, context, sentence);
    if (auto const other = unknown_subject(cue, sentence, group); !other.empty())
        return refuse("the clause is about '" + other + "', not about the subject");
    if (before) return by_term(found, *before, context, sentence);
    if (after && (found[*after].about || context.clause(found[*after].match.first) == clause))
        return by_term(found, *after, context, sentence);
    return inherited(sentence, group);
}

SubjectResolver::Mention SubjectResolver::mention_in(ReadText const& read, std::uint32_t group) const {
    auto const found = terms(read, group);
    if (found.empty()) return Mention::nothing;
    return std::any_of(found.begin(), found.end(), [](Term const& term) { return term.about; }) ? Mention::subject
                                                                                                : Mention::other;
}

/// What a sentence is about when the next one says "it": the first thing named that is no comparison.
SubjectResolver::Mention SubjectResolver::mention_in(std::size_t sentence, std::uint32_t group) {
    auto const found = terms(view_.read(sentence), group);
    if (found.empty()) return Mention::nothing;
    auto const all_alike =
        std::all_of(found.begin(), found.end(), [&](Term const& term) { return term.about == found.front().about; });
    if (all_alike) return found.front().about ? Mention::subject : Mention::other;
    auto const left = unframed(found, view_.context(sentence));
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
        auto const found = terms(view_.read(i), group);
        auto const n = static_cast<std::size_t>(
            std::count_if(found.begin(), found.end(), [](Term const& term) { return term.about; }));
        if (view_.sentence(i).role == SentenceRole::title && n > 0) return entry->second = true;
        about += n;
        other += found.size() - n;
    }
    return entry->second = about >= min_main_mentions && about >= other;
}

}  // namespace dossier
