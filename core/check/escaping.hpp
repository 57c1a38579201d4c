// Attacks that the kit knows: whether words of a hostile document became markup of the file they stand in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier::check {

/// Says what became markup in a file made of a hostile document (document_generator.hpp), or nothing.
/// @param name  of the file; empty: the only one
using EscapingCheck = std::optional<std::string> (*)(std::string_view name, std::string_view bytes);

/// nullptr for media types that the kit knows no attacks on.
[[nodiscard]] EscapingCheck escaping_check(std::string_view media_type);

}  // namespace dossier::check
