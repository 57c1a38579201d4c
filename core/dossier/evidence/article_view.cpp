#include "dossier/evidence/article_view.hpp"

#include "dossier/evidence/quantities.hpp"

namespace dossier {

bool is_admissible(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
}

ArticleView::ArticleView(Article const& article, RegistryIndex const& index, Lexicon const& lexicon)
    : article_(article), index_(index), lexicon_(lexicon) {
    auto const n = article.sentences.size();
    begins_.reserve(n + 1);
    may_hold_quantities_.reserve(n);
    closer_.resize(n);
    Tokens tokens;
    for (auto const& sentence : article.sentences) {
        begins_.push_back(matches_.size());
        may_hold_quantities_.push_back(0);
        // Boilerplate is never quoted and says nothing about what the text is about.
        if (sentence.role == SentenceRole::boilerplate) continue;
        tokenize(sentence.text, tokens, max_sentence_words + 1);
        may_hold_quantities_.back() =
            tokens.size() > max_sentence_words || dossier::may_hold_quantities(sentence.text, tokens);
        if (tokens.size() <= max_sentence_words) index.find(tokens, matches_);
    }
    begins_.push_back(matches_.size());
}

ArticleView::Closer& ArticleView::closer(std::size_t i) {
    if (closer_[i]) return *closer_[i];
    ReadText read;
    if (auto const& sentence = article_.sentences[i]; sentence.role != SentenceRole::boilerplate) {
        tokenize(sentence.text, read.tokens, max_sentence_words + 1);
        if (read.tokens.size() > max_sentence_words) read.tokens = {};
    }
    read.matches.assign(matches(i).begin(), matches(i).end());
    closer_[i] = std::make_unique<Closer>(std::move(read));
    return *closer_[i];
}

ReadText const& ArticleView::read(std::size_t i) {
    return closer(i).read;
}

SentenceContext const& ArticleView::context(std::size_t i) {
    auto& sentence = closer(i);
    if (!sentence.context) sentence.context.emplace(sentence.read.tokens, lexicon_);
    return *sentence.context;
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
