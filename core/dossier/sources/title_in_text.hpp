// Title in text: the line of a capture that states the article's title.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/document.hpp"

namespace dossier::sources {

inline constexpr std::size_t longest_head =
    600;  ///< blocks above the text of a capture: menus of hundreds of links are met

/// The line that states the title of a text capture; empty: none does. A line that is repeated or follows "Post:" counts
/// most, then one right above the byline, then one below the site's menu, then the first.
/// @param features  of the document's blocks
[[nodiscard]] std::string title_in_text(Document const& document, std::vector<BlockFeatures> const& features);
/// "Post: Trial finds nothing" without its label.
[[nodiscard]] std::string_view without_title_label(std::string_view line) noexcept;

}  // namespace dossier::sources
