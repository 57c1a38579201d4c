#include "rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dossier::charts {

namespace {

constexpr double label_leading = 1.2, legend_leading = 1.5;  // of the size of words
constexpr double swatch_width = 10, to_words = 4, between_entries = 16;
constexpr std::size_t most_label_lines = 4;

double number_at(std::vector<double> const& numbers, std::size_t i) {
    return i < numbers.size() ? numbers[i] : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

RowChart::RowChart(Surface& surface, Chart const& chart)
    : surface_(surface), chart_(chart), canvas_(surface), size_(canvas_.size()), row_gap_(size_ * 0.55) {
    choose_rows();
}

/// The first ones, as many as may be drawn, and what the others come to.
void RowChart::choose_rows() {
    constexpr std::size_t most_summaries = 20;
    auto const most = surface_.most_rows(chart_);
    std::size_t n_summaries = 0;
    for (std::size_t c = 0; c < chart_.categories.size(); ++c)
        if (c < most || (mark_of(c) != 0 && n_summaries++ < most_summaries)) rows_.push_back(c);
}

double RowChart::value(std::size_t category, std::size_t series, std::size_t at) const {
    std::size_t const each = chart_.has_intervals() ? 3 : 1;
    return number_at(chart_.values, (category * chart_.series.size() + series) * each + at);
}

double RowChart::weight(std::size_t category, std::size_t series) const {
    return number_at(chart_.weights, category * chart_.series.size() + series);
}

std::uint32_t RowChart::mark_of(std::size_t category) const {
    return category < chart_.marks.size() ? chart_.marks[category] : 0;
}

void RowChart::draw() {
    set_labels();
    prepare();
    set_legend();
    surface_.begin(chart_, legend_height() + rows_height() + 12);
    draw_legend();
    if (chart_.categories.empty()) {
        canvas_.text("No values.", canvas_.style(Font::oblique, Ink::muted), surface_.left(), surface_.y() + size_);
        surface_.y() += size_ * 1.5;
    } else {
        for (band_ = 0; band_ < n_bands(); ++band_) {
            bool const fits_a_page = rows_height() < surface_.full_room() * 0.85;
            if (band_ > 0 && fits_a_page && rows_height() > surface_.room()) continue_on_new_page();
            draw_rows();
        }
        if (rows_.size() < chart_.categories.size()) canvas_.remark_on_rows(rows_.size(), chart_);
    }
    surface_.end(chart_);
}

// ---- Labels

void RowChart::set_labels() {
    double const most = surface_.width() * label_share();
    for (auto const category : rows_) {
        auto const look = canvas_.style(label_font(category));
        labels_.push_back(canvas_.wrapped(chart_.categories[category], look, most, most_label_lines));
        label_width_ = std::max(label_width_, labels_.back().width);
    }
    auto const title_width = canvas_.width_of(chart_.category_title, canvas_.style(Font::bold, Ink::muted, 0.92));
    label_width_ = std::min(std::max(label_width_, title_width), most);
    plot_left_ = label_width_ + 9;
    plot_width_ = std::max(40.0, surface_.width() - plot_left_ - 14);
}

double RowChart::row_height(std::size_t row) {
    double const label = static_cast<double>(labels_[row].n_lines()) * size_ * label_leading;
    return std::max(label, mark_height(rows_[row])) + row_gap_;
}

/// All rows of the present band, with what stands above and below them.
double RowChart::rows_height() {
    double height = head_height() + foot_height() + 4;
    for (std::size_t row = 0; row < rows_.size(); ++row)
        height += row_height(row);
    return height;
}

double RowChart::head_height() {
    return chart_.category_title.empty() ? 0 : size_ * 1.5;
}

void RowChart::draw_head(double y) {
    bool const left = label_align() == Align::left;
    canvas_.text(chart_.category_title, canvas_.style(Font::bold, Ink::muted, 0.92),
                 surface_.left() + (left ? 0 : label_width_), y + head_height() - size_ * 0.5, label_align(),
                 label_width_);
}

// ---- Legend

void RowChart::set_legend() {
    if (!needs_legend()) return;
    double x = 0;
    std::size_t row = 0;
    for (auto const& series : chart_.series) {
        double const words = std::min(canvas_.width_of(series.shown, canvas_.style()), surface_.width());
        double const needed = swatch_width + to_words + words;
        if (x > 0 && x + needed > surface_.width()) x = 0, ++row;
        legend_.push_back({x, row});
        x += needed + between_entries;
    }
}

double RowChart::legend_height() const {
    return legend_.empty() ? 2.0 : static_cast<double>(legend_.back().row + 1) * size_ * legend_leading + 5;
}

void RowChart::legend_mark(std::size_t series, double x, double middle) {
    canvas_.bar({x, middle - size_ * 0.43, swatch_width, size_ * 0.86}, look(series));
}

void RowChart::draw_legend() {
    std::size_t row = 0;
    for (std::size_t i = 0; i < legend_.size(); ++i) {
        if (legend_[i].row != row) row = legend_[i].row, surface_.y() += size_ * legend_leading;
        if (surface_.room() < size_ * 2) surface_.new_page();
        double const x = surface_.left() + legend_[i].x;
        legend_mark(i, x, surface_.y() + size_ * 0.66);
        canvas_.text(chart_.series[i].shown, canvas_.style(Font::regular, look(i).inks.text),
                     x + swatch_width + to_words, surface_.y() + size_, Align::left,
                     surface_.width() - swatch_width - to_words);
    }
    surface_.y() += legend_.empty() ? 2 : size_ * legend_leading + 5;
}

// ---- Rows

std::size_t RowChart::rows_that_fit(std::size_t first, bool at_least_one) {
    double height = head_height() + foot_height() + 4;
    auto last = first;
    auto const n = rows_.size();
    while (last < n && height + row_height(last) <= surface_.room())
        height += row_height(last++);
    if (last == first + 1 && last < n && !at_least_one) return first;  // nor one row at the foot of a page
    if (last == first && at_least_one) ++last;
    if (last + 1 == n && last - first > 2) --last;  // no row alone on its page
    return last;
}

void RowChart::continue_on_new_page() {
    surface_.new_page();
    auto const title = (chart_.title.empty() ? std::string() : chart_.title + " ") + "(continued)";
    canvas_.text(title, canvas_.style(Font::oblique, Ink::muted), surface_.left(), surface_.y() + size_, Align::left,
                 surface_.width());
    surface_.y() += size_ * 1.8;
    if (legend_height() < surface_.full_room() / 6) draw_legend();
}

void RowChart::draw_rows() {
    bool on_new_page = false;
    for (std::size_t first = 0; first < rows_.size();) {
        auto const last = rows_that_fit(first, on_new_page || surface_.y() <= surface_.top());
        if (last == first) {
            continue_on_new_page();
            on_new_page = true;
            continue;
        }
        draw_head(surface_.y());
        surface_.y() += head_height();
        double height = 4;
        for (auto row = first; row < last; ++row)
            height += row_height(row);
        draw_ground(surface_.y(), height);
        surface_.y() += 4;
        for (auto row = first; row < last; ++row)
            draw_row(row, row_height(row) - row_gap_);
        draw_foot(surface_.y());
        surface_.y() += foot_height();
        first = last;
        on_new_page = first < rows_.size();
        if (on_new_page) continue_on_new_page();
    }
}

void RowChart::draw_row(std::size_t row, double height) {
    auto const& label = labels_[row];
    double const label_height = static_cast<double>(label.n_lines()) * size_ * label_leading;
    canvas_.wrapped_text(label, surface_.left(), label_width_, surface_.y() + (height - label_height) / 2,
                         size_ * label_leading, label_align());
    draw_marks(rows_[row], surface_.y(), height);
    surface_.y() += height + row_gap_;
}

void RowChart::draw_missing(double middle) {
    canvas_.text("no value", canvas_.style(Font::oblique, Ink::muted), plot_x() + 4, middle + size_ * 0.34);
}

// ---- The axis of values

int ScaledRows::most_ticks() const {
    return std::clamp(static_cast<int>(plot_width_ / (size_ * 4)), 2, 8);
}

void ScaledRows::draw_ground(double y, double height) {
    for (auto const& tick : scale_.ticks())
        surface_.line(x_of(tick.value), y, x_of(tick.value), y + height, 0.35, Ink::hairline);
    if (scale_.holds(reference())) surface_.line(x_of(reference()), y, x_of(reference()), y + height, 0.9, Ink::muted);
}

double ScaledRows::foot_height() {
    return size_ + 8 + (chart_.value_title.empty() ? 0 : size_ * 1.3);
}

void ScaledRows::draw_foot(double y) {
    surface_.line(plot_x(), y, plot_x() + plot_width_, y, 0.6, Ink::strong_line);
    auto const label_style = canvas_.style(Font::regular, Ink::muted, 0.9);
    double free_from = surface_.left();
    for (auto const& tick : scale_.ticks()) {
        double const x = x_of(tick.value);
        surface_.line(x, y, x, y + 2.5, 0.6, Ink::strong_line);
        auto const label = tick_label(tick);
        double const half = canvas_.width_of(label, label_style) / 2;
        if (x - half < free_from) continue;
        canvas_.text(label, label_style, x, y + size_ + 3, Align::center);
        free_from = x + half + 4;
    }
    if (chart_.value_title.empty()) return;
    auto const title_style = canvas_.style(Font::regular, Ink::text, 0.95);
    bool const fits = canvas_.width_of(chart_.value_title, title_style) <= plot_width_;
    canvas_.text(chart_.value_title, title_style, plot_x() + (fits ? plot_width_ / 2 : plot_width_),
                 y + size_ * 2.3 + 3, fits ? Align::center : Align::right, plot_left_ + plot_width_);
}

}  // namespace dossier::charts
