// UTF-8 and English words, as the readers need them. Nothing here depends on the locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// One code point of valid UTF-8 and how many bytes it takes.
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0;
};

/// What valid UTF-8 has at `at`. An invalid byte reads as U+FFFD; its length is the longest prefix of a sequence that
/// could have been one (Unicode 15, 3.9, "maximal subpart"), as browsers do. @pre at < text.size()
[[nodiscard]] inline CodePoint code_point_at(std::string_view text, std::size_t at) noexcept;
/// The same where the byte at `at` is none of ASCII.
[[nodiscard]] CodePoint wide_code_point_at(std::string_view text, std::size_t at) noexcept;
/// The code point that ends before `at`. @pre 0 < at <= text.size()
[[nodiscard]] inline CodePoint code_point_before(std::string_view text, std::size_t at) noexcept;
/// The same where the byte before `at` is none of ASCII.
[[nodiscard]] CodePoint wide_code_point_before(std::string_view text, std::size_t at) noexcept;
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

void append_utf8(std::string& out, char32_t code_point);

/// White space, also U+00A0, U+0085, U+2028 and the like.
[[nodiscard]] inline bool is_space(char32_t c) noexcept;
[[nodiscard]] inline bool is_upper(char32_t c) noexcept;
[[nodiscard]] inline bool is_lower(char32_t c) noexcept;
[[nodiscard]] inline bool is_letter(char32_t c) noexcept;
[[nodiscard]] inline bool is_digit(char32_t c) noexcept;
/// The same of what is none of ASCII.
[[nodiscard]] bool is_wide_space(char32_t c) noexcept;
[[nodiscard]] bool is_wide_upper(char32_t c) noexcept;
[[nodiscard]] bool is_wide_lower(char32_t c) noexcept;
[[nodiscard]] bool is_wide_letter(char32_t c) noexcept;
[[nodiscard]] bool is_wide_digit(char32_t c) noexcept;

/// Nothing but ASCII.
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;
[[nodiscard]] constexpr bool is_ascii_alpha(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// White space and control characters folded to single spaces and trimmed, soft hyphens and zero width spaces left out,
/// then NFC: the form of Sentence::text.
[[nodiscard]] std::string folded(std::string_view text);

/// `folded`, lower case for ASCII letters, typographic quotes and dashes as ASCII: the form in which stock phrases are
/// compared.
[[nodiscard]] std::string comparable(std::string_view text);
/// The same, put behind what `out` holds.
void append_comparable(std::string& out, std::string_view text);

/// `text` without white space at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// The beginning of valid UTF-8 within `most` bytes, cut between characters.
[[nodiscard]] std::string_view cut_to(std::string_view text, std::size_t most) noexcept;

/// Number of words: runs of letters, digits and marks within them.
[[nodiscard]] std::size_t count_words(std::string_view text) noexcept;

/// Whether `phrase` stands in `text` with no letter or digit directly before or after it. Both comparable().
[[nodiscard]] bool has_phrase(std::string_view text, std::string_view phrase) noexcept;

// --- ASCII, the most of all text, without a call ---

CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
    auto const first = static_cast<unsigned char>(text[at]);
    return first < 0x80 ? CodePoint{first, 1} : wide_code_point_at(text, at);
}
CodePoint code_point_before(std::string_view text, std::size_t at) noexcept {
    auto const last = static_cast<unsigned char>(text[at - 1]);
    return last < 0x80 ? CodePoint{last, 1} : wide_code_point_before(text, at);
}
bool is_space(char32_t c) noexcept {
    return c < 0x80 ? c == ' ' || (c >= 0x09 && c <= 0x0D) : is_wide_space(c);
}
bool is_upper(char32_t c) noexcept {
    return c < 0x80 ? c >= 'A' && c <= 'Z' : is_wide_upper(c);
}
bool is_lower(char32_t c) noexcept {
    return c < 0x80 ? c >= 'a' && c <= 'z' : is_wide_lower(c);
}
bool is_letter(char32_t c) noexcept {
    return c < 0x80 ? is_ascii_alpha(static_cast<char>(c)) : is_wide_letter(c);
}
bool is_digit(char32_t c) noexcept {
    return c < 0x80 ? c >= '0' && c <= '9' : is_wide_digit(c);
}

}  // namespace dossier::sources
