#include "dossier/evidence/article_view.hpp"

namespace dossier {

bool is_admissible(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
}

ArticleView::ArticleView(Article const& article, RegistryIndex const& index, Lexicon const& lexicon)
    : article_(article),
      index_(index),
      lexicon_(lexicon),
      title_(index.read(article.title.value)),
      contexts_(article.sentences.size()) {
    read_.reserve(article.sentences.size());
    for (auto const& sentence : article.sentences) {
        // Boilerplate is never quoted and says nothing about what the text is about.
        if (sentence.role == SentenceRole::boilerplate)
            read_.emplace_back();
        else
            read_.push_back(index.read(sentence.text));
        if (read_.back().tokens.size() > max_sentence_words) read_.back() = {};
    }
}

SentenceContext const& ArticleView::context(std::size_t i) {
    if (!contexts_[i]) contexts_[i] = std::make_unique<SentenceContext>(read_[i].tokens, lexicon_);
    return *contexts_[i];
}

ReadText const& ArticleView::heading(std::size_t i) {
    auto const& text = article_.sentences[i].heading;
    auto const found = headings_.find(text);
    return found != headings_.end() ? found->second : headings_.emplace(text, index_.read(text)).first->second;
}

}  // namespace dossier
