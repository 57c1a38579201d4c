#include "dossier/sources/article_words.hpp"

#include <utility>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t read_at_each_end = 1500;
constexpr std::size_t max_shown_bytes = 160;

}  // namespace

std::string shortened(std::string const& text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80)
        --end;
    return text.substr(0, end) + "\u2026";
}

ArticleWords::ArticleWords(Article const& article)
    : article_(&article), title_(comparable(article.title.value.substr(0, 2000))) {
    bool text_seen = false;
    auto const n = article.sentences.size();
    for (std::size_t i = 0; i < n; ++i) {
        auto const& sentence = article.sentences[i];
        bool const is_text = may_be_quoted(sentence.role);
        text_seen = text_seen || is_text;
        if (i >= read_at_each_end && i + read_at_each_end < n) continue;
        auto text = comparable(sentence.text);
        CueWords words(text);
        sentences_.push_back({i, is_text, !text_seen, std::move(text), std::move(words)});
    }
}

std::string ArticleWords::origin_of(ReadSentence const& sentence) const {
    return "text: " + shortened(article_->sentences[sentence.place].text, max_shown_bytes);
}

Stated ArticleWords::proposal(std::string value, ReadSentence const& sentence) const {
    return {std::move(value), origin_of(sentence), true};
}

}  // namespace dossier::sources
