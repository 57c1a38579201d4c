// The fixed list of font files: which there are, and in which order they are
// asked for a character.
#pragma once

#include <hb.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dossier::pdf {

/// The looks that text may ask for. Each is the font of the same number on the
/// list.
enum class Face : std::uint8_t {
    sans,
    sans_bold,
    sans_oblique,
    sans_bold_oblique,
    serif,
    serif_italic,
    mono,
    mono_bold,
    wide,  ///< holds the most characters; where the others lack one
};
inline constexpr std::size_t n_faces = 9;

/// A font's place on the list, and its name in the PDF file: /F0, /F1, …
using FontNumber = std::uint8_t;

constexpr FontNumber number_of(Face face) noexcept {
    return static_cast<FontNumber>(face);
}

/// A font as it lies on the disk. Fixed paths, never what fontconfig finds: a
/// damaged or foreign font must not reach the parsers, and the same fonts give
/// the same bytes.
struct FontFile {
    std::vector<std::string> paths;  ///< the first that can be read is it
    unsigned index = 0;              ///< in a collection
    bool bold = false, italic = false, serif = false, fixed_pitch = false;
    bool required = false;  ///< without it there are no pages; others leave a gap
                            ///< that the replacement fills
};

std::size_t n_fonts();
FontFile const& font_file(FontNumber number);

/// The fonts to ask for a character, best first: the script's own, the look's,
/// then whatever has it.
/// @param look    what the text asked for
/// @param script  of the run that the character stands in; HB_SCRIPT_COMMON
/// where nothing says
std::vector<FontNumber> fonts_to_ask(Face look, hb_script_t script);

}  // namespace dossier::pdf
