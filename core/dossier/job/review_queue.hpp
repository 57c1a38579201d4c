// Review queue: which stances most need a human eye, and why.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"
#include "dossier/job/review_sheet.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Below this, the chance that a stance is right is called low.
inline constexpr double low_confidence = 0.70;

/// Collects stances article by article; what needs an eye is known once all are summed up. What is said overall is asked of
/// every article that says anything; under a condition only where something is the matter.
class ReviewQueue {
public:
    /// Stances beyond this number are kept only where something is the matter with them.
    static constexpr std::size_t most_plain_rows = 50'000;

    /// @param registry  must outlive this
    explicit ReviewQueue(ClaimRegistry const& registry) : registry_(registry) {}

    /// @param stances  of the article, as the engine has them (Summing::add)
    void add(Article const& article, ArticleEvidence const& evidence, std::vector<ArticleStance> const& stances);

    /// Leaves out a question that was answered already.
    void leave_out(std::string const& claim_id, std::string const& article_id, std::string const& condition_id);

    /// Most urgent first: it contradicts itself; the verdict hangs on it; low confidence; mixed; it opposes all others; the
    /// statement model decided. A row has all its reasons; of two with the same the less sure comes first.
    [[nodiscard]] std::vector<ReviewRow> finish(Summary const& summary);

    [[nodiscard]] std::size_t n_not_kept() const noexcept { return n_not_kept_; }

private:
    struct Candidate {
        ReviewRow row;
        unsigned urgency = 0;  ///< a bit per reason, the weightiest highest
    };

    ClaimRegistry const& registry_;
    std::vector<Candidate> candidates_;
    std::set<std::string> left_out_;
    std::size_t n_not_kept_ = 0;
};

}  // namespace dossier
