// Judging pairs: what a text is to a claim of which nothing but the statement is known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/labelled_file.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

struct PairVerdict {
    std::optional<Stance> answer;      ///< nothing: not judged
    std::optional<double> confidence;  ///< calibrated chance that the answer is right; absent: no calibration applies
    std::string problem;               ///< why it was not judged, one clause
};

enum class PairMethod {
    passages,  ///< by the statement model (evidence/statement_model.hpp)
    articles   ///< each text as a whole article (evidence/article_reading.hpp); `mixed` is never answered
};

/// How pairs are judged: articles where `silent` may be answered and most texts are longer than a passage, which has at most
/// ten sentences. Labels have no say in it.
[[nodiscard]] PairMethod method_for(std::span<LabelledPair const> pairs, std::span<Stance const> classes) noexcept;

/// Judges each pair by method_for. A passage is silent where that may be answered and it shares no content word with the
/// claim; else the model chooses among the other classes. Silence and whole articles have no confidence.
///
/// @param classes    what may be answered, at least one
/// @param n_threads  0: one per core; the verdicts do not depend on it
/// @return one verdict per pair, in their order
[[nodiscard]] std::vector<PairVerdict> judge_pairs(std::span<LabelledPair const> pairs, std::span<Stance const> classes,
                                                   Lexicon const& lexicon, unsigned n_threads);

}  // namespace dossier
