// Blocks that outlive the call that brought them: the layout may have to wait until it knows what the document holds.
#pragma once

#include <dossier/plugin.hpp>

#include <string>
#include <variant>
#include <vector>

#include "shared/charts/chart.hpp"

namespace dossier::pdf {

struct RunOfText {
    std::uint32_t style = 0;
    std::string text, link;
};
using Runs = std::vector<RunOfText>;

struct SectionBegin {
    std::string anchor;
};
struct SectionEnd {};
struct Heading {
    int level = 1;
    std::string text, anchor;
};
struct Paragraph {
    Runs runs;
};
struct ListBegin {
    bool ordered = false;
};
struct ListEnd {};
struct ItemBegin {};
struct ItemEnd {};
struct Quote {
    std::string text, path, url, anchor, back, comment, stance, stance_shown;
    std::uint64_t line = 0;
    std::uint64_t page = 0;  ///< 0: the source has none
};
struct Note {
    Runs runs;
    std::string anchor;
};
struct TableColumn {
    std::string title;
    std::uint32_t kind = 0;
};
struct TableBegin {
    std::string caption, anchor;
    std::vector<TableColumn> columns;
};
struct TableCell {
    std::string shown, target;
    std::string stance;  ///< stance cells: the word that decides the colour
};
struct TableRow {
    std::vector<TableCell> cells;
    std::string anchor;
};
struct TableEnd {};
using Chart = charts::Chart;
struct Callout {
    std::uint32_t tone = 0;
    std::string title;
    Runs runs;
};
struct PageBreak {};

using Block = std::variant<SectionBegin, SectionEnd, Heading, Paragraph, ListBegin, ListEnd, ItemBegin, ItemEnd, Quote,
                           Note, TableBegin, TableRow, TableEnd, Chart, Callout, PageBreak>;

/// What the analysis comes to on one claim: four words, never one.
struct Verdict {
    std::string statement, direction, agreement, certainty, coverage;
    std::uint64_t n_clusters = 0, supports = 0, refutes = 0, mixed = 0;
    bool fragile = false;  ///< leaving out one source gives another verdict
};

/// What the document says of itself.
struct DocumentFacts {
    std::string title, as_of, language, generator;
    std::vector<Verdict> verdicts;
};
DocumentFacts owned(dossier_document const& document);

Runs owned_runs(dossier_run const* runs, std::size_t n_runs);
TableBegin owned(dossier_table const& table);
Quote owned(dossier_quote const& quote, Output& output);
using charts::owned;

/// A stance word with its symbol, as the host shows it: "▲ supports".
std::string shown_stance(Output& output, dossier_text stance);

/// Bytes held by a block, roughly.
std::size_t weight(TableRow const& row);
std::size_t weight(Block const& block);

}  // namespace dossier::pdf
