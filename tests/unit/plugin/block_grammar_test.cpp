#include "dossier/plugin/block_grammar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace {

using dossier::BlockGrammar;
using Broken = std::optional<std::string>;

dossier_text text(char const* words) {
    return {words, std::char_traits<char>::length(words)};
}

Broken say(BlockGrammar& grammar, std::uint32_t kind, void const* content = nullptr) {
    return grammar.check({kind, 0, content});
}

dossier_heading heading(std::uint32_t level, char const* words = "Words", char const* anchor = "") {
    dossier_heading made{};
    made.size = sizeof made, made.level = level, made.text = text(words), made.anchor = text(anchor);
    return made;
}

struct Paragraph {
    dossier_run run{};
    dossier_paragraph block{};
    explicit Paragraph(char const* words, char const* link = "") {
        run.text = text(words), run.link = text(link);
        block.size = sizeof block, block.runs = &run, block.n_runs = 1;
    }
};

dossier_quote quote() {
    dossier_quote made{};
    made.size = sizeof made;
    made.text = text("It is so."), made.locator.article_id = text("a1"), made.locator.path = text("a.txt");
    made.locator.byte_begin = 1, made.locator.byte_end = 10, made.locator.line = 1;
    return made;
}

dossier_column column(char const* key, std::uint32_t kind) {
    dossier_column made{};
    made.size = sizeof made, made.key = text(key), made.title = text("Title"), made.kind = kind;
    return made;
}

struct Table {
    std::vector<dossier_column> columns;
    dossier_table block{};
    explicit Table(std::vector<dossier_column> given, char const* anchor = "t") : columns(std::move(given)) {
        block.size = sizeof block, block.caption = text("Caption"), block.anchor = text(anchor);
        block.columns = columns.data(), block.n_columns = columns.size();
    }
};

dossier_cell cell(std::uint32_t kind) {
    dossier_cell made{};
    made.kind = kind;
    return made;
}

Broken one_cell(std::uint32_t column_kind, dossier_cell given) {
    BlockGrammar grammar;
    Table const table({column("c", column_kind)});
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &table.block), std::nullopt);
    dossier_row row{};
    row.size = sizeof row, row.cells = &given, row.n_cells = 1;
    return say(grammar, DOSSIER_ROW, &row);
}

TEST(BlockGrammar, TakesAFlowThatKeepsTheRules) {
    BlockGrammar grammar;
    auto const first = heading(1, "One", "one"), second = heading(2);
    Paragraph const paragraph("see", "#one");
    dossier_list list{};
    list.size = sizeof list;
    Table const table({column("c", DOSSIER_CELL_TEXT)});
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &first), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &second), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_LIST_BEGIN, &list), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_ITEM_BEGIN), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &paragraph.block), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &table.block), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_END), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_ITEM_END), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_LIST_END), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PAGE_BREAK), std::nullopt);
    EXPECT_EQ(grammar.finish(), std::nullopt);
    EXPECT_EQ(grammar.n_blocks(), 10U);
}

TEST(BlockGrammar, SkipsKindsThatItDoesNotKnow) {
    BlockGrammar grammar;
    EXPECT_EQ(say(grammar, 4711), std::nullopt);
    EXPECT_EQ(say(grammar, 0), std::nullopt);
}

TEST(BlockGrammar, LeavesDocumentsAndSectionsToTheHost) {
    for (std::uint32_t const kind :
         {DOSSIER_DOCUMENT_BEGIN, DOSSIER_DOCUMENT_END, DOSSIER_SECTION_BEGIN, DOSSIER_SECTION_END}) {
        BlockGrammar grammar;
        EXPECT_NE(say(grammar, kind), std::nullopt);
    }
    BlockGrammar grammar;
    EXPECT_EQ(say(grammar, DOSSIER_SECTION_END),
              "block 1 (section end): a report says only the flow; documents and sections are the host's");
}

