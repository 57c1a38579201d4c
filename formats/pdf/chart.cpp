#include "chart.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace dossier::pdf {

double scale_step(double span, int most_steps) {
    if (!(span > 0) || !std::isfinite(span)) return 1;
    double const rough = span / most_steps;
    double const power = std::pow(10.0, std::floor(std::log10(rough)));
    for (double const factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

namespace {

/// The shortest text that is still exact enough for a label: "3", "0.25".
std::string label_of(double value) {
    std::array<char, 32> buffer{};
    double const rounded = std::round(value * 1e4) / 1e4 + 0.0;
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded).ptr;
    return {buffer.data(), end};
}

class ChartDrawing {
public:
    ChartDrawing(Flow& flow, Chart const& chart)
        : flow_(flow), chart_(chart), size_(flow.body_size() * 0.88), row_gap_(size_ * 0.55) {}

    void draw() {
        flow_.gap(13);
        flow_.anchor_here(chart_.anchor);
        set_labels();
        measure_scale();
        auto const title = one_span(Face::sans_bold, flow_.body_size() * 0.95, ink, chart_.title);
        auto title_lines = flow_.set(title, flow_.body_size() * 1.3);
        double height = static_cast<double>(title_lines.size()) * flow_.body_size() * 1.3 + legend_height() + 22;
        for (std::size_t i = 0; i < chart_.categories.size(); ++i)
            height += category_height(i);
        flow_.start(std::min(height, flow_.full_room() * 0.6));
        flow_.put(std::move(title_lines));
        flow_.y += 3;
        draw_legend();
        draw_categories();
        if (!chart_.alternative.empty()) {
            auto const words = one_span(Face::sans, size_ * 0.95, muted, chart_.alternative);
            flow_.gap(3);
            flow_.put(flow_.set(words, size_ * 1.32));
        }
        flow_.gap(15);
    }

private:
    static std::vector<Span> one_span(Face face, double size, Color color, std::string text) {
        return {{{face, size, color}, std::move(text), {}, false}};
    }
    [[nodiscard]] bool is_stacked() const { return chart_.kind == DOSSIER_CHART_STACKED_BAR; }
    [[nodiscard]] std::size_t per_category() const { return chart_.series.size() * (is_stacked() ? 1 : 3); }
    /// NaN where there is no value, also where the chart promises more values than it brings.
    [[nodiscard]] double value(std::size_t category, std::size_t at) const {
        auto const i = category * per_category() + at;
        return i < chart_.values.size() ? chart_.values[i] : std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] StanceColors colors(std::size_t series) const {
        auto const& word = chart_.series[series].word;
        return is_stance(word) ? stance_colors(word) : series_colors(series);
    }

    // ---- Labels and scale
    void set_labels() {
        double widest = 0;
        for (auto const& category : chart_.categories) {
            label_spans_.push_back(one_span(Face::sans, size_, ink, category));
            widest = std::max(widest, flow_.typesetter().measure(label_spans_.back()).widest);
        }
        label_width_ = std::min(widest + 0.1, flow_.width() * 0.36);
        for (auto const& spans : label_spans_)
            labels_.push_back(flow_.typesetter().lines(spans, label_width_));
        plot_left_ = label_width_ + 9;
        plot_width_ = std::max(40.0, flow_.width() - plot_left_ - 14);
    }
    void measure_scale() {
        double low = 0, high = 0;
        bool any = false;
        for (std::size_t c = 0; c < chart_.categories.size(); ++c) {
            double sum = 0;
            for (std::size_t i = 0; i < per_category(); ++i) {
                auto const v = value(c, i);
                if (!std::isfinite(v)) continue;
                sum += std::max(v, 0.0);
                if (is_stacked()) continue;
                low = any ? std::min(low, v) : v;
                high = any ? std::max(high, v) : v;
                any = true;
            }
            if (is_stacked()) high = std::max(high, sum);
        }
        if (!is_stacked() && low >= 0 && low < high * 0.5) low = 0;
        if (!(high > low)) high = low + 1;
        step_ = scale_step(high - low, 6);
        if (is_stacked()) step_ = std::max(step_, high >= 1 ? 1.0 : step_);
        low_ = std::floor(low / step_ + 1e-9) * step_;
        high_ = std::ceil(high / step_ - 1e-9) * step_;
    }
    [[nodiscard]] double x_of(double v) const {
        return flow_.left() + plot_left_ + (std::clamp(v, low_, high_) - low_) / (high_ - low_) * plot_width_;
    }

    // ---- Legend
    struct LegendEntry {
        std::vector<Span> spans;
        Line line;
        double x = 0;
        std::size_t row = 0;
    };
    std::vector<LegendEntry> legend() {
        constexpr double swatch = 9, between = 16;
        std::vector<LegendEntry> entries;
        double x = 0;
        std::size_t row = 0;
        for (std::size_t i = 0; i < chart_.series.size(); ++i) {
            auto spans = one_span(Face::sans, size_, colors(i).text, chart_.series[i].shown);
            auto line = flow_.typesetter().single_line(spans, flow_.width() - swatch - 4);
            double const needed = swatch + 4 + line.width;
            if (x > 0 && x + needed > flow_.width()) x = 0, ++row;
            entries.push_back({std::move(spans), std::move(line), x, row});
            x += needed + between;
        }
        return entries;
    }
    [[nodiscard]] bool needs_legend() const { return is_stacked() || chart_.series.size() > 1; }
    double legend_height() {
        if (!needs_legend()) return 2;
        auto const entries = legend();
        return entries.empty() ? 0.0 : static_cast<double>(entries.back().row + 1) * size_ * 1.5 + 5;
    }
    void draw_legend() {
        if (needs_legend()) {
            auto const entries = legend();
            for (std::size_t i = 0; i < entries.size(); ++i) {
                double const y = flow_.y + static_cast<double>(entries[i].row) * size_ * 1.5;
                double const x = flow_.left() + entries[i].x;
                if (is_stacked())
                    swatch({x, y + size_ * 0.22, 9, size_ * 0.86}, i);
                else
                    mark(x + 5, y + size_ * 0.66, i);
                flow_.page().text(flow_.fonts(), entries[i].spans, entries[i].line, x + 13, y + size_);
            }
        }
        flow_.y += legend_height();
    }
    void swatch(Rect const& area, std::size_t series) {
        flow_.page().fill(area, colors(series).fill);
        if (colors(series).fill.red > 0xd0) flow_.page().outline(area, 0.5, strong_line);  // pale fills need an edge
    }

    /// Series differ in shape as well as in colour: disc, square, ring.
    void mark(double x, double y, std::size_t series) {
        auto const color = colors(series).text;
        if (series % 3 == 1) return flow_.page().fill({x - 2.8, y - 2.8, 5.6, 5.6}, color);
        flow_.page().disc(x, y, 3.1, color);
        if (series % 3 == 2) flow_.page().disc(x, y, 1.7, white);
    }

    // ---- Rows
    [[nodiscard]] double bar_height() const { return size_ * 1.5; }
    [[nodiscard]] double own_height(std::size_t category) const {
        double const label = static_cast<double>(labels_[category].size()) * size_ * 1.2;
        double const lanes = is_stacked() ? bar_height() : static_cast<double>(chart_.series.size()) * size_ * 1.15;
        return std::max(label, lanes);
    }
    [[nodiscard]] double category_height(std::size_t category) const { return own_height(category) + row_gap_; }

    void draw_categories() {
        if (chart_.categories.empty()) {
            auto const none = one_span(Face::sans_oblique, size_, muted, "No values.");
            flow_.put(flow_.set(none, size_ * 1.3));
            return;
        }
        double const axis = size_ + 8;
        for (std::size_t first = 0; first < chart_.categories.size();) {
            double height = 4;
            auto last = first;
            while (last < chart_.categories.size() && height + category_height(last) + axis <= flow_.room())
                height += category_height(last++);
            if (last == first && flow_.y > flow_.top()) {
                flow_.new_page();
                continue;
            }
            if (last == first) height += category_height(last++);
            draw_grid(height);
            flow_.y += 4;
            for (auto c = first; c < last; ++c)
                draw_category(c);
            draw_scale();
            first = last;
            if (first < chart_.categories.size()) flow_.new_page();
        }
    }
    void draw_grid(double height) {
        for (auto const tick : ticks())
            flow_.page().line(x_of(tick), flow_.y, x_of(tick), flow_.y + height, 0.35, hairline);
    }
    [[nodiscard]] std::vector<double> ticks() const {
        std::vector<double> all;
        auto const n = static_cast<int>(std::lround((high_ - low_) / step_));
        for (int i = 0; i <= std::min(n, 20); ++i)
            all.push_back(low_ + i * step_);
        return all;
    }
    void draw_scale() {
        flow_.page().line(x_of(low_), flow_.y, x_of(high_), flow_.y, 0.6, strong_line);
        for (auto const tick : ticks()) {
            auto const spans = one_span(Face::sans, size_ * 0.9, muted, label_of(tick));
            auto const line = flow_.typesetter().single_line(spans, 80);
            flow_.page().text(flow_.fonts(), spans, line, x_of(tick) - line.width / 2, flow_.y + size_ + 2);
        }
        flow_.y += size_ + 8;
    }
    void draw_category(std::size_t category) {
        double const height = own_height(category);
        double const label_height = static_cast<double>(labels_[category].size()) * size_ * 1.2;
        double baseline = flow_.y + (height - label_height) / 2 + size_ * 0.92;
        for (auto const& line : labels_[category]) {
            flow_.page().text(flow_.fonts(), label_spans_[category], line, flow_.left() + label_width_ - line.width,
                              baseline);
            baseline += size_ * 1.2;
        }
        if (is_stacked())
            draw_bar(category, flow_.y + (height - bar_height()) / 2);
        else
            draw_intervals(category, flow_.y + height / 2);
        flow_.y += height + row_gap_;
    }
    void draw_bar(std::size_t category, double y) {
        double sum = 0;
        bool any = false;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            auto const v = value(category, s);
            any = any || std::isfinite(v);
            if (!std::isfinite(v) || v <= 0) continue;
            Rect const area{x_of(sum), y, x_of(sum + v) - x_of(sum), bar_height()};
            flow_.page().fill(area, colors(s).fill);
            flow_.page().outline(area, 0.6, colors(s).fill.red > 0xd0 ? strong_line : white);
            auto const spans = one_span(Face::sans_bold, size_ * 0.95, colors(s).on_fill, count_label(s, v));
            auto line = flow_.typesetter().single_line(spans, 1000);
            if (line.width + 3 <= area.width)
                flow_.page().text(flow_.fonts(), spans, line, area.x + (area.width - line.width) / 2,
                                  y + bar_height() / 2 + size_ * 0.34);
            else
                draw_bare_count(area, s, v, y);
            sum += v;
        }
        if (!any) draw_missing(y + bar_height() / 2 + size_ * 0.34);
    }
    /// The stance's symbol goes with the count, so that bars can be read without their colours.
    [[nodiscard]] std::string count_label(std::size_t series, double v) const {
        auto const& shown = chart_.series[series].shown;
        auto const blank = shown.find(' ');
        bool const has_symbol = is_stance(chart_.series[series].word) && blank != std::string::npos;
        return (has_symbol ? shown.substr(0, blank + 1) : std::string()) + label_of(v);
    }
    void draw_bare_count(Rect const& area, std::size_t series, double v, double y) {
        auto const spans = one_span(Face::sans_bold, size_ * 0.85, colors(series).on_fill, label_of(v));
        auto const line = flow_.typesetter().single_line(spans, 1000);
        if (line.width + 1 <= area.width)
            flow_.page().text(flow_.fonts(), spans, line, area.x + (area.width - line.width) / 2,
                              y + bar_height() / 2 + size_ * 0.3);
    }
    void draw_missing(double baseline) {
        auto const spans = one_span(Face::sans_oblique, size_, muted, "no value");
        auto const line = flow_.typesetter().single_line(spans, 1000);
        flow_.page().text(flow_.fonts(), spans, line, flow_.left() + plot_left_ + 4, baseline);
    }
    void draw_intervals(std::size_t category, double middle) {
        auto const n = static_cast<double>(chart_.series.size());
        bool any = false;
        for (std::size_t s = 0; s < chart_.series.size(); ++s) {
            double const y = middle + (static_cast<double>(s) - (n - 1) / 2) * size_ * 1.15;
            auto const estimate = value(category, 3 * s), low = value(category, 3 * s + 1),
                       high = value(category, 3 * s + 2);
            auto const color = colors(s).text;
            if (std::isfinite(low) && std::isfinite(high)) {
                flow_.page().line(x_of(low), y, x_of(high), y, 1.2, color);
                for (auto const end : {low, high})
                    flow_.page().line(x_of(end), y - 3, x_of(end), y + 3, 1.2, color);
                any = true;
            }
            if (std::isfinite(estimate)) {
                mark(x_of(estimate), y, s);
                any = true;
            }
        }
        if (!any) draw_missing(middle + size_ * 0.34);
    }

    Flow& flow_;
    Chart const& chart_;
    double size_, row_gap_;
    std::vector<std::vector<Span>> label_spans_;
    std::vector<std::vector<Line>> labels_;
    double label_width_ = 0, plot_left_ = 0, plot_width_ = 0;
    double low_ = 0, high_ = 1, step_ = 1;
};

}  // namespace

void draw_chart(Flow& flow, Chart const& chart) {
    bool const known = chart.kind == DOSSIER_CHART_STACKED_BAR || chart.kind == DOSSIER_CHART_INTERVAL;
    if (known) return ChartDrawing(flow, chart).draw();
    std::vector<Span> const words{{{Face::sans_bold, flow.body_size(), ink}, chart.title, {}, false},
                                  {{Face::sans, flow.body_size(), ink}, " " + chart.alternative, {}, false}};
    flow.gap(10);
    flow.anchor_here(chart.anchor);
    flow.put(flow.set(words, flow.body_size() * 1.45));
    flow.gap(10);
}

}  // namespace dossier::pdf
