// What stands before the reports and at the foot of pages: verdicts, contents, footnotes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pdf_tools.hpp"
#include "sample_documents.hpp"

namespace {

using namespace dossier::test;
using dossier::as_text;
using dossier::Cell;
using dossier::Column;
using dossier::link;
using dossier::Text;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

FormatPlugin const& plugin() {
    static FormatPlugin const one(FORMAT_PLUGIN);
    return one;
}

std::string pdf_of(Document const& document, RenderSettings const& settings = {}) {
    auto const rendering = render(plugin(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    return rendering.only_file();
}

// ---- Verdicts

/// @param statement  outlives the verdict
dossier_verdict verdict(std::string_view statement) {
    dossier_verdict one{};
    one.size = sizeof one;
    one.claim_id = as_text("claim");
    one.statement = as_text(statement);
    one.direction = as_text("leans towards support"), one.agreement = as_text("polarised");
    one.certainty = as_text("low certainty"), one.coverage = as_text("broad");
    one.n_articles = 9, one.n_clusters = 8, one.supports = 5, one.refutes = 2, one.mixed = 1;
    one.direction_share = 5.0 / 7, one.agreement_value = 0.1, one.coverage_share = 1;
    return one;
}

Document document_with_verdicts(std::vector<dossier_verdict> const& verdicts, int n_sections) {
    Document document;
    document.begin("What is known", "2026-11-22", verdicts);
    for (int i = 0; i < n_sections; ++i) {
        auto const number = std::to_string(i);
        document.begin_section("report", "section-" + number);
        document.out().heading(1, "Report " + number, "report-" + number);
        document.out().paragraph("Words.");
        document.end_section();
    }
    document.end();
    return document;
}

TEST(PdfCover, SaysTheVerdictsInTheirFourParts) {
    SKIP_WITHOUT("pdftotext");
    auto fragile = verdict("Naps help");
    fragile.fragile = 1, fragile.direction = as_text("no clear direction");
    auto const pages = PdfFile(pdf_of(document_with_verdicts({verdict("Light helps"), fragile}, 2))).pages();
    ASSERT_THAT(pages, SizeIs(3));
    auto const cover = PdfFile::squeezed(pages.front());
    for (auto const* const words : {"Light helps", "leans towards support", "polarised", "low certainty", "broad",
                                    "▲ 5 ▼ 2 ◆ 1 of 8", "no clear direction, fragile", "Fragile: leaving out one"})
        EXPECT_THAT(cover, HasSubstr(words));
}

TEST(PdfCover, SaysHowManyClaimsItHasNoRoomFor) {
    SKIP_WITHOUT("pdftotext");
    std::vector<std::string> statements;
    for (int i = 0; i < 300; ++i)
        statements.push_back(numbered("Claim ", static_cast<std::size_t>(i)) + " says a thing");
    std::vector<dossier_verdict> verdicts;
    for (auto const& statement : statements)
        verdicts.push_back(verdict(statement));
    auto const pages = PdfFile(pdf_of(document_with_verdicts(verdicts, 2))).pages();
    ASSERT_THAT(pages, SizeIs(3));
    std::size_t n_shown = 0;
    for (auto const& statement : statements)
        n_shown += PdfFile::squeezed(pages.front()).find(statement) != std::string::npos ? 1 : 0;
    EXPECT_GE(n_shown, 10u);
    EXPECT_THAT(PdfFile::squeezed(pages.front()), HasSubstr("And " + std::to_string(300 - n_shown) + " more claims."));
}

TEST(PdfCover, IsLeftOutOfADocumentOfOneReport) {
    SKIP_WITHOUT("pdftotext");
    auto const file = PdfFile(pdf_of(document_with_verdicts({verdict("Light helps")}, 1)));
    EXPECT_THAT(file.pages(), SizeIs(1));
    EXPECT_THAT(file.text(), Not(HasSubstr("Light helps")));
}

// ---- Footnotes

std::size_t page_of(std::vector<std::string> const& pages, std::string const& words) {
    auto const found = std::find_if(pages.begin(), pages.end(), [&](auto const& page) {
        return PdfFile::squeezed(page).find(words) != std::string::npos;
    });
    return static_cast<std::size_t>(found - pages.begin());
}

/// Paragraphs of which the 5th, 40th and 60th refer to notes that come at the end.
Document document_with_notes() {
    Document document;
    document.begin("Notes").begin_section("report");
    auto& out = document.out();
    out.heading(1, "Text", "text");
    for (int i = 0; i < 70; ++i) {
        auto const words = numbered("Paragraph ", static_cast<std::size_t>(i)) + " says what it has to say";
        if (i == 5)
            out.paragraph(Text(words + ", with reserve ") + link("(why)", "#first") + ".");
        else if (i == 40 || i == 60)
            out.paragraph(Text(words + " ") + link("as explained", "#second") + ".");
        else
            out.paragraph(words + ".");
    }
    {
        auto table = out.table("Rows", {Column::text("what", "What")}, "rows");
        table.row(Cell("A cell with a note").to("#third"));
    }
    out.note("The second note explains it.", "second");
    out.note("The first note has reasons.", "first");
    out.note("The third note is about a cell.", "third");
    out.note("Nothing refers to this one.", "fourth");
    document.end_section().end();
    return document;
}

TEST(PdfFootnotes, StandAtTheFootOfThePageThatFirstRefersToThem) {
    SKIP_WITHOUT("pdftotext");
    auto const pages = PdfFile(pdf_of(document_with_notes())).pages();
    EXPECT_EQ(page_of(pages, "¹ The first note has reasons."), page_of(pages, "Paragraph 005"));
    EXPECT_EQ(page_of(pages, "² The second note explains it."), page_of(pages, "Paragraph 040"));
    EXPECT_EQ(page_of(pages, "³ The third note is about a cell."), page_of(pages, "A cell with a note³"));
    EXPECT_EQ(page_of(pages, "Note Nothing refers to this one."), pages.size() - 1);
    auto const all = PdfFile(pdf_of(document_with_notes())).text();
    EXPECT_THAT(all, HasSubstr("with reserve (why)¹."));
    EXPECT_EQ(all.find("The first note"), all.rfind("The first note"));
    EXPECT_EQ(all.find("The second note"), all.rfind("The second note"));
}

TEST(PdfFootnotes, LoseNoNoteHoweverManyALineRefersTo) {
    SKIP_WITHOUT("pdftotext");
    Document document;
    document.begin("Notes").begin_section("report");
    Text text("See ");
    for (std::size_t i = 0; i < 60; ++i)
        text += link("n" + std::to_string(i), "#" + numbered("note-", i)) + " ";
    document.out().paragraph(text);
    for (std::size_t i = 0; i < 60; ++i)
        document.out().note(numbered("Words of note ", i) + std::string(200, ' ') + std::string(300, 'x'),
                            numbered("note-", i));
    document.end_section().end();
    auto const all = PdfFile(pdf_of(document)).text();
    for (std::size_t i = 0; i < 60; ++i)
        EXPECT_THAT(all, HasSubstr(numbered("Words of note ", i)));
}

TEST(PdfFootnotes, LeadBackToTheText) {
    SKIP_WITHOUT("qpdf");
    Document document;
    document.begin("Notes").begin_section("report");
    document.out().paragraph(Text("Words ") + link("why", "#note"));
    document.out().note("Reasons.", "note");
    document.end_section().end();
    auto const json = PdfFile(pdf_of(document)).json();
    std::vector<double> heights;  // where links lead
    for (auto const& [name, object] : json.at("qpdf").at(1).items()) {
        auto const& value = object.value("value", nlohmann::json());
        if (value.is_object() && value.value("/Subtype", "") == "/Link") heights.push_back(value.at("/Dest").at(3));
    }
    ASSERT_THAT(heights, SizeIs(3));  // the words, the number behind them, the number of the note
    std::sort(heights.begin(), heights.end());
    EXPECT_LT(heights[0], 120);  // two lead to the foot of the page
    EXPECT_LT(heights[1], 120);
    EXPECT_GT(heights[2], 500);  // one to the text
}

}  // namespace
