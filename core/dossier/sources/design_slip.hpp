// Design slip: a study design in which a word is misspelt.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

struct DesignSlip {
    std::size_t begin = 0, size = 0;  ///< bytes of the first misspelt word
    std::string meant;                ///< the design with every misspelt word put right
};

/// Words that are one slip (a letter too many, too few, another, or two swapped) from a word of the designs that are known, and
/// are none of these: "randomised trail". Short words are not looked at, and words that are farther off are words of their own.
[[nodiscard]] std::optional<DesignSlip> slip_in_design(std::string_view design);

}  // namespace dossier
