#include "stance_table/decisions.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "shared/wording.hpp"

namespace stance_table {

using namespace dossier::shared;

Decisions::Decisions(dossier::Analysis const& analysis) {
    struct Override {
        std::string claim_id, article_id, condition_id, engine, person;
    };
    for (auto const& one : analysis.query<Override>(
             "SELECT claim_id, article_id, condition_id, overridden, decided_by FROM stances"
             " WHERE overridden IS NOT NULL ORDER BY claim_position, condition_position, article_id",
             {}, [](dossier::Row const& r) {
                 return Override{r.text(0), r.text(1), r.text(2), r.text(3), r.text(4)};
             }))
        overrides_[{one.claim_id, one.article_id, one.condition_id}] =
            "decided by " + one.person + "; engine said " + stance_in_words(one.engine);
}

std::string Decisions::override_of(dossier::Stance const& stance) const {
    auto const found = overrides_.find({stance.claim_id, stance.article_id, stance.condition_id});
    return found == overrides_.end() ? std::string() : found->second;
}

std::string Decisions::decision_on(dossier::Stance const& stance) const {
    auto const decided = override_of(stance);
    return decided.empty() ? "decided by " + stance.decided_by : decided;
}

dossier::Cell Decisions::remark_on(dossier::Stance const& stance) const {
    std::vector<std::string> parts;
    if (auto const decided = override_of(stance); !decided.empty()) parts.push_back(decided);
    if (stance.internally_contradictory)
        parts.push_back("says both under the same condition");
    else if (stance.explained_by_conditions)
        parts.push_back("explained by conditions");
    return or_empty(joined(parts, "; "));
}

dossier::Column Decisions::column_of_remarks() {
    return dossier::Column::text("remark", "Remark",
                                 "Who decided in place of the engine; whether conditions explain a mixed stance, or it "
                                 "contradicts itself.");
}

void Decisions::say_overrides(Subjects const& subjects, dossier::Blocks& out) const {
    constexpr std::size_t most_named = 20;  // all are in the remarks
    if (overrides_.empty()) return;
    std::vector<std::string> parts;
    for (auto const& [key, decided] : overrides_) {
        auto const& [claim_id, article_id, condition_id] = key;
        parts.push_back(subjects.source_of(article_id).mark() + " on “" + subjects.entry_of(claim_id).claim.statement +
                        "”" + (condition_id.empty() ? "" : " " + subjects.condition_name(condition_id)) + ": " +
                        decided);
    }
    out.callout(DOSSIER_CALLOUT_INFO,
                counted(static_cast<std::int64_t>(parts.size()), "stance is a person's", "stances are a person's"),
                joined_at_most(parts, most_named) + ".");
}

}  // namespace stance_table
