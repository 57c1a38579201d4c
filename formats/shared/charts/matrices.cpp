// Charts of a mark for each category and series: effect directions, harvest plots, bubbles.
#include <algorithm>
#include <cmath>

#include "rows.hpp"

namespace dossier::charts {

namespace {

/// A column per series, as many as fit beside each other; the others follow in bands below.
class Matrix : public RowChart {
public:
    using RowChart::RowChart;

protected:
    [[nodiscard]] Align label_align() const override { return Align::left; }
    [[nodiscard]] double label_share() const override { return 0.32; }
    [[nodiscard]] bool needs_legend() const override { return false; }
    static constexpr std::size_t most_head_lines = 6;
    static constexpr double head_inset = 5;
    /// What a column must have room for beside its head.
    [[nodiscard]] virtual double narrowest_column() { return size_ * 5; }
    [[nodiscard]] virtual double widest_column() { return size_ * 14; }
    /// The line above the heads that says what the marks are.
    [[nodiscard]] virtual double key_height() { return chart_.value_title.empty() ? 0 : size_ * 1.7; }
    virtual void draw_key(double y) {
        canvas_.text(chart_.value_title, canvas_.style(Font::regular, Ink::muted), surface_.left(), y + size_,
                     Align::left, surface_.width());
    }
    virtual void draw_cell(std::size_t category, std::size_t series, Rect const& cell) = 0;

    void prepare() override {
        plot_left_ = label_width_ + 12;
        plot_width_ = std::max(40.0, surface_.width() - plot_left_);
        auto const n = chart_.series.size();
        auto const fit =
            static_cast<std::size_t>(plot_width_ / std::max(narrowest_column(), longest_head_word() + head_inset));
        n_bands_ = n == 0 ? 1 : (n - 1) / std::max<std::size_t>(fit, 1) + 1;
        n_columns_ = n == 0 ? 1 : (n - 1) / n_bands_ + 1;
        column_width_ = std::min(plot_width_ / static_cast<double>(n_columns_), widest_column());
        plot_width_ = column_width_ * static_cast<double>(n_columns_);
        for (auto const& series : chart_.series)
            heads_.push_back(canvas_.wrapped(series.shown, head_style(), column_width_ - head_inset, most_head_lines));
    }
    /// Heads break between words, if the words are not too long for that.
    [[nodiscard]] double longest_head_word() {
        double longest = 0;
        for (auto const& series : chart_.series)
            longest = std::max(longest, surface_.measure(series.shown, head_style()).narrowest);
        return std::min(longest, size_ * 10);
    }
    [[nodiscard]] std::size_t n_bands() const override { return n_bands_; }
    [[nodiscard]] std::size_t first_column() const { return band_ * n_columns_; }
    [[nodiscard]] std::size_t last_column() const {
        return std::min(first_column() + n_columns_, chart_.series.size());
    }
    [[nodiscard]] double column_x(std::size_t series) const {
        return plot_x() + static_cast<double>(series - first_column()) * column_width_;
    }

    double head_height() override {
        std::size_t most_lines = 1;
        for (auto s = first_column(); s < last_column(); ++s)
            most_lines = std::max(most_lines, heads_[s].n_lines());
        return (band_ == 0 ? key_height() : 6) + static_cast<double>(most_lines) * head_leading() + 5;
    }
    void draw_head(double y) override {
        double const bottom = y + head_height();
        if (band_ == 0 && key_height() > 0) draw_key(y);
        canvas_.text(chart_.category_title, canvas_.style(Font::bold, Ink::muted, 0.92), surface_.left(),
                     bottom - size_ * 0.75, Align::left, label_width_);
        for (auto s = first_column(); s < last_column(); ++s) {
            double const height = static_cast<double>(heads_[s].n_lines()) * head_leading();
            canvas_.wrapped_text(heads_[s], column_x(s) + head_inset / 2, column_width_ - head_inset,
                                 bottom - 4 - height, head_leading(), head_align());
        }
        surface_.line(surface_.left(), bottom - 1, right_end(), bottom - 1, 0.6, Ink::strong_line);
    }
    [[nodiscard]] virtual Align head_align() const { return Align::center; }
    void draw_marks(std::size_t category, double y, double height) override {
        for (auto s = first_column(); s < last_column(); ++s)
            draw_cell(category, s, {column_x(s), y, column_width_, height});
        double const below = y + height + row_gap_ / 2;
        if (has_row_rules()) surface_.line(surface_.left(), below, right_end(), below, 0.35, Ink::hairline);
    }
    [[nodiscard]] virtual bool has_row_rules() const { return true; }
    double foot_height() override { return 8; }

