#include "dossier/evidence/article_reading.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/context.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement/text_reading.hpp"
#include "dossier/evidence/tokens.hpp"

namespace dossier {

namespace {

constexpr std::size_t shortest_word = 3;         // letters of a content word; numbers may be shorter
constexpr std::size_t opening = 3;               // sentences in which news says what it is about
constexpr std::size_t words_of_a_quotation = 3;  // fewer are a name, a title or a word held at arm's length
constexpr double about_it = 0.2;                 // relevance from which on an article is about a statement: a fifth
constexpr double says_the_same = 0.5;            // of the statement's words: such a sentence says it, or denies it
constexpr double words_per_rebuttal = 250.0;     // in which one rebuttal governs the story: a page of typescript
constexpr double words_per_doubt = 125.0;        // in which one word of doubt puts the story at a distance: half a page

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> numerals = {{{"one", "1"},
                                                                                     {"two", "2"},
                                                                                     {"second", "2"},
                                                                                     {"twice", "2"},
                                                                                     {"three", "3"},
                                                                                     {"third", "3"},
                                                                                     {"four", "4"},
                                                                                     {"five", "5"},
                                                                                     {"six", "6"},
                                                                                     {"seven", "7"},
                                                                                     {"eight", "8"},
                                                                                     {"nine", "9"},
                                                                                     {"ten", "10"},
                                                                                     {"eleven", "11"},
                                                                                     {"twelve", "12"},
                                                                                     {"2nd", "2"},
                                                                                     {"3rd", "3"}}};

bool is_number(std::string_view word) {
    return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

/// What the forms of a word share: "claims" and "claimed", "third" and "3".
std::string root_of(std::string_view word) {
    for (auto const& [numeral, digits] : numerals)
        if (word == numeral) return std::string(digits);
    return is_number(word) ? std::string(word) : stem_of(word);
}

void sort_out(std::vector<std::string>& words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::string text_of(RuleHit const& hit, Tokens const& tokens, std::string_view text) {
    auto const begin = tokens[hit.match.first].begin;
    return std::string(text.substr(begin, tokens[hit.match.last].end - begin));
}

/// "The mayor denied it": those whom a story concerns dispute it.
bool is_denial(RuleHit const& hit) {
    return hit.rule->kind == RuleKind::rebuttal && hit.rule->value == "denial";
}

/// Passes on what others say, without vouching for it.
bool is_doubt(RuleHit const& hit) {
    auto const& rule = *hit.rule;
    return (rule.kind == RuleKind::doubted && rule.value != "worry") || rule.kind == RuleKind::belief ||
           (rule.kind == RuleKind::reported && rule.value == "press") || is_denial(hit);
}

/// An odd number of denials governs the word.
bool is_denied(std::size_t token, SentenceContext const& context) {
    return std::count_if(context.hits().begin(), context.hits().end(),
                         [&](RuleHit const& hit) {
                             return hit.rule->kind == RuleKind::negation && token >= hit.scope_first &&
                                    token <= hit.scope_last;
                         }) %
               2 ==
           1;
}

/// Rebuts by itself; "they do not", "others did not" are about the sentence before, whatever that says.
bool rebuts_whole(RuleHit const& hit) {
    auto const& value = hit.rule->value;
    return hit.rule->kind == RuleKind::rebuts_previous && value != "denies" && value != "affirms" &&
           value != "leaves open";
}

/// Says that a story is wrong, and is not denied itself ("no hoax").
bool is_rebuttal(RuleHit const& hit, SentenceContext const& context) {
    bool const rebuts = hit.rule->kind == RuleKind::rebuttal || rebuts_whole(hit);
    if (!rebuts || is_denial(hit)) return false;
    auto const denials = std::count_if(context.hits().begin(), context.hits().end(), [&](RuleHit const& other) {
        return other.rule->kind == RuleKind::negation && other.governs(hit.match);
    });
    return denials % 2 == 0;
}

/// By which words a statement leaves it to somebody else: "reportedly", "says", "report". What a study finds, it vouches
/// for. None: nullptr.
RuleHit const* leaves_it_to_others(SentenceContext const& context) {
    auto const is_study = [](RuleHit const& hit) { return hit.rule->value == "study" || hit.rule->value == "own"; };
    bool const vouches = std::any_of(context.hits().begin(), context.hits().end(), is_study);
    for (auto const& hit : context.hits())
        if (is_doubt(hit) || (hit.rule->kind == RuleKind::reported && !vouches)) return &hit;
    return nullptr;
}

/// Some clause of a statement is denied, or said to be false: an odd number of times.
bool has_denied_clause(SentenceContext const& context) {
    std::map<std::uint32_t, std::set<std::uint32_t>> denials;  // by clause: where the words stand
    for (auto const& hit : context.hits()) {
        auto const kind = hit.rule->kind;
        if (kind == RuleKind::negation || kind == RuleKind::rebuttal || rebuts_whole(hit))
            denials[context.clause(hit.match.first)].insert(hit.match.first);
    }
    return std::any_of(denials.begin(), denials.end(),
                       [](auto const& clause) { return clause.second.size() % 2 == 1; });
}

/// "Mayor resigns?", "Real or fake? …": a question that is not put as one holds the story in doubt. One that begins as a
/// question asks about a statement, and is read as that.
bool doubts_by_question_mark(std::string_view statement, SentenceContext const& context) {
    bool const begins_as_question = !context.tokens().empty() && context.at(0, RuleKind::stopword) != nullptr;
    return statement.find('?') != std::string_view::npos && !begins_as_question;
}

/// The first words of a statement that stand in quotation marks and are more than a name or a title: what it puts into
/// somebody else's mouth. Empty: none. A question in quotation marks is a line of the story.
std::string quoted_part(std::string_view statement) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> marks = {
        {{"\u2018", "\u2019"}, {"\u201C", "\u201D"}, {"'", "'"}, {"\"", "\""}}};
    auto const is_letter = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    };
    for (auto const& [open, close] : marks)
        for (auto begin = statement.find(open); begin != std::string_view::npos;
             begin = statement.find(open, begin + open.size())) {
            if (begin > 0 && is_letter(statement[begin - 1])) continue;
            auto end = statement.find(close, begin + open.size());
            while (end != std::string_view::npos && end + close.size() < statement.size() &&
                   is_letter(statement[end + close.size()]))
                end = statement.find(close, end + close.size());
            if (end == std::string_view::npos) break;
            auto const inside = statement.substr(begin + open.size(), end - begin - open.size());
            if (inside.find('?') == std::string_view::npos && tokenize(inside).size() >= words_of_a_quotation)
                return std::string(inside);
        }
    return {};
}

/// How many of `words` are among the sorted `found`.
std::size_t shared(std::vector<std::string> const& words, std::vector<std::string> const& found) {
    return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](std::string const& word) {
        return std::binary_search(found.begin(), found.end(), word);
    }));
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Where an article speaks of a statement, and how much of it.
struct Nearness {
    double opening = 0.0, best = 0.0;    ///< share of the statement's words
    double throughout = 0.0;             ///< share of sentences with two of its words
    std::optional<std::size_t> nearest;  ///< of the sentences that may be quoted, the one that shares most

