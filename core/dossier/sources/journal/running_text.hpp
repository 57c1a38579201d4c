// Running text out of XML: the words of a paragraph without the marks of its references.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/sources/block.hpp"
#include "dossier/sources/journal/xml_text.hpp"

namespace dossier::sources {

/// Gathers the pieces of one paragraph in their order.
///
/// A mark of a reference ("[12, 13]", a superscript "12") is left out with the brackets that hold nothing else and the space
/// before it, so that "as shown [12]." reads "as shown.". Digits and signs in superscript become such characters ("10⁹"), so
/// that a power is not read as a number of more digits.
class RunningText {
public:
    void add(XmlSlice slice, bool resolve) { append_xml(text_, slice, resolve); }
    void add_superscript(XmlSlice slice, bool resolve);
    void add_mark(XmlSlice slice, bool resolve);
    /// Space where the markup parts words without saying so, as a line break does.
    void add_space(std::size_t origin, std::size_t length) { text_.append_resolved(" ", origin, length); }

    /// The text without its marks.
    [[nodiscard]] MappedText result() const;

private:
    struct Gap {
        std::size_t begin = 0, end = 0;  // in text_
        bool needs_space = false;        // or the words beside it would become one
    };
    [[nodiscard]] std::vector<Gap> gaps() const;
    void widen_by_brackets(Gap& gap, std::size_t from) const noexcept;
    void settle_space(Gap& gap, std::size_t from) const noexcept;

    MappedText text_;  // with the marks
    std::vector<std::pair<std::size_t, std::size_t>> marks_;
};

/// Whether the text of a cross-reference is a mark rather than words: "12", "[3]-[5]", "a", "*", but not "Smith (2010)".
[[nodiscard]] bool is_citation_mark(std::string_view text) noexcept;

}  // namespace dossier::sources
