#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "formats/hostile_texts.hpp"
#include "formats/web_addresses.hpp"
#include "pdf_tools.hpp"
#include "sample_documents.hpp"

namespace {

using namespace dossier::test;
using dossier::Blocks;
using dossier::Cell;
using dossier::Column;
using dossier::Text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

FormatPlugin const& plugin() {
    static FormatPlugin const one(FORMAT_PLUGIN);
    return one;
}

Rendering rendered(Document const& document, RenderSettings const& settings = {}) {
    auto rendering = render(plugin(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return rendering;
}

std::string pdf_of(Document const& document, RenderSettings const& settings = {}) {
    return rendered(document, settings).only_file();
}

/// A document of one report with what `say` says.
template <class Say>
Document document_of(Say say, std::string_view title = "A question") {
    Document document;
    document.begin(title).begin_section("report");
    say(document.out());
    document.end_section().end();
    return document;
}

Document paragraph_of(std::string const& text) {
    return document_of([&](Blocks& out) { out.paragraph(text); }, "T");
}

Document one_cell(std::string const& text, std::string const& title = "Text") {
    return document_of([&](Blocks& out) { out.table("One cell", {Column::text("text", title)}).row(text); });
}

Document nothing() {
    Document document;
    document.begin("Nothing to say").end();
    return document;
}

/// Every field that takes text, filled with the same text.
Document in_every_field(std::string const& text) {
    Document document;
    document.begin(text, text).begin_section(text, "a");
    auto& out = document.out();
    out.heading(1, text, "h");
    out.paragraph(Text(text) + dossier::strong(text) + dossier::code(text) + dossier::link(text, text));
    out.list({text, text}, true);
    out.callout(DOSSIER_CALLOUT_WARNING, text, text);
    {
        auto table = out.table(text, {Column::text("a", text), Column::link("b", text), Column::stance("c", text),
                                      Column::quote("d", text), Column::date("e", text)});
        table.row(text, Cell(text).to(text), text, Cell(text).to("#h"), text);
    }
    out.stacked_bars(text, "bars", text, {text, text}, {text, "supports"}, {1, 2, 3, 4});
    dossier::Quoted quoted;
    quoted.text = quoted.article_id = quoted.path = quoted.url = quoted.comment = quoted.stance = text;
    quoted.anchor = "q", quoted.back = "#h";
    out.quote(quoted);
    out.note(text, "n");
    document.end_section().end();
    return document;
}

void expect_clean(std::string const& bytes, std::string const& what = {}) {
    PdfFile const file(bytes);
    EXPECT_THAT(file.run("qpdf --check"), HasSubstr("No syntax or stream encoding errors found")) << what;
    EXPECT_EQ(PdfFile::squeezed(file.run("pdftotext -q", "/dev/null")), "") << what;
}

// ---- The file ---------------------------------------------------------------------------------------------------

TEST(PdfFormat, SaysWhatItIs) {
    auto const& component = plugin().component();
    EXPECT_EQ(dossier::view(component.name), "pdf");
    EXPECT_EQ(dossier::view(component.media_type), "application/pdf");
    EXPECT_EQ(component.carries, DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES);
    EXPECT_EQ(component.several_files, 0u);
}

TEST(PdfFormat, WritesFilesThatQpdfFindsNothingWrongWith) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdftotext");
    expect_clean(pdf_of(everything()), "every kind of block");
    expect_clean(pdf_of(evidence_report()), "three reports");
    expect_clean(pdf_of(long_table(2000)), "2,000 rows");
    expect_clean(pdf_of(nothing()), "a document without reports");
    expect_clean(pdf_of(document_of([](Blocks&) {})), "a report without blocks");
}

TEST(PdfFormat, EmbedsEveryFontAsASubsetWithItsText) {
    SKIP_WITHOUT("pdffonts");
    PdfFile const file(pdf_of(evidence_report()));
    std::istringstream table(file.run("pdffonts"));
    std::string line;
    std::getline(table, line), std::getline(table, line);  // the head
    int n_fonts = 0;
    for (; std::getline(table, line); ++n_fonts) {
        EXPECT_THAT(line, HasSubstr("yes yes yes")) << "embedded, subset, Unicode";
        EXPECT_THAT(line, HasSubstr("+DejaVu"));
    }
    EXPECT_GE(n_fonts, 3);
}

TEST(PdfFormat, GivesTheSameBytesHoweverTheBlocksAreCut) {
    auto const document = evidence_report();
    auto const bytes = pdf_of(document);
    RenderSettings settings;
    settings.batch = 0;
    EXPECT_TRUE(pdf_of(document, settings) == bytes) << "all blocks in one call";
    settings.random_batches = 7;
    EXPECT_TRUE(pdf_of(document, settings) == bytes) << "batches of random size";
    settings.extra = 24;
    EXPECT_TRUE(pdf_of(document, settings) == bytes) << "structs of a newer host";
}

TEST(PdfFormat, KnowsNoDateButTheDocumentsOwn) {
    SKIP_WITHOUT("pdfinfo");
    PdfFile const file(pdf_of(evidence_report()));
    auto const info = file.run("pdfinfo -rawdates");
    EXPECT_THAT(info, testing::ContainsRegex("CreationDate: +D:20261122000000Z"));
    EXPECT_THAT(info, testing::ContainsRegex("Title: +Night work and health: what twelve articles say"));
    EXPECT_THAT(info, testing::ContainsRegex("Creator: +Dossier 1.0.0"));
}

TEST(PdfFormat, TellsTheLastDaysOfMonths) {
    SKIP_WITHOUT("pdfinfo");
    for (std::string const date : {"2026-01-31", "2026-02-28", "2024-02-29", "2026-04-30", "2026-12-31"}) {
        Document document;
        document.begin("A question", date).end();
        auto const info = PdfFile(pdf_of(document)).run("pdfinfo -isodates");
        EXPECT_THAT(info, testing::ContainsRegex("CreationDate: +" + date + "T00:00:00Z"));
    }
}

TEST(PdfFormat, StopsWhenTheHostTakesNoMore) {
    RenderSettings settings;
    settings.fail_write_at = 1;
    auto const rendering = render(plugin(), everything(), settings);
    EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
    EXPECT_THAT(rendering.errors, IsEmpty()) << "the host knows why";
    EXPECT_THAT(rendering.misuse, IsEmpty());
}

// ---- Text -----------------------------------------------------------------------------------------------------

TEST(PdfText, ComesBackAsItWentIn) {
    SKIP_WITHOUT("pdftotext");
    for (std::string const text :
         {"naïve café, coöperate: α ≥ 0.05 – “quoted” ‘single’ … 20 µg·m⁻³", "▲ ▼ ◆ ● ○ ✕ ✓ → ↩",
          "Ελληνικά и кириллица", "Việt Nam: những người ế ẫ ợ", "hyphen-minus, non‑breaking hyphen, en–dash, minus −3",
          "fi fl ffi office", "(parentheses) \\backslash\\ [brackets] <angles>", "x≤y <a> 100 % p = 0.01"})
        EXPECT_THAT(PdfFile(pdf_of(paragraph_of(text))).text(), HasSubstr(text));
}

TEST(PdfText, KeepsCombiningMarksOnTheirLetters) {
    SKIP_WITHOUT("pdftotext");
    // e + dot below + macron has no composed form in the fonts' character maps.
    auto const text = PdfFile(pdf_of(paragraph_of("be\u0323\u0304d x\u0302y"))).text();
    EXPECT_THAT(text, HasSubstr("y"));
    EXPECT_THAT(text, HasSubstr("\u0304"));
    EXPECT_THAT(text, HasSubstr("\u0302"));
}

TEST(PdfText, DrawsAllPartsOfACompositeGlyph) {
    SKIP_WITHOUT("pdftoppm");
    auto const ink = [](std::string const& text) { return PdfFile(pdf_of(paragraph_of(text))).ink(); };
    double const nothing_said = ink("");
    double const bare = ink("eaoeaoeaoeao") - nothing_said;
    double const marked = ink("ếẫợếẫợếẫợếẫợ") - nothing_said;
    EXPECT_GT(bare, 50.0);
    EXPECT_GT(marked, bare * 1.2) << "libharu's own text path loses the marks, and only ink shows it";
}

TEST(PdfText, ShowsAndReportsCharactersThatNoFontHas) {
    auto const rendering = rendered(paragraph_of("\U000F0001\uE0A5 and \U000F0001 again"));  // for private use
    EXPECT_THAT(rendering.log, ElementsAre(HasSubstr("U+F0001"), HasSubstr("U+E0A5")));
    SKIP_WITHOUT("pdftotext");
    SKIP_WITHOUT("pdftoppm");
    PdfFile const file(rendering.only_file());
    EXPECT_THAT(file.text(), HasSubstr("\U000F0001\uE0A5 and \U000F0001 again")) << "copied text keeps the character";
    EXPECT_GT(file.ink(), PdfFile(pdf_of(paragraph_of("and again"))).ink() + 20) << "a replacement is seen";
}

TEST(PdfText, ReportsMissingCharactersABoundedNumberOfTimes) {
    std::string text;
    for (char32_t c = 0xe100; c < 0xe100 + 500; ++c) {  // for private use: in no font
        text += static_cast<char>(0xe0 | (c >> 12)), text += static_cast<char>(0x80 | ((c >> 6) & 63));
        text += static_cast<char>(0x80 | (c & 63));
    }
    auto const rendering = rendered(paragraph_of(text));
    EXPECT_GE(rendering.log.size(), 10u);
    EXPECT_LE(rendering.log.size(), 30u);
}

/// pdftotext puts marks around text that runs from right to left.
std::string without_bidi_marks(std::string text) {
    for (std::string const mark : {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c"})
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.erase(at, mark.size());
    return text;
}

TEST(PdfText, SetsRightToLeftTextInReadingOrder) {
    SKIP_WITHOUT("pdftotext");
    auto const rendering = rendered(paragraph_of("The word שלום means peace, and 12 is 12."));
    EXPECT_THAT(rendering.log, IsEmpty());
    EXPECT_THAT(without_bidi_marks(PdfFile(rendering.only_file()).text()),
                HasSubstr("The word שלום means peace, and 12 is 12."));
    auto const arabic = pdf_of(paragraph_of("هذا نص عربي مع 123 رقم"));
    EXPECT_THAT(without_bidi_marks(PdfFile(arabic).text()), HasSubstr("هذا نص عربي مع 123 رقم"));
}

TEST(PdfText, MakesControlBytesVisibleAndDropsMarksThatReorder) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(paragraph_of("a\x01"
                                                  "b\xff"
                                                  "c\x1b[31m\u202etxt.exe\u2066.")))
                          .text();
    EXPECT_THAT(text, HasSubstr("a\ufffdb\ufffdc\ufffd[31mtxt.exe."));
}

TEST(PdfText, SurvivesHostileTextInEveryField) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdftotext");
    auto texts = own_hostile_texts();
    for (auto const& more : {naughty_strings(), formula_payloads()})
        texts.insert(texts.end(), more.begin(), more.end());
    std::string all;
    for (auto const& text : texts) {
        auto const rendering = render(plugin(), in_every_field(text));
        ASSERT_EQ(rendering.status, DOSSIER_OK) << text;
        all += text + " ";
    }
    for (std::size_t i = 0; i < texts.size(); i += std::max<std::size_t>(1, texts.size() / 12))
        expect_clean(pdf_of(in_every_field(texts[i])), texts[i]);
    expect_clean(pdf_of(in_every_field(all)), "all of them at once");
}

// ---- Tables -----------------------------------------------------------------------------------------------------

TEST(PdfTables, RepeatTheirHeadOnEveryPage) {
    SKIP_WITHOUT("pdftotext");
    auto const pages = PdfFile(pdf_of(long_table(300))).pages();
    ASSERT_GT(pages.size(), 5u);
    for (auto const& page : pages)
        EXPECT_THAT(PdfFile::squeezed(page), HasSubstr("Strength Mentions Quote"));
}

/// More different words than the fonts remember, between the head's first drawing and its second.
TEST(PdfTables, RepeatTheirHeadHoweverManyWordsStandBetween) {
    SKIP_WITHOUT("pdftotext");
    std::string caption;
    for (int i = 0; i < 60'000; ++i)
        caption += "w" + std::to_string(i) + " ";
    auto const document = document_of([&](Blocks& out) {
        auto table = out.table(caption, {Column::text("first", "Alphahead"), Column::text("second", "Betahead")});
        for (int i = 0; i < 200; ++i)
            table.row("row " + std::to_string(i), "cell");
    });
    auto const pages = PdfFile(pdf_of(document)).pages();
    std::size_t n_pages_with_rows = 0;
    for (auto const& page : pages) {
        if (page.find("\nrow ") == std::string::npos) continue;
        ++n_pages_with_rows;
        EXPECT_THAT(PdfFile::squeezed(page), HasSubstr("Alphahead Betahead row"));
    }
    EXPECT_GE(n_pages_with_rows, 3u);
}

TEST(PdfTables, LeaveNoRowAloneOnAPage) {
    SKIP_WITHOUT("pdftotext");
    std::size_t n_of_two_pages = 0;
    for (std::size_t n = 25; n < 85; ++n) {
        auto const pages = PdfFile(pdf_of(long_table(n))).pages();
        auto const rows_on = [](std::string const& page) {
            std::size_t rows = 0;
            for (auto at = page.find("article-"); at != std::string::npos; at = page.find("article-", at + 1))
                ++rows;
            return rows;
        };
        n_of_two_pages += pages.size() > 1 ? 1 : 0;
        for (auto const& page : pages)
            EXPECT_NE(rows_on(page), 1u) << n << " rows";
    }
    EXPECT_GT(n_of_two_pages, 10u);
}

TEST(PdfTables, LoseNoRowAndNoWord) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(long_table(2000))).text();
    std::size_t at = 0;
    for (std::size_t i = 0; i < 2000; ++i) {
        at = text.find(numbered("article-", i) + " ", at);
        ASSERT_NE(at, std::string::npos) << "row " << i << " is missing or out of order";
    }
    std::size_t n_stances = 0;
    for (at = text.find("▲ supports"); at != std::string::npos; at = text.find("▲ supports", at + 1))
        ++n_stances;
    EXPECT_EQ(n_stances, 334u);
}

