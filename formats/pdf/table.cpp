#include "table.hpp"

#include <algorithm>
#include <cmath>

namespace dossier::pdf {

namespace {

/// Steps from line to line as pages write them, so that they are the same all down a table.
double in_hundredths(double points) {
    return std::round(points * 100) / 100;
}

}  // namespace

// ---- Cells --------------------------------------------------------------------------------------------------------

TableLayout::TableLayout(Flow& flow, TableBegin begin) : flow_(flow), begin_(std::move(begin)) {
    plan_.size = flow.body_size() * 0.88;
}

bool TableLayout::is_right_aligned(std::size_t column) const {
    switch (begin_.columns[column].kind) {
        case DOSSIER_CELL_INTEGER:
        case DOSSIER_CELL_REAL:
        case DOSSIER_CELL_PERCENT:
        case DOSSIER_CELL_INTERVAL: return true;
        default: return false;
    }
}

Span TableLayout::span_of(TableCell const& cell, std::size_t column) const {
    TextStyle style{Face::sans, plan_.size, ink};
    bool keeps_color = false;
    if (!cell.stance.empty()) {
        bool const informative = cell.stance == "supports" || cell.stance == "refutes" || cell.stance == "mixed";
        style.face = informative ? Face::sans_bold : Face::sans;
        style.color = stance_colors(cell.stance).text;
        keeps_color = true;
    } else if (begin_.columns[column].kind == DOSSIER_CELL_QUOTE) {
        style.face = Face::serif;
    }
    auto const footnote = flow_.footnotes().number_of(cell.target);
    return {style, footnote == 0 ? cell.shown : cell.shown + superscript(footnote), cell.target, keeps_color};
}

bool TableLayout::is_short(std::size_t column) const {
    auto const kind = begin_.columns[column].kind;
    return is_right_aligned(column) || kind == DOSSIER_CELL_STANCE || kind == DOSSIER_CELL_DATE;
}

std::vector<ColumnWish> TableLayout::wishes() {
    std::vector<ColumnWish> wishes;
    for (std::size_t i = 0; i < begin_.columns.size(); ++i)
        wishes.push_back(wish_of(i));
    return wishes;
}

ColumnWish TableLayout::wish_of(std::size_t column) {
    ColumnWish wish;
    wish.is_text = !is_short(column);
    wish.sample.push_back(0);  // the head, below
    auto const cells = measure_cells(column, wish);
    TextStyle const head_style{Face::sans_bold, plan_.size, navy};
    auto const head = flow_.typesetter().measure({{head_style, begin_.columns[column].title, {}, false}});
    wish.sample.front() = head.widest;
    set_widths(wish, column, cells, head);
    add_slack(wish, cells);
    return wish;
}

/// Adds to the wish what the rows held say about mean and sample. @return the extremes of all cells
Extent TableLayout::measure_cells(std::size_t column, ColumnWish& wish) {
    constexpr std::size_t most_sampled = 48;
    auto const every = held_.size() / most_sampled + 1;
    Extent cells;
    for (std::size_t r = 0; r < held_.size(); ++r) {
        auto const& row = held_[r];
        bool const is_sampled = r % every == 0;
        if (is_sampled) wish.sample.push_back(0);
        if (column >= row.cells.size() || row.cells[column].shown.empty()) continue;
        auto const extent = flow_.typesetter().measure({span_of(row.cells[column], column)});
        cells.narrowest = std::max(cells.narrowest, extent.narrowest);
        cells.widest = std::max(cells.widest, extent.widest);
        wish.mean += extent.widest / static_cast<double>(held_.size());
        if (is_sampled) wish.sample.back() = extent.widest;
    }
    return cells;
}

void TableLayout::set_widths(ColumnWish& wish, std::size_t column, Extent const& cells, Extent const& head) const {
    double const longest = longest_whole_word(), reading_width = 10 * plan_.size;
    bool const is_number = is_right_aligned(column) || begin_.columns[column].kind == DOSSIER_CELL_DATE;
    double const narrowest_cell = is_number ? cells.widest : cells.narrowest;
    wish.narrowest = std::min(std::max(narrowest_cell, head.narrowest), longest);
    // A column that is mostly empty must not take the room of those that are full.
    double const usual = std::min(reading_width, std::max(reading_width / 2, 2.5 * wish.mean));
    double const comfortable_cell = is_number          ? cells.widest
                                    : is_short(column) ? cells.narrowest
                                                       : std::min(cells.widest, usual);
    wish.comfortable = std::max(wish.narrowest, std::min(comfortable_cell, longest));
    // A head may take two or three lines rather than make a column of short values wide.
    double const head_width = std::max(head.narrowest, is_short(column) ? head.widest / 2 : head.widest);
    wish.widest = std::max({wish.comfortable, cells.widest, std::min(head_width, longest)});
}

void TableLayout::add_slack(ColumnWish& wish, Extent const& cells) const {
    // Of a long table only the beginning was seen: numbers and names may still get longer.
    double const unseen = sampled_part_ && cells.widest < longest_whole_word() ? 1.3 * plan_.size : 0.0;
    // Widths are compared as sums; what fits exactly must still fit after rounding.
    constexpr double rounding = 0.05;
    for (auto* const width : {&wish.narrowest, &wish.comfortable, &wish.widest})
        *width += unseen, *width += rounding;
}

TableLayout::SetRow TableLayout::set_row(std::vector<TableCell> const& cells) {
    SetRow row;
    row.cells.resize(begin_.columns.size());
    for (std::size_t i = 0; i < row.cells.size() && i < cells.size(); ++i) {
        row.cells[i].spans.push_back(span_of(cells[i], i));
        double const width = std::max(plan_.size * 0.5, plan_.widths[i] - 2 * pad_x_);
        row.cells[i].lines = flow_.typesetter().lines(row.cells[i].spans, width);
        row.n_lines = std::max(row.n_lines, row.cells[i].lines.size());
    }
    row.n_lines = std::max<std::size_t>(row.n_lines, 1);
    return row;
}

// ---- Drawing ------------------------------------------------------------------------------------------------------

void TableLayout::row(TableRow row) {
    constexpr std::size_t most_held_rows = 500, most_held_bytes = 1u << 20;
    if (drawing_) return draw_but_last(std::move(row));
    held_bytes_ += weight(row);
    held_.push_back(std::move(row));
    sampled_part_ = held_.size() >= most_held_rows || held_bytes_ >= most_held_bytes;
    if (sampled_part_) begin_drawing();
}

void TableLayout::begin_drawing() {
    drawing_ = true;
    flow_.structure().open(Role::table);
    bool const may_turn = flow_.setup().may_turn && !flow_.setup().landscape;
    plan_ = plan_columns(wishes(), plan_.size, flow_.other_width(flow_.setup().landscape),
                         may_turn ? flow_.other_width(true) : 0.0);
    if (may_turn) flow_.turn(plan_.landscape);
    leading_ = in_hundredths(plan_.size * 1.28);
    pad_x_ = std::min(plan_.size * padding_of_size, *std::min_element(plan_.widths.begin(), plan_.widths.end()) / 4);
    pad_y_ = in_hundredths(plan_.size * 0.36);
    for (auto const width : plan_.widths)
        total_width_ += width;
    draw_caption_and_head();
    for (auto& row : held_)
        draw_but_last(std::move(row));
    held_.clear();
    held_.shrink_to_fit();
}

void TableLayout::draw_but_last(TableRow row) {
    if (last_.size() == kept_together) {
        draw_row(last_.front());
        last_.pop_front();
    }
    last_.push_back(std::move(row));
}

void TableLayout::draw_last() {
    double height = 0;
    for (auto const& row : last_)
        height += height_of(set_row(row.cells));
    // A table of which only the head would stay goes on as it is.
    if (!after_head_ && height > flow_.room() && height < flow_.full_room() * tall_part) next_page();
    for (auto const& row : last_)
        draw_row(row);
    last_.clear();
}

void TableLayout::set_head() {
    std::vector<TableCell> titles;
    for (auto const& column : begin_.columns)
        titles.push_back({column.title, {}, {}});
    head_ = set_row(titles);
    for (auto& cell : head_.cells) {  // again, in bold
        if (cell.spans.empty()) continue;
        cell.spans[0].style = {Face::sans_bold, plan_.size, navy};
        auto const i = static_cast<std::size_t>(&cell - head_.cells.data());
        cell.lines = flow_.typesetter().lines(cell.spans, std::max(plan_.size * 0.5, plan_.widths[i] - 2 * pad_x_));
        head_.n_lines = std::max(head_.n_lines, cell.lines.size());
    }
    head_.role = Role::column_head;
    head_.words = flow_.fonts().kept_words();
    repeats_head_ = row_height(head_.n_lines) < flow_.full_room() / 3;
}

void TableLayout::draw_caption_and_head() {
    set_head();
    std::vector<Span> const caption{{{Face::sans_bold, flow_.body_size() * 0.95, ink}, begin_.caption, {}, false}};
    auto lines = flow_.set(caption, flow_.body_size() * 1.3);
    double needed = row_height(head_.n_lines) + row_height(3) + 4;
    for (std::size_t i = 0; i < std::min(held_.size(), kept_together); ++i)
        needed += std::min(row_height(set_row(held_[i].cells).n_lines), flow_.full_room() / 4);
    for (auto const& line : lines)
        needed += line.height;
    flow_.gap(13);
    flow_.anchor_here(begin_.anchor);
    flow_.start(std::min(needed, flow_.full_room() * 0.8));
    if (!lines.empty()) {
        flow_.put(std::move(lines), {}, Role::caption);
        flow_.y += 3.5;
    }
    Tag const row(flow_.structure(), Role::row);
    if (repeats_head_) return draw_head();
    draw_over_pages(head_, false);  // a head as tall as a page, once
    after_head_ = true;
}

void TableLayout::draw_head() {
    double const height = row_height(head_.n_lines);
    flow_.page().fill({flow_.left(), flow_.y, total_width_, height}, head_fill);
    draw_lines(head_, 0, head_.n_lines, true);
    flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.8, strong_line);
}

