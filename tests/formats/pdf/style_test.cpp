#include "pdf/style.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using dossier::pdf::Color;

double luminance(Color color) {
    auto const linear = [](double part) {
        part /= 255.0;
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

/// WCAG 2.1, contrast ratio: (lighter + 0.05) / (darker + 0.05).
double contrast(Color a, Color b) {
    auto const [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

TEST(PdfColors, ContrastAsWcagComputesIt) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0, 1e-9);
    EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.005);
}

TEST(PdfColors, CanBeReadOnEveryGround) {
    using namespace dossier::pdf;
    for (auto const text : {ink, navy, muted, link_blue})
        for (auto const ground : {white, zebra, head_fill})
            EXPECT_GE(contrast(text, ground), 4.5);
    for (auto const* const stance : {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"}) {
        auto const colors = stance_colors(stance);
        EXPECT_GE(contrast(colors.text, white), 4.5) << stance;
        EXPECT_GE(contrast(colors.text, zebra), 4.5) << stance;
        EXPECT_GE(contrast(colors.on_fill, colors.fill), 4.5) << stance;
    }
}

}  // namespace