TEST(PdfTables, SplitARowThatIsTallerThanAPage) {
    SKIP_WITHOUT("pdftotext");
    std::string cell;
    for (int i = 0; i < 9000; ++i)
        cell += "w" + std::to_string(i) + " ";
    PdfFile const file(pdf_of(one_cell(cell)));
    EXPECT_GT(file.pages().size(), 2u);
    auto const text = file.text();
    std::size_t at = 0;
    for (int i = 0; i < 9000; ++i) {
        auto const found = text.find("w" + std::to_string(i) + " ", at);
        ASSERT_NE(found, std::string::npos) << "word " << i << " is cut off";
        at = found;
    }
}

TEST(PdfTables, BreakAWordThatIsWiderThanItsColumn) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(one_cell(std::string(10'000, 'z')))).text();
    EXPECT_EQ(std::count(text.begin(), text.end(), 'z'), 10'000);
}

TEST(PdfTables, SurviveAHeadAsTallAsThePage) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdftotext");
    std::string head;
    for (int i = 0; i < 3000; ++i)
        head += "h" + std::to_string(i) + " ";
    auto const bytes = pdf_of(one_cell("below", head));
    expect_clean(bytes);
    EXPECT_THAT(PdfFile(bytes).text(), HasSubstr("h2999"));
    EXPECT_THAT(PdfFile(bytes).text(), HasSubstr("below"));
}

Document wide_table(std::size_t n_columns) {
    return document_of([&](Blocks& out) {
        out.paragraph("Before the table.");
        std::vector<Column> columns;
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < n_columns; ++i) {
            columns.push_back(Column::text(numbered("c", i), numbered("Column", i)));
            cells.emplace_back(numbered("value", i));
        }
        {
            auto table = out.table("Wide", columns);
            for (int i = 0; i < 3; ++i)
                table.cells_row(cells);
        }
        out.paragraph("After the table.");
    });
}

TEST(PdfTables, TurnPagesOnlyWhereATableNeedsItAndTheJobAllowsIt) {
    SKIP_WITHOUT("pdfinfo");
    auto const sizes = [](Document const& document, RenderSettings const& settings) {
        return PdfFile(pdf_of(document, settings)).run("pdfinfo -f 1 -l 9");
    };
    EXPECT_THAT(sizes(wide_table(6), {}), Not(HasSubstr("841.89 x 595.28")));
    auto const wide = sizes(wide_table(14), {});
    EXPECT_THAT(wide, testing::ContainsRegex("Page +1 size: +595.28 x 841.89"));
    EXPECT_THAT(wide, testing::ContainsRegex("Page +2 size: +841.89 x 595.28"));
    EXPECT_THAT(wide, testing::ContainsRegex("Page +3 size: +595.28 x 841.89"));
    RenderSettings upright;
    upright.options["orientation"] = std::string("portrait");
    EXPECT_THAT(sizes(wide_table(14), upright), Not(HasSubstr("841.89 x 595.28")));
    RenderSettings letter;
    letter.options["page"] = std::string("letter");
    letter.options["orientation"] = std::string("landscape");
    EXPECT_THAT(sizes(wide_table(3), letter), HasSubstr("792 x 612"));
}

TEST(PdfTables, KeepEveryCellOfTwoHundredColumns) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(wide_table(200))).text();
    std::string letters;  // words are broken: compare without blanks
    std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](char c) { return c != ' '; });
    EXPECT_EQ(std::count(letters.begin(), letters.end(), 'v'), 600);
}

