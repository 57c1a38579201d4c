// Evaluation: answers against what people labelled; a confusion matrix and what follows from it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/evidence.hpp"

namespace dossier {

/// "supports" … "not_assessable"; nullopt: no stance is called so.
[[nodiscard]] std::optional<Stance> stance_named(std::string_view name) noexcept;

/// One case: what people said of it, and what was answered.
struct JudgedCase {
    /// At least one. An answer is right if it is among them; a wrong one stands in the confusion matrix beside the first.
    std::vector<Stance> accepted;
    std::optional<Stance> answer;  ///< nothing: not judged, which is never right
};

/// How well one class was told. A share of nothing is 0, as is usual; `n_answered` and `n_labelled` say where.
struct ClassScore {
    Stance stance = Stance::silent;
    std::size_t n_labelled = 0;  ///< cases of this class
    std::size_t n_answered = 0;  ///< cases that were said to be of it
    std::size_t n_right = 0;     ///< both
    double precision = 0.0;      ///< n_right / n_answered
    double recall = 0.0;         ///< n_right / n_labelled
    double f1 = 0.0;             ///< harmonic mean of both; 0 if both are
};

struct EvaluationReport {
    std::vector<Stance> classes;  ///< those that occur as label or as answer, in the order of Stance
    /// By label, then by answer, both as in `classes`; behind these one column for cases that were not judged.
    std::vector<std::vector<std::size_t>> confusion;
    std::vector<ClassScore> scores;  ///< one per class
    std::size_t n = 0, n_right = 0, n_not_judged = 0;
    double accuracy = 0.0;  ///< n_right / n; 0 without cases
    double macro_f1 = 0.0;  ///< plain mean of the classes' F1; 0 without classes
    /// Score of the Fake News Challenge, where supports, refutes, neutral and silent all are labels: a quarter for telling
    /// silent from the rest, three quarters more for the right one of the rest; as a share of the best possible.
    std::optional<double> weighted_score;
    std::vector<std::string> notes;  ///< which shares are of nothing, one sentence each
};

/// The order of the cases does not matter.
[[nodiscard]] EvaluationReport evaluate(std::span<JudgedCase const> cases);

}  // namespace dossier