TEST(BlockGrammar, HoldsHeadingsToOneLevelDeeper) {
    BlockGrammar grammar;
    auto const second = heading(2), first = heading(1), third = heading(3), none = heading(0), seventh = heading(7);
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &second), "block 1 (heading): the first heading is of level 2, not 1");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &first), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &third),
              "block 3 (heading): its level 3 follows level 1; it may be one deeper at most");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &none), "block 4 (heading): its level is 0, not 1 to 6");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &seventh), "block 5 (heading): its level is 7, not 1 to 6");
}

TEST(BlockGrammar, WantsRowsInTablesAndNothingElseThere) {
    BlockGrammar grammar;
    dossier_row row{};
    Paragraph const paragraph("no");
    EXPECT_EQ(say(grammar, DOSSIER_ROW, &row), "block 1 (row): no table is open");
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_END), "block 2 (table end): no table is open");
    Table const table({column("c", DOSSIER_CELL_TEXT)});
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &table.block), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &paragraph.block), "block 4 (paragraph): only rows may stand in a table");
    EXPECT_EQ(grammar.finish(), "after 4 blocks: a table is still open");
}

TEST(BlockGrammar, WantsItemsInListsAndNothingElseThere) {
    dossier_list list{};
    Paragraph const paragraph("no");
    BlockGrammar grammar;
    EXPECT_EQ(say(grammar, DOSSIER_ITEM_BEGIN), "block 1 (item begin): no list is open");
    EXPECT_EQ(say(grammar, DOSSIER_ITEM_END), "block 2 (item end): no item is open");
    EXPECT_EQ(say(grammar, DOSSIER_LIST_END), "block 3 (list end): no list is open");
    EXPECT_EQ(say(grammar, DOSSIER_LIST_BEGIN, &list), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &paragraph.block), "block 5 (paragraph): only items may stand in a list");
    EXPECT_EQ(grammar.finish(), "after 5 blocks: a list is still open");
    EXPECT_EQ(say(grammar, DOSSIER_ITEM_BEGIN), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_LIST_END), "block 7 (list end): an item is still open");
    EXPECT_EQ(grammar.finish(), "after 7 blocks: an item is still open");
    list.ordered = 2;
    EXPECT_EQ(say(grammar, DOSSIER_LIST_BEGIN, &list), "block 8 (list begin): `ordered` is neither 0 nor 1");
}

TEST(BlockGrammar, LimitsHowDeepListsStand) {
    BlockGrammar grammar;
    dossier_list list{};
    Broken broken;
    int depth = 0;
    while (!broken && depth < 1000) {
        broken = say(grammar, DOSSIER_LIST_BEGIN, &list);
        if (!broken) broken = say(grammar, DOSSIER_ITEM_BEGIN);
        ++depth;
    }
    EXPECT_EQ(depth, 33);
}

TEST(BlockGrammar, WantsAnchorsWellFormedAndUnique) {
    BlockGrammar grammar;
    auto const good = heading(1, "One", "one"), again = heading(1, "One", "one"), bad = heading(1, "One", "One!");
    std::string const long_anchor(121, 'a');
    auto const too_long = heading(1, "One", long_anchor.c_str());
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &good), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &again), "block 2 (heading): its anchor is taken: \"one\"");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &bad),
              "block 3 (heading): its anchor is no [a-z0-9][a-z0-9-]* of at most 120 bytes: \"One!\"");
    EXPECT_NE(say(grammar, DOSSIER_HEADING, &too_long), std::nullopt);
}

TEST(BlockGrammar, WantsLinksToLeadSomewhere) {
    BlockGrammar grammar;
    Paragraph const forward("see", "#later"), nowhere("see", "#nowhere"), script("see", "javascript:alert(1)"),
        relative("see", "other.html"), spaced("see", "https://a b"), mail("see", "mailto:a@example.org");
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &forward.block), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &nowhere.block), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &mail.block), std::nullopt);
    auto const later = heading(1, "Later", "later");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &later), std::nullopt);
    EXPECT_EQ(grammar.finish(), "after 4 blocks: links lead to \"#nowhere\", which no block has as its anchor");
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &script.block),
              "block 5 (paragraph): run 1 leads to what is neither \"#anchor\" nor an absolute http(s) or mailto URL: "
              "\"javascript:alert(1)\"");
    EXPECT_NE(say(grammar, DOSSIER_PARAGRAPH, &relative.block), std::nullopt);
    EXPECT_NE(say(grammar, DOSSIER_PARAGRAPH, &spaced.block), std::nullopt);
}

