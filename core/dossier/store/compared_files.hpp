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

    /// What both files say of an article; until the next call.
    ArticleOnBothSides const& article(std::string_view id);
    /// Hands on a change; its cause in words is that of its causes unless it says so itself.
    void emit(Change change) const;

    TwoAnalyses rows;
    Lookups in_before, in_after;

private:
    std::function<void(Change const&)> const& take_;
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
