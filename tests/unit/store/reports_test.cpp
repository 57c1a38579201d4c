// The three reports over a real analysis database: the stream holds to its grammar, and says what an analyst must see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "sample_analysis.hpp"
#include "support/report_harness.hpp"

namespace {

using dossier::test::as_text;
using dossier::test::OptionMap;
using dossier::test::problems_in;
using dossier::test::ReportRun;
using dossier::test::run_report;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using dossier::test::TemporaryFolder;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string library(std::string const& report) {
    return DOSSIER_BINARY_DIR "/lib/dossier/plugins/" + report + ".so";
}

/// Runs a report over `sample`; fails the test unless all went well. DOSSIER_SHOW_REPORTS=1 prints what it says.
std::vector<Said> blocks_of(std::string const& report, SampleAnalysis const& sample, OptionMap const& options = {}) {
    TemporaryFolder folder;
    sample.write(folder.file("analysis.sqlite"));
    auto run = run_report(library(report), folder.file("analysis.sqlite"), options);
    EXPECT_EQ(run.status, DOSSIER_OK) << report << ": " << run.error;
    EXPECT_THAT(problems_in(run.blocks), IsEmpty()) << report;
    if (std::getenv("DOSSIER_SHOW_REPORTS") != nullptr) std::cout << as_text(run.blocks) << std::endl;
    return std::move(run.blocks);
}

std::size_t count(std::vector<Said> const& blocks, std::uint32_t kind) {
    return static_cast<std::size_t>(
        std::count_if(blocks.begin(), blocks.end(), [&](Said const& said) { return said.kind == kind; }));
}

/// Rows of the table with this anchor.
std::vector<Said> rows_of(std::vector<Said> const& blocks, std::string const& anchor) {
    auto table = std::find_if(blocks.begin(), blocks.end(), [&](Said const& said) {
        return said.kind == DOSSIER_TABLE_BEGIN && said.anchor == anchor;
    });
    std::vector<Said> rows;
    if (table == blocks.end()) return rows;
    for (++table; table->kind == DOSSIER_ROW; ++table)
        rows.push_back(*table);
    return rows;
}

/// More than eight articles, so that the matrix becomes a list.
SampleAnalysis many_articles() {
    SampleAnalysis sample;
    for (int i = 0; i < 6; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("further " + number, "Further " + number, "Nothing on it, number " + number + ".");
        if (i == 0) sample.support(sample.articles.size() - 1, "causes", "It does, says number 0.");
    }
    return sample;
}

SampleAnalysis without_articles() {
    SampleAnalysis sample;
    sample.articles.clear(), sample.evidence.clear();
    return sample;
}

SampleAnalysis without_anything() {
    auto sample = without_articles();
    sample.registry = {};
    return sample;
}

class EveryReport : public testing::TestWithParam<std::string> {};

TEST_P(EveryReport, SaysAWellFormedStreamAboutAnything) {
    for (auto const& sample : {SampleAnalysis(), many_articles(), without_articles(), without_anything()})
        EXPECT_FALSE(blocks_of(GetParam(), sample).empty());
}

TEST_P(EveryReport, CopesWithOneClaimAndOneArticle) {
    SampleAnalysis sample;
    sample.registry.claims.resize(1);
    sample.articles.resize(1), sample.evidence.resize(1);
    sample.evidence[0].items.resize(1);
    EXPECT_FALSE(blocks_of(GetParam(), sample).empty());
}

TEST_P(EveryReport, CopesWithIdsAtTheLengthLimitOfAnchors) {
    SampleAnalysis sample;
    sample.add_claim(std::string(300, 'x'), "A claim with a long name.", {"late"});
    sample.add_claim(std::string(300, 'x') + "y", "Another.", {});
    sample.support(0, std::string(300, 'x'), "So long a name.", "late");
    dossier::RiskFactor factor;
    factor.id = std::string(200, 'f'), factor.name = "a long-named factor";
    sample.registry.risk_factors.push_back(factor);
    sample.mention(0, factor.id, dossier::FactorDirection::lowers, "It lowers the risk.");
    EXPECT_FALSE(blocks_of(GetParam(), sample).empty());
}

TEST_P(EveryReport, SaysTheSameTwice) {
    EXPECT_EQ(as_text(blocks_of(GetParam(), SampleAnalysis())), as_text(blocks_of(GetParam(), SampleAnalysis())));
}

INSTANTIATE_TEST_SUITE_P(Reports, EveryReport, testing::Values("consensus", "risk_factors", "stance_table"));

TEST(StanceTable, LeadsFromEveryInformativeStanceToItsQuote) {
    for (auto const& sample : {SampleAnalysis(), many_articles()}) {
        auto const blocks = blocks_of("stance_table", sample);
        std::size_t n_informative = 0;
        for (auto const& row : rows_of(blocks, "stances"))
            for (auto const& cell : row.cells) {
                if (cell.kind != DOSSIER_CELL_STANCE) continue;
                bool const informative = cell.text == "supports" || cell.text == "refutes" || cell.text == "mixed";
                EXPECT_EQ(!cell.target.empty(), informative) << cell.text;
                if (!informative) continue;
                ++n_informative;
                auto const quote = std::find_if(blocks.begin(), blocks.end(), [&](Said const& said) {
                    return said.kind == DOSSIER_QUOTE && "#" + said.anchor == cell.target;
                });
                ASSERT_NE(quote, blocks.end()) << cell.target;
                if (cell.text != "mixed") {
                    EXPECT_EQ(quote->stance, cell.text);
                }
                EXPECT_FALSE(quote->back.empty());
            }
        EXPECT_GE(n_informative, 5u);
    }
}

TEST(StanceTable, GivesEachOfAFewArticlesAColumnAndManyARow) {
    auto const few = blocks_of("stance_table", SampleAnalysis());
    // Per claim the overall row, and the conditions under which somebody speaks.
    EXPECT_EQ(rows_of(few, "stances").size(), 3u + 2u);
    EXPECT_EQ(rows_of(few, "stances")[0].cells.size(), 2u + 6u);
    auto const many = rows_of(blocks_of("stance_table", many_articles()), "stances");
    EXPECT_THAT(as_text(blocks_of("stance_table", many_articles())), HasSubstr("are not listed"));
    EXPECT_GT(rows_of(blocks_of("stance_table", many_articles(), {{"silent", true}}), "stances").size(), many.size());
}

TEST(StanceTable, KeepsQuotesWordForWordWithTheirPlace) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis());
    auto const quote = std::find_if(blocks.begin(), blocks.end(),
                                    [](Said const& said) { return said.text == "It keeps people awake at night."; });
    ASSERT_NE(quote, blocks.end());
    EXPECT_EQ(quote->article_id, "Ärger & \"Zitate\"/<b>1</b>");
    EXPECT_EQ(quote->url, "https://example.org/coffee");
    EXPECT_EQ(quote->byte_end - quote->byte_begin, quote->text.size());
}

