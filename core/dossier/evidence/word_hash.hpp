// Word hash: by which words of a text are looked up in the sets of words and phrases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dossier {

namespace word_hash {

template <class Number>
[[nodiscard]] inline std::uint64_t load(char const* from) noexcept {
    Number bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/// All bytes of a word of up to eight, none twice at the same place of two words of one length.
[[nodiscard]] inline std::uint64_t load_short(std::string_view word) noexcept {
    auto const n = word.size();
    if (n >= 4) return load<std::uint32_t>(word.data()) | load<std::uint32_t>(word.data() + n - 4) << 32;
    if (n >= 2) return load<std::uint16_t>(word.data()) | load<std::uint16_t>(word.data() + n - 2) << 16;
    return n == 0 ? 0 : load<unsigned char>(word.data());
}

[[nodiscard]] inline std::uint32_t mix(std::uint64_t a, std::uint64_t b, std::size_t length) noexcept {
    auto hash = (a ^ (b * 0x9E3779B97F4A7C15u) ^ length) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace word_hash

/// Equal for equal words. The same on every machine of one byte order; never stored.
[[nodiscard]] inline std::uint32_t hash_of_word(std::string_view word) noexcept {
    using namespace word_hash;
    if (word.size() <= 8) return mix(load_short(word), 0, word.size());
    std::uint64_t rest = 0;
    for (std::size_t at = 8; at + 8 < word.size(); at += 8)
        rest = (rest ^ load<std::uint64_t>(word.data() + at)) * 0x9E3779B97F4A7C15u;
    return mix(load<std::uint64_t>(word.data()), rest ^ load<std::uint64_t>(word.data() + word.size() - 8),
               word.size());
}

}  // namespace dossier
