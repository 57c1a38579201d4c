#include "dossier/store/compared_files.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "dossier/diagnostics/counted.hpp"

namespace dossier::comparison {

Lookups::Lookups(AnalysisFile& file)
    : article_(file, "SELECT sha256, status FROM articles WHERE article_id = ?1"),
      stance_(file, "SELECT stance FROM stances WHERE article_id = ?1 AND claim_id = ?2 AND condition_id = ''"),
      quote_(file,
             "SELECT quote FROM taken_stances WHERE article_position = ?1 AND claim_position = ?2"
             " AND condition_position = ?3") {}

ArticleFacts Lookups::article(std::string_view id) {
    ArticleFacts facts;
    facts.is_there = article_.with(id).next();
    if (facts.is_there) facts.sha256 = article_.text(0), facts.status = article_.text(1);
    article_.begin_anew();
    return facts;
}

std::optional<std::string> Lookups::stance(std::string_view article_id, std::string_view claim_id) {
    return first_of(stance_.with(article_id).with(claim_id));
}

std::string Lookups::quote(std::int64_t article, std::int64_t claim, std::int64_t condition) {
    return first_of(quote_.with(article).with(claim).with(condition)).value_or("");
}

std::optional<std::string> Lookups::first_of(Query& query) {
    auto value = query.next() ? value_in(&query, 0) : std::nullopt;
    query.begin_anew();
    return value;
}

void ComparedFiles::look_at_digests() {
    if (!rows.both_have("t_article", "digest")) return;
    constexpr std::size_t few = 64, share = 16;  // to ask for one costs at most so many times what it costs in a row
    std::vector<std::string> differing;
    std::size_t n = 0;
    auto const take = [&](RowPair const& article) {
        ++n;
        if (!article.both() || article.differs(1)) differing.emplace_back(article.any().text(0));
    };
    rows.merge("SELECT article_id, digest FROM t_article ORDER BY article_id", 1, take);
    // Who stands alone has no row; of the others the first names the cluster.
    rows.merge(
        "SELECT a.article_id, f.article_id FROM t_cluster_member m JOIN t_article a ON a.number = m.article"
        " JOIN t_article f ON f.number = m.first_article WHERE m.first_article <> m.article ORDER BY 1",
        1, [&](RowPair const& member) {
            if (!member.both() || member.differs(1)) differing.emplace_back(member.any().text(0));
        });
    if (differing.size() > std::max(few, n / share)) return;
    std::sort(differing.begin(), differing.end());
    differing.erase(std::unique(differing.begin(), differing.end()), differing.end());
    differing_ = std::move(differing);
}

bool ComparedFiles::has_no_overrides() {
    if (!differing_) return false;
    auto const has_annotations = [](AnalysisFile& file) {
        Query run(file, "SELECT annotations_sha256 FROM t_run");
        return !run.next() || !run.is_null(0);
    };
    return !has_annotations(rows.before()) && !has_annotations(rows.after());
}

ArticleOnBothSides const& ComparedFiles::article(std::string_view id) {
    if (looked_up_ == id) return article_;
    looked_up_ = id;
    article_ = {in_before.article(looked_up_), in_after.article(looked_up_)};
    return article_;
}

void ComparedFiles::emit(Change change) const {
    if (change.cause.empty()) change.cause = change.causes.sentence();
    take_(change);
}

Change change_of(ChangeKind kind, RowPair const& row, int column) {
    Change change;
    change.kind = kind;
    change.before = value_in(row.before, column), change.after = value_in(row.after, column);
    return change;
}

std::string in_words(std::vector<Count> const& counts) {
    std::string words;
    for (auto const& [n, one, many] : counts)
        if (n > 0) words.append(words.empty() ? "" : ", ").append(counted(static_cast<std::size_t>(n), one, many));
    return words;
}

}  // namespace dossier::comparison
