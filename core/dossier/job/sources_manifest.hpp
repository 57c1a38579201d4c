// Sources manifest: reads sources.toml, in which a person declares what is known about the articles.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// Reads a manifest, in file order. Every mistake is told, sorted by place. Whether an article of each path exists is
/// for the caller to say.
///
/// @param path    where the file is
/// @param shown   how messages name it
/// @param naming  the error to add when the file cannot be read, placed where the file was named; its message is
///                completed with the reason. nullopt: the file itself is the place
/// @return nullopt when there was an error
[[nodiscard]] std::optional<std::vector<DeclaredSource>> load_sources_manifest(
    std::filesystem::path const& path, std::string const& shown, Diagnostics& diagnostics,
    std::optional<Diagnostic> naming = std::nullopt);

}  // namespace dossier
