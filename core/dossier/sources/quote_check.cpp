#include "dossier/sources/quote_check.hpp"

#include <algorithm>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/read_document.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {

struct QuoteChecker::State {
    ArticleInput input;
    sources::OpenedDocument opened;
    std::vector<std::size_t> reach;  // how far the blocks up to this one extend in the text

    State(ArticleInput const& as_read, sources::PdfReader const& read_pdf) : input(as_read) {
        sources::open_document(opened, input.format, input.path, input.bytes, input.context.get(), read_pdf);
        std::size_t furthest = 0;
        for (auto const& block : opened.document.blocks) {
            furthest = std::max(furthest, block.text.empty() ? 0 : block.text.origin_end(block.text.text().size()));
            reach.push_back(furthest);
        }
    }
    /// Of the record within its file.
    [[nodiscard]] std::size_t base() const noexcept { return input.origin.record != 0 ? input.origin.bytes.begin : 0; }
    [[nodiscard]] std::size_t size() const noexcept {
        return opened.format == sources::Format::pdf ? opened.extracted.size() : input.bytes.size();
    }
};

namespace {

ArticleInput file_input(std::string_view path, std::string_view bytes) {
    ArticleInput input;
    input.path = path;
    input.format = sources::format_of(path, bytes);
    input.bytes = bytes;
    return input;
}

}  // namespace

QuoteChecker::QuoteChecker(ArticleInput const& input, sources::PdfReader const& read_pdf)
    : state_(std::make_unique<State>(input, read_pdf)) {}
QuoteChecker::QuoteChecker(std::string_view path, std::string_view bytes) : QuoteChecker(file_input(path, bytes)) {}
QuoteChecker::~QuoteChecker() = default;
QuoteChecker::QuoteChecker(QuoteChecker&&) noexcept = default;
QuoteChecker& QuoteChecker::operator=(QuoteChecker&&) noexcept = default;

std::string const& QuoteChecker::problem() const noexcept {
    return state_->opened.problem;
}

std::string QuoteChecker::text_at(ByteRange range) const {
    auto const base = state_->base();
    if (!state_->opened.source || range.begin < base) return {};
    range = {range.begin - base, range.end - base};
    if (range.begin >= range.end || range.end > state_->size()) return {};
    auto const& source = *state_->opened.source;
    auto const begin = source.to_text(range.begin);
    auto const end = source.to_text(range.end);
    // The range must begin and end between characters.
    if (source.to_source(begin) != range.begin || source.to_source(end) != range.end) return {};
    auto const first = std::upper_bound(state_->reach.begin(), state_->reach.end(), begin) - state_->reach.begin();
    for (auto i = static_cast<std::size_t>(first); i < state_->opened.document.blocks.size(); ++i) {
        auto const& text = state_->opened.document.blocks[i].text;
        if (text.empty()) continue;
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
