// The reports "summary", "contradictions", "quotes", "methods" and "adjudication" over a real analysis database: nothing is promised that
// the data do not hold, and nothing to be careful about is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report_of_sample.hpp"

namespace {

using dossier::test::as_text;
using dossier::test::blocks_of;
using dossier::test::rows_in_words;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::vector<Said> of_kind(std::vector<Said> const& blocks, std::uint32_t kind) {
    std::vector<Said> found;
    std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(found),
                 [&](Said const& said) { return said.kind == kind; });
    return found;
}

/// The sample, in which the side that refutes "causes" is one source with a conflict of interest, and mice support it.
SampleAnalysis sample_with_mice() {
    SampleAnalysis sample;
    sample.add_article("m", "Sleepless mice", "Mice ran all night.");
    sample.articles.back().study_design.value = "animal study";
    sample.articles.back().population.value = "animal";
    sample.support(sample.articles.size() - 1, "causes", "Mice ran all night.");
    sample.support(sample.articles.size() - 1, "tea", "Mice that drank tea ran all night.");
    return sample;
}

/// One stance of article 1 on claim 1 is jm's, one annotation is stale, and three ratings were compared.
constexpr char const* by_people = R"sql(
INSERT INTO t_text VALUES (1000000, 'jm');
UPDATE t_stance SET overridden = 2, decided_by = 1000000
  WHERE claim_position = 1 AND condition_position = 0 AND article = (SELECT min(article) FROM t_stance WHERE stance = 0);
UPDATE t_consensus SET n_overridden = 1 WHERE claim_position = 1 AND condition_position = 0;
INSERT INTO t_annotation VALUES
  (1, 'override', 'jm', '2026-11-20', 'causes', 'd', '', 'supports', 'read it', 'applied', NULL, 'mixed'),
  (2, 'override', 'ab', NULL, 'causes', 'b', '', 'mixed', NULL, 'stale', 'the quote is gone', 'refutes'),
  (3, 'rating', 'ab', NULL, 'tea', 'b', '', 'silent', NULL, 'compared', NULL, 'silent');
INSERT INTO t_rater_agreement VALUES
  (1, 'detector and people', 'Krippendorff''s alpha (nominal)', NULL, NULL, NULL, 1.0, 3, 2, 6, 'no-variation', NULL);
INSERT INTO t_confusion VALUES (2, 0, 1), (4, 4, 2);
)sql";

// ---- summary

TEST(SummaryReport, SaysTheFourPartsWithTheCountsBehindThem) {
    auto const rows = rows_in_words(blocks_of("summary", SampleAnalysis()), "verdicts");
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0],
              "Evening coffee causes insomnia.|▼◆▲ 1 supports, 1 refutes, 1 is mixed|evenly divided, fragile|"
              "low; split unexplained|very low|broad: 4 articles, 3 of 3 sources");
    EXPECT_THAT(rows[1], HasSubstr("▲ 1 supports|rests on one source|"));
    EXPECT_THAT(rows[2], HasSubstr("Tea does the same.||no evidence found in 4 articles|"));
}

TEST(SummaryReport, NamesWhatToBeCarefulAbout) {
    auto const text = as_text(blocks_of("summary", sample_with_mice()));
    EXPECT_THAT(text, HasSubstr("3 claims, 7 articles, 6 independent sources"));
    EXPECT_THAT(text,
                HasSubstr("Few sources: on 3 of 3 claims too few take a side for a sign test to reach .05: 3 sources "
                          "cannot reach .05 two-sided, even if unanimous; on 2 no p-value is shown"));
    EXPECT_THAT(text, HasSubstr("One source only: 2 of 3 claims rest on one: “Regular drinkers become tolerant.”"));
    EXPECT_THAT(text, HasSubstr("“Evening coffee causes insomnia.” the only source that refutes it has a conflict of "
                                "interest"));
    EXPECT_THAT(text, HasSubstr("“Tea does the same.” the only source that supports it rests on an animal study"));
    EXPECT_THAT(text, HasSubstr("Conflict of interest: b (sells coffee) informs 1 of 3 claims."));
    EXPECT_THAT(text, HasSubstr("Animal studies: “Sleepless mice” (animal study) informs 2 of 3 claims."));
    EXPECT_THAT(text, HasSubstr("Cut off: “Cut off” breaks off: not assessable on 3 of 3 claims."));
    EXPECT_THAT(text, HasSubstr("Not assessable: 1 of 7 articles could not be assessed: the language is de."));
    EXPECT_THAT(text, HasSubstr("when drunk before noon rests on one source (1 refutes)"));
    EXPECT_THAT(text, Not(HasSubstr("GRADE")));
}

