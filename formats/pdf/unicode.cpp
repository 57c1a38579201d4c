#include "unicode.hpp"

#include <algorithm>

namespace dossier::pdf {

char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
    auto const lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    std::size_t const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || at + more > text.size()) return replacement_character;
    char32_t code_point = lead & (0x3fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        auto const byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xc0u) != 0x80u) return replacement_character;
        code_point = (code_point << 6) | (byte & 0x3fu);
    }
    bool const overlong = (more == 2 && code_point < 0x800) || (more == 3 && code_point < 0x10000);
    if (overlong || code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000))
        return replacement_character;
    at += more;
    return code_point;
}

void append_utf8(std::string& out, char32_t c) {
    auto const put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6)), put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3f)), put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3f)), put(0x80 | ((c >> 6) & 0x3f)), put(0x80 | (c & 0x3f));
    }
}

std::string shortened(std::string_view utf8, std::size_t most) {
    std::size_t end = 0, end_of_cut = 0;
    for (std::size_t n = 0; end < utf8.size(); ++n) {
        if (n == most) return std::string(utf8.substr(0, end_of_cut)) + "…";
        end_of_cut = end;
        next_code_point(utf8, end);
    }
    return std::string(utf8);
}

std::string utf16_with_mark(std::string_view utf8) {
    std::string out("\xfe\xff", 2);
    auto const put = [&](char32_t unit) {
        out.push_back(static_cast<char>(unit >> 8)), out.push_back(static_cast<char>(unit & 0xff));
    };
    for (std::size_t at = 0; at < utf8.size();) {
        auto const c = next_code_point(utf8, at);
        if (c < 0x10000) {
            put(c);
        } else {
            put(0xd800 + ((c - 0x10000) >> 10)), put(0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
    return out;
}

namespace {

bool is_blank(char32_t c) noexcept {
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x205f || c == 0x3000;
}

/// Marks without a shape whose only effect here would be to reorder or hide
/// other text.
bool is_dropped(char32_t c) noexcept {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0xad || c == 0x2060 ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

bool is_control(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe;
}

}  // namespace

std::string_view settable(std::string_view raw, std::string& room) {
    bool plain = true;
    char before = 0;
    for (char const byte : raw) {
        plain = plain && byte >= 0x20 && byte < 0x7f && !(byte == ' ' && before == ' ');
        before = byte;
    }
    if (plain) return raw;
    room.clear();
    for (std::size_t at = 0; at < raw.size();) {
        auto const c = next_code_point(raw, at);
        if (is_dropped(c)) continue;
        if (is_blank(c)) {
            if (room.empty() || room.back() != ' ') room.push_back(' ');
        } else {
            append_utf8(room, is_control(c) ? replacement_character : c);
        }
    }
    return room;
}

bool breaks_anywhere(char32_t c) noexcept {
    return c == 0x200b || (c >= 0x2e80 && c <= 0xa4cf && c != 0x3001 && c != 0x3002) || (c >= 0xac00 && c <= 0xd7ff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

bool is_kana(char32_t c) noexcept {
    return (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) || (c >= 0x31f0 && c <= 0x31ff) || (c >= 0xff66 && c <= 0xff9f);
}

bool is_hangul(char32_t c) noexcept {
    return (c >= 0xac00 && c <= 0xd7ff) || (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3131 && c <= 0x318e);
}

bool is_right_to_left(char32_t c) noexcept {
    return (c >= 0x590 && c <= 0x8ff) || c == 0x200f || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefc) ||
           (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

}  // namespace dossier::pdf
