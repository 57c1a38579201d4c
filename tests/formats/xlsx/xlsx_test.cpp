// The XLSX format: workbooks are read back with libarchive and pugixml.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/xlsx/xlsx_reader.hpp"
#include "shared/clean_text.hpp"
#include "support/format_harness.hpp"
#include "xlsx/excel_text.hpp"

namespace {

using dossier::as_text;
using dossier::Cell;
using dossier::Column;
using dossier::Quoted;
using dossier::formats::cell_text;
using namespace dossier::test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

FormatPlugin const& xlsx() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "xlsx");
    return plugin;
}

Rendering rendered(Document const& document, RenderSettings const& settings = {}) {
    auto rendering = render(xlsx(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return rendering;
}

ReadWorkbook read(Document const& document, RenderSettings const& settings = {}) {
    return ReadWorkbook(rendered(document, settings).only_file());
}

Document document_of(std::vector<std::string> const& texts) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("Texts", {Column::text("text", "Text"), Column::integer("n", "N")}, "texts");
        std::int64_t n = 0;
        for (auto const& text : texts)
            table.row(text, n++);
    }
    document.end_section().end();
    return document;
}

dossier_verdict verdict(std::string_view claim, double share) {
    dossier_verdict one{};
    one.size = sizeof one;
    one.claim_id = as_text("claim-1"), one.statement = as_text(claim);
    one.direction = as_text("supports prevail"), one.agreement = as_text("high");
    one.certainty = as_text("very low certainty"), one.coverage = as_text("partial");
    one.n_articles = 13, one.n_clusters = 12, one.supports = 3, one.refutes = 1, one.silent = 8;
    one.direction_share = share, one.agreement_value = std::nan(""), one.coverage_share = 1.0 / 3.0;
    one.fragile = 1;
    return one;
}

TEST(Xlsx, HasASheetPerTableBetweenContentsAndWhatIsNoTable) {
    EXPECT_THAT(read(everything()).order, ElementsAre("Contents", "All cells", "Quotes", "Text", "Columns"));
}

TEST(Xlsx, WritesEachKindOfCellWithItsType) {
    auto const workbook = read(everything());
    auto const& sheet = workbook.sheet("All cells");
    EXPECT_THAT(sheet.texts(0, 10), ElementsAre("Claim", "Articles", "Effect", "Share", "Published", "Source", "Stance",
                                                "95 % interval, low", "95 % interval, high", "Quote"));
    EXPECT_THAT(sheet.texts(1, 10), ElementsAre("ketamine is addictive", "3", "0.3333333333333333", "0.375", "2026-11",
                                                "Example", "▲ supports", "0.25", "0.95", "It can be habit forming."));
    for (auto const column : {1, 2, 3, 7, 8})
        EXPECT_TRUE(sheet.cell(1, static_cast<std::size_t>(column)).is_number) << column;
    for (auto const column : {0, 4, 5, 6, 9})
        EXPECT_FALSE(sheet.cell(1, static_cast<std::size_t>(column)).is_number) << column;
    EXPECT_EQ(sheet.cell(1, 1).format, "0");
    EXPECT_EQ(sheet.cell(1, 2).format, "0.00");
    EXPECT_EQ(sheet.cell(1, 3).format, "0 %");
    EXPECT_THAT(sheet.texts(2, 5), ElementsAre("=1+1 | \"pipes\", commas\nand lines", "-2", "-0.125", "0", "2026"));
    EXPECT_FALSE(sheet.cell(2, 0).is_number);
    EXPECT_TRUE(sheet.rows.at(2).at(0).is_wrapped);
    EXPECT_EQ(sheet.rows.count(3), 0u) << "a row without a value is an empty row";
}

TEST(Xlsx, ColumnHeadsAreShownOnceAndMeanWhatTheSheetOfColumnsSays) {
    auto const workbook = read(everything());
    auto const& columns = workbook.sheet("Columns");
    EXPECT_THAT(columns.texts(0, 5), ElementsAre("Sheet", "Column", "Key", "Values", "Meaning"));
    EXPECT_THAT(columns.texts(1, 5), ElementsAre("All cells", "Claim", "claim", "text", "what is claimed"));
    EXPECT_THAT(columns.texts(8, 5), ElementsAre("All cells", "95 % interval, low", "ci_low", "number", ""));
    EXPECT_EQ(columns.cell(1, 0).link, "'All cells'!A2");
}

