#include "dossier/evidence/answered_question.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dossier {

namespace {

template <typename Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// "So does coffee …?", "Is it …?": opens with its verb, and offers no choice.
bool asks_yes_or_no(Tokens const& tokens) {
    static constexpr std::string_view leading[] = {"so", "but", "and", "well", "then", "now", "yet"};
    static constexpr std::string_view verbs[] = {"do",   "does",  "did",  "is",    "are",    "was",
                                                 "were", "has",   "have", "had",   "can",    "could",
                                                 "will", "would", "may",  "might", "should", "must"};
    std::size_t at = 0;
    while (at < tokens.size() && is_one_of(leading, tokens[at].text))
        ++at;
    return at < tokens.size() && is_one_of(verbs, tokens[at].text) &&
           std::none_of(tokens.begin(), tokens.end(), [](Token const& token) { return token.text == "or"; });
}

bool ends_in_stop(std::string_view text) {
    return text.ends_with('.') || text.ends_with('!');
}

bool is_question(Sentence const& sentence) {
    return sentence.role == SentenceRole::question ||
           ((sentence.role == SentenceRole::heading || sentence.role == SentenceRole::title) &&
            sentence.text.ends_with('?'));
}

/// "No. Not in healthy people": a sentence of its own, though the text goes on in the same one ("no." may be short for "number").
bool has_stop_behind(Token const& last, Token const& next, std::string_view text) {
    bool const counts = next.text.front() >= '0' && next.text.front() <= '9';
    return !counts && text.substr(last.end, next.begin - last.end).find_first_of(".!") != std::string_view::npos;
}

/// A mark or the end parts the answer from what follows, and no "but" takes some of it back.
bool stands_alone(RuleHit const& answer, Tokens const& tokens, std::string_view text) {
    static constexpr std::string_view weighing[] = {"but", "though", "although", "unless", "except",  "only",
                                                    "if",  "and",    "or",       "yet",    "however", "it"};
    auto const next = answer.match.last + 1;
    if (next >= tokens.size()) return true;
    if (tokens[next].before == Mark::none && !has_stop_behind(tokens[next - 1], tokens[next], text)) return false;
    return !is_one_of(weighing, tokens[next].text) || (tokens[next].text == "it" && answer.rule->value == "no");
}

}  // namespace

std::optional<Answer> answer_to(ArticleView& view, std::size_t sentence) {
    auto const& question = view.sentence(sentence);
    auto const next = sentence + 1;
    if (!is_question(question) || next >= view.size()) return std::nullopt;
    auto const& behind = view.sentence(next);
    bool const is_under = question.role == SentenceRole::heading && behind.heading == question.text;
    // "No. Not in healthy people." has no verb, and is no sentence where it stands by itself.
    bool const may_answer =
        is_admissible(behind.role) || (behind.role == SentenceRole::fragment && ends_in_stop(behind.text));
    if (!may_answer || (!is_under && behind.heading != question.heading)) return std::nullopt;
    if (!asks_yes_or_no(view.read(sentence).tokens)) return std::nullopt;
    auto const& context = view.context(next);
    RuleHit const* longest = nullptr;
    for (auto const& hit : context.hits())
        if (hit.rule->kind == RuleKind::answer && hit.match.first == 0 &&
            (!longest || hit.match.last > longest->match.last))
            longest = &hit;
    if (!longest || !stands_alone(*longest, context.tokens(), behind.text)) return std::nullopt;
    auto const& tokens = context.tokens();
    return Answer{next, longest->rule->value == "yes",
                  behind.text.substr(tokens[0].begin, tokens[longest->match.last].end - tokens[0].begin)};
}

}  // namespace dossier
