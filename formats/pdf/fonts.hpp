// The text layer's fonts: a fixed list of them, shaped by HarfBuzz, embedded as
// subsets.
//
// Each pair of a glyph and the text it stands for has its own code, so that the
// text copied out of a page is the text that went in, also where one glyph
// serves several characters or a replacement is shown.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "font_list.hpp"

namespace dossier::pdf {

/// One glyph of a shaped word. Lengths in thousandths of the font size.
struct Glyph {
    FontNumber font = 0;         ///< the one asked for, or one that has the character
    bool starts_cluster = true;  ///< false: belongs to the glyph before it and
                                 ///< must not be parted from it
    bool starts_text = true;     ///< false: drawn for the same text as the glyph before it
    bool shares_text = false;    ///< one of several glyphs for one text, which is that of all their codes in a row
    std::uint16_t code = 0;
    std::int16_t advance = 0;
    std::int16_t dx = 0, dy = 0;  ///< offset from the pen, y up
};

struct Word {
    std::vector<Glyph> glyphs;  ///< from left to right
    int width = 0;              ///< sum of the advances
    /// True where readers get the text from the glyphs: each stands for one character, in a place of its own.
    bool is_letter_by_letter = true;
};

/// Whose shapes ideographs take where countries write them differently.
enum class Region : std::uint8_t { china, taiwan, hong_kong, japan, korea };
inline constexpr std::size_t n_regions = 5;

/// What the paragraph decides for the words in it.
struct Setting {
    bool right_to_left = false;
    Region region = Region::china;
};

/// A font as it goes into the file: only the glyphs that were used.
struct EmbeddedFont {
    FontNumber number{};
    std::string name;                      ///< PostScript name with its subset tag
    std::string program;                   ///< TrueType font, or bare CFF
    bool is_cff = false;                   ///< keyed by CID: glyph_ids are CIDs of the program
    std::vector<int> widths;               ///< by code
    std::vector<std::uint16_t> glyph_ids;  ///< in the program, by code
    std::vector<std::u32string> texts;     ///< by code
    std::array<int, 4> bounding_box{};
    int ascent = 0, descent = 0, cap_height = 0;
    bool italic = false, bold = false, serif = false, fixed_pitch = false;
};

class FontSet {
public:
    /// @param warn called once per character that no font has, at most a few
    /// dozen times
    explicit FontSet(std::function<void(std::string const&)> warn);
    FontSet(FontSet const&) = delete;
    FontSet& operator=(FontSet const&) = delete;
    ~FontSet();

    /// @param tag  BCP 47, e.g. "ja"; empty: not known
    void set_language(std::string_view tag);
    /// The region whose ideographs a text takes: the document's where its
    /// language says so, else as its letters tell.
    [[nodiscard]] Region region_of(bool has_kana, bool has_hangul) const noexcept;

    /// Shapes text without spaces. The word lives until trim(), or for as long as somebody keeps it.
    Word const& shape(Face look, std::string_view utf8, Setting const& setting = {});
    /// Forgets shaped words when there are many. Call when no Word is held that is not kept.
    void trim();
    /// What keeps all words alive that were shaped since trim() last forgot some, also over later calls of it.
    [[nodiscard]] std::shared_ptr<void const> kept_words() const;

    [[nodiscard]] int width(FontNumber font, std::uint16_t code) const;
    /// What copying the glyph gives.
    [[nodiscard]] std::u32string const& text(FontNumber font, std::uint16_t code) const;
    /// Blanks, `width` thousandths wide together, that copy as the characters of a text one by one, the first at the
    /// left. They are laid over right-to-left words that are not drawn letter by letter: readers turn such text round
    /// themselves, mark by mark, and know of no other way.
    std::vector<Glyph> blanks_for(FontNumber font, std::u32string_view text, int width);
    /// The same glyph, copied as nothing.
    Glyph silent(Glyph glyph);
    /// The space of a look: a glyph like others.
    Glyph space(Face look);
    /// Subsets of all fonts that were used, in the order of their numbers.
    [[nodiscard]] std::vector<EmbeddedFont> embed() const;

private:
    struct LoadedFont;
    struct Run;
    struct WordCache;  ///< words by look and setting
    struct Shaper;
    LoadedFont* font_or_null(FontNumber number);
    LoadedFont& loaded(FontNumber number);
    [[nodiscard]] bool has(FontNumber number, char32_t code_point);
    [[nodiscard]] std::vector<Run> runs_of(Face look, std::u32string const& text);
    [[nodiscard]] FontNumber font_for(Face look, std::uint32_t script, char32_t code_point);
    void shape_run(Run const& run, std::u32string_view text, Setting const& setting, Word& word);
    void report_missing(char32_t code_point);
    [[nodiscard]] EmbeddedFont embedded_font(FontNumber number) const;

    std::function<void(std::string const&)> warn_;
    std::unique_ptr<Shaper> shaper_;
    std::string language_ = "en";
    std::vector<std::unique_ptr<LoadedFont>> fonts_;  ///< by number; null: not opened yet, or not there
    std::vector<bool> is_absent_;
    std::map<std::pair<Face, std::uint32_t>, std::vector<FontNumber>> orders_;  ///< by look and script
    std::shared_ptr<WordCache> words_;
    std::vector<char32_t> missing_;
};

}  // namespace dossier::pdf
