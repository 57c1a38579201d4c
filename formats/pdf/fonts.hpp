// The text layer's fonts: a fixed list of faces, shaped by HarfBuzz, embedded as subsets.
//
// Each pair of a glyph and the text it stands for has its own character id (CID), so that the text copied out of a
// page is the text that went in, also where one glyph serves several characters or a replacement is shown.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::pdf {

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

/// One glyph of a shaped word. Lengths in thousandths of the font size.
struct Glyph {
    Face face = Face::sans;      ///< the one asked for, or one that has the character
    bool starts_cluster = true;  ///< false: belongs to the glyph before it and must not be parted from it
    std::uint16_t cid = 0;
    std::int16_t advance = 0;
    std::int16_t dx = 0, dy = 0;  ///< offset from the pen, y up
};

struct Word {
    std::vector<Glyph> glyphs;  ///< from left to right
    int width = 0;              ///< sum of the advances
};

/// A face as it goes into the file: only the glyphs that were used.
struct EmbeddedFace {
    Face face{};
    std::string name;                      ///< PostScript name with its subset tag
    std::string program;                   ///< TrueType font
    std::vector<int> widths;               ///< by CID
    std::vector<std::uint16_t> glyph_ids;  ///< by CID
    std::vector<std::u32string> texts;     ///< by CID
    std::array<int, 4> bounding_box{};
    int ascent = 0, descent = 0, cap_height = 0;
    bool italic = false, bold = false, serif = false, fixed_pitch = false;
};

class FontSet {
public:
    /// @param warn called once per character that no face has, at most a few dozen times
    explicit FontSet(std::function<void(std::string const&)> warn);
    FontSet(FontSet const&) = delete;
    FontSet& operator=(FontSet const&) = delete;
    ~FontSet();

    /// Shapes text without spaces. The word lives until trim().
    Word const& shape(Face face, std::string_view utf8);
    /// Forgets shaped words when there are many. Call when no Word is held.
    void trim();

    [[nodiscard]] int width(Face face, std::uint16_t cid) const;
    /// The space of a face: a glyph like others.
    Glyph space(Face face);
    /// Subsets of all faces that were used, in the order of Face.
    [[nodiscard]] std::vector<EmbeddedFace> embed() const;

private:
    struct LoadedFace;
    LoadedFace& loaded(Face face);
    void shape_run(Face face, std::u32string_view run, bool replaced, Word& word);
    Face face_for(Face wanted, char32_t code_point);
    void report_missing(char32_t code_point);

    std::function<void(std::string const&)> warn_;
    std::array<std::unique_ptr<LoadedFace>, n_faces> faces_;
    std::vector<char32_t> missing_;
};

}  // namespace dossier::pdf
