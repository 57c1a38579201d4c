// Features: what the statement model weighs, each a named value in [-1, 1] with the words that it was read from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/evidence/statement/text_reading.hpp"
#include "dossier/evidence/statement_model.hpp"

namespace dossier {

/// A content word of a statement, with what may stand for it.
struct StatementWord {
    ReadWord word;
    std::vector<std::string> synonyms, antonyms;  ///< stems
    std::size_t at = 0;                           ///< its first place among all words of the statement
};

struct ReadStatement::Parts {
    Lexicon const* lexicon = nullptr;
    TextReading text;
    std::vector<ReadWord> all;         ///< words of all its sentences
    std::vector<StatementWord> words;  ///< its content words, each once
    double total_weight = 0.0;         ///< of `words`
    std::string problem;
    std::vector<std::string> terms;
    std::vector<std::string> names;  ///< as terms, without opposites and short synonyms, which mean too many things
};

/// By name; values of 0 are left out.
[[nodiscard]] std::vector<Contribution> features_of(ReadStatement::Parts const& statement, TextReading const& passage);

}  // namespace dossier
