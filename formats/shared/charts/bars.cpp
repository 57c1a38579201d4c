// Stacked bars, and bars that diverge from a middle.
#include <algorithm>
#include <cmath>

#include "rows.hpp"

namespace dossier::charts {

namespace {

class StackedBars : public ScaledRows {
public:
    using ScaledRows::ScaledRows;

protected:
    [[nodiscard]] bool needs_legend() const override { return true; }
    [[nodiscard]] SeriesLook look(std::size_t series) const override { return looks_[series]; }
    void prepare() override {
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            looks_.push_back(look_of(chart_, s));
        double longest = 0;
        for (std::size_t c = 0; c < chart_.categories.size(); ++c)
            longest = std::max(longest, sum(c, 0, chart_.series.size()));
        scale_ = Scale::linear(0, longest > 0 ? longest : 1, whole_steps(longest));
    }
    double mark_height(std::size_t) override { return size_ * 1.5; }
    void draw_marks(std::size_t category, double y, double height) override {
        draw_bars(category, 0, {0, y + (height - size_ * 1.5) / 2, 0, size_ * 1.5});
    }

    /// What a bar shows of a value: what is missing or negative takes no room.
    [[nodiscard]] double length(std::size_t category, std::size_t series) const {
        auto const v = value(category, series);
        return v > 0 ? std::min(v, 1e150) : 0;
    }
    [[nodiscard]] double sum(std::size_t category, std::size_t first, std::size_t last) const {
        double total = 0;
        for (auto s = first; s < last; ++s)
            total += length(category, s);
        return total;
    }
    /// Counts have no ticks between whole numbers.
    [[nodiscard]] int whole_steps(double span) const {
        return span >= 1 ? static_cast<int>(std::min<double>(most_ticks(), std::ceil(span))) : most_ticks();
    }
    /// All series end to end from `from` on, at the height of `row`.
    void draw_bars(std::size_t category, double from, Rect const& row) {
        bool any_value = false, any_bar = false;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            any_value = any_value || std::isfinite(value(category, s));
            auto const v = length(category, s);
            if (!(v > 0)) continue;
            Rect const area{x_of(from), row.y, x_of(from + v) - x_of(from), row.height};
            canvas_.bar(area, looks_[s]);
            canvas_.bar_label(area, looks_[s], label_of(v));
            from += v;
            any_bar = true;
        }
        double const middle = row.y + row.height / 2;
        if (!any_value) return draw_missing(middle);
        if (!any_bar)
            canvas_.text("0", canvas_.style(Font::regular, Ink::muted, 0.95), x_of(0) + 4, middle + size_ * 0.34);
    }

    std::vector<SeriesLook> looks_;
};

/// Left of the middle stand the first half of the series, right of it the others; an odd one straddles it.
class DivergingBars final : public StackedBars {
public:
    using StackedBars::StackedBars;

private:
    void prepare() override {
        auto const n = chart_.series.size();
        for (std::size_t s = 0; s < n; ++s)
            looks_.push_back(is_stance(chart_.series[s].word) ? look_of(chart_, s) : diverging_look(s, n));
        double left = 0, right = 0;
        for (std::size_t c = 0; c < chart_.categories.size(); ++c) {
            auto const before = left_part(c);
            left = std::max(left, before);
            right = std::max(right, sum(c, 0, n) - before);
        }
        scale_ = Scale::linear(-left, left + right > 0 ? right : 1, whole_steps(left + right));
    }
    [[nodiscard]] double left_part(std::size_t category) const {
        auto const n = chart_.series.size();
        return sum(category, 0, n / 2) + (n % 2 == 1 ? length(category, n / 2) / 2 : 0);
    }
    void draw_marks(std::size_t category, double y, double height) override {
        draw_bars(category, -left_part(category), {0, y + (height - size_ * 1.5) / 2, 0, size_ * 1.5});
    }
    [[nodiscard]] double reference() const override { return std::isfinite(chart_.reference) ? chart_.reference : 0; }
    [[nodiscard]] std::string tick_label(Scale::Tick const& tick) const override {
        return tick.label.starts_with('-') ? tick.label.substr(1) : tick.label;
    }

    /// Outer series are darker; one side is striped, so that both stay apart in grey.
    static SeriesLook diverging_look(std::size_t series, std::size_t n) {
        static constexpr InkSet left_outer{Ink::vermilion_text, Ink::vermilion, Ink::on_fill},
            left_inner{Ink::vermilion_text, Ink::pale_vermilion, Ink::on_pale},
            middle{Ink::grey_text, Ink::light_grey, Ink::on_pale},
            right_inner{Ink::blue_text, Ink::pale_blue, Ink::on_pale},
            right_outer{Ink::blue_text, Ink::blue, Ink::on_fill};
        auto const half = n / 2;
        if (n % 2 == 1 && series == half) return {middle, 0, {}};
        bool const is_left = series < half;
        auto const from_outside = is_left ? series : n - 1 - series;
        bool const outer = from_outside < (half + 1) / 2;
        if (is_left) return {outer ? left_outer : left_inner, 1, {}};
        return {outer ? right_outer : right_inner, 0, {}};
    }
};

}  // namespace

void draw_stacked_bars(Surface& surface, Chart const& chart) {
    StackedBars(surface, chart).draw();
}

void draw_diverging_bars(Surface& surface, Chart const& chart) {
    DivergingBars(surface, chart).draw();
}

}  // namespace dossier::charts
