// Setting text: words into lines of a given width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fonts.hpp"
#include "style.hpp"

namespace dossier::pdf {

/// A stretch of text in one look.
struct Span {
    TextStyle style;
    std::string text;          ///< any bytes; see settable()
    std::string link;          ///< "#anchor" or URL; empty: none
    bool keeps_color = false;  ///< a link in the span's own colour instead of the link colour
};

/// Part of a word on a line.
struct Piece {
    Word const* word = nullptr;
    std::uint32_t first = 0, last = 0;  ///< glyphs [first, last)
    std::uint32_t span = 0;
    double x = 0;  ///< from the start of the line
    double width = 0;
    bool space_after = false;      ///< a space follows, in the look of this piece
    double stretch = 0;            ///< what that space is wider than its font says
    double gap = 0;                ///< from the piece's right end to that space; not 0 where directions mix
    std::uint8_t level = 0;        ///< bidi level: odd runs from right to left
    std::uint8_t space_level = 0;  ///< of the space behind it
};

struct Line {
    std::vector<Piece> pieces;  ///< in the order in which they are read
    double width = 0;
    bool right_to_left = false;  ///< belongs at the right edge
    bool space_at_end = false;   ///< it was broken at a space: drawn too, for those
                                 ///< who read on in the next line
};

/// Ragged on the side where lines end, or both edges straight but for a
/// paragraph's last line.
enum class Alignment : std::uint8_t { ragged, justified };

/// How narrow and how wide a text can be set without breaking words, in points.
struct Extent {
    double narrowest = 0, widest = 0;
};

class Typesetter {
public:
    explicit Typesetter(FontSet& fonts) : fonts_(fonts) {}

    /// Breaks at spaces, behind hyphens and slashes, between ideographs; inside a
    /// word only where it is wider than the line. No text: no lines. The lines
    /// point into `spans` by number and into the fonts' words. Justified lines
    /// stretch their spaces; one that would need holes stays ragged.
    std::vector<Line> lines(std::vector<Span> const& spans, double width, Alignment alignment = Alignment::ragged);
    /// One line, cut with "…" where it is wider than `width`.
    Line single_line(std::vector<Span> const& spans, double width);
    Extent measure(std::vector<Span> const& spans);

    [[nodiscard]] FontSet& fonts() noexcept { return fonts_; }

private:
    struct Atom {
        Word const* word = nullptr;
        std::uint32_t span = 0;
        std::uint8_t level = 0;
        bool space_after = false;
        bool may_break_after = false;
        double width = 0;
        std::uint8_t space_level = 0;
    };
    void atomise(std::vector<Span> const& spans);
    void atomise_token(std::string_view token, std::uint32_t span, TextStyle const& style);
    void add_atom(std::string_view text, std::uint32_t span, TextStyle const& style, bool may_break_after,
                  std::uint8_t level);
    /// Looks at the whole paragraph for what its words need to know: directions
    /// and region.
    void look_over(std::vector<Span> const& spans);
    [[nodiscard]] std::size_t unbreakable_end(std::size_t first) const;
    double unbreakable_width(std::size_t first, std::size_t end, std::vector<Span> const& spans);
    void append_space(Line& line, std::vector<Span> const& spans);
    void append(Line& line, Atom const& atom, std::uint32_t first, std::uint32_t last, double width);
    void append_broken(std::vector<Line>& done, Line& line, std::vector<Span> const& spans, Atom const& atom,
                       double width);
    void justify(Line& line, std::vector<Span> const& spans, double width);
    void finish(Line& line, std::vector<Span> const& spans);
    double space_width(TextStyle const& style);

    FontSet& fonts_;
    std::vector<Atom> atoms_;
    std::string room_;
    std::vector<signed char> levels_;  ///< by code point of the settable text;
                                       ///< empty: all from left to right
    std::size_t level_at_ = 0;
    bool base_right_to_left_ = false;
    Region region_ = Region::china;
    std::array<int, n_faces> space_widths_{};
};

}  // namespace dossier::pdf
