// The CSV format: what it writes is read back by an RFC 4180 reader of our own and by Python's csv module.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formats/csv/rfc4180.hpp"
#include "formats/hostile_texts.hpp"
#include "shared/clean_text.hpp"
#include "support/format_harness.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::Cell;
using dossier::Column;
using dossier::formats::clean_text;
using namespace dossier::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FormatPlugin const& csv() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "csv");
    return plugin;
}

/// A document of one section, "report", with one table of one text column beside a number.
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

CsvRows rows_of(Rendering const& rendering, std::string const& name, char separator = ',') {
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return Rfc4180(rendering.files.at(name), separator).rows();
}

/// Rule of the page docs/formats/csv.md, written down a second time and otherwise: the first character that is neither
/// space, quotation mark nor separator, in its half-width form.
bool begins_like_a_formula(std::string text) {
    for (auto const& [wide, narrow] : std::vector<std::pair<std::string, std::string>>{
             {"＝", "="},     {"＋", "+"},     {"－", "-"},     {"＠", "@"},     {"\u00A0", " "}, {"\u3000", " "},
             {"\uFEFF", " "}, {"\u2028", " "}, {"\u2029", " "}, {"\u202F", " "}, {"\u205F", " "}, {"“", " "},
             {"”", " "},      {"‘", " "},      {"’", " "},      {"\u2002", " "}, {"\u2003", " "}, {"\u200B", " "},
             {"\u200C", " "}, {"\u200D", " "}, {"\u200E", " "}, {"\u200F", " "}})
        for (auto at = text.find(wide); at != std::string::npos; at = text.find(wide))
            text.replace(at, wide.size(), narrow);
    if (!text.empty() && std::string("\t\r\n").find(text.front()) != std::string::npos) return true;
    auto const first = text.find_first_not_of(" \t\r\n\"'`,;|");
    return first != std::string::npos && std::string("=+-@").find(text[first]) != std::string::npos;
}

std::string guarded(std::string const& text) {
    auto const clean = clean_text(text);
    return begins_like_a_formula(clean) ? "'" + clean : clean;
}

TEST(Csv, WritesOneFilePerTableAndOneForTheQuotes) {
    auto const rendering = render(csv(), everything());
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    EXPECT_THAT(rendering.misuse, IsEmpty());
    EXPECT_THAT(rendering.file_order,
                ElementsAre("everything-all-cells.csv", "everything-quotes.csv", "datapackage.json"));
}

TEST(Csv, WritesEachKindOfCellAsAProgramWantsIt) {
    auto const rows = rows_of(render(csv(), everything()), "everything-all-cells.csv");
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_THAT(rows[0], ElementsAre("claim", "articles", "effect", "share", "published", "source", "source_target",
                                     "stance", "stance_target", "ci_low", "ci_high", "quote", "quote_target"));
    EXPECT_THAT(rows[1], ElementsAre("ketamine is addictive", "3", "0.3333333333333333", "0.375", "2026-11", "Example",
                                     "https://example.org/x", "supports", "q-1", "0.25", "0.95",
                                     "It can be habit forming.", "q-1"));
    EXPECT_THAT(rows[2], ElementsAre("'=1+1 | \"pipes\", commas\nand lines", "-2", "-0.125", "0", "2026", "", "",
                                     "not_assessable", "", "", "", "", ""));
    EXPECT_EQ(rows[3], std::vector<std::string>(13));
}

TEST(Csv, KeepsEveryQuoteWithItsPlace) {
    auto const rows = rows_of(render(csv(), everything()), "everything-quotes.csv");
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_THAT(rows[0], ElementsAre("anchor", "stance", "quote", "heading", "article_id", "path", "page", "line",
                                     "byte_begin", "byte_end", "url", "comment"));
    EXPECT_THAT(rows[1],
                ElementsAre("q-1", "supports", "It can be habit forming.", "Quotes", "001", "articles/001 first.txt",
                            "3", "17", "1024", "1048", "https://example.org/first", "decided by: habit forming"));
    EXPECT_THAT(rows[2], ElementsAre("", "", "No studies\nwere found.", "Quotes", "002", "articles/002.txt", "", "2",
                                     "5", "27", "", ""));
}

