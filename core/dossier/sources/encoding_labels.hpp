// Labels by which documents name their encoding, and what browsers take them for.
#pragma once

#include <string_view>

namespace dossier::sources {

/// The encoding that a label means by the WHATWG Encoding Standard ("names and labels"), by a name that ICU knows:
/// "windows-1252" of "ISO-8859-1", "GB18030" of "gb2312". A document whose label could be read byte by byte is not UTF-16,
/// whatever it says: it is UTF-8. Empty: no label of the standard, or of an encoding with a state between characters.
[[nodiscard]] std::string_view encoding_of_label(std::string_view label);

}  // namespace dossier::sources