    [[nodiscard]] TextLook head_style() const { return canvas_.style(Font::regular, Ink::text, 0.92); }
    [[nodiscard]] double head_leading() const { return size_ * 1.12; }
    [[nodiscard]] double right_end() const { return plot_x() + plot_width_; }
    void draw_number(std::string const& number, Rect const& cell, double x, Align align, Ink ink = Ink::text) {
        canvas_.text(number, canvas_.style(Font::regular, ink, 0.95), x, cell.y + cell.height / 2 + size_ * 0.34,
                     align);
    }

private:
    std::size_t n_bands_ = 1, n_columns_ = 1;
    double column_width_ = 0;
    std::vector<WrappedText> heads_;
};

/// Triangles up, down and both ways: told apart by shape, the colour only helps.
class EffectDirections final : public Matrix {
public:
    using Matrix::Matrix;

private:
    double narrowest_column() override { return size_ * 6.5; }
    double mark_height(std::size_t) override { return size_ * 1.2; }
    double key_height() override { return size_ * 1.9; }
    void draw_key(double y) override {
        double x = surface_.left();
        double const middle = y + size_ * 0.66;
        auto const words = canvas_.style(Font::regular, Ink::muted);
        if (!chart_.value_title.empty())
            x += canvas_.text(chart_.value_title + ":", words, x, y + size_, Align::left, surface_.width() * 0.5) + 10;
        for (auto const& [direction, word] : {std::pair{1.0, "up"}, {-1.0, "down"}, {0.0, "both ways"}}) {
            draw_direction(direction, x + size_ * 0.8, middle);
            x += size_ * 1.9;
            x += canvas_.text(word, words, x, y + size_) + size_ * 1.4;
        }
        canvas_.text("blank: none", words, x, y + size_);
    }
    void draw_direction(double direction, double x, double y) {
        double const radius = size_ * 0.5;
        if (direction > 0) canvas_.triangle_up(x, y, radius, stance_inks("supports").fill);
        if (direction < 0) canvas_.triangle_down(x, y, radius, stance_inks("refutes").fill);
        if (direction == 0) canvas_.triangles_sideways(x, y, radius, stance_inks("mixed").fill);
    }
    void draw_cell(std::size_t category, std::size_t series, Rect const& cell) override {
        auto const v = value(category, series);
        if (std::isfinite(v)) draw_direction(v, cell.x + cell.width / 2, cell.y + cell.height / 2);
    }
};

/// As many bars as the value says, standing on a line; those beyond the weight are hollow.
class Harvest final : public Matrix {
public:
    using Matrix::Matrix;

private:
    static constexpr double bar_width = 4.2, bar_step = 6.2, narrow_width = 1.8, narrow_step = 2.9, inset = 5;

    double narrowest_column() override { return size_ * 9; }
    double widest_column() override { return size_ * 18; }
    [[nodiscard]] Align head_align() const override { return Align::left; }
    [[nodiscard]] bool has_row_rules() const override { return false; }  // the bars stand on lines of their own
    double mark_height(std::size_t) override { return size_ * 1.9; }

