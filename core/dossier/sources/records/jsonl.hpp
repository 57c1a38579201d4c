// JSON Lines: one JSON object a line. A file that begins with "[" is an array of objects instead, one whose first line is
// nothing but "{" is a single object.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "dossier/sources/document.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/records/record_stream.hpp"

namespace dossier::sources {

/// Of an array, an object that is not closed costs what follows it, since nothing tells where the next one begins.
[[nodiscard]] std::unique_ptr<RecordFinder> make_jsonl_finder(std::map<std::string, std::string> columns);

/// Reads one object. Members of members are known by their path ("externalIds.DOI"); of an array every item counts. What is no
/// JSON object gives Document::broken.
[[nodiscard]] Document read_json_record(std::string_view record, RecordContext const& context);

}  // namespace dossier::sources
