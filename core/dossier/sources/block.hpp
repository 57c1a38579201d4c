// Block: a paragraph, heading, item or caption of an article, and where each of its characters stands in the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// Text put together from pieces of a source text, markup left out and entities resolved.
class MappedText {
public:
    /// Text that stands in the source as it is.
    void append(std::string_view verbatim, std::size_t origin);
    /// Text that stands for something else in the source: an entity, a line break.
    void append_resolved(std::string_view text, std::size_t origin, std::size_t origin_length);
    /// Takes back the last bytes: a hyphen that only the end of the line needed. @pre they were appended verbatim, at once
    void drop_end(std::size_t n_bytes) noexcept;

    [[nodiscard]] std::string const& text() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    /// Pieces that it was put together from, those that follow one another in the source counted as one; each takes memory.
    [[nodiscard]] std::size_t n_pieces() const noexcept { return runs_.size(); }
    /// The characters [begin, end) of `from`, with their origins.
    void append_part(MappedText const& from, std::size_t begin, std::size_t end);

    /// Where the character at `at` begins in the source. @pre at < text().size()
    [[nodiscard]] std::size_t origin_begin(std::size_t at) const noexcept;
    /// Where the character that ends before `at` ends in the source. @pre 0 < at <= text().size()
    [[nodiscard]] std::size_t origin_end(std::size_t at) const noexcept;
    /// The part whose characters begin at or after `begin` and end at or before `end` in the source.
    [[nodiscard]] std::string_view within(std::size_t begin, std::size_t end) const noexcept;
    /// Moves all origins by `distance`, for a part that was read on its own.
    void shift(std::size_t distance) noexcept;

private:
    struct Run {
        std::size_t text, origin, length, origin_length;
        [[nodiscard]] bool verbatim() const noexcept { return length == origin_length; }
    };
    [[nodiscard]] Run const& run_at(std::size_t at) const noexcept;
    std::string text_;
    std::vector<Run> runs_;
};

enum class BlockKind { paragraph, heading, list_item, quotation, caption, table_cell, code };

struct Block {
    BlockKind kind = BlockKind::paragraph;
    MappedText text;
    std::size_t link_bytes = 0;  ///< bytes of text that are the words of a link
    std::size_t page = 0;        ///< of a PDF, from 1
    int heading_level = 0;       ///< 1..6 for headings whose level is known, else 0
    bool furniture = false;      ///< the markup says that it is none of the article: navigation, form, footer
    bool outside = false;        ///< not in the part of the page that holds the article
    bool title = false;          ///< the markup says that it is the title
    bool single_line = true;     ///< stands on one line of its own in a text capture
    bool marked_body = false;    ///< the markup says that it is article text (a paragraph element)
    bool byline = false;         ///< the markup says that it names the author
    bool bio = false;            ///< stands in a part of the page that tells of the author
    bool cut_off = false;        ///< the file ends within it
    std::uint32_t box = 0;       ///< of HTML: number of the box that holds it (div, section, list …); 0: unknown
};

}  // namespace dossier::sources
