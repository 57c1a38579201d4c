// Features of blocks: what is seen of each block of a document by itself, and what it looks like by that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

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

/// Whether `text` ends as sentences do: a stop, closing quotes and brackets passed over.
[[nodiscard]] bool is_terminated(std::string_view text) noexcept;
/// The same for a question mark.
[[nodiscard]] bool is_question(std::string_view text) noexcept;

/// A paragraph, or a long item, that is no furniture by itself.
/// @param f  the features of `block`, as for the rest
[[nodiscard]] bool is_running_text(Block const& block, BlockFeatures const& f) noexcept;
/// A sentence that lacks nothing but its stop: begins with a capital, has a verb, and is not written As a Headline Is.
[[nodiscard]] bool is_clause(std::string_view text);
/// @param comparable_text  comparable()
[[nodiscard]] bool has_finite_verb(std::string_view comparable_text);
/// A short line with a year and more of a date.
[[nodiscard]] bool is_dateline(BlockFeatures const& f);
/// A line that tells of the article: who wrote it, when, who took its picture. It may stand beside text, furniture does not.
/// @param text  of the block
[[nodiscard]] bool is_publication_line(BlockFeatures const& f, std::string_view text);

/// A short passage in which the publisher turns to its readers, or that shouts or orders: an appeal, if it stands among
/// furniture.
struct Appeal {
    bool by_voice = false, by_form = false;
};
[[nodiscard]] Appeal appeal_of(BlockFeatures const& f);

}  // namespace dossier::sources
