#include <cstdint>
#include <string>

#include "shared/wording.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::shared;

/// Under a condition, all but the articles that speak of it are silent or not assessable: both go without saying.
bool is_in_long_table(dossier::Stance const& stance, bool silent) {
    if (silent) return true;
    bool const says_nothing = stance.stance == "silent" || stance.stance == "not_assessable";
    return stance.condition_id.empty() ? stance.stance != "silent" : !says_nothing;
}

/// A stance that is taken, with the first quote on its side.
struct Taken {
    std::string article_id, claim_id, stance;
    std::int64_t n_supporting = 0, n_refuting = 0;
    std::string quote;
    std::int64_t quote_number = 0, line = 0;
    std::string path;
    std::string overridden;  ///< what the engine said; empty: nobody overrode it
};

}  // namespace

void tabulate_every_stance(Contents const& contents, dossier::Blocks& out) {
    bool const silent = contents.settings.silent;
    out.heading(2, "Every stance, one row each");
    {
        auto table = out.table(
            "Every stance by claim, condition and article",
            {Column::text("claim_id", "Claim"),
             Column::text("condition_id", "Condition", "Empty: the article as a whole."),
             Column::text("article_id", "Article"), Column::stance("stance", "Stance"),
             Column::integer("n_supporting", "For", "Distinct quotes that support."),
             Column::integer("n_refuting", "Against", "Distinct quotes that refute."), Decisions::column_of_remarks()},
            "every-stance");
        for (auto const& stance : contents.analysis.stances()) {
            if (!is_in_long_table(stance, silent)) continue;
            table.cells_row({Cell(stance.claim_id), or_empty(stance.condition_id), Cell(stance.article_id),
                             Cell(stance.stance).to(contents.targets.link_of(stance)), Cell(stance.n_supporting),
                             Cell(stance.n_refuting), contents.decisions.remark_on(stance)});
        }
    }
    if (!silent) {
        out.note(
            "A pair of claim and article without a row is silent; under a condition only who speaks of it has a "
            "row. The option “silent” gives every pair one.",
            "note-silence");
    }
}

void tabulate_flat(dossier::Analysis const& analysis, dossier::Blocks& out) {
    auto table = out.table(
        "Every stance that is taken, by article and claim",
        {Column::text("article_id", "Article"), Column::text("claim_id", "Claim"), Column::stance("stance", "Stance"),
         Column::integer("n_supporting", "For", "Distinct quotes that support."),
         Column::integer("n_refuting", "Against", "Distinct quotes that refute."),
         Column::quote("quote", "Quote", "The first on the side of the stance."), Column::text("file", "File"),
         Column::integer("line", "Line", "The line that the quote begins on."),
         Column::stance("overridden", "Engine said", "Where a person decided instead. Empty: nobody did.")},
        "stances");
    for (auto const& taken :
         analysis.query<Taken>("SELECT article_id, claim_id, stance, n_supporting, n_refuting, quote, "
                               "quote_number, line, path, overridden"
                               " FROM taken_stances WHERE condition_position = 0"
                               " ORDER BY article_position, claim_position",
                               {}, [](dossier::Row const& r) {
                                   return Taken{r.text(0), r.text(1),    r.text(2),    r.integer(3), r.integer(4),
                                                r.text(5), r.integer(6), r.integer(7), r.text(8),    r.text(9)};
                               }))
        table.cells_row({Cell(taken.article_id), Cell(taken.claim_id), Cell(taken.stance), Cell(taken.n_supporting),
                         Cell(taken.n_refuting), Cell::quote(taken.quote, taken.quote_number), Cell(taken.path),
                         taken.line == 0 ? Cell() : Cell(taken.line), or_empty(taken.overridden)});
}

}  // namespace stance_table
