// What a component was up to when the sandbox stopped it.
#pragma once

#include <cstdint>

namespace dossier {

/// "it tried to open a socket", …
/// @param call  number of the system call, as the worker leaves it behind WorkerStatus::violation
[[nodiscard]] char const* attempt_of(std::uint32_t call) noexcept;

}  // namespace dossier
