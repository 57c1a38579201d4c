// HTML tokens with their place in the text. Linear in the text's length, whatever it holds.
//
// Own code, because positions are the point: libxml2's tree keeps none for text and attributes, its SAX input pointer is
// not dependable once an entity or a conversion intervenes, and 100,000 attributes on one tag keep it busy for a minute.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::sources {

struct HtmlAttribute {
    std::string name;   ///< lower case
    std::string value;  ///< entities resolved
};

struct HtmlToken {
    enum class Kind { text, start_tag, end_tag, end_of_file };
    Kind kind = Kind::end_of_file;
    std::size_t begin = 0, end = 0;         ///< in the text, with angle brackets
    std::string name;                       ///< of a tag, lower case
    std::vector<HtmlAttribute> attributes;  ///< at most 64, the first of each name
    bool self_closing = false;

    [[nodiscard]] std::string_view attribute(std::string_view wanted) const noexcept;
    [[nodiscard]] bool has_attribute(std::string_view wanted) const noexcept;
};

class HtmlTokenizer {
public:
    explicit HtmlTokenizer(std::string_view text) noexcept : text_(text) {}
    /// Comments, declarations and processing instructions are passed over. Text comes with entities unresolved.
    [[nodiscard]] HtmlToken next();
    /// Passes over everything up to the end tag of a raw-text element (script, style, title …).
    /// @return what stands before that tag; the tag itself is the next token
    [[nodiscard]] std::string_view raw_text(std::string_view element);
    [[nodiscard]] std::size_t attributes_left_out() const noexcept { return attributes_left_out_; }
    /// The text ended before the last token, a tag, did.
    [[nodiscard]] bool ended_within_tag() const noexcept { return ended_within_tag_; }

private:
    bool read_tag(HtmlToken& token);
    bool read_attributes(HtmlToken& token);  // whether the tag has its end
    bool skip_declaration();
    bool is_begin_of_tag_at_end() const noexcept;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t attributes_left_out_ = 0;
    bool ended_within_tag_ = false;
};

/// A character reference at the begin of `text` ("&amp;", "&#8212;", "&eacute" without its semicolon).
struct Entity {
    std::string characters;
    std::size_t length = 0;  ///< 0: none, the ampersand is itself
};
[[nodiscard]] Entity entity_at(std::string_view text);
[[nodiscard]] std::string resolve_entities(std::string_view text);

}  // namespace dossier::sources