    [[nodiscard]] double relevance() const { return (2 * opening + 2 * best + throughout) / 5; }
};

Nearness nearness_of(StatementOutline const& statement, ArticleOutline const& article) {
    Nearness found;
    std::vector<std::string> first_words;
    std::size_t best = 0, best_quotable = 0, n_speaking = 0;
    for (std::size_t i = 0; i < article.sentences.size(); ++i) {
        auto const& outlined = article.sentences[i];
        if (i < opening) first_words.insert(first_words.end(), outlined.words.begin(), outlined.words.end());
        auto const n = shared(statement.words, outlined.words);
        if (outlined.may_be_quoted && (!found.nearest || n > best_quotable)) {
            found.nearest = i;
            best_quotable = n;
        }
        best = std::max(best, n);
        n_speaking += n >= 2;
    }
    sort_out(first_words);
    found.opening = share(shared(statement.words, first_words), statement.words.size());
    found.best = share(best, statement.words.size());
    found.throughout = share(n_speaking, article.sentences.size());
    return found;
}

/// The nearest sentence says what the statement says, and half of what they share is denied.
bool denies_statement(ArticleOutline::Outlined const& nearest, StatementOutline const& statement) {
    auto const n = shared(statement.words, nearest.words);
    return share(n, statement.words.size()) >= says_the_same && 2 * shared(statement.words, nearest.denied_words) >= n;
}

/// How an article puts its story.
enum class Telling { stands_for, passes_on, rebuts };

struct Story {
    Telling telling = Telling::stands_for;
    std::optional<std::size_t> sentence;  ///< that shows it and may be quoted
    std::string mark;                     ///< the words by which it is told so
};

/// What is said at the opening holds for the story; further on it must be said often enough to govern it.
Story story_of(ArticleOutline const& article) {
    auto const is_dense = [&](std::size_t n, double words_each) {
        return static_cast<double>(n) * words_each >= static_cast<double>(article.n_words);
    };
    auto const first = [&](std::string ArticleOutline::Outlined::*words, Telling telling) {
        Story story{telling, std::nullopt, {}};
        for (std::size_t i = 0; i < article.sentences.size() && !story.sentence; ++i) {
            auto const& outlined = article.sentences[i];
            if ((outlined.*words).empty()) continue;
            if (outlined.may_be_quoted) story.sentence = i;
            if (outlined.may_be_quoted || story.mark.empty()) story.mark = outlined.*words;
        }
        return story;
    };
    std::size_t doubts = 0, rebuttals = 0, early_doubts = 0;
    for (std::size_t i = 0; i < article.sentences.size(); ++i) {
        auto const& outlined = article.sentences[i];
        doubts += outlined.doubts;
        rebuttals += outlined.rebuttals;
        if (i < opening) early_doubts += outlined.doubts;
    }
    if (rebuttals > 0 && is_dense(rebuttals, words_per_rebuttal))
        return first(&ArticleOutline::Outlined::rebuttal_words, Telling::rebuts);
    if (early_doubts > 0 || (doubts > 0 && is_dense(doubts, words_per_doubt)))
        return first(&ArticleOutline::Outlined::doubt_words, Telling::passes_on);
    return {};
}

}  // namespace

