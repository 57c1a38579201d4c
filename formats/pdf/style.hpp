// What the pages look like: colours, sizes, page geometry. Lengths are PDF points (1/72 inch), y runs down from the top.
#pragma once

#include <cstdint>
#include <string_view>

#include "fonts.hpp"

namespace dossier::pdf {

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0;
    friend bool operator==(Color const&, Color const&) = default;
};

// All text colours keep a contrast of at least 4.5:1 on white and on the zebra stripe.
inline constexpr Color ink{0x1f, 0x23, 0x28};        // 15:1
inline constexpr Color navy{0x14, 0x2b, 0x4d};       // headings, 13:1
inline constexpr Color muted{0x55, 0x5d, 0x66};      // 6.6:1
inline constexpr Color link_blue{0x0a, 0x50, 0x9e};  // 7.9:1
inline constexpr Color link_line{0x8f, 0xb2, 0xd6};  // under links
inline constexpr Color hairline{0xc9, 0xcf, 0xd6};
inline constexpr Color strong_line{0x6a, 0x76, 0x84};
inline constexpr Color zebra{0xf5, 0xf7, 0xf9};
inline constexpr Color head_fill{0xe8, 0xed, 0xf3};
inline constexpr Color white{0xff, 0xff, 0xff};

/// How a stance is coloured. Blue against vermilion stays apart for the colour-blind; a symbol and a word always go
/// with the colour. `text` on white, `on_fill` on `fill`: both at least 4.5:1.
struct StanceColors {
    Color text, fill, on_fill;
};
/// @param stance "supports", …; any other word gets the colours of "neutral"
StanceColors stance_colors(std::string_view stance) noexcept;

/// The pages a document is laid out on.
struct PageSetup {
    double width = 595.28, height = 841.89;  ///< upright
    double margin = 51.0;
    double body_size = 9.5;
    bool justify = false;    ///< straight right edges for prose
    bool landscape = false;  ///< all pages lie on their side
    bool tagged = true;      ///< the file says what is on its pages, for readers that do not look at them
    bool may_turn = true;    ///< a table too wide for an upright page may turn its pages
};

/// One look of text.
struct TextStyle {
    Face face = Face::sans;
    double size = 9.5;
    Color color = ink;
    friend bool operator==(TextStyle const&, TextStyle const&) = default;
};

}  // namespace dossier::pdf
