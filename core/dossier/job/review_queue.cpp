#include "dossier/job/review_queue.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "dossier/findings/words.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

/// Reasons, the least weighty first: the bits of Candidate::urgency.
enum Reason : unsigned {
    by_statement_model,
    opposes_all,
    is_mixed,
    is_unsure,
    is_decisive,
    contradicts_itself,
    n_reasons
};

constexpr unsigned bit(Reason reason) noexcept {
    return 1u << reason;
}

std::string words_for(Reason reason, ReviewRow const& row) {
    switch (reason) {
        case contradicts_itself: return "says both under the same condition";
        case is_decisive: return "the verdict hangs on it";
        case is_unsure: return "low confidence (" + two_decimals(row.confidence.value_or(0.0)) + ")";
        case is_mixed: return "mixed";
        case opposes_all: return "opposes all other sources";
        case by_statement_model: return "decided by the statement model";
        case n_reasons: break;
    }
    return {};
}

std::string question(std::string const& claim_id, std::string const& article_id, std::string const& condition_id) {
    return claim_id + '\0' + article_id + '\0' + condition_id;
}

/// What the stance alone tells.
unsigned urgency_of(ArticleStance const& stance) {
    unsigned urgency = 0;
    if (stance.internally_contradictory) urgency |= bit(contradicts_itself);
    if (stance.confidence && *stance.confidence < low_confidence) urgency |= bit(is_unsure);
    if (stance.stance == Stance::mixed) urgency |= bit(is_mixed);
    if (stance.decided_by.find(decided_by_statement_model) != std::string::npos) urgency |= bit(by_statement_model);
    return urgency;
}

std::string place_of(Article const& article, EvidenceItem const& item) {
    return item.page == 0 ? article.path + ":" + std::to_string(item.line)
                          : article.path + ", p. " + std::to_string(item.page) + ", line " + std::to_string(item.line);
}

/// Quotes on one question, each once and by place; of many, the first of each side and then the first.
class QuoteSelection {
public:
    QuoteSelection(std::vector<EvidenceItem> const& items, ArticleStance const& stance) {
        std::set<std::string_view> seen;
        for (auto const& item : items)
            if (item.claim_id == stance.claim_id &&
                (stance.condition_id.empty() || item.condition_id == stance.condition_id) &&
                seen.insert(item.quote).second)
                found_.push_back(&item);
        choose();
    }
    [[nodiscard]] std::vector<EvidenceItem const*> const& chosen() const noexcept { return chosen_; }
    [[nodiscard]] std::size_t n_left_out() const noexcept { return found_.size() - chosen_.size(); }

private:
    static constexpr std::size_t most_quotes = 10, most_bytes = 20'000;  // a spreadsheet's cell holds 32,767 characters

    void choose() {
        std::set<Direction> sides;
        for (auto const* item : found_)
            if (sides.insert(item->direction).second) take(item);
        for (auto const* item : found_)
            if (std::find(chosen_.begin(), chosen_.end(), item) == chosen_.end()) take(item);
        std::sort(chosen_.begin(), chosen_.end(),
                  [](auto const* a, auto const* b) { return a->bytes.begin < b->bytes.begin; });
    }
    void take(EvidenceItem const* item) {
        if (chosen_.size() >= most_quotes || n_bytes_ + item->quote.size() > most_bytes) return;
        n_bytes_ += item->quote.size();
        chosen_.push_back(item);
    }

    std::vector<EvidenceItem const*> found_, chosen_;
    std::size_t n_bytes_ = 0;
};

/// Without which articles a verdict would read otherwise.
class DecisiveArticles {
public:
    explicit DecisiveArticles(Summary const& summary) {
        std::map<std::string_view, Cluster const*> clusters;
        for (auto const& source : summary.shared_sources) {
            clusters.emplace(source.cluster.id, &source.cluster);
            not_alone_.insert(source.cluster.article_ids.begin(), source.cluster.article_ids.end());
        }
        for (auto const& finding : summary.sensitivity) {
            if (!finding.flips) continue;
            if (finding.analysis == "leave_one_article_out") named_.emplace(finding.claim_id, finding.subject);
            if (finding.analysis != "leave_one_cluster_out") continue;
            if (auto const cluster = clusters.find(finding.subject); cluster != clusters.end())
                for (auto const& id : cluster->second->article_ids)
                    named_.emplace(finding.claim_id, id);
        }
        for (auto const& left_out : summary.leave_one_out)
            if (left_out.flips) alone_.emplace(left_out.claim_id, left_out.stance);
    }

