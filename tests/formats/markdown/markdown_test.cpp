// The Markdown format: what it writes is read back by md4c and must say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/markdown/md4c_reader.hpp"
#include "formats/markdown/seen.hpp"
#include "formats/web_addresses.hpp"
#include "shared/clean_text.hpp"
#include "support/format_harness.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::Text;
using dossier::formats::clean_text;
using namespace dossier::test;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

FormatPlugin const& markdown() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "markdown");
    return plugin;
}

std::vector<std::string> markdown_texts() {
    auto texts = hostile_texts();
    for (auto& example : gfm_examples())
        texts.push_back(std::move(example));
    return texts;
}

std::string written(std::function<void(dossier::Blocks&)> const& say, RenderSettings settings = {}) {
    Document document;
    document.begin("Title").begin_section("report");
    say(document.out());
    document.end_section().end();
    settings.options.try_emplace("front_matter", false);
    auto const rendering = render(markdown(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, IsEmpty());
    return rendering.only_file();
}

/// The outline below the head of the document: title, date.
std::vector<std::string> outline(ReadMarkdown const& read) {
    return {read.outline.begin() + std::min<std::ptrdiff_t>(2, std::ssize(read.outline)), read.outline.end()};
}

/// Nothing that only markup of the input can have made.
void expect_no_stowaways(ReadMarkdown const& read, std::string const& text) {
    for (auto const& html : read.html)
        EXPECT_TRUE(html == "</a>" || (html.rfind("<a id=\"", 0) == 0 && html.find('"', 7) == html.size() - 2)) << html;
    EXPECT_THAT(read.other_spans, IsEmpty()) << text;
}

bool unmarked(ReadText const& text) {
    return std::all_of(text.marks.begin(), text.marks.end(), [](auto mark) { return mark == 0; });
}

TEST(MarkdownTable, ReadsBackAsTheSameCellsWhateverTheyHold) {
    auto const texts = markdown_texts();
    auto const bytes = written([&](auto& out) {
        auto table = out.table(
            "Texts", {Column::text("text", "Text"), Column::integer("n", "N"), Column::text("again", "Again")},
            "texts");
        std::int64_t n = 0;
        for (auto const& text : texts)
            table.row(text, n++, text);
    });
    auto const read = read_markdown(bytes);
    EXPECT_THAT(outline(read), ElementsAre("p", "table"));
    ASSERT_EQ(read.tables.size(), 1u);
    auto const& rows = read.tables.front().rows;
    ASSERT_EQ(rows.size(), texts.size() + 1);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const& row = rows[i + 1];
        ASSERT_EQ(row.size(), 3u) << texts[i];
        EXPECT_EQ(row[0].text, seen(texts[i]));
        EXPECT_EQ(row[1].text, std::to_string(i));
        EXPECT_EQ(row[2].text, seen(texts[i]));
        EXPECT_TRUE(unmarked(row[0])) << texts[i];
        EXPECT_TRUE(unmarked(row[2])) << texts[i];
    }
    expect_no_stowaways(read, "");
}

TEST(MarkdownTable, HeadAndCaptionHoldAnyText) {
    for (auto const& text : markdown_texts()) {
        auto const read = read_markdown(written([&](auto& out) {
            (void)out.table(text, {Column::text("key", text), Column::text("other", "Other")}, "t");
        }));
        ASSERT_EQ(read.tables.size(), 1u) << text;
        ASSERT_EQ(read.tables.front().rows.size(), 1u) << text;
        auto const& head = read.tables.front().rows.front();
        ASSERT_EQ(head.size(), 2u) << text;
        EXPECT_EQ(head[0].text, seen(text).empty() ? "key" : seen(text));
        EXPECT_EQ(read.paragraphs.at(1).text, seen(text));
    }
}

TEST(MarkdownTable, AlignsNumbersToTheRight) {
    auto const read = read_markdown(render(markdown(), everything()).only_file());
    ASSERT_FALSE(read.tables.empty());
    EXPECT_THAT(read.tables.front().alignment,
                ElementsAre(MD_ALIGN_DEFAULT, MD_ALIGN_RIGHT, MD_ALIGN_RIGHT, MD_ALIGN_RIGHT, MD_ALIGN_DEFAULT,
                            MD_ALIGN_DEFAULT, MD_ALIGN_DEFAULT, MD_ALIGN_RIGHT, MD_ALIGN_DEFAULT));
}

