// Blocks out of the elements of journal XML: sections, paragraphs, lists, quotations, captions, cells of tables.
#pragma once

#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/journal/running_text.hpp"
#include "dossier/sources/journal/xml_text.hpp"

namespace dossier::sources {

class JournalBlocks {
public:
    /// What the element that reading starts from is.
    enum class Start {
        title,      ///< the article's title
        paragraph,  ///< text of its own
        sections    ///< holds sections and paragraphs: body, abstract
    };

    explicit JournalBlocks(XmlText const& xml) noexcept : xml_(xml) {}
    JournalBlocks(JournalBlocks const&) = delete;
    JournalBlocks& operator=(JournalBlocks const&) = delete;

    /// Reads all below `element`. @param back  what follows the text: all but appendices and sections of the article is
    /// furniture. Footnotes, references, formulas, supplements and responses are passed over.
    void read(pugi::xml_node element, Start start, bool back = false);
    /// A heading that stands in an attribute.
    void add_heading(XmlSlice text);
    /// Hands over the blocks in the order of the source; those without text are left out.
    void finish(Document& document);

private:
    struct Context {
        BlockKind kind = BlockKind::paragraph;  // of paragraphs
        int level = 1;                          // of headings
        bool furniture = false, back = false;
        bool collects = false;  // text belongs to `slot`
        bool superscript = false, mark = false, in_reference = false;
        bool parts = false;  // what follows it in the same paragraph is a block of its own
        std::size_t slot = 0;
    };
    struct Slot {
        Block block;
        RunningText text;
    };
    bool enter(pugi::xml_node node);
    bool enter_element(pugi::xml_node element);
    void leave();
    void take_text(pugi::xml_node node);
    void enter_section(pugi::xml_node element, Context& context) const;
    void enter_reference(pugi::xml_node element, Context& context) const;
    void open(Context& context, BlockKind kind);
    void open_heading(pugi::xml_node element, Context& context);

    XmlText const& xml_;
    std::vector<Context> contexts_;
    std::vector<Slot> slots_;
    bool overfull_ = false;
};

}  // namespace dossier::sources
