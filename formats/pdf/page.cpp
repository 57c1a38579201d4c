#include "page.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

void append_hex(std::string& out, unsigned byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    out += digits[byte >> 4], out += digits[byte & 15u];
}

/// True where the codes of a piece do not say its text: several glyphs for one text, as where a vowel is drawn before
/// the letter it is said after.
bool needs_actual_text(Piece const& piece) {
    auto const& word = *piece.word;
    if (piece.level % 2 != 0) return !word.is_letter_by_letter;
    return std::any_of(word.glyphs.begin() + piece.first, word.glyphs.begin() + piece.last,
                       [](Glyph const& glyph) { return glyph.shares_text; });
}

/// In the order of reading.
std::u32string text_of(FontSet const& fonts, Piece const& piece) {
    std::u32string text;
    auto const add = [&](Glyph const& glyph) { text += fonts.text(glyph.font, glyph.code); };
    std::span const glyphs(piece.word->glyphs.data() + piece.first, piece.last - piece.first);
    if (piece.level % 2 != 0)
        std::for_each(glyphs.rbegin(), glyphs.rend(), add);
    else
        std::for_each(glyphs.begin(), glyphs.end(), add);
    return text;
}

/// True for a word like "נ,", a sign at its left, and for letters above U+FFFF: pdftotext knows of neither that it runs
/// from right to left.
bool has_no_known_direction(FontSet const& fonts, Piece const& piece) {
    if (piece.level % 2 == 0) return false;
    auto const text = text_of(fonts, piece);
    return !text.empty() && (text.back() > 0xffff || !is_right_to_left(text.back()));
}

constexpr char32_t left_to_right_mark = 0x200e, right_to_left_mark = 0x200f;
constexpr int direction_width = 110;  // of a blank, in thousandths: poppler makes words of what stands within 100

/// What a piece that runs from right to left is copied from, as it stands from left to right.
std::vector<Glyph> letters_of(FontSet& fonts, Piece const& piece, double size) {
    auto const* const glyphs = piece.word->glyphs.data();
    if (piece.word->is_letter_by_letter) return {glyphs + piece.first, glyphs + piece.last};
    auto text = text_of(fonts, piece);
    std::reverse(text.begin(), text.end());
    return fonts.blanks_for(glyphs[piece.first].font, text, static_cast<int>(piece.width * 1000.0 / size));
}

}  // namespace

// ---- Marked content

void Page::mark() {
    if (is_furniture_ || !structure_.is_tagged()) return;
    auto const place = structure_.place();
    if (place == marked_place_) return;
    end_mark();
    if (structure_.draws_a_figure()) close_text();  // its marks go round words and lines
    if (structure_.draws_artifacts()) {
        mark_began_in_text_ = in_text_;
        marked_place_ = place;
        words_.add("/Artifact BMC\n");
    } else {
        structure_.content(*this, begin_mark(structure_.type()));
        words_.add(">>BDC\n");
    }
}

std::size_t Page::begin_mark(char const* type) {
    mark_began_in_text_ = in_text_;
    marked_place_ = structure_.place();
    words_.add(type);
    words_.add("<</MCID ");
    words_.add(std::to_string(n_marks_));
    return n_marks_++;
}