TEST(BlockGrammar, WantsUtf8Everywhere) {
    BlockGrammar grammar;
    auto const bad_heading = heading(1, "caf\xE9");
    Paragraph const bad_paragraph("\xC0\x80");
    EXPECT_EQ(say(grammar, DOSSIER_HEADING, &bad_heading), "block 1 (heading): its text is not UTF-8: \"caf\\xE9\"");
    EXPECT_EQ(say(grammar, DOSSIER_PARAGRAPH, &bad_paragraph.block),
              "block 2 (paragraph): run 1 is not UTF-8: \"\\xC0\\x80\"");
    auto bad_quote = quote();
    bad_quote.comment = text("\xED\xA0\x80");
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &bad_quote),
              "block 3 (quote): its comment is not UTF-8: \"\\xED\\xA0\\x80\"");
}

TEST(BlockGrammar, WantsQuotesLocated) {
    BlockGrammar grammar;
    auto const good = quote();
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &good), std::nullopt);
    auto without_article = quote();
    without_article.locator.article_id = {};
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &without_article), "block 2 (quote): its locator names no article");
    auto empty = quote();
    empty.locator.byte_end = 1;
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &empty), "block 3 (quote): its locator has no bytes");
    auto lineless = quote();
    lineless.locator.line = 0;
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &lineless), "block 4 (quote): its locator has line 0; lines count from 1");
    auto textless = quote();
    textless.text = {};
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &textless), "block 5 (quote): its text is empty");
    auto stanced = quote();
    stanced.stance = text("maybe");
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &stanced), "block 6 (quote): its stance is none: \"maybe\"");
    auto back = quote();
    back.back = text("https://example.org");
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &back), "block 7 (quote): its `back` is no \"#anchor\"");
    auto url = quote();
    url.locator.url = text("ftp://example.org");
    EXPECT_NE(say(grammar, DOSSIER_QUOTE, &url), std::nullopt);
}

TEST(BlockGrammar, AsksWhetherAQuoteStandsInItsArticle) {
    BlockGrammar grammar([](dossier_quote const& asked) -> Broken {
        if (asked.locator.byte_begin == 1) return std::nullopt;
        return "the article reads otherwise";
    });
    auto good = quote(), bad = quote();
    bad.locator.byte_begin = 2;
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &good), std::nullopt);
    EXPECT_EQ(say(grammar, DOSSIER_QUOTE, &bad), "block 2 (quote): the article reads otherwise");
}

TEST(BlockGrammar, WantsTablesWithColumnsAndAnAnchor) {
    auto const broken = [](Table const& table) {
        BlockGrammar grammar;
        return say(grammar, DOSSIER_TABLE_BEGIN, &table.block);
    };
    EXPECT_EQ(broken(Table({})), "block 1 (table begin): it has 0 columns, not 1 to 256");
    EXPECT_EQ(broken(Table({column("c", DOSSIER_CELL_TEXT)}, "")), "block 1 (table begin): it has no anchor");
    EXPECT_EQ(broken(Table({column("c", DOSSIER_CELL_TEXT), column("c", DOSSIER_CELL_TEXT)})),
              "block 1 (table begin): column 2 has a key that is taken: \"c\"");
    EXPECT_EQ(broken(Table({column("C c", DOSSIER_CELL_TEXT)})),
              "block 1 (table begin): column 1 has a key that is no [a-z][a-z0-9_]*: \"C c\"");
    EXPECT_EQ(broken(Table({column("c", DOSSIER_CELL_EMPTY)})), "block 1 (table begin): column 1 is of kind empty");
    auto many = column("c", DOSSIER_CELL_REAL);
    many.decimals = 16;
    EXPECT_EQ(broken(Table({many})), "block 1 (table begin): column 1 has 16 decimals, not 0 to 15");
}