    [[nodiscard]] bool contain(ReviewRow const& row) const {
        return named_.contains({row.claim_id, row.article_id}) ||
               (alone_.contains({row.claim_id, row.detector}) && !not_alone_.contains(row.article_id));
    }

private:
    std::set<std::string_view> not_alone_;                 ///< articles that share their source with others
    std::set<std::pair<std::string, std::string>> named_;  ///< claim, article
    std::set<std::pair<std::string, Stance>> alone_;       ///< claim, stance: any article that stands alone with it
};

/// The stance that a single source takes against at least two others of one mind, by claim.
std::map<std::string, Stance> lonely_stances(Summary const& summary) {
    std::map<std::string, Stance> lonely;
    for (auto const& row : summary.consensus) {
        if (!row.condition_id.empty() || row.mixed > 0) continue;
        if (row.supports == 1 && row.refutes >= 2) lonely.emplace(row.claim_id, Stance::supports);
        if (row.refutes == 1 && row.supports >= 2) lonely.emplace(row.claim_id, Stance::refutes);
    }
    return lonely;
}

}  // namespace

void ReviewQueue::add(Article const& article, ArticleEvidence const& evidence,
                      std::vector<ArticleStance> const& stances) {
    for (auto const& stance : stances) {
        auto const urgency = urgency_of(stance);
        bool const overall = stance.condition_id.empty();
        auto const more_than_model = urgency & ~bit(by_statement_model);
        if (stance.stance == Stance::silent || stance.stance == Stance::not_assessable) continue;
        if (!overall && more_than_model == 0) continue;
        if (more_than_model == 0 && candidates_.size() >= most_plain_rows) {
            ++n_not_kept_;
            continue;
        }
        Candidate candidate{{}, urgency};
        auto& row = candidate.row;
        auto const* claim = registry_.find_claim(stance.claim_id);
        row.claim_id = stance.claim_id;
        row.statement = claim->statement;
        row.statement_sha256 = sha256_hex(claim->statement);
        row.condition_id = stance.condition_id;
        if (auto const* condition = registry_.find_condition(stance.condition_id)) row.condition_name = condition->name;
        row.article_id = article.id;
        row.article_sha256 = article.sha256;
        row.title = article.title.value.empty() ? article.path : article.title.value;
        row.detector = stance.stance;
        row.confidence = stance.confidence;
        QuoteSelection const quotes(evidence.items, stance);
        for (auto const* item : quotes.chosen())
            row.quotes.push_back({item->quote, sha256_hex(item->quote), place_of(article, *item), item->direction});
        row.n_quotes_left_out = quotes.n_left_out();
        candidates_.push_back(std::move(candidate));
    }
}

void ReviewQueue::leave_out(std::string const& claim_id, std::string const& article_id,
                            std::string const& condition_id) {
    left_out_.insert(question(claim_id, article_id, condition_id));
}

std::vector<ReviewRow> ReviewQueue::finish(Summary const& summary) {
    DecisiveArticles const decisive(summary);
    auto const lonely = lonely_stances(summary);
    std::erase_if(candidates_, [&](Candidate const& candidate) {
        auto const& row = candidate.row;
        return left_out_.contains(question(row.claim_id, row.article_id, row.condition_id));
    });
    for (auto& [row, urgency] : candidates_) {
        if (!row.condition_id.empty() || !is_informative(row.detector)) continue;
        if (decisive.contain(row)) urgency |= bit(is_decisive);
        if (auto const found = lonely.find(row.claim_id); found != lonely.end() && found->second == row.detector)
            urgency |= bit(opposes_all);
    }
    std::stable_sort(candidates_.begin(), candidates_.end(), [](Candidate const& a, Candidate const& b) {
        return std::make_tuple(b.urgency, a.row.confidence.value_or(1.0)) <
               std::make_tuple(a.urgency, b.row.confidence.value_or(1.0));
    });
    std::vector<ReviewRow> rows;
    for (auto& [row, urgency] : candidates_) {
        for (auto reason = static_cast<unsigned>(n_reasons); reason-- > 0;)
            if ((urgency & (1u << reason)) != 0) row.reasons.push_back(words_for(static_cast<Reason>(reason), row));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace dossier
