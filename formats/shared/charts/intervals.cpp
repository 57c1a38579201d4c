// Dots with intervals, and forest plots.
#include <algorithm>
#include <cmath>

#include "rows.hpp"

namespace dossier::charts {

namespace {

/// Rows of estimates with intervals: the scale that fits them, and how an interval is drawn.
class IntervalRows : public ScaledRows {
public:
    using ScaledRows::ScaledRows;

protected:
    void fit_scale() {
        Range estimates;
        estimates.include(chart_.reference);
        std::vector<double> ends;
        for (std::size_t c = 0; c < chart_.categories.size(); ++c)
            for (std::size_t s = 0; s < chart_.series.size(); ++s) {
                estimates.include(usable(value(c, s)));
                ends.push_back(usable(value(c, s, 1))), ends.push_back(usable(value(c, s, 2)));
            }
        auto range = range_without_outliers(std::move(ends), estimates, chart_.logarithmic);
        if (!range.any) range.low = chart_.logarithmic ? 0.5 : 0, range.high = chart_.logarithmic ? 2 : 1;
        if (chart_.logarithmic) {
            scale_ = Scale::logarithmic(range.low, range.high, most_ticks());
            return;
        }
        bool const nearly_from_zero = range.low >= 0 && range.low < range.high * 0.5;
        scale_ = Scale::linear(nearly_from_zero ? 0 : range.low, range.high, most_ticks());
    }
    /// Something that has a place on the axis.
    [[nodiscard]] double usable(double v) const { return chart_.logarithmic && !(v > 0) ? std::nan("") : v; }
    /// A line from low to high; arrows where it goes on beyond the axis. @return false if there is none
    bool draw_interval(double low, double high, double y, Stroke const& stroke, double tick) {
        low = usable(low), high = usable(high);
        if (!std::isfinite(low) || !std::isfinite(high)) return false;
        surface_.path({{x_of(low), y}, {x_of(high), y}}, stroke);
        for (double const end : {low, high}) {
            if (!scale_.holds(end))
                canvas_.arrow_head(x_of(end), y, end > scale_.high(), stroke.ink);
            else if (tick > 0)
                surface_.line(x_of(end), y - tick, x_of(end), y + tick, stroke.thickness, stroke.ink);
        }
        return true;
    }
};

class Intervals final : public IntervalRows {
public:
    using IntervalRows::IntervalRows;

private:
    void prepare() override { fit_scale(); }
    void legend_mark(std::size_t series, double x, double middle) override {
        canvas_.mark(x + 5, middle, series, look_of(chart_, series).inks.text, size_ * 0.37);
    }
    [[nodiscard]] double lane() const {
        return std::min(size_ * 1.15, surface_.full_room() * 0.7 / static_cast<double>(chart_.series.size()));
    }
    double mark_height(std::size_t) override { return lane() * static_cast<double>(chart_.series.size()); }
    void draw_marks(std::size_t category, double y, double height) override {
        double const middle = y + height / 2;
        double lane_y = middle - lane() * static_cast<double>(chart_.series.size() - 1) / 2;
        bool any = false;
        for (std::size_t s = 0; s < chart_.series.size(); ++s, lane_y += lane()) {
            auto const ink = look_of(chart_, s).inks.text;
            any = draw_interval(value(category, s, 1), value(category, s, 2), lane_y, {1.2, ink}, 2.6) || any;
            auto const estimate = usable(value(category, s));
            if (!std::isfinite(estimate)) continue;
            any = true;
            if (scale_.holds(estimate)) canvas_.mark(x_of(estimate), lane_y, s, ink, size_ * 0.37);
        }
        if (!any) draw_missing(middle);
    }
};

/// Squares for studies, by weight; diamonds for pooled estimates; the numbers on the right.
class Forest final : public IntervalRows {
public:
    using IntervalRows::IntervalRows;

private:
    static constexpr double between_columns = 12;

    [[nodiscard]] Align label_align() const override { return Align::left; }
    [[nodiscard]] double label_share() const override { return 0.33; }
    [[nodiscard]] bool needs_legend() const override { return false; }
    [[nodiscard]] bool is_pooled(std::size_t category) const { return (mark_of(category) & DOSSIER_MARK_POOLED) != 0; }
    [[nodiscard]] bool is_prediction(std::size_t category) const {
        return (mark_of(category) & DOSSIER_MARK_PREDICTION) != 0;
    }
    [[nodiscard]] Font label_font(std::size_t category) const override {
        if (is_prediction(category)) return Font::oblique;
        return is_pooled(category) ? Font::bold : Font::regular;
    }

