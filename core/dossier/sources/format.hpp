// Format: what kind of file an article or a bibliographic export is.
#pragma once

#include <string_view>

namespace dossier::sources {

enum class Format {
    // one article a file
    text,
    markdown,
    html,
    jats,  ///< journal XML
    pdf,
    // many records a file, each an article
    ris,
    nbib,  ///< MEDLINE/PubMed tagged
    ciw,   ///< Web of Science tagged
    bibtex,
    endnote_xml,
    pubmed_xml,
    csv,
    tsv,
    jsonl,
    unknown_xml  ///< XML of a vocabulary that is not read
};

/// By the extension of `path`, else (and for .txt, .xml and the like, which say little) by a first look at the text.
/// @param start_of_file  its first bytes, 64 KiB are enough for all but XML under a long prolog, of which 1 MiB is
///                       looked at; may be empty
[[nodiscard]] Format format_of(std::string_view path, std::string_view start_of_file);

/// "text", "markdown", "html", "jats", "pdf", "ris", "nbib", "ciw", "bibtex", "endnote-xml", "pubmed-xml", "csv", "tsv",
/// "jsonl", "xml"
[[nodiscard]] char const* name_of(Format format) noexcept;

/// Each record of it is an article.
[[nodiscard]] bool has_records(Format format) noexcept;

/// Its reader knows what is title, text and heading; there is no page around the article to be told apart.
[[nodiscard]] bool is_structured(Format format) noexcept;

/// Whether an extension alone says that files of it may be articles or exports; others are not looked into when they stand
/// in a container. @param path  also with the extension of a compressed file: "a.html.gz"
[[nodiscard]] bool may_be_article(std::string_view path);

}  // namespace dossier::sources
