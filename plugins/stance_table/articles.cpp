#include <string>

#include "shared/wording.hpp"
#include "stance_table/sections.hpp"

namespace stance_table {
namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::shared;

std::string status_of(Source const& source) {
    auto status = stance_in_words(source.article.status);
    if (!source.article.status_reason.empty()) status += ": " + source.article.status_reason;
    return source.truncated ? status + "; cut off, so its silence counts as not assessable" : status;
}

/// The address if it is one that a document may link to.
std::string web_address(std::string const& url) {
    return url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0 ? url : std::string();
}

/// "title,study_design" -> "title, study design"
std::string names_of_fields(std::string const& fields) {
    std::string text;
    for (char const c : fields)
        text += c == ',' ? std::string(", ") : std::string(1, c == '_' ? ' ' : c);
    return text;
}

}  // namespace

void say_articles(Subjects const& subjects, dossier::Blocks& out) {
    bool const has_key = subjects.fit_side_by_side() && !subjects.claims().empty();
    out.heading(2, "Articles", "articles");
    {
        auto table = out.table("The articles and whether they could be assessed",
                               {Column::integer("number", "No."), Column::text("title", "Title"),
                                Column::text("author", "Author"), Column::date("published", "Published"),
                                Column::text("publisher", "Publisher"), Column::text("file", "File"),
                                Column::text("status", "Status", "Whether it could be assessed, and why not."),
                                Column::id("article_id", "Article id")},
                               "article-list");
        for (auto const& source : subjects.sources())
            table.cells_row({Cell(source.number).to(has_key ? "#" + source.key_anchor() : ""),
                             Cell(source.name()).to(web_address(source.article.url)), or_empty(source.article.author),
                             or_empty(source.article.published), or_empty(source.article.publisher),
                             Cell(source.article.path), Cell(status_of(source)), Cell(source.article.article_id)},
                            source.anchor());
    }
    auto table =
        out.table("What to know before trusting them",
                  {Column::integer("number", "No."), Column::text("study_design", "Design"),
                   Column::text("conflict_of_interest", "Conflict of interest"),
                   Column::integer("source", "Source", "Number of the first article of the same independent source."),
                   Column::text("same_source", "Why one source"),
                   Column::text("proposed", "Proposed", "Values read out of the text, not declared by a person."),
                   Column::id("article_id", "Article id"), Column::id("cluster_id", "Cluster id")},
                  "appraisal");
    for (auto const& source : subjects.sources())
        table.cells_row({Cell(source.number), or_empty(source.article.study_design),
                         or_empty(source.article.conflict_of_interest), Cell(source.cluster_number),
                         or_empty(source.cluster_reason), or_empty(names_of_fields(source.proposed)),
                         Cell(source.article.article_id), Cell(source.article.cluster_id)});
}

}  // namespace stance_table
