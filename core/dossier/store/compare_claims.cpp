// Claims, and what people judged of their certainty.
#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum ClaimColumn : int { id_of_claim, statement, definition_sha256, decided_by };

void emit_claim(ComparedFiles const& files, RowPair const& claim, ChangeKind kind, ClaimColumn column,
                std::string aspect, ChangeCauses causes = ChangeCauses().add(Cause::input)) {
    auto change = change_of(kind, claim, column);
    change.claim_id = claim.any().text(id_of_claim), change.aspect = std::move(aspect);
    change.causes = causes;
    files.emit(std::move(change));
}

ClaimFacts facts_of(RowPair const& claim) {
    ClaimFacts facts;
    facts.is_new = claim.before == nullptr, facts.is_gone = claim.after == nullptr;
    facts.decider_before = value_in(claim.before, decided_by).value_or("");
    facts.decider_after = value_in(claim.after, decided_by).value_or("");
    if (!claim.both()) return facts;
    facts.definition_changed = claim.differs(statement) || claim.differs(definition_sha256);
    facts.decider_changed = claim.differs(decided_by);
    return facts;
}

void emit_changes_of(ComparedFiles const& files, RowPair const& claim, ClaimFacts const& facts, bool job_changed) {
    if (!claim.both()) return emit_claim(files, claim, facts.is_new ? claim_new : claim_gone, statement, {});
    if (claim.differs(statement))
        emit_claim(files, claim, claim_changed, statement, "statement");
    else if (facts.definition_changed)
        emit_claim(files, claim, claim_changed, definition_sha256, "definition");
    if (facts.decider_changed)
        emit_claim(
            files, claim, claim_changed, decided_by, "decided_by",
            ChangeCauses().add_if(facts.definition_changed, Cause::claim_definition).add_if(job_changed, Cause::job));
}

enum JudgementColumn : int { judged_claim, judged_condition, domain, judgement_text };

void compare_judgements(ComparedFiles& files, std::set<ClaimAndCondition>& judged_otherwise) {
    files.rows.merge(
        "SELECT claim_id, condition_id, coalesce(domain, ''),"
        " coalesce(level, levels_down || CASE levels_down WHEN 1 THEN ' level' ELSE ' levels' END || ' down')"
        " || ' (' || who || ')' FROM judgements WHERE status = 'applied' ORDER BY 1, 2, 3",
        3, [&](RowPair const& judgement) {
            if (judgement.both() && !judgement.differs(judgement_text)) return;
            auto const& row = judgement.any();
            auto change = change_of(judgement_changed, judgement, judgement_text);
            change.claim_id = row.text(judged_claim), change.condition_id = row.text(judged_condition);
            change.aspect = row.text(domain).empty() ? "certainty" : row.text(domain);
            change.causes.add(Cause::input);
            judged_otherwise.emplace(change.claim_id, *change.condition_id);
            files.emit(std::move(change));
        });
}

}  // namespace

ClaimFacts ClaimChanges::of(std::string const& claim_id) const {
    auto const found = claims.find(claim_id);
    return found == claims.end() ? ClaimFacts() : found->second;
}

ClaimChanges compare_claims(ComparedFiles& files, InputChanges const& inputs) {
    ClaimChanges changes;
    files.rows.merge(
        "SELECT claim_id, " + files.rows.columns("claims", {"statement", "definition_sha256", "decided_by"}) +
            " FROM claims ORDER BY claim_id",
        1, [&](RowPair const& claim) {
            auto const& facts = changes.claims[std::string(claim.any().text(id_of_claim))] = facts_of(claim);
            emit_changes_of(files, claim, facts, inputs.job);
        });
    compare_judgements(files, changes.judged_otherwise);
    return changes;
}

}  // namespace dossier::comparison
