// Documents of every shape: what md4c reads of them has the blocks and the cells that were said.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/markdown/md4c_reader.hpp"
#include "formats/markdown/seen.hpp"
#include "support/format_harness.hpp"

namespace {

using dossier::as_text;
using namespace dossier::test;

using Cells = std::vector<std::string>;

/// What should be read of a document: block kinds but paragraphs, whose marks depend on the looseness of lists.
struct Expected {
    std::vector<std::string> outline;
    std::vector<std::vector<Cells>> tables;
};

/// Says a random document, and writes down what should be read of it.
class RandomDocument {
public:
    explicit RandomDocument(std::uint32_t seed) : random_(seed) {
        document.begin("Title");
        expected.outline.emplace_back("h1");
        for (auto n_sections = 1 + below(3); n_sections > 0; --n_sections) {
            document.begin_section("report-" + std::to_string(n_sections));
            flow(0);
            document.end_section();
        }
        document.end();
    }
    Document document;
    Expected expected;

private:
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_()) % limit; }

    std::string text() {
        static auto const texts = [] {
            auto all = hostile_texts();
            for (auto& example : gfm_examples())
                all.push_back(std::move(example));
            return all;
        }();
        auto const& one = texts[below(static_cast<std::uint32_t>(texts.size()))];
        return below(4) == 0 ? one + " " + texts[below(static_cast<std::uint32_t>(texts.size()))] : one;
    }

    void flow(int depth) {
        for (auto n_blocks = below(7); n_blocks > 0; --n_blocks)
            block(depth);
    }

    void block(int depth) {
        auto& out = document.out();
        switch (below(9)) {
            case 0: return heading();
            case 1: return out.paragraph(text());
            case 2: return out.note(text());
            case 3: return quote();
            case 4: expected.outline.emplace_back("quote"); return out.callout(below(3), text(), text());
            case 5: return page_break(depth);
            case 6: return depth < 4 ? list(depth) : out.paragraph(text());
            default: return table();
        }
    }

    void page_break(int depth) {
        if (depth > 0) return;  // in items of long documents md4c 0.4.8 loses its place behind a rule
        expected.outline.emplace_back("hr");
        document.out().page_break();
    }

    void heading() {
        auto const level = 1 + below(6);
        auto const words = text();
        dossier_heading const heading{sizeof heading, level, as_text(words), {}};
        document.say(DOSSIER_HEADING, &heading);
        expected.outline.push_back("h" + std::to_string(level == 6 ? 6 : level + 1));
    }

    void quote() {
        dossier::Quoted quoted;
        quoted.text = text(), quoted.article_id = "001", quoted.path = text(), quoted.comment = text();
        quoted.byte_end = 1, quoted.line = 1;
        document.out().quote(quoted);
        expected.outline.emplace_back("quote");
    }

    void list(int depth) {
        dossier_list const list{sizeof list, below(2)};
        document.say(DOSSIER_LIST_BEGIN, &list);
        auto const n_items = below(4);
        if (n_items > 0) expected.outline.emplace_back(list.ordered != 0 ? "ol" : "ul");
        for (std::uint32_t i = 0; i < n_items; ++i) {
            document.say(DOSSIER_ITEM_BEGIN, nullptr);
            expected.outline.emplace_back("li");
            flow(depth + 1);
            document.say(DOSSIER_ITEM_END, nullptr);
        }
        document.say(DOSSIER_LIST_END, nullptr);
    }

    void table() {
        auto const n_columns = 1 + below(6);
        std::vector<std::string> keys, titles;
        for (std::uint32_t i = 0; i < n_columns; ++i) {
            keys.push_back("k" + std::to_string(i));
            titles.push_back(text());
        }
        std::vector<dossier_column> columns;
        for (std::uint32_t i = 0; i < n_columns; ++i) {
            columns.push_back({sizeof(dossier_column),
                               as_text(keys[i]),
                               as_text(titles[i]),
                               below(10),
                               static_cast<std::int32_t>(below(16)),
                               {},
                               0,
                               0});
        }
        auto const caption = text();
        auto const anchor = "table-" + std::to_string(expected.tables.size());
        dossier_table const table{sizeof table, as_text(caption), as_text(anchor), columns.data(), n_columns};
        document.say(DOSSIER_TABLE_BEGIN, &table);
        expected.outline.emplace_back("table");
        Cells head;
        for (std::uint32_t i = 0; i < n_columns; ++i)
            head.push_back(seen(titles[i]).empty() ? keys[i] : seen(titles[i]));
        expected.tables.push_back({head});
        for (auto n_rows = below(6); n_rows > 0; --n_rows)
            row(columns);
        document.say(DOSSIER_TABLE_END, nullptr);
    }

    void row(std::vector<dossier_column> const& columns) {
        static std::vector<std::string> const targets{"", "#table-0", "https://example.org/a(b_c",
                                                      "javascript:alert(1)"};
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < columns.size(); ++i)
            texts.push_back(text());
        std::vector<dossier_cell> cells;
        Cells shown;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            dossier_cell cell{};
            cell.kind = below(8) == 0 ? std::uint32_t{DOSSIER_CELL_EMPTY} : columns[i].kind;
            cell.integer = static_cast<std::int64_t>(random_()) - 2'000'000'000;
            cell.real = static_cast<double>(below(2'000'000)) / 997.0 - 1000.0;
            cell.low = cell.real - 0.25, cell.high = cell.real + 0.25;
            cell.text = as_text(texts[i]);
            cell.target = as_text(targets[below(4)]);
            cells.push_back(cell);
            shown.push_back(seen(dossier::test::detail::shown(columns[i], cell)));
        }
        dossier_row const row{sizeof row, cells.data(), cells.size(), {}};
        document.say(DOSSIER_ROW, &row);
        expected.tables.back().push_back(shown);
    }

    std::mt19937 random_;
};

Cells texts_of(std::vector<ReadText> const& row) {
    Cells texts;
    for (auto const& cell : row)
        texts.push_back(cell.text);
    return texts;
}

TEST(MarkdownDocument, ReadsBackAsTheBlocksAndCellsThatWereSaid) {
    FormatPlugin const markdown(FORMAT_PLUGIN, "markdown");
    std::size_t n_cells = 0;
    for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
        RandomDocument const random(seed);
        RenderSettings settings;
        settings.options["front_matter"] = false;
        settings.options["anchors"] = seed % 3 != 0;
        auto const bytes = render(markdown, random.document, settings).only_file();
        auto read = read_markdown(bytes);
        std::erase(read.outline, "p");
        ASSERT_EQ(read.outline, random.expected.outline) << "seed " << seed << "\n" << bytes;
        ASSERT_EQ(read.tables.size(), random.expected.tables.size());
        for (std::size_t i = 0; i < read.tables.size(); ++i) {
            auto const& wanted = random.expected.tables[i];
            ASSERT_EQ(read.tables[i].rows.size(), wanted.size()) << "seed " << seed;
            for (std::size_t row = 0; row < wanted.size(); ++row) {
                ASSERT_EQ(texts_of(read.tables[i].rows[row]), wanted[row]) << "seed " << seed << ", row " << row;
                n_cells += wanted[row].size();
            }
        }
        ASSERT_TRUE(read.other_spans.empty()) << "seed " << seed << ": " << read.other_spans.front();
    }
    EXPECT_GT(n_cells, 10000u);
    std::printf("%zu cells of 1500 random documents read back\n", n_cells);
}

}  // namespace