TEST(PdfTables, SayWhenTheyAreEmpty) {
    SKIP_WITHOUT("pdftotext");
    auto const document =
        document_of([](Blocks& out) { (void)out.table("Nobody has looked", {Column::text("claim", "Claim")}); });
    auto const text = PdfFile(pdf_of(document)).text();
    EXPECT_THAT(text, HasSubstr("Nobody has looked"));
    EXPECT_THAT(text, HasSubstr("Claim"));
    EXPECT_THAT(text, HasSubstr("No entries."));
}

// ---- Finding one's way --------------------------------------------------------------------------------------------

struct Links {
    std::multiset<std::string> uris;
    std::size_t n_internal = 0;
};

/// All links of a file; fails the test where one leads to something that is not a page.
Links links_of(std::string const& bytes) {
    auto const file = PdfFile(bytes).json();
    Links links;
    for (auto const& page : file.at("pages")) {
        auto const dict = PdfFile::object(file, page.at("object").get<std::string>());
        if (!dict.contains("/Annots")) continue;
        for (auto const& reference : PdfFile::object(file, dict.at("/Annots").get<std::string>())) {
            auto const annotation = PdfFile::object(file, reference.get<std::string>());
            EXPECT_EQ(annotation.at("/Subtype"), "/Link");
            if (annotation.contains("/A")) {
                links.uris.insert(annotation.at("/A").at("/URI").get<std::string>());
                continue;
            }
            auto const target = PdfFile::object(file, annotation.at("/Dest").at(0).get<std::string>());
            EXPECT_EQ(target.at("/Type"), "/Page");
            ++links.n_internal;
        }
    }
    return links;
}

