// What a person declared about an article wins over what was read from it.
#pragma once

#include <span>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// Sets every declared, non-empty value on the article of the same path: origin "sources.toml", proposed false.
/// A [[source]] whose path no article has gets DOS0320 (warning), a second one for the same path DOS0321 (warning, the
/// last one counts key by key).
void apply_declared(std::span<DeclaredSource const> declared, std::vector<Article>& articles, Diagnostics& diagnostics);

}  // namespace dossier