TEST(BlockGrammar, WantsTablesToShowMoreThanIds) {
    auto id = column("claim_id", DOSSIER_CELL_TEXT);
    id.role = DOSSIER_COLUMN_KEY;
    BlockGrammar grammar, other;
    Table const nothing({id}), something({column("claim", DOSSIER_CELL_TEXT), id});
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &nothing.block),
              "block 1 (table begin): it has columns of ids only, and nothing to show");
    EXPECT_EQ(say(other, DOSSIER_TABLE_BEGIN, &something.block), std::nullopt);
}

TEST(BlockGrammar, WantsAsManyCellsAsColumnsAndOfTheirKind) {
    BlockGrammar grammar;
    Table const table({column("a", DOSSIER_CELL_TEXT), column("b", DOSSIER_CELL_INTEGER)});
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &table.block), std::nullopt);
    std::vector<dossier_cell> cells = {cell(DOSSIER_CELL_EMPTY), cell(DOSSIER_CELL_INTEGER), cell(DOSSIER_CELL_EMPTY)};
    dossier_row row{};
    row.size = sizeof row, row.cells = cells.data(), row.n_cells = 3;
    EXPECT_EQ(say(grammar, DOSSIER_ROW, &row), "block 2 (row): it has 3 cells, but its table has 2 columns");
    row.n_cells = 2;
    EXPECT_EQ(say(grammar, DOSSIER_ROW, &row), std::nullopt);
    cells[1].kind = DOSSIER_CELL_REAL;
    EXPECT_EQ(say(grammar, DOSSIER_ROW, &row), "block 4 (row): cell 2 is of kind real, but its column of kind integer");
}

TEST(BlockGrammar, WantsValuesThatTheirKindAllows) {
    auto real = cell(DOSSIER_CELL_REAL);
    real.real = std::nan("");
    EXPECT_EQ(one_cell(DOSSIER_CELL_REAL, real),
              "block 2 (row): cell 1 is not a finite number; a missing value is an empty cell");
    auto share = cell(DOSSIER_CELL_PERCENT);
    share.real = 38.0;
    EXPECT_EQ(one_cell(DOSSIER_CELL_PERCENT, share),
              "block 2 (row): cell 1 is a percentage whose share is not within 0 and 1");
    auto interval = cell(DOSSIER_CELL_INTERVAL);
    interval.low = 2.0, interval.high = 1.0;
    EXPECT_EQ(one_cell(DOSSIER_CELL_INTERVAL, interval),
              "block 2 (row): cell 1 is an interval whose low end lies above its high end");
    interval.high = std::numeric_limits<double>::infinity();
    EXPECT_EQ(one_cell(DOSSIER_CELL_INTERVAL, interval), "block 2 (row): cell 1 is an interval without finite ends");
    auto stance = cell(DOSSIER_CELL_STANCE);
    stance.text = text("for");
    EXPECT_EQ(one_cell(DOSSIER_CELL_STANCE, stance), "block 2 (row): cell 1 is not a stance: \"for\"");
    stance.text = text("not_assessable");
    EXPECT_EQ(one_cell(DOSSIER_CELL_STANCE, stance), std::nullopt);
    auto date = cell(DOSSIER_CELL_DATE);
    for (char const* const good : {"2026", "2026-11", "2026-11-22"}) {
        date.text = text(good);
        EXPECT_EQ(one_cell(DOSSIER_CELL_DATE, date), std::nullopt) << good;
    }
    for (char const* const bad : {"", "26", "2026-13", "2026-11-32", "22.11.2026", "2026-1-1"}) {
        date.text = text(bad);
        EXPECT_NE(one_cell(DOSSIER_CELL_DATE, date), std::nullopt) << bad;
    }
}

