#include "page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

/// Positions are whole hundredths of a point, so that differences of them are exact.
long long hundredths_of(double value) {
    if (!std::isfinite(value)) value = 0;
    return std::llround(std::fmin(std::fmax(value, -1e6), 1e6) * 100.0);
}

/// At most two decimals, no exponent, no locale.
void append_hundredths(std::string& out, long long hundredths) {
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

void append_number(std::string& out, double value) {
    append_hundredths(out, hundredths_of(value));
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

void append_hex(std::string& out, unsigned byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    out += digits[byte >> 4], out += digits[byte & 15u];
}

/// Writes glyphs as the strings and adjustments of one or more TJ operators.
class GlyphWriter {
public:
    GlyphWriter(Operators& out, FontSet& fonts, double size)
        : operators_(out), out_(out.text), fonts_(fonts), size_(size) {}

    void glyph(Glyph const& glyph) {
        if (!operators_.is_in_font(glyph.font, size_)) close_array(), operators_.set_font(glyph.font, size_);
        if (glyph.dy != rise_) set_rise(glyph.dy);
        if (auto const step = wanted_ + glyph.dx - pen_; step != 0) {
            close_string();
            open_array();
            append_number(out_, -step);
            pen_ += step;
        }
        open_array();
        if (!in_string_) out_ += '(', in_string_ = true;
        append_byte(out_, glyph.code >> 8);
        append_byte(out_, glyph.code & 0xffu);
        pen_ += fonts_.width(glyph.font, glyph.code);
        wanted_ += glyph.advance;
    }
    /// Moves on by thousandths of the size.
    void skip(double thousandths) { wanted_ += static_cast<int>(std::lround(thousandths)); }
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
    void set_rise(int rise) {
        close_array();
        append_number(out_, rise * size_ / 1000.0);
        out_ += " Ts ";
        rise_ = rise;
    }
    Operators& operators_;
    std::string& out_;
    FontSet& fonts_;
    double size_;
    bool in_array_ = false, in_string_ = false;
    int rise_ = 0, pen_ = 0, wanted_ = 0;
};

/// True where the codes of a piece do not say its text: several glyphs for one text, as where a vowel is drawn before
/// the letter it is said after.
bool needs_actual_text(Piece const& piece) {
    auto const& word = *piece.word;
    if (piece.level % 2 != 0) return !word.copied_as.empty() && piece.first == 0 && piece.last == word.glyphs.size();
    return std::any_of(word.glyphs.begin() + piece.first, word.glyphs.begin() + piece.last,
                       [](Glyph const& glyph) { return glyph.shares_text; });
}

std::u32string text_of(FontSet const& fonts, Piece const& piece) {
    std::u32string text;
    for (auto i = piece.first; i < piece.last; ++i)
        text += fonts.text(piece.word->glyphs[i].font, piece.word->glyphs[i].code);
    return text;
}

}  // namespace

void Operators::number(double value) {
    append_number(text, value);
    text += ' ';
}

void Operators::set_font(FontNumber font, double size) {
    text += "/F" + std::to_string(font) + ' ';
    append_number(text, size);
    text += " Tf ";
    font_ = font, font_size_ = size;
}

void Operators::fill_color(Color color) {
    if (has_fill_ && fill_ == color) return;
    append_color(text, color, "rg\n");
    fill_ = color, has_fill_ = true;
}

void Operators::stroke_color(Color color) {
    if (has_stroke_ && stroke_ == color) return;
    append_color(text, color, "RG\n");
    stroke_ = color, has_stroke_ = true;
}

// ---- Marked content

void Page::mark() {
    if (is_furniture_ || !structure_.is_tagged()) return;
    auto const place = structure_.place();
    if (place == marked_place_) return;
    end_mark();
    if (structure_.draws_a_figure()) close_text();  // its marks go round words and lines
    mark_began_in_text_ = in_text_;
    if (structure_.draws_artifacts()) {
        words_.add("/Artifact BMC\n");
    } else {
        words_.add(structure_.type());
        words_.add("<</MCID ");
        words_.add(std::to_string(n_marks_));
        words_.add(">>BDC\n");
        structure_.content(*this, n_marks_++);
    }
    marked_place_ = place;
}

void Page::begin_text(std::u32string const& text) {
    std::string utf8;
    for (auto const c : text)
        append_utf8(utf8, c);
    // A mark of its own, not one within the mark that is open: poppler loses the rest of the outer one behind those.
    mark();
    if (draws_elements()) {
        end_mark();
        mark_began_in_text_ = in_text_;
        words_.add("/Span<</MCID " + std::to_string(n_marks_));  // poppler reads ActualText of spans alone
        structure_.content(*this, n_marks_++);
        marked_place_ = structure_.place();
    } else {
        open_text();
        words_.add("/Span<<");
    }
    words_.add("/ActualText<");
    for (char const byte : utf16_with_mark(utf8))
        append_hex(words_.text, static_cast<unsigned char>(byte));
    words_.add(">>>BDC\n");
}

void Page::end_text() {
    if (draws_elements())
        end_mark();
    else
        words_.add("EMC\n");
}

void Page::end_mark() {
    if (marked_place_ == 0) return;
    marked_place_ = 0;
    if (!mark_began_in_text_) close_text();
    words_.add("EMC\n");
}

void Page::open_text() {
    if (in_text_) return;
    words_.add("BT\n");
    in_text_ = true;
    line_x_ = line_y_ = 0;
}

void Page::close_text() {
    if (!in_text_) return;
    if (mark_began_in_text_) end_mark();
    words_.add("ET\n");
    in_text_ = false;
}

void Page::begin_furniture() {
    end_mark();
    close_text();
    if (!is_furniture_ && structure_.is_tagged()) words_.add("/Artifact<</Type/Pagination>>BDC\n");
    is_furniture_ = true;
}

std::string Page::take_content() {
    end_mark();
    close_text();
    if (is_furniture_ && structure_.is_tagged()) words_.add("EMC\n");
    is_furniture_ = false;
    auto decoration = std::exchange(decoration_, {}), words = std::exchange(words_, {});
    if (decoration.text.empty()) return std::move(words.text);
    if (!structure_.is_tagged()) return decoration.text + words.text;
    return "/Artifact BMC\n" + decoration.text + "EMC\n" + words.text;
}

Operators& Page::graphics() {
    if (is_furniture_ || !structure_.draws_a_figure()) return decoration_;
    close_text();
    mark();
    return words_;
}

void Page::link(Rect const& area, std::string target) {
    if (target.empty()) return;
    links.push_back({area, std::move(target)});
    structure_.link(*this, links.size() - 1);
}

// ---- Lines and areas

void Page::fill(Rect const& area, Color color) {
    auto& out = graphics();
    out.fill_color(color);
    out.number(area.x), out.number(flipped(area.y + area.height)), out.number(area.width), out.number(area.height);
    out.add("re f\n");
}

void Page::outline(Rect const& area, double thickness, Color color) {
    auto& out = graphics();
    out.stroke_color(color);
    out.number(thickness);
    out.add("w ");
    out.number(area.x), out.number(flipped(area.y + area.height)), out.number(area.width), out.number(area.height);
    out.add("re S\n");
}

void Page::line(double x1, double y1, double x2, double y2, double thickness, Color color) {
    auto& out = graphics();
    out.stroke_color(color);
    out.number(thickness);
    out.add("w ");
    out.number(x1), out.number(flipped(y1));
    out.add("m ");
    out.number(x2), out.number(flipped(y2));
    out.add("l S\n");
}

void Page::circle(Operators& out, double x, double y, double radius) {
    constexpr double bend = 0.5523;  // a quarter circle as a Bézier curve
    double const b = radius * bend;
    out.number(x + radius), out.number(flipped(y)), out.add("m ");
    auto const curve = [&](double ax, double ay, double bx, double by, double cx, double cy) {
        out.number(x + ax), out.number(flipped(y + ay)), out.number(x + bx), out.number(flipped(y + by));
        out.number(x + cx), out.number(flipped(y + cy)), out.add("c ");
    };
    curve(radius, b, b, radius, 0, radius);
    curve(-b, radius, -radius, b, -radius, 0);
    curve(-radius, -b, -b, -radius, 0, -radius);
    curve(b, -radius, radius, -b, radius, 0);
}

void Page::disc(double x, double y, double radius, Color color) {
    auto& out = graphics();
    out.fill_color(color);
    circle(out, x, y, radius);
    out.add("f\n");
}

void Page::ring(double x, double y, double radius, double thickness, Color color) {
    auto& out = graphics();
    out.stroke_color(color);
    out.number(thickness);
    out.add("w ");
    circle(out, x, y, radius);
    out.add("s\n");
}

void Page::polygon(std::vector<Point> const& corners, Color color) {
    if (corners.empty()) return;
    auto& out = graphics();
    out.fill_color(color);
    for (std::size_t i = 0; i < corners.size(); ++i)
        out.number(corners[i].x), out.number(flipped(corners[i].y)), out.add(i == 0 ? "m " : "l ");
    out.add("f\n");
}

void Page::begin_stroke(Operators& out, Stroke const& stroke) {
    out.stroke_color(stroke.color);
    out.number(stroke.thickness);
    out.add("w ");
    if (!(stroke.on > 0)) return;
    out.add("[");
    out.number(stroke.on), out.number(stroke.off);
    out.add("] 0 d ");
}

void Page::end_stroke(Operators& out, Stroke const& stroke) {
    out.add(stroke.on > 0 ? "S [] 0 d\n" : "S\n");
}

void Page::path(std::vector<Point> const& points, Stroke const& stroke, bool closed) {
    if (points.size() < 2) return;
    auto& out = graphics();
    begin_stroke(out, stroke);
    out.add("1 j ");
    for (std::size_t i = 0; i < points.size(); ++i)
        out.number(points[i].x), out.number(flipped(points[i].y)), out.add(i == 0 ? "m " : "l ");
    if (closed) out.add("h ");
    end_stroke(out, stroke);
}

void Page::lines(std::vector<Point> const& ends, Stroke const& stroke) {
    if (ends.size() < 2) return;
    auto& out = graphics();
    begin_stroke(out, stroke);
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
        out.number(ends[i].x), out.number(flipped(ends[i].y)), out.add("m ");
        out.number(ends[i + 1].x), out.number(flipped(ends[i + 1].y)), out.add("l ");
    }
    end_stroke(out, stroke);
}