TEST(StanceTable, SaysWhatConditionsExplainAndWhatContradictsItself) {
    auto const text = as_text(blocks_of("stance_table", SampleAnalysis()));
    EXPECT_THAT(text, HasSubstr("Says both"));
    EXPECT_THAT(text, HasSubstr("when drunk late; cue 'sleep'"));
    EXPECT_THAT(text, HasSubstr("reported, not asserted; hedged"));
    EXPECT_THAT(text, HasSubstr("the language is de"));
    EXPECT_THAT(text, HasSubstr("same text"));
    EXPECT_THAT(text, HasSubstr("cut off, so its silence counts as not assessable"));
}

TEST(StanceTable, NeverHidesASideBehindALimit) {
    SampleAnalysis sample;
    for (int i = 0; i < 20; ++i)
        sample.support(3, "causes", "Again " + std::to_string(i) + ".", "late");
    auto const blocks = blocks_of("stance_table", sample, {{"max_quotes", std::int64_t{1}}});
    auto const text = as_text(blocks);
    EXPECT_THAT(text, HasSubstr("Late coffee never disturbs sleep."));
    EXPECT_THAT(text, HasSubstr("20 further quotes of this article not shown."));
}

TEST(StanceTable, CanLeaveQuotesOut) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis(), {{"quotes", false}});
    EXPECT_EQ(count(blocks, DOSSIER_QUOTE), 0u);
}

TEST(ConsensusReport, GivesTheFourPartsOfEveryVerdict) {
    auto const blocks = blocks_of("consensus", SampleAnalysis());
    auto const verdicts = rows_of(blocks, "verdicts");
    ASSERT_EQ(verdicts.size(), 3u);
    EXPECT_EQ(verdicts[0].cells[0].text, "Evening coffee causes insomnia.");
    EXPECT_EQ(verdicts[0].cells[1].text, "evenly divided");
    EXPECT_EQ(verdicts[0].cells[2].text, "1 of 2");
    EXPECT_EQ(verdicts[0].cells[5].text, "low");
    EXPECT_EQ(verdicts[0].cells[6].text, "very low");
    EXPECT_EQ(verdicts[0].cells[7].text, "broad (3 of 3)");
    EXPECT_EQ(verdicts[1].cells[1].text, "rests on one source");
    EXPECT_EQ(verdicts[1].cells[2].text, "1 of 1");
    EXPECT_EQ(verdicts[2].cells[1].text, "no evidence found in 4 articles");
    EXPECT_EQ(verdicts[2].cells[3].kind, static_cast<std::uint32_t>(DOSSIER_CELL_EMPTY));
}

