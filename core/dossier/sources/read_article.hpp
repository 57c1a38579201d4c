// Reading an article: from a file's bytes to metadata and sentences that point back into those bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/pdf/pdf_pages.hpp"

namespace dossier {

/// Bounds of one article. What is beyond them is not_assessable, with the reason; nothing is read in part.
struct ReadOptions {
    std::size_t max_bytes = 64u << 20;       ///< of the file
    std::size_t max_text_bytes = 32u << 20;  ///< of its text as UTF-8, markup left out
    std::size_t max_sentence_bytes = 4096;   ///< a longer "sentence" is cut into fragments
    std::size_t max_sentences = 200'000;
    sources::PdfReader read_pdf;  ///< empty: a PDF is not_assessable
};

/// Reads one article. A function of its arguments (and, for a PDF, of what `read_pdf` answers); wrong input never throws.
///
/// Adds to `diagnostics` what the reader of the report must know, one message per kind of trouble but DOS0311:
/// DOS0302 too large, DOS0303 empty, DOS0304 binary, DOS0305 undecodable bytes, DOS0306 not English, DOS0307 no usable
/// text, DOS0308 paywall, cookie wall, log-in page or robot check, DOS0309 too much text, DOS0310 breaks off, DOS0311 markup
/// beyond its bounds (up to five and how many more), DOS0312 front matter that cannot be read, DOS0313 a PDF without text or
/// that cannot be read, DOS0314 a record that cannot be read, DOS0315 a record without an abstract, DOS0235 front matter with
/// a study design that is misspelt, DOS0340 the page says that the article is not there, DOS0341 marked as retracted.
/// All but DOS0235, DOS0305, DOS0310, DOS0311, DOS0312 and DOS0341 make the article not_assessable. Its sentences are then empty, but for
/// DOS0306, DOS0307, DOS0308, DOS0315 and DOS0340, where they are kept for `dossier text`.
[[nodiscard]] Article read_article(ArticleInput const& input, ReadOptions const& options, Diagnostics& diagnostics);

/// The same for a file whose bytes are at hand; `path` and the bytes say its format (sources/format.hpp).
[[nodiscard]] Article read_article(std::string id, std::string path, std::string_view bytes, ReadOptions const& options,
                                   Diagnostics& diagnostics);

/// The same, from `folder`/`path`. A file that cannot be read gives a not_assessable article and DOS0301 (or DOS0302).
[[nodiscard]] Article read_article_file(std::string id, std::string const& folder, std::string path,
                                        ReadOptions const& options, Diagnostics& diagnostics);

}  // namespace dossier
