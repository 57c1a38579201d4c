#include "dossier/evidence/statement/text_reading.hpp"

#include <libstemmer.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <stdexcept>

#include "dossier/evidence/context.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/statement/word_links.hpp"

namespace dossier {

extern char const* const statement_words_text;

namespace {

constexpr std::array<char const*, n_word_classes> class_names{
    "up",    "down",    "good",      "bad",       "effect",  "significant", "no_effect", "denial",  "same",
    "hedge", "unclear", "need_more", "partly",    "advice",  "we_conclude", "all",       "none",    "many",
    "few",   "only",    "cause",     "correlate", "compare", "aim",         "contrast",  "selected"};

/// The phrases of words.en.toml, indexed. Only read once built.
struct ClassIndex {
    PhraseIndex phrases, generic;
    std::vector<WordClass> class_of;
    std::map<std::string, std::vector<std::string>, std::less<>> equivalents;  ///< by stem

    ClassIndex() {
        auto const file = toml::parse(std::string_view(statement_words_text), std::string_view("words.en.toml"));
        for (std::size_t i = 0; i < n_word_classes; ++i) {
            auto const* words = file["classes"][class_names[i]].as_array();
            if (!words) throw std::logic_error(std::string("words.en.toml has no class ") + class_names[i]);
            for (auto const& word : *words) {
                phrases.add(pattern_of(word.value_or(std::string())));
                class_of.push_back(static_cast<WordClass>(i));
            }
        }
        for (auto const& word : *file["generic"].as_array())
            generic.add(pattern_of(word.value_or(std::string())));
        for (auto const& group : *file["synonyms"].as_array())
            add_equivalents(*group.as_array());
    }

private:
    static PhrasePattern pattern_of(std::string const& phrase) {
        auto const parsed = parse_phrase(phrase);
        if (auto const* error = std::get_if<PhraseError>(&parsed))
            throw std::logic_error("words.en.toml: " + phrase + ": " + error->message);
        return std::get<PhrasePattern>(parsed);
    }

    void add_equivalents(toml::array const& group) {
        std::vector<std::string> stems;
        for (auto const& word : group)
            stems.push_back(stem_of(word.value_or(std::string())));
        for (auto const& stem : stems)
            for (auto const& other : stems)
                if (other != stem) equivalents[stem].push_back(other);
    }
};

ClassIndex const& class_index() {
    static ClassIndex const index;
    return index;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_abbreviation(std::string_view before) {
    static constexpr std::array<std::string_view, 14> known{"vs",     "e.g", "i.e",  "etc", "al", "fig", "dr",
                                                            "approx", "no",  "resp", "st",  "ca", "cf",  "mr"};
    auto const begin = before.find_last_of(" (");
    auto word = std::string(begin == std::string_view::npos ? before : before.substr(begin + 1));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; });
    return word.size() == 1 || std::find(known.begin(), known.end(), word) != known.end();
}

/// A passage comes as running text: sentences end at a stop before a space and a capital, a digit or a bracket.
std::vector<std::string_view> sentences_of(std::string_view text) {
    std::vector<std::string_view> sentences;
    std::size_t begin = 0;
    for (std::size_t i = 0; i + 2 < text.size() && sentences.size() < max_passage_sentences; ++i) {
        bool const stops = text[i] == '.' || text[i] == '?' || text[i] == '!';
        if (!stops || text[i + 1] != ' ' || !(is_upper(text[i + 2]) || is_digit(text[i + 2]) || text[i + 2] == '('))
            continue;
        if (text[i] == '.' && is_abbreviation(text.substr(begin, i - begin))) continue;
        sentences.push_back(text.substr(begin, i + 1 - begin));
        begin = i + 2;
    }
    if (begin < text.size() && sentences.size() < max_passage_sentences) sentences.push_back(text.substr(begin));
    return sentences;
}

/// Capitals inside, digits beside letters, or a capital away from the start of the sentence.
bool looks_like_name(std::string_view written, bool is_first) {
    if (written.empty()) return false;
    bool const starts = is_upper(written.front());
    bool const inside = std::any_of(written.begin() + 1, written.end(), is_upper);
    bool const digit = std::any_of(written.begin(), written.end(), is_digit);
    bool const letter =
        std::any_of(written.begin(), written.end(), [](char c) { return (c >= 'a' && c <= 'z') || is_upper(c); });
    return inside || (digit && letter) || (starts && !is_first);
}

bool is_plain_number(std::string_view word) {
    return !word.empty() && is_digit(word.front()) &&
           std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
}

/// "one" is left out: it is seldom a count.
std::string number_of(std::string const& word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> words{{{"two", "2"},
                                                                                          {"three", "3"},
                                                                                          {"four", "4"},
                                                                                          {"five", "5"},
                                                                                          {"six", "6"},
                                                                                          {"seven", "7"},
                                                                                          {"eight", "8"},
                                                                                          {"nine", "9"},
                                                                                          {"ten", "10"},
                                                                                          {"twelve", "12"},
                                                                                          {"twenty", "20"},
                                                                                          {"thirty", "30"},
                                                                                          {"fifty", "50"},
                                                                                          {"hundred", "100"},
                                                                                          {"half", "50"}}};
    for (auto const& [name, digits] : words)
        if (word == name) return std::string(digits);
    if (!is_plain_number(word)) return {};
    auto digits = word;
    std::erase(digits, ',');
    if (digits.find('.') != std::string::npos) {
        while (digits.back() == '0')
            digits.pop_back();
        if (digits.back() == '.') digits.pop_back();
    }
    return digits;
}

constexpr double generic_weight = 0.3;

double weight_of(ReadWord const& word) {
    if (word.is_number || word.is_name) return 1.0;
    auto const links = links_of(word.text);
    return links.is_known ? 1.0 - 0.08 * links.commonness : 1.0;
}

TextSentence read_sentence(std::string_view text, Lexicon const& lexicon) {
    TextSentence sentence;
    auto const tokens = tokenize(text);
    SentenceContext const context(tokens, lexicon);
    std::vector<bool> is_stop(tokens.size()), is_denial(tokens.size()), is_plain_denial(tokens.size());
    std::vector<int> denials(tokens.size());
    auto first_verb = tokens.size();
    for (auto const& hit : context.hits()) {
        bool const denies = hit.rule->kind == RuleKind::negation || hit.rule->kind == RuleKind::rebuttal ||
                            hit.rule->kind == RuleKind::degree_nil;
        if (hit.rule->kind == RuleKind::verb && hit.rule->value != "lexical" && hit.match.first > 0)
            first_verb = std::min<std::size_t>(first_verb, hit.match.first);
        bool const empty = hit.rule->kind == RuleKind::stopword || hit.rule->kind == RuleKind::pronoun;
        sentence.n_denials += denies;
        for (auto i = hit.match.first; i <= hit.match.last; ++i) {
            if (!hit.match.names(i)) continue;
            if (empty) is_stop[i] = true;
            if (denies) is_denial[i] = true;
            // "lower … than the controls" denies what is counted, and asserts what lowers it.
            if (denies && hit.rule->kind != RuleKind::degree_nil && hit.rule->value != "control")
                is_plain_denial[i] = true;
        }
        if (denies)
            for (auto i = hit.scope_first; i <= hit.scope_last && i < tokens.size(); ++i)
                if (!hit.match.names(i)) ++denials[i];
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        ReadWord word;
        word.text = tokens[i].text;
        word.clause = context.clause(i);
        word.is_predicate = i >= first_verb;
        word.is_tied = i + 1 < tokens.size() && tokens[i + 1].joined;
        word.is_denied = denials[i] % 2 == 1;
        word.is_denial = is_plain_denial[i];
        bool const in_name = (tokens[i].joined && i > 0 && !is_plain_number(tokens[i - 1].text)) ||
                             (i + 1 < tokens.size() && tokens[i + 1].joined && tokens[i + 1].text.size() < 3);
        auto const number = in_name ? std::string() : number_of(word.text);  // the 19 of "COVID-19" counts nothing
        word.is_number = !number.empty();
        word.is_name =
            !word.is_number && looks_like_name(text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin), i == 0);
        word.stem = word.is_number ? number : stem_of(word.text);
        word.is_content = word.is_number || (word.text.size() > 1 && word.text != "%" && !is_stop[i] && !is_denial[i] &&
                                             !is_plain_number(word.text));
        sentence.words.push_back(std::move(word));
    }
    std::vector<PhraseMatch> matches;
    class_index().phrases.find(tokens, matches);
    for (auto const& match : matches)
        for (auto i = match.first; i <= match.last; ++i)
            if (match.names(i))
                sentence.words[i].classes |= 1u << static_cast<unsigned>(class_index().class_of[match.phrase]);
    for (auto& word : sentence.words)
        if (word.is_content) word.weight = weight_of(word);
    matches.clear();
    class_index().generic.find(tokens, matches);
    for (auto const& match : matches)
        sentence.words[match.first].weight = std::min(sentence.words[match.first].weight, generic_weight);
    return sentence;
}

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const noexcept { sb_stemmer_delete(stemmer); }
};

}  // namespace

