#include "dossier/findings/panel.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dossier {

namespace {

constexpr double range_at_the_middle = 2.35;  // Fitch et al. 2001: the range of a panel without preference
constexpr double correction_for_asymmetry = 1.5;
constexpr double middle_of_scale = 5, lowest = 1, highest = 9;

double percentile(std::vector<double> const& sorted, double share) {
    double const place = share * static_cast<double>(sorted.size() - 1);
    auto const below = static_cast<std::size_t>(place);
    auto const above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

PanelJudgement judge_percentiles(double p30, double p70) noexcept {
    PanelJudgement judgement;
    judgement.p30 = p30, judgement.p70 = p70;
    judgement.range = p70 - p30;
    judgement.range_allowed =
        range_at_the_middle + correction_for_asymmetry * std::abs(middle_of_scale - (p30 + p70) / 2);
    judgement.disagreement_index = judgement.range / judgement.range_allowed;
    judgement.disagreement = judgement.range > judgement.range_allowed;
    return judgement;
}

std::optional<PanelJudgement> judge_panel(std::span<double const> ratings) {
    std::vector<double> sorted(ratings.begin(), ratings.end());
    if (sorted.size() < 3) return std::nullopt;
    for (double const rating : sorted)
        if (!(rating >= lowest && rating <= highest)) return std::nullopt;
    std::sort(sorted.begin(), sorted.end());
    auto judgement = judge_percentiles(percentile(sorted, 0.3), percentile(sorted, 0.7));
    judgement.median = percentile(sorted, 0.5);
    return judgement;
}

}  // namespace dossier
