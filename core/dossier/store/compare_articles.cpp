// Articles: which came and went, and what is known of those that stayed.
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum ArticleColumn : int { id_of_article, sha256, status, status_reason, retracted, proposed, first_value };

constexpr auto article_values = std::to_array<std::string_view>(
    {"title", "author", "published", "publisher", "url", "study_design", "conflict_of_interest", "funding", "rests_on",
     "population", "doi", "pmid", "journal", "press_release", "language", "risk_of_bias", "weight", "path",
     "truncated"});
constexpr int title = first_value;

void emit_article(ComparedFiles const& files, RowPair const& article, ChangeKind kind, int column, std::string aspect,
                  ChangeCauses const& causes) {
    auto change = change_of(kind, article, column);
    change.article_id = article.any().text(id_of_article), change.aspect = std::move(aspect);
    // What is not there has no text; what has none has at least a name.
    if (article.before != nullptr && !change.before && !article.both()) change.before = change.article_id;
    if (article.after != nullptr && !change.after && !article.both()) change.after = change.article_id;
    change.causes = causes;
    if (kind == article_changed && change.aspect == "text") change.cause = "its file changed";
    if (kind == article_changed && change.aspect == "path") change.cause = "its file was moved";
    files.emit(std::move(change));
}

void emit_retraction(ComparedFiles const& files, RowPair const& article, ChangeCauses causes) {
    bool const was_retracted = article.before->number(retracted) != 0;
    bool const is_retracted = article.after->number(retracted) != 0;
    Change change;
    change.kind = is_retracted ? article_retracted : article_reinstated;
    change.article_id = article.any().text(id_of_article);
    change.before = was_retracted ? "retracted" : "not retracted";
    change.after = is_retracted ? "retracted" : "not retracted";
    change.causes = causes.add_if(!article.differs(sha256), Cause::declared);
    files.emit(std::move(change));
}

/// Whether a value was proposed from the text, and not declared.
bool was_proposed(Query const& article, std::string_view name) {
    auto const names = std::string(",").append(article.text(proposed)).append(",");
    return names.find(std::string(",").append(name).append(",")) != std::string::npos;
}

/// A value that somebody declared may be declared otherwise; one that was read out of the text is read out of another.
ChangeCauses causes_of_value(RowPair const& article, std::string_view name, ChangeCauses causes) {
    if (name == "path") return ChangeCauses().add(Cause::input);
    bool const is_of_the_text = name == "language" || name == "truncated" || name == "pmid" || name == "journal";
    bool const was_declared = !was_proposed(*article.before, name) || !was_proposed(*article.after, name);
    return causes.add_if(!article.differs(sha256) && was_declared && !is_of_the_text, Cause::declared);
}

/// An article that is there both times.
void compare_article(ComparedFiles const& files, RowPair const& article, bool tool_changed, ArticleChanges& changes) {
    auto const read_otherwise =
        ChangeCauses().add_if(article.differs(sha256), Cause::article_text).add_if(tool_changed, Cause::tool_version);
    if (article.differs(sha256))
        emit_article(files, article, article_changed, sha256, "text", ChangeCauses().add(Cause::input));
    if (article.differs(status)) {
        bool const is_readable = article.after->text(status) == "ok";
        ++(is_readable ? changes.n_readable : changes.n_unreadable);
        emit_article(files, article, is_readable ? article_readable : article_unreadable, status_reason, {},
                     read_otherwise);
    }
    if (article.differs(retracted)) emit_retraction(files, article, read_otherwise);
    for (std::size_t i = 0; i < article_values.size(); ++i)
        if (int const column = first_value + static_cast<int>(i); article.differs(column))
            emit_article(files, article, article_changed, column, std::string(article_values[i]),
                         causes_of_value(article, article_values[i], read_otherwise));
}

}  // namespace

ArticleChanges compare_articles(ComparedFiles& files, InputChanges const& inputs) {
    ArticleChanges changes;
    auto const given = ChangeCauses().add(Cause::input).add_if(inputs.job, Cause::job);
    std::vector<std::string_view> names{"sha256", "status", "status_reason", "retracted", "proposed"};
    names.insert(names.end(), article_values.begin(), article_values.end());
    files.merge_by_article("SELECT article_id, " + files.rows.columns("articles", names) + " FROM articles",
                           "article_id", "ORDER BY article_id", 1, [&](RowPair const& article) {
                               if (article.both()) return compare_article(files, article, inputs.tool, changes);
                               bool const is_new = article.before == nullptr;
                               ++(is_new ? changes.n_new : changes.n_gone);
                               emit_article(files, article, is_new ? article_new : article_gone, title, {}, given);
                           });
    return changes;
}

}  // namespace dossier::comparison
