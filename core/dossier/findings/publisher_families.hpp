// Publisher families: articles of one publisher or web site. They stay separate votes; how much they may be worth together
// is a question of sensitivity (statistics.md 4.4).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Families of two articles and more, by name; their articles by id. Two articles are of one family if they state the same
/// publisher, or none but the same journal, or stand on the same site; addresses of indexes and archives (doi.org, PubMed, …)
/// say nothing. The order of `articles` does not matter.
[[nodiscard]] std::vector<PublisherFamily> publisher_families(std::span<Article const> articles);

/// The domain that one owner registers, in lower case: "www.health.example.co.uk" gives "example.co.uk", and
/// "me.blogspot.com", where each name has its own owner, itself. Empty: `url` is no web address, or one of an index or archive.
[[nodiscard]] std::string site_of(std::string_view url);

/// How many independent sources `n_sources` of one publisher are worth at an intra-cluster correlation of `rho`:
/// n / (1 + (n - 1) rho), statistics.md 4.4. 0 for 0.
[[nodiscard]] double effective_sources(std::size_t n_sources, double rho) noexcept;

/// The correlation assumed for articles of one publisher.
inline constexpr double same_publisher_rho = 0.5;

}  // namespace dossier