TEST(Xlsx, HasColumnsOfIds) {
    EXPECT_TRUE(xlsx().component().carries & DOSSIER_CARRIES_KEYS);
    Document document;
    document.begin().begin_section("report");
    document.out()
        .table("Claims", {Column::text("claim", "Claim"), Column::id("claim_id", "Claim id")}, "t")
        .row("Tea is safe.", "tea-safe");
    document.end_section().end();
    auto const workbook = read(document);
    EXPECT_THAT(workbook.sheet("T").texts(0, 2), ElementsAre("Claim", "Claim id"));
    EXPECT_THAT(workbook.sheet("T").texts(1, 2), ElementsAre("Tea is safe.", "tea-safe"));
}

TEST(Xlsx, WholeDatesAreDatesAndOthersStayAsTheyAre) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::date("d", "D")}, "t");
        for (auto const* const date : {"2026-11-22", "1900-03-01", "1900-02-28", "2026-02-29", "2024-02-29", "2026",
                                       "2026-11", "9999-12-31", "0001-01-01", "2026-13-01", "26-1-1"})
            table.row(date);
    }
    document.end_section().end();
    auto const workbook = read(document);
    auto const& sheet = workbook.sheet("T");
    std::vector<std::string> texts;
    for (std::size_t row = 1; row <= 11; ++row)
        texts.push_back(sheet.text(row, 0));
    // Serial numbers as LibreOffice's own =DATEVALUE() gives them.
    EXPECT_THAT(texts, ElementsAre("46348", "61", "1900-02-28", "2026-02-29", "45351", "2026", "2026-11", "2958465",
                                   "0001-01-01", "2026-13-01", "26-1-1"));
    EXPECT_EQ(sheet.cell(1, 0).format, "yyyy-mm-dd");
    EXPECT_TRUE(sheet.cell(1, 0).is_number);
    EXPECT_FALSE(sheet.cell(3, 0).is_number);
}

TEST(Xlsx, NumbersKeepSixteenDigitsAndLongIntegersAreText) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::integer("i", "I"), Column::real("r", "R", 3)}, "t");
        table.row(std::int64_t{999'999'999'999'999}, 1.0 / 3.0);
        table.row(std::numeric_limits<std::int64_t>::min(), -0.0);
        table.row(-7, std::numeric_limits<double>::infinity());
        table.row(Cell(), 1e300);
    }
    document.end_section().end();
    auto const workbook = read(document);
    auto const& sheet = workbook.sheet("T");
    EXPECT_EQ(sheet.cell(1, 0).text, "999999999999999");
    EXPECT_TRUE(sheet.cell(1, 0).is_number);
    EXPECT_NEAR(std::strtod(sheet.cell(1, 1).text.c_str(), nullptr), 1.0 / 3.0, 1e-16);
    EXPECT_EQ(sheet.cell(1, 1).format, "0.000");
    EXPECT_EQ(sheet.cell(2, 0).text, "-9223372036854775808");
    EXPECT_FALSE(sheet.cell(2, 0).is_number);
    EXPECT_EQ(sheet.cell(2, 1).text, "0");
    EXPECT_EQ(sheet.text(3, 1), "");
    EXPECT_EQ(sheet.cell(4, 1).text, "1E+300");
}

TEST(Xlsx, StancesHaveSymbolWordAndColour) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::stance("s", "S")}, "t");
        for (auto const* const stance : {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"})
            table.row(stance);
    }
    document.end_section().end();
    auto const workbook = read(document);
    auto const& sheet = workbook.sheet("T");
    std::vector<std::string> texts, fills;
    for (std::size_t row = 1; row <= 6; ++row)
        texts.push_back(sheet.text(row, 0)), fills.push_back(sheet.cell(row, 0).fill);
    EXPECT_THAT(texts, ElementsAre("▲ supports", "▼ refutes", "◆ mixed", "○ neutral", "– silent", "? not assessable"));
    EXPECT_THAT(fills, ElementsAre("FFE1EEF8", "FFFBE9DF", "FFF0E8F6", "FFE9EDF0", "", ""));
    EXPECT_TRUE(sheet.cell(1, 0).is_bold);
    EXPECT_FALSE(sheet.cell(5, 0).is_bold);
}

