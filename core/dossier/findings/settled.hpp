// Settled numbers: what every machine computes alike.
#pragma once

#include <cmath>
#include <optional>

namespace dossier {

/// To 12 decimals: mathematical libraries may differ in the last bits from one processor to the next. Never -0.
[[nodiscard]] inline double settled(double value) noexcept {
    return std::round(value * 1e12) / 1e12 + 0.0;
}
[[nodiscard]] inline std::optional<double> settled(std::optional<double> value) noexcept {
    if (value) *value = settled(*value);
    return value;
}

}  // namespace dossier
