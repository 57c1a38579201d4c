#include "dossier/job/adjudication.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/model/digest.hpp"

namespace {

using namespace dossier;

/// One claim, one article of two sentences, of which the engine counts the first.
struct Sample {
    ClaimRegistry registry;
    Article article;
    ArticleEvidence evidence;

    Sample() {
        auto& claim = registry.claims.emplace_back();
        claim.id = "sleep";
        claim.statement = "Coffee harms sleep.";
        claim.conditions = {"late"};
        registry.conditions.push_back({"late", "late in the day", {}, {}});
        article.id = "a1";
        article.path = "articles/a1.txt";
        article.sha256 = sha256_hex("a1");
        for (auto const* text : {"It harms sleep.", "It did nothing of the kind."}) {
            auto& sentence = article.sentences.emplace_back();
            sentence.text = text;
            sentence.line = article.sentences.size();
            sentence.bytes = {sentence.line * 100, sentence.line * 100 + sentence.text.size()};
        }
        auto& title = article.sentences.emplace_back();
        title.text = "Sleep";
        title.role = SentenceRole::title;
        evidence.article_id = "a1";
        auto& item = evidence.items.emplace_back();
        item.claim_id = "sleep";
        item.article_id = "a1";
        item.direction = Direction::supports;
        item.quote = "It harms sleep.";
    }

    static Annotation says(Stance stance, std::string const& who = "jm") {
        Annotation annotation;
        annotation.claim_id = "sleep";
        annotation.article_id = "a1";
        annotation.stance = stance;
        annotation.who = who;
        annotation.why = "Read in full.";
        return annotation;
    }
    static Annotation rates(Stance stance, std::string const& who) {
        auto annotation = says(stance, who);
        annotation.role = AnnotationRole::rating;
        return annotation;
    }

