// Pooled effects: which effect sizes of which articles may be pooled, and what they come to (statistics.md 4.9).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dossier/findings/article_ids.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Why a number cannot be pooled whatever other articles say, in words; empty: nothing in itself keeps it from that.
/// Percentages and bounds ("up to") never can; an effect needs a confidence interval that it lies in, and a sentence that
/// names exactly one risk factor.
[[nodiscard]] std::string_view reason_not_poolable(Quantity const& quantity) noexcept;

/// What EffectGathering found.
struct EffectFindings {
    std::vector<PooledEffect> pooled;     ///< by group, each by all four methods
    std::vector<EffectUse> uses;          ///< by article, place; of the effects whose sentence names one risk factor
    std::vector<EffectLeftOut> left_out;  ///< by group, method, article id; of groups of 3 to `most_left_out` effects
};
inline constexpr std::size_t most_left_out = 200;

/// Gathers the effect sizes of articles that come one after the other and are not kept: some sixty bytes stay of each
/// effect whose sentence names one risk factor, nothing of any other number.
///
/// Pooled are effects of one measure on one factor, of one population (that of the number, else of its article; "not
/// stated" is a population of its own) and one adjustment, each from another cluster; mean differences in one stated
/// unit. Of the effects of one cluster the
/// one with the smallest standard error is taken (most of the data; of equals the first by article id and place).
/// An interval without a level is taken for one of 95 %. Ratios and their ends are held within 1e-12 and 1e12.
class EffectGathering {
public:
    /// @param registry  must outlive this
    explicit EffectGathering(ClaimRegistry const& registry);

    /// @param number  of the article as it came, from 0
    void add(std::uint32_t number, Article const& article, ArticleEvidence const& evidence);

    /// Once, last.
    /// @param ids  ranked
    /// @param cluster_of  the cluster of an article, both by rank
    [[nodiscard]] EffectFindings finish(ArticleIds const& ids,
                                        std::function<std::uint32_t(std::uint32_t)> const& cluster_of);

private:
    /// An effect on the scale on which it is pooled: of a ratio the natural logarithm.
    struct Effect {
        std::uint32_t article = 0, place = 0;
        std::uint32_t factor = 0;                  ///< its place in the registry
        std::uint32_t population = 0, unit = 0;    ///< numbers of their names; 0: not stated
        std::uint8_t measure = 0, adjustment = 0;  ///< places in their lists of names
        std::string_view reason;                   ///< why it cannot be pooled whatever others say: a constant
        double estimate = 0.0, standard_error = 0.0;
    };
    class Pooling;

    std::uint32_t number_of_name(std::string_view name);

    ClaimRegistry const& registry_;
    std::unordered_map<std::string_view, std::uint32_t> factors_;
    std::map<std::string, std::uint32_t, std::less<>> names_;  ///< of populations and units
    std::deque<Effect> effects_;                               ///< by article and place
};

}  // namespace dossier