TEST(MarkdownTable, ShowsCellsAsTheHostWouldHaveThem) {
    auto const read = read_markdown(render(markdown(), everything()).only_file());
    auto const& row = read.tables.front().rows.at(1);
    std::vector<std::string> texts;
    for (auto const& cell : row)
        texts.push_back(cell.text);
    EXPECT_THAT(texts, ElementsAre("ketamine is addictive", "3", "0.33", "38 %", "2026-11", "Example", "▲ supports",
                                   "0.25 to 0.95", "It can be habit forming."));
    EXPECT_THAT(row[5].links, ElementsAre("https://example.org/x"));
    EXPECT_THAT(row[6].links, ElementsAre("#q-1"));
    EXPECT_THAT(read.tables.front().rows.at(3), testing::Each(testing::Field(&ReadText::text, "")));
}

TEST(MarkdownText, AnyParagraphStaysOneParagraphWithTheSameText) {
    for (auto const& text : markdown_texts()) {
        if (seen(text).empty()) continue;
        auto const read = read_markdown(written([&](auto& out) { out.paragraph(text); }));
        EXPECT_THAT(outline(read), ElementsAre("p")) << text;
        EXPECT_EQ(read.paragraphs.back().text, seen(text));
        EXPECT_TRUE(unmarked(read.paragraphs.back())) << text;
        expect_no_stowaways(read, text);
    }
}

TEST(MarkdownText, AnyHeadingStaysAHeading) {
    for (auto const& text : markdown_texts()) {
        auto const read = read_markdown(written([&](auto& out) { out.heading(1, text, "here"); }));
        EXPECT_THAT(outline(read), ElementsAre("h2")) << text;
        EXPECT_EQ(read.headings.back().second.text, seen(text));
        expect_no_stowaways(read, text);
    }
}

TEST(MarkdownText, AnyTitleStaysTheTitle) {
    for (auto const& text : markdown_texts()) {
        Document document;
        document.begin(text).end();
        RenderSettings settings;
        settings.options["front_matter"] = false;
        auto const read = read_markdown(render(markdown(), document, settings).only_file());
        EXPECT_THAT(read.outline, ElementsAre("h1", "p")) << text;
        EXPECT_EQ(read.headings.front().second.text, seen(text));
    }
}

TEST(MarkdownText, AnyQuoteStaysAQuote) {
    for (auto const& text : markdown_texts()) {
        if (seen(text).empty()) continue;
        dossier::Quoted quoted;
        quoted.text = text, quoted.path = "a_b|c.txt", quoted.comment = text, quoted.line = 3;
        auto const read = read_markdown(written([&](auto& out) { out.quote(quoted); }));
        EXPECT_THAT(outline(read), ElementsAre("quote", "p", "p")) << text;
        EXPECT_EQ(read.paragraphs.at(1).text, seen(text));
        EXPECT_EQ(read.paragraphs.at(2).text, "— a_b|c.txt, line 3, bytes 0–0 · " + seen(text));
        expect_no_stowaways(read, text);
    }
}

TEST(MarkdownText, AnyCalloutStaysACallout) {
    for (auto const& text : markdown_texts()) {
        if (seen(text).empty()) continue;
        auto const read = read_markdown(written([&](auto& out) { out.callout(DOSSIER_CALLOUT_WARNING, text, text); }));
        EXPECT_THAT(outline(read), ElementsAre("quote", "p", "p")) << text;
        EXPECT_EQ(read.paragraphs.at(1).text, "Warning: " + seen(text));
        EXPECT_THAT(read.paragraphs.at(1).marks, testing::Each(mark_strong)) << text;
        EXPECT_EQ(read.paragraphs.at(2).text, seen(text));
        expect_no_stowaways(read, text);
    }
}

TEST(MarkdownText, AnyItemStaysAnItem) {
    for (auto const& text : markdown_texts()) {
        if (seen(text).empty()) continue;
        auto const read = read_markdown(written([&](auto& out) {
            out.list({text, "next"});
            out.list({text, "next"}, true);
        }));
        EXPECT_THAT(outline(read), ElementsAre("ul", "li", "li", "ol", "li", "li")) << text;
        ASSERT_EQ(read.items.size(), 4u) << text;
        EXPECT_EQ(read.items[0].text, seen(text));
        EXPECT_EQ(read.items[2].text, seen(text));
        expect_no_stowaways(read, text);
    }
}

