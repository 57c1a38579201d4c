// Compared files: two analyses, what both are asked again and again, and who takes the changes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/store/change.hpp"
#include "dossier/store/two_analyses.hpp"

namespace dossier::comparison {

/// What a file says of an article.
struct ArticleFacts {
    bool is_there = false;
    std::string sha256, status;
};

struct ArticleOnBothSides {
    ArticleFacts before, after;

    [[nodiscard]] bool is_there_both_times() const noexcept { return before.is_there && after.is_there; }
    /// One that is not there has other bytes than one that is.
    [[nodiscard]] bool has_other_text() const { return before.sha256 != after.sha256; }
};

/// What is asked of one file again and again.
class Lookups {
public:
    explicit Lookups(AnalysisFile& file);

    ArticleFacts article(std::string_view id);
    /// What the run says of an article that takes no side. nullopt: nothing.
    std::optional<std::string> stance(std::string_view article_id, std::string_view claim_id);
    /// By the positions of article, claim and condition.
    std::string quote(std::int64_t article, std::int64_t claim, std::int64_t condition);

private:
    static std::optional<std::string> first_of(Query& query);
    Query article_, stance_, quote_;
};

class ComparedFiles {
public:
    /// All of them must outlive this.
    ComparedFiles(AnalysisFile& before, AnalysisFile& after, std::function<void(Change const&)> const& take)
        : rows(before, after), in_before(before), in_after(after), take_(take) {}

    /// From here on merge_by_article leaves out articles of which the files hold the same: before is as its run left it. Where
    /// many differ, all are looked at, which then costs less.
    void look_at_digests();
    /// Whether people's decisions can be left out, too: digests are trusted, and neither run knew of any.
    [[nodiscard]] bool has_no_overrides();
    /// TwoAnalyses::merge of a query on articles, in the order of their ids.
    /// @param select  up to its WHERE, where the articles' id is `id`
    /// @param order   its ORDER BY, which begins with the id
    template <class Take>
    void merge_by_article(std::string const& select, std::string const& id, std::string const& order, int n_keys,
                          Take const& take) {
        if (!differing_) return rows.merge(select + " " + order, n_keys, take);
        auto const sql = select + " WHERE " + id + " = ?1 " + order;
        Query before(rows.before(), sql), after(rows.after(), sql);
        for (auto const& article : *differing_)
            TwoAnalyses::merge(before, after, n_keys, take, article);
    }

    /// What both files say of an article; until the next call.
    ArticleOnBothSides const& article(std::string_view id);
    /// Hands on a change; its cause in words is that of its causes unless it says so itself.
    void emit(Change change) const;

    TwoAnalyses rows;
    Lookups in_before, in_after;

private:
    std::function<void(Change const&)> const& take_;
    std::optional<std::vector<std::string>>
        differing_;          ///< ids of articles, in order; nullopt: all are to be looked at
    std::string looked_up_;  ///< the article of the next line
    ArticleOnBothSides article_;
};

/// A change with its two values, those of a column.
[[nodiscard]] Change change_of(ChangeKind kind, RowPair const& row, int column);

struct Count {
    std::int64_t n;
    std::string_view one, many;
};
/// "2 stances flipped, 1 article new": those that are not 0.
[[nodiscard]] std::string in_words(std::vector<Count> const& counts);

}  // namespace dossier::comparison
