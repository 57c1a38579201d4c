// Evaluation text: what `dossier evaluate` prints.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/job/evaluation.hpp"

namespace dossier {

/// A row of a gold file that was answered otherwise.
struct WrongAnswer {
    std::string claim, article;
    std::vector<Stance> accepted;
    Stance answer = Stance::silent;
};

/// A labelled file, answered.
struct Evaluated {
    std::string file;
    std::size_t n_rows = 0, n_left_out = 0;  ///< rows that were read; rows with something wrong
    std::vector<Stance> classes;             ///< what could be answered
    std::string origin_of_classes;           ///< where that comes from, one clause
    std::string method;                      ///< how it was judged: "by …", "from …"
    std::map<Stance, std::size_t> n_answers;
    std::optional<EvaluationReport> report;  ///< nothing: the file has no labels
    std::vector<std::string> remarks;        ///< one sentence each
    std::vector<WrongAnswer> wrong = {};     ///< of a gold file, in the order of its rows
    std::string explained_by = {};           ///< the command that says why, up to the claim: "dossier explain job.toml"
};

/// For people: the confusion matrix, precision, recall and F1 per class, macro-F1, accuracy.
[[nodiscard]] std::string evaluation_as_text(Evaluated const& evaluated);

/// The same for programs: one JSON object, indented.
[[nodiscard]] std::string evaluation_as_json(Evaluated const& evaluated);

}  // namespace dossier