TEST(SummaryReport, NamesRetractedArticlesThatInformAClaim) {
    SampleAnalysis sample;
    sample.articles[0].retracted = true;
    sample.add_article("silent", "Says nothing", "Nothing on it.");
    sample.articles.back().retracted = true;
    auto const text = as_text(blocks_of("summary", sample));
    EXPECT_THAT(text, HasSubstr("Retracted: “Coffee and sleep” informs 2 of 3 claims. Retracted articles count all the "
                                "same."));
    EXPECT_THAT(text, Not(HasSubstr("Says nothing")));
    EXPECT_THAT(as_text(blocks_of("summary", SampleAnalysis())), Not(HasSubstr("Retracted")));
}

TEST(ConsensusReport, WarnsOfARetractedArticleUnderEachClaimThatItInforms) {
    SampleAnalysis sample;
    sample.articles[0].retracted = true;
    EXPECT_THAT(as_text(blocks_of("consensus", sample)),
                HasSubstr("was retracted and counts in this verdict all the same."));
    EXPECT_THAT(as_text(blocks_of("consensus", SampleAnalysis())), Not(HasSubstr("retracted")));
}

// statistics.md 4.2: five sources cannot reach .05 two-sided, and the report must say so.
TEST(SummaryReport, SaysThatFiveSourcesAreTooFew) {
    SampleAnalysis sample;
    for (int i = 0; i < 5; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("tea " + number, "Tea " + number, "Number " + number + ".");
        sample.support(sample.articles.size() - 1, "tea", "It does, says number " + number + ".");
    }
    EXPECT_THAT(as_text(blocks_of("summary", sample)), HasSubstr("5 sources cannot reach .05 two-sided"));
}

TEST(SummaryReport, ShowsWhatAnArticleAssertsBesideWhatItDenies) {
    auto const blocks = blocks_of("summary", SampleAnalysis());
    EXPECT_THAT(rows_in_words(blocks, "says-both"),
                ElementsAre("“The | pipe”, line 3: Evening coffee causes insomnia.|"
                            "Late coffee disturbs sleep.|Late coffee never disturbs sleep."));
    auto const none = blocks_of("summary", SampleAnalysis(), {{"contradictions", std::int64_t{0}}});
    EXPECT_THAT(rows_in_words(none, "says-both"), IsEmpty());
    EXPECT_THAT(as_text(none),
                HasSubstr("Articles with quotes on both sides of a claim: 1. They may contradict themselves"));
}

TEST(SummaryReport, SaysWhatPeopleDecidedAndWhatIsStale) {
    auto const text = as_text(blocks_of("summary", SampleAnalysis(), {}, by_people));
    EXPECT_THAT(text, HasSubstr("Decided by people: 1 stance is a person's, other than the engine's. 1 annotation no "
                                "longer matches its text or claim and was not applied."));
    EXPECT_THAT(as_text(blocks_of("summary", SampleAnalysis())), Not(HasSubstr("Decided by people")));
}