TEST(PdfLinks, LeadFromCellsToQuotesAndBackAndOut) {
    SKIP_WITHOUT("qpdf");
    auto const links = links_of(pdf_of(document_of([](Blocks& out) {
        out.heading(1, "Top", "top");
        {
            auto table = out.table("Cells", {Column::stance("stance", "Stance")}, "cells");
            table.row(Cell("supports").to("#q-1"));  // forward
            table.row(Cell("refutes").to("#nowhere"));
        }
        dossier::Quoted quoted;
        quoted.text = "It helped.", quoted.path = "a.txt", quoted.line = 3, quoted.anchor = "q-1",
        quoted.back = "#cells";
        quoted.url = "https://example.org/\u00E9?c=(d)";
        out.quote(quoted);
        out.paragraph(dossier::link("up", "#top") + " " + dossier::link("mail", "mailto:a@example.org") + " " +
                      dossier::link("no", "javascript:alert(1)"));
    })));
    EXPECT_EQ(links.n_internal, 3u) << "to the quote, back to the table, to the heading; none to #nowhere";
    EXPECT_THAT(links.uris, ElementsAre("u:https://example.org/%C3%A9?c=%28d%29", "u:mailto:a@example.org"));
}

TEST(Pdf, LinksToTheAddressesThatAreLinksEverywhere) {
    auto const links = links_of(pdf_of(document_of([](Blocks& out) {
        out.heading(1, "Links", "links");
        for (auto const& address : dossier::test::web_addresses())
            out.paragraph(dossier::link("yes", address));
        for (auto const& address : dossier::test::no_web_addresses())
            out.paragraph(dossier::link("no", address));
    })));
    EXPECT_EQ(links.uris.size(), dossier::test::web_addresses().size());
}

