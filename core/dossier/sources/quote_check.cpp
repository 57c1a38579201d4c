#include "dossier/sources/quote_check.hpp"

#include <algorithm>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/read_document.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {

struct QuoteChecker::State {
    std::string bytes;
    sources::SourceText source;
    std::vector<sources::Block> blocks;
    std::vector<std::size_t> reach;  // how far the blocks up to this one extend in the text

    State(std::string_view path, std::string_view file)
        : bytes(file),
          source(bytes, sources::charset_for(path, bytes)),
          blocks(sources::read_document(path, source.text()).blocks) {
        std::size_t furthest = 0;
        for (auto const& block : blocks) {
            furthest = std::max(furthest, block.text.origin_end(block.text.text().size()));
            reach.push_back(furthest);
        }
    }
};

QuoteChecker::QuoteChecker(std::string_view path, std::string_view bytes)
    : state_(std::make_unique<State>(path, bytes)) {}
QuoteChecker::~QuoteChecker() = default;
QuoteChecker::QuoteChecker(QuoteChecker&&) noexcept = default;
QuoteChecker& QuoteChecker::operator=(QuoteChecker&&) noexcept = default;

std::string QuoteChecker::text_at(ByteRange range) const {
    if (range.begin >= range.end || range.end > state_->bytes.size()) return {};
    auto const begin = state_->source.to_text(range.begin);
    auto const end = state_->source.to_text(range.end);
    // The range must begin and end between characters.
    if (state_->source.to_source(begin) != range.begin || state_->source.to_source(end) != range.end) return {};
    auto const first = std::upper_bound(state_->reach.begin(), state_->reach.end(), begin) - state_->reach.begin();
    for (auto i = static_cast<std::size_t>(first); i < state_->blocks.size(); ++i) {
        auto const& text = state_->blocks[i].text;
        if (text.origin_begin(0) > begin) break;
        // A caption may stand within the paragraph that holds its image: the block is the one with text at both ends.
        auto const part = text.within(begin, end);
        if (part.empty()) continue;
        auto const at = static_cast<std::size_t>(part.data() - text.text().data());
        if (text.origin_begin(at) == begin && text.origin_end(at + part.size()) == end) return sources::folded(part);
    }
    return {};
}

bool QuoteChecker::stands(ByteRange range, std::string_view quote) const {
    return !quote.empty() && text_at(range) == quote;
}

bool quote_stands(std::string_view path, std::string_view bytes, ByteRange range, std::string_view quote) {
    return QuoteChecker(path, bytes).stands(range, quote);
}

}  // namespace dossier
