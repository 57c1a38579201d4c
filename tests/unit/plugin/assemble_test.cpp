#include "dossier/plugin/assemble.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "dossier/plugin/block_codec.hpp"

namespace {

using dossier::DocumentPart;
using dossier::Lowering;
using dossier::section_anchors;
using testing::ElementsAre;

dossier_text text(char const* words) {
    return {words, std::char_traits<char>::length(words)};
}
std::string words(dossier_text text) {
    return text.size == 0 ? "" : std::string(text.data, text.size);
}

std::vector<std::string> anchors_of(std::vector<std::string> const& reports) {
    std::vector<DocumentPart> parts;
    for (auto const& report : reports)
        parts.push_back({report, nullptr, ""});
    return section_anchors(parts);
}

TEST(SectionAnchors, AreTheNamesWhereTheyDoNotClash) {
    EXPECT_THAT(anchors_of({"consensus", "stance-table"}), ElementsAre("consensus", "stance-table"));
}

TEST(SectionAnchors, AreNumberedWhereTheyWould) {
    EXPECT_THAT(anchors_of({"a", "a", "a"}), ElementsAre("a", "2-a", "3-a"));
    // "a" with the anchor "b-c" and "a-b" with the anchor "c" would both make "a-b-c".
    EXPECT_THAT(anchors_of({"a", "a-b"}), ElementsAre("a", "2-a-b"));
    EXPECT_THAT(anchors_of({"a-b", "a"}), ElementsAre("a-b", "2-a"));
    EXPECT_THAT(anchors_of({"ab", "a"}), ElementsAre("ab", "a"));
}

/// Blocks that come out of lowering, in short.
class Lowered {
public:
    explicit Lowered(std::uint64_t carries)
        : lowering_(carries, notes_, [this](dossier_block const& block) { take(block); }) {}
    void operator()(std::uint32_t kind, void const* content) { lowering_({kind, 0, content}); }
    std::set<std::string> notes_;
    std::vector<std::string> lines;

private:
    void take(dossier_block const& block) {
        auto line = dossier::block_name(block.kind);
        if (block.kind == DOSSIER_PARAGRAPH) {
            auto const& paragraph = *static_cast<dossier_paragraph const*>(block.content);
            for (std::size_t i = 0; i < paragraph.n_runs; ++i)
                line += "|" + words(paragraph.runs[i].text) + "<" + words(paragraph.runs[i].link) + ">";
        }
        if (block.kind == DOSSIER_TABLE_BEGIN) {
            auto const& table = *static_cast<dossier_table const*>(block.content);
            line += "|" + words(table.anchor);
            for (std::size_t i = 0; i < table.n_columns; ++i)
                line += "|" + words(table.columns[i].key) + ":" + std::to_string(table.columns[i].kind);
        }
        if (block.kind == DOSSIER_ROW) {
            auto const& row = *static_cast<dossier_row const*>(block.content);
            for (std::size_t i = 0; i < row.n_cells; ++i)
                line += "|" + words(row.cells[i].text) + (row.cells[i].kind == DOSSIER_CELL_EMPTY ? "-" : "") +
                        (row.cells[i].kind == DOSSIER_CELL_REAL ? std::to_string(row.cells[i].real) : "");
        }
        lines.push_back(line);
    }
    Lowering lowering_;
};

TEST(Lowering, LeavesBlocksAloneThatTheFormatCarries) {
    Lowered out(DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES);
    dossier_run const run{0, 0, text("here"), text("#a")};
    dossier_paragraph const paragraph{sizeof paragraph, &run, 1};
    dossier_chart const chart{};
    dossier_note const note{};
    out(DOSSIER_PARAGRAPH, &paragraph);
    out(DOSSIER_CHART, &chart);
    out(DOSSIER_NOTE, &note);
    EXPECT_THAT(out.lines, ElementsAre("paragraph|here<#a>", "chart", "note"));
}

TEST(Lowering, KeepsTheAddressOfALinkThatCannotBeCarried) {
    Lowered out(0);
    dossier_run const runs[] = {{0, 0, text("here"), text("#a")},
                                {0, 0, text("the site"), text("https://e.org")},
                                {0, 0, text("https://e.org"), text("https://e.org")},
                                {0, 0, text("a@e.org"), text("mailto:a@e.org")},
                                {0, 0, text(""), text("https://e.org")}};
    dossier_paragraph const paragraph{sizeof paragraph, runs, 5};
    out(DOSSIER_PARAGRAPH, &paragraph);
    EXPECT_THAT(out.lines,
                ElementsAre("paragraph|here<>|the site (https://e.org)<>|https://e.org<>|a@e.org<>|https://e.org<>"));
}

TEST(Lowering, UndoesLinksToNotesThatBecameParagraphs) {
    Lowered out(DOSSIER_CARRIES_LINKS);
    out.notes_ = {"r-method"};
    dossier_run const runs[] = {{0, 0, text("note"), text("#r-method")}, {0, 0, text("top"), text("#r-top")}};
    dossier_paragraph const paragraph{sizeof paragraph, runs, 2};
    dossier_note const note{sizeof note, runs, 1, text("r-method")};
    out(DOSSIER_PARAGRAPH, &paragraph);
    out(DOSSIER_NOTE, &note);
    EXPECT_THAT(out.lines, ElementsAre("paragraph|note<>|top<#r-top>", "paragraph|Note: <>|note<>"));
}

TEST(Lowering, TurnsAnIntervalChartIntoWordsAndATable) {
    Lowered out(0);
    dossier_text const categories[] = {text("c1")}, series[] = {text("Odds ratio"), text("odds-ratio")};
    double const values[] = {1.5, 1.25, 1.75, 2.0, std::numeric_limits<double>::quiet_NaN(), 3.0};
    dossier_chart chart{};
    chart.size = sizeof chart, chart.kind = DOSSIER_CHART_INTERVAL, chart.title = text("T"),
    chart.alternative = text("Words.");
    chart.anchor = text("r-chart"), chart.categories = categories, chart.n_categories = 1;
    chart.series = series, chart.n_series = 2, chart.values = values, chart.n_values = 6;
    out(DOSSIER_CHART, &chart);
    EXPECT_THAT(
        out.lines,
        ElementsAre("paragraph|T<>|: <>|Words.<>",
                    "table begin|r-chart|category:1|odds_ratio:3|odds_ratio_low:3|odds_ratio_high:3|odds_ratio_2:3"
                    "|odds_ratio_low_2:3|odds_ratio_high_2:3",
                    "row|c1|1.500000|1.250000|1.750000|2.000000|-|3.000000", "table end"));
}

dossier_column column(char const* key, std::uint32_t role) {
    dossier_column made{};
    made.size = sizeof made, made.key = text(key), made.kind = DOSSIER_CELL_TEXT, made.role = role;
    return made;
}

/// Two tables: one with ids before, between and behind what is shown, and a link; then one without ids.
std::vector<std::string> tables_lowered_to(std::uint64_t carries) {
    Lowered out(carries);
    dossier_column const columns[] = {column("a_id", DOSSIER_COLUMN_KEY), column("a", DOSSIER_COLUMN_SHOWN),
                                      column("b_id", DOSSIER_COLUMN_KEY), column("b", DOSSIER_COLUMN_SHOWN),
                                      column("c_id", DOSSIER_COLUMN_KEY)};
    dossier_cell cells[5] = {};
    for (std::size_t i : {0u, 1u, 3u, 4u})
        cells[i].kind = DOSSIER_CELL_TEXT, cells[i].text = columns[i].key;
    cells[3].target = text("https://e.org");
    dossier_table const with_ids{sizeof with_ids, {}, text("t"), columns, 5},
        without{sizeof without, {}, text("u"), columns + 1, 1};
    dossier_row const five{sizeof five, cells, 5, {}}, one{sizeof one, cells + 1, 1, {}};
    out(DOSSIER_TABLE_BEGIN, &with_ids);
    out(DOSSIER_ROW, &five);
    out(DOSSIER_TABLE_END, nullptr);
    out(DOSSIER_TABLE_BEGIN, &without);
    out(DOSSIER_ROW, &one);
    out(DOSSIER_TABLE_END, nullptr);
    return out.lines;
}

TEST(Lowering, LeavesColumnsOfIdsToFormatsThatCarryThem) {
    EXPECT_THAT(
        tables_lowered_to(DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES),
        ElementsAre("table begin|t|a:1|b:1", "row|a|b", "table end", "table begin|u|a:1", "row|a", "table end"));
    EXPECT_THAT(tables_lowered_to(DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES | DOSSIER_CARRIES_KEYS),
                ElementsAre("table begin|t|a_id:1|a:1|b_id:1|b:1|c_id:1", "row|a_id|a|-|b|c_id", "table end",
                            "table begin|u|a:1", "row|a", "table end"));
}

TEST(Lowering, LowersLinksInRowsWithIdsAsInOthers) {
    EXPECT_EQ(tables_lowered_to(0)[1], "row|a|b (https://e.org)");
    EXPECT_EQ(tables_lowered_to(DOSSIER_CARRIES_KEYS)[1], "row|a_id|a|-|b (https://e.org)|c_id");
}

/// A chart of the categories "c1" and "c2" as a table.
std::vector<std::string> table_of(dossier_chart chart) {
    Lowered out(0);
    dossier_text const categories[] = {text("c1"), text("c2")};
    chart.size = sizeof chart, chart.alternative = text("Words."), chart.anchor = text("c");
    chart.categories = categories, chart.n_categories = 2;
    out(DOSSIER_CHART, &chart);
    return {out.lines.begin() + 1, out.lines.end()};
}

TEST(Lowering, GivesWeightsAndMarksOfAForestPlotColumnsOfTheirOwn) {
    dossier_text const series[] = {text("Odds ratio")};
    double const values[] = {1.5, 1.25, 1.75, 0.5, 0.25, 0.75}, weights[] = {12.5, std::nan("")};
    std::uint32_t const marks[] = {0, DOSSIER_MARK_POOLED};
    dossier_chart chart{};
    chart.kind = DOSSIER_CHART_FOREST, chart.series = series, chart.n_series = 1;
    chart.values = values, chart.n_values = 6, chart.weights = weights, chart.n_weights = 2;
    chart.marks = marks, chart.n_marks = 2;
    EXPECT_THAT(table_of(chart), ElementsAre("table begin|c|category:1|odds_ratio:3|odds_ratio_low:3|odds_ratio_high:3|"
                                             "odds_ratio_weight:3|mark:1",
                                             "row|c1|1.500000|1.250000|1.750000|12.500000|-",
                                             "row|c2|0.500000|0.250000|0.750000|-|pooled", "table end"));
}

TEST(Lowering, CountsTheFilledBarsOfAHarvestPlot) {
    dossier_text const series[] = {text("raises"), text("lowers")};
    double const values[] = {3, 0, 1, 2}, weights[] = {2, 0, 1, 0};
    dossier_chart chart{};
    chart.kind = DOSSIER_CHART_HARVEST, chart.series = series, chart.n_series = 2;
    chart.values = values, chart.n_values = 4, chart.weights = weights, chart.n_weights = 4;
    EXPECT_THAT(table_of(chart),
                ElementsAre("table begin|c|category:1|raises:2|raises_filled:2|lowers:2|lowers_filled:2", "row|c1||||",
                            "row|c2||||", "table end"));
}

TEST(Lowering, SaysDirectionsInWords) {
    dossier_text const series[] = {text("claim a"), text("claim b")};
    double const values[] = {1, -1, 0, std::nan("")};
    dossier_chart chart{};
    chart.kind = DOSSIER_CHART_EFFECT_DIRECTION, chart.series = series, chart.n_series = 2;
    chart.values = values, chart.n_values = 4;
    EXPECT_THAT(table_of(chart), ElementsAre("table begin|c|category:1|claim_a:1|claim_b:1", "row|c1|up|down",
                                             "row|c2|both ways|-", "table end"));
}

TEST(Lowering, NamesTheColumnsOfAChartByItsAxes) {
    std::vector<std::string> seen;
    std::set<std::string> const notes;
    Lowering lowering(0, notes, [&](dossier_block const& block) {
        if (block.kind != DOSSIER_TABLE_BEGIN) return;
        auto const& table = *static_cast<dossier_table const*>(block.content);
        seen.push_back(words(table.caption));
        for (std::size_t i = 0; i < table.n_columns; ++i)
            seen.push_back(words(table.columns[i].title) + "|" + words(table.columns[i].description) + "|" +
                           std::to_string(table.columns[i].decimals));
    });
    dossier_text const name = text("n");
    double const value = 0.0025;
    dossier_chart chart{};
    chart.size = sizeof chart, chart.kind = DOSSIER_CHART_LINE, chart.alternative = text("Words.");
    chart.categories = chart.series = &name, chart.n_categories = chart.n_series = 1;
    chart.values = &value, chart.n_values = 1;
    chart.title = text("Over time"), chart.category_title = text("Year"), chart.value_title = text("Share of sources");
    lowering({DOSSIER_CHART, 0, &chart});
    EXPECT_THAT(seen, ElementsAre("Over time (Share of sources)", "Year||0", "n|Share of sources|4"))
        << "small numbers keep their digits";
    seen.clear();
    chart.size = offsetof(dossier_chart, category_title);
    lowering({DOSSIER_CHART, 0, &chart});
    EXPECT_THAT(seen, ElementsAre("Over time", "Category||0", "n||4")) << "an older plugin knows no axis titles";
}

TEST(Spool, GivesBackLargeAndSmallBlocksInOrderToSeveralReaders) {
    dossier::Spool spool({});
    std::vector<std::string> blocks;
    for (std::size_t i = 1; i < 200; ++i)
        blocks.emplace_back(i % 50 == 0 ? 700'000 : i, static_cast<char>('a' + i % 26));
    for (auto const& block : blocks)
        spool.append(block);
    spool.close({});
    EXPECT_EQ(spool.n_blocks(), blocks.size());
    dossier::Spool::Reader first(spool), second(spool);
    EXPECT_EQ(second.next(), blocks[0]);
    for (auto const& block : blocks)
        ASSERT_EQ(first.next(), block);
    EXPECT_TRUE(first.next().empty());
    EXPECT_TRUE(first.next().empty());
    EXPECT_EQ(second.next(), blocks[1]);
}

TEST(Assemble, PutsAFailedReportsSentenceIntoItsSection) {
    std::vector<std::string> kinds;
    DocumentPart const parts[] = {{"gone", nullptr, "report `gone` crashed (SIGSEGV)"}};
    dossier::assemble({"T", "2026-11-22", "en", "Dossier"}, parts, 0,
                      [&](dossier_block const& block) { kinds.push_back(dossier::block_name(block.kind)); });
    EXPECT_THAT(kinds,
                ElementsAre("document begin", "section begin", "heading", "callout", "section end", "document end"));
}

TEST(Assemble, HandsOutTheVerdictsWithTheDocument) {
    dossier::DocumentHead head{"T", "2026-11-22", "en", "Dossier"};
    head.verdicts.resize(2);
    head.verdicts[1].statement = "Lamps harm sleep.";
    head.verdicts[1].direction_share = 0.75, head.verdicts[1].refutes = 1;
    std::size_t n_verdicts = 0;
    dossier::assemble(head, {}, 0, [&](dossier_block const& block) {
        if (block.kind != DOSSIER_DOCUMENT_BEGIN) return;
        auto const& document = *static_cast<dossier_document const*>(block.content);
        n_verdicts = document.n_verdicts;
        EXPECT_EQ(words(document.verdicts[1].statement), "Lamps harm sleep.");
        EXPECT_EQ(document.verdicts[1].direction_share, 0.75);
        EXPECT_EQ(document.verdicts[1].refutes, 1u);
        EXPECT_TRUE(std::isnan(document.verdicts[0].direction_share)) << "no source takes a side";
    });
    EXPECT_EQ(n_verdicts, 2u);
}

TEST(Assemble, LooksUpTheContextOfQuotesForFormatsThatCarryIt) {
    dossier::Spool flow({});
    dossier_quote quote{};
    quote.size = sizeof quote, quote.locator.size = sizeof quote.locator;
    quote.text = text("A lamp harms sleep.");
    std::string bytes;
    ASSERT_EQ(dossier::encode_block({DOSSIER_QUOTE, 0, &quote}, bytes), std::nullopt);
    flow.append(bytes);
    flow.close({});
    DocumentPart const parts[] = {{"quotes", &flow, ""}};
    auto const context_shown = [&](std::uint64_t carries) {
        std::string shown;
        auto const take = [&](dossier_block const& block) {
            if (block.kind != DOSSIER_QUOTE) return;
            auto const& arrived = *static_cast<dossier_quote const*>(block.content);
            shown = words(arrived.before) + "|" + words(arrived.text) + "|" + words(arrived.after);
        };
        auto const look_up = [](dossier_quote const&) { return dossier::QuoteContext{"It is lit.", "Nobody knows."}; };
        dossier::assemble({"T", "2026-11-22", "en", "Dossier"}, parts, carries, take, look_up);
        return shown;
    };
    EXPECT_EQ(context_shown(DOSSIER_CARRIES_CONTEXT), "It is lit.|A lamp harms sleep.|Nobody knows.");
    EXPECT_EQ(context_shown(0), "|A lamp harms sleep.|");
}

}  // namespace
