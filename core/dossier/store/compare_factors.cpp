// Risk factors: which are named now and were not, which no more, and in which direction they point.
#include <cstdint>
#include <vector>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum FactorColumn : int { id_of_factor, direction, n_articles, definition_sha256 };

struct FactorChange {
    Change change;
    bool is_redefined = false;
};

std::vector<FactorChange> changed_factors(TwoAnalyses& rows) {
    std::vector<FactorChange> changed;
    rows.merge("SELECT factor_id, " + rows.columns("risk_factors", {"direction", "n_articles", "definition_sha256"}) +
                   " FROM risk_factors ORDER BY factor_id",
               1, [&](RowPair const& factor) {
                   auto const named = [](Query const* row) { return row != nullptr && row->number(n_articles) > 0; };
                   bool const was_named = named(factor.before), is_named = named(factor.after);
                   if (!was_named && !is_named) return;
                   if (was_named && is_named && !factor.differs(direction)) return;
                   Change change;
                   change.kind = !was_named ? factor_new : !is_named ? factor_lost : factor_changed;
                   change.factor_id = factor.any().text(id_of_factor);
                   if (was_named) change.before = value_in(factor.before, direction);
                   if (is_named) change.after = value_in(factor.after, direction);
                   changed.push_back({std::move(change), !factor.both() || factor.differs(definition_sha256)});
               });
    return changed;
}

/// Which articles name the factor now and did not, or the other way round, says most of why.
void find_causes(ComparedFiles& files, InputChanges const& inputs, Change& change, bool is_redefined) {
    std::int64_t n_gained = 0, n_lost = 0, n_unexplained = 0;
    files.rows.merge(
        "SELECT DISTINCT article_id FROM risk_mentions WHERE factor_id = ?1 ORDER BY article_id", 1,
        [&](RowPair const& mention) {
            if (mention.both()) return;
            ++(mention.before == nullptr ? n_gained : n_lost);
            auto const& article = files.article(mention.any().text(0));
            change.causes.add_if(!article.before.is_there, Cause::article_new)
                .add_if(!article.after.is_there, Cause::article_gone)
                .add_if(article.is_there_both_times() && article.has_other_text(), Cause::article_text);
            n_unexplained += article.has_other_text() ? 0 : 1;
        },
        change.factor_id);
    change.causes.add_if(is_redefined, Cause::factor_definition);
    if (n_unexplained > 0 || n_gained + n_lost == 0)
        change.causes.add_if(!is_redefined && inputs.definitions, Cause::registry)
            .add_if(inputs.lexicon, Cause::lexicon)
            .add_if(inputs.tool, Cause::tool_version);
    change.cause = in_words({{n_gained, "article names it now", "articles name it now"},
                             {n_lost, "article names it no longer", "articles name it no longer"}});
    if (!change.cause.empty() && !change.causes.empty()) change.cause += ": " + change.causes.sentence();
}

}  // namespace

void compare_factors(ComparedFiles& files, InputChanges const& inputs) {
    for (auto& [change, is_redefined] : changed_factors(files.rows)) {
        find_causes(files, inputs, change, is_redefined);
        files.emit(std::move(change));
    }
}

}  // namespace dossier::comparison