TEST(SummaryReport, SaysThatNobodyJudgedOrCheckedUnlessPeopleDid) {
    auto const text = as_text(blocks_of("summary", SampleAnalysis()));
    EXPECT_THAT(text,
                HasSubstr("Unchecked: stances are as the engine read them, certainty as the data suggest; no person "
                          "confirmed either."));
    EXPECT_THAT(as_text(blocks_of("summary", SampleAnalysis(), {}, by_people)),
                HasSubstr("Stances: people read 2 pairs of article and claim; nobody has checked the other stances."));
}

TEST(SummaryReport, SaysWhatIsPooledAndWhetherNoEffectIsWithin) {
    constexpr char const* pooled = R"sql(
INSERT INTO t_pooled_effect (group_id, factor_id, measure, population, n_effects, n_clusters, method, estimate, ci_low,
  ci_high, q, q_p, i2, tau2) VALUES
  (1, 'late-hour', 'HR', 'adults', 3, 3, 'DerSimonian-Laird', 1.2, 0.98, 1.47, 1, 0.5, 0, 0),
  (1, 'late-hour', 'HR', 'adults', 3, 3, 'fixed', 1.3, 1.1, 1.47, 1, 0.5, 0, 0),
  (2, 'dose', 'MD', NULL, 2, 2, 'DerSimonian-Laird', 1.5, 0.5, 2.5, 1, 0.5, 0, 0);
)sql";
    EXPECT_THAT(
        as_text(blocks_of("summary", SampleAnalysis(), {}, pooled)),
        HasSubstr(
            "Pooled: a late hour HR 1.20 (0.98 to 1.47), adults; the interval includes “no effect”; more than four"
            " cups MD 1.50 (0.50 to 2.50); the interval does not include “no effect”."));
    EXPECT_THAT(as_text(blocks_of("summary", SampleAnalysis())), Not(HasSubstr("Pooled:")));
}

TEST(SummaryReport, NamesAnUntitledArticleByItsAuthorAndPutsReasonsIntoSentences) {
    auto sample = sample_with_mice();
    sample.articles[1].author.value = "Anna Raab";
    sample.articles[4].status_reason = "is the stub before a paywall";
    auto const text = as_text(blocks_of("summary", sample));
    EXPECT_THAT(text, HasSubstr("Conflict of interest: Anna Raab (no title) (sells coffee) informs 1 of 3 claims."));
    EXPECT_THAT(text, HasSubstr("1 of 7 articles could not be assessed: it is the stub before a paywall."));
}

TEST(SummaryReport, DrawsTheBarsWhereThereIsRoom) {
    auto const charts = of_kind(blocks_of("summary", SampleAnalysis()), DOSSIER_CHART);
    ASSERT_EQ(charts.size(), 1u);
    EXPECT_EQ(charts[0].level, static_cast<std::uint32_t>(DOSSIER_CHART_DIVERGING_BAR));
    EXPECT_THAT(charts[0].series, ElementsAre("refutes", "mixed", "supports"));
    EXPECT_THAT(charts[0].values, ElementsAre(1, 1, 1, 0, 0, 1, 0, 0, 0));
    SampleAnalysis many;
    for (int i = 0; i < 5; ++i)
        many.add_claim("more-" + std::to_string(i), "One more claim, number " + std::to_string(i) + ".", {});
    EXPECT_THAT(of_kind(blocks_of("summary", many), DOSSIER_CHART), IsEmpty());
    EXPECT_THAT(of_kind(blocks_of("summary", many, {{"chart", std::string("always")}}), DOSSIER_CHART), SizeIs(1));
    EXPECT_THAT(of_kind(blocks_of("summary", SampleAnalysis(), {{"chart", std::string("never")}}), DOSSIER_CHART),
                IsEmpty());
}

// ---- contradictions

