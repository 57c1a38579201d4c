// Reading the articles of a job: found by its globs, unpacked, read in parallel, handed on in batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/article_keys.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/job.hpp"
#include "dossier/sources/find_articles.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/read_article.hpp"

namespace dossier {

/// The files that a job names.
[[nodiscard]] FoundArticles find_articles(Job const& job);

/// The bounds and mappings that a job sets for its files.
[[nodiscard]] InputOptions input_options(Job const& job);

/// How a job's articles are read, PDFs by the sandboxed reader.
/// @param allow_unsandboxed  read PDFs even where the kernel has no Landlock
[[nodiscard]] ReadOptions read_options(Job const& job, bool allow_unsandboxed);

struct ReadingSettings {
    unsigned n_threads = 0;          ///< 0: one per core; the result does not depend on it
    bool allow_unsandboxed = false;  ///< as for read_options
    std::size_t batch = 512;         ///< articles at most that are handed on together; the result does not depend on it
};

/// How one article was come by, and what a cache has to do with it.
struct Recollection {
    std::string context;  ///< ArticleKeys::digest_of what it shares with the others of its file
    std::optional<ArticleEvidence>
        evidence;                   ///< what engines said of it in an earlier run; then they need not be asked
    std::optional<ArticleKey> key;  ///< under which it is to be kept; nullopt: it is not to be
    std::string reading;            ///< with a key: encode_reading
    std::uint64_t checked = 0;      ///< with evidence: StreamedAnalysis::checked
};

/// Earlier runs, asked before an article is read.
struct ArticleMemory {
    ArticleCache& cache;
    ArticleKeys const& keys;
    /// Whether somebody needs the sentences of an article whatever is known of it; empty: nobody does.
    std::function<bool(Article const&)> needs_sentences;
};

/// Gets one batch after the other, and how it was come by, one each in the same order.
using TakeRead = std::function<void(std::vector<Article>& batch, std::vector<Recollection>& recollections)>;

/// read_articles. An article of which the memory knows both the reading and what engines said has no sentences, unless they are
/// needed.
/// @param found  find_articles of the job
void read_or_recall_articles(Job const& job, FoundArticles found, ReadingSettings const& settings,
                             ArticleMemory* memory, TakeRead const& take, Diagnostics& diagnostics);

/// Reads all articles of a job: files by path, and what is in a container or an export in its order there. Declared metadata
/// is applied, ids are unique. `take` gets one batch after the other; a batch holds at most some hundred articles, so that
/// memory does not grow with their number.
///
/// Adds what there is to say about them to `diagnostics`, at most 20 messages of one code for the parts of one file, then
/// how many more there were. Reads nothing when a glob is refused or matches nothing: an error of the job (DOS0220, DOS0221).
void read_articles(Job const& job, ReadingSettings const& settings,
                   std::function<void(std::vector<Article>& batch)> const& take, Diagnostics& diagnostics);

/// Whether a message of this code is about what an article's file holds, DOS03xx.
[[nodiscard]] bool is_of_reading(std::string_view code) noexcept;

}  // namespace dossier
