// The colours of charts, by what they are for: each format and theme has its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dossier::charts {

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0;
    friend bool operator==(Color const&, Color const&) = default;
};

enum class Theme : std::uint8_t { light, dark };

enum class Ink : std::uint8_t {
    text,
    muted,
    hairline,
    strong_line,
    paper,
    pooled,
    // Of words and thin marks on paper
    blue_text,
    vermilion_text,
    green_text,
    purple_text,
    ochre_text,
    grey_text,
    dim_text,
    // Fills that stand out from paper, what is written on them, and stripes
    blue,
    vermilion,
    green,
    purple,
    on_fill,
    blue_stripe,
    vermilion_stripe,
    green_stripe,
    purple_stripe,
    // Pale fills, which need an edge, and what is written on them
    ochre,
    grey,
    light_grey,
    lightest_grey,
    pale_vermilion,
    pale_blue,
    bubble,
    on_pale,
};
inline constexpr std::size_t n_inks = static_cast<std::size_t>(Ink::on_pale) + 1;

struct InkEntry {
    std::string_view name;  ///< "blue-text": of its CSS classes and custom property
    Color light, dark;
    std::string_view forced;  ///< CSS system colour where the reader's own colours are forced
};
InkEntry const& entry_of(Ink ink) noexcept;
Color color_of(Ink ink, Theme theme = Theme::light) noexcept;

/// Fills that do not stand out from paper by 3:1.
bool is_pale(Ink fill) noexcept;
/// Seen on a fill without outshining what stands on it.
Ink stripe_on(Ink fill) noexcept;

/// How a stance or series is coloured. Blue against vermilion stays apart for the colour-blind; a symbol, shape or
/// pattern always goes with the colour. `text` on paper, `on_fill` on `fill`: both at least 4.5:1.
struct InkSet {
    Ink text, fill, on_fill;
};
/// @param stance "supports", …; any other word gets the colours of "neutral"
InkSet stance_inks(std::string_view stance) noexcept;
/// True for the six stance words.
bool is_stance(std::string_view word) noexcept;
/// Of the nth series of a chart that is not about stances.
InkSet series_inks(std::size_t n) noexcept;

/// WCAG 2: from 1 to 21.
double contrast(Color one, Color other) noexcept;

}  // namespace dossier::charts