TEST(ContradictionsReport, PutsOpposingQuotesSideBySideAndCountsASourceOnce) {
    auto const blocks = blocks_of("contradictions", SampleAnalysis());
    // b and its copy refute: they are one source.
    // b speaks of coffee before noon only: that is not against what holds of coffee as such.
    EXPECT_THAT(rows_in_words(blocks, "against-claim-causes"), IsEmpty());
    EXPECT_THAT(rows_in_words(blocks, "apart-claim-causes"),
                ElementsAre("It keeps people awake at night.|“Coffee and sleep”, line 1|"
                            "Coffee drunk before noon does not disturb sleep.|b, line 2; when drunk before noon; "
                            "conflict of interest"));
    EXPECT_THAT(
        rows_in_words(blocks, "both-claim-causes"),
        ElementsAre("Late coffee disturbs sleep.|Late coffee never disturbs sleep.|“The | pipe”. Asserts: line 3; when"
                    " drunk late. Denies: line 3; when drunk late|may contradict itself|mixed"));
    auto const text = as_text(blocks);
    EXPECT_THAT(text,
                HasSubstr("1 of 3 claims with quotes that oppose each other: on 1 the disagreement is unexplained"));
    EXPECT_THAT(text, HasSubstr("the only source that refutes it has a conflict of interest"));
    EXPECT_THAT(text, HasSubstr("No opposing quotes: “Regular drinkers become tolerant.”"));
    EXPECT_THAT(text, HasSubstr("Nobody says which way it is: “Tea does the same.”"));
}

TEST(ContradictionsReport, PairsUnderOneConditionAndPutsThePlainestPairFirst) {
    SampleAnalysis sample;
    auto const add = [&](std::string const& id, bool supports, std::string const& condition) {
        sample.add_article(id, "On " + id, "Says " + id + ".");
        auto const article = sample.articles.size() - 1;
        supports ? sample.support(article, "tea", "It does, says " + id + ".", condition)
                 : sample.refute(article, "tea", "It does not, says " + id + ".", condition);
        return article;
    };
    sample.articles[add("mice", true, "")].study_design.value = "animal study";
    sample.evidence[add("hedger", true, "")].items.back().hedged = true;
    add("plain", true, "");
    add("late", true, "late");
    add("one", false, "");
    add("two", false, "");
    add("noon", false, "before-noon");
    auto const blocks = blocks_of("contradictions", sample, {{"max_pairs", std::int64_t{10}}});
    EXPECT_THAT(rows_in_words(blocks, "against-claim-tea"),
                ElementsAre(AllOf(StartsWith("It does, says plain."), HasSubstr("It does not, says two.")),
                            AllOf(StartsWith("It does, says hedger."), HasSubstr("It does not, says one.")),
                            AllOf(StartsWith("It does, says mice."), HasSubstr("animal study"))));
    EXPECT_THAT(rows_in_words(blocks, "apart-claim-tea"),
                ElementsAre(AllOf(StartsWith("It does, says late."), HasSubstr("It does not, says noon."))));
}

TEST(ContradictionsReport, CallsExplainedWhatConditionsExplain) {
    SampleAnalysis sample;
    sample.add_article("turns", "It depends", "At night yes, at noon no.");
    auto const article = sample.articles.size() - 1;
    sample.support(article, "tea", "Tea late in the day does.", "late");
    sample.refute(article, "tea", "Tea as such does not.");
    auto const rows = rows_in_words(blocks_of("contradictions", sample), "both-claim-tea");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_THAT(rows[0], HasSubstr("|explained by conditions|"));
}

TEST(ContradictionsReport, SaysWhereOnlyOneSideHasASourceOfItsOwn) {
    SampleAnalysis sample;
    sample.support(3, "tolerance", "They do get used to it.");
    sample.refute(3, "tolerance", "They never get used to it.");
    auto const text = as_text(blocks_of("contradictions", sample));
    EXPECT_THAT(text, HasSubstr("One side only: no independent source refutes it as a whole"));
}

