#include "page.hpp"

#include <array>
#include <cmath>

namespace dossier::pdf {

namespace {

/// At most two decimals, no exponent, no locale.
void append_number(std::string& out, double value) {
    if (!std::isfinite(value)) value = 0;
    auto hundredths = static_cast<long long>(std::llround(std::fmin(std::fmax(value, -1e6), 1e6) * 100.0));
    if (hundredths < 0) out.push_back('-'), hundredths = -hundredths;
    std::array<char, 24> digits{};
    auto* const end = digits.data() + digits.size();
    auto* at = end;
    auto fraction = hundredths % 100;
    auto whole = hundredths / 100;
    if (fraction != 0) {
        if (fraction % 10 != 0) *--at = static_cast<char>('0' + fraction % 10);
        *--at = static_cast<char>('0' + fraction / 10);
        *--at = '.';
    }
    do
        *--at = static_cast<char>('0' + whole % 10);
    while ((whole /= 10) != 0);
    out.append(at, static_cast<std::size_t>(end - at));
}

void append_color(std::string& out, Color color, char const* operation) {
    for (auto const part : {color.red, color.green, color.blue}) {
        auto const thousandths = (part * 1000 + 127) / 255;
        if (thousandths == 1000) {
            out += "1 ";
        } else {
            out += '.';
            out += static_cast<char>('0' + thousandths / 100);
            out += static_cast<char>('0' + thousandths / 10 % 10);
            out += static_cast<char>('0' + thousandths % 10);
            out += ' ';
        }
    }
    out += operation;
}

void append_byte(std::string& out, unsigned byte) {
    auto const c = static_cast<char>(byte);
    if (c == '(' || c == ')' || c == '\\')
        out += '\\', out += c;
    else if (c == '\r')
        out += "\\r";
    else
        out += c;
}

/// Writes glyphs as the strings and adjustments of one or more TJ operators.
class GlyphWriter {
public:
    GlyphWriter(std::string& out, FontSet& fonts, double size) : out_(out), fonts_(fonts), size_(size) {}