TEST(PdfLinks, ReachTheQuotesOfAWholeReport) {
    SKIP_WITHOUT("qpdf");
    auto const links = links_of(pdf_of(evidence_report()));
    EXPECT_GE(links.n_internal, 6u * 8 + 40) << "matrix cells to quotes, quotes back to their row";
    EXPECT_GE(links.uris.size(), 40u);
}

TEST(PdfBookmarks, FollowTheHeadings) {
    SKIP_WITHOUT("qpdf");
    auto const file = PdfFile(pdf_of(evidence_report())).json();
    auto const& outlines = file.at("outlines");
    ASSERT_EQ(outlines.size(), 3u);
    EXPECT_EQ(outlines.at(0).at("title"), "Consensus");
    EXPECT_EQ(outlines.at(2).at("title"), "Quotes");
    ASSERT_EQ(outlines.at(2).at("kids").size(), 6u);
    EXPECT_EQ(outlines.at(2).at("kids").at(5).at("title"), samples::claims[5]);
    EXPECT_LT(outlines.at(0).at("destpageposfrom1").get<int>(), outlines.at(1).at("destpageposfrom1").get<int>());
}

TEST(PdfBookmarks, CutLongHeadingsWhichThePageHasInFull) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdftotext");
    std::string long_heading = "😀";
    for (int i = 0; i < 8000; ++i)
        long_heading += " h" + std::to_string(i);
    Document document;
    document.begin(long_heading).begin_section("report");  // the title of the file is cut like a bookmark
    document.out().heading(1, long_heading);
    document.out().paragraph("Words.");
    document.end_section().end();
    PdfFile const file(pdf_of(document));
    auto const title = file.json().at("outlines").at(0).at("title").get<std::string>();
    EXPECT_EQ(title, long_heading.substr(0, 502) + "…");  // 500 characters, the first of them four bytes long
    EXPECT_THAT(file.text(), HasSubstr("h7999 Words."));
}

