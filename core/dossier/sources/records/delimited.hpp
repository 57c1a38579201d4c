// CSV and TSV: RFC 4180, and what programs write instead: semicolons, a "sep=" line, empty lines.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/records/record_stream.hpp"

namespace dossier::sources {

/// One field of a record. A field that begins with a quote is quoted when the closing quote is followed by a separator or
/// the end; else its quotes are text.
struct Cell {
    std::size_t begin = 0, end = 0;  ///< without its quotes
    bool quoted = false;             ///< two quotes within it stand for one
    bool stray_quote = false;        ///< a quote stands where none may
};
inline constexpr std::size_t max_columns = 20'000;
/// The first fields of a record, at most `max_cells`.
[[nodiscard]] std::vector<Cell> cells_of(std::string_view record, char separator, std::size_t max_cells = max_columns);
/// What a cell says, as UTF-8 of the record.
[[nodiscard]] std::string value_of(std::string_view record, Cell const& cell);

/// The first line names the columns. A record with more or fewer fields is broken, since its fields cannot be told apart. A
/// quote that is never closed costs its own line only. Where the first record has one field more, the first column holds names
/// of rows as R writes them, and has no name: so when that field is a number, or all text of the record is quoted.
[[nodiscard]] std::unique_ptr<RecordFinder> make_delimited_finder(char default_separator,
                                                                  std::map<std::string, std::string> columns,
                                                                  std::size_t max_record_bytes);

/// Reads one line (with its quoted line breaks) by the names of the columns.
[[nodiscard]] Document read_delimited(std::string_view record, RecordContext const& context);

}  // namespace dossier::sources
