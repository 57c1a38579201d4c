// XML for its text: a tree (pugixml) whose every character is known by its place in the source.
//
// Nothing outside the text is ever looked at: entities that a document declares are not expanded, no DTD and no file is read.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "dossier/sources/block.hpp"

namespace dossier::sources {

/// Tags and attributes of one document; each takes memory, however short it is.
inline constexpr std::size_t max_xml_markup = 3'000'000;
/// Elements within elements; what lies deeper is not looked at.
inline constexpr std::size_t max_xml_depth = 400;

/// Text as it stands in a source.
struct XmlSlice {
    std::string_view text;   ///< entities unresolved
    std::size_t origin = 0;  ///< of its first byte in the source
};

class XmlText {
public:
    /// @param source  UTF-8; must outlive this object
    explicit XmlText(std::string_view source);
    XmlText(XmlText const&) = delete;
    XmlText& operator=(XmlText const&) = delete;

    /// Why there is no tree, one clause ("is not well-formed XML: an end tag does not match"); empty: there is one.
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
    /// Line of the problem in the source, from 1; 0: of the whole.
    [[nodiscard]] std::size_t problem_line() const noexcept { return problem_line_; }
    /// The document node, above the outermost element; has no children when there is a problem.
    [[nodiscard]] pugi::xml_node document() const noexcept { return document_; }

    /// @pre the node, text or CDATA, or the attribute belongs to this tree
    [[nodiscard]] XmlSlice slice_of(pugi::xml_node node) const { return slice_of(node.value()); }
    [[nodiscard]] XmlSlice slice_of(pugi::xml_attribute attribute) const { return slice_of(attribute.value()); }
    /// Of the name in its start tag. @pre an element of this tree
    [[nodiscard]] std::size_t origin_of(pugi::xml_node element) const { return slice_of(element.name()).origin; }

private:
    [[nodiscard]] XmlSlice slice_of(char const* value) const;
    void note_problem(pugi::xml_parse_result const& result);
    std::string_view source_;
    std::string parsed_;  // the tree lies in it
    pugi::xml_document document_;
    std::string problem_;
    std::size_t problem_line_ = 0;
};

/// Name without its namespace prefix: "article" of "jats:article".
[[nodiscard]] std::string_view local_name(pugi::xml_node node) noexcept;
/// The first child element of that local name; null: none.
[[nodiscard]] pugi::xml_node child_named(pugi::xml_node parent, std::string_view name) noexcept;
[[nodiscard]] bool is_text(pugi::xml_node node) noexcept;  ///< text or CDATA

/// Appends what stands in the source, references to characters resolved: numbers, the five of XML, the names of HTML and the
/// common ones of ISO 8879. Other references stay as they are written.
void append_xml(MappedText& to, XmlSlice slice, bool resolve = true);
/// Appends all text below `node` in document order.
void append_all_text(MappedText& to, XmlText const& xml, pugi::xml_node node);
/// All text below `node`, resolved, white space folded.
[[nodiscard]] std::string plain_text(pugi::xml_node node);
/// The beginning of it: `most_bytes` of the text as it stands in the source, of the first 200 nodes. For what is asked of
/// elements that may lie in each other, where the whole text of each would take squared time.
[[nodiscard]] std::string opening_text(pugi::xml_node node, std::size_t most_bytes);
/// All text of the first child element of that local name; empty: none.
[[nodiscard]] std::string text_of(pugi::xml_node parent, std::string_view child);
/// Value of an attribute by its local name, resolved and folded; empty: not there.
[[nodiscard]] std::string attribute_of(pugi::xml_node node, std::string_view name);
/// The attribute itself; null: none.
[[nodiscard]] pugi::xml_attribute attribute_named(pugi::xml_node node, std::string_view name) noexcept;

/// Calls `take` with each child element of that local name.
template <typename Take>
void each_child(pugi::xml_node parent, std::string_view name, Take take) {
    for (auto child = parent.first_child(); child; child = child.next_sibling())
        if (child.type() == pugi::node_element && local_name(child) == name) take(child);
}

/// Visits `root` and what is below it in document order, without recursion. `enter(node)` answers whether to look below it;
/// `leave(node)` follows for those where it did.
template <typename Enter, typename Leave>
void walk_xml(pugi::xml_node root, Enter enter, Leave leave) {
    auto node = root;
    std::size_t depth = 0;
    while (true) {
        if (enter(node)) {
            auto const child = node.first_child();
            if (child && depth < max_xml_depth) {
                node = child;
                ++depth;
                continue;
            }
            leave(node);
        }
        while (node != root && !node.next_sibling()) {
            node = node.parent();
            --depth;
            leave(node);
        }
        if (node == root) return;
        node = node.next_sibling();
    }
}

template <typename Enter>
void walk_xml(pugi::xml_node root, Enter enter) {
    walk_xml(root, enter, [](pugi::xml_node) {});
}

}  // namespace dossier::sources