    void prepare() override {
        for (std::size_t c = 0; c < chart_.categories.size(); ++c) {
            if (!counts_as_study(c)) continue;
            heaviest_ = std::max(heaviest_, weight(c, 0)), all_weights_ += weight(c, 0);
        }
        decimals_ = decimals();
        for (std::size_t c = 0; c < chart_.categories.size(); ++c)
            numbers_width_ = std::max(numbers_width_, canvas_.width_of(numbers(c), number_style(c)));
        numbers_width_ = std::max(numbers_width_, canvas_.width_of(numbers_title(), head_style()));
        numbers_width_ = std::min(numbers_width_, surface_.width() * 0.5);
        double const right = numbers_width_ + between_columns;
        plot_width_ = surface_.width() - plot_left_ - right;
        double const for_weights = between_columns + std::max(canvas_.width_of("Weight", head_style()),
                                                              canvas_.width_of("100.0 %", canvas_.style()));
        shows_weights_ = all_weights_ > 0 && plot_width_ - for_weights > size_ * 9;
        plot_width_ = std::max(40.0, shows_weights_ ? plot_width_ - for_weights : plot_width_);
        fit_scale();
    }
    [[nodiscard]] bool counts_as_study(std::size_t category) const {
        return mark_of(category) == 0 && std::isfinite(weight(category, 0));
    }
    /// So many that the estimate nearest to 0 and the narrowest interval can be read off.
    [[nodiscard]] int decimals() const {
        double smallest = 1;
        for (std::size_t c = 0; c < chart_.categories.size(); ++c)
            for (auto const v : {std::abs(value(c, 0)), 2 * (value(c, 0, 2) - value(c, 0, 1))})
                if (v > 0) smallest = std::min(smallest, v);
        int n = 2;
        for (double bound = 0.1; smallest < bound && n < 4; bound /= 10)
            ++n;
        return n;
    }
    [[nodiscard]] std::string numbers(std::size_t category) const {
        auto const shown = [&](std::size_t k) { return fixed_label(value(category, 0, k), decimals_); };
        bool const has_interval = std::isfinite(value(category, 0, 1)) && std::isfinite(value(category, 0, 2));
        bool const has_estimate = std::isfinite(value(category, 0));
        auto const interval = has_interval ? "[" + shown(1) + ", " + shown(2) + "]" : std::string();
        if (!has_estimate) return has_interval ? interval : "no value";
        return shown(0) + (has_interval ? " " + interval : std::string());
    }
    [[nodiscard]] std::string numbers_title() const {
        return chart_.series.empty() ? std::string() : chart_.series.front().shown;
    }
    [[nodiscard]] TextLook head_style() const { return canvas_.style(Font::bold, Ink::muted, 0.92); }
    [[nodiscard]] TextLook number_style(std::size_t category) const { return canvas_.style(label_font(category)); }
    [[nodiscard]] double weights_right() const {
        return surface_.left() + surface_.width() - numbers_width_ - between_columns;
    }

    double head_height() override { return size_ * 1.7; }
    void draw_head(double y) override {
        double const baseline = y + size_ * 1.1, right = surface_.left() + surface_.width();
        canvas_.text(chart_.category_title, head_style(), surface_.left(), baseline, Align::left, label_width_);
        canvas_.text(numbers_title(), head_style(), right, baseline, Align::right, numbers_width_);
        if (shows_weights_) canvas_.text("Weight", head_style(), weights_right(), baseline, Align::right);
        surface_.line(surface_.left(), y + head_height() - 1, right, y + head_height() - 1, 0.6, Ink::strong_line);
    }

    double mark_height(std::size_t) override { return size_ * 1.25; }
    void draw_marks(std::size_t category, double y, double height) override {
        double const middle = y + height / 2, baseline = middle + size_ * 0.34;
        bool const begins_summary = category > 0 && mark_of(category) != 0 && mark_of(category - 1) == 0;
        if (begins_summary)
            surface_.line(surface_.left(), y - row_gap_ / 2, surface_.left() + surface_.width(), y - row_gap_ / 2, 0.4,
                          Ink::strong_line);
        draw_estimate(category, middle);
        canvas_.text(numbers(category), number_style(category), surface_.left() + surface_.width(), baseline,
                     Align::right, numbers_width_);
        if (shows_weights_ && counts_as_study(category))
            canvas_.text(share_of_weights(category), canvas_.style(), weights_right(), baseline, Align::right);
    }
    [[nodiscard]] std::string share_of_weights(std::size_t category) const {
        double const percent = weight(category, 0) / all_weights_ * 100;
        return percent > 0 && percent < 0.05 ? "< 0.1 %" : fixed_label(percent, 1) + " %";
    }
    void draw_estimate(std::size_t category, double y) {
        auto const estimate = usable(value(category, 0));
        auto const low = usable(value(category, 0, 1)), high = usable(value(category, 0, 2));
        bool const has_estimate = std::isfinite(estimate) && scale_.holds(estimate);
        if (is_prediction(category)) {
            draw_interval(low, high, y, {1.2, Ink::text, 3, 2}, 2.6);
            if (has_estimate) surface_.line(x_of(estimate), y - 3, x_of(estimate), y + 3, 1.2, Ink::text);
        } else if (is_pooled(category) && std::isfinite(low) && std::isfinite(high) && has_estimate) {
            constexpr double narrowest = 2.5;
            canvas_.diamond(std::min(x_of(low), x_of(estimate) - narrowest),
                            std::max(x_of(high), x_of(estimate) + narrowest), x_of(estimate), y, size_ * 0.5,
                            Ink::pooled);
        } else {
            draw_interval(low, high, y, {1.0, Ink::text}, 0);
            if (has_estimate) draw_square(x_of(estimate), y, weight(category, 0));
        }
    }
    void draw_square(double x, double y, double study_weight) {
        double const share = heaviest_ > 0 && study_weight > 0 ? study_weight / heaviest_ : heaviest_ > 0 ? 0 : 0.25;
        double const side = std::max(2.6, size_ * 1.15 * std::sqrt(share));
        surface_.fill({x - side / 2, y - side / 2, side, side}, Ink::blue);
    }

    double heaviest_ = 0, all_weights_ = 0;
    int decimals_ = 2;
    double numbers_width_ = 0;
    bool shows_weights_ = false;  ///< where there is room for them
};

}  // namespace

void draw_intervals(Surface& surface, Chart const& chart) {
    Intervals(surface, chart).draw();
}

void draw_forest(Surface& surface, Chart const& chart) {
    Forest(surface, chart).draw();
}

}  // namespace dossier::charts
