#include "dossier/sources/unicode.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace dossier::sources {
namespace {

constexpr char32_t replacement = 0xFFFD;

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

struct LeadByte {
    std::size_t length;
    unsigned char second_low, second_high;  // bounds of the second byte: no overlong forms, no surrogates
};

LeadByte lead(unsigned char c) noexcept {
    if (c >= 0xC2 && c <= 0xDF) return {2, 0x80, 0xBF};
    if (c == 0xE0) return {3, 0xA0, 0xBF};
    if (c == 0xED) return {3, 0x80, 0x9F};
    if (c >= 0xE1 && c <= 0xEF) return {3, 0x80, 0xBF};
    if (c == 0xF0) return {4, 0x90, 0xBF};
    if (c >= 0xF1 && c <= 0xF3) return {4, 0x80, 0xBF};
    if (c == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

utf8proc_category_t category(char32_t c) noexcept {
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

// Soft hyphen, zero width space, byte order mark within text: places to break a line, no part of a word.
bool is_invisible(char32_t c) noexcept {
    return c == 0xAD || c == 0x200B || c == 0xFEFF;
}
bool is_control(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool is_ascii(std::string_view text) noexcept {
    for (char const c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

std::string nfc(std::string text) {
    if (is_ascii(text)) return text;
    utf8proc_uint8_t* composed = nullptr;
    auto const length =
        utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owner(composed, &std::free);
    if (length < 0) return text;
    return {reinterpret_cast<char const*>(composed), static_cast<std::size_t>(length)};
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
    unsigned char const first = byte_at(text, at);
    if (first < 0x80) return {first, 1};
    auto const [length, low, high] = lead(first);
    if (length == 0) return {replacement, 1};
    if (at + 1 >= text.size() || byte_at(text, at + 1) < low || byte_at(text, at + 1) > high) return {replacement, 1};
    char32_t value = first & (0xFFu >> (length + 1));
    value = (value << 6) | (byte_at(text, at + 1) & 0x3Fu);
    for (std::size_t i = 2; i < length; ++i) {
        if (at + i >= text.size() || (byte_at(text, at + i) & 0xC0u) != 0x80) return {replacement, i};
        value = (value << 6) | (byte_at(text, at + i) & 0x3Fu);
    }
    return {value, length};
}

CodePoint code_point_before(std::string_view text, std::size_t at) noexcept {
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (byte_at(text, begin) & 0xC0u) == 0x80)
        --begin;
    auto const found = code_point_at(text, begin);
    if (begin + found.length == at) return found;
    return {replacement, 1};
}

bool is_valid_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        if (byte_at(text, at) < 0x80) {
            ++at;
            continue;
        }
        auto const [value, length] = code_point_at(text, at);
        if (value == replacement && text.substr(at, 3) != "\xEF\xBF\xBD") return false;
        at += length;
    }
    return true;
}

void append_utf8(std::string& out, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

bool is_space(char32_t c) noexcept {
    if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_upper(char32_t c) noexcept {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    auto const kind = category(c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool is_lower(char32_t c) noexcept {
    if (c < 0x80) return c >= 'a' && c <= 'z';
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_letter(char32_t c) noexcept {
    if (c < 0x80) return is_ascii_alpha(static_cast<char>(c));
    auto const kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char32_t c) noexcept {
    if (c < 0x80) return c >= '0' && c <= '9';
    return category(c) == UTF8PROC_CATEGORY_ND;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        c = ascii_lower(c);
    return lower;
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool pending = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const [value, length] = code_point_at(text, at);
        at += length;
        if (is_invisible(value)) continue;
        if (is_space(value) || is_control(value)) {
            pending = !out.empty();
            continue;
        }
        if (pending) out += ' ';
        pending = false;
        append_utf8(out, value);
    }
    return nfc(std::move(out));
}

std::string comparable(std::string_view text) {
    std::string const source = folded(text);
    std::string out;
    out.reserve(source.size());
    for (std::size_t at = 0; at < source.size();) {
        auto const [value, length] = code_point_at(source, at);
        at += length;
        if (value == 0x2018 || value == 0x2019)
            out += '\'';
        else if (value == 0x201C || value == 0x201D)
            out += '"';
        else if (value >= 0x2010 && value <= 0x2015)
            out += '-';
        else if (value < 0x80)
            out += ascii_lower(static_cast<char>(value));
        else
            append_utf8(out, value);
    }
    return out;
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty()) {
        auto const first = code_point_at(text, 0);
        if (!is_space(first.value)) break;
        text.remove_prefix(first.length);
    }
    while (!text.empty()) {
        auto const last = code_point_before(text, text.size());
        if (!is_space(last.value)) break;
        text.remove_suffix(last.length);
    }
    return text;
}

std::string_view cut_to(std::string_view text, std::size_t most) noexcept {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0u) == 0x80)
        --most;
    return text.substr(0, most);
}

std::size_t count_words(std::string_view text) noexcept {
    std::size_t n = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const [value, length] = code_point_at(text, at);
        at += length;
        bool const word =
            is_letter(value) || is_digit(value) || (inside && (value == '\'' || value == '-' || value == 0x2019));
        if (word && !inside) ++n;
        inside = word;
    }
    return n;
}

bool has_phrase(std::string_view text, std::string_view phrase) noexcept {
    auto const is_word = [](char c) {
        return is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    };
    if (phrase.empty()) return false;
    for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
        auto const end = at + phrase.size();
        bool const left = at == 0 || !is_word(text[at - 1]) || !is_word(phrase.front());
        bool const right = end == text.size() || !is_word(text[end]) || !is_word(phrase.back());
        if (left && right) return true;
    }
    return false;
}

}  // namespace dossier::sources
