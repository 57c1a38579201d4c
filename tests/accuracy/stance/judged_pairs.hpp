// Pairs of a statement and a passage with what people and the statement model say of them.
#pragma once

#include "statement_pairs.hpp"

namespace accuracy {

struct JudgedPair {
    dossier::PassageStance label;
    Part part;
    dossier::StatementVerdict verdict;
};

/// By the weights that were fitted on the tuned part only (statement_model.tuned.toml).
[[nodiscard]] std::vector<JudgedPair> judged_pairs(std::filesystem::path const& corpora, std::string const& set);

}  // namespace accuracy
