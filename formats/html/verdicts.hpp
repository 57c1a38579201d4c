// The title block's verdicts: what the analysis comes to on each claim, in four parts and never as one.
#pragma once

#include <dossier/plugin.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace dossier::html {

/// A table of verdicts; empty where there are none.
/// @param anchors   where the document speaks of a claim, by its statement; claims without one are not linked
/// @param max_rows  claims beyond these are counted and left out
[[nodiscard]] std::string verdicts_markup(std::vector<dossier_verdict> const& verdicts,
                                          std::map<std::string, std::string> const& anchors, std::size_t max_rows);

}  // namespace dossier::html