TEST(Xlsx, SheetsHaveAFrozenHeadAFilterAndWidthsThatFit) {
    auto const workbook = read(everything());
    auto const& sheet = workbook.sheet("All cells");
    EXPECT_EQ(sheet.pane, "B2") << "a wide table keeps its first column in view";
    EXPECT_EQ(sheet.filter, "A1:J4");
    ASSERT_EQ(sheet.widths.size(), 10u);
    EXPECT_GT(sheet.widths[0], 24.0);  // its longest line has 21 characters
    EXPECT_LT(sheet.widths[0], 28.0);
    EXPECT_LT(sheet.widths[1], 15.0);
    EXPECT_EQ(workbook.sheet("Columns").pane, "A2");
    EXPECT_EQ(workbook.sheet("Quotes").filter, "A1:N3");
    EXPECT_EQ(sheet.heights.count(2), 1u) << "a row of two lines says how high it is";
}

TEST(Xlsx, TheContentsNameVerdictsInFourPartsAndLeadToEverySheet) {
    Document document;
    document.begin("A question", "2026-11-22",
                   {verdict("Ketamine is addictive.", 0.75), verdict("Other.", std::nan(""))});
    document.begin_section("report");
    document.out().table("A caption", {Column::text("x", "X")}, "report-some-table").row("a");
    document.end_section().end();
    auto const workbook = read(document);
    auto const& contents = workbook.sheet("Contents");
    EXPECT_EQ(workbook.order.front(), "Contents");
    EXPECT_EQ(contents.text(0, 0), "A question");
    EXPECT_EQ(contents.text(1, 0), "As of 2026-11-22, Dossier 1.0.0");
    EXPECT_THAT(contents.texts(3, 6),
                ElementsAre("Claim", "Direction", "Agreement", "Certainty", "Coverage", "Fragile"));
    EXPECT_THAT(contents.texts(4, 6), ElementsAre("Ketamine is addictive.", "supports prevail", "high",
                                                  "very low certainty", "partial", "yes"));
    std::size_t n_links = 0;
    for (auto const& [row, cells] : contents.rows)
        for (auto const& [column, cell] : cells)
            if (!cell.link.empty()) {
                EXPECT_EQ(cell.link, "'" + contents.text(row, 1) + "'!A1");
                ++n_links;
            }
    EXPECT_EQ(n_links, workbook.order.size() - 1);
    auto const& claims = workbook.sheet("Claims");
    EXPECT_EQ(claims.text(0, 15), "Share that supports");
    EXPECT_EQ(claims.text(1, 15), "0.75");
    EXPECT_EQ(claims.cell(1, 15).format, "0 %");
    EXPECT_EQ(claims.text(2, 15), "") << "no source takes a side";
    EXPECT_THAT(claims.texts(1, 15),
                ElementsAre("Ketamine is addictive.", "claim-1", "supports prevail", "high", "very low certainty",
                            "partial", "yes", "3", "1", "0", "0", "8", "0", "12", "13"));
}

TEST(Xlsx, CellsLeadToQuotesAndQuotesLeadBack) {
    auto const workbook = read(everything());
    auto const& cells = workbook.sheet("All cells");
    auto const& quotes = workbook.sheet("Quotes");
    EXPECT_EQ(cells.cell(1, 5).link, "https://example.org/x");
    EXPECT_EQ(cells.cell(1, 6).link, "'Quotes'!A2");
    EXPECT_EQ(cells.cell(1, 9).link, "'Quotes'!A2");
    EXPECT_THAT(quotes.texts(0, 14),
                ElementsAre("Report", "Under", "Stance", "Quote", "Comment", "Article", "File", "Page", "Line",
                            "First byte", "End", "Address", "Before it", "After it"));
    EXPECT_THAT(quotes.texts(1, 14), ElementsAre("everything", "Quotes", "▲ supports", "It can be habit forming.",
                                                 "decided by: habit forming", "001", "articles/001 first.txt", "3",
                                                 "17", "1024", "1048", "https://example.org/first", "", ""));
    EXPECT_EQ(quotes.cell(1, 1).link, "'All cells'!A2");
    EXPECT_EQ(quotes.cell(1, 11).link, "https://example.org/first");
    EXPECT_EQ(quotes.text(2, 3), "No studies\nwere found.");
    EXPECT_EQ(quotes.text(2, 7), "") << "the file has no pages";
}

