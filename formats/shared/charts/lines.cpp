// Lines over dates, numbers or other categories in order.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "canvas.hpp"
#include "kinds.hpp"
#include "scale.hpp"

namespace dossier::charts {

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

/// Where the first `most` categories stand, in [0, 1]: by what they say where they rise throughout, else equally far apart.
std::vector<double> places_of(std::vector<std::string> const& categories, std::size_t most) {
    auto const n = std::min(categories.size(), most);
    std::vector<double> places;
    for (std::size_t i = 0; i < n; ++i) {
        auto const place = place_of(categories[i]);
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

/// Of many points those that can be seen: in each stretch as wide as a thin line the first, lowest, highest and last.
std::vector<Point> thinned(std::vector<Point> const& points) {
    constexpr std::size_t many = 2000;
    constexpr double stretch = 0.5;
    if (points.size() <= many) return points;
    std::vector<Point> kept;
    for (std::size_t begin = 0, end = 0; begin < points.size(); begin = end) {
        std::size_t low = begin, high = begin;
        for (end = begin; end < points.size() && points[end].x < points[begin].x + stretch; ++end) {
            if (points[end].y > points[low].y) low = end;
            if (points[end].y < points[high].y) high = end;
        }
        std::set<std::size_t> const seen{begin, low, high, end - 1};
        for (auto const i : seen)
            kept.push_back(points[i]);
    }
    return kept;
}

class Lines {
public:
    Lines(Surface& surface, Chart const& chart)
        : surface_(surface),
          chart_(chart),
          canvas_(surface),
          size_(canvas_.size()),
          places_(places_of(chart.categories, surface.most_rows(chart))) {}

    void draw() {
        measure();
        height_ = std::min(surface_.full_room() * 0.45, size_ * 19);
        surface_.begin(chart_, height_ + size_ * 6 + legend_height());
        draw_legend();
        if (chart_.categories.empty()) {
            canvas_.text("No values.", canvas_.style(Font::oblique, Ink::muted), surface_.left(), surface_.y() + size_);
            surface_.y() += size_ * 1.5;
        } else {
            draw_panel();
            if (places_.size() < chart_.categories.size()) canvas_.remark_on_rows(places_.size(), chart_);
        }
        surface_.end(chart_);
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
        for (std::size_t c = 0; c < places_.size(); ++c)
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
        labels_width_ = std::min(labels, surface_.width() * 0.28);
        left_ = ticks + 8;
        right_ = surface_.width() - (labels_width_ > 0 ? labels_width_ + 16 : 10);
    }
    [[nodiscard]] TextLook tick_style() const { return canvas_.style(Font::regular, Ink::muted, 0.9); }
    [[nodiscard]] double x_of(std::size_t category) const {
        constexpr double inset = 6;
        return surface_.left() + left_ + inset + places_[category] * (right_ - left_ - 2 * inset);
    }
    [[nodiscard]] double y_of(double v) const { return top_ + (1 - scale_.at(v)) * height_; }
    [[nodiscard]] Stroke stroke_of(std::size_t series) const {
        static constexpr std::array<std::array<double, 2>, 4> dashes{{{0, 0}, {6, 2.5}, {2, 2}, {9, 3}}};
        auto const& dash = dashes[series % dashes.size()];
        return {1.4, look_of(chart_, series).inks.text, dash[0], dash[1]};
    }

    // ---- Legend, where there are too many lines to be labelled at their ends
    [[nodiscard]] double legend_height() const {
        return labels_directly() ? 0 : static_cast<double>(chart_.series.size() + 2) / 3 * size_ * 1.5 + 5;
    }
    void draw_legend() {
        if (labels_directly()) return;
        double const column = surface_.width() / 3;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            if (s > 0 && s % 3 == 0) surface_.y() += size_ * 1.5;
            if (surface_.room() < size_ * 2) surface_.new_page();
            double const x = surface_.left() + static_cast<double>(s % 3) * column,
                         middle = surface_.y() + size_ * 0.66;
            surface_.path({{x, middle}, {x + 20, middle}}, stroke_of(s));
            canvas_.mark(x + 10, middle, s, look_of(chart_, s).inks.text, 2.4);
            canvas_.text(chart_.series[s].shown, canvas_.style(), x + 25, surface_.y() + size_, Align::left,
                         column - 32);
        }
        surface_.y() += size_ * 1.5 + 5;
    }

    // ---- The panel
    void draw_panel() {
        if (surface_.room() < height_ + size_ * 5) surface_.new_page();
        if (!chart_.value_title.empty()) {
            canvas_.text(chart_.value_title, canvas_.style(Font::regular, Ink::text, 0.95), surface_.left(),
                         surface_.y() + size_, Align::left, surface_.width());
            surface_.y() += size_ * 1.8;
        }
        top_ = surface_.y() + size_ * 0.5;
        draw_value_axis();
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            draw_line(s);
        if (labels_directly()) draw_line_labels();
        draw_category_axis();
        surface_.y() = top_ + height_ + size_ * (chart_.category_title.empty() ? 2.2 : 3.6);
    }
    void draw_value_axis() {
        double const left = surface_.left() + left_, right = surface_.left() + right_;
        for (auto const& tick : scale_.ticks()) {
            double const y = y_of(tick.value);
            surface_.line(left, y, right, y, 0.35, Ink::hairline);
            canvas_.text(tick.label, tick_style(), left - 4, y + size_ * 0.32, Align::right);
        }
        if (scale_.holds(chart_.reference))
            surface_.line(left, y_of(chart_.reference), right, y_of(chart_.reference), 0.9, Ink::muted);
    }
    void draw_line(std::size_t series) {
        auto const stroke = stroke_of(series);
        std::vector<Point> points, marked;
        auto const draw_points = [&] {
            surface_.path(thinned(points), stroke);
            for (auto const& point : points.size() == 1 ? points : marked)
                canvas_.mark(point.x, point.y, series, stroke.ink, 2.4);
            points.clear(), marked.clear();
        };
        for (std::size_t c = 0; c < places_.size(); ++c) {
            auto const v = value(c, series);
            if (std::isfinite(v)) {
                points.push_back({x_of(c), y_of(v)});
                if (has_mark(c, series)) marked.push_back(points.back());
            } else {
                draw_points();  // a line does not lead over what is missing
            }
        }
        draw_points();
    }
    /// Of many points a few are marked, on each line others, so that lines can be told apart without colour.
    [[nodiscard]] bool has_mark(std::size_t category, std::size_t series) const {
        constexpr std::size_t few = 12;
        if (places_.size() <= most_marks) return true;
        auto const every = places_.size() / few;
        return (category + every * series / chart_.series.size()) % every == every / 2;
    }

    /// Names at the ends of the lines, moved apart where they would lie on each other.
    void draw_line_labels() {
        struct Label {
            std::size_t series;
            double y;
        };
        std::vector<Label> labels;
        for (std::size_t s = 0; s < chart_.series.size(); ++s)
            for (auto c = places_.size(); c-- > 0;)
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
                         canvas_.style(Font::regular, look_of(chart_, label.series).inks.text),
                         surface_.left() + right_ + 6, label.y + size_ * 0.34, Align::left, labels_width_ + 1);
    }

    /// As many categories as can be written beside each other.
    void draw_category_axis() {
        double const y = top_ + height_, left = surface_.left() + left_, right = surface_.left() + right_;
        surface_.line(left, y, right, y, 0.6, Ink::strong_line);
        double const room = (right - left) * 0.45;
        double free_from = surface_.left();
        for (std::size_t c = 0; c < places_.size(); ++c) {
            double const x = x_of(c);
            if (x < free_from) continue;
            double const width = std::min(canvas_.width_of(chart_.categories[c], tick_style()), room);
            double const begin = std::clamp(x - width / 2, surface_.left(), surface_.left() + surface_.width() - width);
            if (begin < free_from) continue;
            surface_.line(x, y, x, y + 2.5, 0.6, Ink::strong_line);
            canvas_.text(chart_.categories[c], tick_style(), begin, y + size_ + 3, Align::left, room);
            free_from = begin + width + 9;
        }
        if (!chart_.category_title.empty())
            canvas_.text(chart_.category_title, canvas_.style(Font::regular, Ink::text, 0.95), (left + right) / 2,
                         y + size_ * 2.3 + 3, Align::center, right - left);
    }

    Surface& surface_;
    Chart const& chart_;
    Canvas canvas_;
    double size_;
    std::vector<double> places_;
    Scale scale_;
    double left_ = 0, right_ = 0, labels_width_ = 0;  ///< of the panel, from the flow's left edge
    double top_ = 0, height_ = 0;
};

}  // namespace

void draw_lines(Surface& surface, Chart const& chart) {
    Lines(surface, chart).draw();
}

}  // namespace dossier::charts
