// BibTeX and BibLaTeX entries.
#pragma once

#include <memory>
#include <string_view>

#include "dossier/sources/document.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/records/record_stream.hpp"

namespace dossier::sources {

/// Finds entries; @comment and @preamble are none, @string goes to the context (those before the first entry).
[[nodiscard]] std::unique_ptr<RecordFinder> make_bibtex_finder();

/// Reads one entry. What follows a field that cannot be read is left out and told in Document::troubles, as is a name that
/// stands for nothing. An abstract that comes from an @string is furniture, since it stands elsewhere in the file.
[[nodiscard]] Document read_bibtex(std::string_view record, RecordContext const& context);

}  // namespace dossier::sources
