#include "dossier/evidence/statement/alignment.hpp"

#include <algorithm>
#include <string>

namespace dossier {
namespace {

bool has(std::vector<std::string> const& stems, std::string const& stem) {
    return std::find(stems.begin(), stems.end(), stem) != stems.end();
}

Alignment find_word(StatementWord const& wanted, TextSentence const& sentence) {
    Alignment found;
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        auto const& stem = sentence.words[i].stem;
        if (stem == wanted.word.stem) return {Link::same, i};
        if (found.link == Link::none && has(wanted.synonyms, stem)) found = {Link::synonym, i};
        if (found.link == Link::none && (has(wanted.antonyms, stem) || is_denied_form(stem, wanted.word.stem)))
            found = {Link::antonym, i};
    }
    return found;
}

}  // namespace

AlignedSentence align(ReadStatement::Parts const& statement, TextSentence const& sentence) {
    AlignedSentence aligned{&sentence, {}, 0.0};
    double found = 0.0;
    for (auto const& wanted : statement.words) {
        aligned.words.push_back(find_word(wanted, sentence));
        found += wanted.word.weight * worth(aligned.words.back().link);
    }
    aligned.recall = share(found, statement.total_weight);
    return aligned;
}

double share(double part, double whole) noexcept {
    return whole > 0.0 ? part / whole : 0.0;
}

}  // namespace dossier
