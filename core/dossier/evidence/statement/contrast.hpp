// Contrast: whether a passage takes back, behind "however" and its like, what it said before.
#pragma once

#include "dossier/evidence/statement/text_reading.hpp"

namespace dossier {

/// Of two parts that a contrast parts ("It did not help children, but adults", "It failed. However, …", "Although it helps, …"),
/// one denies and the other does not: neither yes nor no.
[[nodiscard]] bool contrast_turns(TextReading const& passage);

}  // namespace dossier
