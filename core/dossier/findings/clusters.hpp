// Clusters: articles that are one source count once (design.md 2, promise 3).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Groups articles with the same main text, or declared to rest on the same study (DOI, PMID, title as
/// given). What was only proposed from the text groups nothing. Clusters and their articles are sorted by
/// article id; every article is in exactly one. The order of `articles` does not matter.
[[nodiscard]] std::vector<Cluster> cluster_articles(std::span<Article const> articles);

/// A study reference so that two spellings of one compare equal: lower case, one space, without "doi:",
/// "pmid:" and resolver addresses. Empty for empty.
[[nodiscard]] std::string same_study_key(std::string_view rests_on);

/// What a cluster says, given what its articles say: the side its informative articles share, mixed if they
/// disagree; else neutral if one is, else silent if one could be read, else not_assessable. silent for no
/// articles.
[[nodiscard]] Stance cluster_stance(std::span<Stance const> articles) noexcept;

}  // namespace dossier
