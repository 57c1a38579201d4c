// By claim: the stances of an analysis, those on one claim at a time.
#pragma once

#include <dossier/plugin.hpp>

#include <vector>

namespace stance_table {

/// Hands on the stances on one claim after the other, by condition in registry order (none first), then by article.
/// @param take  called with a vector of them that is not empty
template <class Take>
void for_each_claim(dossier::Analysis const& analysis, Take const& take) {
    std::vector<dossier::Stance> of_claim;
    auto const finish = [&] {
        if (!of_claim.empty()) take(of_claim);
        of_claim.clear();
    };
    for (auto const& stance : analysis.stances()) {
        if (!of_claim.empty() && of_claim.front().claim_id != stance.claim_id) finish();
        of_claim.push_back(stance);
    }
    finish();
}

}  // namespace stance_table
