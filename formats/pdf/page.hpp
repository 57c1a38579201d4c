// A page under construction: PDF operators, links, and the words that are drawn on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

/// Coordinates in points from the page's upper left corner. Numbers that are not finite are drawn as 0: one NaN would
/// make the file unreadable.
class Page {
public:
    Page(double page_width, double page_height) : width(page_width), height(page_height) {}

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

    double width, height;
    std::string content;
    std::vector<Link> links;
    std::string head;   ///< what the running head says on the right
    bool bare = false;  ///< without running head and foot

private:
    void number(double value);
    void fill_color(Color color);
    void stroke_color(Color color);
    void flip(double y) { number(height - y); }
    void circle(double x, double y, double radius);
    void begin_stroke(Stroke const& stroke);
    void end_stroke(Stroke const& stroke);
    Color fill_{}, stroke_{};
    bool has_fill_ = false, has_stroke_ = false;
};

}  // namespace dossier::pdf
