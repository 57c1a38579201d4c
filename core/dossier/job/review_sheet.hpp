// Review sheet: questions for a human eye as a table that opens in a spreadsheet, and what comes back filled in.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

inline constexpr std::size_t largest_review_sheet = 64u << 20;  ///< bytes; a larger file is refused

struct ReviewQuote {
    std::string text, sha256;
    std::string place;  ///< "articles/a.txt:12", "articles/a.pdf, p. 3, line 12"
    Direction side = Direction::neutral;
};

/// One article on one claim under one condition, and what a person needs to see to decide.
struct ReviewRow {
    std::vector<std::string> reasons;  ///< why it is on the sheet, the weightiest first; empty: it takes a stance
    std::string claim_id, statement;
    std::string condition_id, condition_name;  ///< empty: overall
    std::string article_id, title;
    Stance detector = Stance::silent;
    std::optional<double> confidence;
    std::vector<ReviewQuote> quotes;    ///< by place
    std::size_t n_quotes_left_out = 0;  ///< that did not fit
    std::string article_sha256, statement_sha256;
};

/// Whose eyes a sheet is for.
struct SheetReader {
    std::string who;     ///< written into the column `who`; empty: left empty
    bool blind = false;  ///< nothing of what the engine says, in an order of this reader's own
};

/// Comma-separated values (RFC 4180, UTF-8 with a byte order mark, lines ending in CR LF). A text that a spreadsheet would
/// run as a formula has an apostrophe before it.
///
/// A blind sheet has no columns `reason` and `detector`, and its rows come in an order that follows from the reader's id:
/// neither the engine's urgency nor the other reader's order shows.
[[nodiscard]] std::string review_sheet(std::vector<ReviewRow> rows, SheetReader const& reader);

/// One row of a sheet in which a person wrote a stance.
struct FilledRow {
    Annotation annotation;  ///< its quote is the one that was chosen, or the only one; place: the row's
    std::size_t n_quotes = 0;
    bool quote_by_default = false;  ///< the only quote of the row, without a number
};

struct FilledSheet {
    std::vector<FilledRow> rows;
    std::size_t n_empty = 0;  ///< rows without a stance
};

/// Reads a sheet that came back. Every mistake is told with its line (DOS0253, DOS0260 to DOS0266); columns are found by name, and
/// may have been moved, semicolons may stand between them, and further columns are passed over.
///
/// @param who   of rows whose column `who` is empty; may be empty
/// @return nullopt when there was an error
[[nodiscard]] std::optional<FilledSheet> read_review_sheet(std::string const& path, AnnotationRole role,
                                                           std::string const& who, Diagnostics& diagnostics);

}  // namespace dossier
