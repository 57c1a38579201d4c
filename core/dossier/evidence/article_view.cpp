#include "dossier/evidence/article_view.hpp"

#include <algorithm>
#include <utility>

#include "dossier/evidence/dateline.hpp"
#include "dossier/evidence/quantities.hpp"

namespace dossier {

bool is_admissible(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
}

ArticleView::ArticleView(Article const& article, RegistryIndex const& index, Lexicon const& lexicon)
    : article_(article), index_(index), lexicon_(lexicon) {
    auto const n = article.sentences.size();
    begins_.reserve(n + 1);
    begins_.push_back(0);
    may_hold_quantities_.resize(n, 0);
    closer_.resize(n);
    Tokens tokens;
    for (std::size_t i = 0; i < n; ++i) {
        // Boilerplate is never quoted and says nothing about what the text is about.
        if (article.sentences[i].role != SentenceRole::boilerplate) look_at(i, tokens);
        begins_.push_back(matches_.size());
        if (!is_worth_keeping(i)) continue;
        closer_[i] = new_closer();
        std::swap(closer_[i]->read.tokens, tokens);
        closer_[i]->read.matches.assign(matches(i).begin(), matches(i).end());
    }
}

ArticleView::~ArticleView() {
    constexpr std::size_t most_spare = 64;
    auto& spare = spare_closers();
    for (auto& closer : closer_)
        if (closer && spare.size() < most_spare) spare.push_back(std::move(closer));
}

/// Finds the phrases in sentence i.
void ArticleView::look_at(std::size_t i, Tokens& tokens) {
    auto const& text = article_.sentences[i].text;
    tokenize_sentence(text, tokens, max_sentence_words + 1);
    bool const is_sentence = tokens.size() <= max_sentence_words;
    may_hold_quantities_[i] = !is_sentence || dossier::may_hold_quantities(text, tokens);
    if (is_sentence) index_.find(tokens, matches_);
}

/// The words of a sentence with a cue will be asked for.
bool ArticleView::is_worth_keeping(std::size_t i) const noexcept {
    auto const found = matches(i);
    return std::any_of(found.begin(), found.end(), [&](PhraseMatch const& match) {
        return index_.is_cue(match.phrase) || index_.has(match.phrase, PhraseRole::factor);
    });
}

/// Of articles read before by this thread: their memory is used again.
ArticleView::Closers& ArticleView::spare_closers() {
    thread_local Closers spare;
    return spare;
}

std::unique_ptr<ArticleView::Closer> ArticleView::new_closer() {
    auto& spare = spare_closers();
    if (spare.empty()) return std::make_unique<Closer>();
    auto closer = std::move(spare.back());
    spare.pop_back();
    closer->has_context = false;
    return closer;
}

ArticleView::Closer& ArticleView::closer(std::size_t i) {
    if (closer_[i]) return *closer_[i];
    closer_[i] = new_closer();
    auto& read = closer_[i]->read;
    if (sentence(i).role == SentenceRole::boilerplate)
        tokenize({}, read.tokens);
    else
        tokenize_sentence(sentence(i).text, read.tokens, max_sentence_words + 1);
    if (read.tokens.size() > max_sentence_words) tokenize({}, read.tokens);
    read.matches.assign(matches(i).begin(), matches(i).end());
    return *closer_[i];
}

ReadText const& ArticleView::read(std::size_t i) {
    return closer(i).read;
}

SentenceContext const& ArticleView::context(std::size_t i) {
    auto& sentence = closer(i);
    if (!sentence.has_context) sentence.context.read(sentence.read.tokens, lexicon_);
    sentence.has_context = true;
    return sentence.context;
}

ReadText const& ArticleView::heading(std::size_t i) {
    std::string_view const text = article_.sentences[i].heading;
    auto const found = headings_.find(text);
    return found != headings_.end() ? found->second : headings_.emplace(text, index_.read(text)).first->second;
}

ReadText const& ArticleView::title() {
    if (!title_) title_ = index_.read(article_.title.value);
    return *title_;
}

}  // namespace dossier
