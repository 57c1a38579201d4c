#include "stance_table/by_claim.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "shared/wording.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::Cell;
using dossier::Column;
using dossier::link;
using dossier::strong;
using dossier::Text;
using namespace dossier::shared;

void tabulate_claim(Contents const& contents, ClaimEntry const& entry, std::vector<dossier::Stance> const& stances,
                    dossier::Blocks& out) {
    auto const& subjects = contents.subjects;
    auto table = out.table(
        entry.claim.statement,
        {Column::text("article", "Article"), Column::text("condition", "Condition", "Empty: the article as a whole."),
         Column::stance("stance", "Stance"), Column::integer("n_supporting", "For", "Distinct quotes that support."),
         Column::integer("n_refuting", "Against", "Distinct quotes that refute."), Decisions::column_of_remarks(),
         Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id"),
         Column::id("article_id", "Article id")},
        "stances-" + entry.anchor());
    for (auto const& stance : stances) {
        if (!has_row_by_claim(stance, contents.settings)) continue;
        auto const& source = subjects.source_of(stance.article_id);
        bool const overall = stance.condition_id.empty();
        table.cells_row({Cell(source.mark() + " " + source.name()).to("#" + source.anchor()),
                         overall ? Cell() : Cell(subjects.condition_name(stance.condition_id)),
                         Cell(stance.stance).to(contents.targets.link_of(stance)), Cell(stance.n_supporting),
                         Cell(stance.n_refuting), contents.decisions.remark_on(stance), Cell(stance.claim_id),
                         or_empty(stance.condition_id), Cell(stance.article_id)},
                        overall ? entry.row_anchor(source) : "");
    }
}

/// "Of 30 articles 5 support, 1 refutes, 24 are silent. Quotes"
void say_tally(Contents const& contents, ClaimEntry const& entry, std::vector<dossier::Stance> const& stances,
               dossier::Blocks& out) {
    std::map<std::string, std::int64_t> n_articles;
    for (auto const& stance : stances)
        if (stance.condition_id.empty()) ++n_articles[stance.stance];
    std::string tally;
    auto const add = [&](char const* stance, char const* singular, char const* plural) {
        if (auto const n = n_articles[stance]; n > 0)
            tally += (tally.empty() ? " " : ", ") + counted(n, singular, plural);
    };
    add("supports", "supports", "support");
    add("refutes", "refutes", "refute");
    add("mixed", "is mixed", "are mixed");
    add("neutral", "is neutral", "are neutral");
    add("silent", "is silent", "are silent");
    add("not_assessable", "is not assessable", "are not assessable");
    Text text = "Of " + std::to_string(contents.subjects.sources().size()) + " articles" + tally + ".";
    if (contents.settings.quotes) text += Text(" ") + link("Quotes", "#" + entry.anchor());
    out.paragraph(text);
}

}  // namespace

bool has_row_by_claim(dossier::Stance const& stance, Settings const& settings) {
    if (!stance.condition_id.empty()) return is_informative(stance.stance);
    return settings.silent || stance.stance != "silent";
}

void tabulate_by_claim(Contents const& contents, dossier::Blocks& out) {
    auto const& settings = contents.settings;
    out.heading(2, "What each article says on each claim", "stances");
    if (!settings.silent)
        out.paragraph("Silent articles are counted but not listed; the option “silent” lists them too.");
    for_each_claim(contents.analysis, [&](std::vector<dossier::Stance> const& stances) {
        auto const& entry = contents.subjects.entry_of(stances.front().claim_id);
        if (std::any_of(stances.begin(), stances.end(),
                        [&](auto const& stance) { return has_row_by_claim(stance, settings); })) {
            tabulate_claim(contents, entry, stances, out);
        } else {
            out.paragraph(strong(entry.claim.statement));
        }
        say_tally(contents, entry, stances, out);
    });
}

}  // namespace stance_table
