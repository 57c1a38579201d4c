// The tags as poppler reads them, compared with the blocks that went in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include "pdf_tools.hpp"
#include "sample_charts.hpp"
#include "sample_documents.hpp"

namespace {

using namespace dossier::test;
using dossier::Blocks;
using dossier::Cell;
using dossier::Column;
using dossier::Text;
using dossier::view;
using testing::HasSubstr;
using testing::IsEmpty;

FormatPlugin const& plugin() {
    static FormatPlugin const one(FORMAT_PLUGIN);
    return one;
}

std::string pdf_of(Document const& document, RenderSettings const& settings = {}) {
    auto const rendering = render(plugin(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    return rendering.only_file();
}

/// An element that is not inline, with the words that are directly its own.
struct Element {
    std::size_t depth = 0;
    std::string kind, text;
    std::vector<std::string> links;  ///< their words
    friend bool operator==(Element const& a, Element const& b) {
        return std::tie(a.depth, a.kind, a.text, a.links) == std::tie(b.depth, b.kind, b.text, b.links);
    }
    friend std::ostream& operator<<(std::ostream& out, Element const& element) {
        out << std::string(2 * element.depth, ' ') << element.kind << " \"" << element.text << '"';
        for (auto const& link : element.links)
            out << " [" << link << ']';
        return out;
    }
};
using Elements = std::vector<Element>;

void tidy(Elements& elements) {
    for (auto& element : elements) {
        element.text = PdfFile::squeezed(element.text);
        if (!element.text.empty() && element.text.front() == ' ') element.text.erase(0, 1);
        for (auto& link : element.links)
            link = PdfFile::squeezed(link);
    }
}

// ---- What poppler reads

/// From the lines of `pdfinfo -struct-text`; words of links and spans go to the element around them.
class Dump {
public:
    explicit Dump(std::string const& text) {
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);)
            take(line);
        tidy(elements_);
    }
    [[nodiscard]] Elements const& elements() const { return elements_; }

private:
    void take(std::string const& line) {
        auto const indent = line.find_first_not_of(' ');
        if (indent == std::string::npos) return;
        auto const words = std::string_view(line).substr(indent);
        if (words.front() == '"') return take_text(indent / 2, words.substr(1, words.size() - 2));
        if (words.front() == '/' || words.starts_with("Object ")) return;
        std::string kind(words.substr(0, words.find_first_of(" :")));
        if (kind == "Link" || kind == "Span") {
            inline_depth_ = indent / 2, in_link_ = kind == "Link";
            if (in_link_) elements_.back().links.emplace_back();
            return;
        }
        inline_depth_ = 0;
        elements_.push_back({indent / 2, std::move(kind), {}, {}});
    }
    void take_text(std::size_t depth, std::string_view text) {
        bool const is_inline = inline_depth_ != 0 && depth > inline_depth_;
        if (is_inline && in_link_) elements_.back().links.back() += text;
        // Words may stand behind a child: they belong to the element that they are indented under.
        auto const owner_depth = is_inline ? inline_depth_ - 1 : depth - 1;
        for (auto element = elements_.rbegin(); element != elements_.rend(); ++element)
            if (element->depth == owner_depth) {
                element->text += text;
                return;
            }
    }
    Elements elements_;
    std::size_t inline_depth_ = 0;  ///< of the link or span that is open; 0: none is
    bool in_link_ = false;
};

Elements tags_of(std::string const& pdf) {
    return Dump(PdfFile(pdf).run("pdfinfo -struct-text")).elements();
}

// ---- What the blocks say

/// The elements of the body, from the blocks alone.
class Expected {
public:
    explicit Expected(Document const& document) {
        for (auto const& block : document.blocks())
            collect_anchors(block);
        for (auto const& block : document.blocks())
            take(block);
        tidy(elements_);
    }
    [[nodiscard]] Elements const& elements() const { return elements_; }

private:
    void collect_anchors(dossier_block const& block) {
        auto const add = [&](dossier_text anchor) { anchors_.insert("#" + std::string(view(anchor))); };
        switch (block.kind) {
            case DOSSIER_HEADING: return add(static_cast<dossier_heading const*>(block.content)->anchor);
            case DOSSIER_QUOTE: return add(static_cast<dossier_quote const*>(block.content)->anchor);
            case DOSSIER_TABLE_BEGIN: return add(static_cast<dossier_table const*>(block.content)->anchor);
            case DOSSIER_ROW: return add(static_cast<dossier_row const*>(block.content)->anchor);
            case DOSSIER_CHART: return add(static_cast<dossier_chart const*>(block.content)->anchor);
            default: return;
        }
    }
    [[nodiscard]] bool leads_somewhere(std::string const& link) const {
        return link.starts_with("https://") || (link.size() > 1 && anchors_.count(link) > 0);
    }
    void add(std::string kind, std::string text = {}, std::vector<std::string> links = {}) {
        elements_.push_back({depth_, std::move(kind), std::move(text), std::move(links)});
    }
    void add_words(std::string kind, std::string text, std::vector<std::string> links = {}) {
        if (!PdfFile::squeezed(text).empty()) add(std::move(kind), std::move(text), std::move(links));
    }
    void add_runs(dossier_run const* runs, std::size_t n_runs, std::string before = {}) {
        std::vector<std::string> links;
        for (std::size_t i = 0; i < n_runs; ++i) {
            std::string const text(view(runs[i].text));
            before += text;
            if (leads_somewhere(std::string(view(runs[i].link)))) links.push_back(text);
        }
        add_words("P", before, links);
    }
    void take(dossier_block const& block);
    void take_quote(dossier_quote const& quote);
    void take_row(dossier_row const& row);