TEST(PdfContents, GivePageNumbersThatAreRight) {
    SKIP_WITHOUT("pdftotext");
    SKIP_WITHOUT("qpdf");
    PdfFile const file(pdf_of(evidence_report()));
    auto const cover = PdfFile::squeezed(file.pages().at(0));
    EXPECT_THAT(cover, HasSubstr("Contents"));
    auto const json = file.json();
    for (auto const& section : json.at("outlines")) {
        auto const page = std::to_string(section.at("destpageposfrom1").get<int>());
        EXPECT_THAT(cover, HasSubstr(section.at("title").get<std::string>() + " " + page));
        for (auto const& heading : section.at("kids"))
            EXPECT_THAT(cover, HasSubstr(heading.at("title").get<std::string>() + " " +
                                         std::to_string(heading.at("destpageposfrom1").get<int>())));
    }
}

TEST(PdfContents, AreLeftOutOfAShortDocumentUnlessAskedFor) {
    SKIP_WITHOUT("pdftotext");
    EXPECT_THAT(PdfFile(pdf_of(everything())).text(), Not(HasSubstr("Contents")));
    RenderSettings settings;
    settings.options["contents"] = std::string("yes");
    EXPECT_THAT(PdfFile(pdf_of(everything(), settings)).pages().at(0), HasSubstr("Contents"));
}

