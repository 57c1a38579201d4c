// Front matter: `key: value` between `---` lines, or `key = "value"` between `+++` lines, at the top of a Markdown file.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

struct FrontMatter {
    std::size_t end = 0;  ///< where the rest of the file begins; 0: there is no front matter
    std::vector<MetadataItem> metadata;
    std::size_t broken_line = 0;  ///< first line that is no `key: value`, from 1; 0: none
};

/// Scalars and one-line lists only ("[a, b]" reads as "a, b"; a block list of "- a" lines likewise); other YAML is passed over.
[[nodiscard]] FrontMatter read_front_matter(std::string_view text);

}  // namespace dossier::sources
