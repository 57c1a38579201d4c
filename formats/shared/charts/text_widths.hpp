// How wide text comes out in whatever sans-serif face a reader has: estimates on the wide side.
#pragma once

#include <cstdint>

#include "surface.hpp"

namespace dossier::charts {

/// The advance of a character, in thousandths of the size: for ASCII that of the widest of DejaVu Sans
/// (as wide as Verdana), Noto Sans and Liberation Sans (as wide as Arial); for others that of the wider characters of their script; 0 for marks that combine.
int advance_of(char32_t character, Font font) noexcept;

}  // namespace dossier::charts