// ---- Words

/// Pieces of a line that are drawn as one text.
struct Page::Stretch {
    std::span<Piece const> pieces;
    bool says_text;  ///< its codes do not: its text is said beside them
    bool has_space;  ///< behind its last piece

    [[nodiscard]] bool is_copied_from_blanks() const { return says_text && pieces.front().level % 2 != 0; }
};

Page::Stretch Page::stretch_from(Line const& line, std::size_t first) {
    auto const& pieces = line.pieces;
    bool const says_text = needs_actual_text(pieces[first]);
    auto const goes_on_with = [&](std::size_t next) {
        return pieces[next].span == pieces[first].span && pieces[first].level == 0 && pieces[next].level == 0 &&
               pieces[next - 1].x <= pieces[next].x && !says_text && !needs_actual_text(pieces[next]);
    };
    auto end = first + 1;
    while (end < pieces.size() && goes_on_with(end))
        ++end;
    auto const& last = pieces[end - 1];
    bool const has_space = last.space_after || (end == pieces.size() && line.space_at_end && last.level % 2 == 0);
    return {{pieces.data() + first, end - first}, says_text, has_space};
}

void Page::text(FontSet& fonts, std::vector<Span> const& spans, Line const& line, double x, double baseline) {
    for (std::size_t first = 0; first < line.pieces.size();) {
        auto const stretch = stretch_from(line, first);
        auto const& span = spans[line.pieces[first].span];
        bool const is_link = !span.link.empty();
        if (is_link)
            structure_.enter_link(&span);
        else
            structure_.leave_link();
        draw_stretch(fonts, span, stretch, x, baseline);
        if (is_link) draw_link(span, stretch, x, baseline);
        first += stretch.pieces.size();
    }
}

