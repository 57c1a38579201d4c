// An article as the rules that propose metadata see it: its sentences word by word, in the form in which wordings are compared.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/sources/cue_phrases.hpp"

namespace dossier::sources {

struct ReadSentence {
    std::size_t place;  ///< index into Article::sentences
    bool article_text;  ///< statement, list item or quotation; else title, heading, question, fragment, boilerplate
    bool above_text = false;  ///< stands before the first sentence of the article's text
    std::string_view text;    ///< comparable()
    CueWords words;
};

class ArticleWords {
public:
    /// Looks at the first and last 1,500 sentences.
    explicit ArticleWords(Article const& article);
    ArticleWords(ArticleWords const&) = delete;
    ArticleWords& operator=(ArticleWords const&) = delete;

    [[nodiscard]] Article const& article() const noexcept { return *article_; }
    [[nodiscard]] std::vector<ReadSentence> const& sentences() const noexcept { return sentences_; }
    [[nodiscard]] CueWords const& title() const noexcept { return title_; }

    /// "text: " and the sentence, cut at 160 bytes.
    [[nodiscard]] std::string origin_of(ReadSentence const& sentence) const;
    /// The value with that origin, marked as proposed.
    [[nodiscard]] Stated proposal(std::string value, ReadSentence const& sentence) const;

private:
    Article const* article_;
    std::pmr::monotonic_buffer_resource memory_{16 * 1024};  // for the words, which are many and go together
    std::string title_text_, text_;                          // comparable(): of the title, of all sentences
    CueWords title_;
    std::vector<ReadSentence> sentences_;
};

/// `text` cut at a character's end within `most` bytes, with "…" if anything was cut.
[[nodiscard]] std::string shortened(std::string const& text, std::size_t most);

}  // namespace dossier::sources
