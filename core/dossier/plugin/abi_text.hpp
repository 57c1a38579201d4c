// Text of the plugin ABI as the host's own.
#pragma once

#include <string_view>

#include "dossier/plugin.h"

namespace dossier {

/// The text, borrowed for as long as the ABI says; empty for NULL, whatever size a plugin gives it.
[[nodiscard]] inline std::string_view view(dossier_text text) noexcept {
    return text.size == 0 || text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

}  // namespace dossier