/// What runs come to: the text that is seen and the marks over each byte of it. Spaces carry no mark but code's.
ReadText expected(Text const& text) {
    ReadText all;
    for (auto const& run : text.runs()) {
        std::uint32_t const marks = run.style | (run.link.empty() ? 0u : mark_link);
        all.text += run.text;
        all.marks.resize(all.text.size(), marks);
    }
    return all;
}

/// Marks that people can see: those of spaces are left out, since they do not show.
std::string pictured(ReadText const& text) {
    std::string picture;
    for (std::size_t i = 0; i < text.text.size(); ++i) {
        picture += text.text[i];
        if (text.text[i] != ' ') picture += static_cast<char>('0' + text.marks[i]);
    }
    return picture;
}

static_assert(mark_emphasis == DOSSIER_EMPHASIS && mark_strong == DOSSIER_STRONG && mark_code == DOSSIER_CODE);

TEST(MarkdownStyles, EveryMixtureOfNeighboursKeepsItsStyles) {
    std::vector<std::string> const texts{"a", "(b)", "c d", "*", "“x”", "é",    "_", "`", "中",    "1.",
                                         "≥", "😀",   "\\",  "!", "[y]", "</b>", "&", "~", "x `` y"};
    std::mt19937 random(20261122);
    for (int round = 0; round < 4000; ++round) {
        Text text;
        auto const n_runs = 1 + random() % 5;
        for (std::size_t i = 0; i < n_runs; ++i) {
            std::string run = texts[random() % texts.size()];
            if (random() % 4 == 0) run += ' ';
            if (random() % 6 == 0) run.insert(0, 1, ' ');
            auto const style = static_cast<std::uint32_t>(random() % 8);
            if ((style & DOSSIER_CODE) != 0) run = run.substr(run.find_first_not_of(' '));  // spaces in code show
            text += Text{style, run, random() % 5 == 0 ? "https://example.org/" : ""};
        }
        auto const bytes = written([&](auto& out) { out.paragraph(text); });
        auto const read = read_markdown(bytes);
        ASSERT_THAT(outline(read), ElementsAre("p")) << bytes;
        auto wanted = expected(text);
        auto const first = wanted.text.find_first_not_of(' ');
        wanted.text.erase(0, first);
        wanted.marks.erase(wanted.marks.begin(), wanted.marks.begin() + static_cast<std::ptrdiff_t>(first));
        while (wanted.text.back() == ' ' && (wanted.marks.back() & mark_code) == 0)
            wanted.text.pop_back(), wanted.marks.pop_back();
        ASSERT_EQ(pictured(read.paragraphs.back()), pictured(wanted)) << bytes;
        expect_no_stowaways(read, bytes);
    }
}

TEST(MarkdownLinks, OnlyWebMailAndPlacesWithinAreLinkedTo) {
    for (auto const* const target : {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org",
                                     "#Not an anchor", "#", "relative.md", "vbscript:x"}) {
        auto const read = read_markdown(written([&](auto& out) { out.paragraph(dossier::link("text", target)); }));
        EXPECT_THAT(read.paragraphs.back().links, IsEmpty()) << target;
        EXPECT_EQ(read.paragraphs.back().text, "text");
    }
}

TEST(MarkdownLinks, AreTheAddressesThatAreLinksEverywhere) {
    auto const links_to = [](std::string const& target) {
        return read_markdown(written([&](auto& out) { out.paragraph(dossier::link("text", target)); }))
            .paragraphs.back()
            .links.size();
    };
    for (auto const& address : web_addresses())
        EXPECT_EQ(links_to(address), 1u) << address;
    for (auto const& address : no_web_addresses())
        EXPECT_EQ(links_to(address), 0u) << address;
}