TEST(ConsensusReport, WarnsOfOneSourceAndOfUnreadableArticles) {
    auto const text = as_text(blocks_of("consensus", SampleAnalysis()));
    EXPECT_THAT(text, HasSubstr("! Rests on one source: Only “Coffee and sleep” says which way it is."));
    EXPECT_THAT(text, HasSubstr("1 article could not be assessed"));
    EXPECT_THAT(text, HasSubstr("6 articles, 5 independent sources"));
}

TEST(ConsensusReport, ShowsConditionsSensitivityAndCutOffs) {
    auto const blocks = blocks_of("consensus", SampleAnalysis());
    auto const text = as_text(blocks);
    EXPECT_THAT(text, HasSubstr("when drunk before noon: rests on one source (1 refutes)"));
    EXPECT_THAT(text, HasSubstr("when drunk late: rests on one source (1 is mixed)"));
    EXPECT_THAT(text, HasSubstr("fragile; without"));
    EXPECT_THAT(text, HasSubstr("at least 0.95"));
    EXPECT_THAT(text, HasSubstr("Nikolakopoulos 2020"));
    EXPECT_EQ(rows_of(blocks, "conditions").size(), 3u);
    EXPECT_THAT(text, Not(HasSubstr("GRADE")));
}

TEST(ConsensusReport, DrawsTheCountsThatTheTableHolds) {
    auto const blocks = blocks_of("consensus", SampleAnalysis());
    auto const chart =
        std::find_if(blocks.begin(), blocks.end(), [](Said const& said) { return said.kind == DOSSIER_CHART; });
    ASSERT_NE(chart, blocks.end());
    auto const counts = rows_of(blocks, "counts");
    ASSERT_EQ(chart->categories.size(), counts.size());
    std::map<std::string, std::size_t> const columns = {{"supports", 1}, {"refutes", 2}, {"mixed", 3},
                                                        {"neutral", 4},  {"silent", 5},  {"not_assessable", 6}};
    for (std::size_t i = 0; i < counts.size(); ++i)
        for (std::size_t j = 0; j < chart->series.size(); ++j)
            EXPECT_EQ(chart->values[i * chart->series.size() + j],
                      static_cast<double>(counts[i].cells[columns.at(chart->series[j])].integer));
    EXPECT_THAT(chart->alternative, HasSubstr("Evening coffee causes insomnia. 1 supports, 1 refutes, 1 is mixed"));
}

TEST(ConsensusReport, LeavesOutWhatItIsToldTo) {
    auto const blocks = blocks_of("consensus", SampleAnalysis(), {{"chart", false}, {"details", false}});
    EXPECT_EQ(count(blocks, DOSSIER_CHART), 0u);
    EXPECT_EQ(count(blocks, DOSSIER_CALLOUT), 1u);
}

TEST(RiskFactorReport, CountsSourcesAndQuotesThem) {
    auto const blocks = blocks_of("risk_factors", SampleAnalysis());
    auto const rows = rows_of(blocks, "factors");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].cells[0].text, "a late hour");
    EXPECT_EQ(rows[0].cells[2].text, "raises");
    EXPECT_EQ(rows[0].cells[3].integer, 2);
    EXPECT_EQ(rows[0].cells[5].integer, 1);
    EXPECT_EQ(rows[1].cells[6].text, "when drunk late");
    auto const text = as_text(blocks);
    EXPECT_THAT(text, HasSubstr("Named by no article: slow metabolism."));
    EXPECT_THAT(text, HasSubstr("Coffee and sleep: raises; reports a study"));
}

TEST(RiskFactorReport, ListsNumbersWithComparatorPopulationAndQuote) {
    auto const blocks = blocks_of("risk_factors", SampleAnalysis());
    auto const rows = rows_of(blocks, "quantities");
    ASSERT_EQ(rows.size(), 2u);
    auto const& odds_ratio = rows[0].cells[1].text == "OR" ? rows[0] : rows[1];
    auto const& percentage = rows[0].cells[1].text == "OR" ? rows[1] : rows[0];
    EXPECT_EQ(percentage.cells[2].text, "up to");
    EXPECT_EQ(percentage.cells[6].kind, static_cast<std::uint32_t>(DOSSIER_CELL_EMPTY));
    EXPECT_EQ(odds_ratio.cells[6].text, "adults");
    EXPECT_EQ(odds_ratio.cells[4].low, 1.2);
    EXPECT_EQ(odds_ratio.cells[4].high, 3.0);
    EXPECT_FALSE(odds_ratio.cells[0].target.empty());
}

TEST(RiskFactorReport, LimitsQuotesAndSaysSo) {
    auto const text = as_text(blocks_of("risk_factors", SampleAnalysis(), {{"max_quotes", std::int64_t{1}}}));
    EXPECT_THAT(text, HasSubstr("1 further quote not shown."));
}

}  // namespace
