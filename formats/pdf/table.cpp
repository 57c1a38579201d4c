#include "table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace dossier::pdf {

namespace {

constexpr double padding_of_size = 0.5;  // left and right of a cell, in type sizes

double sum_of(std::vector<ColumnWish> const& wishes, double ColumnWish::*member) {
    double sum = 0;
    for (auto const& wish : wishes)
        sum += wish.*member;
    return sum;
}

/// Widths between `least` and the widest, sharing `room`; full columns get more, but by the root of their length, so
/// that one column of prose does not starve the others.
std::vector<double> share(std::vector<ColumnWish> const& wishes, double ColumnWish::*least, double room) {
    auto const widths_at = [&](double level) {
        std::vector<double> widths;
        for (auto const& wish : wishes)
            widths.push_back(
                std::clamp(level * std::sqrt(wish.mean + 1), wish.*least, std::max(wish.*least, wish.widest)));
        return widths;
    };
    auto const total = [](std::vector<double> const& widths) {
        double sum = 0;
        for (auto const width : widths)
            sum += width;
        return sum;
    };
    double low = 0, high = 1e4;
    for (int i = 0; i < 60; ++i) {
        double const middle = (low + high) / 2;
        (total(widths_at(middle)) <= room ? low : high) = middle;
    }
    return widths_at(low);
}

/// Everything fits on one line each: a table nearly as wide as the text is stretched to it, a small one stays small.
std::vector<double> spread(std::vector<ColumnWish> const& wishes, double room, double all_of_it) {
    std::vector<double> widths;
    for (auto const& wish : wishes)
        widths.push_back(wish.widest);
    double const natural = sum_of(wishes, &ColumnWish::widest);
    constexpr double nearly = 0.6;
    if (natural < nearly * all_of_it) return widths;
    bool const any_text = std::any_of(wishes.begin(), wishes.end(), [](auto const& wish) { return wish.is_text; });
    double takers = 0;
    for (auto const& wish : wishes)
        takers += !any_text || wish.is_text ? wish.widest + 1 : 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (!any_text || wishes[i].is_text) widths[i] += (room - natural) * (wishes[i].widest + 1) / takers;
    return widths;
}

std::vector<ColumnWish> scaled(std::vector<ColumnWish> wishes, double factor) {
    for (auto& wish : wishes)
        wish.narrowest *= factor, wish.comfortable *= factor, wish.widest *= factor, wish.mean *= factor;
    return wishes;
}

}  // namespace

ColumnPlan plan_columns(std::vector<ColumnWish> const& wishes, double size, double upright, double turned) {
    struct Try {
        double factor;
        bool landscape;
        double ColumnWish::*least;
    };
    static constexpr std::array<Try, 10> tries{{{1.0, false, &ColumnWish::comfortable},
                                                {0.92, false, &ColumnWish::comfortable},
                                                {0.84, false, &ColumnWish::comfortable},
                                                {1.0, true, &ColumnWish::comfortable},
                                                {0.9, true, &ColumnWish::comfortable},
                                                {0.84, false, &ColumnWish::narrowest},
                                                {0.9, true, &ColumnWish::narrowest},
                                                {0.8, true, &ColumnWish::narrowest},
                                                {0.74, false, &ColumnWish::narrowest},
                                                {0.7, true, &ColumnWish::narrowest}}};
    auto const n = static_cast<double>(wishes.size());
    auto const room_for_text = [&](Try const& one) {
        return (one.landscape ? turned : upright) - n * 2 * padding_of_size * size * one.factor;
    };
    auto finished = [&](Try const& one, std::vector<double> widths) {
        for (auto& width : widths)
            width += 2 * padding_of_size * size * one.factor;
        return ColumnPlan{std::move(widths), size * one.factor, one.landscape};
    };
    for (auto const& one : tries) {
        if (one.landscape && turned <= 0) continue;
        auto const at_size = scaled(wishes, one.factor);
        double const room = room_for_text(one);
        if (sum_of(at_size, one.least) > room) continue;
        if (sum_of(at_size, &ColumnWish::widest) <= room)
            return finished(one, spread(at_size, room, one.landscape ? turned : upright));
        // Short values on one line each, if the prose can still be read beside them.
        auto with_short_whole = at_size;
        for (auto& wish : with_short_whole)
            if (!wish.is_text) wish.narrowest = wish.comfortable = wish.widest;
        bool const whole_fits = sum_of(with_short_whole, &ColumnWish::comfortable) <= room;
        return finished(one, whole_fits ? share(with_short_whole, &ColumnWish::comfortable, room)
                                        : share(at_size, one.least, room));
    }
    // Words have to be broken: each column gets a part of the room, by the root of what it wants.
    Try const last{0.7, turned > 0, &ColumnWish::narrowest};
    double const room = std::max(room_for_text(last), n);
    double roots = 0;
    for (auto const& wish : wishes)
        roots += std::sqrt(wish.narrowest + 1);
    std::vector<double> widths;
    for (auto const& wish : wishes)
        widths.push_back(room * std::sqrt(wish.narrowest + 1) / roots);
    auto plan = finished(last, std::move(widths));
    double total = 0;
    for (auto const width : plan.widths)
        total += width;
    double const all = last.landscape ? turned : upright;
    if (total > all)  // hundreds of columns: even the padding is too wide
        for (auto& width : plan.widths)
            width *= all / total;
    return plan;
}

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
    return {style, cell.shown, cell.target, keeps_color};
}

