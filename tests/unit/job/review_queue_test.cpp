#include "dossier/job/review_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace dossier;
using testing::ElementsAre;
using testing::IsEmpty;

class ReviewQueueTest : public testing::Test {
protected:
    ReviewQueueTest() {
        auto& claim = registry_.claims.emplace_back();
        claim.id = "sleep";
        claim.statement = "Coffee harms sleep.";
        claim.conditions = {"late"};
        registry_.conditions.push_back({"late", "late in the day", {}, {}});
        summary_.consensus.emplace_back().claim_id = "sleep";
    }

    static ArticleStance stance(Stance value, std::string condition = {}) {
        ArticleStance made;
        made.claim_id = "sleep";
        made.condition_id = std::move(condition);
        made.stance = value;
        return made;
    }

    void add(std::string const& id, ArticleStance row) {
        Article article;
        article.id = id;
        article.path = id + ".txt";
        row.article_id = id;
        ArticleEvidence evidence;
        auto& item = evidence.items.emplace_back();
        item.claim_id = "sleep", item.article_id = id, item.quote = "It harms.", item.line = 3;
        queue_.add(article, evidence, {row});
    }

    std::vector<std::string> order() {
        std::vector<std::string> ids;
        rows_ = queue_.finish(summary_);
        for (auto const& row : rows_)
            ids.push_back(row.article_id);
        return ids;
    }

    ClaimRegistry registry_;
    Summary summary_;
    ReviewQueue queue_{registry_};
    std::vector<ReviewRow> rows_;
};

TEST_F(ReviewQueueTest, PutsWhatMostNeedsAnEyeFirst) {
    add("plain", stance(Stance::supports));
    auto model = stance(Stance::supports);
    model.decided_by = decided_by_statement_model;
    model.confidence = 0.9;
    add("model", model);
    add("against", stance(Stance::refutes));
    add("mixed", stance(Stance::mixed));
    auto unsure = stance(Stance::supports);
    unsure.confidence = 0.55;
    add("unsure", unsure);
    add("decisive", stance(Stance::supports));
    auto contradictory = stance(Stance::mixed);
    contradictory.internally_contradictory = true;
    add("contradictory", contradictory);
    summary_.consensus.front().refutes = 1;
    summary_.consensus.front().supports = 4;
    summary_.shared_sources.push_back({{"decisive", {"decisive", "its-copy"}, {}, {}}, {}});
    summary_.sensitivity.push_back(
        {"sleep", "leave_one_cluster_out", "decisive", {}, "evenly divided", true, 0, 0, 0, {}});
    EXPECT_THAT(order(), ElementsAre("contradictory", "decisive", "unsure", "mixed", "against", "model", "plain"));
    EXPECT_THAT(rows_[0].reasons, ElementsAre("says both under the same condition", "mixed"));
    EXPECT_THAT(rows_[1].reasons, ElementsAre("the verdict hangs on it"));
    EXPECT_THAT(rows_[2].reasons, ElementsAre("low confidence (0.55)"));
    EXPECT_THAT(rows_[4].reasons, ElementsAre("opposes all other sources"));
    EXPECT_THAT(rows_[6].reasons, IsEmpty());
    ASSERT_EQ(rows_[6].quotes.size(), 1u);
    EXPECT_EQ(rows_[6].quotes.front().place, "plain.txt:3");
}

TEST_F(ReviewQueueTest, LeavesOutSilenceAndPlainStancesUnderConditions) {
    add("silent", stance(Stance::silent));
    add("unread", stance(Stance::not_assessable));
    add("plain", stance(Stance::supports, "late"));
    auto mixed = stance(Stance::mixed, "late");
    add("mixed", mixed);
    EXPECT_THAT(order(), ElementsAre("mixed"));
    EXPECT_EQ(rows_.front().condition_name, "late in the day");
}

TEST_F(ReviewQueueTest, AsksNothingTwice) {
    add("a", stance(Stance::supports));
    add("b", stance(Stance::supports));
    queue_.leave_out("sleep", "a", "");
    queue_.leave_out("sleep", "b", "late");
    EXPECT_THAT(order(), ElementsAre("b"));
}

TEST_F(ReviewQueueTest, PutsTheLessSureFirst) {
    for (auto const& [id, confidence] : {std::pair("a", 0.65), {"b", 0.51}, {"c", 0.6}}) {
        auto row = stance(Stance::supports);
        row.confidence = confidence;
        add(id, row);
    }
    EXPECT_THAT(order(), ElementsAre("b", "c", "a"));
}

TEST_F(ReviewQueueTest, NamesAllArticlesOfADecisiveSource) {
    add("copy", stance(Stance::supports));
    add("first", stance(Stance::supports));
    add("other", stance(Stance::supports));
    summary_.shared_sources.push_back({{"copy", {"copy", "first"}, "same text", {}}, {}});
    summary_.sensitivity.push_back({"sleep", "leave_one_cluster_out", "copy", {}, "no", true, 0, 0, 0, {}});
    EXPECT_THAT(order(), ElementsAre("copy", "first", "other"));
    EXPECT_EQ(rows_[1].reasons.size(), 1u);
    EXPECT_THAT(rows_[2].reasons, IsEmpty());
}

TEST_F(ReviewQueueTest, NamesSourcesThatStandAloneByTheirStance) {
    for (auto const* id : {"alone", "copy", "first"})
        add(id, stance(Stance::supports));
    add("against", stance(Stance::mixed));
    summary_.shared_sources.push_back({{"copy", {"copy", "first"}, "same text", {}}, {}});
    summary_.leave_one_out.push_back({"sleep", Stance::supports, {}, "evenly divided", true});
    EXPECT_THAT(order(), ElementsAre("alone", "against", "copy", "first"));
    EXPECT_THAT(rows_[0].reasons, ElementsAre("the verdict hangs on it"));
    EXPECT_THAT(rows_[2].reasons, IsEmpty());
}

}  // namespace
