// The three reports over a real analysis database: the stream holds to its grammar, and says what an analyst must see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <locale>
#include <set>
#include <sstream>

#include "report_of_sample.hpp"

namespace {

using dossier::test::as_text;
using dossier::test::blocks_of;
using dossier::test::library_of;
using dossier::test::rows_of;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::size_t count(std::vector<Said> const& blocks, std::uint32_t kind) {
    return static_cast<std::size_t>(
        std::count_if(blocks.begin(), blocks.end(), [&](Said const& said) { return said.kind == kind; }));
}

/// The six articles of the sample and further ones, of which one speaks.
SampleAnalysis articles(int n) {
    SampleAnalysis sample;
    for (int i = 0; i < n - 6; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("further " + number, "Further " + number, "Nothing on it, number " + number + ".");
        if (i == 0) sample.support(sample.articles.size() - 1, "causes", "It does, says number 0.");
    }
    return sample;
}

/// More than sixteen articles, so that the matrix becomes a table per claim.
SampleAnalysis many_articles() {
    return articles(17);
}

/// The head of the table with this anchor; nullptr: there is none.
Said const* table_at(std::vector<Said> const& blocks, std::string const& anchor) {
    auto const found = std::find_if(blocks.begin(), blocks.end(), [&](Said const& said) {
        return said.kind == DOSSIER_TABLE_BEGIN && said.anchor == anchor;
    });
    return found == blocks.end() ? nullptr : &*found;
}

/// Rows of every table whose anchor begins so.
std::vector<Said> rows_of_all(std::vector<Said> const& blocks, std::string const& beginning) {
    std::vector<Said> rows;
    for (auto const& said : blocks)
        if (said.kind == DOSSIER_TABLE_BEGIN && said.anchor.rfind(beginning, 0) == 0)
            for (auto const& row : rows_of(blocks, said.anchor))
                rows.push_back(row);
    return rows;
}

/// "causes|late|d|mixed": the first cells of a row.
std::string beginning_of(Said const& row, std::size_t n) {
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
        text += (i == 0 ? "" : "|") + row.cells[i].text;
    return text;
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
    for (auto const& sample : {SampleAnalysis(), articles(16), many_articles(), without_articles(), without_anything()})
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

INSTANTIATE_TEST_SUITE_P(Reports, EveryReport,
                         testing::Values("consensus", "contradictions", "evidence_map", "methods", "quotes",
                                         "risk_factors", "sensitivity", "sources", "stance_table", "summary"));

TEST(StanceTableReport, AsAFlatTableHasARowForEachStanceThatIsTaken) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis(), {{"flat", true}});
    auto const rows = rows_of(blocks, "stances");
    std::vector<std::string> taken;
    for (auto const& row : rows)
        taken.push_back(row.cells[0].text.substr(0, 9) + "|" + row.cells[1].text + "|" + row.cells[2].text + "|" +
                        row.cells[5].text);
    EXPECT_THAT(taken, testing::ElementsAre("Ärger & |causes|supports|It keeps people awake at night.",
                                            "Ärger & |tolerance|supports|Drinkers get used to it.",
                                            "b|causes|refutes|Coffee drunk before noon does not disturb sleep.",
                                            "copy of b|causes|refutes|Coffee drunk before noon does not disturb sleep.",
                                            "d|causes|mixed|Late coffee disturbs sleep."));
    EXPECT_EQ(count(blocks, DOSSIER_TABLE_BEGIN), 1u);
    EXPECT_EQ(count(blocks, DOSSIER_QUOTE), 0u);
}