TEST(MarkdownLinks, AddressesSurviveOrAreEncoded) {
    std::vector<std::pair<std::string, std::string>> const addresses{
        {"https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"},
        {"https://example.org/a_(b)", "https://example.org/a_%28b%29"},
        {"https://example.org/?a&copy;b", "https://example.org/?a&copy;b"},
        {"https://example.org/é", "https://example.org/%C3%A9"},
        {"https://example.org/*a*_b_", "https://example.org/*a*_b_"},
        {"mailto:a@b.example", "mailto:a@b.example"}};
    for (auto const& [address, read_as] : addresses) {
        auto const read = read_markdown(written([&, &target = address](auto& out) {
            out.paragraph(dossier::link("text", target));
            out.table("t", {Column::link("l", "L")}, "t").row(Cell("text").to(target));
        }));
        EXPECT_THAT(read.paragraphs.at(1).links, ElementsAre(read_as));
        EXPECT_THAT(read.tables.at(0).rows.at(1).at(0).links, ElementsAre(read_as));
    }
}

TEST(MarkdownLinks, EveryPlaceThatIsLinkedToIsThere) {
    auto const bytes = render(markdown(), everything()).only_file();
    auto const read = read_markdown(bytes);
    std::set<std::string> targets;
    for (auto const& paragraph : read.paragraphs)
        for (auto const& link : paragraph.links)
            if (link.front() == '#') targets.insert(link.substr(1));
    for (auto const& row : read.tables.front().rows)
        for (auto const& cell : row)
            for (auto const& link : cell.links)
                if (link.front() == '#') targets.insert(link.substr(1));
    EXPECT_THAT(targets, ElementsAre("a-table", "all-cells", "q-1"));
    for (auto const& target : targets)
        EXPECT_THAT(read.html, Contains("<a id=\"" + target + "\">"));
    for (auto const* const anchor : {"everything", "second-row", "note-1"})
        EXPECT_THAT(read.html, Contains("<a id=\"" + std::string(anchor) + "\">"));
}

TEST(MarkdownLinks, WithoutAnchorsThereIsNoHtmlAtAll) {
    RenderSettings settings;
    settings.options["anchors"] = false;
    auto const read = read_markdown(render(markdown(), everything(), settings).only_file());
    EXPECT_THAT(read.html, IsEmpty());
    EXPECT_THAT(read.paragraphs,
                testing::Each(testing::Field(&ReadText::links, testing::Each(StartsWith("https://")))));
}

TEST(Markdown, LooksLikeItsGoldenFile) {
    auto const path = std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/formats/markdown/everything.md";
    auto const bytes = render(markdown(), everything()).only_file();
    // DOSSIER_ACCEPT=1 takes what is written now as right; read the difference first.
    if (std::getenv("DOSSIER_ACCEPT") != nullptr) std::ofstream(path, std::ios::binary) << bytes;
    EXPECT_EQ(bytes, file_text(path));
}

TEST(Markdown, HasNoSpaceAtALinesEndAndOneLineBreakAtItsOwn) {
    auto const check = [](std::string const& bytes) {
        EXPECT_EQ(bytes.find(" \n"), std::string::npos);
        EXPECT_EQ(bytes.find("\n\n\n"), std::string::npos);
        EXPECT_EQ(bytes.find('\r'), std::string::npos);
        ASSERT_FALSE(bytes.empty());
        EXPECT_EQ(bytes.back(), '\n');
        EXPECT_NE(bytes[bytes.size() - 2], '\n');
    };
    check(render(markdown(), everything()).only_file());
    auto const texts = markdown_texts();
    check(written([&](auto& out) {
        for (auto const& text : texts) {
            out.paragraph(text);
            out.heading(1, text);
            out.list({});
            out.list({text});
            out.callout(DOSSIER_CALLOUT_INFO, text, text);
            out.note(text);
        }
    }));
}

TEST(Markdown, SaysEachTextInUtf8WithoutControlCharacters) {
    auto texts = markdown_texts();
    texts.push_back(file_text(hostile_folder() / "utf8_stress/utf8tests.bin"));
    auto const bytes = written([&](auto& out) {
        for (auto const& text : texts)
            out.paragraph(text);
    });
    EXPECT_EQ(clean_text(bytes), bytes);
}

