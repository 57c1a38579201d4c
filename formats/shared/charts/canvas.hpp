// What all charts draw with: words in place, marks, and fills that can be told apart without colour.
#pragma once

#include <memory>
#include <string>

#include "surface.hpp"

namespace dossier::charts {

/// Text broken into few lines; what does not fit ends in "…".
struct WrappedText {
    std::unique_ptr<SetText> set;
    double width = 0;  ///< of the widest line
    [[nodiscard]] std::size_t n_lines() const { return set ? set->n_lines() : 0; }
};

/// How a series looks. Series differ in shape and pattern as well as in colour.
struct SeriesLook {
    InkSet inks;
    std::size_t number = 0;  ///< decides shape and pattern
    std::string symbol;      ///< of a stance: "▲"; else empty
};

SeriesLook look_of(Chart const& chart, std::size_t series);

class Canvas {
public:
    explicit Canvas(Surface& surface) : surface_(surface) {}

    [[nodiscard]] double size() const { return surface_.body_size() * 0.88; }  ///< of running text in charts

    // ---- Words
    [[nodiscard]] TextLook style(Font font = Font::regular, Ink ink = Ink::text, double scale = 1) const {
        return {font, size() * scale, ink};
    }
    double width_of(std::string const& text, TextLook const& look);
    /// One line at x, cut where it is wider than `room`. @return its width
    double text(std::string const& text, TextLook const& look, double x, double baseline, Align align = Align::left,
                double room = 1e5);
    WrappedText wrapped(std::string text, TextLook const& look, double width, std::size_t most_lines);
    /// Lines within [x, x + width], the first with its upper edge at y.
    void wrapped_text(WrappedText const& text, double x, double width, double y, double leading, Align align);
    /// Says that not all categories are drawn, where the surface stands.
    void remark_on_rows(std::size_t n_drawn, Chart const& chart);

    // ---- Marks
    /// The nth shape: disc, square, triangle, diamond, ring, hollow square.
    void mark(double x, double y, std::size_t number, Ink ink, double radius);
    void triangle_up(double x, double y, double radius, Ink ink);
    void triangle_down(double x, double y, double radius, Ink ink);
    void triangles_sideways(double x, double y, double radius, Ink ink);
    void diamond(double left, double right, double middle, double y, double half_height, Ink ink);
    void arrow_head(double x, double y, bool to_the_right, Ink ink);

    // ---- Bars
    /// A bar in the colour and pattern of a series; pale ones get an edge.
    void bar(Rect const& area, SeriesLook const& look);
    /// What the bar counts, on it, with the stance's symbol if there is room.
    void bar_label(Rect const& area, SeriesLook const& look, std::string const& label);

private:
    void even_out(WrappedText& wrapped, std::string const& text, TextLook const& look, double width);
    void hatch(Rect const& area, SeriesLook const& look);
    Surface& surface_;
};

}  // namespace dossier::charts