TEST(Csv, EndsEveryRecordWithCarriageReturnAndLineFeed) {
    auto const rendering = render(csv(), document_of({"a", "b"}));
    EXPECT_EQ(rendering.files.at("report-texts.csv"), "text,n\r\na,0\r\nb,1\r\n");
}

TEST(Csv, HasColumnsOfIds) {
    EXPECT_TRUE(csv().component().carries & DOSSIER_CARRIES_KEYS);
    Document document;
    document.begin().begin_section("report");
    document.out()
        .table("Claims", {Column::text("claim", "Claim"), Column::id("claim_id", "Claim id")}, "claims")
        .row("Tea is safe.", "tea-safe");
    document.end_section().end();
    EXPECT_EQ(render(csv(), document).files.at("report-claims.csv"), "claim,claim_id\r\nTea is safe.,tea-safe\r\n");
}

TEST(Csv, QuotesOnlyWhatSomeReaderWouldMisread) {
    auto const rendering = render(csv(), document_of({"plain text", "a,b", "a;b", "a\"b", "a\nb", " a", "a "}));
    EXPECT_EQ(
        rendering.files.at("report-texts.csv"),
        "text,n\r\nplain text,0\r\n\"a,b\",1\r\n\"a;b\",2\r\n\"a\"\"b\",3\r\n\"a\nb\",4\r\n\" a\",5\r\n\"a \",6\r\n");
}

TEST(Csv, ReadsBackAsTheSameTextsWhateverTheyAre) {
    auto const texts = hostile_texts();
    for (auto const* const separator : {"comma", "semicolon", "tab"}) {
        RenderSettings settings;
        settings.options["separator"] = std::string(separator);
        char const character = separator[0] == 'c' ? ',' : separator[0] == 's' ? ';' : '\t';
        auto const rows = rows_of(render(csv(), document_of(texts), settings), "report-texts.csv", character);
        ASSERT_EQ(rows.size(), texts.size() + 1);
        for (std::size_t i = 0; i < texts.size(); ++i)
            EXPECT_THAT(rows[i + 1], ElementsAre(guarded(texts[i]), std::to_string(i))) << texts[i];
    }
}

TEST(Csv, DefusesEveryKnownPayload) {
    auto const payloads = formula_payloads();
    if (payloads.empty()) GTEST_SKIP() << "no corpora/hostile/csv_injection here";
    auto const rows = rows_of(render(csv(), document_of(payloads)), "report-texts.csv");
    ASSERT_EQ(rows.size(), payloads.size() + 1);
    std::size_t n_guarded = 0;
    for (std::size_t i = 0; i < payloads.size(); ++i) {
        auto const& cell = rows[i + 1].front();
        EXPECT_EQ(std::string("=+-@\t\r\n").find(cell.front()), std::string::npos) << cell;
        n_guarded += cell.front() == '\'' && cell.substr(1) == payloads[i];
    }
    // The one that stays as it is begins with the word DDE, without a sign of a formula before it.
    EXPECT_EQ(n_guarded, payloads.size() - 1);
}

TEST(Csv, GuardsEveryTextFieldAndNoNumber) {
    Document document;
    document.begin().begin_section("report");
    auto& out = document.out();
    out.heading(1, "=h");
    out.table("t",
              {Column::text("a", ""), Column::link("b", ""), Column::quote("c", ""), Column::integer("d", ""),
               Column::real("e", "", 2), Column::percent("f", "", 0), Column::interval("g", "", 1)},
              "t")
        .row("=1", Cell("+1").to("=2"), "-1", -1, -2.5, -0.25, Cell::interval(-2.0, -1.0));
    dossier::Quoted quoted;
    quoted.text = "-1", quoted.article_id = "@a", quoted.path = "=p.txt", quoted.url = "+u", quoted.comment = "\tc";
    out.quote(quoted);
    document.end_section().end();
    auto const rendering = render(csv(), document);
    EXPECT_THAT(rows_of(rendering, "report-t.csv")[1],
                ElementsAre("'=1", "'+1", "'=2", "'-1", "", "-1", "-2.5", "-0.25", "-2", "-1"));
    EXPECT_THAT(rows_of(rendering, "report-quotes.csv")[1],
                ElementsAre("", "", "'-1", "'=h", "'@a", "'=p.txt", "", "0", "0", "0", "'+u", "'\tc"));
}

