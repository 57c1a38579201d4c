// Lines over dates, numbers or other categories in order.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "canvas.hpp"
#include "kinds.hpp"
#include "scale.hpp"

namespace dossier::pdf {

namespace {

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

/// "2026", "2026-11" and "2026-11-22" in years; numbers as they are.
std::optional<double> place_of(std::string_view category) {
    if (category.size() != 7 && category.size() != 10) return number_in(category);
    if (category[4] != '-' || (category.size() == 10 && category[7] != '-')) return number_in(category);
    auto const year = number_in(category.substr(0, 4)), month = number_in(category.substr(5, 2));
    auto const day = category.size() == 10 ? number_in(category.substr(8, 2)) : 1.0;
    if (!year || !month || !day) return std::nullopt;
    return *year + (*month - 1) / 12 + (*day - 1) / 372;
}

/// Where the categories stand, in [0, 1]: by what they say where they rise throughout, else equally far apart.
std::vector<double> places_of(std::vector<std::string> const& categories) {
    auto const n = categories.size();
    std::vector<double> places;
    for (auto const& category : categories) {
        auto const place = place_of(category);
        if (!place || (!places.empty() && !(*place > places.back()))) break;
        places.push_back(*place);
    }
    bool const by_value = places.size() == n && n > 1 && std::isfinite(places.back() - places.front());
    if (!by_value) {
        places.resize(n);
        for (std::size_t i = 0; i < n; ++i)
            places[i] = static_cast<double>(i);
    }
    double const first = n > 0 ? places.front() : 0, span = n > 1 ? places.back() - first : 0;
    for (auto& place : places)
        place = span > 0 ? (place - first) / span : 0.5;
    return places;
}

class Lines {
public:
    Lines(Flow& flow, Chart const& chart)
        : flow_(flow), chart_(chart), canvas_(flow), size_(canvas_.size()), places_(places_of(chart.categories)) {}

    void draw() {
        measure();
        height_ = std::min(flow_.full_room() * 0.45, size_ * 19);
        draw_chart_title(flow_, chart_, height_ + size_ * 6 + legend_height());
        draw_legend();
        if (chart_.categories.empty()) {
            canvas_.text("No values.", canvas_.style(Face::sans_oblique, muted), flow_.left(), flow_.y + size_);
            flow_.y += size_ * 1.5;
        } else {
            draw_panel();
        }
        draw_chart_words(flow_, chart_);
    }

private:
    static constexpr std::size_t most_direct_labels = 8, most_marks = 60;

    [[nodiscard]] double value(std::size_t category, std::size_t series) const {
        auto const i = category * chart_.series.size() + series;
        auto const v = i < chart_.values.size() ? chart_.values[i] : std::numeric_limits<double>::quiet_NaN();
        return chart_.logarithmic && !(v > 0) ? std::numeric_limits<double>::quiet_NaN() : v;
    }
    [[nodiscard]] bool labels_directly() const { return chart_.series.size() <= most_direct_labels; }

    void measure() {
        Range range;
        range.include(chart_.reference);
        for (std::size_t c = 0; c < chart_.categories.size(); ++c)
            for (std::size_t s = 0; s < chart_.series.size(); ++s)
                range.include(value(c, s));
        constexpr int most_ticks = 6;
        if (chart_.logarithmic)
            scale_ = Scale::logarithmic(range.any ? range.low : 1, range.any ? range.high : 10, most_ticks);
        else
            scale_ = Scale::linear(range.low >= 0 && range.low < range.high * 0.5 ? 0 : range.low,
                                   range.any ? range.high : 1, most_ticks);
        double ticks = 0, labels = 0;
        for (auto const& tick : scale_.ticks())
            ticks = std::max(ticks, canvas_.width_of(tick.label, tick_style()));
        if (labels_directly())
            for (auto const& series : chart_.series)
                labels = std::max(labels, canvas_.width_of(series.shown, canvas_.style()));
        labels_width_ = std::min(labels, flow_.width() * 0.28);
        left_ = ticks + 8;
        right_ = flow_.width() - (labels_width_ > 0 ? labels_width_ + 16 : 10);
    }
    [[nodiscard]] TextStyle tick_style() const { return canvas_.style(Face::sans, muted, 0.9); }
    [[nodiscard]] double x_of(std::size_t category) const {
        constexpr double inset = 6;
        return flow_.left() + left_ + inset + places_[category] * (right_ - left_ - 2 * inset);
    }
    [[nodiscard]] double y_of(double v) const { return top_ + (1 - scale_.at(v)) * height_; }
    [[nodiscard]] Stroke stroke_of(std::size_t series) const {
        static constexpr std::array<std::array<double, 2>, 4> dashes{{{0, 0}, {6, 2.5}, {2, 2}, {9, 3}}};
        auto const& dash = dashes[series % dashes.size()];
        return {1.4, look_of(chart_, series).colors.text, dash[0], dash[1]};
    }

