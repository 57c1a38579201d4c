#include "dossier/evidence/derived_cues.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "dossier/evidence/context.hpp"

namespace dossier {

namespace {

constexpr std::size_t max_words = 3;
constexpr std::size_t shortest_word = 3;

/// Enough of a word to find its other forms: "causes" and "caused", "addictive" and "addiction".
std::string stem_of(std::string word) {
    static constexpr std::string_view endings[] = {
        "ations", "ation", "ically", "ments", "ment", "iness", "ness", "ities", "ity", "ions", "ion", "ives", "ive",
        "ings",   "ing",   "ies",    "ied",   "ers",  "er",    "ed",   "es",    "ly",  "al",   "s",   "y",    "e"};
    for (auto const ending : endings)
        if (word.size() >= ending.size() + 4 && word.ends_with(ending)) {
            word.resize(word.size() - ending.size());
            break;
        }
    return word;
}

bool is_plain(std::string const& word) {
    return std::all_of(word.begin(), word.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

std::string pattern_of(std::string const& stem) {
    return stem.size() >= shortest_word + 1 && is_plain(stem) ? stem + "*" : stem;
}

/// Tokens of the statement that name the subject.
std::set<std::size_t> subject_tokens(Tokens const& tokens, std::vector<Phrase> const& about) {
    PhraseIndex index;
    for (auto const& phrase : about) {
        auto const parsed = parse_phrase(phrase.text);
        if (auto const* pattern = std::get_if<PhrasePattern>(&parsed)) index.add(*pattern);
    }
    std::vector<PhraseMatch> matches;
    index.find(tokens, matches);
    std::set<std::size_t> named;
    for (auto const& match : matches)
        for (auto token = match.first; token <= match.last; ++token)
            if (match.names(token)) named.insert(token);
    return named;
}

}  // namespace

DerivedCues derive_cues(std::string_view statement, std::vector<Phrase> const& about, Lexicon const& lexicon) {
    DerivedCues derived;
    auto const tokens = tokenize(statement);
    if (tokens.empty()) return derived;
    SentenceContext const context(tokens, lexicon);
    auto subject = subject_tokens(tokens, about);
    auto const is_content = [&](std::size_t i) {
        return tokens[i].text.size() >= shortest_word && !context.at(i, RuleKind::stopword) &&
               !context.at(i, RuleKind::pronoun) && !context.at(i, RuleKind::negation) && is_plain(tokens[i].text);
    };
    if (about.empty()) {
        std::size_t verb = 0;
        while (verb < tokens.size() && !context.at(verb, RuleKind::verb))
            ++verb;
        for (std::size_t i = 0; verb < tokens.size() && i < verb; ++i)
            if (is_content(i)) {
                subject.insert(i);
                derived.about.push_back({pattern_of(stem_of(tokens[i].text)), {}});
            }
    }
    std::vector<std::string> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const word = pattern_of(stem_of(tokens[i].text));
        if (!subject.contains(i) && is_content(i) && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
    }
    if (words.empty()) return derived;
    std::stable_sort(words.begin(), words.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    words.resize(std::min(words.size(), max_words));
    std::sort(words.begin(), words.end());
    do {
        std::string cue;
        for (auto const& word : words)
            cue += (cue.empty() ? "" : " ... ") + word;
        derived.cues.push_back({cue, {}});
    } while (std::next_permutation(words.begin(), words.end()));
    auto const denials = std::count_if(context.hits().begin(), context.hits().end(),
                                       [](RuleHit const& hit) { return hit.rule->kind == RuleKind::negation; });
    derived.denies = denials % 2 == 1;
    return derived;
}

}  // namespace dossier
