#include "dossier/evidence/labels.hpp"

#include <algorithm>
#include <string_view>

namespace dossier {

namespace {

constexpr std::size_t max_label_words = 3;   // "A common misconception:"
constexpr std::size_t max_number_words = 2;  // "Myth no. 4:"
constexpr std::size_t most_heading_words = 4;

/// "2", "two": numbers a label.
bool is_ordinal(std::string_view word) {
    static constexpr std::string_view numbers[] = {"no",   "nr",  "number", "one",   "two",  "three", "four",
                                                   "five", "six", "seven",  "eight", "nine", "ten"};
    return (word.front() >= '0' && word.front() <= '9') ||
           std::find(std::begin(numbers), std::end(numbers), word) != std::end(numbers);
}

}  // namespace

bool is_label(RuleHit const& hit, PhraseMatch const& labelled, Tokens const& tokens) {
    auto const kind = hit.rule->kind;
    if ((kind != RuleKind::rebuttal && kind != RuleKind::doubted) || hit.rule->value != "label" ||
        hit.match.first >= max_label_words)
        return false;
    auto next = hit.match.last + 1;
    while (next < labelled.first && next <= hit.match.last + max_number_words && tokens[next].before == Mark::none &&
           is_ordinal(tokens[next].text))
        ++next;
    return next <= labelled.first && tokens[next].before >= Mark::dash;
}

bool is_under_myth(ArticleView& view, std::size_t sentence) {
    if (sentence == 0 || view.sentence(sentence - 1).role != SentenceRole::heading) return false;
    auto const& here = view.sentence(sentence);
    auto const& tokens = view.heading(sentence).tokens;
    if (tokens.empty() || tokens.size() > most_heading_words) return false;
    if (sentence + 1 < view.size() && view.sentence(sentence + 1).heading == here.heading &&
        view.sentence(sentence + 1).paragraph == here.paragraph)
        return false;
    SentenceContext const context(tokens, view.lexicon());
    return std::any_of(context.hits().begin(), context.hits().end(), [&](RuleHit const& hit) {
        return hit.rule->kind == RuleKind::rebuttal && hit.rule->value == "label" && hit.match.first == 0 &&
               std::all_of(tokens.begin() + hit.match.last + 1, tokens.end(),
                           [](Token const& token) { return is_ordinal(token.text); });
    });
}

}  // namespace dossier
