#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "shared/quotes.hpp"
#include "shared/wording.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::link;
using dossier::strong;
using dossier::Text;
using namespace dossier::shared;

void say_quotes(Contents const& contents, ClaimEntry const& entry, dossier::Stance const& stance,
                Selection const& selection, dossier::Blocks& out) {
    auto const& subjects = contents.subjects;
    auto const& source = subjects.source_of(stance.article_id);
    Text head = link(source.mark() + " " + source.name(), "#" + source.anchor()) + ": " +
                strong(stance_in_words(stance.stance));
    head += " (" + counted(stance.n_supporting, "quote", "quotes") + " for, " + std::to_string(stance.n_refuting) +
            " against" + (stance.explained_by_conditions ? "; explained by conditions" : "") +
            (stance.decided_by == "engine" ? "" : "; " + contents.decisions.decision_on(stance)) + ")";
    out.paragraph(head);
    if (stance.internally_contradictory) {
        out.callout(DOSSIER_CALLOUT_WARNING, "Says both",
                    "This article asserts the claim and denies it under the same condition.");
    }
    auto const back = subjects.fit_side_by_side()                   ? "#" + entry.row_anchor()
                      : has_row_by_claim(stance, contents.settings) ? "#" + entry.row_anchor(source)
                                                                    : std::string();
    for (auto const& one : selection.shown) {
        dossier::Quoted quoted(one);
        quoted.anchor = one.evidence_id;
        quoted.back = back;
        quoted.comment = comment_on(one, one.condition_id.empty() ? "" : subjects.condition_name(one.condition_id));
        quoted.stance = one.direction;
        out.quote(quoted);
    }
    if (selection.n_left_out > 0) {
        out.paragraph(counted(static_cast<std::int64_t>(selection.n_left_out), "further quote", "further quotes") +
                      " of this article not shown.");
    }
}

void say_who_says_nothing(std::map<std::string, std::vector<std::string>> const& without_quotes, dossier::Blocks& out) {
    constexpr std::size_t most_marks = 16;  // named one by one
    for (auto const& [stance, marks] : without_quotes) {
        std::string names;
        if (marks.size() <= most_marks)
            for (auto const& mark : marks)
                names += " " + mark;
        else
            names = " " + std::to_string(marks.size()) + " articles";
        auto words = stance_in_words(stance);
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
        out.paragraph(strong(words + ":") + names);
    }
}

}  // namespace

void say_evidence(Contents const& contents, dossier::Blocks& out) {
    out.heading(2, "Evidence", "evidence");
    for (auto const& entry : contents.subjects.claims()) {
        out.heading(3, entry.claim.statement, entry.anchor());
        auto const evidence = evidence_by_article(contents.analysis, entry.claim.claim_id);
        std::map<std::string, std::vector<std::string>> without_quotes;  // stance -> marks of articles
        for (auto const& stance : contents.analysis.stances(entry.claim.claim_id)) {
            auto const found = evidence.find(stance.article_id);
            if (found == evidence.end())
                without_quotes[stance.stance].push_back(contents.subjects.source_of(stance.article_id).mark());
            else
                say_quotes(contents, entry, stance, select_quotes(found->second, contents.settings.max_quotes), out);
        }
        say_who_says_nothing(without_quotes, out);
    }
}

}  // namespace stance_table