TEST(Csv, LeavesFormulasAloneWhereTheGuardIsOff) {
    RenderSettings settings;
    settings.options["formula_guard"] = false;
    auto const rows = rows_of(render(csv(), document_of({"=1+1"}), settings), "report-texts.csv");
    EXPECT_EQ(rows[1].front(), "=1+1");
}

TEST(Csv, HoldsNoControlCharacterAndNoBrokenUtf8) {
    auto texts = hostile_texts();
    texts.push_back(file_text(hostile_folder() / "utf8_stress/utf8tests.bin"));
    auto const rendering = render(csv(), document_of(texts));
    for (auto const& [name, bytes] : rendering.files)
        EXPECT_EQ(clean_text(bytes), bytes) << name;
}

TEST(Csv, NumbersReadBackToTheLastBit) {
    std::vector<double> const values{
        0.1,       1.0 / 3.0,         1e300, 5e-324, 1.7976931348623157e308, 123456789.123456789, -0.1, 100.0,
        2.0 / 7.0, 9007199254740993.0};
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::real("x", "X", 1)}, "t");
        for (auto const value : values)
            table.row(value);
        table.row(-0.0);
    }
    document.end_section().end();
    auto const rows = rows_of(render(csv(), document), "report-t.csv");
    ASSERT_EQ(rows.size(), values.size() + 2);
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_EQ(std::strtod(rows[i + 1].front().c_str(), nullptr), values[i]) << rows[i + 1].front();
    EXPECT_EQ(rows.back().front(), "0");
}

