// Clusters: articles that are one source count once (design.md 2, promise 3; docs/independence.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/findings/article_ids.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Fewer different shingles, and equal texts are no sign of one source: "No abstract available."
inline constexpr std::uint32_t least_same_text_shingles = 8;

/// Groups articles that are one source, and says why: same or near-duplicate text (of articles that could be read),
/// duplicate bibliographic records, the same study, the same press release. What was proposed from the text groups by
/// explicit identifiers only (DOI, PMID, PMC, trial number). Article::independent keeps an article out of all but same text and
/// declared studies. Clusters and their articles are sorted by article id; every article is in exactly one. The order of
/// `articles` does not matter. Takes time that grows close to linearly with their number.
///
/// @param n_compared  if given, set to the number of pairs of texts and records that were compared
[[nodiscard]] std::vector<Cluster> cluster_articles(std::span<Article const> articles,
                                                    std::size_t* n_compared = nullptr);

/// A cluster of several articles.
struct SharedSource {
    Cluster cluster;
    std::vector<std::uint32_t> ranks;  ///< of its articles, ascending (ArticleIds)
};

/// cluster_articles for articles that come one after the other and are not kept: of a text that stands alone nothing
/// stays in memory, its sketch lies on disk. Of a bibliographic record, and of an article that rests on a study or a press
/// release, its metadata stay too: one to two kilobytes.
class ClusterFinder {
public:
    /// @param scratch_folder  for sketches and what else is asked for last; empty: the system's folder for temporary files
    explicit ClusterFinder(std::filesystem::path const& scratch_folder = {});
    ~ClusterFinder();

    /// @throws Failure (io): disk full
    void add(Article const& article);

    /// Once, last. Clusters of several articles, sorted by their first; whoever is in none is a cluster of one.
    /// @param ids  ranked; numbers as the articles were added
    /// @param n_compared  as for cluster_articles
    [[nodiscard]] std::vector<SharedSource> shared_sources(ArticleIds const& ids, std::size_t* n_compared = nullptr);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A study reference so that two spellings of one compare equal: lower case, one space, without "doi:",
/// "pmid:" and resolver addresses. Empty for empty.
[[nodiscard]] std::string same_study_key(std::string_view rests_on);

/// Whether a key of same_study_key names one study beyond doubt: a DOI, a PMID, a PMC or trial number.
[[nodiscard]] bool is_study_identifier(std::string_view key);

}  // namespace dossier