TEST(StanceTable, LeadsFromEveryInformativeStanceToItsQuote) {
    for (auto const& sample : {SampleAnalysis(), many_articles()}) {
        auto const blocks = blocks_of("stance_table", sample);
        std::size_t n_informative = 0;
        for (auto const& row : rows_of_all(blocks, "stances"))
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

TEST(StanceTable, GivesEachOfAtMostSixteenArticlesAColumn) {
    auto const few = blocks_of("stance_table", SampleAnalysis());
    auto const rows = rows_of(few, "stances");
    // Per claim the overall row, and below it the conditions under which somebody speaks.
    ASSERT_EQ(rows.size(), 3u + 2u);
    ASSERT_EQ(rows[0].cells.size(), 2u + 6u);
    EXPECT_EQ(beginning_of(rows[0], 8),
              "Evening coffee causes insomnia.||refutes|refutes|mixed|not_assessable|not_assessable|supports");
    EXPECT_EQ(beginning_of(rows[1], 6), "|when drunk before noon|refutes|refutes|silent|not_assessable");
    EXPECT_EQ(beginning_of(rows[2], 6), "|when drunk late|silent|silent|mixed|not_assessable");
    EXPECT_EQ(beginning_of(rows[3], 2), "Regular drinkers become tolerant.|");
    EXPECT_EQ(rows_of(blocks_of("stance_table", articles(16)), "stances")[0].cells.size(), 2u + 16u);
    EXPECT_EQ(table_at(blocks_of("stance_table", articles(17)), "stances"), nullptr);
}

TEST(StanceTable, NamesColumnsAfterArticlesForDataAndByNumberForPeople) {
    SampleAnalysis sample;
    sample.add_article("Smith 2020", "A", "One.");
    sample.add_article("smith-2020", "B", "Two.");
    sample.add_article("2019 Übersicht", "C", "Three.");
    sample.add_article("Ω", "D", "Four.");
    sample.add_article(std::string(200, 'l'), "E", "Five.");
    sample.add_article("claim", "F", "Six.");
    auto const blocks = blocks_of("stance_table", sample);
    auto const* table = table_at(blocks, "stances");
    ASSERT_NE(table, nullptr);
    std::vector<std::string> keys, titles;
    for (auto const& column : table->columns)
        keys.push_back(column.key), titles.push_back(column.title);
    for (auto const& key :
         {std::string("claim"), std::string("condition"), std::string("copy_of_b"), std::string("smith_2020"),
          std::string("article_2019_bersicht"), std::string("article"), std::string(60, 'l')})
        EXPECT_THAT(keys, Contains(key));
    EXPECT_THAT(keys, Contains(testing::StartsWith("smith_2020_")));
    EXPECT_THAT(keys, Contains(testing::StartsWith("claim_")));
    EXPECT_EQ(titles[2], "[1]");
    EXPECT_THAT(titles, Contains("[12]"));
}

TEST(StanceTable, CutsLongNamesOfColumnsAlsoBehindTheWordThatIsPutBefore) {
    SampleAnalysis sample;
    auto const digits = std::string(56, '7'), underscore = std::string(51, '7') + " " + std::string(20, 'a');
    sample.add_article(digits, "A", "One.");
    sample.add_article(digits + "7", "B", "Two.");
    sample.add_article(underscore, "C", "Three.");
    auto const blocks = blocks_of("stance_table", sample);
    auto const* table = table_at(blocks, "stances");
    ASSERT_NE(table, nullptr);
    std::vector<std::string> keys;
    std::set<std::string> different;
    for (auto const& column : table->columns) {
        EXPECT_LE(column.key.size(), 64u) << column.key;
        EXPECT_NE(column.key.back(), '_') << column.key;
        keys.push_back(column.key), different.insert(column.key);
    }
    EXPECT_EQ(different.size(), keys.size());
    EXPECT_THAT(keys, Contains("article_" + std::string(52, '7')));
    EXPECT_THAT(keys, Contains("article_" + std::string(51, '7')));
}

TEST(StanceTable, TellsWhichArticleEachNumberIsWithLinksBothWays) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis());
    auto const key = rows_of(blocks, "article-key"), list = rows_of(blocks, "article-list");
    ASSERT_EQ(key.size(), 6u);
    ASSERT_EQ(list.size(), 6u);
    for (std::size_t i = 0; i < key.size(); ++i) {
        EXPECT_EQ(key[i].cells[0].integer, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(key[i].cells[1].target, "#" + list[i].anchor);
        EXPECT_EQ(list[i].cells[0].target, "#" + key[i].anchor);
        EXPECT_EQ(key[i].cells[1].text, list[i].cells[1].text);
    }
    auto const coffee =
        std::find_if(key.begin(), key.end(), [](Said const& row) { return row.cells[1].text == "Coffee and sleep"; });
    ASSERT_NE(coffee, key.end());
    EXPECT_EQ(coffee->cells[2].text, "randomised trial");
    EXPECT_EQ(coffee->cells[3].text, "2021");
    auto const copy =
        std::find_if(key.begin(), key.end(), [](Said const& row) { return row.cells[1].text == "Coffee, again"; });
    ASSERT_NE(copy, key.end());
    EXPECT_EQ(copy->cells[4].text, "[" + std::to_string(copy->cells[0].integer - 1) + "]");
    EXPECT_EQ(table_at(blocks_of("stance_table", many_articles()), "article-key"), nullptr);
}

TEST(StanceTable, GivesManyArticlesARowInATableOfEachClaim) {
    auto const blocks = blocks_of("stance_table", many_articles());
    auto const* table = table_at(blocks, "stances-claim-causes");
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->text, "Evening coffee causes insomnia.");
    // Five speak, two cannot be assessed; three speak under a condition; the silent ones are counted.
    EXPECT_EQ(rows_of(blocks, "stances-claim-causes").size(), 5u + 2u + 3u);
    EXPECT_THAT(as_text(blocks), HasSubstr("Of 17 articles 2 support, 2 refute, 1 is mixed, 10 are silent, 2 are not"
                                           " assessable. Quotes"));
    auto const with_silent = blocks_of("stance_table", many_articles(), {{"silent", true}});
    EXPECT_EQ(rows_of(with_silent, "stances-claim-causes").size(), 17u + 3u);
}

