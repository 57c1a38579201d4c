// What others make of our workbooks: LibreOffice, which reads every cell back, and the program as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "formats/csv/rfc4180.hpp"
#include "formats/hostile_texts.hpp"
#include "formats/xlsx/xlsx_reader.hpp"
#include "golden/dossier_process.hpp"
#include "support/format_harness.hpp"
#include "support/sanitized.hpp"
#include "xlsx/excel_text.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::Cell;
using dossier::Column;
using dossier::formats::cell_text;
using namespace dossier::test;
using testing::HasSubstr;

FormatPlugin const& xlsx() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "xlsx");
    return plugin;
}

bool has_office() {
    static bool const found = std::system("command -v soffice > /dev/null 2>&1") == 0;
    return found;
}

/// Every sheet of the workbook as LibreOffice shows it, by name; texts in quotation marks, numbers bare.
std::map<std::string, std::string> converted(std::string const& workbook) {
    TemporaryFolder const folder;
    std::ofstream(folder.path() / "w.xlsx", std::ios::binary) << workbook;
    // Comma, quotation mark, UTF-8, from the first line; texts quoted; numbers as shown; every sheet.
    std::string const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1";
    auto const result = run_program(
        {"soffice", "--headless", "-env:UserInstallation=file://" + (folder.path() / "profile").string(),
         "--convert-to", filter, "--outdir", (folder.path() / "out").string(), (folder.path() / "w.xlsx").string()},
        {{"HOME", folder.path().string()}});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    std::map<std::string, std::string> sheets;
    for (auto const& entry : fs::directory_iterator(folder.path() / "out")) {
        auto const stem = entry.path().stem().string();
        sheets[stem.substr(2)] = file_text(entry.path());  // behind "w-"
    }
    return sheets;
}

struct Expected {
    std::vector<std::vector<std::string>> rows;
};

/// Adds a row to the table of the document and to what is expected of it.
Document mixed_document(Expected& expected) {
    Document document;
    document.begin().begin_section("report");
    auto texts = hostile_texts();
    auto table = document.out().table("All kinds",
                                      {Column::text("text", "Text"), Column::integer("n", "N"),
                                       Column::real("r", "R", 3), Column::percent("p", "P", 1), Column::date("d", "D"),
                                       Column::stance("s", "S"), Column::interval("i", "I", 2), Column::link("l", "L")},
                                      "all-kinds");
    expected.rows.push_back({"Text", "N", "R", "P", "D", "S", "I, low", "I, high", "L"});
    std::vector<std::pair<std::string, std::string>> const stances{
        {"supports", "▲ supports"}, {"refutes", "▼ refutes"}, {"mixed", "◆ mixed"}};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const n = static_cast<std::int64_t>(i) - 300;
        auto const& [word, shown] = stances[i % 3];
        auto const label = "label " + std::to_string(i);
        table.row(texts[i], n, static_cast<double>(n) / 8.0, static_cast<double>(i % 100) / 100.0,
                  i % 2 == 0 ? "2026-11-22" : "2026", word, Cell::interval(-0.25, 0.5),
                  Cell(label).to("https://example.org/" + std::to_string(i)));
        char real[32], percent[32];
        std::snprintf(real, sizeof real, "%.3f", static_cast<double>(n) / 8.0);
        std::snprintf(percent, sizeof percent, "%.1f %%", static_cast<double>(i % 100));
        expected.rows.push_back({cell_text(texts[i]), std::to_string(n), real, percent,
                                 i % 2 == 0 ? "2026-11-22" : "2026", shown, "-0.25", "0.50", label});
    }
    return document;
}

TEST(LibreOffice, ReadsEveryCellAsTheDocumentHasIt) {
    if (!has_office()) GTEST_SKIP() << "soffice is not installed";
    Expected expected;
    auto document = mixed_document(expected);
    document.end_section().end();
    auto const rendering = render(xlsx(), document);
    ASSERT_EQ(rendering.status, DOSSIER_OK);
    auto const sheets = converted(rendering.only_file());
    ASSERT_EQ(sheets.count("All kinds"), 1u);
    auto const rows = Rfc4180(sheets.at("All kinds"), ',', "\n").rows();
    ASSERT_EQ(rows.size(), expected.rows.size());
    std::size_t n_cells = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].size(), expected.rows[i].size()) << i;
        for (std::size_t j = 0; j < rows[i].size(); ++j, ++n_cells)
            EXPECT_EQ(rows[i][j], expected.rows[i][j]) << "row " << i << " column " << j;
    }
    std::printf("%zu cells compared\n", n_cells);
    EXPECT_GT(n_cells, 5'000u);
    // Numbers are numbers and texts are texts: only texts are in quotation marks.
    EXPECT_THAT(sheets.at("All kinds"),
                HasSubstr(",-300,-37.500,0.0 %,2026-11-22,\"▲ supports\",-0.25,0.50,\"label 0\""));
}

