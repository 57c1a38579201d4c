#include "dossier/plugin/block_codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using dossier::BlockDecoder;
using dossier::encode_block;

std::string bytes_of(dossier_block const& block) {
    std::string bytes;
    EXPECT_EQ(encode_block(block, bytes), std::nullopt);
    return bytes;
}

/// Random blocks of every kind; owns what they point to.
class Maker {
public:
    dossier_block block(std::uint32_t kind) {
        switch (kind) {
            case DOSSIER_DOCUMENT_BEGIN: return of(kind, document());
            case DOSSIER_SECTION_BEGIN: return of(kind, dossier_section{sizeof(dossier_section), text(), text()});
            case DOSSIER_HEADING: return of(kind, heading());
            case DOSSIER_PARAGRAPH: return of(kind, paragraph());
            case DOSSIER_LIST_BEGIN: return of(kind, list());
            case DOSSIER_QUOTE: return of(kind, quote());
            case DOSSIER_NOTE: return of(kind, note());
            case DOSSIER_TABLE_BEGIN: return of(kind, table());
            case DOSSIER_ROW: return of(kind, row());
            case DOSSIER_CHART: return of(kind, chart());
            case DOSSIER_CALLOUT: return of(kind, callout());
            default: return {kind, 0, nullptr};
        }
    }

private:
    template <class Content>
    dossier_block of(std::uint32_t kind, Content const& content) {
        auto& kept = contents_.emplace_back(sizeof content, '\0');
        std::memcpy(kept.data(), &content, sizeof content);
        return {kind, 0, kept.data()};
    }
    dossier_text text() {
        auto const& kept = texts_.emplace_back(*rc::gen::arbitrary<std::string>());
        return {kept.data(), kept.size()};
    }
    static std::size_t few() { return *rc::gen::inRange<std::size_t>(0, 5); }
    std::pair<dossier_run const*, std::size_t> runs() {
        auto& kept = runs_.emplace_back(few());
        for (auto& run : kept)
            run = {*rc::gen::inRange(0U, 8U), 0, text(), text()};
        return {kept.data(), kept.size()};
    }
    dossier_heading heading() {
        dossier_heading made{};
        made.size = sizeof made, made.level = *rc::gen::arbitrary<std::uint32_t>();
        made.text = text(), made.anchor = text();
        return made;
    }
    dossier_paragraph paragraph() {
        auto const [first, n] = runs();
        return {sizeof(dossier_paragraph), first, n};
    }
    dossier_list list() {
        dossier_list made{};
        made.size = sizeof made, made.ordered = *rc::gen::arbitrary<std::uint32_t>();
        return made;
    }
    dossier_document document() {
        dossier_document made{};
        made.size = sizeof made;
        made.title = text(), made.as_of = text(), made.language = text(), made.generator = text();
        auto& kept = verdicts_.emplace_back(few());
        for (auto& verdict : kept) {
            verdict = {};
            verdict.size = sizeof verdict;
            for (auto* const part : {&verdict.claim_id, &verdict.statement, &verdict.direction, &verdict.agreement,
                                     &verdict.certainty, &verdict.coverage})
                *part = text();
            for (auto* const count : {&verdict.n_articles, &verdict.n_clusters, &verdict.supports, &verdict.refutes,
                                      &verdict.mixed, &verdict.neutral, &verdict.silent, &verdict.not_assessable})
                *count = *rc::gen::arbitrary<std::uint64_t>();
            verdict.direction_share = 0.5, verdict.agreement_value = -0.25, verdict.coverage_share = 0.75;
            verdict.fragile = *rc::gen::inRange(0U, 2U);
        }
        made.verdicts = kept.data(), made.n_verdicts = kept.size();
        return made;
    }
    dossier_quote quote() {
        dossier_quote made{};
        made.size = sizeof made, made.text = text(), made.anchor = text(), made.back = text();
        made.comment = text(), made.stance = text(), made.before = text(), made.after = text();
        made.locator = {sizeof made.locator, text(), text(), *rc::gen::arbitrary<std::uint64_t>(), 7, 9, 3, text()};
        return made;
    }
    dossier_note note() {
        auto const [first, n] = runs();
        return {sizeof(dossier_note), first, n, text()};
    }
    dossier_table table() {
        auto& kept = columns_.emplace_back(1 + few());
        for (auto& column : kept)
            column = {sizeof column,
                      text(),
                      text(),
                      *rc::gen::inRange(0U, 10U),
                      *rc::gen::arbitrary<std::int32_t>(),
                      text(),
                      *rc::gen::inRange(0U, 2U),
                      0};
        return {sizeof(dossier_table), text(), text(), kept.data(), kept.size()};
    }
    dossier_row row() {
        auto& kept = cells_.emplace_back(few());
        for (auto& cell : kept)
            cell = {
                *rc::gen::inRange(0U, 10U), 0, *rc::gen::arbitrary<std::int64_t>(), 0.1, -1e300, 2.5, text(), text()};
        return {sizeof(dossier_row), kept.data(), kept.size(), text()};
    }
    dossier_chart chart() {
        auto& names = names_.emplace_back(few());
        for (auto& name : names)
            name = text();
        auto& values = values_.emplace_back(few(), 1.25);
        dossier_chart made{};
        made.size = sizeof made, made.kind = 1, made.title = text(), made.alternative = text(), made.anchor = text();
        made.categories = names.data(), made.n_categories = names.size();
        made.series = names.data(), made.n_series = names.size();
        made.values = values.data(), made.n_values = values.size();
        made.category_title = text(), made.value_title = text();
        made.scale = *rc::gen::inRange(0U, 3U), made.reference = 0.5;
        auto& weights = values_.emplace_back(few(), 0.25);
        made.weights = weights.data(), made.n_weights = weights.size();
        auto& marks = marks_.emplace_back(few(), 2U);
        made.marks = marks.data(), made.n_marks = marks.size();
        return made;
    }
    dossier_callout callout() {
        auto const [first, n] = runs();
        dossier_callout made{};
        made.size = sizeof made, made.tone = 2, made.title = text(), made.runs = first, made.n_runs = n;
        return made;
    }
    std::deque<std::string> texts_, contents_;
    std::deque<std::vector<dossier_run>> runs_;
    std::deque<std::vector<dossier_cell>> cells_;
    std::deque<std::vector<dossier_column>> columns_;
    std::deque<std::vector<dossier_text>> names_;
    std::deque<std::vector<dossier_verdict>> verdicts_;
    std::deque<std::vector<double>> values_;
    std::deque<std::vector<std::uint32_t>> marks_;
};

