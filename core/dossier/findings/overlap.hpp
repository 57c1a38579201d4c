// Overlap: how far articles rest on the same primary studies (statistics.md 4.10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Corrected covered area of a matrix of articles and studies, (N - r) / (r c - r) (Pieper et al. 2014, J Clin Epidemiol
/// 67:368-375). In [0, 1] where each article names a study once at most.
///
/// @param citations  N: filled cells, that is, times that a study is named
/// @param studies    r: different studies
/// @param articles   c: articles
/// @return nullopt for no study, and for fewer than two articles: nothing can overlap
[[nodiscard]] std::optional<double> corrected_covered_area(std::size_t citations, std::size_t studies,
                                                           std::size_t articles) noexcept;

/// "slight" below 5 %, "moderate" below 10 %, "high" below 15 %, else "very high". The bands are a convention of Pieper et al.;
/// their empirical basis is contested (Bracchiglione et al. 2025).
[[nodiscard]] std::string overlap_band(double covered_area);

/// Which studies each article names: the one that it rests on, and the identifiers in its list of references. A study that the
/// text only describes counts where a person declared it. Of a name 64 bits are kept, of an article that names none four bytes.
class StudyCitations {
public:
    static constexpr std::size_t most_per_article = 1'000;               ///< what an article names beyond is left aside
    static constexpr std::size_t most_citations = std::size_t{1} << 25;  ///< 256 MiB; beyond, overlap is not defined

    /// Articles go by their number in this order, from 0.
    void add(Article const& article);

    [[nodiscard]] StudyOverlap of_all() const;
    /// @param articles  numbers, each once
    [[nodiscard]] StudyOverlap of(std::span<std::uint32_t const> articles, std::string claim_id) const;

private:
    /// Part of studies_: what one article names.
    struct Range {
        std::uint32_t begin = 0, end = 0;
    };
    [[nodiscard]] Range named_by(std::uint32_t article) const;
    [[nodiscard]] StudyOverlap overlap_of(std::span<Range const> ranges) const;
    [[nodiscard]] std::size_t n_different(std::span<Range const> ranges) const;

    std::deque<std::uint64_t> studies_;  ///< hashes, article by article, each once for an article
    std::deque<std::uint32_t> ends_;     ///< past the last study of each article
    bool too_many_ = false;
};

}  // namespace dossier
