// Render: the three ways in which messages are written; diagnostic.hpp's render() chooses.
#pragma once

#include <span>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

[[nodiscard]] std::string render_human(std::span<Diagnostic const> diagnostics);
[[nodiscard]] std::string render_json(std::span<Diagnostic const> diagnostics);
[[nodiscard]] std::string render_sarif(std::span<Diagnostic const> diagnostics);

/// "error", "warning", "note"; the same words in all three, and SARIF's levels.
[[nodiscard]] char const* name_of(Severity severity) noexcept;

}  // namespace dossier
