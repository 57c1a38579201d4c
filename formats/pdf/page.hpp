// A page under construction: PDF operators in two layers, links, and the words that are drawn on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operators.hpp"
#include "structure.hpp"
#include "style.hpp"
#include "text.hpp"

namespace dossier::pdf {

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;  ///< y of the upper edge, from the top of the page
};

struct Point {
    double x = 0, y = 0;
};

/// A line's look. `on` > 0: dashes of that length with gaps of `off`.
struct Stroke {
    double thickness = 1;
    Color color;
    double on = 0, off = 0;
};

struct Link {
    Rect area;
    std::string target;  ///< "#anchor" or a URL
};

/// Coordinates in points from the page's upper left corner.
///
/// What is drawn is marked with the element of `structure` that is open, if that is tagged. Lines and areas belong to an element only
/// within figures; elsewhere they are decoration and stand in a layer of their own, below the words.
class Page {
public:
    Page(double page_width, double page_height, Structure& structure)
        : width(page_width), height(page_height), structure_(structure) {}

    void fill(Rect const& area, Color color);
    void outline(Rect const& area, double thickness, Color color);
    void line(double x1, double y1, double x2, double y2, double thickness, Color color);
    void disc(double x, double y, double radius, Color color);
    void ring(double x, double y, double radius, double thickness, Color color);
    void polygon(std::vector<Point> const& corners, Color color);
    /// A line through all points; `closed`: back to the first.
    void path(std::vector<Point> const& points, Stroke const& stroke, bool closed = false);
    /// Many lines of one look, two points each.
    void lines(std::vector<Point> const& ends, Stroke const& stroke);
    /// Draws a set line at x, on the baseline y, and records its links.
    void text(FontSet& fonts, std::vector<Span> const& spans, Line const& line, double x, double baseline);
    /// A link over an area, part of the element that is open.
    void link(Rect const& area, std::string target);
    /// Running heads and feet: neither part of any element nor marked with the structure's.
    void begin_furniture();

    [[nodiscard]] bool is_empty() const noexcept { return words_.text.empty() && decoration_.text.empty(); }
    /// Ends the page and gives its operators away.
    std::string take_content();
    [[nodiscard]] std::size_t n_marks() const noexcept { return n_marks_; }

    double width, height;
    std::vector<Link> links;
    std::string head;   ///< what the running head says on the right
    bool bare = false;  ///< without running head and foot

private:
    [[nodiscard]] double flipped(double y) const noexcept { return height - y; }
    /// Where lines and areas go.
    Operators& graphics();
    /// Begins a marked content unless the one that is open is the right one.
    void mark();
    /// Begins the next marked content of an element. The caller ends its properties, and says where it belongs.
    /// @return its number
    std::size_t begin_mark(char const* type);
    void end_mark();
    /// A text holds marks, or lies within one; never the one half and half.
    void open_text();
    void close_text();
    /// True where marked content belongs to elements of the structure.
    [[nodiscard]] bool draws_elements() const noexcept {
        return structure_.is_tagged() && !is_furniture_ && !structure_.draws_artifacts();
    }
    /// What is drawn until end_text() copies as `text`, whatever its glyphs stand for.
    void begin_text(std::u32string const& text);
    void end_text();
    struct Stretch;
    /// The longest stretch that begins with the piece of that number.
    static Stretch stretch_from(Line const& line, std::size_t first);
    void begin_words(Span const& span, double x, double baseline);
    void draw_stretch(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline);
    void draw_direction(FontSet& fonts, Span const& span, Stretch const& stretch, char32_t mark_of_direction, double x,
                        double baseline);
    void draw_backward(FontSet& fonts, Span const& span, Stretch const& stretch, double x, double baseline);
    void write_glyphs(FontSet& fonts, Span const& span, Stretch const& stretch);
    void draw_link(Span const& span, Stretch const& stretch, double x, double baseline);
    void circle(Operators& out, double x, double y, double radius);
    static void begin_stroke(Operators& out, Stroke const& stroke);
    static void end_stroke(Operators& out, Stroke const& stroke);

    Structure& structure_;
    Operators decoration_, words_;
    std::uint64_t marked_place_ = 0;  ///< of the marked content that is open; 0: none is
    bool mark_began_in_text_ = false;
    bool in_text_ = false;
    long long line_x_ = 0, line_y_ = 0;  ///< hundredths of a point: where the last line of the text that is open began
    std::size_t n_marks_ = 0;
    bool is_furniture_ = false;
};

}  // namespace dossier::pdf
