#include "chart.hpp"

#include "shared/charts/kinds.hpp"

namespace dossier::pdf {

namespace {

using charts::Align;
using charts::Ink;

Color rgb_of(Ink ink) {
    auto const color = charts::color_of(ink);
    return {color.red, color.green, color.blue};
}

Rect on_page(charts::Rect const& area) {
    return {area.x, area.y, area.width, area.height};
}

Stroke on_page(charts::Stroke const& stroke) {
    return {stroke.thickness, rgb_of(stroke.ink), stroke.on, stroke.off};
}

std::vector<Point> on_page(std::vector<charts::Point> const& points) {
    std::vector<Point> out;
    out.reserve(points.size());
    for (auto const& point : points)
        out.push_back({point.x, point.y});
    return out;
}

class PdfText final : public charts::SetText {
public:
    std::vector<Span> spans;
    std::vector<Line> lines;
};

/// Charts on the pages of a flow.
class PdfSurface final : public charts::Surface {
public:
    explicit PdfSurface(Flow& flow) : flow_(flow) {}

    [[nodiscard]] double body_size() const override { return flow_.body_size(); }
    [[nodiscard]] double left() const override { return flow_.left(); }
    [[nodiscard]] double width() const override { return flow_.width(); }
    [[nodiscard]] double top() const override { return flow_.top(); }
    [[nodiscard]] double room() const override { return flow_.room(); }
    [[nodiscard]] double full_room() const override { return flow_.full_room(); }
    [[nodiscard]] double& y() override { return flow_.y; }
    void new_page() override { flow_.new_page(); }

    /// The title, on a page with room for the beginning of the rest; for all of it if it is not long.
    void begin(Chart const& chart, double height_of_the_rest) override {
        std::vector<Span> const title{{{Face::sans_bold, flow_.body_size() * 0.95, ink}, chart.title, {}, false}};
        auto lines = flow_.set(title, flow_.body_size() * 1.3);
        auto const words = words_of(chart);
        constexpr double gaps = 3 + gap_above_words;
        double const height = static_cast<double>(lines.size()) * flow_.body_size() * 1.3 + height_of_the_rest + gaps +
                              static_cast<double>(flow_.set(words, words_leading()).size()) * words_leading();
        flow_.gap(13);
        flow_.anchor_here(chart.anchor);
        flow_.start(std::min(height, flow_.full_room() * 0.6));
        flow_.put(std::move(lines), {}, Role::caption);
        flow_.y += 3;
    }
    /// What the chart shows, in words.
    void end(Chart const& chart) override {
        if (!chart.alternative.empty()) {
            auto const words = words_of(chart);
            flow_.gap(gap_above_words);
            flow_.put(flow_.set(words, words_leading()));
        }
        flow_.gap(15);
    }

    charts::Extent measure(std::string const& text, charts::TextLook const& look) override {
        auto const extent = flow_.typesetter().measure(spans_of(text, look));
        return {extent.narrowest, extent.widest};
    }
    std::unique_ptr<charts::SetText> set(std::string const& text, charts::TextLook const& look, double width) override {
        auto set = std::make_unique<PdfText>();
        set->spans = spans_of(text, look);
        set->lines = flow_.typesetter().lines(set->spans, width);
        return with_widths(std::move(set));
    }
    std::unique_ptr<charts::SetText> set_line(std::string const& text, charts::TextLook const& look,
                                              double width) override {
        auto set = std::make_unique<PdfText>();
        set->spans = spans_of(text, look);
        set->lines = {flow_.typesetter().single_line(set->spans, width)};
        return with_widths(std::move(set));
    }
    void put(charts::SetText const& text, std::size_t line, double x, double width, double baseline,
             Align align) override {
        auto const& set = static_cast<PdfText const&>(text);
        double const spare = width - set.lines[line].width;
        double const indent = align == Align::left ? 0 : align == Align::right ? spare : spare / 2;
        flow_.page().text(flow_.fonts(), set.spans, set.lines[line], x + indent, baseline);
    }

    void fill(charts::Rect const& area, Ink ink) override { flow_.page().fill(on_page(area), rgb_of(ink)); }
    void outline(charts::Rect const& area, double thickness, Ink ink) override {
        flow_.page().outline(on_page(area), thickness, rgb_of(ink));
    }
    void line(double x1, double y1, double x2, double y2, double thickness, Ink ink) override {
        flow_.page().line(x1, y1, x2, y2, thickness, rgb_of(ink));
    }
    void disc(double x, double y, double radius, Ink ink) override { flow_.page().disc(x, y, radius, rgb_of(ink)); }
    void ring(double x, double y, double radius, double thickness, Ink ink) override {
        flow_.page().ring(x, y, radius, thickness, rgb_of(ink));
    }
    void polygon(std::vector<charts::Point> const& corners, Ink ink) override {
        flow_.page().polygon(on_page(corners), rgb_of(ink));
    }
    void path(std::vector<charts::Point> const& points, charts::Stroke const& stroke) override {
        flow_.page().path(on_page(points), on_page(stroke));
    }
    void lines(std::vector<charts::Point> const& ends, charts::Stroke const& stroke) override {
        flow_.page().lines(on_page(ends), on_page(stroke));
    }

private:
    static constexpr double gap_above_words = 3;
    [[nodiscard]] double words_size() const { return flow_.body_size() * 0.836; }
    [[nodiscard]] double words_leading() const { return words_size() * 1.39; }
    [[nodiscard]] std::vector<Span> words_of(Chart const& chart) const {
        return {{{Face::sans, words_size(), muted}, chart.alternative, {}, false}};
    }
    static std::vector<Span> spans_of(std::string const& text, charts::TextLook const& look) {
        auto const face = look.font == charts::Font::bold      ? Face::sans_bold
                          : look.font == charts::Font::oblique ? Face::sans_oblique
                                                               : Face::sans;
        return {{{face, look.size, rgb_of(look.ink)}, text, {}, false}};
    }
    static std::unique_ptr<PdfText> with_widths(std::unique_ptr<PdfText> set) {
        for (auto const& line : set->lines)
            set->widths.push_back(line.width);
        return set;
    }
    Flow& flow_;
};

void draw_unknown(Flow& flow, Chart const& chart) {
    std::vector<Span> const words{{{Face::sans_bold, flow.body_size(), ink}, chart.title, {}, false},
                                  {{Face::sans, flow.body_size(), ink}, " " + chart.alternative, {}, false}};
    flow.gap(10);
    flow.anchor_here(chart.anchor);
    flow.put(flow.set(words, flow.body_size() * 1.45));
    flow.gap(10);
}

}  // namespace

void draw_chart(Flow& flow, Chart const& chart) {
    PdfSurface surface(flow);
    if (!charts::draw(surface, chart)) draw_unknown(flow, chart);
}

}  // namespace dossier::pdf
