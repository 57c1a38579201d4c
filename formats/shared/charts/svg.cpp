#include "svg.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "kinds.hpp"
#include "shared/clean_text.hpp"
#include "shared/xml_text.hpp"
#include "text_widths.hpp"

namespace dossier::charts {

namespace {

constexpr double drawing_width = 500, body = 9.5, base_size = body * 0.88;
constexpr double shown_width = 720;  // CSS pixels: words are then as high as those of a page
constexpr std::string_view font_families = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
constexpr double inset = 1;  // marks at the edge keep their outlines

// ---- Characters

/// At most two decimals, no exponent, no locale.
std::string decimal(double value) {
    if (!std::isfinite(value)) value = 0;
    std::array<char, 40> buffer{};
    auto const rounded = std::round(std::clamp(value, -1e6, 1e6) * 100) / 100 + 0.0;
    auto* const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded, std::chars_format::fixed, 2).ptr;
    std::string text(buffer.data(), end);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

/// For element content and for attributes in double quotes, on one line: tabs and line breaks are blanks.
std::string escaped(std::string_view text) {
    auto markup = formats::xml_text(text);
    std::replace_if(
        markup.begin(), markup.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return markup;
}

std::string hex(Color color) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "#";
    for (auto const part : {color.red, color.green, color.blue})
        out += digits[part >> 4], out += digits[part & 0xf];
    return out;
}

// ---- Setting text

class SvgText final : public SetText {
public:
    TextLook look;
    std::vector<std::string> lines;
};

/// A stretch of text that stays together on its line.
struct Word {
    std::string text;
    double width = 0;
    bool blank_after = false;
};

double width_of(std::string_view text, TextLook const& look) {
    double sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const point = formats::code_point_at(text, at);
        sum += advance_of(point.value, look.font);
        at += point.size;
    }
    return sum * look.size / 1000;
}

bool is_blank(char32_t value) {
    return value == ' ' || value == '\t' || value == '\n' || value == '\r';
}

bool is_ideograph(char32_t value) {
    return (value >= 0x2e80 && value <= 0x9fff) || (value >= 0xac00 && value <= 0xd7af) ||
           (value >= 0xf900 && value <= 0xfaff) || (value >= 0x20000 && value <= 0x3ffff);
}

/// Words may be parted at blanks, behind hyphens and slashes, and at ideographs.
std::vector<Word> words_of(std::string_view text, TextLook const& look) {
    std::vector<Word> words;
    Word word;
    auto const end_word = [&](bool at_blank) {
        if (!word.text.empty()) words.push_back(std::move(word));
        if (at_blank && !words.empty()) words.back().blank_after = true;
        word = {};
    };
    for (std::size_t at = 0; at < text.size();) {
        auto const point = formats::code_point_at(text, at);
        auto const character = text.substr(at, point.size);
        at += point.size;
        if (is_blank(point.value)) {
            end_word(true);
            continue;
        }
        if (is_ideograph(point.value)) end_word(false);
        word.text += character;
        word.width += advance_of(point.value, look.font) * look.size / 1000;
        if (point.value == '-' || point.value == '/') end_word(false);
    }
    end_word(false);
    return words;
}

/// The longest beginning, at least one character, that is no wider than `width`. Marks stay with what they are on.
std::size_t beginning_within(std::string_view text, TextLook const& look, double width) {
    double sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const point = formats::code_point_at(text, at);
        sum += advance_of(point.value, look.font) * look.size / 1000;
        if (at > 0 && sum > width) return at;
        at += point.size;
    }
    return text.size();
}

class LineFiller {
public:
    LineFiller(SvgText& text, double width) : text_(text), width_(width) {}

    void add(Word word) {
        double const blank = wants_blank_ ? advance_of(' ', text_.look.font) * text_.look.size / 1000 : 0;
        if (!line_.empty() && filled_ + blank + word.width > width_) end_line();
        if (line_.empty())
            break_if_too_wide(word);
        else if (wants_blank_)
            line_ += ' ', filled_ += blank;
        line_ += word.text, filled_ += word.width;
        wants_blank_ = word.blank_after;
    }
    void end_line() {
        if (!line_.empty()) text_.lines.push_back(std::move(line_)), text_.widths.push_back(filled_);
        line_.clear(), filled_ = 0, wants_blank_ = false;
    }

private:
    void break_if_too_wide(Word& word) {
        while (word.width > width_) {
            auto const size = beginning_within(word.text, text_.look, width_);
            if (size >= word.text.size()) return;
            line_ = word.text.substr(0, size), filled_ = width_of(line_, text_.look);
            end_line();
            word.text.erase(0, size), word.width = width_of(word.text, text_.look);
        }
    }
    SvgText& text_;
    double width_, filled_ = 0;
    bool wants_blank_ = false;
    std::string line_;
};

