#include "dossier/sources/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "dossier/model/byte_masks.hpp"

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

// No accent to compose with what stands before, nor another name of some character: composing changes nothing.
bool is_composed(char32_t c) noexcept {
    return c < 0x300 || (c >= 0x2002 && c <= 0x20CF);
}

std::string nfc(std::string text) {
    utf8proc_uint8_t* composed = nullptr;
    auto const length =
        utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &composed, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owner(composed, &std::free);
    if (length < 0) return text;
    return {reinterpret_cast<char const*>(composed), static_cast<std::size_t>(length)};
}

// What folded() leaves as it is: visible ASCII with single spaces between. Sixteen bytes at a time, the last ones twice.
bool is_folded_ascii(std::string_view text) noexcept {
    if (text.empty()) return true;
    if (text.front() == ' ' || text.back() == ' ') return false;
    auto const is_odd = [](auto bytes) { return (bytes < ' ') | (bytes > '~'); };
    if (is_odd(static_cast<unsigned char>(text.front()))) return false;
    ByteBlock odd{};
    auto const look_at = [&](ByteBlock bytes, ByteBlock before) {
        odd |= reinterpret_cast<ByteBlock>(is_odd(bytes) | ((bytes == ' ') & (before == ' ')));
    };
    if (text.size() <= sizeof odd) {
        ByteBlock bytes{}, before{};
        bytes |= 'a';
        std::memcpy(&bytes, text.data() + 1, text.size() - 1);
        std::memcpy(&before, text.data(), text.size() - 1);
        look_at(bytes, before);
    } else {
        for (std::size_t at = 1; at + sizeof odd <= text.size(); at += sizeof odd)
            look_at(block_at(text, at), block_at(text, at - 1));
        look_at(block_at(text, text.size() - sizeof odd), block_at(text, text.size() - sizeof odd - 1));
    }
    return !any_of_block(odd);
}

// How many bytes of visible ASCII stand at `at`, single spaces between them.
std::size_t plain_run(std::string_view text, std::size_t at) noexcept {
    auto const is_odd = [](auto byte, auto before) {
        return (byte < ' ') | (byte > '~') | ((byte == ' ') & (before == ' '));
    };
    if (is_odd(byte_at(text, at), ' ')) return 0;
    auto end = at + 1;
    for (std::uint64_t odd = 0; odd == 0 && end + sizeof(ByteBlock) <= text.size();) {
        odd = bits_of_block(reinterpret_cast<ByteBlock>(is_odd(block_at(text, end), block_at(text, end - 1))));
        end += odd == 0 ? sizeof(ByteBlock) : static_cast<std::size_t>(std::countr_zero(odd));
    }
    while (end < text.size() && !is_odd(byte_at(text, end), byte_at(text, end - 1)))
        ++end;
    return (text[end - 1] == ' ' ? end - 1 : end) - at;
}

// Where the next byte of a character beyond ASCII stands, or the end.
std::size_t next_wide(std::string_view text, std::size_t at) noexcept {
    for (; at + sizeof(ByteBlock) <= text.size(); at += sizeof(ByteBlock))
        if (auto const wide = bits_of_block(reinterpret_cast<ByteBlock>(block_at(text, at) >= 0x80)); wide != 0)
            return at + static_cast<std::size_t>(std::countr_zero(wide));
    while (at < text.size() && byte_at(text, at) < 0x80)
        ++at;
    return at;
}

void make_lower(std::span<char> ascii) noexcept {
    auto const make_block_lower = [&](std::size_t at) {
        ByteBlock bytes;
        std::memcpy(&bytes, ascii.data() + at, sizeof bytes);
        auto const is_upper = reinterpret_cast<ByteBlock>((bytes >= 'A') & (bytes <= 'Z'));
        bytes += is_upper & static_cast<unsigned char>('a' - 'A');
        std::memcpy(ascii.data() + at, &bytes, sizeof bytes);
    };
    constexpr auto block = sizeof(ByteBlock);
    if (ascii.size() < block) {
        for (char& c : ascii)
            c = ascii_lower(c);
        return;
    }
    for (std::size_t at = 0; at + block <= ascii.size(); at += block)
        make_block_lower(at);
    make_block_lower(ascii.size() - block);  // some of it again: what is lower stays so
}

// Folded text from `begin` on, in place: it can only become shorter.
void make_comparable(std::string& text, std::size_t begin) {
    make_lower(std::span(text).subspan(begin));  // of ASCII; the others' bytes stay
    std::size_t to = begin;
    auto const move = [&](std::size_t from, std::size_t end) {
        if (from != to) std::copy(text.data() + from, text.data() + end, text.data() + to);
        to += end - from;
    };
    for (std::size_t at = begin; at < text.size();) {
        if (auto const wide = next_wide(text, at); wide > at) {
            move(at, wide);
            at = wide;
            continue;
        }
        auto const byte = byte_at(text, at);
        auto const third =
            byte == 0xE2 && at + 2 < text.size() && byte_at(text, at + 1) == 0x80 ? byte_at(text, at + 2) : '\0';
        char const plain = third == 0x98 || third == 0x99   ? '\''
                           : third == 0x9C || third == 0x9D ? '"'
                           : third >= 0x90 && third <= 0x95 ? '-'
                                                            : '\0';
        auto const length = plain != '\0' ? 3 : code_point_at(text, at).length;
        if (plain != '\0') {
            text[to++] = plain;
            at += length;
            continue;
        }
        move(at, at + length);
        at += length;
    }
    text.resize(to);
}

