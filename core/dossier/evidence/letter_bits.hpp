// Letter bits: which bytes of a text are ASCII letters or digits, found eight at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace dossier {

/// Eight bytes of a text, the first in the lowest place; zeros behind its end.
[[nodiscard]] inline std::uint64_t eight_bytes(std::string_view text, std::size_t at) noexcept {
    std::uint64_t bytes = 0;
    if (at + 8 <= text.size())
        std::memcpy(&bytes, text.data() + at, 8);
    else if (at < text.size())
        std::memcpy(&bytes, text.data() + at, text.size() - at);
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    return bytes;
}

/// Of eight bytes: the highest bit of each that is a letter, a digit, or beyond ASCII.
struct ByteClasses {
    static constexpr std::uint64_t each = 0x0101010101010101u, highest = 0x80 * each;

    explicit ByteClasses(std::uint64_t bytes) noexcept {
        auto const low = bytes & ~highest;
        auto const lower = low | 0x20 * each;
        beyond_ascii = bytes & highest;
        letters = (lower + (0x80 - 'a') * each) & ~(lower + (0x7F - 'z') * each) & highest & ~bytes;
        digits = (low + (0x80 - '0') * each) & ~(low + (0x7F - '9') * each) & highest & ~bytes;
    }

    std::uint64_t letters, digits, beyond_ascii;
};

/// The highest bits of eight bytes, side by side.
[[nodiscard]] inline std::uint64_t packed(std::uint64_t highest_bits) noexcept {
    return (highest_bits >> 7) * 0x0102040810204080u >> 56;
}

/// One bit for each byte of a text: is it a letter or digit?
class LetterBits {
public:
    void read(std::string_view text) {
        bits_.assign(text.size() / 64 + 2, 0);
        for (std::size_t at = 0; at < text.size(); at += 8) {
            ByteClasses const classes(eight_bytes(text, at));
            bits_[at / 64] |= packed(classes.letters | classes.digits) << at % 64;
        }
    }
    /// Where the letters and digits that begin at `at` end; `at` itself where there are none.
    [[nodiscard]] std::size_t end_of_run(std::size_t at) const noexcept {
        for (;; at += 64)
            if (auto const others = ~from(at); others != 0)
                return at + static_cast<std::size_t>(std::countr_zero(others));
    }

private:
    [[nodiscard]] std::uint64_t from(std::size_t at) const noexcept {
        auto const word = at / 64, shift = at % 64;
        return shift == 0 ? bits_[word] : bits_[word] >> shift | bits_[word + 1] << (64 - shift);
    }

    std::vector<std::uint64_t> bits_;  ///< of the text, and more than 64 zeros
};

}  // namespace dossier