// ---- The drawing

class SvgSurface final : public Surface {
public:
    [[nodiscard]] double body_size() const override { return body; }
    [[nodiscard]] double left() const override { return inset; }
    [[nodiscard]] double width() const override { return drawing_width - 2 * inset; }
    [[nodiscard]] double top() const override { return 0; }
    [[nodiscard]] double room() const override { return 1e9; }  // one endless page
    [[nodiscard]] double full_room() const override { return 640; }
    [[nodiscard]] double& y() override { return y_; }
    void new_page() override {}
    [[nodiscard]] std::size_t most_rows(Chart const& chart) const override { return categories_in_svg(chart); }
    void begin(Chart const&, double) override {}
    void end(Chart const&) override {}

    Extent measure(std::string const& text, TextLook const& look) override {
        Extent extent;
        for (auto const& word : words_of(text, look)) {
            extent.narrowest = std::max(extent.narrowest, word.width);
            extent.widest += word.width + (word.blank_after ? width_of(" ", look) : 0);
        }
        return extent;
    }
    std::unique_ptr<SetText> set(std::string const& text, TextLook const& look, double width) override {
        auto lines = std::make_unique<SvgText>();
        lines->look = look;
        LineFiller filler(*lines, width);
        for (auto& word : words_of(text, look))
            filler.add(std::move(word));
        filler.end_line();
        return lines;
    }
    std::unique_ptr<SetText> set_line(std::string const& text, TextLook const& look, double width) override {
        auto line = std::make_unique<SvgText>();
        line->look = look;
        double sum = 0;
        std::string shown;
        for (auto const& word : words_of(text, look)) {
            shown += word.text, sum += word.width;
            if (sum > width) break;
            if (word.blank_after) shown += ' ', sum += width_of(" ", look);
        }
        while (!shown.empty() && shown.back() == ' ')
            shown.pop_back();
        sum = width_of(shown, look);
        if (sum > width) {
            constexpr std::string_view dots = "…";
            shown.erase(beginning_within(shown, look, width - width_of(dots, look))), shown += dots;
            sum = width_of(shown, look);
        }
        if (!shown.empty()) line->lines.push_back(std::move(shown)), line->widths.push_back(sum);
        return line;
    }
    void put(SetText const& text, std::size_t line, double x, double width, double baseline, Align align) override {
        auto const& set = static_cast<SvgText const&>(text);
        begin_element("text", "cf", set.look.ink, "fill");
        attribute("x", align == Align::left ? x : align == Align::right ? x + width : x + width / 2);
        attribute("y", baseline);
        if (std::abs(set.look.size - base_size) > 0.005) attribute("font-size", set.look.size);
        if (set.look.font == Font::bold) out_ += " font-weight=\"bold\"";
        if (set.look.font == Font::oblique) out_ += " font-style=\"italic\"";
        if (align != Align::left) out_ += align == Align::right ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
        out_ += '>' + escaped(set.lines[line]) + "</text>\n";
        reach(baseline + set.look.size * 0.3);
    }

    void fill(Rect const& area, Ink ink) override {
        begin_element("rect", "cf", ink, "fill");
        end_rectangle(area);
    }
    void outline(Rect const& area, double thickness, Ink ink) override {
        begin_stroke("rect", {thickness, ink});
        end_rectangle(area);
    }
    void line(double x1, double y1, double x2, double y2, double thickness, Ink ink) override {
        lines({{x1, y1}, {x2, y2}}, {thickness, ink});
    }
    void disc(double x, double y, double radius, Ink ink) override {
        begin_element("circle", "cf", ink, "fill");
        end_circle(x, y, radius);
    }
    void ring(double x, double y, double radius, double thickness, Ink ink) override {
        begin_stroke("circle", {thickness, ink});
        end_circle(x, y, radius);
    }
    void polygon(std::vector<Point> const& corners, Ink ink) override {
        if (corners.empty()) return;
        begin_element("path", "cf", ink, "fill");
        end_path(corners, corners.size(), "Z");
    }
    void path(std::vector<Point> const& points, Stroke const& stroke) override {
        if (points.size() < 2) return;
        begin_stroke("path", stroke);
        out_ += " stroke-linejoin=\"round\"";
        end_path(points, points.size());
    }
    void lines(std::vector<Point> const& ends, Stroke const& stroke) override {
        if (ends.size() < 2) return;
        begin_stroke("path", stroke);
        end_path(ends, 2);
    }

