// Stance ratings: how far people agree with one another, and the detector with them, on what articles say
// (statistics.md 4.8).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// What one person says of one article on one claim. The unit that is rated is claim x article x condition.
struct StanceRating {
    std::string rater;                               ///< a person's id
    std::string claim_id, article_id, condition_id;  ///< condition_id empty: overall
    Stance stance = Stance::silent;
};

/// One person's rating beside what the detector said of the same unit.
struct DetectorRating {
    StanceRating person;
    Stance detector = Stance::silent;
};

/// Agreement of at least two people who rated independently: percent agreement, Cohen's kappa and Scott's pi (two raters) or
/// Conger's and Fleiss' kappa (more), Gwet's AC1, Brennan-Prediger, Krippendorff's alpha (nominal), and Krippendorff's alpha
/// (ordinal, refutes < mixed < supports) over the units whose ratings are all on that scale. Always the same rows in the same
/// order; a coefficient that is not defined has a status and no value. Intervals: bootstrap over units, same bytes on every
/// machine.
/// @param ratings  in any order; of two by one rater on one unit the later counts. Ratings that were made with sight of
///                 another's belong elsewhere
/// @return rows with the comparison "between raters"; empty when there are no ratings
[[nodiscard]] std::vector<RaterAgreement> agreement_between_raters(std::span<StanceRating const> ratings);

/// The same with the detector as one rater and the people, pooled, as the other: a unit that three people rated gives three
/// pairs, which the bootstrap draws together.
/// @return rows with the comparison "detector and people"; empty when there are no ratings
[[nodiscard]] std::vector<RaterAgreement> agreement_of_detector_and_people(std::span<DetectorRating const> ratings);

/// How often the detector said one thing and a person one thing; pairs that occur, by detector, then person.
[[nodiscard]] std::vector<ConfusionCount> confusion_of_detector_and_people(std::span<DetectorRating const> ratings);

}  // namespace dossier