    Elements elements_;
    std::set<std::string> anchors_;
    std::size_t depth_ = 1;
    std::vector<std::pair<bool, int>> lists_;
    std::vector<dossier_column const*> columns_;
    std::size_t n_rows_ = 0;
};

void Expected::take_quote(dossier_quote const& quote) {
    add("BlockQuote");
    ++depth_;
    add("P", "“" + std::string(view(quote.text)) + "”");
    dossier_column column{};
    dossier_cell cell{};
    cell.kind = DOSSIER_CELL_STANCE, cell.text = quote.stance;
    auto comment = quote.stance.size == 0 ? "" : dossier::test::detail::shown(column, cell);
    if (quote.comment.size > 0) comment += (comment.empty() ? "" : " · ") + std::string(view(quote.comment));
    add_words("P", comment);
    std::string place(view(quote.locator.path));
    if (quote.locator.line > 0) place += ", line " + std::to_string(quote.locator.line);
    std::vector<std::string> links;
    if (quote.locator.url.size > 0) place += " · www.example.org", links.emplace_back("www.example.org");
    if (quote.back.size > 0) {
        place += " · ↩ back";
        if (leads_somewhere(std::string(view(quote.back)))) links.emplace_back("↩ back");
    }
    add_words("P", place, links);
    --depth_;
}

void Expected::take_row(dossier_row const& row) {
    add("TR");
    ++depth_, ++n_rows_;
    for (std::size_t i = 0; i < row.n_cells; ++i) {
        auto const words = dossier::test::detail::shown(*columns_[i], row.cells[i]);
        bool const is_link = !words.empty() && leads_somewhere(std::string(view(row.cells[i].target)));
        add("TD", words, is_link ? std::vector{words} : std::vector<std::string>{});
    }
    --depth_;
}

void Expected::take(dossier_block const& block) {
    static char const* const bullets[] = {"•", "–", "◦"};
    switch (block.kind) {
        case DOSSIER_SECTION_BEGIN: add("Sect"), ++depth_; break;
        case DOSSIER_SECTION_END: --depth_; break;
        case DOSSIER_HEADING: {
            auto const& heading = *static_cast<dossier_heading const*>(block.content);
            add("H" + std::to_string(heading.level), std::string(view(heading.text)));
            break;
        }
        case DOSSIER_PARAGRAPH: {
            auto const& paragraph = *static_cast<dossier_paragraph const*>(block.content);
            add_runs(paragraph.runs, paragraph.n_runs);
            break;
        }
        case DOSSIER_LIST_BEGIN:
            lists_.emplace_back(static_cast<dossier_list const*>(block.content)->ordered != 0, 0);
            add("L"), ++depth_;
            break;
        case DOSSIER_LIST_END: lists_.pop_back(), --depth_; break;
        case DOSSIER_ITEM_BEGIN:
            add("LI"), ++depth_;
            add("Lbl",
                lists_.back().first ? std::to_string(++lists_.back().second) + "." : bullets[(lists_.size() - 1) % 3]);
            add("LBody"), ++depth_;
            break;
        case DOSSIER_ITEM_END: depth_ -= 2; break;
        case DOSSIER_QUOTE: take_quote(*static_cast<dossier_quote const*>(block.content)); break;
        case DOSSIER_NOTE: {
            auto const& note = *static_cast<dossier_note const*>(block.content);
            add("Note"), ++depth_;
            add_runs(note.runs, note.n_runs, "Note ");
            --depth_;
            break;
        }
        case DOSSIER_CALLOUT: {
            auto const& callout = *static_cast<dossier_callout const*>(block.content);
            add("Div"), ++depth_;
            add("P", (callout.tone == DOSSIER_CALLOUT_WARNING ? "⚠ " : "ℹ ") + std::string(view(callout.title)));
            add_runs(callout.runs, callout.n_runs);
            --depth_;
            break;
        }
        case DOSSIER_TABLE_BEGIN: {
            auto const& table = *static_cast<dossier_table const*>(block.content);
            columns_ = dossier::columns_of(table), n_rows_ = 0;
            add("Table"), ++depth_;
            add_words("Caption", std::string(view(table.caption)));
            add("TR"), ++depth_;
            for (auto const* column : columns_)
                add("TH", std::string(view(column->title)));
            --depth_;
            break;
        }
        case DOSSIER_ROW: take_row(*static_cast<dossier_row const*>(block.content)); break;
        case DOSSIER_TABLE_END:
            if (n_rows_ == 0) add("TR"), ++depth_, add("TD", "No entries."), --depth_;
            --depth_;
            break;
        case DOSSIER_CHART: {
            auto const& chart = *static_cast<dossier_chart const*>(block.content);
            add("Figure"), ++depth_;
            add_words("Caption", std::string(view(chart.title)));
            add_words("P", std::string(view(chart.alternative)));
            --depth_;
            break;
        }
        default: break;
    }
}

/// The body of the document: what follows the front matter.
Elements body_of(Elements elements) {
    auto const begin = std::find_if(elements.begin(), elements.end(), [](auto const& e) { return e.kind == "Sect"; });
    elements.erase(elements.begin(), begin);
    for (auto& element : elements)
        if (element.kind == "Figure") element.text.clear();  // the words in the picture are its own
    return elements;
}

void expect_tags_of(Document const& document, std::string const& pdf) {
    auto const wanted = Expected(document).elements(), found = body_of(tags_of(pdf));
    ASSERT_FALSE(wanted.empty());
    for (std::size_t i = 0; i < std::min(wanted.size(), found.size()); ++i)
        ASSERT_EQ(found[i], wanted[i]) << "element " << i;
    EXPECT_EQ(found.size(), wanted.size());
}

// ---- Random documents

class RandomDocument {
public:
    explicit RandomDocument(std::uint32_t seed) : random_(seed) {
        document_.begin("A random document " + words(3)).begin_section("report");
        auto& out = document_.out();
        for (std::size_t n = 3 + below(25), i = 0; i < n; ++i)
            say_block(out, 0);
        document_.end_section().end();
    }
    [[nodiscard]] Document const& document() const { return document_; }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string words(std::size_t most) {
        static std::vector<std::string> const known = {"night",
                                                       "shifts",
                                                       "raise",
                                                       "the",
                                                       "risk",
                                                       "(95 % CI 1.03–1.20)",
                                                       "of",
                                                       "errors",
                                                       "pâté",
                                                       "größer",
                                                       "a/b",
                                                       "co-author",
                                                       "“quoted”",
                                                       "p ≤ 0.01",
                                                       "Ωmega",
                                                       "well-known_name",
                                                       "x",
                                                       "https://example.org/a-b/c?d=e&f",
                                                       "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
                                                       "5 − 3",
                                                       "Дом"};
        std::string out = known[below(known.size())];
        for (std::size_t n = below(most), i = 0; i < n; ++i)
            out += " " + known[below(known.size())];
        return out;
    }
    std::string anchor() { return "a" + std::to_string(n_anchors_++); }
    std::string some_anchor() { return "#a" + std::to_string(below(n_anchors_ + 3)); }
    Text text() {
        Text out(words(30));
        if (below(2) == 0) out += Text(" ") + dossier::strong(words(4)) + " ";
        if (below(2) == 0)
            out += Text(" ") + dossier::link(words(8), below(2) == 0 ? "https://www.example.org" : some_anchor()) + " ";
        if (below(3) == 0) out += dossier::code(words(3)) + " " + dossier::emphasis(words(40));
        return out;
    }
    void say_table(Blocks& out) {
        std::vector<Column> columns;
        auto const n = 1 + below(6);
        for (std::size_t i = 0; i < n; ++i)
            columns.push_back(Column::text("c" + std::to_string(i), words(3)));
        columns.push_back(Column::stance("stance", "Stance"));
        columns.push_back(Column::real("number", "Number", 2));
        auto table = out.table(words(8), columns, anchor());
        for (std::size_t rows = below(20), r = 0; r < rows; ++r) {
            std::vector<Cell> cells;
            for (std::size_t i = 0; i < n; ++i)
                cells.push_back(below(4) == 0
                                    ? Cell()
                                    : Cell(words(below(10) == 0 ? 600 : 12)).to(below(3) == 0 ? some_anchor() : ""));
            cells.emplace_back(samples::stances[below(6)]);
            cells.emplace_back(static_cast<double>(below(1000)) / 8);
            table.cells_row(cells, anchor());
        }
    }
    void say_quote(Blocks& out) {
        dossier::Quoted quoted;
        quoted.text = words(60), quoted.path = "articles/one.txt", quoted.line = 7;
        if (below(2) == 0) quoted.url = "https://www.example.org/a";
        if (below(2) == 0) quoted.stance = samples::stances[below(6)];
        if (below(2) == 0) quoted.comment = words(10);
        if (below(2) == 0) quoted.back = some_anchor();
        quoted.anchor = anchor();
        out.quote(quoted);
    }
    void say_block(Blocks& out, int depth) {
        switch (below(depth > 2 ? 3 : 9)) {
            case 0: return out.paragraph(text());
            case 1: return say_quote(out);
            case 2:
                return out.callout(below(2) == 0 ? DOSSIER_CALLOUT_WARNING : DOSSIER_CALLOUT_INFO, words(6), text());
            case 3: return out.heading(1, words(12), anchor());
            case 4: return say_table(out);
            case 5: return out.note(text());
            case 6: return out.page_break();
            case 7: return out.list({text(), text(), words(3)}, below(2) == 0);
            default: {
                auto const charts = charts::one_of_each();
                auto chart = charts[below(charts.size())];
                chart.anchor = anchor();
                return out.chart(chart);
            }
        }
    }
    std::mt19937 random_;
    std::size_t n_anchors_ = 0;
    Document document_;
};

// ---- Tests

TEST(PdfTags, SayEveryBlockOfAReportInItsOrder) {
    SKIP_WITHOUT("pdfinfo");
    expect_tags_of(evidence_report(), pdf_of(evidence_report()));
}

TEST(PdfTags, SayEveryBlockOfRandomDocuments) {
    SKIP_WITHOUT("pdfinfo");
    for (std::uint32_t seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE(seed);
        RandomDocument const random(seed);
        RenderSettings settings;
        if (seed % 3 == 0) settings.options = {{"font_size", 14.0}};
        if (seed % 4 == 0) settings.options = {{"page", std::string("letter")}, {"margin", 40.0}};
        expect_tags_of(random.document(), pdf_of(random.document(), settings));
        if (HasFatalFailure()) return;
    }
}

TEST(PdfTags, KeepARowThatGoesOverPagesInOnePiece) {
    SKIP_WITHOUT("pdfinfo");
    Document document;
    document.begin("T").begin_section("report");
    {
        auto table = document.out().table("Tall", {Column::text("a", "A"), Column::text("b", "B")}, "tall");
        std::string endless;
        for (int i = 0; i < 3000; ++i)
            endless += "word" + std::to_string(i) + " ";
        table.row(endless, "short");
        table.row("x", endless);
    }
    document.end_section().end();
    auto const pdf = pdf_of(document);
    EXPECT_GT(PdfFile(pdf).pages().size(), 4u);
    expect_tags_of(document, pdf);
}

TEST(PdfTags, HaveTheContentsFirst) {
    SKIP_WITHOUT("pdfinfo");
    auto const tags = tags_of(pdf_of(evidence_report()));
    ASSERT_GT(tags.size(), 6u);
    EXPECT_EQ(tags[0].kind, "Document");
    EXPECT_EQ(tags[1].text, "Night work and health: what twelve articles say");
    EXPECT_EQ(tags[3].kind, "TOC");
    EXPECT_EQ(tags[4], (Element{2, "Caption", "Contents", {}}));
    EXPECT_EQ(tags[5], (Element{2, "TOCI", "Consensus 2", {"Consensus 2"}}));
}

nlohmann::json values_of(nlohmann::json const& file) {
    nlohmann::json values = nlohmann::json::array();
    for (auto const& [name, object] : file.at("qpdf").at(1).items())
        if (object.contains("value") && object.at("value").is_object()) values.push_back(object.at("value"));
    return values;
}

TEST(PdfTags, SayLanguageTitleScopeAndWhatPicturesShow) {
    SKIP_WITHOUT("qpdf");
    auto const json = PdfFile(pdf_of(document_of_charts(charts::one_of_each()))).json();
    std::set<std::string> alternatives;
    bool is_marked = false;
    for (auto const& value : values_of(json)) {
        if (value.value("/S", "") == "/Figure") alternatives.insert(value.at("/Alt").get<std::string>().substr(2));
        if (value.value("/Type", "") != "/Catalog") continue;
        is_marked = value.at("/MarkInfo").at("/Marked").get<bool>();
        EXPECT_EQ(value.at("/Lang"), "u:en");
        EXPECT_TRUE(value.at("/ViewerPreferences").at("/DisplayDocTitle").get<bool>());
    }
    EXPECT_TRUE(is_marked);
    for (auto const& chart : charts::one_of_each())
        EXPECT_EQ(alternatives.count(chart.alternative), 1u) << chart.alternative;
}

/// Every link annotation and every marked content leads back to its element.
TEST(PdfTags, CanBeReachedFromPagesAndLinks) {
    SKIP_WITHOUT("qpdf");
    auto const json = PdfFile(pdf_of(evidence_report())).json();
    std::set<int> keys;
    std::size_t n_links = 0, n_pages = 0;
    nlohmann::json parents;
    for (auto const& value : values_of(json)) {
        if (value.value("/Subtype", "") == "/Link") ++n_links, keys.insert(value.at("/StructParent").get<int>());
        if (value.value("/Type", "") == "/Page") ++n_pages, keys.insert(value.at("/StructParents").get<int>());
        if (value.contains("/Nums")) parents = value.at("/Nums");
    }
    EXPECT_GT(n_links, 50u);
    EXPECT_EQ(keys.size(), n_links + n_pages);
    std::set<int> found;
    for (std::size_t i = 0; i + 1 < parents.size(); i += 2) {
        found.insert(parents[i].get<int>());
        auto const object = PdfFile::object(json, parents[i + 1].get<std::string>());
        if (object.is_array())
            for (auto const& element : object)
                EXPECT_TRUE(PdfFile::object(json, element.get<std::string>()).contains("/S"));
        else
            EXPECT_EQ(object.at("/S"), "/Link");
    }
    EXPECT_EQ(found, keys);
}

TEST(PdfTags, LeaveNothingOnThePageUnmarked) {
    SKIP_WITHOUT("qpdf");
    PdfFile const file(pdf_of(evidence_report()));
    auto const content = file.run("qpdf --qdf --object-streams=disable", "-");
    int depth = 0;
    std::size_t n_shown = 0;
    std::istringstream in(content);
    for (std::string line; std::getline(in, line);) {
        auto const ends_with = [&](std::string_view end) { return line.ends_with(end); };
        if (ends_with("BDC") || ends_with("BMC")) ++depth;
        if (line == "EMC") --depth;
        if (!ends_with("TJ") && !ends_with("re f") && !ends_with("l S")) continue;
        ++n_shown;
        ASSERT_GT(depth, 0) << line;
    }
    EXPECT_GT(n_shown, 500u);
    EXPECT_EQ(depth, 0);
}

RenderSettings untagged() {
    RenderSettings settings;
    settings.options["tagged"] = false;
    return settings;
}

TEST(PdfTags, AreLeftOutWhereNobodyWantsThem) {
    SKIP_WITHOUT("qpdf");
    SKIP_WITHOUT("pdfinfo");
    PdfFile const file(pdf_of(evidence_report(), untagged()));
    EXPECT_THAT(file.run("qpdf --check"), HasSubstr("No syntax or stream encoding errors found"));
    auto const content = file.run("qpdf --qdf --object-streams=disable", "-");
    for (auto const* const trace :
         {"/MCID", "/Artifact", "/StructParent", "/StructTreeRoot", "/MarkInfo", "/StructElem"})
        EXPECT_EQ(content.find(trace), std::string::npos) << trace;
    EXPECT_THAT(file.run("pdfinfo"), testing::ContainsRegex("Tagged: +no"));
}

/// Words whose codes do not say their text, links, charts and footnotes.
Document report_in_many_scripts() {
    Document document;
    document.begin("Scripts").begin_section("report");
    auto& out = document.out();
    out.heading(1, "Scripts", "scripts");
    out.paragraph(Text("हिन्दी में कि लिखा, ") + dossier::link("ภาษาไทย น้ำ", "#scripts") + " and " +
                  dossier::link("אָלֶף سلام لا", "#note") + " in one line");
    out.note("بِسْمِ with a reason", "note");
    for (auto const& chart : charts::one_of_each())
        out.chart(chart);
    document.end_section().end();
    return document;
}

TEST(PdfTags, ChangeNeitherTextNorPictures) {
    SKIP_WITHOUT("pdftotext");
    SKIP_WITHOUT("pdftoppm");
    for (auto const& document : {evidence_report(), report_in_many_scripts()}) {
        PdfFile const with(pdf_of(document)), without(pdf_of(document, untagged()));
        EXPECT_EQ(with.run("pdftotext -raw", "-"), without.run("pdftotext -raw", "-"));
        EXPECT_EQ(with.run("pdftotext -layout", "-"), without.run("pdftotext -layout", "-"));
        EXPECT_TRUE(with.run("pdftoppm -r 40 -gray") == without.run("pdftoppm -r 40 -gray"));
    }
}

}  // namespace
