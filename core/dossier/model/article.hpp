// Article: one source document as the analysis sees it; every sentence points back into the original file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

/// Bytes [begin, end) of what the article was read from, before any decoding: the file; of a container its member, as
/// unpacked; of a PDF, whose bytes are no text, the text extracted from it (Sentence::page says where to look).
struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(ByteRange const&, ByteRange const&) = default;
};

/// What a sentence is. Only statements, list items and quotations may become evidence; nothing else is ever quoted.
enum class SentenceRole {
    statement,   ///< a sentence of the main text
    list_item,   ///< a bullet or a numbered item of the main text
    quotation,   ///< in quotation marks from end to end, or inside a block quotation of the main text
    title,       ///< the article's title, wherever it stands
    heading,     ///< a heading, also one that is a question
    question,    ///< ends in a question mark, outside headings
    fragment,    ///< of the main text, but no sentence: a caption, a label, a byline, text that breaks off
    boilerplate  ///< menus, newsletter blocks, related links, comment forms, cookie notes, link text, footers
};

/// Whether sentences of this role may become evidence.
[[nodiscard]] constexpr bool may_be_quoted(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
}
/// "statement", "list_item", … as shown and stored.
[[nodiscard]] char const* name_of(SentenceRole role) noexcept;

struct Sentence {
    std::string text;           ///< NFC, white space folded to single spaces, markup and entities resolved
    ByteRange bytes;            ///< from its first to past its last byte in the original file
    std::size_t line = 0;       ///< of its first byte, from 1; of a PDF: within its page
    std::size_t page = 0;       ///< of a PDF, from 1; 0: the format has no pages
    std::size_t paragraph = 0;  ///< number of its block within the article, from 0; equal = same block
    SentenceRole role = SentenceRole::statement;
    std::string heading;  ///< text of the nearest heading above, empty: none
};

/// A metadata value and where it came from.
struct Stated {
    std::string value;      ///< empty: not stated
    std::string origin;     ///< "front matter", "meta og:title", "first line", "sources.toml", …; empty: not stated
    bool proposed = false;  ///< read by us out of the text, not declared by a person
};

/// Where an article stands. Article::path is made of it: "file", "file!/member", "file#record".
struct ArticleOrigin {
    std::string file;        ///< on disk, relative to the job's folder, '/' separated
    std::string member;      ///< within a container, '/' separated, levels joined by "!/"; empty: the file itself
    std::size_t record = 0;  ///< number within a bibliographic export, from 1; 0: the file or member is the article
    ByteRange bytes;         ///< of the record within the file or member; of a whole file [0, size)

    friend bool operator==(ArticleOrigin const&, ArticleOrigin const&) = default;
};

/// Bibliographic details as the source states them, for telling records and studies apart. Empty: not stated.
struct Citation {
    std::vector<std::string> authors;  ///< each as stated: "Smith, J. A.", "Smith JA", "Jane Smith"
    std::string journal;               ///< or book, proceedings
    std::string year, volume, issue, pages;
    std::string doi;                             ///< lower case, without resolver: "10.1000/xyz"
    std::string pmid;                            ///< digits
    std::string pmcid;                           ///< "PMC123"
    std::string accession;                       ///< the database's own number, with no meaning elsewhere
    std::vector<std::string> publication_types;  ///< "Journal Article", "Randomized Controlled Trial", as stated
    std::vector<std::string> keywords;           ///< author keywords and MeSH headings
    std::vector<std::string> references;         ///< identifiers in the list of references: "doi:10.…", "pmid:123"
};

/// A fingerprint of the main text from which likeness of two texts is estimated without the texts (model/text_sketch.hpp).
struct TextSketch {
    std::uint64_t text_hash = 0;        ///< of the whole main text, white space and case folded; 0: there is none
    std::uint32_t n_shingles = 0;       ///< different shingles of the main text
    std::vector<std::uint32_t> minima;  ///< MinHash values; empty: too little text to compare
};

enum class ArticleStatus { ok, not_assessable };

struct Article {
    std::string id;    ///< unique within the run: file name without extension, made unique by its folder
    std::string path;  ///< unique within the run: ArticleOrigin as text
    ArticleOrigin origin;
    std::string format;    ///< "text", "markdown", "html", "jats", "pdf", "ris", … (sources/format.hpp)
    std::string encoding;  ///< "UTF-8", "windows-1252", … as decoded
    std::string sha256;    ///< of the bytes of the file, member or record, lower-case hex

    Stated title, author, published, publisher, url;  ///< published: ISO 8601 as far as stated ("2021", "2021-03-04")
    Stated study_design, conflict_of_interest, funding, rests_on;
    Stated population;     ///< "human", "animal", "in vitro"
    Stated risk_of_bias;   ///< "low", "some concerns", "high": a person's appraisal, or as the text states it
    double weight = 1.0;   ///< >= 0, declared by a person; used in sensitivity analyses only
    Stated press_release;  ///< the press release or news agency that the text was taken from: "EurekAlert", "Reuters"
    Citation citation;
    std::string language;      ///< ISO 639-1, "en"; "und": none that is known; empty: too little text to tell
    bool independent = false;  ///< a person says that it is a source of its own, whatever likeness suggests

    ArticleStatus status = ArticleStatus::ok;
    std::string status_reason;  ///< one clause; empty when ok and nothing to add
    bool truncated = false;     ///< the capture breaks off; what is missing cannot be called silent
    bool retracted = false;     ///< it is marked as retracted, or a person says that it was; it counts all the same

    std::vector<Sentence> sentences;  ///< in file order, every role; a run drops them once they were analysed
    std::size_t n_sentences = 0;      ///< of them those that may be quoted
    TextSketch sketch;
};

}  // namespace dossier
