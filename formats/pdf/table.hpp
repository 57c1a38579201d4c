// Tables: columns sized by what is in them, rows streamed, the head on every page.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "blocks.hpp"
#include "columns.hpp"
#include "flow.hpp"

namespace dossier::pdf {

/// One table. Rows are held back until the first few hundred have shown how wide the columns should be, then each is
/// drawn as it comes.
class TableLayout {
public:
    TableLayout(Flow& flow, TableBegin begin);
    void row(TableRow row);
    void end();

private:
    /// Tables end on this page: memory has an end too, and nobody reads on.
    static constexpr std::size_t last_page = 12'000;
    /// The first rows stand with the head, the last ones together: one alone on a page looks lost.
    static constexpr std::size_t kept_together = 2;
    /// A row taller than this part of a page may be parted.
    static constexpr double tall_part = 0.35;
    void say_what_is_left_out();
    struct SetCell {
        std::vector<Span> spans;
        std::vector<Line> lines;
    };
    struct SetRow {
        std::vector<SetCell> cells;
        std::size_t n_lines = 0;
        Role role = Role::cell;                ///< of its cells
        std::vector<Structure::Part> parts{};  ///< of a row over several pages: its cells, which are drawn by turns
        std::shared_ptr<void const> words{};   ///< keeps the words of a row that is drawn again after other rows
    };
    [[nodiscard]] Span span_of(TableCell const& cell, std::size_t column) const;
    [[nodiscard]] bool is_right_aligned(std::size_t column) const;
    [[nodiscard]] bool is_short(std::size_t column) const;  ///< its values are numbers or a word or two
    [[nodiscard]] std::vector<ColumnWish> wishes();
    [[nodiscard]] ColumnWish wish_of(std::size_t column);
    Extent measure_cells(std::size_t column, ColumnWish& wish);
    void set_widths(ColumnWish& wish, std::size_t column, Extent const& cells, Extent const& head) const;
    void add_slack(ColumnWish& wish, Extent const& cells) const;
    [[nodiscard]] double longest_whole_word() const noexcept { return 14 * plan_.size; }  ///< longer ones are parted
    [[nodiscard]] double row_height(std::size_t n_lines) const {
        return static_cast<double>(n_lines) * leading_ + 2 * pad_y_;
    }
    SetRow set_row(std::vector<TableCell> const& cells);
    void begin_drawing();
    void set_head();
    void draw_caption_and_head();
    void draw_head();
    void draw_but_last(TableRow row);
    void draw_last();
    void draw_row(TableRow const& row);
    [[nodiscard]] double height_of(SetRow const& row);  ///< with the footnotes that it brings
    void draw_over_pages(SetRow& row, bool striped);
    void draw_part(SetRow const& row, std::size_t first, std::size_t last, bool striped);
    void draw_lines(SetRow const& row, std::size_t first, std::size_t last, bool at_bottom);
    void draw_cell(SetRow const& row, std::size_t column, std::size_t first, std::size_t last, double x, double y);
    [[nodiscard]] std::size_t lines_that_fit() const;
    void next_page();

    Flow& flow_;
    TableBegin begin_;
    std::vector<TableRow> held_;
    std::size_t held_bytes_ = 0;
    std::deque<TableRow> last_;  ///< those not drawn yet, once drawing has begun
    bool drawing_ = false;
    bool sampled_part_ = false;  ///< columns are sized by the first rows, not by all
    ColumnPlan plan_;
    double total_width_ = 0;
    double leading_ = 0, pad_x_ = 0, pad_y_ = 0;
    SetRow head_;
    bool repeats_head_ = true;
    std::size_t n_drawn_ = 0, n_left_out_ = 0;
    bool after_head_ = true;  ///< the next row needs no rule above
};

}  // namespace dossier::pdf
