// Analysis: every article of a job read, asked every claim, and summed up. The left half of a run, in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"
#include "dossier/model/job.hpp"
#include "dossier/sources/find_articles.hpp"

namespace dossier {

class Adjudication;
class ArticleCache;
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
    unsigned n_threads = 0;            ///< 0: one per core; the result does not depend on it
    bool allow_unsandboxed = false;    ///< read PDFs even where the kernel has no Landlock
    PluginEngines* engines = nullptr;  ///< that decide some of the claims; null: none
    Adjudication* adjudication =
        nullptr;                    ///< shown every article; what it has to say joins the diagnostics; null: none
    ArticleCache* cache = nullptr;  ///< what earlier runs found out, and this one will have; null: all is done anew
};

/// An analysis whose articles were handed on.
struct StreamedAnalysis {
    Diagnostics diagnostics;    ///< as in JobAnalysis
    bool refused = false;       ///< the same
    std::string inputs_sha256;  ///< the same
    /// A plugin's engine failed after articles were taken from the cache, about which it would not be asked: what was handed on
    /// is not what a run without the cache hands on. Nothing else is there.
    bool again_without_cache = false;
    std::size_t n_articles = 0;  ///< handed on
    std::size_t n_recalled = 0;  ///< of them out of the cache
    /// By article, in their order, state_of_file (checked_quotes.hpp) from before its file was read, where all its quotes were
    /// found to stand in the bytes of it; else 0, as for those after its end.
    std::vector<std::uint64_t> checked;
};

/// Gets one batch of articles after the other with what was read out of them, one each in the same order; may take both.
using TakeAnalysed = std::function<void(std::vector<Article>& articles, std::vector<ArticleEvidence>& evidence)>;

/// read_articles and the stance engine on each. Of what is handed on nothing is kept. The same articles give the same,
/// whatever the cache holds.
/// @param found what find_articles says of the job, where it was asked already
[[nodiscard]] StreamedAnalysis analyse_in_batches(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                                  AnalysisSettings const& settings, TakeAnalysed const& take,
                                                  std::optional<FoundArticles> found = std::nullopt);

/// The same in memory but for the sentences, then the findings.
[[nodiscard]] JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                  AnalysisSettings const& settings);

}  // namespace dossier