TEST(Csv, IntegersKeepAllTheirDigits) {
    Document document;
    document.begin().begin_section("report");
    document.out()
        .table("t", {Column::integer("x", "X"), Column::integer("y", "Y")}, "t")
        .row(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    document.end_section().end();
    EXPECT_THAT(rows_of(render(csv(), document), "report-t.csv")[1],
                ElementsAre("-9223372036854775808", "9223372036854775807"));
}

TEST(Csv, AnEmptyFieldThatStandsAloneIsNoEmptyLine) {
    Document document;
    document.begin().begin_section("report");
    document.out().table("t", {Column::integer("x", "X")}, "t").row(Cell());
    document.end_section().end();
    EXPECT_EQ(render(csv(), document).files.at("report-t.csv"), "x\r\n\"\"\r\n");
}

TEST(Csv, ATableWithoutRowsHasItsHead) {
    EXPECT_EQ(render(csv(), document_of({})).files.at("report-texts.csv"), "text,n\r\n");
}

TEST(Csv, BeginsWithAByteOrderMarkWhenAsked) {
    RenderSettings settings;
    settings.options["bom"] = true;
    EXPECT_EQ(render(csv(), document_of({"é"}), settings).files.at("report-texts.csv"),
              "\xEF\xBB\xBFtext,n\r\n\xC3\xA9,0\r\n");
}

TEST(Csv, TargetsAreWrittenForAllColumnsOrNoneWhenAsked) {
    RenderSettings settings;
    settings.options["targets"] = std::string("none");
    EXPECT_THAT(rows_of(render(csv(), everything(), settings), "everything-all-cells.csv")[0],
                ElementsAre("claim", "articles", "effect", "share", "published", "source", "stance", "ci_low",
                            "ci_high", "quote"));
    settings.options["targets"] = std::string("all");
    EXPECT_EQ(rows_of(render(csv(), everything(), settings), "everything-all-cells.csv")[0].size(), 19u);
}

TEST(Csv, TheFirstLineHasTitlesWhenAsked) {
    RenderSettings settings;
    settings.options["header"] = std::string("title");
    auto const rendering = render(csv(), everything(), settings);
    EXPECT_THAT(rows_of(rendering, "everything-all-cells.csv")[0],
                ElementsAre("Claim", "Articles", "Effect", "Share", "Published", "Source", "Source, target", "Stance",
                            "Stance, target", "95 % interval, low", "95 % interval, high", "Quote", "Quote, target"));
    EXPECT_THAT(rows_of(rendering, "everything-quotes.csv")[0],
                ElementsAre("Anchor", "Stance", "Quote", "Under", "Article", "File", "Page", "Line", "First byte",
                            "End", "Address", "Comment"));
    auto const package = nlohmann::json::parse(rendering.files.at("datapackage.json"));
    EXPECT_EQ(package.at("resources").at(0).at("schema").at("fields").at(9).at("name"), "95 % interval, low");
    Document document;
    document.begin().begin_section("report");
    (void)document.out().table("t", {Column::real("a", "", 1), Column::real("b", "", 1), Column::text("c", "=1")}, "t");
    document.end_section().end();
    EXPECT_THAT(rows_of(render(csv(), document, settings), "report-t.csv")[0],
                ElementsAre("column", "column_2", "column =1"));
}

TEST(Csv, FieldNamesStayUnique) {
    Document document;
    document.begin().begin_section("report");
    (void)document.out().table(
        "t", {Column::real("ci_low", "", 1), Column::interval("ci", "", 1), Column::real("ci_low_2", "", 1)}, "t");
    document.end_section().end();
    EXPECT_THAT(rows_of(render(csv(), document), "report-t.csv")[0],
                ElementsAre("ci_low", "ci_low_2", "ci_high", "ci_low_2_2"));
}

TEST(Csv, FileNamesAreUniqueAndBeginWithTheirSection) {
    Document document;
    document.begin();
    for (auto const* const section : {"report", "report-2"}) {
        document.begin_section("report", section);
        document.out().table("t", {Column::text("x", "X")}, std::string(section) + "-t").row("a");
        document.out().table("t", {Column::text("x", "X")}, "quotes").row("a");
        document.out().quote({});
        document.end_section();
    }
    document.end();
    auto const rendering = render(csv(), document);
    EXPECT_THAT(rendering.misuse, IsEmpty());
    EXPECT_THAT(rendering.file_order,
                ElementsAre("report-t.csv", "report-quotes.csv", "report-quotes-2.csv", "report-2-t.csv",
                            "report-2-quotes.csv", "report-2-quotes-2.csv", "datapackage.json"));
}

TEST(Csv, LongAnchorsStillMakeFileNames) {
    Document document;
    document.begin().begin_section(std::string(64, 'r'));
    (void)document.out().table("t", {Column::text("x", "X")}, std::string(185, 'a') + "1");
    (void)document.out().table("t", {Column::text("x", "X")}, std::string(185, 'a') + "2");
    document.end_section().end();
    auto const rendering = render(csv(), document);
    EXPECT_THAT(rendering.misuse, IsEmpty());
    ASSERT_EQ(rendering.files.size(), 3u);
    for (auto const& [name, bytes] : rendering.files)
        EXPECT_LE(name.size(), 200u);
}

TEST(Csv, ADocumentWithoutTablesSaysSo) {
    Document document;
    document.begin().begin_section("report");
    document.out().paragraph("Prose is not data.");
    document.end_section().end();
    auto const rendering = render(csv(), document);
    EXPECT_THAT(rendering.file_order, ElementsAre("datapackage.json"));
    EXPECT_THAT(rendering.log, ElementsAre(HasSubstr("no table and no quote")));
}

TEST(DataPackage, DescribesEachFileFieldByField) {
    auto const rendering = render(csv(), everything());
    auto const package = nlohmann::json::parse(rendering.files.at("datapackage.json"));
    EXPECT_EQ(package.at("profile"), "tabular-data-package");
    EXPECT_EQ(package.at("as_of"), "2026-11-22");
    ASSERT_EQ(package.at("resources").size(), 2u);
    for (auto const& resource : package.at("resources")) {
        auto const head = rows_of(rendering, resource.at("path").get<std::string>()).front();
        std::vector<std::string> names;
        for (auto const& field : resource.at("schema").at("fields"))
            names.push_back(field.at("name"));
        EXPECT_EQ(names, head);
    }
    auto const& fields = package.at("resources").at(0).at("schema").at("fields");
    EXPECT_EQ(fields.at(1).at("type"), "integer");
    EXPECT_EQ(fields.at(2).at("description"), "an odds ratio; empty: none reported");
    EXPECT_EQ(fields.at(3).at("description"), "of informative sources; a share: 1 is 100 %");
    EXPECT_EQ(fields.at(7).at("constraints").at("enum").size(), 6u);
    ASSERT_EQ(package.at("notices").size(), 3u);
    EXPECT_EQ(package.at("notices").at(1).at("tone"), "warning");
    EXPECT_EQ(package.at("notices").at(1).at("text"), "One article was cut off.");
}

/// A section of one table that leads to quotes, and what else the table and the quotes hold.
nlohmann::json package_with(std::vector<Cell> const& cells, std::vector<std::string> const& anchors) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::stance("s", "S")}, "t");
        for (auto const& cell : cells)
            table.row(cell);
    }
    for (auto const& anchor : anchors) {
        dossier::Quoted quoted;
        quoted.text = "q", quoted.anchor = anchor;
        document.out().quote(quoted);
    }
    document.end_section().end();
    auto const rendering = render(csv(), document);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    return nlohmann::json::parse(rendering.files.at("datapackage.json"));
}

