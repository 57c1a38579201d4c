#include "text_widths.hpp"

#include <array>
#include <cstddef>

namespace dossier::charts {

namespace {

using Ascii = std::array<std::int16_t, 95>;  // from space to "~"
constexpr Ascii regular{318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 551, 838, 318, 361,  318, 372, 636, 636, 636,
                        636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1015, 684, 686, 722, 770, 667,
                        611, 778, 752, 339, 500, 667, 557, 907, 760, 787, 667, 787, 722, 667,  611, 732, 684, 989, 685,
                        667, 685, 390, 372, 390, 838, 556, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
                        278, 974, 634, 612, 635, 635, 413, 521, 392, 634, 592, 818, 592, 592,  525, 636, 551, 636, 838};
constexpr Ascii bold{348, 456,  521, 838, 696, 1002, 872, 306, 457, 457, 545, 838, 380, 415,  380, 413, 696, 696,  696,
                     696, 696,  696, 696, 696, 696,  696, 400, 400, 838, 838, 838, 611, 1000, 774, 762, 734, 830,  683,
                     683, 821,  837, 389, 556, 775,  637, 995, 837, 850, 733, 850, 770, 720,  682, 812, 774, 1103, 771,
                     724, 725,  457, 413, 457, 838,  556, 500, 675, 716, 593, 716, 678, 435,  716, 712, 343, 343,  665,
                     343, 1042, 712, 687, 716, 716,  493, 595, 478, 712, 652, 924, 645, 652,  582, 712, 551, 712,  838};

struct Block {
    char32_t last;
    std::int16_t advance;
};
constexpr std::array<Block, 26> blocks{
    {{0x1f, 0},      {0x9f, 700},   {0x24f, 760},  {0x2ff, 700},   {0x36f, 0},      {0x3ff, 760},   {0x52f, 860},
     {0x58f, 800},   {0x5ff, 700},  {0x8ff, 800},  {0x0dff, 1000}, {0x0eff, 800},   {0x10ff, 1000}, {0x11ff, 1000},
     {0x1dff, 1000}, {0x1fff, 800}, {0x200a, 600}, {0x200f, 0},    {0x2013, 600},   {0x2015, 1000}, {0x2025, 600},
     {0x2026, 1000}, {0x206f, 640}, {0x209f, 520}, {0xffff, 1000}, {0x10ffff, 1300}}};

}  // namespace

int advance_of(char32_t character, Font font) noexcept {
    if (character >= 0x20 && character < 0x7f) return (font == Font::bold ? bold : regular)[character - 0x20];
    if (character >= 0xfe00 && character <= 0xfe0f) return 0;  // variation selectors
    for (auto const& block : blocks)
        if (character <= block.last) return font == Font::bold ? block.advance * 9 / 8 : block.advance;
    return 1000;
}

}  // namespace dossier::charts
