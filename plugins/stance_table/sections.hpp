// Sections of the report, in the order in which they stand.
#pragma once

#include <dossier/plugin.hpp>

#include <cstddef>

#include "stance_table/chosen_quotes.hpp"
#include "stance_table/decisions.hpp"
#include "stance_table/subjects.hpp"

namespace stance_table {

struct Settings {
    std::size_t max_quotes = 0;  ///< per claim and article
    bool quotes = false, silent = false, long_table = false, flat = false;
};

/// What the sections are made of.
struct Contents {
    dossier::Analysis const& analysis;
    Settings const& settings;
    Subjects const& subjects;
    QuoteTargets const& targets;
    Decisions const& decisions;
};

/// Few articles: one table, a column each, with what the numbers over the columns stand for.
void tabulate_side_by_side(Contents const& contents, dossier::Blocks& out);
/// More articles: a table per claim, one row per article.
void tabulate_by_claim(Contents const& contents, dossier::Blocks& out);
/// Whether tabulate_by_claim() gives the stance a row.
bool has_row_by_claim(dossier::Stance const& stance, Settings const& settings);

/// The quotes, by claim and article.
void say_evidence(Contents const& contents, dossier::Blocks& out);
/// The articles, and what to know of them.
void say_articles(Subjects const& subjects, dossier::Blocks& out);

/// Tidy data: every stance, one row each.
void tabulate_every_stance(Contents const& contents, dossier::Blocks& out);
/// Large jobs: one table, row by row as the database gives them; nothing is kept.
void tabulate_flat(dossier::Analysis const& analysis, dossier::Blocks& out);

}  // namespace stance_table