TEST(Xlsx, QuotesCarryTheTextAroundThem) {
    Document document;
    document.begin().begin_section("report");
    dossier_quote quote{};
    quote.size = sizeof quote;
    quote.locator.size = sizeof quote.locator;
    quote.text = as_text("The quote."), quote.before = as_text("Before."), quote.after = as_text("After.");
    document.say(DOSSIER_QUOTE, &quote).end_section().end();
    auto const workbook = read(document);
    EXPECT_EQ(workbook.sheet("Quotes").text(1, 12), "Before.");
    EXPECT_EQ(workbook.sheet("Quotes").text(1, 13), "After.");
    EXPECT_TRUE((xlsx().component().carries & DOSSIER_CARRIES_CONTEXT) != 0);
}

TEST(Xlsx, ProseIsKeptInItsOrder) {
    auto const workbook = read(everything());
    auto const& text = workbook.sheet("Text");
    std::vector<std::string> kinds, texts;
    for (auto const& [row, cells] : text.rows)
        kinds.push_back(text.text(row, 1)), texts.push_back(text.text(row, 2));
    EXPECT_THAT(kinds, ElementsAre("Kind", "heading 1", "paragraph", "paragraph", "information", "warning", "failure",
                                   "heading 2", "list item", "list item", "list item", "list item", "list item",
                                   "heading 2", "table", "heading 2", "note"));
    EXPECT_EQ(texts[2],
              "Plain, emphasis, strong, code, both, a link inside and one outside "
              "<https://example.org/a?b=c&d=(e)>.");
    EXPECT_EQ(text.cell(2, 3).link, "'All cells'!A2");
    EXPECT_EQ(texts[5], "Careful: One article was cut off.");
    EXPECT_EQ(texts[8], "• first");
    EXPECT_EQ(texts[12], "2. two");
    EXPECT_EQ(texts[14], "All kinds of cells");
    EXPECT_EQ(text.cell(14, 3).link, "'All cells'!A2");
    EXPECT_EQ(texts[16], "Sources are counted once; see the table.");
    EXPECT_EQ(text.cell(16, 3).link, "'Text'!A14");
}

TEST(Xlsx, AChartIsThereAsTheTableOfItsValues) {
    // The host lowers charts for formats that do not carry them; a host that does not is skipped over.
    EXPECT_EQ(xlsx().component().carries & DOSSIER_CARRIES_CHARTS, 0u);
}

TEST(Xlsx, NoTextEverBecomesAFormula) {
    auto const texts = hostile_texts();
    auto const workbook = read(document_of(texts));
    auto const& sheet = workbook.sheet("Texts");
    for (auto const& [name, one] : workbook.sheets)
        EXPECT_EQ(one.n_formulas, 0u) << name;
    for (auto const& [name, content] : workbook.files)
        EXPECT_EQ(content.find("<f>"), std::string::npos) << name;
    std::size_t n_compared = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const expected = cell_text(texts[i]);
        EXPECT_EQ(sheet.text(i + 1, 0), expected);
        EXPECT_TRUE(expected.empty() || !sheet.cell(i + 1, 0).is_number) << expected;
        EXPECT_TRUE(sheet.cell(i + 1, 1).is_number);
        ++n_compared;
    }
    EXPECT_GT(n_compared, 500u);
    EXPECT_EQ(sheet.rows.size(), texts.size() + 1);
    if (formula_payloads().empty())
        GTEST_SKIP() << "no corpora/hostile/csv_injection here: only our own texts were tried";
}

