// Tables: columns sized by what is in them, rows streamed, the head on every page.
#pragma once

#include <string>
#include <vector>

#include "blocks.hpp"
#include "flow.hpp"

namespace dossier::pdf {

/// How the columns of a table share its width.
struct ColumnPlan {
    std::vector<double> widths;  ///< with padding
    double size = 8;             ///< of the type
    bool landscape = false;
};

/// What a column wants, in points at the type size it was measured at, without padding.
struct ColumnWish {
    double narrowest = 0;    ///< longest part that should not be broken
    double comfortable = 0;  ///< below this it reads badly
    double widest = 0;       ///< everything on one line
    double mean = 0;         ///< of its cells on one line, empty ones counted as 0
    bool is_text = true;     ///< takes spare room
};

/// Widths for the wishes: smaller type before turned pages, turned pages before broken words.
/// @param size     type size the wishes were measured at
/// @param upright, turned  room on either page; turned <= 0: pages must not turn
ColumnPlan plan_columns(std::vector<ColumnWish> const& wishes, double size, double upright, double turned);

/// One table. Rows are held back until the first few hundred have shown how wide the columns should be, then each is
/// drawn as it comes.
class TableLayout {
public:
    TableLayout(Flow& flow, TableBegin begin);
    void row(TableRow row);
    void end();

private:
    struct SetCell {
        std::vector<Span> spans;
        std::vector<Line> lines;
    };
    struct SetRow {
        std::vector<SetCell> cells;
        std::size_t n_lines = 0;
    };
    [[nodiscard]] Span span_of(TableCell const& cell, std::size_t column) const;
    [[nodiscard]] bool is_right_aligned(std::size_t column) const;
    [[nodiscard]] std::vector<ColumnWish> wishes();
    [[nodiscard]] double row_height(std::size_t n_lines) const {
        return static_cast<double>(n_lines) * leading_ + 2 * pad_y_;
    }
    SetRow set_row(std::vector<TableCell> const& cells);
    void begin_drawing();
    void draw_caption_and_head();
    void draw_head();
    void draw_row(TableRow const& row);
    void draw_lines(SetRow const& row, std::size_t first, std::size_t last, bool at_bottom);
    void next_page();

    Flow& flow_;
    TableBegin begin_;
    std::vector<TableRow> held_;
    std::size_t held_bytes_ = 0;
    bool drawing_ = false;
    bool sampled_part_ = false;  ///< columns are sized by the first rows, not by all
    ColumnPlan plan_;
    double total_width_ = 0;
    double leading_ = 0, pad_x_ = 0, pad_y_ = 0;
    SetRow head_;
    bool repeats_head_ = true;
    std::size_t n_drawn_ = 0;
    bool after_head_ = true;  ///< the next row needs no rule above
};

}  // namespace dossier::pdf