    void glyph(Glyph const& glyph) {
        if (!in_font_ || glyph.face != face_) set_font(glyph.face);
        if (glyph.dy != rise_) set_rise(glyph.dy);
        if (auto const step = wanted_ + glyph.dx - pen_; step != 0) {
            close_string();
            open_array();
            append_number(out_, -step);
            pen_ += step;
        }
        open_array();
        if (!in_string_) out_ += '(', in_string_ = true;
        append_byte(out_, glyph.cid >> 8);
        append_byte(out_, glyph.cid & 0xffu);
        pen_ += fonts_.width(glyph.face, glyph.cid);
        wanted_ += glyph.advance;
    }
    void end() {
        close_array();
        if (rise_ != 0) set_rise(0);
    }

private:
    void open_array() {
        if (!in_array_) out_ += '[', in_array_ = true;
    }
    void close_string() {
        if (in_string_) out_ += ')', in_string_ = false;
    }
    void close_array() {
        close_string();
        if (in_array_) out_ += "]TJ\n", in_array_ = false;
    }
    void set_font(Face face) {
        close_array();
        out_ += "/F", out_ += static_cast<char>('0' + static_cast<int>(face)), out_ += ' ';
        append_number(out_, size_);
        out_ += " Tf ";
        face_ = face, in_font_ = true;
    }
    void set_rise(int rise) {
        close_array();
        append_number(out_, rise * size_ / 1000.0);
        out_ += " Ts ";
        rise_ = rise;
    }
    std::string& out_;
    FontSet& fonts_;
    double size_;
    Face face_{};
    bool in_font_ = false, in_array_ = false, in_string_ = false;
    int rise_ = 0, pen_ = 0, wanted_ = 0;
};

}  // namespace

void Page::number(double value) {
    append_number(content, value);
    content += ' ';
}

void Page::fill_color(Color color) {
    if (has_fill_ && fill_ == color) return;
    append_color(content, color, "rg\n");
    fill_ = color, has_fill_ = true;
}

void Page::stroke_color(Color color) {
    if (has_stroke_ && stroke_ == color) return;
    append_color(content, color, "RG\n");
    stroke_ = color, has_stroke_ = true;
}

void Page::fill(Rect const& area, Color color) {
    fill_color(color);
    number(area.x), flip(area.y + area.height), number(area.width), number(area.height);
    content += "re f\n";
}

void Page::outline(Rect const& area, double thickness, Color color) {
    stroke_color(color);
    number(thickness);
    content += "w ";
    number(area.x), flip(area.y + area.height), number(area.width), number(area.height);
    content += "re S\n";
}

void Page::line(double x1, double y1, double x2, double y2, double thickness, Color color) {
    stroke_color(color);
    number(thickness);
    content += "w ";
    number(x1), flip(y1);
    content += "m ";
    number(x2), flip(y2);
    content += "l S\n";
}

void Page::circle(double x, double y, double radius) {
    constexpr double bend = 0.5523;  // a quarter circle as a Bézier curve
    double const b = radius * bend;
    number(x + radius), flip(y), content += "m ";
    auto const curve = [&](double ax, double ay, double bx, double by, double cx, double cy) {
        number(x + ax), flip(y + ay), number(x + bx), flip(y + by), number(x + cx), flip(y + cy);
        content += "c ";
    };
    curve(radius, b, b, radius, 0, radius);
    curve(-b, radius, -radius, b, -radius, 0);
    curve(-radius, -b, -b, -radius, 0, -radius);
    curve(b, -radius, radius, -b, radius, 0);
}

void Page::disc(double x, double y, double radius, Color color) {
    fill_color(color);
    circle(x, y, radius);
    content += "f\n";
}

void Page::ring(double x, double y, double radius, double thickness, Color color) {
    stroke_color(color);
    number(thickness);
    content += "w ";
    circle(x, y, radius);
    content += "s\n";
}

void Page::polygon(std::vector<Point> const& corners, Color color) {
    if (corners.empty()) return;
    fill_color(color);
    for (std::size_t i = 0; i < corners.size(); ++i)
        number(corners[i].x), flip(corners[i].y), content += i == 0 ? "m " : "l ";
    content += "f\n";
}

void Page::begin_stroke(Stroke const& stroke) {
    stroke_color(stroke.color);
    number(stroke.thickness);
    content += "w ";
    if (!(stroke.on > 0)) return;
    content += '[';
    number(stroke.on), number(stroke.off);
    content += "] 0 d ";
}

void Page::end_stroke(Stroke const& stroke) {
    content += stroke.on > 0 ? "S [] 0 d\n" : "S\n";
}

void Page::path(std::vector<Point> const& points, Stroke const& stroke, bool closed) {
    if (points.size() < 2) return;
    begin_stroke(stroke);
    content += "1 j ";
    for (std::size_t i = 0; i < points.size(); ++i)
        number(points[i].x), flip(points[i].y), content += i == 0 ? "m " : "l ";
    if (closed) content += "h ";
    end_stroke(stroke);
}

void Page::lines(std::vector<Point> const& ends, Stroke const& stroke) {
    if (ends.size() < 2) return;
    begin_stroke(stroke);
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
        number(ends[i].x), flip(ends[i].y), content += "m ";
        number(ends[i + 1].x), flip(ends[i + 1].y), content += "l ";
    }
    end_stroke(stroke);
}

void Page::text(FontSet& fonts, std::vector<Span> const& spans, Line const& text_line, double x, double baseline) {
    auto const& pieces = text_line.pieces;
    for (std::size_t i = 0; i < pieces.size();) {
        std::size_t end = i + 1;
        while (end < pieces.size() && pieces[end].span == pieces[i].span && pieces[i].level == 0 &&
               pieces[end].level == 0 && pieces[end - 1].x <= pieces[end].x)
            ++end;
        auto const& span = spans[pieces[i].span];
        auto const& style = span.style;
        bool const is_link = !span.link.empty();
        auto const color = is_link && !span.keeps_color ? link_blue : style.color;
        fill_color(color);
        content += "BT ";
        number(x + pieces[i].x), flip(baseline);
        content += "Td ";
        GlyphWriter writer(content, fonts, style.size);
        for (std::size_t k = i; k < end; ++k) {
            for (auto g = pieces[k].first; g < pieces[k].last; ++g)
                writer.glyph(pieces[k].word->glyphs[g]);
            if (pieces[k].space_after) writer.glyph(fonts.space(style.face));
        }
        writer.end();
        content += "ET\n";
        if (is_link) {
            double const left = x + pieces[i].x;
            double const width_of_link = pieces[end - 1].x + pieces[end - 1].width - pieces[i].x;
            line(left, baseline + 0.16 * style.size, left + width_of_link, baseline + 0.16 * style.size, 0.4,
                 span.keeps_color ? color : link_line);
            links.push_back({{left, baseline - 0.8 * style.size, width_of_link, 1.05 * style.size}, span.link});
        }
        i = end;
    }
}

}  // namespace dossier::pdf
