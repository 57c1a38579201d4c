// SHA-256, as a Content-Security-Policy names the style and script that a page may have.
#pragma once

#include <string>
#include <string_view>

namespace dossier::html {

/// "sha256-" and the digest of `text` in base64: what stands between the quotes of a policy.
[[nodiscard]] std::string policy_hash(std::string_view text);

}  // namespace dossier::html
