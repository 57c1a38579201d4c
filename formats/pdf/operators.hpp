// PDF operators as text: numbers, colours, fonts, and glyphs in rows.
#pragma once

#include <string>
#include <string_view>

#include "fonts.hpp"
#include "style.hpp"

namespace dossier::pdf {

/// Positions are whole hundredths of a point, so that differences of them are exact.
long long hundredths_of(double value);

/// PDF operators, with the colours that they have set. Numbers that are not finite are written as 0: one NaN would make
/// the file unreadable.
class Operators {
public:
    void number(double value);
    void hundredths(long long value);
    void fill_color(Color color);
    void stroke_color(Color color);
    /// A font stays until the next, over the ends of texts.
    [[nodiscard]] bool is_in_font(FontNumber font, double size) const noexcept {
        return font_ == font && font_size_ == size;
    }
    void set_font(FontNumber font, double size);
    void add(std::string_view operators) { text += operators; }

    std::string text;

private:
    Color fill_{}, stroke_{};
    bool has_fill_ = false, has_stroke_ = false;
    FontNumber font_ = 0;
    double font_size_ = 0;  ///< 0: none is set yet
};

/// Writes glyphs as the strings and adjustments of one or more TJ operators.
class GlyphWriter {
public:
    GlyphWriter(Operators& out, FontSet& fonts, double size)
        : operators_(out), out_(out.text), fonts_(fonts), size_(size) {}

    void glyph(Glyph const& glyph);
    /// Moves on by thousandths of the size.
    void skip(double thousandths);
    /// Lets other operators in.
    void pause() { close_array(); }
    void end();

private:
    void open_array();
    void close_string();
    void close_array();
    void set_rise(int rise);

    Operators& operators_;
    std::string& out_;
    FontSet& fonts_;
    double size_;
    bool in_array_ = false, in_string_ = false;
    int rise_ = 0, pen_ = 0, wanted_ = 0;
};

}  // namespace dossier::pdf
