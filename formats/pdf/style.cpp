#include "style.hpp"

#include <array>

namespace dossier::pdf {

StanceColors stance_colors(std::string_view stance) noexcept {
    if (stance == "supports") return {{0x00, 0x56, 0x96}, {0x0b, 0x68, 0xad}, white};
    if (stance == "refutes") return {{0xa8, 0x3c, 0x06}, {0xb8, 0x47, 0x0c}, white};
    if (stance == "mixed") return {{0x6b, 0x3f, 0x94}, {0x85, 0x5a, 0xad}, white};
    if (stance == "silent") return {{0x5c, 0x63, 0x6b}, {0xd9, 0xde, 0xe3}, ink};
    if (stance == "not_assessable") return {{0x5c, 0x63, 0x6b}, {0xf1, 0xf3, 0xf5}, ink};
    return {{0x4a, 0x52, 0x5a}, {0xa9, 0xb2, 0xbb}, ink};
}

bool is_stance(std::string_view word) noexcept {
    for (auto const stance : {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"})
        if (word == stance) return true;
    return false;
}

StanceColors series_colors(std::size_t n) noexcept {
    static constexpr std::array<StanceColors, 6> colors{{{{0x00, 0x56, 0x96}, {0x0b, 0x68, 0xad}, white},
                                                         {{0xa8, 0x3c, 0x06}, {0xb8, 0x47, 0x0c}, white},
                                                         {{0x0c, 0x6b, 0x58}, {0x0f, 0x7a, 0x64}, white},
                                                         {{0x6b, 0x3f, 0x94}, {0x85, 0x5a, 0xad}, white},
                                                         {{0x75, 0x5a, 0x00}, {0xe3, 0xc2, 0x5a}, ink},
                                                         {{0x4a, 0x52, 0x5a}, {0xa9, 0xb2, 0xbb}, ink}}};
    return colors[n % colors.size()];
}

}  // namespace dossier::pdf
