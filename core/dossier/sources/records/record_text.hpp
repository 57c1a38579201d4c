// Titles and abstracts of records as blocks: markup that databases leave in them, paragraphs, and the labels of structured
// abstracts.
#pragma once

#include <vector>

#include "dossier/sources/block.hpp"

namespace dossier::sources {

/// Resolves the entities and leaves out the tags that titles and abstracts hold in some exports ("<i>", "<sub>", "<jats:p>",
/// "&lt;"). Tags of paragraphs become line breaks. Anything else in angle brackets is text ("p<0.05"). Markup is left as it
/// is once the text has more than max_entities pieces.
[[nodiscard]] MappedText without_markup(MappedText text);

/// The title: white space folded to single spaces.
[[nodiscard]] Block title_block(MappedText const& text);

/// Appends an abstract's paragraphs. A line break ends one where the line ends a sentence or stands empty, else it is a
/// space; a label of a structured abstract ("METHODS:", "Results:") is a heading; a copyright notice is furniture. Phrases
/// that stand in place of an abstract ("[No abstract available]") give nothing.
void append_abstract(MappedText const& text, std::vector<Block>& blocks);

}  // namespace dossier::sources