TEST(LibreOffice, OpensEverythingThereIsSheetBySheet) {
    if (!has_office()) GTEST_SKIP() << "soffice is not installed";
    auto const bytes = render(xlsx(), everything()).only_file();
    ReadWorkbook const workbook(bytes);
    auto const sheets = converted(bytes);
    EXPECT_EQ(sheets.size(), workbook.order.size());
    for (auto const& name : workbook.order) {
        auto const rows = Rfc4180(sheets.at(name), ',', "\n").rows();
        for (auto const& [row, cells] : workbook.sheet(name).rows)
            for (auto const& [column, cell] : cells) {
                auto const& shown = rows.at(row).at(column);
                EXPECT_TRUE(cell.is_number ? !shown.empty() : shown == cell.text) << name << ": " << shown;
            }
    }
}

TEST(Worker, WritesTheSameWorkbookTwiceInsideItsSandbox) {
    TemporaryFolder const folder;
    auto const job = folder.path() / "job";
    fs::copy(fs::path(DOSSIER_SOURCE_DIR) / "examples/01-first-report", job, fs::copy_options::recursive);
    auto text = bytes_of(job / "job.toml");
    text.erase(text.find("[[output]]"));
    text +=
        "[[output]]\nreports = [\"stance-table\", \"consensus\", \"quotes\"]\nformat = \"xlsx\"\nfile = \"a.xlsx\"\n";
    std::ofstream(job / "job.toml", std::ios::binary) << text;
    std::vector<std::string> bytes;
    for (auto const* const out : {"one", "two"}) {
        auto const result = run_program(
            {DOSSIER_PROGRAM, "run", (job / "job.toml").string(), "--output", (folder.path() / out).string()},
            {{"XDG_STATE_HOME", (folder.path() / out / "state").string()}});
        ASSERT_TRUE(result.exit_code == 0 || result.exit_code == 3) << result.err;
        bytes.push_back(bytes_of(folder.path() / out / "latest/a.xlsx"));
    }
    EXPECT_EQ(bytes[0], bytes[1]);
    ReadWorkbook const workbook(bytes[0]);
    EXPECT_THAT(workbook.order, testing::IsSupersetOf({"Contents", "Claims", "Stances", "Verdicts", "Quotes", "Text"}));
    EXPECT_EQ(workbook.sheet("Contents").text(0, 0), "Energy drinks and teenagers");
    for (auto const& [name, sheet] : workbook.sheets)
        EXPECT_EQ(sheet.n_formulas, 0u) << name;
    // Links lead to rows that exist.
    std::size_t n_links = 0;
    for (auto const& [name, sheet] : workbook.sheets)
        for (auto const& [row, cells] : sheet.rows)
            for (auto const& [column, cell] : cells) {
                if (cell.link.empty() || cell.link.front() != '\'') continue;
                auto const quote = cell.link.rfind("'!");
                auto const& target = workbook.sheet(cell.link.substr(1, quote - 1));
                EXPECT_EQ(target.rows.count(row_and_column(cell.link.substr(quote + 2)).first), 1u) << cell.link;
                ++n_links;
            }
    EXPECT_GT(n_links, 100u);
}

