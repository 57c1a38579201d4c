// Analysis: every article of a job read, asked every claim, and summed up. The left half of a run, in memory.
#pragma once

#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

struct JobAnalysis {
    std::vector<Article> articles;          ///< by path
    std::vector<ArticleEvidence> evidence;  ///< one per article, in the same order
    Findings findings;
    Diagnostics diagnostics;    ///< about articles and globs, by place
    std::string inputs_sha256;  ///< over path and hash of every article, and the declared sources
};

struct AnalysisSettings {
    unsigned n_threads = 0;       ///< 0: one per core; the result does not depend on it
    bool keep_decisions = false;  ///< for explain
};

/// Finds and reads the articles of a job, declared metadata applied, by path. Adds what there is to say about them.
/// @return empty when a glob is refused or matches nothing at all: that is an error of the job (DOS0220, DOS0221)
[[nodiscard]] std::vector<Article> read_articles(Job const& job, AnalysisSettings const& settings,
                                                 Diagnostics& diagnostics);

/// read_articles, then the stance engine, then the findings.
[[nodiscard]] JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                  AnalysisSettings const& settings);

}  // namespace dossier