/// Every text of a document is `text`, wherever a document has one.
Document document_of_nothing_but(std::string const& text) {
    Document document;
    auto one = verdict(text, 0.5);
    one.claim_id = one.direction = one.agreement = one.certainty = one.coverage = as_text(text);
    document.begin(text, "2026-11-22", {one});
    document.begin_section("report");
    auto& out = document.out();
    out.heading(1, text, "h");
    out.paragraph(dossier::Text(text) + dossier::link(text, "https://example.org/" + text) + dossier::link("x", text));
    out.callout(DOSSIER_CALLOUT_WARNING, text, text);
    out.list({text});
    out.table(text,
              {Column::text("a", text, text), Column::link("b", text, text), Column::stance("c", text),
               Column::date("d", text), Column::quote("e", text)},
              "t")
        .row(Cell(text).to(text), Cell(text).to("https://example.org/?" + text), text, text, text);
    Quoted quoted;
    quoted.text = quoted.article_id = quoted.path = quoted.url = quoted.comment = quoted.stance = text;
    out.quote(quoted);
    out.note(text, "n");
    document.end_section().end();
    return document;
}

TEST(Xlsx, NothingGetsOutOfItsCell) {
    std::vector<std::string> payloads{"</t></is></c><c r=\"Z9\"><f>1+1</f></c>",
                                      "=HYPERLINK(\"http://evil\")",
                                      "_x003D_1+1",
                                      "]]>",
                                      "<!--",
                                      "&#x3D;",
                                      "'); DROP",
                                      "a\r\nb\rc",
                                      "\xEF\xBF\xBE\xEF\xBF\xBF",
                                      "\xE2\x80\xAE evil",
                                      "file:///etc/passwd",
                                      "javascript:alert(1)",
                                      "internal:'Text'!A1",
                                      "external:\\\\host\\share",
                                      "[x]:*?/\\",
                                      std::string("nul\0x", 5),
                                      "'"};
    for (auto const& payload : formula_payloads())
        payloads.push_back(payload);
    auto const shape = read(document_of_nothing_but("plain"));
    for (auto const& payload : payloads) {
        auto const workbook = read(document_of_nothing_but(payload));
        EXPECT_EQ(workbook.order, shape.order) << payload;
        for (auto const& [name, sheet] : workbook.sheets) {
            EXPECT_EQ(sheet.n_formulas, 0u) << payload;
            EXPECT_EQ(sheet.rows.size(), shape.sheet(name).rows.size()) << name << " with " << payload;
            for (auto const& [row, cells] : sheet.rows)
                for (auto const& [column, cell] : cells) {
                    bool const is_harmless = cell.link.empty() || cell.link.front() == '\'' ||
                                             cell.link.rfind("http://", 0) == 0 ||
                                             cell.link.rfind("https://", 0) == 0 || cell.link.rfind("mailto:", 0) == 0;
                    EXPECT_TRUE(is_harmless) << cell.link;
                    EXPECT_EQ(cell.text, cell_text(cell.text)) << "raw control or override character";
                }
        }
    }
}