void TableLayout::draw_lines(SetRow const& row, std::size_t first, std::size_t last, bool at_bottom) {
    double x = flow_.left();
    auto& structure = flow_.structure();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const shift = at_bottom ? row.n_lines - row.cells[i].lines.size() : 0;  // heads stand on their rule
        double const y = flow_.y + pad_y_ + static_cast<double>(shift) * leading_;
        if (row.parts.empty()) {
            Tag const cell(structure, row.role);
            draw_cell(row, i, first, last, x, y);
        } else {
            DrawnAs const cell(structure, row.parts[i]);
            draw_cell(row, i, first, last, x, y);
        }
        x += plan_.widths[i];
    }
    flow_.y += row_height(last - first);
}

void TableLayout::draw_cell(SetRow const& row, std::size_t column, std::size_t first, std::size_t last, double x,
                            double y) {
    auto const& cell = row.cells[column];
    double const ascent = plan_.size * 0.98;
    for (auto k = first; k < std::min(last, cell.lines.size()); ++k) {
        auto const& line = cell.lines[k];
        double const spare = plan_.widths[column] - 2 * pad_x_ - line.width;
        double const offset = is_right_aligned(column) || line.right_to_left ? std::max(0.0, spare) : 0.0;
        flow_.page().text(flow_.fonts(), cell.spans, line, x + pad_x_ + offset,
                          y + static_cast<double>(k - first) * leading_ + ascent);
        bool const is_whole = row.parts.empty();
        if (is_whole) flow_.place_notes(cell.spans, line, row_height(row.n_lines));
    }
}