    // ---- Legend, where there are too many lines to be labelled at their ends
    [[nodiscard]] double legend_height() const {
        return labels_directly() ? 0 : static_cast<double>(chart_.series.size() + 2) / 3 * size_ * 1.5 + 5;
    }
    void draw_legend() {
        if (labels_directly()) return;
        double const column = flow_.width() / 3;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            if (s > 0 && s % 3 == 0) flow_.y += size_ * 1.5;
            if (flow_.room() < size_ * 2) flow_.new_page();
            double const x = flow_.left() + static_cast<double>(s % 3) * column, middle = flow_.y + size_ * 0.66;
            canvas_.page().path({{x, middle}, {x + 20, middle}}, stroke_of(s));
            canvas_.mark(x + 10, middle, s, look_of(chart_, s).colors.text, 2.4);
            canvas_.text(chart_.series[s].shown, canvas_.style(), x + 25, flow_.y + size_, Align::left, column - 32);
        }
        flow_.y += size_ * 1.5 + 5;
    }

    // ---- The panel
    void draw_panel() {
        if (flow_.room() < height_ + size_ * 5) flow_.new_page();
        if (!chart_.value_title.empty()) {
            canvas_.text(chart_.value_title, canvas_.style(Face::sans, ink, 0.95), flow_.left(), flow_.y + size_,
                         Align::left, flow_.width());
            flow_.y += size_ * 1.8;
        }
        top_ = flow_.y + size_ * 0.5;
        draw_value_axis();
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            draw_line(s);
        if (labels_directly()) draw_line_labels();
        draw_category_axis();
        flow_.y = top_ + height_ + size_ * (chart_.category_title.empty() ? 2.2 : 3.6);
    }
    void draw_value_axis() {
        double const left = flow_.left() + left_, right = flow_.left() + right_;
        for (auto const& tick : scale_.ticks()) {
            double const y = y_of(tick.value);
            canvas_.page().line(left, y, right, y, 0.35, hairline);
            canvas_.text(tick.label, tick_style(), left - 4, y + size_ * 0.32, Align::right);
        }
        if (scale_.holds(chart_.reference))
            canvas_.page().line(left, y_of(chart_.reference), right, y_of(chart_.reference), 0.9, muted);
    }
    void draw_line(std::size_t series) {
        auto const stroke = stroke_of(series);
        std::vector<Point> points;
        auto const draw_points = [&] {
            canvas_.page().path(points, stroke);
            bool const marks = chart_.categories.size() <= most_marks || points.size() == 1;
            for (auto const& point : points)
                if (marks) canvas_.mark(point.x, point.y, series, stroke.color, 2.4);
            points.clear();
        };
        for (std::size_t c = 0; c < chart_.categories.size(); ++c) {
            auto const v = value(c, series);
            if (std::isfinite(v))
                points.push_back({x_of(c), y_of(v)});
            else
                draw_points();  // a line does not lead over what is missing
        }
        draw_points();
    }

    /// Names at the ends of the lines, moved apart where they would lie on each other.
    void draw_line_labels() {
        struct Label {
            std::size_t series;
            double y;
        };
        std::vector<Label> labels;
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            for (auto c = chart_.categories.size(); c-- > 0;)
                if (auto const v = value(c, s); std::isfinite(v)) {
                    labels.push_back({s, y_of(v)});
                    break;
                }
        std::stable_sort(labels.begin(), labels.end(), [](Label const& a, Label const& b) { return a.y < b.y; });
        double const apart = size_ * 1.15;
        for (std::size_t i = 1; i < labels.size(); ++i)
            labels[i].y = std::max(labels[i].y, labels[i - 1].y + apart);
        double lowest = top_ + height_;
        for (auto i = labels.size(); i-- > 0; lowest -= apart)
            lowest = labels[i].y = std::min(labels[i].y, lowest);
        for (auto const& label : labels)
            canvas_.text(chart_.series[label.series].shown,
                         canvas_.style(Face::sans, look_of(chart_, label.series).colors.text),
                         flow_.left() + right_ + 6, label.y + size_ * 0.34, Align::left, labels_width_ + 1);
    }

    /// As many categories as can be written beside each other.
    void draw_category_axis() {
        double const y = top_ + height_, left = flow_.left() + left_, right = flow_.left() + right_;
        canvas_.page().line(left, y, right, y, 0.6, strong_line);
        double const room = (right - left) * 0.45;
        double free_from = flow_.left();
        for (std::size_t c = 0; c < chart_.categories.size(); ++c) {
            double const x = x_of(c);
            if (x < free_from) continue;
            double const width = std::min(canvas_.width_of(chart_.categories[c], tick_style()), room);
            double const begin = std::clamp(x - width / 2, flow_.left(), flow_.left() + flow_.width() - width);
            if (begin < free_from) continue;
            canvas_.page().line(x, y, x, y + 2.5, 0.6, strong_line);
            canvas_.text(chart_.categories[c], tick_style(), begin, y + size_ + 3, Align::left, room);
            free_from = begin + width + 9;
        }
        if (!chart_.category_title.empty())
            canvas_.text(chart_.category_title, canvas_.style(Face::sans, ink, 0.95), (left + right) / 2,
                         y + size_ * 2.3 + 3, Align::center, right - left);
    }

    Flow& flow_;
    Chart const& chart_;
    Canvas canvas_;
    double size_;
    std::vector<double> places_;
    Scale scale_;
    double left_ = 0, right_ = 0, labels_width_ = 0;  ///< of the panel, from the flow's left edge
    double top_ = 0, height_ = 0;
};

}  // namespace

void draw_lines(Flow& flow, Chart const& chart) {
    Lines(flow, chart).draw();
}

}  // namespace dossier::pdf
