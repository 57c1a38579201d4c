#include "palette.hpp"

#include <algorithm>
#include <cmath>

namespace dossier::charts {

namespace {

constexpr Color rgb(std::uint32_t code) {
    return {static_cast<std::uint8_t>(code >> 16), static_cast<std::uint8_t>(code >> 8 & 0xff),
            static_cast<std::uint8_t>(code & 0xff)};
}

constexpr std::array<InkEntry, n_inks> entries{{
    {"text", rgb(0x1f2328), rgb(0xe6e9ed), "CanvasText"},
    {"muted", rgb(0x555d66), rgb(0xa8b1bb), "CanvasText"},
    {"hairline", rgb(0xc9cfd6), rgb(0x343b43), "GrayText"},
    {"strong-line", rgb(0x6a7684), rgb(0x8d98a5), "CanvasText"},
    {"paper", rgb(0xffffff), rgb(0x15191e), "Canvas"},
    {"pooled", rgb(0x142b4d), rgb(0xcfe0f5), "CanvasText"},
    {"blue-text", rgb(0x005696), rgb(0x7fc0f5), "CanvasText"},
    {"vermilion-text", rgb(0xa83c06), rgb(0xf59a6a), "CanvasText"},
    {"green-text", rgb(0x0c6b58), rgb(0x5fcdb4), "CanvasText"},
    {"purple-text", rgb(0x6b3f94), rgb(0xc9a6ea), "CanvasText"},
    {"ochre-text", rgb(0x755a00), rgb(0xe0bd55), "CanvasText"},
    {"grey-text", rgb(0x4a525a), rgb(0xb9c2cb), "CanvasText"},
    {"dim-text", rgb(0x5c636b), rgb(0xa3acb5), "CanvasText"},
    {"blue", rgb(0x0b68ad), rgb(0x4f9fdc), "CanvasText"},
    {"vermilion", rgb(0xb8470c), rgb(0xe07a3f), "CanvasText"},
    {"green", rgb(0x0f7a64), rgb(0x35a68d), "CanvasText"},
    {"purple", rgb(0x855aad), rgb(0xa67fd0), "CanvasText"},
    {"on-fill", rgb(0xffffff), rgb(0x0b0e12), "Canvas"},
    {"blue-stripe", rgb(0x85b3d6), rgb(0x28506e), "Canvas"},
    {"vermilion-stripe", rgb(0xdba385), rgb(0x703d20), "Canvas"},
    {"green-stripe", rgb(0x87bcb1), rgb(0x1b5347), "Canvas"},
    {"purple-stripe", rgb(0xc2acd6), rgb(0x544068), "Canvas"},
    {"ochre", rgb(0xe3c25a), rgb(0x5c4a10), "Canvas"},
    {"grey", rgb(0xa9b2bb), rgb(0x4a525a), "Canvas"},
    {"light-grey", rgb(0xd9dee3), rgb(0x343b43), "Canvas"},
    {"lightest-grey", rgb(0xf1f3f5), rgb(0x242a31), "Canvas"},
    {"pale-vermilion", rgb(0xf0b994), rgb(0x6b3416), "Canvas"},
    {"pale-blue", rgb(0xa9cde8), rgb(0x1d4d73), "Canvas"},
    {"bubble", rgb(0xb9d7ee), rgb(0x1f4a6c), "Canvas"},
    {"on-pale", rgb(0x1f2328), rgb(0xe6e9ed), "CanvasText"},
}};

constexpr InkSet blue{Ink::blue_text, Ink::blue, Ink::on_fill},
    vermilion{Ink::vermilion_text, Ink::vermilion, Ink::on_fill}, green{Ink::green_text, Ink::green, Ink::on_fill},
    purple{Ink::purple_text, Ink::purple, Ink::on_fill}, ochre{Ink::ochre_text, Ink::ochre, Ink::on_pale},
    grey{Ink::grey_text, Ink::grey, Ink::on_pale};

/// Relative luminance (WCAG 2.2).
double luminance(Color color) {
    auto const linear = [](std::uint8_t part) {
        double const share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

}  // namespace

InkEntry const& entry_of(Ink ink) noexcept {
    return entries[static_cast<std::size_t>(ink)];
}

Color color_of(Ink ink, Theme theme) noexcept {
    return theme == Theme::light ? entry_of(ink).light : entry_of(ink).dark;
}

bool is_pale(Ink fill) noexcept {
    return fill >= Ink::ochre && fill <= Ink::bubble;
}

Ink stripe_on(Ink fill) noexcept {
    switch (fill) {
        case Ink::blue: return Ink::blue_stripe;
        case Ink::vermilion: return Ink::vermilion_stripe;
        case Ink::green: return Ink::green_stripe;
        case Ink::purple: return Ink::purple_stripe;
        default: return Ink::strong_line;
    }
}

InkSet stance_inks(std::string_view stance) noexcept {
    if (stance == "supports") return blue;
    if (stance == "refutes") return vermilion;
    if (stance == "mixed") return purple;
    if (stance == "silent") return {Ink::dim_text, Ink::light_grey, Ink::on_pale};
    if (stance == "not_assessable") return {Ink::dim_text, Ink::lightest_grey, Ink::on_pale};
    return grey;
}

bool is_stance(std::string_view word) noexcept {
    for (auto const stance : {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"})
        if (word == stance) return true;
    return false;
}

InkSet series_inks(std::size_t n) noexcept {
    static constexpr std::array<InkSet, 6> inks{blue, vermilion, green, purple, ochre, grey};
    return inks[(n + n / inks.size()) % inks.size()];  // the seventh has the first one's shape in another colour
}

double contrast(Color one, Color other) noexcept {
    auto const [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace dossier::charts
