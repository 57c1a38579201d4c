// Main text: which blocks of a document are the article and which are the page around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// What a block is to the article.
enum class BlockRole { main, list_item, quotation, title, heading, fragment, boilerplate };

/// The classifier shared by captured text, Markdown and HTML. Looks at each block's length, final punctuation, share of
/// links, place, neighbours, repetition and stock phrases (page_furniture.hpp).
/// @param title  the article's title, empty: none
/// @return one role per block
[[nodiscard]] std::vector<BlockRole> judge_blocks(Document const& document, Format format, std::string_view title);

/// Whether `text` ends as sentences do: a stop, closing quotes and brackets passed over.
[[nodiscard]] bool is_terminated(std::string_view text) noexcept;
/// The same for a question mark.
[[nodiscard]] bool is_question(std::string_view text) noexcept;

/// The line that states the title of a text capture; empty: none does. A line that is repeated or follows "Post:" counts
/// most, then one right above the byline, then one below the site's menu, then the first.
[[nodiscard]] std::string title_in_text(Document const& document);
/// "Post: Trial finds nothing" without its label.
[[nodiscard]] std::string_view without_title_label(std::string_view line) noexcept;
/// The name in "By Ada Smith, MD" and the like; empty: `line` is no byline.
[[nodiscard]] std::string name_in_byline(std::string_view line);

}  // namespace dossier::sources