TEST(StanceTable, SaysOfAClaimWithoutARowThatAllAreSilent) {
    auto sample = many_articles();
    sample.articles[4].status = dossier::ArticleStatus::ok;
    sample.articles[5].truncated = false;
    auto const blocks = blocks_of("stance_table", sample);
    EXPECT_EQ(table_at(blocks, "stances-claim-tea"), nullptr);
    EXPECT_THAT(as_text(blocks), HasSubstr("Tea does the same.\nOf 17 articles 17 are silent."));
}

TEST(StanceTable, EndsWithEveryStanceAsTidyData) {
    for (auto const& sample : {SampleAnalysis(), many_articles()}) {
        auto const blocks = blocks_of("stance_table", sample);
        auto const* table = table_at(blocks, "every-stance");
        ASSERT_NE(table, nullptr);
        std::vector<std::string> keys, rows;
        for (auto const& column : table->columns)
            keys.push_back(column.key);
        EXPECT_THAT(keys, testing::ElementsAre("claim_id", "condition_id", "article_id", "stance", "n_supporting",
                                               "n_refuting", "remark"));
        for (auto const& row : rows_of(blocks, "every-stance"))
            rows.push_back(beginning_of(row, 4));
        EXPECT_THAT(rows, Contains("causes||d|mixed"));
        EXPECT_THAT(rows, Contains("causes|late|d|mixed"));
        EXPECT_THAT(rows, Contains("tea||f|not_assessable"));
        EXPECT_THAT(rows, Contains("causes|before-noon|copy of b|refutes"));
        EXPECT_THAT(rows, testing::Each(Not(HasSubstr("silent"))));
        EXPECT_THAT(rows, Not(Contains("causes|late|f|not_assessable")));
        EXPECT_EQ(std::set<std::string>(rows.begin(), rows.end()).size(), rows.size());
    }
}

TEST(StanceTable, GivesEverySilenceARowOfTheTidyDataWhenAsked) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis(), {{"silent", true}});
    // Six articles: three claims as a whole, one under two conditions, one under one.
    EXPECT_EQ(rows_of(blocks, "every-stance").size(), 6u * (3u + 2u + 1u));
}

TEST(StanceTable, CanLeaveTheTidyDataOut) {
    auto const blocks = blocks_of("stance_table", SampleAnalysis(), {{"long_table", false}});
    EXPECT_EQ(table_at(blocks, "every-stance"), nullptr);
    EXPECT_NE(table_at(blocks, "stances"), nullptr);
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
    EXPECT_EQ(verdicts[0].cells[1].text, "evenly divided, fragile");
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
    EXPECT_THAT(text,
                HasSubstr("fragile: it would read otherwise without any one of the 2 sources that take a side;"
                          " it reads “leans towards support” without b; it reads “leans towards refutation” without"
                          " “Coffee and sleep”"));
    EXPECT_EQ(rows_of(blocks, "further").size(), 3u);
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
    EXPECT_EQ(
        chart->alternative,
        "One bar per claim: independent sources that refute to the left, those that support to the right, mixed ones"
        " across the middle. More support than refute on 1 of 3 claims, more refute than support on none; the"
        " numbers stand in the table “Independent sources behind the verdicts”.");
    EXPECT_EQ(table_at(blocks, "counts")->text, "Independent sources behind the verdicts");
}

