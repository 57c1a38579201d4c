// Web addresses: what may be shown as a link.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

/// An absolute http or https address with a host, its scheme in lower case; nullopt for anything else: other schemes,
/// relative addresses, addresses with white space, quotes, angle brackets or control characters, over 2,000 bytes.
[[nodiscard]] std::optional<std::string> web_address(std::string_view text);

}  // namespace dossier
