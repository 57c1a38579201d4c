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
    explicit Layout(Flow& flow) : flow_(flow) {}

    /// Looks at blocks before they are laid: notes among them that others refer to become footnotes.
    void expect_notes(std::vector<Block> const& blocks);
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
    void begin_list(ListBegin const& list);
    void end_list();
    void chart(Chart const& chart);
    void begin_item();
    void end_item();
    void quote(Quote const& quote);
    void end_section();
    void note(Note const& note);
    void put_note(std::vector<Span> const& spans, std::string const& anchor);
    void prepare_footnote(Footnote& footnote, Note const& note);
    void callout(Callout const& callout);
    [[nodiscard]] std::vector<Span> spans_of(Runs const& runs, TextStyle const& base) const;

    Flow& flow_;
    std::vector<OpenList> lists_;
    std::optional<TableLayout> table_;
    std::optional<Paragraph> held_;  ///< a short one: it may introduce a quote
    bool first_section_ = true;
};

}  // namespace dossier::pdf
