// Overrides: stances that people decided, in place of what an article's quotes add up to.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// A person's decision on one article, one claim and one condition. It concerns that question alone: a stance under a
/// condition leaves the stance on the claim as a whole as it is, and the other way round.
struct StanceOverride {
    std::string claim_id, condition_id;     ///< condition_id empty: overall
    Stance stance = Stance::silent;         ///< what the person says
    Stance detector = Stance::silent;       ///< what the engine says
    std::string who, why;                   ///< a person's id; one sentence
    std::vector<EvidenceItem> quotes = {};  ///< what the person points at; empty: the engine's own quotes bear it out
};

/// Puts people's stances into the rows of one article. A row that a person decided has no confidence, and contradicts
/// itself only if the person, too, says that it is mixed.
/// @param items  what the engine found in the article; a quote that a person points at counts beside them
void apply_overrides(std::span<StanceOverride const> overrides, std::span<EvidenceItem const> items,
                     std::vector<ArticleStance>& rows);

/// Makes the quotes that people point at evidence of the article: an item of the engine with the same words on the same
/// side becomes the person's. To be called after the stances were summed up, since quotes under a condition would count
/// for the claim as a whole.
void add_quotes(std::span<StanceOverride const> overrides, ArticleEvidence& evidence);

}  // namespace dossier
