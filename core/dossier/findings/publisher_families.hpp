// Publisher families: articles of one publisher or web site. They stay separate votes; how much they may be worth together
// is a question of sensitivity (statistics.md 4.4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Families of two articles and more, by name; their articles by id. Two articles are of one family if they state the same
/// publisher, or none but the same journal, or stand on the same site; addresses of indexes and archives (doi.org, PubMed, …)
/// say nothing. The order of `articles` does not matter.
[[nodiscard]] std::vector<PublisherFamily> publisher_families(std::span<Article const> articles);

/// publisher_families for articles that come one after the other and are not kept: of each the caller keeps a number. Names
/// of publishers and sites stay in memory.
class PublisherIndex {
public:
    /// @return the number of a name of its publisher; 0: nothing is known of it
    std::uint32_t add(Article const& article);
    /// The same for all numbers of one family; 0 for 0. After the last article was added.
    [[nodiscard]] std::uint32_t family_of(std::uint32_t number) const noexcept;

private:
    std::uint32_t number_of(std::string&& key);

    std::unordered_map<std::string, std::uint32_t> numbers_;  ///< from 1
    std::vector<std::uint32_t> parents_{0}, sizes_{1};        ///< by number; of a root: itself, and its family's size
};

/// The domain that one owner registers, in lower case: "www.health.example.co.uk" gives "example.co.uk", and
/// "me.blogspot.com", where each name has its own owner, itself. Empty: `url` is no web address, or one of an index or archive.
[[nodiscard]] std::string site_of(std::string_view url);

/// How many independent sources `n_sources` of one publisher are worth at an intra-cluster correlation of `rho`:
/// n / (1 + (n - 1) rho), statistics.md 4.4. 0 for 0.
[[nodiscard]] double effective_sources(std::size_t n_sources, double rho) noexcept;

/// The correlation assumed for articles of one publisher.
inline constexpr double same_publisher_rho = 0.5;

}  // namespace dossier
