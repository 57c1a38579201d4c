// Document: what the reader of one format found in a text, before anything is said about what is main text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/sources/block.hpp"
#include "dossier/sources/format.hpp"

namespace dossier::sources {

/// One metadata value as the format states it, in order of trust within its key: the first one wins.
struct MetadataItem {
    std::string key;  ///< "title", "author", "published", "publisher", "url", "language", "study_design", …
    std::string value;
    std::string origin;    ///< "front matter", "meta og:title", …
    std::size_t line = 0;  ///< of front matter, from 1; 0: not known
};

/// Readers stop here: no article has as many, and each costs memory however short it is.
inline constexpr std::size_t max_blocks = 400'000;
/// Entities of one document; each is a piece of its own.
inline constexpr std::size_t max_entities = 2'000'000;

struct Document {
    bool overfull = false;      ///< reading stopped at max_blocks or max_entities
    bool cut_off = false;       ///< the file ends within a tag, in the part that holds the article
    std::vector<Block> blocks;  ///< in file order
    std::vector<MetadataItem> metadata;
    Citation citation;                  ///< of formats that state it
    std::string broken;                 ///< why it cannot be read at all, one clause; empty: it can
    std::vector<std::string> troubles;  ///< markup beyond its bounds: one clause each
    bool front_matter_broken = false;
    std::size_t front_matter_line = 0;  ///< of what could not be read in it, from 1
};

[[nodiscard]] Document read_text(std::string_view text);
[[nodiscard]] Document read_markdown(std::string_view text);
[[nodiscard]] Document read_html(std::string_view text);

/// The charset that an HTML file declares in its first 4096 bytes; empty: none.
[[nodiscard]] std::string declared_charset(std::string_view bytes);

}  // namespace dossier::sources
