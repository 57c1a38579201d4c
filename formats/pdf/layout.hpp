// From blocks to pages: what each kind of block looks like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blocks.hpp"
#include "flow.hpp"
#include "table.hpp"

namespace dossier::pdf {

class Layout {
public:
    Layout(Flow& flow, DocumentFacts const& facts) : flow_(flow), facts_(facts) {}

    /// The title block, where the document has no cover.
    void title_block();
    void lay(Block const& block);
    /// After the last block.
    void end();

private:
    struct OpenList {
        bool ordered = false;
        int n_items = 0;
    };
    void section(SectionBegin const& section);
    void paragraph(Paragraph const& paragraph);
    void put(Paragraph const& paragraph);
    void begin_item();
    void end_item();
    void quote(Quote const& quote);
    void note(Note const& note);
    void callout(Callout const& callout);
    [[nodiscard]] std::vector<Span> spans_of(Runs const& runs, TextStyle const& base) const;

    Flow& flow_;
    DocumentFacts const& facts_;
    std::vector<OpenList> lists_;
    std::optional<TableLayout> table_;
    std::optional<Paragraph> held_;  ///< a short one: it may introduce a quote
    bool first_section_ = true;
};

/// Draws title, date and maker at the top of the flow.
/// @param cover  with the air and size of a page of its own
void draw_title(Flow& flow, DocumentFacts const& facts, bool cover);

/// The cover: title and contents with page numbers.
/// @param body  the pages that follow, which the bookmarks point to
std::vector<std::unique_ptr<Page>> cover_pages(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
                                               std::vector<Bookmark> const& bookmarks,
                                               std::vector<std::unique_ptr<Page>> const& body,
                                               std::map<std::string, Place>& anchors);

/// Running heads and "page x of y", on all pages that are not bare.
void draw_furniture(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
                    std::vector<std::unique_ptr<Page>> const& pages);

}  // namespace dossier::pdf