TEST(Xlsx, LongTextsStandWholeOnASheetOfTheirOwn) {
    std::string text;
    for (int i = 0; text.size() < 150'000; ++i)
        text += "sentence " + std::to_string(i) + " – 😀 _x0041_. ";
    auto const rendering = rendered(document_of({"short", text}));
    ReadWorkbook const workbook(rendering.only_file());
    auto const& cell = workbook.sheet("Texts").cell(2, 0).text;
    auto const cut = cell.find(" … [goes on: Long texts, row 2]");
    ASSERT_NE(cut, std::string::npos);
    EXPECT_EQ(cell.substr(0, cut), text.substr(0, cut));
    auto const& sheet = workbook.sheet("Long texts");
    std::string whole;
    for (std::size_t row = 1; row < sheet.rows.size(); ++row) {
        EXPECT_THAT(sheet.texts(row, 3), ElementsAre("Texts", "A3", std::to_string(row)));
        EXPECT_LE(sheet.text(row, 3).size(), 4u * 32'767u);
        whole += sheet.text(row, 3);
    }
    EXPECT_EQ(whole, text);
    EXPECT_THAT(rendering.log, ElementsAre(HasSubstr("longer than a cell may be")));
    auto const& contents = workbook.sheet("Contents");
    EXPECT_THAT(contents.rows.at(contents.rows.rbegin()->first - 1).at(0).text, HasSubstr("longer than a cell may be"));
    EXPECT_EQ(contents.rows.rbegin()->second.at(0).link, "'Long texts'!A1");
}

TEST(Xlsx, EvenTitlesAndClaimsMayBeLong) {
    std::string const text(40'000, 'x');
    Document document;
    document.begin(text, "2026-11-22", {verdict(text, 0.5)}).begin_section("report");
    document.out().table(text, {Column::text("x", text, text)}, "t").row(text);
    document.end_section().end();
    auto const workbook = read(document);
    EXPECT_THAT(workbook.sheet("Contents").text(0, 0), HasSubstr("[goes on: Long texts, row "));
    EXPECT_GE(workbook.sheet("Long texts").rows.size(), 1u + 2u * 6u);
}

TEST(Xlsx, AddressesThatExcelCannotLinkAreWrittenOut) {
    auto const too_long = "https://example.org/" + std::string(2'100, 'a');
    auto const fragment = "https://example.org/#" + std::string(256, 'a');
    auto const longest = "https://example.org/" + std::string(2'000 - 20, 'a');
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::link("l", "L")}, "t");
        for (auto const& url :
             {too_long, fragment, longest, std::string("ftp://example.org/x"), std::string("#nowhere"),
              std::string("HTTPS://EXAMPLE.ORG/ü?external:a"), std::string("mailto:a@example.org")})
            table.row(Cell("there").to(url));
    }
    document.end_section().end();
    auto const rendering = rendered(document);
    ReadWorkbook const workbook(rendering.only_file());
    auto const& sheet = workbook.sheet("T");
    EXPECT_EQ(sheet.text(1, 0), "there <" + too_long + ">");
    EXPECT_EQ(sheet.text(2, 0), "there <" + fragment + ">");
    EXPECT_EQ(sheet.cell(3, 0).link, longest);
    EXPECT_EQ(sheet.text(4, 0), "there <ftp://example.org/x>");
    EXPECT_EQ(sheet.cell(4, 0).link, "");
    EXPECT_EQ(sheet.text(5, 0), "there");
    EXPECT_EQ(sheet.cell(6, 0).link, "HTTPS://EXAMPLE.ORG/%C3%BC?external%3Aa");
    EXPECT_EQ(sheet.cell(7, 0).link, "mailto:a@example.org");
    EXPECT_THAT(rendering.log,
                ElementsAre(HasSubstr("3 addresses are written"), HasSubstr("does not lead where it should")));
}

TEST(Xlsx, RefusesTheTableThatIsOneTooMany) {
    Document document;
    document.begin().begin_section("report");
    for (std::size_t i = 0; i < 1'001; ++i)
        document.out().table("c", {Column::text("x", "X")}, "same-" + std::to_string(i)).row("a");
    auto const rendering = render(xlsx(), document);  // which has not come to its end
    EXPECT_NE(rendering.status, DOSSIER_OK);
    EXPECT_THAT(rendering.errors, testing::Contains(HasSubstr("more than 1,000 tables")));
}

TEST(Xlsx, SheetNamesAreUniqueShortAndReadable) {
    Document document;
    document.begin();
    for (auto const* const section : {"stance-table", "summary"}) {
        document.begin_section(section);
        for (auto const* const anchor : {"verdicts", "quotes", "history", "contents"})
            document.out().table("c", {Column::text("x", "X")}, std::string(section) + "-" + anchor).row("a");
        document.out().table("c", {Column::text("x", "X")}, std::string(60, 'a') + "-b").row("a");
        document.end_section();
    }
    document.end();
    auto const workbook = read(document);
    EXPECT_THAT(workbook.order,
                ElementsAre("Contents", "Verdicts", "Quotes, Stance table", "History table", "Contents, Stance table",
                            std::string("A") + std::string(25, 'a'), "Verdicts, Summary", "Quotes, Summary",
                            "History table, Summary", "Contents, Summary",
                            std::string("A") + std::string(22, 'a') + ", 2", "Text", "Columns"));
    for (auto const& name : workbook.order)
        EXPECT_LE(name.size(), 31u);
}

TEST(Xlsx, SameBytesEveryTimeHoweverTheBlocksAreCut) {
    auto const reference = rendered(everything()).only_file();
    EXPECT_EQ(rendered(everything()).only_file(), reference);
    RenderSettings settings;
    settings.batch = 0;
    EXPECT_EQ(rendered(everything(), settings).only_file(), reference);
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        settings.random_batches = seed;
        EXPECT_EQ(rendered(everything(), settings).only_file(), reference) << seed;
    }
    settings = {};
    settings.extra = 24;  // structs of a newer host
    EXPECT_EQ(rendered(everything(), settings).only_file(), reference);
}

TEST(Xlsx, TheOnlyDateIsThatOfTheDocument) {
    auto const files = unzipped(rendered(everything()).only_file());
    EXPECT_THAT(files.at("docProps/core.xml"), HasSubstr("2026-11-22T00:00:00Z</dcterms:created>"));
    EXPECT_THAT(files.at("docProps/core.xml"), HasSubstr("2026-11-22T00:00:00Z</dcterms:modified>"));
    EXPECT_THAT(files.at("docProps/core.xml"), HasSubstr("<dc:creator>Dossier 1.0.0</dc:creator>"));
    Document undated;
    undated.begin("t", "").end();
    EXPECT_THAT(unzipped(rendered(undated).only_file()).at("docProps/core.xml"), HasSubstr("1980-01-01T00:00:00Z"));
}

TEST(Xlsx, AnEmptyDocumentAndAnEmptyTableAreWorkbooks) {
    Document empty;
    empty.begin().end();
    EXPECT_THAT(read(empty).order, ElementsAre("Contents"));
    auto const workbook = read(document_of({}));
    EXPECT_THAT(workbook.sheet("Texts").texts(0, 2), ElementsAre("Text", "N"));
    EXPECT_EQ(workbook.sheet("Texts").filter, "A1:B1");
}

TEST(Xlsx, UnknownBlocksAndCellsAreSkipped) {
    Document document;
    document.begin();
    document.say(999, nullptr);
    document.begin_section("report");
    document.say(4711, nullptr);
    dossier_column const column{sizeof column, as_text("x"), {}, 77, 0, {}, 0, 0};
    dossier_table const table{sizeof table, {}, as_text("t"), &column, 1};
    dossier_cell cell{};
    cell.kind = 77;
    dossier_row const row{sizeof row, &cell, 1, {}};
    document.say(DOSSIER_TABLE_BEGIN, &table).say(DOSSIER_ROW, &row).say(DOSSIER_TABLE_END, nullptr);
    document.end_section().end();
    auto const workbook = read(document);
    EXPECT_EQ(workbook.sheet("T").text(0, 0), "x");
    EXPECT_EQ(workbook.sheet("T").text(1, 0), "");
}

TEST(Xlsx, AFailedWriteEndsTheWork) {
    RenderSettings settings;
    settings.fail_write_at = 1;
    auto const rendering = render(xlsx(), everything(), settings);
    EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
    EXPECT_EQ(rendering.n_writes, 1u);
    EXPECT_THAT(rendering.errors, IsEmpty());
}

TEST(Xlsx, MoreTablesThanAWorkbookShouldHaveAreRefusedWithAHint) {
    Document document;
    document.begin().begin_section("report");
    for (int i = 0; i < 1'001; ++i)
        (void)document.out().table("t", {Column::text("x", "X")}, "t-" + std::to_string(i));
    document.end_section().end();
    auto const rendering = render(xlsx(), document);
    EXPECT_EQ(rendering.status, DOSSIER_FAILED);
    EXPECT_THAT(rendering.errors, ElementsAre(HasSubstr("the format csv has no such limit")));
}

TEST(Xlsx, PaperIsA4OrLetter) {
    EXPECT_THAT(read(everything()).files.at("xl/worksheets/sheet1.xml"), HasSubstr("paperSize=\"9\""));
    RenderSettings settings;
    settings.options["page"] = std::string("letter");
    EXPECT_THAT(read(everything(), settings).files.at("xl/worksheets/sheet1.xml"), HasSubstr("paperSize=\"1\""));
}

TEST(Xlsx, ThePageTellsEveryOption) {
    auto const page = file_text(std::filesystem::path(DOSSIER_SOURCE_DIR) / "docs/formats/xlsx.md");
    auto const& component = xlsx().component();
    ASSERT_EQ(component.n_options, 1u);
    EXPECT_THAT(page, HasSubstr("| `page` | `a4` |"));
    EXPECT_THAT(page, HasSubstr("`letter`"));
}

}  // namespace