void TableLayout::next_page() {
    flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.35, hairline);
    flow_.new_page();
    after_head_ = true;
    if (!repeats_head_) return;
    DrawnAs const furniture(flow_.structure(), Structure::artifact);
    draw_head();
}

std::size_t TableLayout::lines_that_fit() const {
    return static_cast<std::size_t>(std::max(1.0, std::floor((flow_.room() - 2 * pad_y_ + 0.01) / leading_)));
}

double TableLayout::height_of(SetRow const& row) {
    double height = row_height(row.n_lines);
    for (auto const& cell : row.cells)
        for (auto const& line : cell.lines)
            height += flow_.height_of_notes(cell.spans, line);
    return height;
}

void TableLayout::draw_row(TableRow const& table_row) {
    if (n_left_out_ > 0 || flow_.n_pages() > last_page) {
        ++n_left_out_;
        return;
    }
    flow_.fonts().trim();
    auto row = set_row(table_row.cells);
    double const height = height_of(row);
    constexpr std::size_t fewest_lines_of_a_part = 4;
    bool const tall = height > flow_.full_room() * tall_part;
    if (height > flow_.room() && (!tall || flow_.room() < row_height(fewest_lines_of_a_part))) next_page();
    flow_.anchor(table_row.anchor, flow_.y);
    bool const striped = n_drawn_++ % 2 == 1;
    Tag const tag(flow_.structure(), Role::row);
    if (row.n_lines <= lines_that_fit())
        draw_part(row, 0, row.n_lines, striped);
    else
        draw_over_pages(row, striped);
}