TEST(DataPackage, TellsByWhichFieldsFilesJoin) {
    auto const package =
        package_with({Cell("supports").to("#b"), Cell("mixed"), Cell("refutes").to("#a")}, {"a", "b", "c"});
    auto const& table = package.at("resources").at(0).at("schema");
    EXPECT_EQ(table.at("foreignKeys"),
              nlohmann::json::parse(
                  R"([{"fields": "s_target", "reference": {"resource": "report-quotes", "fields": "anchor"}}])"));
    EXPECT_EQ(package.at("resources").at(1).at("schema").at("primaryKey"), "anchor");
}

TEST(DataPackage, ClaimsNoKeyThatWouldNotHold) {
    auto const nowhere = package_with({Cell("supports").to("#a"), Cell("mixed").to("#some-row")}, {"a", ""});
    EXPECT_FALSE(nowhere.at("resources").at(0).at("schema").contains("foreignKeys"));
    EXPECT_FALSE(nowhere.at("resources").at(1).at("schema").contains("primaryKey"));
    auto const address = package_with({Cell("supports").to("#a"), Cell("mixed").to("https://example.org")}, {"a"});
    EXPECT_FALSE(address.at("resources").at(0).at("schema").contains("foreignKeys"));
    auto const nothing = package_with({Cell("supports")}, {"a"});
    EXPECT_FALSE(nothing.at("resources").at(0).at("schema").contains("foreignKeys"));
}

TEST(Csv, SameBytesHoweverTheBlocksAreCut) {
    auto const reference = render(csv(), everything()).files;
    RenderSettings settings;
    settings.batch = 0;
    EXPECT_EQ(render(csv(), everything(), settings).files, reference);
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        settings.random_batches = seed;
        EXPECT_EQ(render(csv(), everything(), settings).files, reference) << seed;
    }
}

TEST(Csv, StructsOfANewerHostChangeNothing) {
    RenderSettings settings;
    settings.extra = 24;
    EXPECT_EQ(render(csv(), everything(), settings).files, render(csv(), everything()).files);
}

TEST(Csv, UnknownBlocksAndCellsAreSkipped) {
    Document document;
    document.begin();
    document.say(999, nullptr);
    document.begin_section("report");
    document.say(4711, nullptr);
    dossier_column const column{sizeof column, dossier::as_text("x"), {}, 77, 0, {}, 0, 0};
    dossier_table const table{sizeof table, {}, dossier::as_text("t"), &column, 1};
    dossier_cell cell{};
    cell.kind = 77;
    dossier_row const row{sizeof row, &cell, 1, {}};
    document.say(DOSSIER_TABLE_BEGIN, &table).say(DOSSIER_ROW, &row).say(DOSSIER_TABLE_END, nullptr);
    document.end_section().end();
    auto const rendering = render(csv(), document);
    EXPECT_THAT(rows_of(rendering, "report-t.csv"), ElementsAre(ElementsAre("x"), ElementsAre("")));
}