TEST(Markdown, FrontMatterHoldsAnyTitleOnOneQuotedLine) {
    for (auto const& text : markdown_texts()) {
        Document document;
        document.begin(text).end();
        auto const bytes = render(markdown(), document).only_file();
        ASSERT_EQ(bytes.rfind("---\ntitle: \"", 0), 0u);
        auto const end = bytes.find('\n', 12);
        auto const quoted = bytes.substr(12, end - 12 - 1);
        // Within double quotes YAML takes JSON's escapes (YAML 1.2, section 1.3), so a JSON reader can tell.
        auto const read = nlohmann::json::parse("\"" + quoted + "\"").get<std::string>();
        auto expected = clean_text(text);
        std::replace(expected.begin(), expected.end(), '\t', ' ');
        EXPECT_EQ(seen(read), seen(text));
        EXPECT_THAT(bytes.substr(end),
                    StartsWith("\nas_of: \"2026-11-22\"\nlang: \"en\"\ngenerator: \"Dossier 1.0.0\"\n---\n\n#"));
    }
}

TEST(MarkdownNotes, AreFootnotesOfTheTextBeforeThem) {
    auto const bytes = written([](auto& out) {
        out.paragraph("Text!");
        out.note(Text("First ") + dossier::strong("note") + ".", "n-1");
        out.note("Second note.");
        out.table("", {Column::text("a", "A")}, "t").row("x");
        out.note("Third note.");
    });
    EXPECT_THAT(bytes, HasSubstr("</a>Text\\![^1][^2]\n\n"));
    EXPECT_THAT(bytes, HasSubstr("| x |\n\n**Note:** Third note.\n\n"))
        << "there is no text that it could be a footnote of";
    EXPECT_THAT(bytes, testing::EndsWith("[^1]: <a id=\"n-1\"></a>First **note**.\n\n[^2]: Second note.\n"));
}

TEST(MarkdownNotes, ShowTheirTextOnHostsWithoutFootnotesToo) {
    for (auto const& text : markdown_texts()) {
        if (seen(text).empty()) continue;
        auto const read = read_markdown(written([&](auto& out) {
            out.paragraph("Text.");
            out.note(text);
        }));
        EXPECT_THAT(outline(read), ElementsAre("p", "p")) << text;
        EXPECT_EQ(seen(read.paragraphs.back().text), "[^1]: " + seen(text));
        EXPECT_THAT(read.paragraphs.back().links, IsEmpty()) << text;
    }
}

TEST(MarkdownNotes, AreNumberedThroughTheDocument) {
    Document document;
    document.begin();
    for (auto const* const section : {"one", "two"}) {
        document.begin_section(section);
        document.out().paragraph("Text.");
        document.out().note("Note.");
        document.end_section();
    }
    document.end();
    auto const bytes = render(markdown(), document).only_file();
    EXPECT_THAT(bytes, HasSubstr("Text.[^1]\n\n[^1]: Note. &#32;"));
    EXPECT_THAT(bytes, HasSubstr("Text.[^2]\n\n[^2]: Note. &#32;"));
}

TEST(MarkdownLists, ListsInARowStayApart) {
    auto const read = read_markdown(written([](auto& out) {
        for (int i = 0; i < 3; ++i)
            out.list({"a", "b"});
        for (int i = 0; i < 3; ++i)
            out.list({"a", "b"}, true);
    }));
    EXPECT_EQ(std::count(read.outline.begin(), read.outline.end(), "ul"), 3);
    EXPECT_EQ(std::count(read.outline.begin(), read.outline.end(), "ol"), 3);
}

TEST(MarkdownLists, ItemsHoldAnyFlow) {
    Document document;
    document.begin().begin_section("report");
    auto& out = document.out();
    dossier_list const ordered{sizeof ordered, 1};
    dossier::Quoted quoted;
    quoted.text = "quote", quoted.article_id = "001";
    document.say(DOSSIER_LIST_BEGIN, &ordered);
    for (int i = 0; i < 12; ++i) {
        document.say(DOSSIER_ITEM_BEGIN, nullptr);
        if (i == 1) out.table("", {Column::text("a", "A")}, "t").row("x");
        if (i == 2) out.list({"inner"});
        if (i == 3) out.paragraph("first"), out.paragraph("second"), out.list({"deep"}, true), out.quote(quoted);
        if (i == 4) out.heading(3, "heading");
        if (i == 5) out.page_break();
        if (i > 8) out.paragraph("wide marker"), out.paragraph("and more");
        document.say(DOSSIER_ITEM_END, nullptr);
    }
    document.say(DOSSIER_LIST_END, nullptr);
    out.paragraph("after");
    document.end_section().end();
    auto const bytes = render(markdown(), document).only_file();
    auto read = read_markdown(bytes.substr(bytes.find("# A question")));
    std::string shape;
    for (auto const& kind : outline(read))
        shape += kind + " ";
    EXPECT_EQ(shape, "ol li li p table li ul li li p p ol li quote p p li h4 li hr li li li li p p li p p li p p p ")
        << bytes;
    EXPECT_EQ(read.paragraphs.back().text, "after");
    EXPECT_EQ(bytes.find(" \n"), std::string::npos);
}

