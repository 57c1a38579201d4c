// What GitHub's own renderer, cmark-gfm, makes of a file: tables, footnotes and anchors, beside md4c's reading.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/markdown/seen.hpp"
#include "support/format_harness.hpp"

namespace {

using dossier::Column;
using namespace dossier::test;
using testing::HasSubstr;

bool has_renderer() {
    return std::system("command -v cmark-gfm >/dev/null") == 0;
}

class MarkdownOnGitHub : public testing::Test {
protected:
    void SetUp() override {
        if (!has_renderer()) GTEST_SKIP() << "cmark-gfm is not installed";
    }
};

/// What cmark-gfm writes for a file, with the extensions that GitHub has on.
std::string rendered_by_github(std::string const& markdown, char const* form) {
    auto name = (std::filesystem::temp_directory_path() / "dossier-markdown-XXXXXX").string();
    auto const descriptor = ::mkstemp(name.data());
    if (descriptor < 0) throw std::runtime_error("no temporary file");
    ::close(descriptor);
    std::ofstream(name, std::ios::binary) << markdown;
    auto const command =
        "cmark-gfm --unsafe -e table -e strikethrough -e autolink -e tagfilter -e tasklist -e footnotes -t " +
        std::string(form) + " " + name;
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string out;
    std::array<char, 65536> buffer{};
    while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
        out.append(buffer.data(), size);
    std::filesystem::remove(name);
    return out;
}

std::string written(std::function<void(dossier::Blocks&)> const& say) {
    Document document;
    document.begin("Title").begin_section("report");
    say(document.out());
    document.end_section().end();
    RenderSettings settings;
    settings.options["front_matter"] = false;
    return render(FormatPlugin(FORMAT_PLUGIN, "markdown"), document, settings).only_file();
}

/// Text of a node and all below it; links that GitHub makes of bare addresses are text like any other.
std::string text_of(pugi::xml_node node) {
    std::string text;
    for (auto const& child : node.children()) {
        std::string_view const name = child.name();
        if (name == "html_inline") continue;
        if (child.type() == pugi::node_pcdata)
            text += child.value();
        else if (name == "softbreak" || name == "linebreak")
            text += "\n";
        else
            text += text_of(child);
    }
    return text;
}

pugi::xml_document parsed(std::string const& markdown) {
    pugi::xml_document document;
    auto const xml = rendered_by_github(markdown, "xml");
    auto const result =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!result) throw std::runtime_error(std::string("cmark-gfm's XML: ") + result.description());
    return document;
}

/// In pieces, since cmark-gfm gives up on large tables.
std::vector<std::vector<std::string>> in_pieces(std::vector<std::string> const& texts, std::size_t size) {
    std::vector<std::vector<std::string>> pieces;
    for (std::size_t i = 0; i < texts.size(); i += size)
        pieces.emplace_back(texts.begin() + static_cast<std::ptrdiff_t>(i),
                            texts.begin() + static_cast<std::ptrdiff_t>(std::min(texts.size(), i + size)));
    return pieces;
}

std::vector<std::string> all_texts() {
    auto texts = hostile_texts();
    for (auto const& example : gfm_examples())
        texts.push_back(example);
    return texts;
}

TEST_F(MarkdownOnGitHub, TablesHaveTheSameCells) {
    for (auto const& texts : in_pieces(all_texts(), 60)) {
        auto const document = parsed(written([&](auto& out) {
            auto table =
                out.table("Texts", {Column::text("a", "A"), Column::integer("n", "N"), Column::text("b", "B")}, "t");
            std::int64_t n = 0;
            for (auto const& text : texts)
                table.row(text, n++, text);
        }));
        auto const tables = document.child("document").children("table");
        ASSERT_EQ(std::distance(tables.begin(), tables.end()), 1);
        std::size_t i = 0;
        for (auto const& row : document.child("document").child("table").children("table_row")) {
            std::vector<std::string> cells;
            for (auto const& cell : row.children("table_cell"))
                cells.push_back(text_of(cell));
            ASSERT_EQ(cells.size(), 3u) << texts[i];
            EXPECT_EQ(cells[0], seen(texts[i]));
            EXPECT_EQ(cells[2], seen(texts[i]));
            ++i;
        }
        EXPECT_EQ(i, texts.size());
    }
}