TEST(PdfPages, AreNumberedAndSayWhatTheyBelongTo) {
    SKIP_WITHOUT("pdftotext");
    auto const pages = PdfFile(pdf_of(evidence_report())).pages();
    auto const n_pages = std::to_string(pages.size());
    ASSERT_GT(pages.size(), 4u);
    for (std::size_t i = 1; i < pages.size(); ++i) {
        EXPECT_THAT(pages[i], HasSubstr("Page " + std::to_string(i + 1) + " of " + n_pages));
        EXPECT_THAT(pages[i], HasSubstr("Night work and health: what twelve articles say"));
        EXPECT_THAT(pages[i], HasSubstr("As of 2026-11-22"));
    }
}

TEST(PdfPages, NeverEndWithAHeading) {
    SKIP_WITHOUT("pdftotext");
    auto const document = document_of([](Blocks& out) {
        for (int i = 0; i < 120; ++i) {
            out.heading(i == 0 ? 1 : 2, "Heading " + std::to_string(i));
            std::string text = "First";
            for (int k = 0; k < 20 + i % 37; ++k)
                text += " and more words";
            out.paragraph(text + ".");
        }
    });
    auto const pages = PdfFile(pdf_of(document)).pages();
    ASSERT_GT(pages.size(), 6u);
    for (auto const& page : pages) {
        auto const foot = page.find("\nAs of ");
        ASSERT_NE(foot, std::string::npos);
        auto const body = page.substr(0, foot);
        auto const last_line = body.substr(body.rfind('\n', body.size() - 2) + 1);
        EXPECT_THAT(last_line, Not(testing::StartsWith("Heading")));
    }
}

TEST(PdfPages, KeepALineThatIntroducesAQuoteWithIt) {
    SKIP_WITHOUT("pdftotext");
    auto const document = document_of([](Blocks& out) {
        for (int i = 0; i < 120; ++i) {
            out.paragraph("Introduction " + std::to_string(i));
            dossier::Quoted quoted;
            quoted.text = "Quote " + std::to_string(i);
            for (int k = 0; k < i % 60; ++k)
                quoted.text += " and more words";
            quoted.path = "a.txt";
            out.quote(quoted);
        }
        out.paragraph("The end.");
    });
    PdfFile const file(pdf_of(document));
    auto const pages = file.pages();
    ASSERT_GT(pages.size(), 6u);
    for (auto const& page : pages) {
        auto const body = page.substr(0, page.find("\nAs of "));
        auto const last_line = body.substr(body.rfind('\n', body.size() - 2) + 1);
        EXPECT_THAT(last_line, Not(testing::StartsWith("Introduction")));
    }
    EXPECT_THAT(file.text(), HasSubstr("Introduction 119 “Quote 119"));
    EXPECT_THAT(file.text(), HasSubstr("The end."));
}

// ---- Charts and the rest --------------------------------------------------------------------------------------------

TEST(PdfCharts, SayTheirNumbersWithSymbolsAndInWords) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(everything())).text();
    for (auto const* const part : {"Sources per claim", "▲ supports", "▼ refutes", "first claim", "▲ 2", "▼ 1",
                                   "Two sources support the first claim, one refutes the second."})
        EXPECT_THAT(text, HasSubstr(part));
}