std::vector<ColumnWish> TableLayout::wishes() {
    double const size = plan_.size;
    double const longest_whole_word = 14 * size;  // longer ones are parted
    double const reading_width = 10 * size;
    std::vector<ColumnWish> wishes(begin_.columns.size());
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        auto& wish = wishes[i];
        auto const kind = begin_.columns[i].kind;
        bool const is_short = is_right_aligned(i) || kind == DOSSIER_CELL_STANCE || kind == DOSSIER_CELL_DATE;
        wish.is_text = !is_short;
        Extent cells;
        for (auto const& row : held_) {
            if (i >= row.cells.size() || row.cells[i].shown.empty()) continue;
            auto const extent = flow_.typesetter().measure({span_of(row.cells[i], i)});
            cells.narrowest = std::max(cells.narrowest, extent.narrowest);
            cells.widest = std::max(cells.widest, extent.widest);
            wish.mean += extent.widest / static_cast<double>(held_.size());
        }
        auto const head =
            flow_.typesetter().measure({{{Face::sans_bold, size, navy}, begin_.columns[i].title, {}, false}});
        bool const is_number = is_right_aligned(i) || kind == DOSSIER_CELL_DATE;
        double const narrowest_cell = is_number ? cells.widest : cells.narrowest;
        wish.narrowest = std::min(std::max(narrowest_cell, head.narrowest), longest_whole_word);
        // A column that is mostly empty must not take the room of those that are full.
        double const usual = std::min(reading_width, std::max(reading_width / 2, 2.5 * wish.mean));
        double const comfortable_cell = is_number  ? cells.widest
                                        : is_short ? cells.narrowest
                                                   : std::min(cells.widest, usual);
        wish.comfortable = std::max(wish.narrowest, std::min(comfortable_cell, longest_whole_word));
        // A head may take two or three lines rather than make a column of short values wide.
        double const head_width = std::max(head.narrowest, is_short ? head.widest / 2 : head.widest);
        wish.widest = std::max({wish.comfortable, cells.widest, std::min(head_width, longest_whole_word)});
        // Of a long table only the beginning was seen: numbers and names may still get longer.
        double const slack = sampled_part_ && cells.widest < longest_whole_word ? 1.3 * size : 0.0;
        wish.narrowest += slack, wish.comfortable += slack, wish.widest += slack;
        // Widths are compared as sums; what fits exactly must still fit after rounding.
        wish.narrowest += 0.05, wish.comfortable += 0.05, wish.widest += 0.05;
    }
    return wishes;
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
    if (drawing_) return draw_row(row);
    held_bytes_ += weight(row);
    held_.push_back(std::move(row));
    sampled_part_ = held_.size() >= most_held_rows || held_bytes_ >= most_held_bytes;
    if (sampled_part_) begin_drawing();
}

void TableLayout::begin_drawing() {
    drawing_ = true;
    bool const may_turn = flow_.setup().may_turn && !flow_.setup().landscape;
    plan_ = plan_columns(wishes(), plan_.size, flow_.other_width(flow_.setup().landscape),
                         may_turn ? flow_.other_width(true) : 0.0);
    if (may_turn) flow_.turn(plan_.landscape);
    leading_ = plan_.size * 1.28;
    pad_x_ = std::min(plan_.size * padding_of_size, *std::min_element(plan_.widths.begin(), plan_.widths.end()) / 4);
    pad_y_ = plan_.size * 0.36;
    for (auto const width : plan_.widths)
        total_width_ += width;
    draw_caption_and_head();
    for (auto const& row : held_)
        draw_row(row);
    held_.clear();
    held_.shrink_to_fit();
}

