// Sizes of files in words.
#pragma once

#include <cstddef>
#include <string>

namespace dossier::sources {

/// "512 bytes", "64 MiB"; rounded down.
[[nodiscard]] inline std::string size_words(std::size_t bytes) {
    return bytes < (1u << 20) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
}

/// Of what exceeds its limit, one clause: "is larger than the limit (64 MiB)".
[[nodiscard]] inline std::string larger_than(std::size_t limit) {
    return "is larger than the limit (" + size_words(limit) + ")";
}

}  // namespace dossier::sources
