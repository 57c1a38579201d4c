// Display text: text from input made safe to show, and how wide it stands on a screen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

/// One code point of a text, or one byte that is not UTF-8.
struct DisplayUnit {
    std::string shown;      ///< as it may be printed: itself, or an escape: "\u{202E}", "\u{00}", "\xFF"
    std::size_t width = 0;  ///< columns on a screen; 0 for combining marks, 2 for wide characters
    std::size_t bytes = 0;  ///< of the text
};

/// The unit at `offset`, which must be inside the text. Control and format characters (bidi overrides,
/// zero-width characters), line separators and invalid bytes are escaped; a tab is escaped too.
[[nodiscard]] DisplayUnit display_unit(std::string_view text, std::size_t offset);

/// A whole text, made safe to show on one line.
[[nodiscard]] std::string display_text(std::string_view text);

/// A text of several lines, made safe to show: the same, but line feeds stay.
[[nodiscard]] std::string display_lines(std::string_view text);

/// Code points in a text; an invalid byte counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace dossier
