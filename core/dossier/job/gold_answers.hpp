// Gold answers: a job's own stances on the claims and articles that an analyst has labelled.
#pragma once

#include <optional>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/labelled_file.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

class PluginEngines;

struct GoldAnswer {
    std::optional<Stance>
        stance;  ///< overall; nothing: the row names no claim or no article of the job, as a message says
    std::optional<double> confidence;
};

/// Reads the job's articles once, and looks into those that a row names: by id, path, file name, or file name without its
/// extension. A name that no article or more than one has costs its rows (DOS0245), as does an unknown claim (DOS0244).
///
/// @param engines  of the job; decide their claims, as in a run
/// @return one answer per row, in their order
[[nodiscard]] std::vector<GoldAnswer> answer_gold(Job const& job, ClaimRegistry const& registry,
                                                  GoldStances const& gold, ReadingSettings const& settings,
                                                  Lexicon const& lexicon, PluginEngines& engines,
                                                  Diagnostics& diagnostics);

}  // namespace dossier