    void draw_cell(std::size_t category, std::size_t series, Rect const& cell) override {
        auto const v = value(category, series);
        if (!(v >= 0)) return;
        auto const filled = chart_.weights.empty() ? v : std::clamp(weight(category, series), 0.0, v);
        auto const label = label_of(v);
        double const label_room = canvas_.width_of(label, canvas_.style(Font::regular, Ink::text, 0.95)) + 4;
        double const room = cell.width - 2 * inset - label_room;
        double const height = mark_height(category);
        double const ground = cell.y + cell.height, left = cell.x + inset;
        Rect const area{left, ground - height, room, height};
        double const used = draw_bars(v, std::isfinite(filled) ? filled : 0, area, bar_ink(series));
        surface_.line(cell.x + 2, ground, cell.x + cell.width - 6, ground, 0.7, Ink::strong_line);
        if (v > 0)
            canvas_.text(label, canvas_.style(Font::regular, Ink::text, 0.95), left + used + 4, ground - 2.5);
        else
            canvas_.text("0", canvas_.style(Font::regular, Ink::muted, 0.95), left, ground - 2.5);
    }
    [[nodiscard]] Ink bar_ink(std::size_t series) const {
        if (!is_stance(chart_.series[series].word)) return Ink::blue;
        auto const inks = look_of(chart_, series).inks;
        return is_pale(inks.fill) ? inks.text : inks.fill;
    }
    /// @return the width taken
    double draw_bars(double n, double n_filled, Rect const& area, Ink ink) {
        bool const wide = n * bar_step <= area.width;
        double const width = wide ? bar_width : narrow_width, step = wide ? bar_step : narrow_step;
        if (n * step > area.width) return draw_block(n, n_filled, area, ink);
        auto const count = static_cast<std::size_t>(n), filled = static_cast<std::size_t>(n_filled);
        for (std::size_t i = 0; i < count; ++i) {
            Rect const bar{area.x + static_cast<double>(i) * step, area.y, width, area.height};
            if (i < filled)
                surface_.fill(bar, ink);
            else
                surface_.outline({bar.x + 0.4, bar.y + 0.4, width - 0.8, bar.height - 0.4}, 0.8, ink);
        }
        return n * step;
    }
    /// More bars than there is room for: one block, filled as far as they are.
    double draw_block(double n, double n_filled, Rect const& area, Ink ink) {
        surface_.outline({area.x + 0.4, area.y + 0.4, area.width - 0.8, area.height - 0.4}, 0.8, ink);
        surface_.fill({area.x, area.y, area.width * (n_filled / n), area.height}, ink);
        return area.width;
    }
};

/// Areas by value, with the number in the circle or beside it.
class Bubbles final : public Matrix {
public:
    using Matrix::Matrix;

private:
    void prepare() override {
        for (auto const v : chart_.values)
            if (std::isfinite(v)) largest_ = std::max(largest_, v);
        Matrix::prepare();
    }
    double narrowest_column() override { return size_ * 6; }
    double widest_column() override { return size_ * 10; }
    [[nodiscard]] double largest_radius() const { return size_ * 1.2; }
    double mark_height(std::size_t) override { return 2 * largest_radius(); }

    void draw_cell(std::size_t category, std::size_t series, Rect const& cell) override {
        auto const v = value(category, series);
        double const x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;
        if (!(v >= 0)) return;
        if (v == 0) return draw_number("0", cell, x, Align::center, Ink::muted);
        double const radius = std::max(1.6, largest_radius() * std::sqrt(v / largest_));
        surface_.disc(x, y, radius, Ink::bubble);
        surface_.ring(x, y, radius, 0.9, Ink::blue);
        auto const label = label_of(v);
        double const half = canvas_.width_of(label, canvas_.style(Font::regular, Ink::text, 0.95)) / 2;
        bool const inside = half + 2 < radius && radius > size_ * 0.75;
        draw_number(label, cell, inside ? x : x + radius + 3, inside ? Align::center : Align::left,
                    inside ? Ink::on_pale : Ink::text);
    }

    double largest_ = 0;
};

}  // namespace

void draw_effect_directions(Surface& surface, Chart const& chart) {
    EffectDirections(surface, chart).draw();
}

void draw_harvest(Surface& surface, Chart const& chart) {
    Harvest(surface, chart).draw();
}

void draw_bubbles(Surface& surface, Chart const& chart) {
    Bubbles(surface, chart).draw();
}

}  // namespace dossier::charts
