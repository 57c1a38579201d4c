// Link annotations as PDF objects.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "page.hpp"

namespace dossier::pdf {

/// Percent-encodes what may not stand in a URI; empty if no document may lead there
/// (formats/shared/web_address.hpp).
std::string safe_uri(std::string const& url);

/// Where a link leads, as an entry of its annotation.
std::string link_to_page(std::uint32_t page_object, double page_height, double y);
std::string link_to_uri(std::string const& safe_uri);

/// @param key   its StructParent; none in a file without tags
/// @param leads  one of the two above
std::string link_annotation(Rect const& area, double page_height, std::optional<std::uint32_t> key,
                            std::string const& leads);

}  // namespace dossier::pdf
