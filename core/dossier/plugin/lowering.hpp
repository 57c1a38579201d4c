// Lowering: what a format cannot carry reaches it as something that it can; nothing is dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "dossier/plugin.h"

namespace dossier {

/// Takes blocks one by one; a block and all it points to are borrowed for the call.
using BlockReceiver = std::function<void(dossier_block const&)>;

/// Passes blocks on to `next`, lowered to what a format carries:
///  - no charts: a chart becomes a paragraph (title, then its words) and its data table, under the chart's anchor;
///  - no notes: a note becomes a paragraph that begins "Note: ", and links to it become plain text;
///  - no links: links become plain text; a web address is added in parentheses unless it is the text itself;
///  - no keys: a table comes without its columns of ids.
class Lowering {
public:
    /// @param carries  DOSSIER_CARRIES_* bits
    /// @param note_anchors  anchors of notes in the document, without '#'; must outlive this
    Lowering(std::uint64_t carries, std::set<std::string> const& note_anchors, BlockReceiver next);

    void operator()(dossier_block const& block);

private:
    [[nodiscard]] bool keeps(dossier_text link) const;
    void paragraph(dossier_paragraph paragraph);
    void note(dossier_note note);
    void callout(dossier_callout callout);
    void table(dossier_table table);
    void row(dossier_row row);
    void quote(dossier_quote quote);
    void chart(dossier_chart const& chart);

    bool charts_, links_, notes_, keys_;
    std::vector<std::size_t> left_out_;  ///< columns of the open table, in order
    std::set<std::string> const* note_anchors_;
    BlockReceiver next_;
};

}  // namespace dossier