TEST(Markdown, SameBytesHoweverTheBlocksAreCut) {
    auto const reference = render(markdown(), everything()).files;
    RenderSettings settings;
    settings.batch = 0;
    EXPECT_EQ(render(markdown(), everything(), settings).files, reference);
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        settings.random_batches = seed;
        EXPECT_EQ(render(markdown(), everything(), settings).files, reference) << seed;
    }
}

TEST(Markdown, StructsOfANewerHostChangeNothing) {
    RenderSettings settings;
    settings.extra = 24;
    EXPECT_EQ(render(markdown(), everything(), settings).files, render(markdown(), everything()).files);
}

TEST(Markdown, UnknownBlocksCellsAndStylesAreSkipped) {
    Document document;
    document.begin();
    document.say(999, nullptr);
    document.begin_section("report");
    document.say(4711, nullptr);
    document.out().paragraph(Text{0x100u, "text", ""});
    dossier_column const column{sizeof column, dossier::as_text("x"), {}, 77, 0, {}, 0, 0};
    dossier_table const table{sizeof table, {}, dossier::as_text("t"), &column, 1};
    dossier_cell cell{};
    cell.kind = 77;
    dossier_row const row{sizeof row, &cell, 1, {}};
    document.say(DOSSIER_TABLE_BEGIN, &table).say(DOSSIER_ROW, &row).say(DOSSIER_TABLE_END, nullptr);
    document.end_section().end();
    auto const rendering = render(markdown(), document);
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    EXPECT_THAT(rendering.only_file(), HasSubstr("</a>text\n"));
    EXPECT_THAT(rendering.only_file(), HasSubstr("| x |\n| --- |\n|  |\n"));
}

/// "true", "comma": a default as the page writes it.
std::string default_of(dossier_option const& option) {
    if (option.type == DOSSIER_BOOLEAN) return option.default_value.boolean != 0 ? "true" : "false";
    return std::string(dossier::view(option.default_value.text));
}

TEST(Markdown, ThePageTellsEveryOption) {
    auto const page = file_text(std::filesystem::path(DOSSIER_SOURCE_DIR) / "docs/formats/markdown.md");
    auto const& component = markdown().component();
    ASSERT_GT(component.n_options, 0u);
    for (std::size_t i = 0; i < component.n_options; ++i) {
        auto const& option = component.options[i];
        EXPECT_THAT(page,
                    HasSubstr("| `" + std::string(dossier::view(option.key)) + "` | `" + default_of(option) + "` |"));
        for (std::size_t choice = 0; choice < option.n_choices; ++choice)
            EXPECT_THAT(page, HasSubstr("`" + std::string(dossier::view(option.choices[choice])) + "`"));
    }
}

TEST(Markdown, AFailedWriteEndsTheWork) {
    Document document;
    document.begin().begin_section("report");
    for (int i = 0; i < 20000; ++i)
        document.out().paragraph("some text, so that the buffer is flushed more than once");
    document.end_section().end();
    auto const n_writes = render(markdown(), document).n_writes;
    ASSERT_GT(n_writes, 10u);
    for (std::uint64_t nth = 1; nth <= n_writes; ++nth) {
        RenderSettings settings;
        settings.fail_write_at = nth;
        auto const rendering = render(markdown(), document, settings);
        EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
        EXPECT_EQ(rendering.n_writes, nth);
        EXPECT_THAT(rendering.misuse, IsEmpty());
        EXPECT_THAT(rendering.errors, IsEmpty());
    }
}

}  // namespace