void TableLayout::draw_caption_and_head() {
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
    repeats_head_ = row_height(head_.n_lines) < flow_.full_room() / 3;

    std::vector<Span> const caption{{{Face::sans_bold, flow_.body_size() * 0.95, ink}, begin_.caption, {}, false}};
    auto lines = flow_.set(caption, flow_.body_size() * 1.3);
    double needed = row_height(head_.n_lines) + row_height(3) + 4;
    if (!held_.empty()) needed += std::min(row_height(set_row(held_.front().cells).n_lines), flow_.full_room() / 4);
    for (auto const& line : lines)
        needed += line.height;
    flow_.gap(13);
    flow_.anchor_here(begin_.anchor);
    flow_.start(std::min(needed, flow_.full_room() * 0.8));
    if (!lines.empty()) {
        flow_.put(std::move(lines));
        flow_.y += 3.5;
    }
    if (repeats_head_) return draw_head();
    for (std::size_t first = 0; first < head_.n_lines;) {  // a head as tall as a page, once, like a row
        auto const fit = static_cast<std::size_t>(std::max(1.0, (flow_.room() - 2 * pad_y_) / leading_));
        auto const last = std::min(head_.n_lines, first + fit);
        draw_lines(head_, first, last, false);
        first = last;
        if (first < head_.n_lines) flow_.new_page();
    }
}

void TableLayout::draw_head() {
    double const height = row_height(head_.n_lines);
    flow_.page().fill({flow_.left(), flow_.y, total_width_, height}, head_fill);
    draw_lines(head_, 0, head_.n_lines, true);
    flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.8, strong_line);
}

void TableLayout::draw_lines(SetRow const& row, std::size_t first, std::size_t last, bool at_bottom) {
    double x = flow_.left();
    double const ascent = plan_.size * 0.98;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const& cell = row.cells[i];
        auto const shift = at_bottom ? row.n_lines - cell.lines.size() : 0;  // heads stand on their rule
        for (auto k = first; k < std::min(last, cell.lines.size()); ++k) {
            auto const& line = cell.lines[k];
            double const spare = plan_.widths[i] - 2 * pad_x_ - line.width;
            double const offset = is_right_aligned(i) || line.right_to_left ? std::max(0.0, spare) : 0.0;
            double const baseline = flow_.y + pad_y_ + static_cast<double>(k - first + shift) * leading_ + ascent;
            flow_.page().text(flow_.fonts(), cell.spans, line, x + pad_x_ + offset, baseline);
        }
        x += plan_.widths[i];
    }
    flow_.y += row_height(last - first);
}

void TableLayout::next_page() {
    flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.35, hairline);
    flow_.new_page();
    after_head_ = true;
    if (repeats_head_) draw_head();
}

void TableLayout::draw_row(TableRow const& table_row) {
    flow_.fonts().trim();
    auto const row = set_row(table_row.cells);
    double const height = row_height(row.n_lines);
    constexpr std::size_t fewest_lines_of_a_part = 4;
    bool const tall = height > flow_.full_room() * 0.35;
    if (height > flow_.room() && (!tall || flow_.room() < row_height(fewest_lines_of_a_part))) next_page();
    flow_.anchor(table_row.anchor, flow_.y);
    bool const striped = n_drawn_++ % 2 == 1;
    for (std::size_t first = 0; first < row.n_lines;) {
        auto const fit =
            static_cast<std::size_t>(std::max(1.0, std::floor((flow_.room() - 2 * pad_y_ + 0.01) / leading_)));
        auto const last = std::min(row.n_lines, first + fit);
        double const top = flow_.y;
        if (striped) flow_.page().fill({flow_.left(), top, total_width_, row_height(last - first)}, zebra);
        draw_lines(row, first, last, false);
        if (!after_head_) flow_.page().line(flow_.left(), top, flow_.left() + total_width_, top, 0.35, hairline);
        after_head_ = false;
        first = last;
        if (first < row.n_lines) next_page();
    }
}

void TableLayout::end() {
    if (!drawing_) begin_drawing();
    if (n_drawn_ == 0) {
        std::vector<Span> const none{{{Face::sans_oblique, plan_.size, muted}, "No entries.", {}, false}};
        flow_.y += 3;
        flow_.put(flow_.set(none, leading_, pad_x_));
    } else {
        flow_.page().line(flow_.left(), flow_.y, flow_.left() + total_width_, flow_.y, 0.8, strong_line);
    }
    flow_.gap(15);
    if (plan_.landscape != flow_.setup().landscape) flow_.turn(flow_.setup().landscape);
}

}  // namespace dossier::pdf
