// Labelled files: claims, texts and what people say they are to each other, for `dossier evaluate`.
//
// Tables with a line of names first: fields between TABs, and no quoting; or, where the file's name ends in .csv, as other
// CSV (docs/inputs/csv.md). The names decide what a column is, whatever their order; further columns are passed over.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

inline constexpr std::size_t max_labelled_file_bytes = 512u << 20;  ///< a larger file is refused
inline constexpr std::size_t max_labelled_row_bytes = 4u << 20;     ///< a longer row costs itself
inline constexpr std::size_t max_labelled_claim_bytes = 4000;       ///< of a claim in a row; a longer one costs its row

/// A claim and a text that may speak of it.
struct LabelledPair {
    std::string id;  ///< number of its line where the file has no column `id`
    std::string claim, text;
    std::optional<Stance> label;  ///< nothing: the file has no labels
};

struct LabelledPairs {
    std::vector<LabelledPair> rows;  ///< in file order
    bool has_labels = false;
    std::size_t n_left_out = 0;  ///< rows with something wrong, each with a message
};

/// Columns `claim` and `evidence_text`, and, if they are there, `id` and `label` (supports, refutes, mixed, neutral, silent).
/// @param path  as messages name it, too
/// @return nullopt when the file is no such table (DOS0240, DOS0241); a bad row costs itself (DOS0242, DOS0243)
[[nodiscard]] std::optional<LabelledPairs> read_pairs(std::string const& path, Diagnostics& diagnostics);

/// What an analyst says is an article's stance on a claim of a job.
struct GoldStance {
    std::string claim;    ///< id
    std::string article;  ///< id, path or file name
    std::vector<Stance> accepted;
    Place claim_place, article_place;
};

struct GoldStances {
    std::vector<GoldStance> rows;  ///< in file order
    std::size_t n_left_out = 0;
};

/// Columns `claim`, `article` and `accepted_stances`: one of the six, or several joined by `|`. A row that contradicts an
/// earlier one on the same claim and article costs itself (DOS0246).
[[nodiscard]] std::optional<GoldStances> read_gold(std::string const& path, Diagnostics& diagnostics);

}  // namespace dossier