void TableLayout::draw_part(SetRow const& row, std::size_t first, std::size_t last, bool striped) {
    double const top = flow_.y;
    if (striped) flow_.page().fill({flow_.left(), top, total_width_, row_height(last - first)}, zebra);
    draw_lines(row, first, last, false);
    if (!after_head_) flow_.page().line(flow_.left(), top, flow_.left() + total_width_, top, 0.35, hairline);
    after_head_ = false;
}

void TableLayout::draw_over_pages(SetRow& row, bool striped) {
    auto& structure = flow_.structure();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        row.parts.push_back(structure.new_part());
        structure.insert(row.parts.back());
        DrawnAs const cell(structure, row.parts.back());
        structure.open(row.role);
    }
    for (std::size_t first = 0; first < row.n_lines;) {
        auto const last = std::min(row.n_lines, first + lines_that_fit());
        draw_part(row, first, last, striped);
        first = last;
        if (first < row.n_lines) next_page();
    }
    for (auto const part : row.parts) {
        DrawnAs const cell(structure, part);
        structure.close_all();
    }
}

void TableLayout::say_what_is_left_out() {
    auto const all = std::to_string(n_drawn_ + n_left_out_), shown = std::to_string(n_drawn_);
    auto const words = "table " + begin_.anchor + " has " + all + " rows; the first " + shown +
                       " are shown, csv, json and markdown have all";
    flow_.warn(words);
    std::vector<Span> const spans{{{Face::sans_oblique, plan_.size, muted}, "The " + words + ".", {}, false}};
    Tag const row(flow_.structure(), Role::row);
    flow_.put(flow_.set(spans, leading_, pad_x_), {}, Role::cell);
}

void TableLayout::end() {
    if (!drawing_) begin_drawing();
    draw_last();
    if (n_drawn_ == 0) {
        std::vector<Span> const none{{{Face::sans_oblique, plan_.size, muted}, "No entries.", {}, false}};
        flow_.y += 3;
        Tag const row(flow_.structure(), Role::row);
        flow_.put(flow_.set(none, leading_, pad_x_), {}, Role::cell);
    } else {
        flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.8, strong_line);
    }
    if (n_left_out_ > 0) say_what_is_left_out();
    flow_.structure().close();
    flow_.gap(15);
    if (plan_.landscape != flow_.setup().landscape) flow_.turn(flow_.setup().landscape);
}

}  // namespace dossier::pdf
