// Exports of lines that begin with a tag: RIS, MEDLINE/PubMed (NBIB) and Web of Science (CIW).
//
// The first record of a file settles which of the three it is, whatever the file is called: Web of Science text is often
// saved as ".ris", PubMed text as ".txt".
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/records/record_stream.hpp"

namespace dossier::sources {

enum class TagDialect {
    unknown,
    ris,   ///< "TY  - JOUR" … "ER  - "
    nbib,  ///< "PMID- 123", continuation lines indented, mostly an empty line after each record
    ciw    ///< "PT J" … "ER", continuation lines indented
};

/// Text of one line within a record, without tag, indentation and line end.
struct LineText {
    std::size_t begin = 0, end = 0;
    [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

/// A tag and the lines that it stands for, the first one being the tag's own.
struct TaggedField {
    std::string_view tag;
    std::vector<LineText> lines;
};

/// What a tag is for.
struct TagUse {
    std::string_view tag;
    FieldUse use;
    bool line_by_line = false;  ///< each line is a value of its own: authors of CIW, keywords of RIS
};

/// The dialect in which a record begins.
[[nodiscard]] TagDialect dialect_of(std::string_view record);
/// The fields in their order; of empty lines that follow one another the first. What is beyond the bounds is told to `to`.
[[nodiscard]] std::vector<TaggedField> fields_of(std::string_view record, TagDialect dialect, RecordFields& to);

/// Lines of a field as one text. @param keep_breaks  whether line breaks were typed by somebody (RIS), else they are where an
/// exporter wrapped the text
[[nodiscard]] MappedText text_of(std::string_view record, std::vector<LineText> const& lines, bool keep_breaks);

/// Adds what `uses` knows of the fields; others are left out.
void add_tagged_fields(std::string_view record, std::vector<TaggedField> const& fields, std::vector<TagUse> const& uses,
                       bool keep_breaks, RecordFields& to);

/// Lines with a tag that stand outside of records are a broken one. A file in which a record has a PubMed number (NBIB) has
/// one in each of them, so that an empty line within a record does not end it.
/// @param expected  dialect that the file's name promises; a file that begins in the middle is read as that
[[nodiscard]] std::unique_ptr<RecordFinder> make_tagged_finder(TagDialect expected);

}  // namespace dossier::sources