TEST(BlockGrammar, WantsCellsOfQuotesToSayWhichQuoteTheyAre) {
    std::int64_t asked = 0;
    BlockGrammar grammar(dossier::QuoteChecks{{}, [&](std::int64_t number, std::string_view) {
                                                  asked = number;
                                                  return number == 7 ? Broken() : Broken("not this one");
                                              }});
    Table const table({column("c", DOSSIER_CELL_QUOTE)});
    EXPECT_EQ(say(grammar, DOSSIER_TABLE_BEGIN, &table.block), std::nullopt);
    auto const say_cell = [&](dossier_cell given) {
        dossier_row row{};
        row.size = sizeof row, row.cells = &given, row.n_cells = 1;
        return say(grammar, DOSSIER_ROW, &row);
    };
    auto made = cell(DOSSIER_CELL_QUOTE);
    made.text = text("They slept badly.");
    EXPECT_EQ(say_cell(made), "block 2 (row): cell 1 is a quote without its quote_number (view stances)");
    made.integer = 7;
    EXPECT_EQ(say_cell(made), std::nullopt);
    EXPECT_EQ(asked, 7);
    made.integer = 8;
    EXPECT_EQ(say_cell(made), "block 4 (row): cell 1 is not as analysed: not this one");
    EXPECT_EQ(say_cell(cell(DOSSIER_CELL_EMPTY)), std::nullopt);
}

TEST(BlockGrammar, WantsChartsThatCanBeToldInWordsAndNumbers) {
    dossier_text const names[] = {text("a"), text("b")};
    double values[] = {1.0, std::nan(""), 0.0, 2.0};
    dossier_chart chart{};
    chart.size = sizeof chart, chart.kind = DOSSIER_CHART_STACKED_BAR, chart.title = text("Title");
    chart.alternative = text("Words"), chart.anchor = text("c");
    chart.categories = names, chart.n_categories = 2, chart.series = names, chart.n_series = 2;
    chart.values = values, chart.n_values = 4;
    auto const broken = [&chart] {
        BlockGrammar grammar;
        return say(grammar, DOSSIER_CHART, &chart);
    };
    EXPECT_EQ(broken(), std::nullopt);
    values[3] = std::numeric_limits<double>::infinity();
    EXPECT_EQ(broken(), "block 1 (chart): one of its values is infinite; a missing value is NaN");
    values[3] = 2.0;
    chart.kind = DOSSIER_CHART_INTERVAL;
    EXPECT_EQ(broken(), "block 1 (chart): it has 4 values, but its categories and series make 12");
    chart.kind = 9;
    EXPECT_EQ(broken(), "block 1 (chart): it is a chart of unknown kind 9");
    chart.kind = DOSSIER_CHART_STACKED_BAR, chart.n_series = 65;
    EXPECT_EQ(broken(), "block 1 (chart): it has 65 series, not 1 to 64");
    chart.n_series = 2, chart.alternative = {};
    EXPECT_EQ(broken(), "block 1 (chart): it has no alternative text");
    chart.alternative = text("Words"), chart.anchor = {};
    EXPECT_EQ(broken(), "block 1 (chart): it has no anchor");
}

/// A chart of two categories and two series (FOREST: one) that breaks no rule, to be spoilt.
class GoodChart {
public:
    explicit GoodChart(std::uint32_t kind) {
        chart.size = sizeof chart, chart.kind = kind, chart.title = text("Title");
        chart.alternative = text("Words"), chart.anchor = text("c");
        chart.categories = names, chart.n_categories = 2, chart.series = names;
        chart.n_series = kind == DOSSIER_CHART_FOREST ? 1 : 2;
        bool const has_intervals = kind == DOSSIER_CHART_FOREST || kind == DOSSIER_CHART_INTERVAL;
        values.assign(2 * chart.n_series * (has_intervals ? 3 : 1), 1.0);
        chart.reference = std::nan("");
    }
    std::optional<std::string> broken() {
        chart.values = values.data(), chart.n_values = values.size();
        chart.weights = weights.data(), chart.n_weights = weights.size();
        chart.marks = marks.data(), chart.n_marks = marks.size();
        BlockGrammar grammar;
        return say(grammar, DOSSIER_CHART, &chart);
    }
    dossier_text names[2] = {text("a"), text("b")};
    std::vector<double> values, weights;
    std::vector<std::uint32_t> marks;
    dossier_chart chart{};
};