enum class WordPart : std::uint8_t { none, mark, letter, wide };
constexpr auto word_parts = [] {
    std::array<WordPart, 256> parts{};
    for (std::size_t c = 0; c < parts.size(); ++c) {
        bool const letter = is_ascii_alpha(static_cast<char>(c)) || is_ascii_digit(static_cast<char>(c));
        parts[c] = c >= 0x80 ? WordPart::wide : letter ? WordPart::letter : WordPart::none;
    }
    parts['\''] = parts['-'] = WordPart::mark;
    return parts;
}();

// Begins of words of ASCII in which no two marks stand side by side; nothing: some do.
std::optional<std::size_t> count_plain_words(std::string_view text) noexcept {
    constexpr auto is_mark = [](ByteBlock bytes) { return (bytes == '\'') | (bytes == '-'); };
    std::size_t n = 0;
    std::uint64_t word_before = 0, mark_before = 0, mark_in_word_before = 0;  // the last byte of the mask before
    for (std::size_t at = 0; at < text.size(); at += mask_bytes) {
        auto const words = mask_at(text, at, IsWordByte{}), marks = mask_at(text, at, is_mark);
        auto const after_word = words << 1 | word_before, after_mark = marks << 1 | mark_before;
        auto const marks_in_word = marks & after_word;
        if ((marks & after_mark) != 0) return std::nullopt;
        n += static_cast<std::size_t>(std::popcount(words & ~(after_word | marks_in_word << 1 | mark_in_word_before)));
        word_before = words >> (mask_bytes - 1);
        mark_before = marks >> (mask_bytes - 1);
        mark_in_word_before = marks_in_word >> (mask_bytes - 1);
    }
    return n;
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
    if (text.empty()) return true;
    std::uint64_t all = 0, eight = 0;
    if (text.size() < sizeof eight) {
        std::memcpy(&all, text.data(), text.size());
    } else {
        for (std::size_t at = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            all |= eight;
        }
        std::memcpy(&eight, text.data() + text.size() - sizeof eight, sizeof eight);
        all |= eight;
    }
    return (all & 0x8080808080808080u) == 0;
}

CodePoint wide_code_point_at(std::string_view text, std::size_t at) noexcept {
    unsigned char const first = byte_at(text, at);
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

CodePoint wide_code_point_before(std::string_view text, std::size_t at) noexcept {
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (byte_at(text, begin) & 0xC0u) == 0x80)
        --begin;
    auto const found = code_point_at(text, begin);
    if (begin + found.length == at) return found;
    return {replacement, 1};
}

bool is_valid_utf8(std::string_view text) noexcept {
    constexpr std::size_t stride = 64;
    for (std::size_t at = 0; at < text.size();) {
        if (is_ascii(text.substr(at, stride))) {
            at += stride;
            continue;
        }
        for (auto const end = std::min(at + stride, text.size()); at < end;) {
            auto const [value, length] = code_point_at(text, at);
            if (value == replacement && text.substr(at, 3) != "\xEF\xBF\xBD") return false;
            at += length;
        }
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

bool is_wide_space(char32_t c) noexcept {
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_wide_upper(char32_t c) noexcept {
    auto const kind = category(c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool is_wide_lower(char32_t c) noexcept {
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_wide_letter(char32_t c) noexcept {
    auto const kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_wide_digit(char32_t c) noexcept {
    return category(c) == UTF8PROC_CATEGORY_ND;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    make_lower(lower);
    return lower;
}

std::string folded(std::string_view text) {
    if (is_folded_ascii(text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    bool pending = false, composed = true;
    for (std::size_t at = 0; at < text.size();) {
        auto const plain = plain_run(text, at);
        auto const [value, length] = plain > 0 ? CodePoint{'a', plain} : code_point_at(text, at);
        auto const begin = std::exchange(at, at + length);
        if (is_invisible(value)) continue;
        if (is_space(value) || is_control(value)) {
            pending = !out.empty();
            continue;
        }
        if (pending) out += ' ';
        pending = false;
        if (plain > 0)
            out += text.substr(begin, plain);
        else
            append_utf8(out, value);
        composed = composed && is_composed(value);
    }
    return composed ? out : nfc(std::move(out));
}

std::string comparable(std::string_view text) {
    std::string out;
    append_comparable(out, text);
    return out;
}

void append_comparable(std::string& out, std::string_view text) {
    auto const begin = out.size();
    if (is_folded_ascii(text)) {
        out += text;
        return make_lower(std::span(out).subspan(begin));
    }
    out += folded(text);
    make_comparable(out, begin);
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
    if (is_ascii(text))
        if (auto const n = count_plain_words(text)) return *n;
    std::size_t n = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const part = word_parts[byte_at(text, at)];
        std::size_t length = 1;
        bool word = part == WordPart::letter || (inside && part == WordPart::mark);
        if (part == WordPart::wide) {
            auto const c = code_point_at(text, at);
            word = is_letter(c.value) || is_digit(c.value) || (inside && c.value == 0x2019);
            length = c.length;
        }
        at += length;
        n += word && !inside;
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
