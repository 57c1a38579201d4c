#include "canvas.hpp"

#include <algorithm>
#include <cmath>

namespace dossier::charts {

namespace {

std::size_t pattern_of_stance(std::string const& stance) {
    if (stance == "supports") return 0;
    if (stance == "refutes") return 1;
    if (stance == "mixed") return 2;
    if (stance == "not_assessable") return 3;
    return 0;
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
    if (!is_stance(word)) return {series_inks(series), series, {}};
    auto const blank = shown.find(' ');
    return {stance_inks(word), pattern_of_stance(word),
            blank == std::string::npos ? std::string() : shown.substr(0, blank)};
}

double Canvas::width_of(std::string const& text, TextLook const& look) {
    return surface_.measure(text, look).widest;
}

double Canvas::text(std::string const& text, TextLook const& look, double x, double baseline, Align align,
                    double room) {
    auto const set = surface_.set_line(text, look, room);
    if (set->n_lines() == 0) return 0;
    surface_.put(*set, 0, x, 0, baseline, align);
    return set->widths.front();
}

WrappedText Canvas::wrapped(std::string text, TextLook const& look, double width, std::size_t most_lines) {
    constexpr std::size_t longest = 600;  // bytes: more than any label has room for
    bool cut = text.size() > longest;
    text = beginning(text, longest);
    WrappedText wrapped;
    std::string shown;
    auto const set = [&](std::string words) {
        shown = std::move(words);
        wrapped.set = surface_.set(shown, look, width);
        return wrapped.n_lines() <= most_lines;
    };
    if (cut || !set(text)) {
        std::size_t fits = 0, too_long = text.size() + 1;
        while (too_long - fits > 1) {
            auto const middle = fits + (too_long - fits) / 2;
            (set(std::string(beginning(text, middle)) + "…") ? fits : too_long) = middle;
        }
        set(std::string(beginning(text, fits)) + "…");
    }
    if (wrapped.n_lines() > 1) even_out(wrapped, shown, look, width);
    for (double const line : wrapped.set->widths)
        wrapped.width = std::max(wrapped.width, line);
    return wrapped;
}

/// Breaks the same number of lines as narrowly as they go, so that no word is left alone on the last.
void Canvas::even_out(WrappedText& wrapped, std::string const& text, TextLook const& look, double width) {
    auto const n = wrapped.n_lines();
    double too_narrow = std::max(width / 2, surface_.measure(text, look).narrowest), wide_enough = width;
    if (too_narrow >= wide_enough) return;
    for (int i = 0; i < 6; ++i) {
        double const middle = (too_narrow + wide_enough) / 2;
        auto lines = surface_.set(text, look, middle);
        bool const fits = lines->n_lines() <= n;
        (fits ? wide_enough : too_narrow) = middle;
        if (fits) wrapped.set = std::move(lines);
    }
}

void Canvas::wrapped_text(WrappedText const& text, double x, double width, double y, double leading, Align align) {
    double baseline = y + leading * 0.77;
    for (std::size_t line = 0; line < text.n_lines(); ++line, baseline += leading)
        surface_.put(*text.set, line, x, width, baseline, align);
}

void Canvas::remark_on_rows(std::size_t n_drawn, Chart const& chart) {
    auto const remark = std::to_string(n_drawn) + " of " + std::to_string(chart.categories.size()) +
                        " categories are drawn; all are in the table of values.";
    text(remark, style(Font::oblique, Ink::muted), surface_.left(), surface_.y() + size() * 1.4, Align::left,
         surface_.width());
    surface_.y() += size() * 2.2;
}

void Canvas::mark(double x, double y, std::size_t number, Ink ink, double radius) {
    double const r = radius;
    switch (number % 6) {
        case 1: return surface_.fill({x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r}, ink);
        case 2: return triangle_up(x, y, 1.15 * r, ink);
        case 3: return diamond(x - 1.25 * r, x + 1.25 * r, x, y, 1.25 * r, ink);
        case 4: surface_.disc(x, y, r, Ink::paper); return surface_.ring(x, y, 0.85 * r, 0.4 * r, ink);
        case 5:
            surface_.fill({x - 0.8 * r, y - 0.8 * r, 1.6 * r, 1.6 * r}, Ink::paper);
            return surface_.outline({x - 0.75 * r, y - 0.75 * r, 1.5 * r, 1.5 * r}, 0.4 * r, ink);
        default: return surface_.disc(x, y, r, ink);
    }
}

void Canvas::triangle_up(double x, double y, double r, Ink ink) {
    surface_.polygon({{x, y - r}, {x + r, y + 0.8 * r}, {x - r, y + 0.8 * r}}, ink);
}

void Canvas::triangle_down(double x, double y, double r, Ink ink) {
    surface_.polygon({{x, y + r}, {x + r, y - 0.8 * r}, {x - r, y - 0.8 * r}}, ink);
}

void Canvas::triangles_sideways(double x, double y, double r, Ink ink) {
    double const apart = 0.22 * r, length = 1.35 * r, half = 0.8 * r;
    surface_.polygon({{x - apart - length, y}, {x - apart, y - half}, {x - apart, y + half}}, ink);
    surface_.polygon({{x + apart + length, y}, {x + apart, y - half}, {x + apart, y + half}}, ink);
}

void Canvas::diamond(double left, double right, double middle, double y, double half_height, Ink ink) {
    surface_.polygon({{left, y}, {middle, y - half_height}, {right, y}, {middle, y + half_height}}, ink);
}

void Canvas::arrow_head(double x, double y, bool to_the_right, Ink ink) {
    double const back = to_the_right ? -5.5 : 5.5;
    surface_.polygon({{x, y}, {x + back, y - 2.8}, {x + back, y + 2.8}}, ink);
}

void Canvas::hatch(Rect const& area, SeriesLook const& look) {
    constexpr double apart = 4.5;
    bool const pale = is_pale(look.inks.fill);
    Stroke const stroke{pale ? 0.5 : 0.8, pale ? Ink::strong_line : stripe_on(look.inks.fill)};
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
    surface_.lines(ends, stroke);
}

void Canvas::bar(Rect const& area, SeriesLook const& look) {
    surface_.fill(area, look.inks.fill);
    hatch(area, look);
    surface_.outline(area, 0.6, is_pale(look.inks.fill) ? Ink::strong_line : Ink::paper);
}

void Canvas::bar_label(Rect const& area, SeriesLook const& look, std::string const& label) {
    auto const label_style = style(Font::bold, look.inks.on_fill, 0.95);
    for (auto const& words : {look.symbol.empty() ? label : look.symbol + " " + label, label}) {
        double const width = width_of(words, label_style);
        if (width + 3 > area.width) continue;
        double const x = area.x + area.width / 2, height = size() * 1.05;
        if (look.number % 6 != 0) {  // words on stripes could not be read
            double const plate = std::min(width + 5, area.width);
            surface_.fill({x - plate / 2, area.y + (area.height - height) / 2, plate, height}, look.inks.fill);
        }
        text(words, label_style, x, area.y + area.height / 2 + size() * 0.34, Align::center);
        return;
    }
}

}  // namespace dossier::charts
