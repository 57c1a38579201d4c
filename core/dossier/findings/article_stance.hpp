// Article stance: what one article says on each claim, from its distinct quotes (statistics.md 4.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// The share of directional quotes that must point one way for the article to take that side (tau of 4.1).
inline constexpr double one_direction_share = 0.70;
/// Other values of it, for sensitivity (4.7).
inline constexpr std::array direction_share_grid{0.50, 0.60, 0.70, 0.80, 0.90};

/// What an article says on a claim at each value of direction_share_grid, in two bytes.
class StancesAtThresholds {
public:
    /// The same at each: what it says by default.
    StancesAtThresholds() = default;
    explicit StancesAtThresholds(std::array<Stance, direction_share_grid.size()> const& stances) noexcept;

    [[nodiscard]] bool differ() const noexcept { return bits_ != 0; }
    /// @param by_default  what it says at one_direction_share
    [[nodiscard]] Stance at(std::size_t threshold, Stance by_default) const noexcept;

private:
    std::uint16_t bits_ = 0;  ///< three a stance; all 0: they do not differ
};

/// Who decides a claim where no engine of a plugin does, as in EvidenceItem::decided_by.
[[nodiscard]] char const* decider_of(Claim const& claim) noexcept;

/// Distinct quotes under one condition. Neutral ones discuss the claim and take no side.
struct QuoteCount {
    std::size_t supporting = 0, refuting = 0, neutral = 0;

    [[nodiscard]] bool directional() const noexcept { return supporting + refuting > 0; }
    [[nodiscard]] bool both_ways() const noexcept { return supporting > 0 && refuting > 0; }
    friend bool operator==(QuoteCount const&, QuoteCount const&) = default;
};

/// Distinct quotes on one claim by the condition that governs them ('' = none). The same words count once per
/// direction. Questions, hypotheticals and recommendations take no side; rebuttals come with their direction
/// turned already.
[[nodiscard]] std::map<std::string, QuoteCount> count_quotes(std::span<EvidenceItem const> items,
                                                             std::string_view claim_id);

/// Supports or refutes when at least a share of `threshold` of the directional quotes do; else mixed, also where as many
/// support as refute; neutral; silent when there are none.
[[nodiscard]] Stance stance_of(QuoteCount const& quotes, double threshold = one_direction_share) noexcept;

/// What the article says on a claim as a whole, from its strata. Quotes under disjoint conditions are not
/// compared:
/// - strata that take the same side: that side;
/// - what is said without a condition has the say, unless quotes under conditions against it outnumber it;
/// - otherwise mixed.
[[nodiscard]] Stance overall_stance(std::map<std::string, QuoteCount> const& by_condition,
                                    double threshold = one_direction_share) noexcept;

/// overall_stance at each value of direction_share_grid.
[[nodiscard]] StancesAtThresholds stances_at_thresholds(std::map<std::string, QuoteCount> const& by_condition) noexcept;

/// article_stances for one claim.
/// @param items  of the article; those on other claims are passed over
/// @param is_decided  false: the claim's engine failed (ArticleEvidence::undecided_claims)
[[nodiscard]] std::vector<ArticleStance> stances_on(Article const& article, Claim const& claim,
                                                    std::span<EvidenceItem const> items, bool is_decided = true);

/// One row per claim overall and per condition of that claim; by claim, then condition, registry order,
/// overall first. An article that could not be read is not_assessable on everything; one that breaks off,
/// wherever it says nothing.
[[nodiscard]] std::vector<ArticleStance> article_stances(Article const& article, ArticleEvidence const& evidence,
                                                         ClaimRegistry const& registry);

}  // namespace dossier
