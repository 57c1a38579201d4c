// What each sentence of a block is: statement, item, quotation, question or fragment.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/sources/main_text.hpp"
#include "dossier/sources/sentences.hpp"

namespace dossier::sources {

/// Which parts of a block stand in quotation marks. Typographic marks are paired; straight ones are paired when the block
/// has an even number of them, else they quote nothing. A quotation that is opened by a typographic mark and not closed
/// goes on to the block's end, as where each of its paragraphs opens anew.
class QuotedParts {
public:
    explicit QuotedParts(std::string_view block);
    /// Whether all letters and digits of the sentence stand in quotation marks.
    [[nodiscard]] bool hold(SentenceSpan sentence) const noexcept;

private:
    std::string_view block_;
    std::vector<std::pair<std::size_t, std::size_t>> parts_;  // [begin, end), in order, with their marks
};

/// "Does it help?", also with a quotation mark, a bracket or an attribution after it: "“Does it help?” she asked."
[[nodiscard]] bool asks(std::string_view sentence);

/// Length of the sign and the white space by which an item of a list begins: "- ", "• ", "1. ", "(2) ", "a) ", "iv) ".
/// 0: it does not begin so.
[[nodiscard]] std::size_t item_mark_length(std::string_view sentence) noexcept;

/// What a sentence is by its block and itself.
struct SentenceInBlock {
    BlockRole block = BlockRole::main;
    std::string_view text;  ///< folded
    bool cut = false;       ///< a piece of one that was too long
    bool last_of_several = false;
    bool quoted = false;             ///< stands wholly in quotation marks
    bool may_have_furniture = true;  ///< false: its block has no phrase that only furniture has
};
[[nodiscard]] SentenceRole role_of(SentenceInBlock const& sentence);

/// "[…]" and "…" are where whoever captured the page stopped.
[[nodiscard]] bool ends_cut_off(std::string_view text) noexcept;
/// The last word is a web address or a DOI.
[[nodiscard]] bool ends_in_address(std::string_view text) noexcept;

}  // namespace dossier::sources
