// What charts are drawn on: the pages of a PDF, or one SVG. Lengths are points, x runs to the right and y down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "chart.hpp"
#include "palette.hpp"

namespace dossier::charts {

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;  ///< y of the upper edge
};

struct Point {
    double x = 0, y = 0;
};

/// A line's look. `on` > 0: dashes of that length with gaps of `off`.
struct Stroke {
    double thickness = 1;
    Ink ink = Ink::text;
    double on = 0, off = 0;
};

enum class Align : std::uint8_t { left, center, right };
enum class Font : std::uint8_t { regular, bold, oblique };

struct TextLook {
    Font font = Font::regular;
    double size = 9.5;
    Ink ink = Ink::text;
};

/// How narrow and how wide a text can be set without breaking words.
struct Extent {
    double narrowest = 0, widest = 0;
};

/// Text broken into lines, as the surface that broke it draws it.
class SetText {
public:
    SetText() = default;
    SetText(SetText const&) = delete;
    SetText& operator=(SetText const&) = delete;
    virtual ~SetText() = default;

    [[nodiscard]] std::size_t n_lines() const { return widths.size(); }
    std::vector<double> widths;  ///< of its lines
};

class Surface {
public:
    Surface() = default;
    Surface(Surface const&) = delete;
    Surface& operator=(Surface const&) = delete;
    virtual ~Surface() = default;

    // ---- Room
    [[nodiscard]] virtual double body_size() const = 0;  ///< of the words around the chart
    [[nodiscard]] virtual double left() const = 0;
    [[nodiscard]] virtual double width() const = 0;
    [[nodiscard]] virtual double top() const = 0;        ///< of a page
    [[nodiscard]] virtual double room() const = 0;       ///< below y, on this page
    [[nodiscard]] virtual double full_room() const = 0;  ///< of an empty page
    [[nodiscard]] virtual double& y() = 0;               ///< the upper edge of what comes next
    virtual void new_page() = 0;
    /// How many categories may be drawn as rows.
    [[nodiscard]] virtual std::size_t most_rows(Chart const&) const { return std::numeric_limits<std::size_t>::max(); }

    /// Before anything is drawn: what stands above a chart, and room for the beginning of it.
    virtual void begin(Chart const& chart, double height) = 0;
    /// After everything is drawn: what stands below.
    virtual void end(Chart const& chart) = 0;

    // ---- Words: any bytes
    virtual Extent measure(std::string const& text, TextLook const& look) = 0;
    virtual std::unique_ptr<SetText> set(std::string const& text, TextLook const& look, double width) = 0;
    /// One line, cut with "…" where it is wider than `width`.
    virtual std::unique_ptr<SetText> set_line(std::string const& text, TextLook const& look, double width) = 0;
    /// A line of the text on a baseline, aligned within [x, x + width].
    virtual void put(SetText const& text, std::size_t line, double x, double width, double baseline, Align align) = 0;

    // ---- Shapes
    virtual void fill(Rect const& area, Ink ink) = 0;
    virtual void outline(Rect const& area, double thickness, Ink ink) = 0;
    virtual void line(double x1, double y1, double x2, double y2, double thickness, Ink ink) = 0;
    virtual void disc(double x, double y, double radius, Ink ink) = 0;
    virtual void ring(double x, double y, double radius, double thickness, Ink ink) = 0;
    virtual void polygon(std::vector<Point> const& corners, Ink ink) = 0;
    /// A line through all points.
    virtual void path(std::vector<Point> const& points, Stroke const& stroke) = 0;
    /// Many lines of one look, two points each.
    virtual void lines(std::vector<Point> const& ends, Stroke const& stroke) = 0;
};

}  // namespace dossier::charts