StatementOutline::StatementOutline(std::string_view statement, Lexicon const& lexicon) {
    auto const tokens = tokenize(statement.substr(0, 4096));
    SentenceContext const context(tokens, lexicon);
    if (auto const* others = leaves_it_to_others(context)) distance_words = text_of(*others, tokens, statement);
    denies = has_denied_clause(context);
    if (distance_words.empty()) distance_words = quoted_part(statement);
    if (denies) distance_words.clear();  // "denies claims that": it takes a side itself
    if (doubts_by_question_mark(statement, context)) distance_words = "?";
    keeps_distance = !distance_words.empty();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const& word = tokens[i].text;
        bool const reports = std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
            return (is_doubt(hit) || hit.rule->kind == RuleKind::rebuttal || hit.rule->kind == RuleKind::reported) &&
                   hit.match.names(i);
        });
        if ((word.size() >= shortest_word || is_number(word)) && !context.at(i, RuleKind::stopword) && !reports)
            words.push_back(root_of(word));
    }
    sort_out(words);
}

ArticleOutline::ArticleOutline(Article const& article, Lexicon const& lexicon) {
    for (std::size_t i = 0; i < article.sentences.size(); ++i) {
        auto const& source = article.sentences[i];
        if (source.role == SentenceRole::boilerplate) continue;
        auto const tokens = tokenize(source.text);
        if (tokens.empty() || tokens.size() > max_sentence_words) continue;
        Outlined outlined;
        outlined.sentence = i;
        outlined.may_be_quoted = may_be_quoted(source.role);
        outlined.n_words = tokens.size();
        SentenceContext const context(tokens, lexicon);
        for (std::size_t token = 0; token < tokens.size(); ++token) {
            outlined.words.push_back(root_of(tokens[token].text));
            if (is_denied(token, context)) outlined.denied_words.push_back(outlined.words.back());
        }
        sort_out(outlined.words);
        sort_out(outlined.denied_words);
        for (auto const& hit : context.hits()) {
            bool const doubts = is_doubt(hit), rebuts = is_rebuttal(hit, context);
            outlined.doubts += doubts;
            outlined.rebuttals += rebuts;
            auto& words = rebuts ? outlined.rebuttal_words : outlined.doubt_words;
            if ((doubts || rebuts) && words.empty()) words = text_of(hit, tokens, source.text);
        }
        n_words += outlined.n_words;
        sentences.push_back(std::move(outlined));
    }
}

ArticleVerdict judge_article(StatementOutline const& statement, ArticleOutline const& article) {
    ArticleVerdict verdict;
    if (statement.says_too_little()) {
        verdict.reason = "the statement gives too little to go on: add cues";
        return verdict;
    }
    auto const near = nearness_of(statement, article);
    verdict.relevance = near.relevance();
    if (verdict.relevance < about_it) {
        verdict.reason = "it shares too few words with the statement";
        return verdict;
    }
    if (!near.nearest) {
        verdict.reason = "nothing in it may be quoted";
        return verdict;
    }
    auto const& nearest = article.sentences[*near.nearest];
    verdict.sentence = nearest.sentence;
    verdict.stance = Stance::neutral;
    if (statement.keeps_distance) {
        verdict.reason =
            "the statement passes something on and commits to nothing ('" + statement.distance_words + "')";
        return verdict;
    }
    auto const story = story_of(article);
    switch (story.telling) {
        case Telling::passes_on:
            verdict.reason = "the story is passed on, and nobody vouches for it ('" + story.mark + "')";
            return verdict;
        case Telling::rebuts:
            if (story.sentence) verdict.sentence = article.sentences[*story.sentence].sentence;
            verdict.reason = "the story is said to be wrong ('" + story.mark + "')";
            verdict.stance = statement.denies ? Stance::supports : Stance::refutes;
            return verdict;
        case Telling::stands_for: {
            bool const denied = denies_statement(nearest, statement);
            verdict.reason = denied ? "the nearest sentence denies it" : "the story is told as it is";
            verdict.stance = statement.denies == denied ? Stance::supports : Stance::refutes;
            return verdict;
        }
    }
    return verdict;
}

ArticleVerdict judge_article(std::string_view statement, Article const& article, Lexicon const& lexicon) {
    return judge_article(StatementOutline(statement, lexicon), ArticleOutline(article, lexicon));
}

}  // namespace dossier