TEST(BlockCodec, GivesBackEveryBlockAsItWas) {
    EXPECT_TRUE(rc::check("encode, decode, encode gives the same bytes", [] {
        Maker maker;
        auto const kind = *rc::gen::inRange(1U, 19U);
        auto const bytes = bytes_of(maker.block(kind));
        BlockDecoder decoder;
        auto const* const decoded = decoder.decode(bytes);
        RC_ASSERT(decoded != nullptr);
        RC_ASSERT(decoded->kind == kind);
        RC_ASSERT(bytes_of(*decoded) == bytes);
    }));
}

TEST(BlockCodec, KeepsEveryMemberOfARow) {
    dossier_cell cells[2] = {};
    cells[0] = {DOSSIER_CELL_INTERVAL, 0, -5, 0.25, 0.5, 0.75, {"text", 4}, {"#a", 2}};
    dossier_row const row{sizeof row, cells, 2, {"anchor", 6}};
    auto const bytes = bytes_of({DOSSIER_ROW, 0, &row});
    BlockDecoder decoder;
    auto const* const block = decoder.decode(bytes);
    ASSERT_NE(block, nullptr);
    auto const& back = *static_cast<dossier_row const*>(block->content);
    ASSERT_EQ(back.n_cells, 2U);
    EXPECT_EQ(back.cells[0].kind, std::uint32_t{DOSSIER_CELL_INTERVAL});
    EXPECT_EQ(back.cells[0].integer, -5);
    EXPECT_EQ(back.cells[0].real, 0.25);
    EXPECT_EQ(back.cells[0].low, 0.5);
    EXPECT_EQ(back.cells[0].high, 0.75);
    EXPECT_EQ(std::string(back.cells[0].text.data, back.cells[0].text.size), "text");
    EXPECT_EQ(std::string(back.cells[0].target.data, back.cells[0].target.size), "#a");
    EXPECT_EQ(std::string(back.anchor.data, back.anchor.size), "anchor");
}

