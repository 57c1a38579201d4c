// Compression of streams: what takes most of the time of a long document.
#pragma once

#include <string>
#include <string_view>

namespace dossier::pdf {

/// The bytes in zlib's format, as /FlateDecode reads them. The same bytes give the same result.
std::string deflated(std::string_view bytes);

}  // namespace dossier::pdf
