// Decimal: how numbers are rounded wherever people read them.
#pragma once

#include <string>

namespace dossier {

/// `value` times 10 to the power of `shift`, with `decimals` (0 to 15; others are the nearest of these) digits behind the point.
/// Rounded half away from zero as the shortest decimal that reads back as `value`, so that 0.285 is 0.29 although the double lies
/// below. Never "-0.00". Empty for what is no finite number.
[[nodiscard]] std::string decimal_text(double value, int decimals, int shift = 0);

/// The shortest text that reads back as `number`, as a person would write it: "4096", "0.5", "1000000"; with an exponent only
/// beyond fifteen digits or six zeros behind the point. "nan", "inf".
[[nodiscard]] std::string number_text(double number);

}  // namespace dossier
