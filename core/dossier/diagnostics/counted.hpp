// Counted: a number with its noun.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

/// "1 category", "2 categories", "0 categories".
[[nodiscard]] inline std::string counted(std::size_t n, std::string_view one, std::string_view many) {
    return std::to_string(n).append(" ").append(n == 1 ? one : many);
}

/// "1 row", "2 rows": of nouns that take an s.
[[nodiscard]] inline std::string counted(std::size_t n, std::string_view noun) {
    return counted(n, noun, std::string(noun) + "s");
}

}  // namespace dossier