    [[nodiscard]] Adjudication hold(std::vector<Annotation> items) const {
        Adjudication adjudication({std::move(items), {}, {}}, registry);
        adjudication.read(article, evidence);
        return adjudication;
    }
    [[nodiscard]] AnnotationOutcome outcome_of(Annotation const& annotation) const {
        return hold({annotation}).outcomes().front();
    }
};

// Each suggestion compares an id with all claims: a registry whose claims were all renamed must not take minutes.
TEST(Adjudication, SuggestsClaimsForTheFirstUnknownOnesOnly) {
    Sample sample;
    auto unknown = Sample::says(Stance::supports);
    unknown.claim_id = "slep";
    auto const outcomes = sample.hold(std::vector<Annotation>(30, unknown)).outcomes();
    EXPECT_EQ(outcomes.front().reason, "the registry has no claim \"slep\"; did you mean \"sleep\"?");
    EXPECT_EQ(outcomes.back().reason, "the registry has no claim \"slep\"");
}

TEST(Adjudication, AppliesAnOverrideThatAQuoteBearsOut) {
    Sample const sample;
    auto annotation = Sample::says(Stance::refutes);
    annotation.quote_sha256 = sha256_hex("It did nothing of the kind.");
    auto const adjudication = sample.hold({annotation});
    EXPECT_EQ(adjudication.outcomes().front().status, AnnotationStatus::applied);
    EXPECT_EQ(adjudication.outcomes().front().detector, Stance::supports);
    auto const overrides = adjudication.overrides_of("a1");
    ASSERT_EQ(overrides.size(), 1u);
    ASSERT_EQ(overrides.front().quotes.size(), 1u);
    auto const& quote = overrides.front().quotes.front();
    EXPECT_EQ(quote.quote, "It did nothing of the kind.");
    EXPECT_EQ(quote.direction, Direction::refutes);
    EXPECT_EQ(quote.decided_by, "jm");
    EXPECT_EQ(quote.line, 2u);
    EXPECT_EQ(quote.sentence, 1u);
    EXPECT_TRUE(adjudication.messages().empty());
}

TEST(Adjudication, RefusesASideThatNoQuoteBearsOut) {
    Sample const sample;
    for (auto const stance : {Stance::refutes, Stance::mixed}) {
        auto const adjudication = sample.hold({Sample::says(stance)});
        EXPECT_EQ(adjudication.outcomes().front().status, AnnotationStatus::stale);
        EXPECT_TRUE(adjudication.overrides_of("a1").empty());
        ASSERT_EQ(adjudication.messages().items().size(), 1u);
        EXPECT_EQ(adjudication.messages().items().front().code, "DOS0256");
    }
    EXPECT_EQ(sample.outcome_of(Sample::says(Stance::supports)).status, AnnotationStatus::applied)
        << "the engine's own quote bears it out";
    EXPECT_EQ(sample.outcome_of(Sample::says(Stance::silent)).status, AnnotationStatus::applied);
}

TEST(Adjudication, CallsStaleWhatNoLongerFits) {
    Sample const sample;
    auto const reason_of = [&](auto const& change) {
        auto annotation = Sample::says(Stance::supports);
        change(annotation);
        auto const outcome = sample.outcome_of(annotation);
        EXPECT_EQ(outcome.status, AnnotationStatus::stale);
        return outcome.reason;
    };
    EXPECT_EQ(reason_of([](Annotation& a) { a.quote_sha256 = sha256_hex("It harmed sleep."); }),
              "its quote is not among the sentences of the article that may be quoted");
    EXPECT_EQ(reason_of([](Annotation& a) { a.quote_sha256 = sha256_hex("Sleep"); }),
              "its quote is not among the sentences of the article that may be quoted");
    EXPECT_EQ(reason_of([](Annotation& a) { a.article_sha256 = sha256_hex("a2"); }), "the article has changed since");
    EXPECT_EQ(reason_of([](Annotation& a) { a.statement_sha256 = sha256_hex("Coffee helps."); }),
              "the statement of the claim has changed since");
    EXPECT_EQ(reason_of([](Annotation& a) { a.claim_id = "sleeep"; }),
              "the registry has no claim \"sleeep\"; did you mean \"sleep\"?");
    EXPECT_EQ(reason_of([](Annotation& a) { a.condition_id = "early"; }),
              "the claim is not looked at under the condition \"early\"");
    EXPECT_EQ(reason_of([](Annotation& a) { a.article_id = "a2"; }), "the job has no article \"a2\"");
}

TEST(Adjudication, OverridesNoArticleThatCannotBeRead) {
    Sample sample;
    sample.article.status = ArticleStatus::not_assessable;
    sample.article.status_reason = "the language is de";
    auto const outcome = sample.outcome_of(Sample::says(Stance::silent));
    EXPECT_EQ(outcome.reason, "the article cannot be assessed: the language is de");
}

TEST(Adjudication, KnowsAnArticleByItsPathToo) {
    Sample const sample;
    auto annotation = Sample::says(Stance::supports);
    annotation.article_id = "articles/a1.txt";
    auto const outcome = sample.outcome_of(annotation);
    EXPECT_EQ(outcome.status, AnnotationStatus::applied);
    EXPECT_EQ(outcome.annotation.article_id, "a1");
}

TEST(Adjudication, LetsNobodyContradictAnOverrideByNamingThePath) {
    Sample const sample;
    auto by_path = Sample::says(Stance::silent, "ab");
    by_path.article_id = "articles/a1.txt";
    auto const adjudication = sample.hold({Sample::says(Stance::supports), by_path});
    EXPECT_EQ(adjudication.outcomes()[0].status, AnnotationStatus::applied);
    EXPECT_EQ(adjudication.outcomes()[1].reason, "another override says supports");
    EXPECT_EQ(adjudication.contradictions().items().size(), 1u);
    ASSERT_EQ(adjudication.overrides_of("a1").size(), 1u);
    EXPECT_EQ(adjudication.overrides_of("a1").front().stance, Stance::supports);
}

TEST(Adjudication, SupersedesAStaleAnnotationByALaterOneInForce) {
    Sample const sample;
    auto old = Sample::says(Stance::refutes), renewed = Sample::says(Stance::mixed, "ab");
    old.quote_sha256 = sha256_hex("By then it did nothing.");
    renewed.quote_sha256 = sha256_hex("It did nothing of the kind.");
    renewed.place.line = 12;
    auto const adjudication = sample.hold({old, renewed});
    EXPECT_EQ(adjudication.outcomes()[0].status, AnnotationStatus::superseded);
    EXPECT_EQ(adjudication.outcomes()[0].reason,
              "its quote is not among the sentences of the article that may be quoted; renewed in line 12");
    EXPECT_EQ(adjudication.outcomes()[1].status, AnnotationStatus::applied);
    EXPECT_TRUE(adjudication.messages().empty());
    EXPECT_TRUE(adjudication.contradictions().empty());
    ASSERT_EQ(adjudication.overrides_of("a1").size(), 1u);
    EXPECT_EQ(adjudication.overrides_of("a1").front().stance, Stance::mixed);

    auto const the_other_way_round = sample.hold({renewed, old});
    EXPECT_EQ(the_other_way_round.outcomes()[1].status, AnnotationStatus::stale) << "nothing later renews it";
    EXPECT_EQ(the_other_way_round.messages().items().size(), 1u);
}

TEST(Adjudication, LetsOnlyTheSameRaterRenewARating) {
    Sample const sample;
    auto old = Sample::rates(Stance::supports, "ab");
    old.article_sha256 = sha256_hex("a0");
    auto const status_beside = [&](Annotation const& other) {
        return sample.hold({old, other}).outcomes().front().status;
    };
    EXPECT_EQ(status_beside(Sample::rates(Stance::refutes, "ab")), AnnotationStatus::superseded);
    EXPECT_EQ(status_beside(Sample::rates(Stance::supports, "cd")), AnnotationStatus::stale);
    EXPECT_EQ(status_beside(Sample::says(Stance::supports, "ab")), AnnotationStatus::stale);
    EXPECT_TRUE(sample.hold({old, Sample::rates(Stance::refutes, "ab")}).agreement().size() > 0);
}

TEST(Adjudication, TellsOfTwoInForceThatContradictEachOther) {
    Sample const sample;
    auto first = Sample::says(Stance::supports), second = Sample::says(Stance::refutes, "ab");
    first.quote_sha256 = sha256_hex("It harms sleep.");
    second.quote_sha256 = sha256_hex("It did nothing of the kind.");
    auto const adjudication = sample.hold({first, second});
    auto const contradictions = adjudication.contradictions();
    ASSERT_EQ(contradictions.items().size(), 1u);
    auto const& told = contradictions.items().front();
    EXPECT_EQ(told.code, "DOS0250");
    EXPECT_EQ(told.message, "two overrides on this claim and article do not agree: refutes and supports");
    EXPECT_TRUE(adjudication.messages().empty()) << "told once";
    auto const ratings = sample.hold({Sample::rates(Stance::mixed, "ab"), Sample::rates(Stance::silent, "ab")});
    EXPECT_EQ(ratings.contradictions().items().size(), 1u);
}

TEST(Adjudication, KnowsWithoutEnginesWhatTheTextAloneTells) {
    Sample const sample;
    auto const look_at = [&](std::vector<Annotation> items) {
        Adjudication adjudication({std::move(items), {}, {}}, sample.registry);
        adjudication.look_at(sample.article);
        return adjudication;
    };
    auto changed = Sample::says(Stance::supports), gone = changed, elsewhere = changed;
    changed.article_sha256 = sha256_hex("a0");
    gone.quote_sha256 = sha256_hex("It harmed sleep.");
    elsewhere.article_id = "a2";
    EXPECT_EQ(look_at({changed, gone, elsewhere}).messages().items().size(), 3u);
    EXPECT_TRUE(look_at({Sample::says(Stance::refutes), Sample::says(Stance::silent)}).contradictions().empty())
        << "whether a quote bears the first one out is not known";
    EXPECT_TRUE(look_at({Sample::says(Stance::refutes)}).messages().empty());
    EXPECT_EQ(look_at({Sample::says(Stance::neutral), Sample::says(Stance::silent)}).contradictions().items().size(),
              1u);
}

TEST(Adjudication, GivesAMixedStanceAllItsQuotes) {
    Sample const sample;
    auto first = Sample::says(Stance::mixed), second = first;
    first.quote_sha256 = sha256_hex("It harms sleep.");
    second.quote_sha256 = sha256_hex("It did nothing of the kind.");
    auto const adjudication = sample.hold({first, second});
    auto const overrides = adjudication.overrides_of("a1");
    ASSERT_EQ(overrides.size(), 1u);
    ASSERT_EQ(overrides.front().quotes.size(), 3u);
    EXPECT_EQ(overrides.front().quotes[0].direction, Direction::supports) << "as the engine reads it";
    EXPECT_EQ(overrides.front().quotes[1].direction, Direction::supports) << "unknown to the engine: evidence for both";
    EXPECT_EQ(overrides.front().quotes[2].direction, Direction::refutes);
}

TEST(Adjudication, ComparesRatingsAndAppliesNone) {
    Sample const sample;
    auto const adjudication = sample.hold(
        {Sample::rates(Stance::supports, "ab"), Sample::rates(Stance::mixed, "cd"), Sample::says(Stance::supports)});
    EXPECT_EQ(adjudication.outcomes()[0].status, AnnotationStatus::compared);
    EXPECT_EQ(adjudication.outcomes()[1].status, AnnotationStatus::compared);
    EXPECT_EQ(adjudication.overrides_of("a1").size(), 1u);
    auto const confusion = adjudication.confusion();
    ASSERT_EQ(confusion.size(), 2u);
    EXPECT_EQ(confusion[0].person, Stance::supports);
    EXPECT_EQ(confusion[0].n, 2u) << "a rating and an override";
    EXPECT_EQ(confusion[1].person, Stance::mixed);
    EXPECT_EQ(confusion[1].n, 1u);
    std::size_t n_between = 0, n_with_detector = 0;
    for (auto const& row : adjudication.agreement()) {
        n_between += row.comparison == "between raters" && row.n_raters == 2 && row.n_ratings == 2;
        n_with_detector += row.comparison == "detector and people";
    }
    EXPECT_GT(n_between, 0u);
    EXPECT_GT(n_with_detector, 0u);
}

TEST(Adjudication, CountsAPersonsReadingOfAQuestionOnce) {
    Sample const sample;
    auto const adjudication = sample.hold({Sample::rates(Stance::mixed, "jm"), Sample::says(Stance::supports)});
    auto const confusion = adjudication.confusion();
    ASSERT_EQ(confusion.size(), 1u);
    EXPECT_EQ(confusion.front().person, Stance::mixed) << "the independent rating, not the decision";
}

TEST(Adjudication, TellsABoundedNumberOfMessages) {
    Sample const sample;
    std::vector<Annotation> many(500, Sample::says(Stance::refutes));
    EXPECT_EQ(sample.hold(many).messages().items().size(), 21u);
    EXPECT_THAT(sample.hold(many).messages().items().back().message, testing::HasSubstr("480 more"));
}

}  // namespace
