// Byline: who wrote an article, by the line that says so.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// The name in "By Ada Smith, MD" and the like; empty: `line` is no byline.
[[nodiscard]] std::string name_in_byline(std::string_view line);

}  // namespace dossier::sources
