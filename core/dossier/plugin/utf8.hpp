// Whether bytes are UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

/// True for well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// `bytes` made safe to show: what is not UTF-8, and control characters other than the line break, as \xHH; cut after
/// at most `limit` bytes, at the end of a character.
[[nodiscard]] std::string printable(std::string_view bytes, std::size_t limit);

}  // namespace dossier
