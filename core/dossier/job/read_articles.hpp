// Reading the articles of a job: found by its globs, unpacked, read in parallel, handed on in batches.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/job.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/read_article.hpp"

namespace dossier {

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

/// Reads all articles of a job: files by path, and what is in a container or an export in its order there. Declared metadata
/// is applied, ids are unique. `take` gets one batch after the other; a batch holds at most some hundred articles, so that
/// memory does not grow with their number.
///
/// Adds what there is to say about them to `diagnostics`, at most 20 messages of one code for the parts of one file, then
/// how many more there were. Reads nothing when a glob is refused or matches nothing: an error of the job (DOS0220, DOS0221).
void read_articles(Job const& job, ReadingSettings const& settings,
                   std::function<void(std::vector<Article>& batch)> const& take, Diagnostics& diagnostics);

}  // namespace dossier
