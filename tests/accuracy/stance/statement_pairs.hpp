// Pairs of a statement and a passage with the label that people gave them; which part each is in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "accuracy.hpp"
#include "dossier/evidence/statement_model.hpp"

namespace accuracy {

struct StatementPair {
    std::string id, statement, passage;
    dossier::PassageStance label = dossier::PassageStance::neutral;
    std::string group;        ///< pairs that share a statement or a passage, directly or through others, have one group
    Part part = Part::tuned;  ///< tuned or aside; the same for a whole group
};

/// A set of corpora/stance: "check_covid", "scifact_rte", "pubmedqa"; or "evidence_inference", whose interventions and
/// outcomes are put into statements ("X increases Y compared with Z"). In the order of the file.
[[nodiscard]] std::vector<StatementPair> statement_pairs(std::filesystem::path const& corpora, std::string const& set);

/// The labels that occur.
[[nodiscard]] dossier::PassageStances stances_of(std::vector<StatementPair> const& pairs);

}  // namespace accuracy
