// Article view: an article's sentences with their words, the registry's phrases in them, and their context on demand.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
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
    ~ArticleView();
    ArticleView(ArticleView const&) = delete;
    ArticleView& operator=(ArticleView const&) = delete;

    [[nodiscard]] Article const& article() const noexcept { return article_; }
    [[nodiscard]] RegistryIndex const& index() const noexcept { return index_; }
    [[nodiscard]] Lexicon const& lexicon() const noexcept { return lexicon_; }
    [[nodiscard]] std::size_t size() const noexcept { return article_.sentences.size(); }
    [[nodiscard]] Sentence const& sentence(std::size_t i) const noexcept { return article_.sentences[i]; }
    /// The registry's phrases in sentence i; the words are not read again for it.
    [[nodiscard]] std::span<PhraseMatch const> matches(std::size_t i) const noexcept {
        return {matches_.data() + begins_[i], begins_[i + 1] - begins_[i]};
    }
    /// Does sentence i hold a word without which it holds no quantity?
    [[nodiscard]] bool may_hold_quantities(std::size_t i) const noexcept { return may_hold_quantities_[i] != 0; }
    /// The words of sentence i and the phrases among them.
    [[nodiscard]] ReadText const& read(std::size_t i);
    [[nodiscard]] SentenceContext const& context(std::size_t i);
    /// The phrases in the heading over sentence i.
    [[nodiscard]] ReadText const& heading(std::size_t i);
    /// The phrases in the article's title as stated.
    [[nodiscard]] ReadText const& title();

private:
    /// What only few sentences are asked for.
    struct Closer {
        ReadText read;
        SentenceContext context;
        bool has_context = false;
    };
    using Closers = std::vector<std::unique_ptr<Closer>>;

    static Closers& spare_closers();
    static std::unique_ptr<Closer> new_closer();
    Closer& closer(std::size_t i);
    void look_at(std::size_t i, Tokens& tokens);
    [[nodiscard]] bool is_worth_keeping(std::size_t i) const noexcept;

    Article const& article_;
    RegistryIndex const& index_;
    Lexicon const& lexicon_;
    std::vector<PhraseMatch> matches_;  ///< of all sentences
    std::vector<std::size_t> begins_;   ///< of the matches of each sentence, and the end of all
    std::vector<unsigned char> may_hold_quantities_;
    Closers closer_;
    std::optional<ReadText> title_;
    std::map<std::string_view, ReadText> headings_;
};

}  // namespace dossier
