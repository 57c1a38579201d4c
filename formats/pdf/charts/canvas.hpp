// What all charts draw with: words in place, marks, and fills that can be told apart without colour.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../blocks.hpp"
#include "../flow.hpp"

namespace dossier::pdf {

enum class Align : std::uint8_t { left, center, right };

/// Text broken into few lines; what does not fit ends in "…".
struct WrappedText {
    std::vector<Span> spans;
    std::vector<Line> lines;
    double width = 0;  ///< of the widest line
};

/// How a series looks. Series differ in shape and pattern as well as in colour.
struct SeriesLook {
    StanceColors colors;
    std::size_t number = 0;  ///< decides shape and pattern
    std::string symbol;      ///< of a stance: "▲"; else empty
};

SeriesLook look_of(Chart const& chart, std::size_t series);

class Canvas {
public:
    explicit Canvas(Flow& flow) : flow_(flow) {}

    [[nodiscard]] double size() const { return flow_.body_size() * 0.88; }  ///< of running text in charts
    [[nodiscard]] Page& page() { return flow_.page(); }

    // ---- Words
    [[nodiscard]] TextStyle style(Face face = Face::sans, Color color = ink, double scale = 1) const {
        return {face, size() * scale, color};
    }
    double width_of(std::string const& text, TextStyle const& style);
    /// One line at x, cut where it is wider than `room`. @return its width
    double text(std::string const& text, TextStyle const& style, double x, double baseline, Align align = Align::left,
                double room = 1e5);
    WrappedText wrapped(std::string text, TextStyle const& style, double width, std::size_t most_lines);
    /// Lines within [x, x + width], the first with its upper edge at y.
    void wrapped_text(WrappedText const& text, double x, double width, double y, double leading, Align align);

    // ---- Marks
    /// The nth shape: disc, square, triangle, diamond, ring, hollow square.
    void mark(double x, double y, std::size_t number, Color color, double radius);
    void triangle_up(double x, double y, double radius, Color color);
    void triangle_down(double x, double y, double radius, Color color);
    void triangles_sideways(double x, double y, double radius, Color color);
    void diamond(double left, double right, double middle, double y, double half_height, Color color);
    void arrow_head(double x, double y, bool to_the_right, Color color);

    // ---- Bars
    /// A bar in the colour and pattern of a series; pale ones get an edge.
    void bar(Rect const& area, SeriesLook const& look);
    /// What the bar counts, on it, with the stance's symbol if there is room.
    void bar_label(Rect const& area, SeriesLook const& look, std::string const& label);

private:
    void even_out(WrappedText& text, double width);
    void hatch(Rect const& area, SeriesLook const& look);
    Flow& flow_;
};

}  // namespace dossier::pdf
