// Text as formats may show it: valid UTF-8 in which nothing is invisible that could mislead a reader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::formats {

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";  // U+FFFD

/// One code point of a text. `size` is 0 at the end of the text.
struct CodePoint {
    char32_t value = 0;    ///< U+FFFD where the bytes are not UTF-8
    std::size_t size = 0;  ///< bytes
    bool valid = true;
};

/// The code point at `offset`; bytes that are not UTF-8 (overlong, surrogate, cut off, …) are taken one by one.
inline CodePoint code_point_at(std::string_view text, std::size_t offset) noexcept {
    if (offset >= text.size()) return {};
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    if (byte(0) < 0x80) return {byte(0), 1, true};
    std::size_t const size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
    CodePoint const broken{0xFFFD, 1, false};
    if (byte(0) < 0xC2 || byte(0) > 0xF4 || offset + size > text.size()) return broken;
    char32_t value = byte(0) & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return broken;
        value = value << 6 | (byte(i) & 0x3Fu);
    }
    bool const overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return broken;
    return {value, size, true};
}

/// Control characters (but for tab and line breaks) and characters that override the direction of text.
inline bool is_treacherous(char32_t value) noexcept {
    bool const control =
        (value < 0x20 && value != '\t' && value != '\n' && value != '\r') || (value >= 0x7F && value <= 0x9F);
    bool const bidi_override = (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
    return control || bidi_override;
}

/// What most text is made of, and what may be shown as it is.
inline bool is_plain_ascii(char c) noexcept {
    return c >= ' ' && c <= '~';
}

/// `text` with U+FFFD for whatever is not UTF-8, a control character or a direction override.
inline std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        auto end = offset;
        while (end < text.size() && is_plain_ascii(text[end]))
            ++end;
        clean += text.substr(offset, end - offset);
        offset = end;
        if (offset == text.size()) break;
        auto const point = code_point_at(text, offset);
        clean += point.valid && !is_treacherous(point.value) ? text.substr(offset, point.size) : replacement_character;
        offset += point.size;
    }
    return clean;
}

}  // namespace dossier::formats