TEST(PdfCharts, SurviveMissingEndlessAndTooManyValues) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdftotext");
    auto const nan = std::numeric_limits<double>::quiet_NaN(), endless = std::numeric_limits<double>::infinity();
    std::vector<std::string> many;
    std::vector<double> values;
    for (std::size_t i = 0; i < 700; ++i)
        many.push_back(numbered("category-", i)), values.push_back(static_cast<double>(i % 7));
    auto document = document_of([&](Blocks& out) {
        out.stacked_bars("Nothing", "c1", "empty", {}, {"supports"}, {});
        out.stacked_bars("Odd", "c2", "odd", {"a", "b", "c"}, {"x", "y"}, {nan, nan, endless, -1, 1e300, 1e-300});
        out.stacked_bars("Many", "c3", "many", many, {"refutes"}, values);
    });
    auto const bytes = pdf_of(document);
    expect_clean(bytes);
    auto const text = PdfFile(bytes).text();
    for (auto const& category : many)
        ASSERT_THAT(text, HasSubstr(category));
    EXPECT_THAT(text, HasSubstr("no value"));
    EXPECT_THAT(text, HasSubstr("No values."));
}

Document chart_of(std::uint32_t kind, std::vector<double> const& values) {
    Document document;
    document.begin().begin_section("report");
    dossier_text const categories[] = {dossier::as_text("first study"), dossier::as_text("second study")};
    dossier_text const series[] = {dossier::as_text("odds ratio")};
    dossier_chart chart{};
    chart.size = sizeof chart, chart.kind = kind;
    chart.title = dossier::as_text("Effects"), chart.alternative = dossier::as_text("Both are above one.");
    chart.anchor = dossier::as_text("effects");
    chart.categories = categories, chart.n_categories = 2, chart.series = series, chart.n_series = 1;
    chart.values = values.data(), chart.n_values = values.size();
    document.say(DOSSIER_CHART, &chart).end_section().end();
    return document;
}

TEST(PdfCharts, DrawIntervals) {
    SKIP_WITHOUT("pdftotext");
    SKIP_WITHOUT("pdftoppm");
    PdfFile const both(pdf_of(chart_of(DOSSIER_CHART_INTERVAL, {1.4, 1.1, 1.9, 2.0, 1.2, 3.1})));
    EXPECT_THAT(both.text(), HasSubstr("first study"));
    EXPECT_THAT(both.text(), HasSubstr("Both are above one."));
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    PdfFile const one(pdf_of(chart_of(DOSSIER_CHART_INTERVAL, {nan, nan, nan, 2.0, 1.2, 3.1})));
    EXPECT_THAT(one.text(), HasSubstr("no value"));
    EXPECT_THAT(PdfFile(pdf_of(chart_of(99, {}))).text(), HasSubstr("Both are above one.")) << "a kind from the future";
}

TEST(PdfFormat, SkipsBlocksOfKindsItDoesNotKnow) {
    auto with = document_of([](Blocks& out) {
        out.paragraph("Known.");
        out.say(4711, nullptr);
    });
    auto without = document_of([](Blocks& out) { out.paragraph("Known."); });
    EXPECT_TRUE(pdf_of(with) == pdf_of(without));
}

TEST(PdfFormat, CarriesEveryTextOfEveryKindOfBlock) {
    SKIP_WITHOUT("pdftotext");
    auto const text = PdfFile(pdf_of(everything())).text();
    for (auto const* const part : {"Is ketamine addictive? A \"summary\" & more",
                                   "Everything there is",
                                   "Plain, emphasis, strong, code, both,",
                                   "a link inside",
                                   "one outside",
                                   "<b>not bold</b>, *not emphasis*, a|b, c\\d.",
                                   "For your information",
                                   "Nothing is wrong.",
                                   "Careful",
                                   "cut off",
                                   "A report failed",
                                   "• first",
                                   "second, leaning",
                                   "1. one",
                                   "2. two",
                                   "All kinds of cells",
                                   "ketamine is addictive",
                                   "0.33",
                                   "38 %",
                                   "2026-11",
                                   "Example",
                                   "0.25 to 0.95",
                                   "It can be habit forming.",
                                   "=1+1 | \"pipes\", commas and lines",
                                   "-0.12",
                                   "? not assessable",
                                   "“It can be habit forming.”",
                                   "decided by: habit forming",
                                   "articles/001 first.txt, p. 3, line 17",
                                   "example.org",
                                   "↩ back",
                                   "“No studies were found.”",
                                   "articles/002.txt, line 2",
                                   "Sources are counted once; see the table."})
        EXPECT_THAT(text, HasSubstr(part));
}

}  // namespace