TEST(BlockCodec, KeepsNumbersBitByBitAndSpendsNothingOnWhatIsNotThere) {
    dossier_cell cells[4] = {};
    cells[0].kind = cells[1].kind = DOSSIER_CELL_REAL;
    cells[0].real = -0.0, cells[1].real = std::numeric_limits<double>::quiet_NaN();
    cells[2].kind = DOSSIER_CELL_INTEGER, cells[2].integer = std::numeric_limits<std::int64_t>::min();
    dossier_row const row{sizeof row, cells, 4, {}};
    auto const bytes = bytes_of({DOSSIER_ROW, 0, &row});
    EXPECT_EQ(bytes.size(), 4U + 4U + 3 * (2U + 8U) + 2U + 4U)
        << "kind, count, three numbers, an empty cell, no anchor";
    BlockDecoder decoder;
    auto const* const block = decoder.decode(bytes);
    ASSERT_NE(block, nullptr);
    auto const& back = *static_cast<dossier_row const*>(block->content);
    EXPECT_TRUE(std::signbit(back.cells[0].real));
    EXPECT_TRUE(std::isnan(back.cells[1].real));
    EXPECT_EQ(back.cells[2].integer, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(back.cells[3].kind, std::uint32_t{DOSSIER_CELL_EMPTY});
}

TEST(BlockCodec, RefusesRowsOfMoreCellsThanAnyTableHas) {
    std::vector<dossier_cell> const cells(4097);
    std::string bytes;
    dossier_row row{sizeof row, cells.data(), 4097, {}};
    EXPECT_EQ(encode_block({DOSSIER_ROW, 0, &row}, bytes), "it has more than 4,096 cells");
    row.n_cells = 4096;
    bytes = bytes_of({DOSSIER_ROW, 0, &row});
    BlockDecoder decoder;
    ASSERT_NE(decoder.decode(bytes), nullptr);
    bytes[4 + 0] = 1, bytes.insert(8, 2, '\0');  // as a worker that is not ours may say: 4,097 cells
    EXPECT_EQ(decoder.decode(bytes), nullptr);
}

TEST(BlockCodec, KeepsEveryMemberOfAChart) {
    dossier_text const names[] = {{"one", 3}, {"two", 3}};
    double const values[] = {0.5, 0.25, 1.0, 2.0, 1.5, 2.5}, weights[] = {3.5, 0.0};
    std::uint32_t const marks[] = {0, DOSSIER_MARK_POOLED};
    dossier_chart chart{};
    chart.size = sizeof chart, chart.kind = DOSSIER_CHART_FOREST;
    chart.title = {"t", 1}, chart.alternative = {"alt", 3}, chart.anchor = {"a", 1};
    chart.categories = names, chart.n_categories = 2, chart.series = names, chart.n_series = 1;
    chart.values = values, chart.n_values = 6;
    chart.category_title = {"Study", 5}, chart.value_title = {"Odds ratio", 10};
    chart.scale = DOSSIER_SCALE_LOGARITHMIC, chart.reference = 1.0;
    chart.weights = weights, chart.n_weights = 2, chart.marks = marks, chart.n_marks = 2;
    auto const bytes = bytes_of({DOSSIER_CHART, 0, &chart});
    BlockDecoder decoder;
    auto const* const block = decoder.decode(bytes);
    ASSERT_NE(block, nullptr);
    auto const& back = *static_cast<dossier_chart const*>(block->content);
    EXPECT_EQ(back.size, sizeof back);
    EXPECT_EQ(back.kind, std::uint32_t{DOSSIER_CHART_FOREST});
    EXPECT_EQ(std::string(back.category_title.data, back.category_title.size), "Study");
    EXPECT_EQ(std::string(back.value_title.data, back.value_title.size), "Odds ratio");
    EXPECT_EQ(back.scale, std::uint32_t{DOSSIER_SCALE_LOGARITHMIC});
    EXPECT_EQ(back.reference, 1.0);
    EXPECT_EQ(std::vector<double>(back.values, back.values + back.n_values), std::vector(values, values + 6));
    EXPECT_EQ(std::vector<double>(back.weights, back.weights + back.n_weights), std::vector(weights, weights + 2));
    EXPECT_EQ(std::vector<std::uint32_t>(back.marks, back.marks + back.n_marks), std::vector(marks, marks + 2));
}

TEST(BlockCodec, GivesAChartOfAnOlderPluginTheMembersThatItLacks) {
    double const value = 3;
    dossier_text const name{"n", 1};
    dossier_chart chart{};
    chart.size = offsetof(dossier_chart, category_title), chart.kind = DOSSIER_CHART_STACKED_BAR;
    chart.categories = chart.series = &name, chart.n_categories = chart.n_series = 1;
    chart.values = &value, chart.n_values = 1;
    chart.category_title = {nullptr, 5}, chart.reference = 7, chart.n_weights = 9;  // beyond its size: not there
    auto const bytes = bytes_of({DOSSIER_CHART, 0, &chart});
    BlockDecoder decoder;
    auto const* const block = decoder.decode(bytes);
    ASSERT_NE(block, nullptr);
    auto const& back = *static_cast<dossier_chart const*>(block->content);
    EXPECT_EQ(back.size, sizeof back);
    EXPECT_EQ(back.values[0], 3);
    EXPECT_EQ(back.category_title.size, 0U);
    EXPECT_TRUE(std::isnan(back.reference));
    EXPECT_EQ(back.n_weights + back.n_marks, 0U);

    chart.size = offsetof(dossier_chart, n_values);
    std::string none;
    EXPECT_EQ(encode_block({DOSSIER_CHART, 0, &chart}, none), "its struct is smaller than version 1.0 says");
    chart.size = sizeof chart, chart.n_weights = 0;
    EXPECT_EQ(encode_block({DOSSIER_CHART, 0, &chart}, none), "a text has a size but no bytes");
    chart.category_title = {}, chart.n_weights = 9;
    EXPECT_EQ(encode_block({DOSSIER_CHART, 0, &chart}, none), "an array has a size but no elements");
}

/// The table as it is behind the channel; borrows from both.
dossier_table const& table_in(BlockDecoder& decoder, std::string_view bytes) {
    auto const* const block = decoder.decode(bytes);
    if (block == nullptr) throw std::runtime_error("the table cannot be read");
    return *static_cast<dossier_table const*>(block->content);
}

TEST(BlockCodec, ReadsColumnsThatLieFurtherApart) {
    struct LargerColumn {
        dossier_column known;
        double from_a_later_version;
    };
    LargerColumn columns[2] = {};
    columns[0].known.size = columns[1].known.size = sizeof(LargerColumn);
    columns[0].known.key = {"a", 1}, columns[1].known.key = {"b", 1};
    dossier_table const table{sizeof table, {"", 0}, {"t", 1}, &columns[0].known, 2};
    auto const bytes = bytes_of({DOSSIER_TABLE_BEGIN, 0, &table});
    BlockDecoder decoder;
    auto const& back = table_in(decoder, bytes);
    EXPECT_EQ(back.columns[0].size, sizeof(dossier_column));
    EXPECT_EQ(back.columns[1].key.data[0], 'b');
}

TEST(BlockCodec, KeepsForWhomAColumnIs) {
    dossier_column columns[3] = {};
    for (auto& column : columns)
        column.size = sizeof column, column.key = {"a", 1};
    columns[1].role = DOSSIER_COLUMN_KEY, columns[2].role = 77;  // of a later version
    dossier_table const table{sizeof table, {}, {"t", 1}, columns, 3};
    auto const bytes = bytes_of({DOSSIER_TABLE_BEGIN, 0, &table});
    BlockDecoder decoder;
    auto const& back = table_in(decoder, bytes);
    EXPECT_EQ(back.columns[0].role, std::uint32_t{DOSSIER_COLUMN_SHOWN});
    EXPECT_EQ(back.columns[1].role, std::uint32_t{DOSSIER_COLUMN_KEY});
    EXPECT_EQ(back.columns[2].role, std::uint32_t{DOSSIER_COLUMN_SHOWN}) << "what nobody knows yet is shown";
}

TEST(BlockCodec, ShowsColumnsOfAnOlderPlugin) {
    dossier_column column{};
    column.size = offsetof(dossier_column, role), column.key = {"a", 1};
    column.role = DOSSIER_COLUMN_KEY;  // beyond its size: not there
    dossier_table const table{sizeof table, {}, {"t", 1}, &column, 1};
    auto const bytes = bytes_of({DOSSIER_TABLE_BEGIN, 0, &table});
    BlockDecoder decoder;
    auto const& back = table_in(decoder, bytes);
    EXPECT_EQ(back.columns[0].size, sizeof(dossier_column));
    EXPECT_EQ(back.columns[0].role, std::uint32_t{DOSSIER_COLUMN_SHOWN});

    column.size -= 1;
    std::string none;
    EXPECT_EQ(encode_block({DOSSIER_TABLE_BEGIN, 0, &table}, none), "its struct is smaller than version 1.0 says");
}

TEST(BlockCodec, RefusesStructsThatCannotBeRead) {
    std::string bytes = "before";
    dossier_heading heading{};
    heading.size = sizeof heading - 1;
    EXPECT_EQ(encode_block({DOSSIER_HEADING, 0, &heading}, bytes), "its struct is smaller than version 1.0 says");
    EXPECT_EQ(encode_block({DOSSIER_HEADING, 0, nullptr}, bytes), "its content is NULL");
    heading.size = sizeof heading, heading.text = {nullptr, 3};
    EXPECT_EQ(encode_block({DOSSIER_HEADING, 0, &heading}, bytes), "a text has a size but no bytes");
    dossier_paragraph const paragraph{sizeof paragraph, nullptr, 2};
    EXPECT_EQ(encode_block({DOSSIER_PARAGRAPH, 0, &paragraph}, bytes), "an array has a size but no elements");
    std::string const long_text(dossier::max_block_bytes, 'x');
    heading.text = {long_text.data(), long_text.size()};
    EXPECT_EQ(encode_block({DOSSIER_HEADING, 0, &heading}, bytes), "it takes more than 16 MiB");
    EXPECT_EQ(bytes, "before") << "nothing is left of a refused block";
}

TEST(BlockCodec, SendsUnknownKindsAsTheirKindAlone) {
    int const content = 1;
    auto const bytes = bytes_of({4711, 0, &content});
    EXPECT_EQ(bytes.size(), 4U);
    BlockDecoder decoder;
    ASSERT_NE(decoder.decode(bytes), nullptr);
    EXPECT_EQ(decoder.decode(bytes)->kind, 4711U);
}

TEST(BlockCodec, MakesUnknownCellsEmptyAndUnknownStylesPlain) {
    dossier_cell cell{};
    cell.kind = 77;
    dossier_row const row{sizeof row, &cell, 1, {}};
    BlockDecoder decoder;
    auto bytes = bytes_of({DOSSIER_ROW, 0, &row});
    EXPECT_EQ(static_cast<dossier_row const*>(decoder.decode(bytes)->content)->cells[0].kind,
              std::uint32_t{DOSSIER_CELL_EMPTY});
    dossier_run const run{64 | DOSSIER_STRONG, 0, {"x", 1}, {}};
    dossier_paragraph const paragraph{sizeof paragraph, &run, 1};
    bytes = bytes_of({DOSSIER_PARAGRAPH, 0, &paragraph});
    EXPECT_EQ(static_cast<dossier_paragraph const*>(decoder.decode(bytes)->content)->runs[0].style,
              std::uint32_t{DOSSIER_STRONG});
}

/// Touches all that a decoded block points to, so that a sanitizer sees what is not there.
std::size_t walk(dossier_block const& block) {
    std::string bytes;
    (void)encode_block(block, bytes);
    return bytes.size();
}

TEST(BlockDecoder, TakesAnyBytesAtAll) {
    std::mt19937 random(7);
    dossier_cell cells[3] = {};
    cells[1].text = {"some text", 9};
    dossier_row const row{sizeof row, cells, 3, {"a", 1}};
    auto const good = bytes_of({DOSSIER_ROW, 0, &row});
    BlockDecoder decoder;
    std::size_t n_refused = 0;
    for (std::size_t size = 0; size < good.size(); ++size) {
        std::string const cut(good.data(), size);
        EXPECT_TRUE(size == 4 || decoder.decode(cut) == nullptr) << size;
    }
    for (int i = 0; i < 20'000; ++i) {
        auto bytes = good;
        for (unsigned change = 0; change < 1 + random() % 4; ++change)
            bytes[random() % bytes.size()] = static_cast<char>(random() % 2 == 0 ? 0xFF : random());
        bytes[0] = static_cast<char>(random() % 20);
        bytes[1] = bytes[2] = bytes[3] = 0;
        auto const* const block = decoder.decode(bytes);
        if (block == nullptr)
            ++n_refused;
        else
            (void)walk(*block);
    }
    EXPECT_GT(n_refused, 10'000U);
}

}  // namespace