/// "true", "comma": a default as the page writes it.
std::string default_of(dossier_option const& option) {
    if (option.type == DOSSIER_BOOLEAN) return option.default_value.boolean != 0 ? "true" : "false";
    return std::string(dossier::view(option.default_value.text));
}

TEST(Csv, ThePageTellsEveryOption) {
    auto const page = file_text(std::filesystem::path(DOSSIER_SOURCE_DIR) / "docs/formats/csv.md");
    auto const& component = csv().component();
    ASSERT_GT(component.n_options, 0u);
    for (std::size_t i = 0; i < component.n_options; ++i) {
        auto const& option = component.options[i];
        EXPECT_THAT(page,
                    HasSubstr("| `" + std::string(dossier::view(option.key)) + "` | `" + default_of(option) + "` |"));
        for (std::size_t choice = 0; choice < option.n_choices; ++choice)
            EXPECT_THAT(page, HasSubstr("`" + std::string(dossier::view(option.choices[choice])) + "`"));
    }
}

TEST(Csv, AFailedWriteEndsTheWork) {
    std::vector<std::string> const many(20000, "some text, so that the buffer is flushed more than once");
    auto const document = document_of(many);
    auto const n_writes = render(csv(), document).n_writes;
    ASSERT_GT(n_writes, 10u);
    for (std::uint64_t nth = 1; nth <= n_writes; ++nth) {
        RenderSettings settings;
        settings.fail_write_at = nth;
        auto const rendering = render(csv(), document, settings);
        EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
        EXPECT_EQ(rendering.n_writes, nth);
        EXPECT_THAT(rendering.misuse, IsEmpty());
        EXPECT_THAT(rendering.errors, IsEmpty());  // the host knows why it took no more
    }
}

/// Fields of a conformance file's JSON twin, which has a list of lists or of objects.
CsvRows cells_of(nlohmann::json const& json) {
    CsvRows rows;
    for (auto const& line : json) {
        rows.emplace_back();
        for (auto const& value : line)
            rows.back().push_back(value.get<std::string>());
    }
    return rows;
}

TEST(Rfc4180Reader, AgreesWithTheConformanceFiles) {
    auto const folder = hostile_folder() / "csv_conformance/csv-test-data";
    if (!fs::exists(folder)) GTEST_SKIP() << "no corpora/hostile/csv_conformance here";
    int n_read = 0, n_refused = 0;
    for (auto const& entry : fs::directory_iterator(folder / "csv")) {
        auto const stem = entry.path().stem().string();
        auto const bytes = file_text(entry.path());
        auto const line_break = bytes.find("\r\n") == std::string::npos ? "\n" : "\r\n";
        if (stem.rfind("bad-header", 0) == 0 || stem.rfind("header", 0) == 0) continue;  // heads are not RFC 4180's
        if (stem.rfind("bad-", 0) == 0) {
            EXPECT_THROW(Rfc4180(bytes, ',', line_break).rows(), std::runtime_error) << stem;
            ++n_refused;
            continue;
        }
        auto const expected = cells_of(nlohmann::json::parse(file_text(folder / "json" / (stem + ".json"))));
        EXPECT_EQ(Rfc4180(bytes, ',', line_break).rows(), expected) << stem;
        ++n_read;
    }
    EXPECT_GE(n_read, 14);
    EXPECT_GE(n_refused, 3);
}

TEST(Csv, ConformanceFilesSurviveAsCells) {
    auto const folder = hostile_folder() / "csv_conformance";
    if (!fs::exists(folder)) GTEST_SKIP() << "no corpora/hostile/csv_conformance here";
    std::vector<std::string> texts;
    for (auto const& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".csv") texts.push_back(file_text(entry.path()));
    ASSERT_GT(texts.size(), 30u);
    auto const rows = rows_of(render(csv(), document_of(texts)), "report-texts.csv");
    for (std::size_t i = 0; i < texts.size(); ++i)
        EXPECT_EQ(rows[i + 1].front(), guarded(texts[i]));
}