char const* name_of(WordClass word_class) noexcept {
    return class_names[static_cast<std::size_t>(word_class)];
}

std::string stem_of(std::string_view word) {
    thread_local std::unique_ptr<sb_stemmer, StemmerDeleter> const stemmer(sb_stemmer_new("english", nullptr));
    if (!stemmer || word.size() > 100) return std::string(word);
    auto const* stem =
        sb_stemmer_stem(stemmer.get(), reinterpret_cast<sb_symbol const*>(word.data()), static_cast<int>(word.size()));
    return stem ? std::string(reinterpret_cast<char const*>(stem),
                              static_cast<std::size_t>(sb_stemmer_length(stemmer.get())))
                : std::string(word);
}

std::vector<std::string> const& equivalents_of(std::string const& stem) {
    static std::vector<std::string> const none;
    auto const& all = class_index().equivalents;
    auto const found = all.find(stem);
    return found == all.end() ? none : found->second;
}

bool is_denied_form(std::string_view a, std::string_view b) noexcept {
    static constexpr std::array<std::string_view, 9> prefixes{"un", "in", "im", "ir", "dis", "non", "a", "anti", "mis"};
    if (a.size() < b.size()) std::swap(a, b);
    if (b.size() < 4) return false;
    if (a.size() == b.size() + 4 && a.starts_with(b) && a.ends_with("less")) return true;
    return a.ends_with(b) &&
           std::find(prefixes.begin(), prefixes.end(), a.substr(0, a.size() - b.size())) != prefixes.end();
}

std::size_t TextSentence::count(WordClass word_class) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [&](ReadWord const& word) { return word.is(word_class); }));
}

TextReading read_text(std::string_view text, Lexicon const& lexicon) {
    TextReading reading;
    for (auto const sentence : sentences_of(text))
        reading.sentences.push_back(read_sentence(sentence.substr(0, max_sentence_bytes), lexicon));
    auto const end = text.find_last_not_of(" \t\n\"')");
    reading.is_question = end != std::string_view::npos && text[end] == '?';
    return reading;
}

}  // namespace dossier
