// Records of an XML export as slices of the file: each from its start tag to its end tag.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dossier/sources/records/record_stream.hpp"

namespace dossier::sources {

/// @param elements  names of the elements that are records ("record"); at most 30 bytes each
[[nodiscard]] std::unique_ptr<RecordFinder> make_xml_finder(std::vector<std::string> elements);

}  // namespace dossier::sources