TEST(ContradictionsReport, CountsWhatItLeavesOut) {
    SampleAnalysis sample;
    for (int i = 0; i < 4; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("more " + number, "More " + number, "Number " + number + ".");
        sample.support(sample.articles.size() - 1, "causes", "It does, says number " + number + ".", "before-noon");
    }
    auto const blocks = blocks_of("contradictions", sample, {{"max_pairs", std::int64_t{2}}});
    EXPECT_THAT(rows_in_words(blocks, "against-claim-causes"), SizeIs(1));
    EXPECT_THAT(rows_in_words(blocks, "apart-claim-causes"), SizeIs(1));
    EXPECT_THAT(as_text(blocks), HasSubstr("3 further sources not shown."));
}

// ---- quotes

TEST(QuotesReport, ShowsEveryQuoteWithItsPlaceAndHowItWasRead) {
    SampleAnalysis sample;
    sample.add_quote(0, "tea", dossier::Direction::neutral, "Tea was not asked about.", {});
    auto const quotes = of_kind(blocks_of("quotes", sample), DOSSIER_QUOTE);
    EXPECT_EQ(quotes.size(), 7u);
    auto const hedged = std::find_if(quotes.begin(), quotes.end(),
                                     [](Said const& said) { return said.text == "Drinkers get used to it."; });
    ASSERT_NE(hedged, quotes.end());
    EXPECT_EQ(hedged->stance, "supports");
    EXPECT_EQ(hedged->comment.substr(0, 30), "reported, not asserted; hedged");
    EXPECT_EQ(hedged->byte_end - hedged->byte_begin, hedged->text.size());
    EXPECT_EQ(of_kind(blocks_of("quotes", sample, {{"neutral", false}}), DOSSIER_QUOTE).size(), 6u);
}

TEST(QuotesReport, GroupsByClaimOrByArticle) {
    auto const heads = [](std::vector<Said> const& blocks) {
        std::vector<std::string> texts;
        for (auto const& heading : of_kind(blocks, DOSSIER_HEADING))
            texts.push_back(heading.text);
        return texts;
    };
    EXPECT_THAT(heads(blocks_of("quotes", SampleAnalysis())),
                ElementsAre("Quotes", "Evening coffee causes insomnia.", "Regular drinkers become tolerant."));
    EXPECT_THAT(heads(blocks_of("quotes", SampleAnalysis(), {{"by", std::string("article")}})),
                ElementsAre("Quotes", "Coffee and sleep", "b", "Coffee, again", "The | pipe"));
}

TEST(QuotesReport, AsAFlatTableHasARowAQuote) {
    auto const blocks = blocks_of("quotes", SampleAnalysis(), {{"flat", true}});
    auto const rows = rows_in_words(blocks, "every-quote");
    ASSERT_EQ(rows.size(), 6u);
    EXPECT_THAT(rows,
                Contains(AllOf(StartsWith("e00000"), HasSubstr("|causes|d|refutes|Late coffee never disturbs sleep."),
                               HasSubstr("|late|asserted|no|none|"), HasSubstr("|cue 'sleep'|engine"))));
    EXPECT_THAT(of_kind(blocks, DOSSIER_QUOTE), IsEmpty());
}

// ---- methods

TEST(MethodsReport, CountsTheFlowOfArticlesWithReasons) {
    auto const rows = rows_in_words(blocks_of("methods", SampleAnalysis()), "flow");
    EXPECT_THAT(
        rows,
        ElementsAre("identified|6|files and records that the job names", "not assessable|1|the language is de (1)",
                    "assessed|5|", StartsWith("of these, cut off|1|"),
                    StartsWith("assessed, without a stance on any claim|1|"), "included: with a stance on a claim|4|",
                    StartsWith("of all, same source as an earlier one|1|same text"),
                    "independent sources, all articles|5|", StartsWith("independent sources, included articles|3|")));
}