void Page::begin_text(std::u32string const& text) {
    std::string utf8;
    for (auto const c : text)
        append_utf8(utf8, c);
    // A mark of its own, not one within the mark that is open: poppler loses the rest of the outer one behind those.
    mark();
    if (draws_elements()) {
        end_mark();
        structure_.content(*this, begin_mark("/Span"));  // poppler reads ActualText of spans alone
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
    bool says_text;                  ///< its codes do not: its text is said beside them
    bool has_space;                  ///< behind its last piece
    bool is_leftmost, is_rightmost;  ///< of pieces that run against the direction of their line

    [[nodiscard]] bool is_backward() const { return pieces.front().level % 2 != 0; }
};

/// The pieces around one that run, as it does, against the direction of their line; none if it does not.
static std::span<Piece const> run_around(Line const& line, std::size_t number) {
    auto const& pieces = line.pieces;
    auto const runs_against = [&](std::size_t i) { return pieces[i].level > (line.right_to_left ? 1 : 0); };
    auto first = number, end = number;
    while (end < pieces.size() && runs_against(end))
        ++end;
    while (first > 0 && end > number && runs_against(first - 1))
        --first;
    return {pieces.data() + first, end - first};
}

Page::Stretch Page::stretch_from(Line const& line, std::size_t first) {
    auto const& pieces = line.pieces;
    bool const says_text = needs_actual_text(pieces[first]);
    auto const goes_on_with = [&](std::size_t next) {
        return pieces[next].span == pieces[first].span && pieces[first].level == 0 && pieces[next].level == 0 &&
               pieces[next - 1].x <= pieces[next].x && pieces[next - 1].gap == 0 && !says_text &&
               !needs_actual_text(pieces[next]);
    };
    auto end = first + 1;
    while (end < pieces.size() && goes_on_with(end))
        ++end;
    auto const& last = pieces[end - 1];
    bool const has_space = last.space_after || (end == pieces.size() && line.space_at_end);
    Stretch stretch{{pieces.data() + first, end - first}, says_text, has_space, false, false};
    if (auto const run = run_around(line, first); !run.empty()) {
        auto const is_left_of = [](Piece const& a, Piece const& b) { return a.x < b.x; };
        auto const [left, right] = std::minmax_element(run.begin(), run.end(), is_left_of);
        stretch.is_leftmost = &*left == &pieces[first], stretch.is_rightmost = &*right == &pieces[first];
    }
    return stretch;
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
        auto const &left = stretch.pieces.front(), &right = stretch.pieces.back();
        double const blank = direction_width * span.style.size / 1000.0;
        if (stretch.is_leftmost || has_no_known_direction(fonts, left))
            draw_direction(fonts, span, stretch, right_to_left_mark, x + left.x - blank, baseline);
        draw_stretch(fonts, span, stretch, x, baseline);
        if (stretch.is_rightmost)
            draw_direction(fonts, span, stretch, left_to_right_mark, x + right.x + right.width - blank, baseline);
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
        words_.hundredths(step);
    words_.add("Td ");
    line_x_ = to_x, line_y_ = to_y;
}

void Page::draw_stretch(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline) {
    auto const& first = stretch.pieces.front();
    if (!structure_.draws_a_figure()) open_text();  // one text for all marks of a page
    if (stretch.is_backward()) {
        draw_backward(fonts, span, stretch, x, baseline);
        if (!stretch.says_text) return;
        begin_text({});  // what it says, blanks have said
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

/// Letters stand from left to right, as readers of pages want them, and are read from the right, as readers of tags want
/// them: each has a mark of its own, which the tags say in the order of reading.
void Page::draw_backward(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline) {
    auto const& piece = stretch.pieces.front();
    auto const size = span.style.size;
    auto const letters = letters_of(fonts, piece, size);
    bool const has_marks = draws_elements();
    if (has_marks)
        end_mark();
    else
        mark();
    open_text();
    begin_words(span, x + piece.x, baseline);
    GlyphWriter writer(words_, fonts, size);
    std::vector<std::size_t> marks;
    auto const draw = [&](Glyph const& glyph) {
        if (has_marks) {
            writer.pause();
            end_mark();
            marks.push_back(begin_mark(structure_.type()));
            words_.add(">>BDC\n");
        }
        writer.glyph(glyph);
    };
    std::for_each(letters.begin(), letters.end(), draw);
    std::reverse(marks.begin(), marks.end());
    if (stretch.has_space) {
        writer.skip(piece.gap * 1000.0 / size);
        draw(fonts.space(span.style.face));
    }
    writer.end();
    if (has_marks) end_mark();
    for (auto const number : marks)
        structure_.content(*this, number);
}

/// A blank that copies as a mark of direction and belongs to no element. pdftotext takes signs, spaces and vowel points
/// at the ends of what runs the other way for a part of it, or of what stands beside it, but for such a mark.
void Page::draw_direction(FontSet& fonts, Span const& span, Stretch const& stretch, char32_t mark_of_direction,
                          double x, double baseline) {
    auto const& piece = stretch.pieces.front();
    if (piece.first == piece.last) return;
    DrawnAs const furniture(structure_, Structure::artifact);
    mark();
    open_text();
    begin_words(span, x, baseline);
    GlyphWriter writer(words_, fonts, span.style.size);
    for (auto const& blank :
         fonts.blanks_for(piece.word->glyphs[piece.first].font, {&mark_of_direction, 1}, direction_width))
        writer.glyph(blank);
    writer.end();
}

void Page::write_glyphs(FontSet& fonts, Span const& span, Stretch const& stretch) {
    bool const is_silent = stretch.is_backward();
    GlyphWriter writer(words_, fonts, span.style.size);
    for (auto const& piece : stretch.pieces) {
        for (auto g = piece.first; g < piece.last; ++g) {
            auto const& glyph = piece.word->glyphs[g];
            writer.glyph(is_silent ? fonts.silent(glyph) : glyph);
        }
        bool const is_last = &piece == &stretch.pieces.back();
        if (is_last ? !stretch.has_space || is_silent : !piece.space_after) continue;
        writer.skip(piece.gap * 1000.0 / span.style.size);
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
