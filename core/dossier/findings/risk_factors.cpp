#include "dossier/findings/risk_factors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "dossier/findings/article_stance.hpp"

namespace dossier {

FactorDirection shared_direction(std::span<FactorDirection const> votes) noexcept {
    std::size_t n_votes = 0;
    for (auto const vote : votes)
        if (vote != FactorDirection::unclear) ++n_votes;
    for (auto const direction : {FactorDirection::raises, FactorDirection::lowers, FactorDirection::no_effect}) {
        auto const n = static_cast<std::size_t>(std::count(votes.begin(), votes.end(), direction));
        if (n > 0 && static_cast<double>(n) + 1e-9 >= one_direction_share * static_cast<double>(n_votes))
            return direction;
    }
    return FactorDirection::unclear;
}

}  // namespace dossier