/// A folder that is gone at the end of the test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        auto pattern = (fs::temp_directory_path() / "dossier-csv-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path const& path() const noexcept { return path_; }

private:
    fs::path path_;
};

TEST(Csv, PythonReadsTheSameCells) {
    if (std::system("python3 -c 'import csv' > /dev/null 2>&1") != 0) GTEST_SKIP() << "no python3 here";
    TemporaryFolder const folder;
    auto const texts = hostile_texts();
    auto const rendering = render(csv(), document_of(texts));
    std::ofstream(folder.path() / "texts.csv", std::ios::binary) << rendering.files.at("report-texts.csv");
    std::ofstream(folder.path() / "read.py") << "import csv, json, sys\n"
                                                "with open(sys.argv[1], newline='', encoding='utf-8') as lines:\n"
                                                "    rows = list(csv.reader(lines, strict=True))\n"
                                                "json.dump(rows, open(sys.argv[2], 'w'))\n";
    auto const command = "python3 " + (folder.path() / "read.py").string() + " " +
                         (folder.path() / "texts.csv").string() + " " + (folder.path() / "rows.json").string();
    ASSERT_EQ(std::system(command.c_str()), 0);
    auto const rows = nlohmann::json::parse(file_text(folder.path() / "rows.json")).get<CsvRows>();
    EXPECT_EQ(rows, rows_of(rendering, "report-texts.csv"));
}

/// Runs tests/formats/csv/check_package.py; what it says ends with "… values, … keys".
std::string check_packages(std::vector<fs::path> const& folders, TemporaryFolder const& scratch) {
    auto command = "python3 '" + std::string(DOSSIER_SOURCE_DIR) + "/tests/formats/csv/check_package.py'";
    for (auto const& folder : folders)
        command += " '" + folder.string() + "'";
    auto const said = scratch.path() / "said";
    auto const status = std::system((command + " > '" + said.string() + "' 2>&1").c_str());
    return (status == 0 ? "valid, " : "not valid: ") + file_text(said);
}

TEST(DataPackage, IsReadByItsRulesValueByValue) {
    if (std::system("python3 -c 'import csv' > /dev/null 2>&1") != 0) GTEST_SKIP() << "no python3 here";
    TemporaryFolder const folder;
    std::vector<fs::path> folders;
    for (auto const* const separator : {"comma", "semicolon", "tab"}) {
        RenderSettings settings;
        settings.options["separator"] = std::string(separator);
        settings.options["bom"] = separator[0] == 's';
        settings.options["header"] = std::string(separator[0] == 't' ? "title" : "key");
        for (auto const& [name, document] :
             {std::pair("everything", everything()), std::pair("hostile", document_of(hostile_texts()))}) {
            folders.push_back(folder.path() / (std::string(name) + "-" + separator));
            fs::create_directory(folders.back());
            for (auto const& [file, bytes] : render(csv(), document, settings).files)
                std::ofstream(folders.back() / file, std::ios::binary) << bytes;
        }
    }
    EXPECT_THAT(check_packages(folders, folder), testing::StartsWith("valid, "));
    std::ofstream(folders.front() / "everything-all-cells.csv", std::ios::app) << "a,b\r\n";
    EXPECT_THAT(check_packages(folders, folder), testing::StartsWith("not valid: ")) << "the check can fail";
}

TEST(DataPackage, OfEveryExampleIsReadByItsRules) {
    if (std::system("python3 -c 'import csv' > /dev/null 2>&1") != 0) GTEST_SKIP() << "no python3 here";
    std::vector<fs::path> folders;
    for (auto const& example : fs::directory_iterator(fs::path(DOSSIER_SOURCE_DIR) / "examples"))
        if (fs::exists(example.path() / "golden/tables/datapackage.json"))
            folders.push_back(example.path() / "golden/tables");
    ASSERT_GE(folders.size(), 2u);
    TemporaryFolder const scratch;
    EXPECT_THAT(check_packages(folders, scratch), testing::StartsWith("valid, "));
}

}  // namespace
