// What holds of every article, whatever its bytes were.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/records/record_splitter.hpp"

namespace fuzz {

inline void require(bool holds) {
    if (!holds) std::abort();
}

/// Every character of every block stands within the source, blocks in its order.
inline void check_places(dossier::sources::Document const& document, std::size_t source_bytes) {
    std::size_t before = 0;
    for (auto const& block : document.blocks) {
        auto const& text = block.text;
        require(!text.empty());
        require(text.origin_begin(0) >= before);
        before = text.origin_begin(0);
        for (std::size_t at = 0; at < text.text().size(); ++at)
            require(text.origin_begin(at) <= text.origin_end(at + 1) && text.origin_end(at + 1) <= source_bytes);
    }
}

/// Read as a job reads it, every sentence stands at its byte range.
inline void check_article(dossier::sources::Format format, std::string_view bytes) {
    dossier::ArticleInput input;
    input.id = input.path = "article";
    input.origin = {"article", {}, 0, {0, bytes.size()}};
    input.format = format;
    input.bytes = bytes;
    input.context = std::make_shared<dossier::sources::RecordContext>();
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article(input, {}, diagnostics);
    dossier::QuoteChecker const checker(input);
    for (auto const& sentence : article.sentences)
        require(checker.stands(sentence.bytes, sentence.text));
}

}  // namespace fuzz
