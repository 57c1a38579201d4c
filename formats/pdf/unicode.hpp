// Text as it comes in: bytes that claim to be UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::pdf {

inline constexpr char32_t replacement_character = 0xfffd;

/// Reads the code point at `at` and moves behind it; a byte that is not UTF-8
/// reads as U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at) noexcept;

void append_utf8(std::string& out, char32_t code_point);

/// The first `most` code points, the last of them "…" where that is not all.
std::string shortened(std::string_view utf8, std::size_t most);

/// UTF-16 big endian with a byte order mark: what PDF text strings outside of
/// pages are written in.
std::string utf16_with_mark(std::string_view utf8);

/// The text as it may be set: valid UTF-8; every stretch of blanks, line ends
/// and tabs one space; other control characters U+FFFD, so that they are seen;
/// marks that would reorder or hide text (bidi overrides and isolates, byte
/// order marks) gone. `raw` itself is returned where nothing needs doing, else
/// `room` holds the result.
std::string_view settable(std::string_view raw, std::string& room);

/// True where a line may break on either side of the character: CJK ideographs,
/// kana, and the like.
bool breaks_anywhere(char32_t code_point) noexcept;

bool is_kana(char32_t code_point) noexcept;
bool is_hangul(char32_t code_point) noexcept;

/// True for characters written from right to left.
bool is_right_to_left(char32_t code_point) noexcept;

}  // namespace dossier::pdf
