// LaTeX in BibTeX values as plain text: accents, escapes, dashes, quotes, and commands left out.
#pragma once

#include <cstddef>
#include <string_view>

#include "dossier/sources/block.hpp"

namespace dossier::sources {

/// Appends `latex` as plain text. Braces and unknown commands are left out, their arguments stay; math stays without its
/// dollar signs. Stops once `to` has more than max_entities pieces.
/// @param origin  of latex[0] in the source
void append_latex(MappedText& to, std::string_view latex, std::size_t origin);

}  // namespace dossier::sources
