#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "shared/wording.hpp"
#include "stance_table/by_claim.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::shared;

/// An id as the key of a column: "articles/01-Post.txt" -> "articles_01_post_txt". Not unique yet.
std::string as_key(std::string const& id) {
    constexpr std::size_t longest = 60;
    std::string key;
    for (char const c : id) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!key.empty() && key.back() != '_')
            key += '_';
    }
    bool const begins_well = !key.empty() && key.front() >= 'a' && key.front() <= 'z';
    if (!begins_well) key.insert(0, key.empty() ? "article" : "article_");
    key.resize(std::min(key.size(), longest));
    while (key.back() == '_')
        key.pop_back();
    return key;
}

/// What the numbers over the columns stand for.
void tabulate_key(Subjects const& subjects, dossier::Blocks& out) {
    auto table =
        out.table("The articles by number",
                  {Column::integer("number", "No."), Column::text("title", "Title"),
                   Column::text("kind", "Kind", "Study design or kind of text. Empty: not stated."),
                   Column::date("year", "Year", "Year of publication. Empty: not stated."),
                   Column::text("same_source", "Same source as",
                                "The first article that rests on the same source; the two count once. Empty: none "
                                "before it."),
                   Column::id("article_id", "Article id"), Column::id("cluster_id", "Cluster id")},
                  "article-key");
    for (auto const& source : subjects.sources()) {
        bool const counted_before = source.cluster_number != source.number;
        table.cells_row(
            {Cell(source.number), Cell(source.name()).to("#" + source.anchor()), or_empty(source.article.study_design),
             or_empty(source.year()), counted_before ? Cell("[" + std::to_string(source.cluster_number) + "]") : Cell(),
             Cell(source.article.article_id), Cell(source.article.cluster_id)},
            source.key_anchor());
    }
}

std::vector<Column> matrix_columns(std::vector<Source> const& sources) {
    std::vector<Column> columns{
        Column::text("claim", "Claim", "Empty: the claim above, under a condition."),
        Column::text("condition", "Condition", "Empty: the claim as a whole, whatever the condition.")};
    std::set<std::string> keys{"claim", "condition", "claim_id", "condition_id"};
    for (auto const& source : sources) {
        auto key = as_key(source.article.article_id);
        if (!keys.insert(key).second) {
            for (key += "_" + std::to_string(source.number); !keys.insert(key).second;)
                key += "_";
        }
        columns.push_back(Column::stance(key, source.mark(), source.name()));
    }
    columns.insert(columns.end(), {Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")});
    return columns;
}

/// One row: the stances of all articles on a claim, as a whole or under one condition.
void say_matrix_row(Contents const& contents, std::vector<dossier::Stance> const& stances, dossier::Table& table) {
    auto const& entry = contents.subjects.entry_of(stances.front().claim_id);
    auto const& condition = stances.front().condition_id;
    bool const overall = condition.empty();
    bool const anything =
        std::any_of(stances.begin(), stances.end(), [](auto const& stance) { return is_informative(stance.stance); });
    if (!overall && !anything) return;  // nobody speaks of the claim under this condition
    std::vector<Cell> cells;
    cells.push_back(overall ? Cell(entry.claim.statement).to(contents.settings.quotes ? "#" + entry.anchor() : "")
                            : Cell());
    cells.push_back(overall ? Cell() : Cell(contents.subjects.condition_name(condition)));
    for (auto const& stance : stances)
        cells.push_back(Cell(stance.stance).to(contents.targets.link_of(stance)));
    cells.insert(cells.end(), {Cell(entry.claim.claim_id), or_empty(condition)});
    table.cells_row(cells, overall ? entry.row_anchor() : "");
}

void tabulate_matrix(Contents const& contents, dossier::Blocks& out) {
    auto table =
        out.table("What each article says on each claim", matrix_columns(contents.subjects.sources()), "stances");
    for_each_claim(contents.analysis, [&](std::vector<dossier::Stance> const& stances) {
        for (auto row = stances.begin(); row != stances.end();) {
            auto const end = std::find_if(row, stances.end(),
                                          [&](auto const& stance) { return stance.condition_id != row->condition_id; });
            say_matrix_row(contents, {row, end}, table);
            row = end;
        }
    });
}

}  // namespace

void tabulate_side_by_side(Contents const& contents, dossier::Blocks& out) {
    tabulate_key(contents.subjects, out);
    tabulate_matrix(contents, out);
}

}  // namespace stance_table