TEST(BlockGrammar, TakesChartsOfEveryKindAlsoWithMissingValues) {
    for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind) {
        GoodChart good(kind);
        EXPECT_EQ(good.broken(), std::nullopt) << kind;
        good.values.assign(good.values.size(), std::nan(""));
        EXPECT_EQ(good.broken(), std::nullopt) << kind;
        good.values.clear(), good.chart.n_categories = 0;
        EXPECT_EQ(good.broken(), std::nullopt) << kind;
    }
}

TEST(BlockGrammar, WantsChartsOfASizeThatTheirKindCanShow) {
    GoodChart diverging(DOSSIER_CHART_DIVERGING_BAR);
    diverging.chart.n_series = 1, diverging.values.resize(2);
    EXPECT_EQ(diverging.broken(), "block 1 (chart): it has 1 series, but a diverging bar has at least 2");
    GoodChart forest(DOSSIER_CHART_FOREST);
    forest.chart.n_series = 2, forest.values.resize(12);
    EXPECT_EQ(forest.broken(), "block 1 (chart): it has 2 series, but a forest plot has 1");
    GoodChart few(DOSSIER_CHART_FOREST);
    few.values.resize(2);
    EXPECT_EQ(few.broken(), "block 1 (chart): it has 2 values, but its categories and series make 6");
    GoodChart many(DOSSIER_CHART_LINE);
    many.chart.n_categories = 10'001;
    EXPECT_EQ(many.broken(), "block 1 (chart): it has 10001 categories, not at most 10,000");
}

TEST(BlockGrammar, WantsValuesThatTheKindOfChartCanShow) {
    struct Case {
        std::uint32_t kind;
        double value;
        char const* rule;
    };
    for (auto const& [kind, value, rule] :
         {Case{DOSSIER_CHART_STACKED_BAR, -1, "one of its values is below 0"},
          Case{DOSSIER_CHART_DIVERGING_BAR, -1, "one of its values is below 0"},
          Case{DOSSIER_CHART_BUBBLE, -0.5, "one of its values is below 0"},
          Case{DOSSIER_CHART_EFFECT_DIRECTION, 2, "one of its values is no direction; it may be 1, 0 or -1"},
          Case{DOSSIER_CHART_EFFECT_DIRECTION, 0.5, "one of its values is no direction; it may be 1, 0 or -1"},
          Case{DOSSIER_CHART_HARVEST, 1.5, "one of its values is no whole number of at least 0"},
          Case{DOSSIER_CHART_HARVEST, -1, "one of its values is no whole number of at least 0"},
          Case{DOSSIER_CHART_INTERVAL, 1.25, "one of its intervals has a low end above its high end"},
          Case{DOSSIER_CHART_FOREST, 1.25, "one of its intervals has a low end above its high end"}}) {
        GoodChart chart(kind);
        chart.values[1] = value;
        EXPECT_EQ(chart.broken(), std::string("block 1 (chart): ") + rule);
    }
}

TEST(BlockGrammar, TakesEstimatesThatLieBesideTheirIntervals) {
    for (auto const kind : {DOSSIER_CHART_INTERVAL, DOSSIER_CHART_FOREST}) {
        GoodChart chart(kind);
        chart.values[0] = 2;
        EXPECT_EQ(chart.broken(), std::nullopt) << kind;
    }
}

TEST(BlockGrammar, WantsAScaleThatHasAPlaceForEveryValue) {
    GoodChart chart(DOSSIER_CHART_FOREST);
    chart.chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.chart.reference = 1;
    EXPECT_EQ(chart.broken(), std::nullopt);
    chart.chart.reference = 0;
    EXPECT_EQ(chart.broken(), "block 1 (chart): its scale is logarithmic, but its reference is not above 0");
    chart.values[1] = 0;
    EXPECT_EQ(chart.broken(), "block 1 (chart): its scale is logarithmic, but one of its values is not above 0");
    chart.chart.scale = 2;
    EXPECT_EQ(chart.broken(), "block 1 (chart): its scale is unknown: 2");
    chart.chart.reference = std::numeric_limits<double>::infinity();
    EXPECT_EQ(chart.broken(), "block 1 (chart): its reference is infinite; NaN says that it has none");
    GoodChart bars(DOSSIER_CHART_STACKED_BAR);
    bars.chart.scale = DOSSIER_SCALE_LOGARITHMIC;
    EXPECT_EQ(bars.broken(),
              "block 1 (chart): its scale is logarithmic, which only those of intervals, forest plots and "
              "lines may be");
}

