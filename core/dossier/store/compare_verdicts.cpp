// Verdicts: what the changes before came to, on each claim under each condition.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum VerdictColumn : int {
    direction = 2,
    agreement,
    certainty,
    coverage,
    neutral,
    silent,
    not_assessable,
    informative
};

/// "no evidence found in 4 articles" is the same verdict as in 5.
bool is_only_counted_otherwise(RowPair const& verdict, VerdictColumn column) {
    constexpr std::string_view none = "no evidence found in ";
    return verdict.before->text(column).starts_with(none) && verdict.after->text(column).starts_with(none);
}

/// Who takes no side counts for the coverage; and for direction and agreement where nobody takes one.
bool moves_with_silence(RowPair const& verdict, VerdictColumn column) {
    bool const is_informative = verdict.before->number(informative) > 0 || verdict.after->number(informative) > 0;
    return column == coverage || (column != certainty && !is_informative);
}

/// Changes that stances and articles are, as they count for one verdict.
struct Moved {
    Moves stances;
    ArticleChanges articles;
};

Moved moved_of(ClaimAndCondition const& key, bool with_silence, VerdictGrounds const& grounds) {
    Moved moved;
    if (auto const found = grounds.moves.find(key); found != grounds.moves.end()) moved.stances = found->second;
    moved.articles = with_silence ? grounds.articles
                                  : ArticleChanges{moved.stances.n_new_articles, moved.stances.n_gone_articles, 0, 0};
    return moved;
}

std::string text_of(Moved const& moved) {
    auto const& [stances, articles] = moved;
    return in_words({{stances.n_flipped, "stance flipped", "stances flipped"},
                     {stances.n_new, "stance new", "stances new"},
                     {stances.n_lost, "stance lost", "stances lost"},
                     {articles.n_new, "article new", "articles new"},
                     {articles.n_gone, "article gone", "articles gone"},
                     {articles.n_unreadable, "article unreadable now", "articles unreadable now"},
                     {articles.n_readable, "article readable again", "articles readable again"}});
}

ChangeCauses causes_of(Moved const& moved) {
    auto const& [stances, articles] = moved;
    return ChangeCauses()
        .add_if(stances.n_flipped + stances.n_new + stances.n_lost > 0, Cause::stances)
        .add_if(articles.n_new > 0, Cause::article_new)
        .add_if(articles.n_gone > 0, Cause::article_gone)
        .add_if(articles.n_unreadable + articles.n_readable > 0, Cause::article_readability);
}

/// What moves a verdict though no stance moved.
ChangeCauses other_causes(RowPair const& verdict, VerdictColumn column, ClaimAndCondition const& key,
                          Moves const& moves, VerdictGrounds const& grounds) {
    bool const is_judged = grounds.claims.judged_otherwise.contains(key);
    bool const is_silence = verdict.differs(neutral) || verdict.differs(silent) || verdict.differs(not_assessable);
    return ChangeCauses()
        .add_if(is_silence && moves_with_silence(verdict, column) && !grounds.articles.any(), Cause::silent_sources)
        .add_if(moves.n_other_sources > 0, Cause::sources)
        .add_if(moves.n_other_appraisals > 0 && column == certainty, Cause::article_metadata)
        .add_if(grounds.claims.of(key.first).definition_changed, Cause::claim_definition)
        .add_if(is_judged && column == certainty, Cause::judgement)
        .add_if(grounds.inputs.tool, Cause::tool_version);
}

void emit_verdict(ComparedFiles const& files, RowPair const& verdict, VerdictColumn column, std::string aspect,
                  VerdictGrounds const& grounds) {
    auto change = change_of(verdict_changed, verdict, column);
    change.aspect = std::move(aspect);
    change.claim_id = verdict.any().text(0), change.condition_id = verdict.any().text(1);
    ClaimAndCondition const key{change.claim_id, *change.condition_id};
    auto const moved = moved_of(key, moves_with_silence(verdict, column), grounds);
    auto const others = other_causes(verdict, column, key, moved.stances, grounds);
    change.causes = causes_of(moved).add(others);
    change.cause = text_of(moved);
    change.cause += (change.cause.empty() || others.empty() ? "" : "; ") + others.sentence();
    files.emit(std::move(change));
}

}  // namespace

void compare_verdicts(ComparedFiles& files, VerdictGrounds const& grounds) {
    files.rows.merge(
        "SELECT claim_id, condition_id, direction_word, agreement_word, certainty_word, coverage_word, neutral,"
        " silent, not_assessable, supports + refutes + mixed FROM consensus ORDER BY claim_id, condition_id",
        2, [&](RowPair const& verdict) {
            if (!verdict.both()) return;  // the claim is new or gone, or looked at under other conditions
            for (auto const& [column, aspect] : {std::pair(direction, "direction"),
                                                 {agreement, "agreement"},
                                                 {certainty, "certainty"},
                                                 {coverage, "coverage"}})
                if (verdict.differs(column) && !is_only_counted_otherwise(verdict, column))
                    emit_verdict(files, verdict, column, aspect, grounds);
        });
}

}  // namespace dossier::comparison
