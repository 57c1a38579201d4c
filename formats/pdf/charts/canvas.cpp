#include "canvas.hpp"

#include <algorithm>
#include <cmath>

namespace dossier::pdf {

namespace {

std::size_t pattern_of_stance(std::string const& stance) {
    if (stance == "supports") return 0;
    if (stance == "refutes") return 1;
    if (stance == "mixed") return 2;
    if (stance == "not_assessable") return 3;
    return 0;
}

/// Fills that do not stand out from the page by 3:1 need an edge.
bool is_pale(Color color) {
    return color.red > 0x90 && color.green > 0x90;
}

/// Halfway to white: seen on a dark fill without outshining what stands on it.
Color lighter(Color color) {
    auto const half = [](std::uint8_t part) { return static_cast<std::uint8_t>((part + 0xffu) / 2); };
    return {half(color.red), half(color.green), half(color.blue)};
}

/// The longest beginning of `text` that does not cut a character in two.
std::string_view beginning(std::string_view text, std::size_t size) {
    if (size >= text.size()) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0u) == 0x80)
        --size;
    return text.substr(0, size);
}

}  // namespace

SeriesLook look_of(Chart const& chart, std::size_t series) {
    auto const& [word, shown] = chart.series[series];
    if (!is_stance(word)) return {series_colors(series), series, {}};
    auto const blank = shown.find(' ');
    return {stance_colors(word), pattern_of_stance(word),
            blank == std::string::npos ? std::string() : shown.substr(0, blank)};
}

double Canvas::width_of(std::string const& text, TextStyle const& style) {
    return flow_.typesetter().measure({{style, text, {}, false}}).widest;
}

double Canvas::text(std::string const& text, TextStyle const& style, double x, double baseline, Align align,
                    double room) {
    std::vector<Span> const spans{{style, text, {}, false}};
    auto const line = flow_.typesetter().single_line(spans, room);
    if (align == Align::center) x -= line.width / 2;
    if (align == Align::right) x -= line.width;
    page().text(flow_.fonts(), spans, line, x, baseline);
    return line.width;
}

WrappedText Canvas::wrapped(std::string text, TextStyle const& style, double width, std::size_t most_lines) {
    constexpr std::size_t longest = 600;  // bytes: more than any label has room for
    bool cut = text.size() > longest;
    text = beginning(text, longest);
    WrappedText wrapped;
    auto const set = [&](std::string const& words) {
        wrapped.spans = {{style, words, {}, false}};
        wrapped.lines = flow_.typesetter().lines(wrapped.spans, width);
        return wrapped.lines.size() <= most_lines;
    };
    if (cut || !set(text)) {
        std::size_t fits = 0, too_long = text.size() + 1;
        while (too_long - fits > 1) {
            auto const middle = fits + (too_long - fits) / 2;
            (set(std::string(beginning(text, middle)) + "…") ? fits : too_long) = middle;
        }
        set(std::string(beginning(text, fits)) + "…");
    }
    if (wrapped.lines.size() > 1) even_out(wrapped, width);
    for (auto const& line : wrapped.lines)
        wrapped.width = std::max(wrapped.width, line.width);
    return wrapped;
}

/// Breaks the same number of lines as narrowly as they go, so that no word is left alone on the last.
void Canvas::even_out(WrappedText& text, double width) {
    auto const n = text.lines.size();
    double too_narrow = std::max(width / 2, flow_.typesetter().measure(text.spans).narrowest), wide_enough = width;
    if (too_narrow >= wide_enough) return;
    for (int i = 0; i < 6; ++i) {
        double const middle = (too_narrow + wide_enough) / 2;
        auto lines = flow_.typesetter().lines(text.spans, middle);
        bool const fits = lines.size() <= n;
        (fits ? wide_enough : too_narrow) = middle;
        if (fits) text.lines = std::move(lines);
    }
}

void Canvas::wrapped_text(WrappedText const& text, double x, double width, double y, double leading, Align align) {
    double baseline = y + leading * 0.77;
    for (auto const& line : text.lines) {
        double const spare = width - line.width;
        double const indent = align == Align::left ? 0 : align == Align::right ? spare : spare / 2;
        page().text(flow_.fonts(), text.spans, line, x + indent, baseline);
        baseline += leading;
    }
}