    [[nodiscard]] std::string const& drawn() const { return out_; }
    [[nodiscard]] double height() const { return std::max(y_, lowest_) + inset; }

private:
    void begin_element(char const* name, char const* prefix, Ink ink, char const* attribute) {
        auto const& entry = entry_of(ink);
        out_.append("<").append(name).append(" class=\"").append(prefix).append("-").append(entry.name).append("\" ");
        out_.append(attribute).append("=\"").append(ink == Ink::text ? "currentColor" : hex(entry.light)).append("\"");
    }
    void begin_stroke(char const* name, Stroke const& stroke) {
        begin_element(name, "cs", stroke.ink, "stroke");
        attribute("stroke-width", stroke.thickness);
        if (stroke.on > 0) out_ += " stroke-dasharray=\"" + decimal(stroke.on) + ' ' + decimal(stroke.off) + '"';
    }
    void attribute(char const* name, double value) {
        out_.append(" ").append(name).append("=\"").append(decimal(value)).append("\"");
    }
    void end_rectangle(Rect const& area) {
        attribute("x", area.x), attribute("y", area.y);
        attribute("width", std::max(area.width, 0.0)), attribute("height", std::max(area.height, 0.0));
        out_ += "/>\n";
        reach(area.y + area.height);
    }
    void end_circle(double x, double y, double radius) {
        attribute("cx", x), attribute("cy", y), attribute("r", std::max(radius, 0.0));
        out_ += "/>\n";
        reach(y + radius);
    }
    /// A stretch of `each` points after the other.
    void end_path(std::vector<Point> const& points, std::size_t each, char const* end = "") {
        out_ += " d=\"";
        for (std::size_t i = 0; i < points.size(); ++i) {
            out_ += i % each == 0 ? 'M' : 'L';
            out_ += decimal(points[i].x) + ' ' + decimal(points[i].y);
            reach(points[i].y);
        }
        out_.append(end).append("\"/>\n");
    }
    void reach(double y) {
        if (std::isfinite(y)) lowest_ = std::max(lowest_, y);
    }

    std::string out_;
    double y_ = inset, lowest_ = 0;
};

}  // namespace

std::size_t categories_in_svg(Chart const& chart) {
    constexpr std::size_t most_rows = 200, fewest_rows = 10, most_cells = 2000, most_points = 60'000;
    auto const n_series = std::max<std::size_t>(chart.series.size(), 1);
    auto const most = chart.kind == DOSSIER_CHART_LINE ? most_points / n_series
                                                       : std::clamp(most_cells / n_series, fewest_rows, most_rows);
    return std::min(chart.categories.size(), most);
}

std::string svg_of(Chart const& chart, std::string_view id) {
    SvgSurface surface;
    if (!draw(surface, chart)) return {};
    double const scale = shown_width / drawing_width;
    auto const name = escaped(id);
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-labelledby=\"" +
                      name + "_title " + name + "_desc\" viewBox=\"0 0 " + decimal(drawing_width) + ' ' +
                      decimal(surface.height()) + "\" width=\"" + decimal(shown_width) + "\" height=\"" +
                      decimal(surface.height() * scale) + "\" fill=\"none\" font-family=\"" +
                      std::string(font_families) + "\" font-size=\"" + decimal(base_size) + "\" direction=\"ltr\">\n";
    out += "<title id=\"" + name + "_title\">" + escaped(chart.title) + "</title>\n";
    out += "<desc id=\"" + name + "_desc\">" + escaped(chart.alternative) + "</desc>\n";
    return out + surface.drawn() + "</svg>\n";
}

std::string svg_rules() {
    std::string out = ".chart{max-width:100%;min-width:32rem;height:auto}\n";
    std::string forced = "@media (forced-colors:active){.chart{forced-color-adjust:none}\n";
    for (std::size_t i = 0; i < n_inks; ++i) {
        auto const& entry = entry_of(static_cast<Ink>(i));
        std::string const name(entry.name);
        for (auto const& [prefix, property] : {std::pair{"cf", "fill"}, {"cs", "stroke"}}) {
            auto const selector = std::string(".chart .") + prefix + '-' + name + '{' + property + ':';
            out += selector + "var(--chart-" + name + ',' + hex(entry.light) + ")}\n";
            forced += selector + std::string(entry.forced) + "}\n";
        }
    }
    return out + forced + "}\n";
}

std::string svg_colors(Theme theme) {
    std::string out;
    for (std::size_t i = 0; i < n_inks; ++i) {
        auto const ink = static_cast<Ink>(i);
        out += "--chart-" + std::string(entry_of(ink).name) + ':' + hex(color_of(ink, theme)) + ';';
    }
    return out;
}

}  // namespace dossier::charts
