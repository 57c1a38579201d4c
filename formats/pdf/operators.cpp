#include "operators.hpp"

#include <array>
#include <cmath>

namespace dossier::pdf {

long long hundredths_of(double value) {
    if (!std::isfinite(value)) value = 0;
    return std::llround(std::fmin(std::fmax(value, -1e6), 1e6) * 100.0);
}

namespace {

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

void Operators::hundredths(long long value) {
    append_hundredths(text, value);
    text += ' ';
}

// ---- Glyphs

void GlyphWriter::glyph(Glyph const& glyph) {
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

void GlyphWriter::skip(double thousandths) {
    wanted_ += static_cast<int>(std::lround(thousandths));
}

void GlyphWriter::end() {
    close_array();
    if (rise_ != 0) set_rise(0);
}

void GlyphWriter::open_array() {
    if (!in_array_) out_ += '[', in_array_ = true;
}

void GlyphWriter::close_string() {
    if (in_string_) out_ += ')', in_string_ = false;
}

void GlyphWriter::close_array() {
    close_string();
    if (in_array_) out_ += "]TJ\n", in_array_ = false;
}

void GlyphWriter::set_rise(int rise) {
    close_array();
    append_number(out_, rise * size_ / 1000.0);
    out_ += " Ts ";
    rise_ = rise;
}

}  // namespace dossier::pdf
