// Article view: an article's sentences with their words, the registry's phrases in them, and their context on demand.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "dossier/evidence/context.hpp"
#include "dossier/evidence/registry_index.hpp"
#include "dossier/model/article.hpp"

namespace dossier {

/// Sentences longer than this are no sentences, and are not looked into.
inline constexpr std::size_t max_sentence_words = 400;

/// Statement, list item or quotation: may be quoted as evidence.
[[nodiscard]] bool is_admissible(SentenceRole role) noexcept;

/// One per analysis and thread; fills itself as it is asked.
class ArticleView {
public:
    ArticleView(Article const& article, RegistryIndex const& index, Lexicon const& lexicon);

    [[nodiscard]] Article const& article() const noexcept { return article_; }
    [[nodiscard]] RegistryIndex const& index() const noexcept { return index_; }
    [[nodiscard]] std::size_t size() const noexcept { return article_.sentences.size(); }
    [[nodiscard]] Sentence const& sentence(std::size_t i) const noexcept { return article_.sentences[i]; }
    [[nodiscard]] ReadText const& read(std::size_t i) const noexcept { return read_[i]; }
    [[nodiscard]] SentenceContext const& context(std::size_t i);
    /// The phrases in the heading over sentence i.
    [[nodiscard]] ReadText const& heading(std::size_t i);
    /// The phrases in the article's title as stated.
    [[nodiscard]] ReadText const& title() const noexcept { return title_; }

private:
    Article const& article_;
    RegistryIndex const& index_;
    Lexicon const& lexicon_;
    std::vector<ReadText> read_;
    ReadText title_;
    std::vector<std::unique_ptr<SentenceContext>> contexts_;
    std::map<std::string, ReadText> headings_;
};

}  // namespace dossier