void Page::begin_words(Span const& span, double x, double baseline) {
    bool const looks_like_a_link = !span.link.empty() && !span.keeps_color;
    words_.fill_color(looks_like_a_link ? link_blue : span.style.color);
    // From the line before: in a table the same few steps come again and again, which compress to nearly nothing.
    auto const to_x = hundredths_of(x), to_y = hundredths_of(flipped(baseline));
    for (auto const step : {to_x - line_x_, to_y - line_y_})
        append_hundredths(words_.text, step), words_.add(" ");
    words_.add("Td ");
    line_x_ = to_x, line_y_ = to_y;
}

void Page::draw_stretch(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline) {
    auto const& first = stretch.pieces.front();
    if (!structure_.draws_a_figure()) open_text();  // one text for all marks of a page
    if (stretch.is_copied_from_blanks()) {          // as text they would be turned round by readers
        draw_blanks(fonts, span, stretch, x, baseline);
        begin_text({});
    } else if (stretch.says_text) {
        begin_text(text_of(fonts, first) + (stretch.has_space ? U" " : U""));
    } else {
        mark();
    }
    open_text();
    begin_words(span, x + first.x, baseline);
    write_glyphs(fonts, span, stretch);
    if (stretch.says_text) end_text();
}

void Page::draw_blanks(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline) {
    auto const& piece = stretch.pieces.front();
    mark();
    open_text();
    begin_words(span, x + piece.x, baseline);
    GlyphWriter blanks(words_, fonts, span.style.size);
    for (auto const& blank : piece.word->copied_as)
        blanks.glyph(blank);
    if (stretch.has_space) blanks.glyph(fonts.space(span.style.face));
    blanks.end();
}

void Page::write_glyphs(FontSet& fonts, Span const& span, Stretch const& stretch) {
    bool const is_silent = stretch.is_copied_from_blanks();
    GlyphWriter writer(words_, fonts, span.style.size);
    for (auto const& piece : stretch.pieces) {
        for (auto g = piece.first; g < piece.last; ++g) {
            auto const& glyph = piece.word->glyphs[g];
            writer.glyph(is_silent ? fonts.silent(glyph) : glyph);
        }
        bool const is_last = &piece == &stretch.pieces.back();
        if (is_last ? !stretch.has_space || is_silent : !piece.space_after) continue;
        writer.glyph(fonts.space(span.style.face));
        writer.skip(piece.stretch * 1000.0 / span.style.size);
    }
    writer.end();
}

/// The line under a link, and its area.
void Page::draw_link(Span const& span, Stretch const& stretch, double x, double baseline) {
    double const size = span.style.size;
    auto const &first = stretch.pieces.front(), &last = stretch.pieces.back();
    double const left = x + first.x, link_width = last.x + last.width - first.x, under = baseline + 0.16 * size;
    line(left, under, left + link_width, under, 0.4, span.keeps_color ? span.style.color : link_line);
    link({left, baseline - 0.8 * size, link_width, 1.05 * size}, span.link);
}

}  // namespace dossier::pdf
