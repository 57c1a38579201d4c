// Article: one source document as the analysis sees it; every sentence points back into the original file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace dossier {

/// Bytes [begin, end) of the original file, before any decoding.
struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(ByteRange const&, ByteRange const&) = default;
};

/// What a sentence is. Only statements, list items and quotations may become evidence; nothing else is ever quoted.
enum class SentenceRole {
    statement,   ///< a sentence of the main text
    list_item,   ///< a bullet or a numbered item of the main text
    quotation,   ///< inside a block quotation of the main text
    title,       ///< the article's title, wherever it stands
    heading,     ///< a heading, also one that is a question
    question,    ///< ends in a question mark, outside headings
    fragment,    ///< of the main text, but no sentence: a caption, a label, a byline, text that breaks off
    boilerplate  ///< menus, newsletter blocks, related links, comment forms, cookie notes, link text, footers
};

/// "statement", "list_item", … as shown and stored.
[[nodiscard]] char const* name_of(SentenceRole role) noexcept;

struct Sentence {
    std::string text;           ///< NFC, white space folded to single spaces, markup and entities resolved
    ByteRange bytes;            ///< from its first to past its last byte in the original file
    std::size_t line = 0;       ///< of its first byte, from 1
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

enum class ArticleStatus { ok, not_assessable };

struct Article {
    std::string id;        ///< unique within the run: file name without extension, made unique by its folder
    std::string path;      ///< as found, relative to the job's folder, '/' separated
    std::string format;    ///< "text", "markdown", "html"
    std::string encoding;  ///< "UTF-8", "windows-1252", … as decoded
    std::string sha256;    ///< of the file's bytes, lower-case hex

    Stated title, author, published, publisher, url;  ///< published: ISO 8601 as far as stated ("2021", "2021-03-04")
    Stated study_design, conflict_of_interest, funding, rests_on;
    std::string language;  ///< ISO 639-1, "en"; empty: too little text to tell

    ArticleStatus status = ArticleStatus::ok;
    std::string status_reason;  ///< one clause; empty when ok and nothing to add
    bool truncated = false;     ///< the capture breaks off; what is missing cannot be called silent

    std::vector<Sentence> sentences;  ///< in file order, every role
};

}  // namespace dossier
