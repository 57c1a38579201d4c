// What features are gathered in, and what the words of a sentence say by their classes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "dossier/evidence/statement/alignment.hpp"
#include "dossier/evidence/statement/features.hpp"

namespace dossier {

/// The features of one statement and one passage.
class FeatureList {
public:
    /// @param value  is cut to [-1, 1]; 0 is left out
    /// @param words  from which it was read
    void add(std::string name, double value, std::string words = {}) {
        value = std::clamp(value, -1.0, 1.0);
        if (value != 0.0) features_.push_back({std::move(name), value, 0.0, std::move(words)});
    }
    /// By name; leaves nothing.
    [[nodiscard]] std::vector<Contribution> take() {
        std::sort(features_.begin(), features_.end(),
                  [](auto const& a, auto const& b) { return a.feature < b.feature; });
        return std::move(features_);
    }

private:
    std::vector<Contribution> features_;
};

/// Words of a class.
[[nodiscard]] std::size_t count_words(std::vector<ReadWord> const& words, WordClass word_class);
/// The first four of them, with commas between.
[[nodiscard]] std::string list_words(std::vector<ReadWord> const& words, WordClass word_class);
/// More against less, or good against bad: +1, 0 or -1; a denied word counts for nothing.
[[nodiscard]] int sign_of(std::vector<ReadWord> const& words, WordClass positive, WordClass negative);
/// The word says "more" or "less", and not both.
[[nodiscard]] bool is_direction(ReadWord const& word);
/// Something has no effect, or is denied.
[[nodiscard]] bool denies_an_effect(std::vector<ReadWord> const& words);

/// The statement beside the sentence that has most of it.
void add_sentence_features(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features);
/// The statement beside the passage as a whole.
/// @param aligned  one for each sentence of the passage, at least one
/// @param best     the one of them that has most of the statement
void add_passage_features(ReadStatement::Parts const& statement, TextReading const& passage,
                          std::vector<AlignedSentence> const& aligned, AlignedSentence const& best,
                          FeatureList& features);

}  // namespace dossier
