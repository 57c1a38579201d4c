// Quote contexts: what stands around a quote in its article, for formats that show it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "dossier/model/job.hpp"
#include "dossier/plugin.h"
#include "dossier/plugin/assemble.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/store/analysed_quotes.hpp"

namespace dossier {

/// Looks contexts up in the articles themselves. The file of an article is read once, when one of its articles is quoted
/// for the first time, and what surrounds all its quotes is kept; beyond `max_bytes` altogether nothing more is kept, and
/// later quotes come without context. So do quotes of a file that changed since it was analysed. Not for several threads.
class QuoteContexts {
public:
    static constexpr std::size_t default_max_bytes = std::size_t{128} << 20;

    /// @param database  analysis.sqlite of the run, finished
    /// @throws Failure (store) when it cannot be read
    QuoteContexts(Job const& job, std::filesystem::path const& database, bool allow_unsandboxed,
                  std::size_t max_bytes = default_max_bytes);

    /// Up to two whole sentences on either side, of the same section and of the main text; sentences are joined by a space,
    /// paragraphs by a line break. Empty where the quote begins or ends its section.
    [[nodiscard]] QuoteContext around(dossier_quote const& quote);

private:
    void read(AnalysedArticle const& article);
    void keep(AnalysedArticle const& article, ArticleInput const& input);

    Job const& job_;
    ReadOptions read_options_;
    InputOptions input_options_;
    AnalysedQuotes analysed_;
    std::size_t bytes_left_;
    std::set<std::int64_t> read_;                    ///< numbers of the articles that were read
    std::map<std::int64_t, QuoteContext> contexts_;  ///< by number of the quote
};

}  // namespace dossier