double resident_mebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// A table of `n_rows` rows with one cell, without keeping the blocks: tens of millions would not fit.
std::string table_of(std::size_t n_rows, Rendering& rendering) {
    RenderSettings const settings;
    auto const& component = xlsx().component();
    detail::FakeHost host(component, settings, rendering);
    auto const values = detail::values_of(component, settings);
    void* instance = nullptr;
    EXPECT_EQ(component.create(&host.table(), values.data(), values.size(), &instance), DOSSIER_OK);
    dossier_sink sink{sizeof sink, nullptr, nullptr};
    EXPECT_EQ(component.open(instance, &host.table(), &sink), DOSSIER_OK);
    auto const say = [&](std::uint32_t kind, void const* content) {
        dossier_block const block{kind, 0, content};
        if (rendering.status == DOSSIER_OK) rendering.status = sink.blocks(sink.context, &block, 1);
    };
    Document document;
    document.begin().begin_section("report");
    for (auto const& block : document.blocks())
        say(block.kind, block.content);
    dossier_column const column{
        sizeof column, dossier::as_text("n"), dossier::as_text("N"), DOSSIER_CELL_INTEGER, 0, {}, 0, 0};
    dossier_table const table{sizeof table, {}, dossier::as_text("rows"), &column, 1};
    say(DOSSIER_TABLE_BEGIN, &table);
    dossier_cell cell{};
    cell.kind = DOSSIER_CELL_INTEGER;
    dossier_row const row{sizeof row, &cell, 1, {}};
    for (std::size_t i = 0; i < n_rows; ++i)
        cell.integer = static_cast<std::int64_t>(i), say(DOSSIER_ROW, &row);
    say(DOSSIER_TABLE_END, nullptr);
    say(DOSSIER_SECTION_END, nullptr);
    say(DOSSIER_DOCUMENT_END, nullptr);
    component.destroy(instance);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    return rendering.only_file();
}

TEST(XlsxScale, MoreRowsThanASheetHoldsGoOnOnTheNext) {
    double const before = resident_mebibytes();
    auto const begin = std::chrono::steady_clock::now();
    Rendering rendering;
    auto const bytes = table_of(1'048'580, rendering);
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begin;
    double const grown = resident_mebibytes() - before;
    std::printf("1,048,580 rows: %.1f s, %.0f MiB more, file of %.1f MB\n", seconds.count(), grown,
                static_cast<double>(bytes.size()) / 1e6);
    auto const files = unzipped(bytes);
    auto const& first = files.at("xl/worksheets/sheet2.xml");
    auto const& second = files.at("xl/worksheets/sheet3.xml");
    EXPECT_THAT(files.at("xl/workbook.xml"), HasSubstr("<sheet name=\"Rows\" sheetId=\"2\""));
    EXPECT_THAT(files.at("xl/workbook.xml"), HasSubstr("<sheet name=\"Rows (2)\" sheetId=\"3\""));
    EXPECT_NE(first.find("<row r=\"1048576\"><c r=\"A1048576\" s=\""), std::string::npos);
    EXPECT_NE(first.find("<v>1048574</v></c></row></sheetData>"), std::string::npos);
    EXPECT_NE(second.find("<v>1048575</v>"), std::string::npos);
    EXPECT_NE(second.find("<v>1048579</v></c></row></sheetData>"), std::string::npos);
    EXPECT_THAT(second, HasSubstr("<is><t>N</t></is>"));
    EXPECT_THAT(rendering.log, testing::ElementsAre(HasSubstr("more rows than a sheet may have")));
    if (!sanitized) {  // which keep freed memory back
        EXPECT_LT(grown, 200.0);
    }
}

TEST(XlsxScale, LinksBeyondWhatASheetTakesAreWrittenOut) {
    Document document;
    document.begin().begin_section("report");
    {
        auto table = document.out().table("t", {Column::link("l", "L")}, "t");
        for (int i = 0; i < 65'532; ++i)
            table.row(Cell("x").to("https://example.org/"));
    }
    document.end_section().end();
    auto const rendering = render(xlsx(), document);
    ASSERT_EQ(rendering.status, DOSSIER_OK);
    ReadWorkbook const workbook(rendering.only_file());
    auto const& sheet = workbook.sheet("T");
    EXPECT_EQ(sheet.cell(65'530, 0).link, "https://example.org/");
    EXPECT_EQ(sheet.cell(65'530, 0).text, "x");
    EXPECT_EQ(sheet.cell(65'531, 0).link, "");
    EXPECT_EQ(sheet.cell(65'531, 0).text, "x <https://example.org/>");
    EXPECT_THAT(rendering.log, testing::ElementsAre(HasSubstr("2 addresses are written behind their texts")));
}

}  // namespace
