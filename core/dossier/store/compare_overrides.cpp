// Overrides: stances that a person decided.
#include <optional>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;

enum OverrideColumn : int { id_of_claim, id_of_article, id_of_condition, stance, who, overridden };

/// "refutes (Jane Doe)"
std::optional<std::string> override_text(Query const* row) {
    if (row == nullptr) return std::nullopt;
    return std::string(row->text(stance)).append(" (").append(row->text(who)).append(")");
}

void note(Query const* row, std::map<Question, Override>& overrides) {
    if (row == nullptr) return;
    overrides.emplace(Question(row->text(id_of_claim), row->text(id_of_article), row->text(id_of_condition)),
                      Override{std::string(row->text(stance)), std::string(row->text(overridden))});
}

void emit_override(ComparedFiles const& files, RowPair const& row, bool annotations_changed,
                   ReadingCauses const& reading) {
    Change change;
    change.kind = row.before == nullptr ? override_new : row.after == nullptr ? override_gone : override_changed;
    change.claim_id = row.any().text(id_of_claim), change.article_id = row.any().text(id_of_article);
    change.condition_id = row.any().text(id_of_condition);
    change.before = override_text(row.before), change.after = override_text(row.after);
    // An annotation that was not touched holds as long as text and claim are those that it was made for.
    change.causes = annotations_changed ? ChangeCauses().add(ChangeCause::input)
                                        : reading.of(change.claim_id, change.article_id, {});
    files.emit(std::move(change));
}

}  // namespace

Overrides compare_overrides(ComparedFiles& files, InputChanges const& inputs, ReadingCauses const& reading) {
    Overrides overrides;
    if (files.has_no_overrides()) return overrides;
    files.rows.merge(
        "SELECT claim_id, article_id, condition_id, stance, decided_by, overridden FROM stances"
        " WHERE overridden IS NOT NULL ORDER BY 1, 2, 3",
        3, [&](RowPair const& row) {
            note(row.before, overrides.before), note(row.after, overrides.after);
            if (!row.both() || row.differs(stance) || row.differs(who))
                emit_override(files, row, inputs.annotations, reading);
        });
    return overrides;
}

}  // namespace dossier::comparison
