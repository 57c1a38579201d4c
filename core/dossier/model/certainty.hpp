// Certainty: the names of its levels and of what lowers it (statistics.md 4.11), as data formats, files and reports
// spell them.
#pragma once

#include <array>
#include <string_view>

namespace dossier {

/// Where the evidence starts, by study design, then the five domains of GRADE in the order in which it lists them.
inline constexpr std::array<std::string_view, 6> certainty_domains = {
    "study design", "risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias"};
/// From nothing that lowers it to three levels down or more.
inline constexpr std::array<std::string_view, 4> certainty_levels = {"high", "moderate", "low", "very low"};

}  // namespace dossier
