#include "dossier/evidence/statement/features.hpp"

#include <algorithm>

#include "dossier/evidence/statement/alignment.hpp"
#include "dossier/evidence/statement/feature_list.hpp"

namespace dossier {

std::vector<Contribution> features_of(ReadStatement::Parts const& statement, TextReading const& passage) {
    FeatureList features;
    if (passage.sentences.empty() || statement.words.empty()) return {};
    std::vector<AlignedSentence> aligned;
    for (auto const& sentence : passage.sentences)
        aligned.push_back(align(statement, sentence));
    auto const& best = *std::max_element(aligned.begin(), aligned.end(),
                                         [](auto const& a, auto const& b) { return a.recall < b.recall; });
    add_sentence_features(statement, best, features);
    add_passage_features(statement, passage, aligned, best, features);
    if (statement.text.is_question) features.add("the statement is a question", 1.0);
    features.add("statement is long", std::min(1.0, static_cast<double>(statement.words.size()) / 20.0));
    return features.take();
}

}  // namespace dossier
