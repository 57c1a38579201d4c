// Stances: which articles take another side on a claim, and what that comes to for each claim under each condition.
#include <array>
#include <cstddef>
#include <string_view>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum StanceColumn : int {
    id_of_article,
    id_of_claim,
    id_of_condition,
    stance,
    decided_by,
    article_position,
    claim_position,
    condition_position,
    cluster_id,
    first_appraisal
};

/// What the weight of an article's stance rests on.
constexpr auto appraisals = std::to_array<std::string_view>(
    {"study_design", "conflict_of_interest", "risk_of_bias", "population", "weight", "publisher", "level_of_evidence"});

/// "" where no side is taken.
std::string_view side_of(std::string_view stance) noexcept {
    return stance == "supports" || stance == "refutes" || stance == "mixed" ? stance : std::string_view();
}

std::string quote_of(Query const& row, Lookups& file) {
    return file.quote(row.number(article_position), row.number(claim_position), row.number(condition_position));
}

bool is_appraised_otherwise(RowPair const& row) {
    for (std::size_t i = 0; i < appraisals.size(); ++i)
        if (row.differs(first_appraisal + static_cast<int>(i))) return true;
    return false;
}

class StanceComparison {
public:
    StanceComparison(ComparedFiles& files, ClaimChanges const& claims, Overrides const& overrides,
                     ReadingCauses const& reading)
        : files_(files), claims_(claims), overrides_(overrides), reading_(reading) {}

    void compare(RowPair const& row) {
        auto const& any = row.any();
        auto& moves = moves_[{std::string(any.text(id_of_claim)), std::string(any.text(id_of_condition))}];
        if (row.both() && !row.differs(stance)) {
            moves.n_other_sources += row.differs(cluster_id) ? 1 : 0;
            moves.n_other_appraisals += is_appraised_otherwise(row) ? 1 : 0;
            return;
        }
        auto const& article = files_.article(any.text(id_of_article));
        if (row.both())
            ++moves.n_flipped;
        else if (row.before == nullptr)
            ++(article.before.is_there ? moves.n_new : moves.n_new_articles);
        else
            ++(article.after.is_there ? moves.n_lost : moves.n_gone_articles);
        if (any.text(id_of_condition).empty()) emit(row, article);
    }
    [[nodiscard]] MovesByVerdict const& moves() const noexcept { return moves_; }

private:
    void emit(RowPair const& row, ArticleOnBothSides const& article) const {
        auto change = change_of(row.both()              ? stance_flipped
                                : row.before == nullptr ? stance_new
                                                        : stance_lost,
                                row, stance);
        change.claim_id = row.any().text(id_of_claim), change.article_id = row.any().text(id_of_article);
        change.condition_id = "";
        auto const claim = claims_.of(change.claim_id);
        if (row.before != nullptr)
            change.quote_before = quote_of(*row.before, files_.in_before);
        else if (article.before.is_there && !claim.is_new)
            change.before = files_.in_before.stance(change.article_id, change.claim_id);
        if (row.after != nullptr)
            change.quote_after = quote_of(*row.after, files_.in_after);
        else if (article.after.is_there && !claim.is_gone)
            change.after = files_.in_after.stance(change.article_id, change.claim_id);
        change.causes = causes_of(change, article, std::string(row.any().text(decided_by)));
        files_.emit(std::move(change));
    }

    [[nodiscard]] ChangeCauses causes_of(Change const& change, ArticleOnBothSides const& article,
                                         std::string const& decider) const {
        Question const question{change.claim_id, change.article_id, ""};
        auto const before = overrides_.before.find(question), after = overrides_.after.find(question);
        bool const was_overridden = before != overrides_.before.end();
        bool const is_overridden = after != overrides_.after.end();
        bool const are_both_there = article.is_there_both_times();
        if (are_both_there && is_overridden && (!was_overridden || before->second.stance != after->second.stance))
            return ChangeCauses().add(Cause::override_by_person);  // whatever the engine says now
        auto causes = reading_.of(change.claim_id, change.article_id, decider);
        if (!was_overridden || is_overridden || !are_both_there) return causes;
        // Nobody overrides it any more: the engine's own reading may have changed besides, or not.
        if (side_of(before->second.of_engine) == side_of(change.after.value_or(""))) causes = {};
        return causes.add(Cause::override_by_person);
    }

    ComparedFiles& files_;
    ClaimChanges const& claims_;
    Overrides const& overrides_;
    ReadingCauses const& reading_;
    MovesByVerdict moves_;
};

}  // namespace

MovesByVerdict compare_stances(ComparedFiles& files, ClaimChanges const& claims, Overrides const& overrides,
                               ReadingCauses const& reading) {
    StanceComparison stances(files, claims, overrides, reading);
    // The articles first: so rows come in order without being sorted all at once.
    files.merge_by_article(
        "SELECT a.article_id, s.claim_id, s.condition_id, s.stance, s.decided_by, s.article_position,"
        " s.claim_position, s.condition_position, a.cluster_id, " +
            files.rows.columns("articles", {appraisals.begin(), appraisals.end()}, "a.") +
            " FROM articles a CROSS JOIN taken_stances s ON s.article_position = a.position",
        "a.article_id", "ORDER BY a.article_id, s.claim_id, s.condition_id", 3,
        [&](RowPair const& row) { stances.compare(row); });
    return stances.moves();
}

}  // namespace dossier::comparison
