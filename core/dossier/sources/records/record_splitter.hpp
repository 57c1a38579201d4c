// Splitting a bibliographic export into records, in memory that does not grow with the file.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/byte_stream.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/format.hpp"

namespace dossier::sources {

/// What the records of one file share and none of them holds: the head of a CSV file, and the names that a job gives to
/// its columns.
struct RecordContext {
    /// Dossier's name of a field ("title", "abstract", "author", "published", …) -> name of the column or JSON member, as
    /// the job maps them. Empty: the names that common exports use are recognised.
    std::map<std::string, std::string> columns;
    std::vector<std::string> header;             ///< CSV and TSV: column names in order
    char separator = ',';                        ///< CSV and TSV
    std::map<std::string, std::string> strings;  ///< BibTeX: @string entries that stand before the first record
    std::string
        encoding;         ///< of the records, where the file as a whole tells it ("UTF-16LE"); empty: each is looked at
    std::string trouble;  ///< what is wrong with the file as a whole (a mapped column is missing); one clause, DOS0316
};

/// One record as it stands in the file.
struct RecordSlice {
    std::string bytes;
    std::size_t byte_begin = 0;  ///< of bytes[0] in the file
    std::size_t line = 1;        ///< of bytes[0], from 1
    std::string broken;          ///< why it cannot be read (too large, not closed), one clause; empty: it can
};

class RecordSplitter {
public:
    virtual ~RecordSplitter() = default;
    /// The next record. @return false at the end
    [[nodiscard]] virtual bool next(RecordSlice& slice) = 0;
    /// Complete once next() was called for the first time, whatever it answered.
    [[nodiscard]] virtual std::shared_ptr<RecordContext const> context() const = 0;
};

/// A splitter for a format that has_records(). The stream is read in pieces of at most 1 MiB; a record larger than
/// `max_record_bytes` is handed out broken, without its bytes. UTF-16 and UTF-32 exports, known by their byte order mark,
/// must be turned into UTF-8 before (offsets then are those of the UTF-8 text).
[[nodiscard]] std::unique_ptr<RecordSplitter> make_record_splitter(Format format, ByteStream& stream,
                                                                   std::map<std::string, std::string> columns,
                                                                   std::size_t max_record_bytes);

/// Reads one record: its title and abstract as blocks, what it states of itself as metadata and citation. What cannot be
/// read is told in Document::troubles.
[[nodiscard]] Document read_record(Format format, std::string_view text, RecordContext const& context);

}  // namespace dossier::sources