// Campbell et al. 2020, BMJ 368:l6890: nine items.
TEST(MethodsReport, GoesThroughTheNineItemsOfSwim) {
    auto const rows = rows_in_words(blocks_of("methods", SampleAnalysis()), "swim");
    ASSERT_EQ(rows.size(), 9u);
    EXPECT_THAT(rows[0], StartsWith("1|Grouping studies for synthesis|By claim: 3 claims"));
    EXPECT_THAT(rows[8], StartsWith("9|Limitations"));
}

TEST(MethodsReport, SaysWhatWasNotDoneAndWhatTheMethodCannot) {
    auto const text = as_text(blocks_of("methods", SampleAnalysis()));
    EXPECT_THAT(text, HasSubstr("No search for literature"));
    EXPECT_THAT(text, HasSubstr("the risk of bias is stated for 0 of 6 articles"));
    EXPECT_THAT(text, HasSubstr("no person has checked or rated a stance of this run"));
    EXPECT_THAT(text, HasSubstr("No sign test on 3 of 3 claims: fewer than three sources"));
    EXPECT_THAT(text, HasSubstr("Nikolakopoulos 2020, Misuse of the sign test in narrative synthesis"));
    EXPECT_THAT(text, HasSubstr("five sources cannot reach .05 two-sided"));
    EXPECT_THAT(text, HasSubstr("It is no GRADE assessment"));
}

TEST(MethodsReport, SummarisesAdjudicationByPeople) {
    auto const blocks = blocks_of("methods", SampleAnalysis(), {}, by_people);
    EXPECT_THAT(as_text(blocks), HasSubstr("override, applied (1); override, stale (1); rating, compared (1)"));
    EXPECT_THAT(rows_in_words(blocks, "stale"), ElementsAre("ab|causes|b|mixed|the quote is gone"));
    EXPECT_THAT(rows_in_words(blocks, "rater-agreement"),
                ElementsAre(AllOf(StartsWith("detector and people|Krippendorff's alpha (nominal)||"),
                                  HasSubstr("|3|the engine and 2 people|6|not defined: all readings are alike"))));
    EXPECT_THAT(rows_in_words(blocks, "confusion"), ElementsAre("mixed|1|0|0|0|0|0", "silent|0|0|0|0|2|0"));
}

TEST(MethodsReport, NamesVersionsAndDigests) {
    auto const rows = rows_in_words(blocks_of("methods", SampleAnalysis()), "digests");
    EXPECT_THAT(rows, Contains("registry|" + std::string(64, 'b')));
    EXPECT_THAT(rows, Contains("rules for reading sentences|" + std::string(64, 'c')));
    EXPECT_THAT(rows_in_words(blocks_of("methods", SampleAnalysis(), {{"digests", false}}), "digests"), IsEmpty());
}

// ---- what older reports say of overrides, and the harvest plot

TEST(StanceTableReport, ShowsThatAPersonDecidedAndWhatTheEngineSaid) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis(), {}, by_people);
    EXPECT_THAT(as_text(blocks),
                HasSubstr("1 stance is a person's: [6] on “Evening coffee causes insomnia.”: decided by jm;"
                          " engine said mixed."));
    EXPECT_THAT(rows_in_words(blocks, "every-stance"), Contains(HasSubstr("|decided by jm; engine said mixed")));
    EXPECT_THAT(as_text(blocks_of("stance_table", SampleAnalysis())), Not(HasSubstr("engine said")));
}

TEST(RiskFactorsReport, DrawsABarForEachIndependentSource) {
    auto const charts = of_kind(blocks_of("risk_factors", SampleAnalysis()), DOSSIER_CHART);
    ASSERT_EQ(charts.size(), 1u);
    EXPECT_EQ(charts[0].level, static_cast<std::uint32_t>(DOSSIER_CHART_HARVEST));
    EXPECT_THAT(charts[0].categories, ElementsAre("a late hour", "more than four cups"));
    EXPECT_THAT(charts[0].series, ElementsAre("raises", "lowers"));
    EXPECT_THAT(charts[0].values, ElementsAre(2, 0, 1, 0));
    EXPECT_THAT(charts[0].weights, ElementsAre(1, 0, 0, 0));
    EXPECT_THAT(of_kind(blocks_of("risk_factors", SampleAnalysis(), {{"chart", false}}), DOSSIER_CHART), IsEmpty());
}