TEST(BlockGrammar, WantsWeightsAndMarksOnlyWhereTheyMeanSomething) {
    GoodChart bubbles(DOSSIER_CHART_BUBBLE);
    bubbles.weights.assign(4, 1.0);
    EXPECT_EQ(bubbles.broken(), "block 1 (chart): it has weights, which only harvest and forest plots have");
    bubbles.weights.clear(), bubbles.marks.assign(2, 0);
    EXPECT_EQ(bubbles.broken(), "block 1 (chart): it has marks, which only forest plots have");

    GoodChart harvest(DOSSIER_CHART_HARVEST);
    harvest.values = {2, 0, 1, 3}, harvest.weights = {1, 0, 1};
    EXPECT_EQ(harvest.broken(), "block 1 (chart): it has 3 weights, but its categories and series make 4");
    harvest.weights = {1, 0, 1, 3};
    EXPECT_EQ(harvest.broken(), std::nullopt);
    harvest.weights[1] = 1;
    EXPECT_EQ(harvest.broken(), "block 1 (chart): one of its weights is more than its value");
    harvest.weights[1] = 0, harvest.weights[0] = 0.5;
    EXPECT_EQ(harvest.broken(), "block 1 (chart): one of its weights is no whole number");

    GoodChart forest(DOSSIER_CHART_FOREST);
    forest.weights = {0.5, std::nan("")}, forest.marks = {0, DOSSIER_MARK_POOLED};
    EXPECT_EQ(forest.broken(), std::nullopt) << "a pooled row has no weight of its own";
    forest.weights[0] = -0.5;
    EXPECT_EQ(forest.broken(), "block 1 (chart): one of its weights is below 0");
    forest.weights[0] = std::numeric_limits<double>::infinity();
    EXPECT_EQ(forest.broken(), "block 1 (chart): one of its weights is infinite; a missing weight is NaN");
    forest.weights.clear(), forest.marks = {0};
    EXPECT_EQ(forest.broken(), "block 1 (chart): it has 1 mark, but 2 categories");
}

TEST(BlockGrammar, WantsEveryTextOfAChartInUtf8) {
    GoodChart chart(DOSSIER_CHART_LINE);
    chart.chart.value_title = text("\xff");
    EXPECT_THAT(*chart.broken(), testing::StartsWith("block 1 (chart): its title of values is not UTF-8"));
    chart.chart.category_title = text("\xff");
    EXPECT_THAT(*chart.broken(), testing::StartsWith("block 1 (chart): its title of categories is not UTF-8"));
}

TEST(BlockGrammar, ReadsNothingBeyondTheChartOfAnOlderPlugin) {
    GoodChart chart(DOSSIER_CHART_STACKED_BAR);
    chart.chart.size = offsetof(dossier_chart, category_title);
    chart.chart.scale = 77, chart.chart.category_title = text("\xff");
    chart.weights.assign(1, -1.0), chart.marks.assign(9, 1);
    EXPECT_EQ(chart.broken(), std::nullopt);
}

TEST(BlockGrammar, WantsCalloutsOfAKnownTone) {
    BlockGrammar grammar;
    dossier_callout callout{};
    callout.tone = 3;
    EXPECT_EQ(say(grammar, DOSSIER_CALLOUT, &callout), "block 1 (callout): its tone is unknown: 3");
}

TEST(BlockGrammar, KnowsWhichAnchorsAreThoseOfNotes) {
    BlockGrammar grammar;
    dossier_note note{};
    note.anchor = text("method");
    EXPECT_EQ(say(grammar, DOSSIER_NOTE, &note), std::nullopt);
    EXPECT_EQ(grammar.note_anchors(), std::set<std::string>{"method"});
}

}  // namespace
