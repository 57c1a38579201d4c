// What becomes of a PDF's text, which is whatever a stranger's file made poppler say. The bytes are the text of the pages,
// each ended by a form feed. Every byte of a block must stand in the text, and every sentence where its bytes say.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/sources/pdf/page_places.hpp"
#include "dossier/sources/pdf/pdf_pages.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"

namespace {

using namespace dossier;

constexpr std::size_t max_bytes = 64 * 1024;

/// The first line of the first page also serves as document information.
sources::PdfPages pages_of(std::string_view text) {
    sources::PdfPages pages;
    pages.title = text.substr(0, text.find('\n'));
    pages.author = pages.title;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\f', begin), text.size());
        pages.pages.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return pages;
}

void check_blocks(sources::PdfPages const& pages) {
    auto const text = text_of(pages);
    auto const document = read_pdf_text(text, pages);
    std::size_t begin = 0;
    for (auto const& block : document.blocks) {
        auto const& mapped = block.text;
        if (mapped.empty() || mapped.origin_end(mapped.text().size()) > text.size()) std::abort();
        if (mapped.origin_begin(0) < begin) std::abort();  // blocks stand in their order
        begin = mapped.origin_begin(0);
        std::size_t last = 0;
        for (std::size_t at = 0; at < mapped.text().size(); ++at) {
            if (mapped.origin_begin(at) < last) std::abort();
            last = mapped.origin_begin(at);
        }
        sources::PagePlaces places(text);
        if (places.at(begin).page != block.page) std::abort();
    }
}

void check_sentences(sources::PdfPages const& pages) {
    sources::PdfReader const reader = [&](std::string_view) { return pages; };
    ReadOptions options;
    options.read_pdf = reader;
    ArticleInput input;
    input.id = "a", input.path = "a.pdf", input.origin.file = "a.pdf", input.bytes = "%PDF-1.7";
    input.format = sources::Format::pdf;
    Diagnostics diagnostics;
    auto const article = read_article(input, options, diagnostics);
    QuoteChecker const checker(input, reader);
    for (auto const& sentence : article.sentences) {
        if (sentence.page == 0 || sentence.page > pages.pages.size() || sentence.line == 0) std::abort();
        if (!checker.stands(sentence.bytes, sentence.text)) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const pages = pages_of({reinterpret_cast<char const*>(data), std::min(size, max_bytes)});
    check_blocks(pages);
    check_sentences(pages);
    return 0;
}
