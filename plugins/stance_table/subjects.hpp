// Subjects of the tables: the articles and claims of an analysis, each with its number and the anchors it is linked by.
#pragma once

#include <dossier/plugin.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "shared/wording.hpp"

namespace stance_table {

/// An article with its number in this report.
struct Source {
    dossier::Article article;
    std::size_t number = 0;  ///< from 1
    std::string proposed, cluster_reason;
    bool truncated = false;          ///< the capture breaks off
    std::size_t cluster_number = 0;  ///< number of the first article of its cluster

    std::string name() const { return article.title.empty() ? article.article_id : article.title; }
    std::string mark() const { return "[" + std::to_string(number) + "]"; }
    std::string anchor() const { return "article-" + std::to_string(number); }
    std::string key_anchor() const { return "key-" + std::to_string(number); }
    std::string year() const { return article.published.substr(0, 4); }
};

struct ClaimEntry {
    dossier::Claim claim;
    std::size_t number = 0;  ///< from 1

    /// "claim-addictive"; by number where the id would make too long an anchor.
    std::string anchor() const { return dossier::shared::claim_anchor(claim.claim_id, number); }
    /// Of its row in a matrix.
    std::string row_anchor() const { return "row-" + anchor(); }
    /// Of the row of one article in the table of the claim.
    std::string row_anchor(Source const& source) const { return row_anchor() + "-" + std::to_string(source.number); }
};

class Subjects {
public:
    explicit Subjects(dossier::Analysis const& analysis);

    std::vector<Source> const& sources() const { return sources_; }  ///< by article_id
    std::vector<ClaimEntry> const& claims() const { return claims_; }
    bool empty() const { return sources_.empty() || claims_.empty(); }
    /// Whether a page has room for a column of each article.
    bool fit_side_by_side() const { return sources_.size() <= most_columns; }

    // By ids of the same analysis.
    Source const& source_of(std::string const& article_id) const { return sources_.at(numbers_.at(article_id) - 1); }
    ClaimEntry const& entry_of(std::string const& claim_id) const {
        return claims_.at(claim_numbers_.at(claim_id) - 1);
    }
    /// The id itself, if the registry gives the condition no name.
    std::string condition_name(std::string const& condition_id) const;

    static constexpr std::size_t most_columns = 16;

private:
    void read_articles(dossier::Analysis const& analysis);

    std::vector<Source> sources_;
    std::map<std::string, std::size_t> numbers_;  ///< article_id -> number
    std::vector<ClaimEntry> claims_;
    std::map<std::string, std::size_t> claim_numbers_;  ///< claim_id -> number
    std::map<std::string, std::string> condition_names_;
};

}  // namespace stance_table
