// Byte masks: which bytes of a text are of some kind, sixty-four at a time, and the runs that they form. Words are found
// so without a look at each byte.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace dossier {

/// Bytes that are looked at together. Comparing gives all ones where it holds (vector types of GCC and Clang).
using ByteBlock [[gnu::vector_size(16)]] = unsigned char;

/// @pre at + sizeof(ByteBlock) <= text.size()
[[nodiscard]] inline ByteBlock block_at(std::string_view text, std::size_t at) noexcept {
    ByteBlock block;
    std::memcpy(&block, text.data() + at, sizeof block);
    return block;
}

[[nodiscard]] inline bool any_of_block(ByteBlock block) noexcept {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), &block, sizeof block);
    return (halves[0] | halves[1]) != 0;
}

/// Bit i: byte i of a block is all ones.
/// @param ones  each byte all ones or 0
[[nodiscard]] inline std::uint64_t bits_of_block(ByteBlock ones) noexcept {
#ifdef __SSE2__
    return static_cast<unsigned>(_mm_movemask_epi8(reinterpret_cast<__m128i>(ones)));
#else
    static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);
    // Gathers the lowest bit of each of eight bytes, the first one in memory lowest.
    constexpr std::uint64_t gather =
        std::endian::native == std::endian::little ? 0x0102040810204080u : 0x8040201008040201u;
    ones &= 1;
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &ones, sizeof ones);
    return halves[0] * gather >> 56 | (halves[1] * gather >> 56) << 8;
#endif
}

inline constexpr std::size_t mask_bytes = 64;  ///< bytes of text that one mask is of

/// Bit i: byte `at + i` of the text is of the kind. Bits beyond the text's end are 0.
/// @param is_of_kind  of a ByteBlock: all ones in the bytes that are of the kind; NUL is of none
template <class IsOfKind>
[[nodiscard]] inline std::uint64_t mask_at(std::string_view text, std::size_t at, IsOfKind const& is_of_kind) noexcept {
    auto const part = text.substr(at, mask_bytes);
    auto const mask_of = [&](char const* bytes) {
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < mask_bytes; i += sizeof(ByteBlock))
            mask |= bits_of_block(reinterpret_cast<ByteBlock>(is_of_kind(block_at({bytes, mask_bytes}, i)))) << i;
        return mask;
    };
    if (part.size() == mask_bytes) return mask_of(part.data());
    if (part.empty()) return 0;
    if (text.size() >= mask_bytes)  // the last bytes again, without those before `at`
        return mask_of(text.data() + text.size() - mask_bytes) >> (mask_bytes - part.size());
    std::array<char, mask_bytes> last{};
    std::memcpy(last.data(), part.data(), part.size());
    return mask_of(last.data());
}

/// Letters and digits of ASCII.
struct IsLetterOrDigit {
    auto operator()(ByteBlock bytes) const noexcept { return ((bytes | 0x20) - 'a' < 26) | (bytes - '0' < 10); }
};

/// Letters and digits of ASCII, and every byte of a character beyond it.
struct IsWordByte {
    auto operator()(ByteBlock bytes) const noexcept { return IsLetterOrDigit{}(bytes) | (bytes >= 0x80); }
    constexpr bool operator()(char c) const noexcept {
        auto const byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    }
};

/// Hands the place and the end of every longest run of such bytes to `take`, in order; `take` returns whether to go on.
template <class IsOfKind, class Take>
void for_each_run(std::string_view text, IsOfKind const& is_of_kind, Take const& take) {
    std::size_t begin = 0;
    std::uint64_t inside = 0;  // 1: the byte before this mask's first is in a run
    // One mask more where the last byte is in a run. `take` stands here once, so that it is compiled into the loop.
    for (std::size_t at = 0; at < text.size() || inside != 0; at += mask_bytes) {
        auto const mask = mask_at(text, at, is_of_kind);
        auto const behind = mask << 1 | inside;  // bytes behind one that is in a run
        auto begins = mask & ~behind, ends = behind & ~mask;
        auto const take_begin = [&] {
            if (begins != 0) begin = at + static_cast<std::size_t>(std::countr_zero(begins));
            begins &= begins - 1;
        };
        if (inside == 0) take_begin();
        for (; ends != 0; ends &= ends - 1) {
            if (!take(begin, at + static_cast<std::size_t>(std::countr_zero(ends)))) return;
            take_begin();
        }
        inside = mask >> (mask_bytes - 1);
    }
}

}  // namespace dossier
