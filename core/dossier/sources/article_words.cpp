#include "dossier/sources/article_words.hpp"

#include <algorithm>
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
    : article_(&article), title_text_(comparable(article.title.value.substr(0, 2000))), title_(title_text_, &memory_) {
    auto const n = article.sentences.size();
    auto const is_read = [n](std::size_t i) { return i < read_at_each_end || i + read_at_each_end >= n; };
    std::vector<std::size_t> ends;
    ends.reserve(n);
    std::size_t n_bytes = 0;
    for (std::size_t i = 0; i < n; ++i)
        if (is_read(i)) n_bytes += article.sentences[i].text.size();
    text_.reserve(n_bytes);
    for (std::size_t i = 0; i < n; ++i) {
        if (is_read(i)) append_comparable(text_, article.sentences[i].text);
        ends.push_back(text_.size());
    }
    sentences_.reserve(std::min(n, 2 * read_at_each_end));
    bool text_seen = false;
    for (std::size_t i = 0; i < n; ++i) {
        bool const is_text = may_be_quoted(article.sentences[i].role);
        text_seen = text_seen || is_text;
        if (!is_read(i)) continue;
        auto const begin = i == 0 ? 0 : ends[i - 1];
        auto const text = std::string_view(text_).substr(begin, ends[i] - begin);
        sentences_.push_back({i, is_text, !text_seen, text, CueWords(text, &memory_)});
    }
}

std::string ArticleWords::origin_of(ReadSentence const& sentence) const {
    return "text: " + shortened(article_->sentences[sentence.place].text, max_shown_bytes);
}

Stated ArticleWords::proposal(std::string value, ReadSentence const& sentence) const {
    return {std::move(value), origin_of(sentence), true};
}

}  // namespace dossier::sources