void Canvas::mark(double x, double y, std::size_t number, Color color, double radius) {
    double const r = radius;
    switch (number % 6) {
        case 1: return page().fill({x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r}, color);
        case 2: return triangle_up(x, y, 1.15 * r, color);
        case 3: return diamond(x - 1.25 * r, x + 1.25 * r, x, y, 1.25 * r, color);
        case 4: page().disc(x, y, r, white); return page().ring(x, y, 0.85 * r, 0.4 * r, color);
        case 5:
            page().fill({x - 0.8 * r, y - 0.8 * r, 1.6 * r, 1.6 * r}, white);
            return page().outline({x - 0.75 * r, y - 0.75 * r, 1.5 * r, 1.5 * r}, 0.4 * r, color);
        default: return page().disc(x, y, r, color);
    }
}

void Canvas::triangle_up(double x, double y, double r, Color color) {
    page().polygon({{x, y - r}, {x + r, y + 0.8 * r}, {x - r, y + 0.8 * r}}, color);
}

void Canvas::triangle_down(double x, double y, double r, Color color) {
    page().polygon({{x, y + r}, {x + r, y - 0.8 * r}, {x - r, y - 0.8 * r}}, color);
}

void Canvas::triangles_sideways(double x, double y, double r, Color color) {
    double const apart = 0.22 * r, length = 1.35 * r, half = 0.8 * r;
    page().polygon({{x - apart - length, y}, {x - apart, y - half}, {x - apart, y + half}}, color);
    page().polygon({{x + apart + length, y}, {x + apart, y - half}, {x + apart, y + half}}, color);
}

void Canvas::diamond(double left, double right, double middle, double y, double half_height, Color color) {
    page().polygon({{left, y}, {middle, y - half_height}, {right, y}, {middle, y + half_height}}, color);
}

void Canvas::arrow_head(double x, double y, bool to_the_right, Color color) {
    double const back = to_the_right ? -5.5 : 5.5;
    page().polygon({{x, y}, {x + back, y - 2.8}, {x + back, y + 2.8}}, color);
}

void Canvas::hatch(Rect const& area, SeriesLook const& look) {
    constexpr double apart = 4.5;
    bool const pale = is_pale(look.colors.fill);
    Stroke const stroke{pale ? 0.5 : 0.8, pale ? strong_line : lighter(look.colors.fill)};
    std::vector<Point> ends;
    double const right = area.x + area.width, bottom = area.y + area.height;
    auto const slanted = [&](bool rising) {
        double const first = std::ceil((area.x - area.height) / apart) * apart;  // stripes go on across bars
        for (double x = first; x < right; x += apart) {
            double const begin = std::max(x, area.x), end = std::min(x + area.height, right);
            if (!(end > begin)) continue;
            double const from = begin - x, to = end - x;
            ends.push_back({begin, rising ? bottom - from : area.y + from});
            ends.push_back({end, rising ? bottom - to : area.y + to});
        }
    };
    auto const upright = [&] {
        for (double x = std::ceil(area.x / apart) * apart; x < right; x += apart)
            ends.push_back({x, area.y}), ends.push_back({x, bottom});
    };
    auto const level = [&] {
        for (double y = area.y + apart / 2; y < bottom; y += apart)
            ends.push_back({area.x, y}), ends.push_back({right, y});
    };
    switch (look.number % 6) {
        case 1: slanted(true); break;
        case 2: upright(); break;
        case 3: slanted(false); break;
        case 4: level(); break;
        case 5: slanted(true), slanted(false); break;
        default: break;
    }
    page().lines(ends, stroke);
}

void Canvas::bar(Rect const& area, SeriesLook const& look) {
    page().fill(area, look.colors.fill);
    hatch(area, look);
    page().outline(area, 0.6, is_pale(look.colors.fill) ? strong_line : white);
}

void Canvas::bar_label(Rect const& area, SeriesLook const& look, std::string const& label) {
    auto const label_style = style(Face::sans_bold, look.colors.on_fill, 0.95);
    for (auto const& words : {look.symbol.empty() ? label : look.symbol + " " + label, label}) {
        double const width = width_of(words, label_style);
        if (width + 3 > area.width) continue;
        double const x = area.x + area.width / 2, height = size() * 1.05;
        if (look.number % 6 != 0) {  // words on stripes could not be read
            double const plate = std::min(width + 5, area.width);
            page().fill({x - plate / 2, area.y + (area.height - height) / 2, plate, height}, look.colors.fill);
        }
        text(words, label_style, x, area.y + area.height / 2 + size() * 0.34, Align::center);
        return;
    }
}

}  // namespace dossier::pdf