TEST(ConsensusReport, SaysWhoJudgedTheCertaintyAndWhatTheDataSuggest) {
    SampleAnalysis sample;
    dossier::CertaintyJudgement judgement;
    judgement.claim_id = "causes", judgement.level = "moderate", judgement.who = "anna-k",
    judgement.why = "Large trials.";
    sample.registry.certainty = {judgement};
    auto const blocks = blocks_of("consensus", sample);
    EXPECT_EQ(rows_of(blocks, "verdicts")[0].cells[6].text, "moderate (judged by anna-k)");
    EXPECT_THAT(as_text(blocks),
                HasSubstr("moderate certainty, as judged by anna-k (the data suggest very low), because of"));
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
    EXPECT_THAT(text, HasSubstr("Coffee and sleep: raises; reports or cites a study"));
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

TEST(RiskFactorReport, FlagsAnimalStudiesAndConflictsOfInterest) {
    SampleAnalysis sample;
    sample.articles[0].study_design.value = "animal study";
    auto const blocks = blocks_of("risk_factors", sample);
    EXPECT_EQ(rows_of(blocks, "factors")[0].cells[7].text, "1 animal study, 1 with a conflict of interest");
    auto const text = as_text(blocks);
    EXPECT_THAT(text, HasSubstr("Coffee and sleep: raises; reports or cites a study; animal study"));
    EXPECT_THAT(text, HasSubstr("b: raises; cites no study here; conflict of interest"));
}

// A p-value of 1/32 is 0.0313 in a sentence as in a cell.
TEST(ConsensusReport, RoundsInSentencesAsInTables) {
    SampleAnalysis sample;
    for (int i = 0; i < 6; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("tea " + number, "Tea " + number, "Number " + number + ".");
        sample.support(sample.articles.size() - 1, "tea", "It does, says number " + number + ".");
    }
    EXPECT_THAT(as_text(blocks_of("consensus", sample)), HasSubstr("Sign test: p = 0.0313"));
}

TEST(RiskFactorReport, LimitsQuotesAndSaysSo) {
    auto const text = as_text(blocks_of("risk_factors", SampleAnalysis(), {{"max_quotes", std::int64_t{1}}}));
    EXPECT_THAT(text, HasSubstr("1 further quote not shown."));
}

// ---- The pages of docs/reports ----------------------------------------------------------------------------------------

/// "0.5", "17": a bound or a default without a point that says nothing.
std::string shown(double value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return text.str();
}

std::string type_as_the_page_has_it(dossier_option const& option) {
    bool const bounded = option.minimum <= option.maximum;
    auto const bounds = bounded ? ", " + shown(option.minimum) + " to " + shown(option.maximum) : std::string();
    switch (option.type) {
        case DOSSIER_BOOLEAN: return "boolean";
        case DOSSIER_INTEGER: return "integer" + bounds;
        case DOSSIER_REAL: return "number" + bounds;
        default: return "text";
    }
}

std::string default_as_the_page_has_it(dossier_option const& option) {
    switch (option.type) {
        case DOSSIER_BOOLEAN: return option.default_value.boolean != 0 ? "true" : "false";
        case DOSSIER_INTEGER: return std::to_string(option.default_value.integer);
        case DOSSIER_REAL: return shown(option.default_value.real);
        default: return dossier::test::to_string(option.default_value.text);
    }
}

std::string section(std::string const& page, std::string const& heading) {
    auto const begin = page.find("\n## " + heading + "\n");
    if (begin == std::string::npos) return {};
    return page.substr(begin, page.find("\n## ", begin + 1) - begin);
}

/// The page of `report`: "stance_table" has docs/reports/stance-table.md.
std::string page_of(std::string report) {
    std::replace(report.begin(), report.end(), '_', '-');
    std::ifstream file(std::filesystem::path(DOSSIER_SOURCE_DIR) / "docs" / "reports" / (report + ".md"));
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_P(EveryReport, HasAPageThatTellsExactlyItsOptions) {
    auto const options = section(page_of(GetParam()), "Options");
    auto const& component = dossier::test::harness::only_report_in(library_of(GetParam()));
    ASSERT_GT(component.n_options, 0u);
    for (std::size_t i = 0; i < component.n_options; ++i) {
        auto const& option = component.options[i];
        EXPECT_THAT(options,
                    HasSubstr("\n| `" + dossier::test::to_string(option.key) + "` | " +
                              type_as_the_page_has_it(option) + " | `" + default_as_the_page_has_it(option) + "` | "));
        for (std::size_t choice = 0; choice < option.n_choices; ++choice)
            EXPECT_THAT(options, HasSubstr("`" + dossier::test::to_string(option.choices[choice]) + "`"));
    }
    std::size_t n_rows = 0;
    for (auto at = options.find("\n| `"); at != std::string::npos; at = options.find("\n| `", at + 1))
        ++n_rows;
    EXPECT_EQ(n_rows, component.n_options) << "an option that the report does not have";
}

TEST_P(EveryReport, HasAPageThatNamesItsTables) {
    auto const page = page_of(GetParam());
    for (auto const& sample : {SampleAnalysis(), many_articles()})
        for (auto const& said : blocks_of(GetParam(), sample)) {
            if (said.kind != DOSSIER_TABLE_BEGIN) continue;
            auto const claim = said.anchor.find("-claim-");  // a table of each claim
            auto const name = claim == std::string::npos ? said.anchor : said.anchor.substr(0, claim) + "-claim-…";
            EXPECT_THAT(page, HasSubstr("`" + name + "`"));
        }
}

}  // namespace