TEST(RiskFactorsReport, NeverCallsASourceUnclearThatTells) {
    SampleAnalysis sample;
    sample.mention(0, "dose", dossier::FactorDirection::unclear, "Cups were counted.");
    sample.mention(0, "dose", dossier::FactorDirection::lowers, "More than four cups lower it.");
    auto const charts = of_kind(blocks_of("risk_factors", sample), DOSSIER_CHART);
    ASSERT_EQ(charts.size(), 1u);
    EXPECT_THAT(charts[0].series, ElementsAre("raises", "lowers"));
    EXPECT_THAT(charts[0].values, ElementsAre(2, 0, 1, 1));
}

// ---- What people judge of certainty

/// On "causes" two of one domain and one of the whole; on "tea", which no article mentions, one.
SampleAnalysis sample_with_judgements() {
    SampleAnalysis sample;
    auto const judge = [&](std::string claim, std::string domain, std::string who) {
        dossier::CertaintyJudgement judgement;
        judgement.claim_id = std::move(claim), judgement.domain = std::move(domain), judgement.who = std::move(who);
        judgement.when = "2026-02-10", judgement.why = "So it is.", judgement.levels_down = 1;
        if (judgement.domain.empty()) judgement.level = "low";
        sample.registry.certainty.push_back(judgement);
    };
    judge("causes", "indirectness", "anna"), judge("causes", "indirectness", "bert");
    judge("causes", "", "carl"), judge("tea", "imprecision", "anna");
    return sample;
}

TEST(AdjudicationReport, ListsJudgementsOfCertaintyInForceAndNotApplied) {
    auto const blocks = blocks_of("adjudication", sample_with_judgements());
    EXPECT_THAT(as_text(blocks), HasSubstr("Nobody has decided or rated a stance: all are the engine's."));
    EXPECT_THAT(as_text(blocks), HasSubstr("2 judgements of certainty in force, 2 not applied."));
    EXPECT_THAT(
        rows_in_words(blocks, "judgements"),
        ElementsAre("Evening coffee causes insomnia.|indirectness|no level down|1 level down|bert|2026-02-10|So "
                    "it is.",
                    "Evening coffee causes insomnia.|as a whole|very low|low|carl|2026-02-10|So it is."));
    EXPECT_THAT(
        rows_in_words(blocks, "judgements-not-applied"),
        ElementsAre("Evening coffee causes insomnia.|indirectness|1 level down|anna|2026-02-10|So it is.|a later "
                    "judgement of the same takes its place",
                    "Tea does the same.|imprecision|1 level down|anna|2026-02-10|So it is.|no source informs "
                    "the claim"));
}

TEST(AdjudicationReport, SaysInASentenceThatNobodyDecidedAnything) {
    EXPECT_THAT(as_text(blocks_of("adjudication", SampleAnalysis())),
                HasSubstr("Nobody has decided or rated anything: every stance is the engine's."));
}

TEST(MethodsReport, CountsTheSameJudgementsOfCertainty) {
    EXPECT_THAT(rows_in_words(blocks_of("methods", sample_with_judgements()), "swim")[5],
                HasSubstr("Decided by people: 2 judgements in force, 2 not applied."));
}

TEST(ConsensusReport, SaysWhatWasJudgedOfAClaimThatNoSourceInforms) {
    EXPECT_THAT(as_text(blocks_of("consensus", sample_with_judgements())),
                HasSubstr("not rated; imprecision: So it is. (judged by anna, 2026-02-10: one level down; not applied: "
                          "no source informs the claim)"));
}

}  // namespace
