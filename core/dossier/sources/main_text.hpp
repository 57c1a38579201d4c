// Main text: which blocks of a document are the article and which are the page around it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// What a block is to the article.
enum class BlockRole { main, list_item, quotation, title, heading, fragment, boilerplate };

inline constexpr std::size_t looked_at_bytes = 1000;  ///< of a block, for phrases: longer blocks are running text

/// What is seen of a block by itself.
struct BlockFeatures {
    std::string text;                           ///< comparable(), of the first looked_at_bytes
    std::size_t words = 0;                      ///< of the first 20,000 bytes
    bool terminated = false, question = false;  ///< ends so
    bool links = false;                         ///< most of it is links
    bool furniture = false;                     ///< says so itself, or is an appeal among furniture
    bool weak = false;                          ///< may be furniture, by its words and size
    bool strong_phrase = false;                 ///< `text` has a phrase that only furniture has
    bool publisher_voice = false;               ///< a short passage in which the publisher turns to its readers
    bool foreign = false;                       ///< a short line in another language
    bool repeated = false;                      ///< the same text stands elsewhere, too; judge_blocks() says so
    bool neighbour_repeated = false;            ///< the same
    bool body = false;                          ///< running text; the same
};
[[nodiscard]] std::vector<BlockFeatures> features_of_blocks(Document const& document);

/// The classifier shared by captured text, Markdown and HTML. Looks at each block's length, final punctuation, share of
/// links, place, neighbours, repetition and stock phrases (page_furniture.hpp).
/// @param features  of the document's blocks; what depends on the other blocks is filled in
/// @param title     the article's title, empty: none
/// @return one role per block
[[nodiscard]] std::vector<BlockRole> judge_blocks(Document const& document, std::vector<BlockFeatures>& features,
                                                  Format format, std::string_view title);

/// Whether `text` ends as sentences do: a stop, closing quotes and brackets passed over.
[[nodiscard]] bool is_terminated(std::string_view text) noexcept;
/// The same for a question mark.
[[nodiscard]] bool is_question(std::string_view text) noexcept;

/// The line that states the title of a text capture; empty: none does. A line that is repeated or follows "Post:" counts
/// most, then one right above the byline, then one below the site's menu, then the first.
[[nodiscard]] std::string title_in_text(Document const& document, std::vector<BlockFeatures> const& features);
/// "Post: Trial finds nothing" without its label.
[[nodiscard]] std::string_view without_title_label(std::string_view line) noexcept;
/// The name in "By Ada Smith, MD" and the like; empty: `line` is no byline.
[[nodiscard]] std::string name_in_byline(std::string_view line);

}  // namespace dossier::sources
