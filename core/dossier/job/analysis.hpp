// Analysis: every article of a job read, asked every claim, and summed up. The left half of a run, in memory.
#pragma once

#include <functional>
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

class PluginEngines;

struct JobAnalysis {
    std::vector<Article> articles;          ///< by path of the file, then in their order in it
    std::vector<ArticleEvidence> evidence;  ///< one per article, in the same order
    Findings findings;
    Diagnostics diagnostics;    ///< about articles, globs and engines, by place
    bool refused = false;       ///< the job's sources cannot be read as it says; nothing else is there
    std::string inputs_sha256;  ///< over path and hash of every article, and the declared sources
};

struct AnalysisSettings {
    unsigned n_threads = 0;  ///< 0: one per core; the result does not depend on it
    /// For explain: the articles whose decisions and sentences are kept. Those of others are dropped once used. Called
    /// from several threads at once; may be empty.
    std::function<bool(Article const&)> keep_decisions_of;
    bool allow_unsandboxed = false;    ///< read PDFs even where the kernel has no Landlock
    PluginEngines* engines = nullptr;  ///< that decide some of the claims; null: none
};

/// read_articles, the stance engine on each, then the findings.
[[nodiscard]] JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                  AnalysisSettings const& settings);

}  // namespace dossier