/// Text of HTML as cmark-gfm writes it: well-formed but for the values of attributes, which are left out first.
std::string without_attributes(std::string html) {
    for (auto const* const name : {" data-footnote-ref", " data-footnote-backref", " data-footnotes"})
        for (auto at = html.find(name); at != std::string::npos; at = html.find(name, at))
            html.erase(at, std::string_view(name).size());
    return html;
}

std::string html_text_of(pugi::xml_node node) {
    std::string text;
    for (auto const& child : node.children()) {
        if (child.type() == pugi::node_pcdata) text += child.value();
        if (std::string_view(child.attribute("class").value()) != "footnote-backref") text += html_text_of(child);
    }
    return text;
}

TEST_F(MarkdownOnGitHub, AnyTextStaysOneParagraphAndOneFootnote) {
    for (auto const& texts : in_pieces(all_texts(), 60)) {
        std::vector<std::string> shown;
        for (auto const& text : texts)
            if (!seen(text).empty()) shown.push_back(text);
        auto const html = "<all>" +
                          without_attributes(rendered_by_github(written([&](auto& out) {
                                                                    for (auto const& text : shown) {
                                                                        out.paragraph("Text.");
                                                                        out.note(text);
                                                                        out.paragraph(text);
                                                                    }
                                                                }),
                                                                "html")) +
                          "</all>";
        pugi::xml_document document;
        auto const result = document.load_buffer(html.data(), html.size(), pugi::parse_default | pugi::parse_ws_pcdata);
        ASSERT_TRUE(result) << result.description() << html.substr(static_cast<std::size_t>(result.offset) - 100, 200);
        std::vector<std::string> paragraphs, footnotes;
        for (auto const& block : document.child("all").children("p"))
            paragraphs.push_back(html_text_of(block));
        for (auto const& item : document.child("all").child("section").child("ol").children("li")) {
            auto const inside = item.children("p");
            EXPECT_EQ(std::distance(inside.begin(), inside.end()), 1);
            footnotes.push_back(seen(html_text_of(item)));
        }
        ASSERT_EQ(footnotes.size(), shown.size());
        ASSERT_EQ(paragraphs.size(), 2 * shown.size() + 1);  // the date
        for (std::size_t i = 0; i < shown.size(); ++i) {
            EXPECT_EQ(footnotes[i], seen(shown[i]));
            EXPECT_EQ(paragraphs[2 * i + 2], seen(shown[i]));
        }
    }
}

TEST_F(MarkdownOnGitHub, NoTagButOursComesOutAsHtml) {
    for (auto const& texts : in_pieces(all_texts(), 200)) {
        auto const html = rendered_by_github(written([&](auto& out) {
                                                 for (auto const& text : texts) {
                                                     out.paragraph(dossier::strong(text));
                                                     out.heading(1, text);
                                                 }
                                             }),
                                             "html");
        EXPECT_EQ(html.find("<script"), std::string::npos);
        EXPECT_EQ(html.find("<img"), std::string::npos);
        EXPECT_EQ(html.find("<iframe"), std::string::npos);
        EXPECT_EQ(html.find("<!--"), std::string::npos);
        EXPECT_EQ(html.find("<del"), std::string::npos);
        EXPECT_EQ(html.find("<em"), std::string::npos);
        EXPECT_EQ(html.find("<code"), std::string::npos);
    }
}

TEST_F(MarkdownOnGitHub, FootnotesAndAnchorsLeadSomewhere) {
    auto const html = rendered_by_github(written([](auto& out) {
                                             out.heading(1, "Heading", "here");
                                             out.paragraph("See " + dossier::link("above", "#here") + ".");
                                             out.note("A note.", "n-1");
                                         }),
                                         "html");
    EXPECT_THAT(html, HasSubstr("<a id=\"here\"></a>"));
    EXPECT_THAT(html, HasSubstr("<a href=\"#here\">above</a>"));
    EXPECT_THAT(html, HasSubstr("href=\"#fn-1\""));
    EXPECT_THAT(html, HasSubstr("<li id=\"fn-1\">"));
    EXPECT_THAT(html, HasSubstr("<a id=\"n-1\"></a>A note."));
}

}  // namespace
