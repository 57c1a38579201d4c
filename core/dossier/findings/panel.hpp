// Panel: whether a panel that rates on the scale 1 to 9 agrees (RAND/UCLA appropriateness method, statistics.md 4.12).
#pragma once

#include <optional>
#include <span>

namespace dossier {

/// Percentile range adjusted for symmetry: the wider the further the panel's middle lies from 5.
struct PanelJudgement {
    std::optional<double> median;     ///< 1 to 9; absent when only percentiles are known
    double p30 = 0.0, p70 = 0.0;      ///< 30th and 70th percentile
    double range = 0.0;               ///< IPR = P70 - P30
    double range_allowed = 0.0;       ///< IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|
    double disagreement_index = 0.0;  ///< IPR / IPRAS; above 1: disagreement
    bool disagreement = false;        ///< IPR > IPRAS
};

/// From the two percentiles. Precondition: 1 <= p30 <= p70 <= 9.
[[nodiscard]] PanelJudgement judge_percentiles(double p30, double p70) noexcept;

/// From the panel's ratings, 1 to 9, in any order; percentiles between two ratings are interpolated (Hyndman & Fan 1996,
/// type 7).
/// @return nullopt below three ratings, which make no panel, and when one is outside 1 to 9
[[nodiscard]] std::optional<PanelJudgement> judge_panel(std::span<double const> ratings);

}  // namespace dossier
