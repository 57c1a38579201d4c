// The title block's verdicts: what the analysis comes to on each claim, in four parts and never as one.
#pragma once

#include <dossier/plugin.h>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace dossier::html {

/// A share or an agreement as the tables of the same document show it; empty for what is no number.
using NumberText = std::function<std::string(double)>;

/// A table of verdicts; empty where there are none.
/// @param anchors   where the document speaks of a claim, by its statement; claims without one are not linked
/// @param max_rows  claims beyond these are counted and left out
[[nodiscard]] std::string verdicts_markup(std::vector<dossier_verdict> const& verdicts,
                                          std::map<std::string, std::string> const& anchors, std::size_t max_rows,
                                          NumberText const& number_text);

}  // namespace dossier::html
