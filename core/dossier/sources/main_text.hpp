// Main text: which blocks of a document are the article and which are the page around it.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// What a block is to the article.
enum class BlockRole { main, list_item, quotation, title, heading, fragment, boilerplate };

/// The classifier shared by captured text, Markdown and HTML. Looks at each block's length, final punctuation, share of
/// links, place, neighbours, repetition and stock phrases (page_furniture.hpp).
/// @param features  of the document's blocks; what depends on the other blocks is filled in
/// @param title     the article's title, empty: none
/// @return one role per block
[[nodiscard]] std::vector<BlockRole> judge_blocks(Document const& document, std::vector<BlockFeatures>& features,
                                                  Format format, std::string_view title);

}  // namespace dossier::sources
