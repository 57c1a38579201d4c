#include "dossier/plugin/block_codec.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/chart_members.hpp"

namespace dossier {
namespace {

constexpr std::array<char const*, 19> names = {
    "",           "document begin", "document end", "section begin", "section end", "heading", "paragraph",
    "list begin", "list end",       "item begin",   "item end",      "quote",       "note",    "table begin",
    "row",        "table end",      "chart",        "callout",       "page break"};

constexpr std::uint32_t known_styles = DOSSIER_EMPHASIS | DOSSIER_STRONG | DOSSIER_CODE;
constexpr std::size_t smallest_run = 12, smallest_cell = 2, smallest_column = 21, smallest_text = 4,
                      smallest_verdict = 116;
constexpr std::size_t first_column_size = offsetof(dossier_column, role);  // of version 1.0

/// More than any table has columns: a cell of two bytes becomes a struct of eighty.
constexpr std::size_t most_cells = 4096;

/// What a cell is followed by; most have one or two of these.
constexpr std::uint8_t has_integer = 1, has_real = 2, has_low = 4, has_high = 8, has_text = 16, has_target = 32;

/// Whether it is another double than 0, bit by bit: -0 is one.
bool is_other_than_zero(double number) noexcept {
    return std::bit_cast<std::uint64_t>(number) != 0;
}

/// What a quote was in version 1.0.
constexpr std::size_t first_quote_size = offsetof(dossier_quote, before);

bool has_content(std::uint32_t kind) noexcept {
    switch (kind) {
        case DOSSIER_DOCUMENT_END:
        case DOSSIER_SECTION_END:
        case DOSSIER_LIST_END:
        case DOSSIER_ITEM_BEGIN:
        case DOSSIER_ITEM_END:
        case DOSSIER_TABLE_END:
        case DOSSIER_PAGE_BREAK: return false;
        default: return true;
    }
}

/// Writes one block. The first thing that cannot be read ends it; `problem_` says what it was.
class Encoder {
public:
    explicit Encoder(std::string& bytes) : bytes_(bytes), begin_(bytes.size()) {}

    std::optional<std::string> encode(dossier_block const& block) {
        put(bytes_, block.kind);
        if (is_known_block(block.kind) && has_content(block.kind)) {
            if (block.content == nullptr)
                problem_ = "its content is NULL";
            else
                encode_content(block);
        }
        if (problem_.empty() && bytes_.size() - begin_ > max_block_bytes) problem_ = "it takes more than 16 MiB";
        if (problem_.empty()) return std::nullopt;
        bytes_.resize(begin_);
        return problem_;
    }

private:
    /// The content as the struct named for the kind; nullptr if its maker knew a smaller one than version 1.0.
    template <class Content>
    Content const* content(dossier_block const& block) {
        auto const* const content = static_cast<Content const*>(block.content);
        return covers(content->size, sizeof(Content)) ? content : nullptr;
    }
    bool covers(std::size_t size, std::size_t wanted) {
        if (size >= wanted) return true;
        problem_ = "its struct is smaller than version 1.0 says";
        return false;
    }
    void text(dossier_text text) {
        if (text.size > max_block_bytes)
            problem_ = "it takes more than 16 MiB";
        else if (text.data == nullptr && text.size != 0)
            problem_ = "a text has a size but no bytes";
        else
            put_text(bytes_, {text.data, text.size});
    }
    /// The number of things to come; 0 if there are too many, or none where some should be.
    std::size_t count(void const* things, std::size_t n_things) {
        if (n_things > max_block_bytes)
            problem_ = "it takes more than 16 MiB";
        else if (things == nullptr && n_things != 0)
            problem_ = "an array has a size but no elements";
        auto const n_written = problem_.empty() ? n_things : 0;
        put(bytes_, static_cast<std::uint32_t>(n_written));
        return n_written;
    }
    [[nodiscard]] bool too_large() {
        if (bytes_.size() - begin_ > max_block_bytes) problem_ = "it takes more than 16 MiB";
        return !problem_.empty();
    }

    void encode_content(dossier_block const& block) {
        switch (block.kind) {
            case DOSSIER_DOCUMENT_BEGIN: return document(content<dossier_document>(block));
            case DOSSIER_SECTION_BEGIN: return section(content<dossier_section>(block));
            case DOSSIER_HEADING: return heading(content<dossier_heading>(block));
            case DOSSIER_PARAGRAPH: return paragraph(content<dossier_paragraph>(block));
            case DOSSIER_LIST_BEGIN: return list(content<dossier_list>(block));
            case DOSSIER_QUOTE: return quote(static_cast<dossier_quote const*>(block.content));
            case DOSSIER_NOTE: return note(content<dossier_note>(block));
            case DOSSIER_TABLE_BEGIN: return table(content<dossier_table>(block));
            case DOSSIER_ROW: return row(content<dossier_row>(block));
            case DOSSIER_CHART: return chart(static_cast<dossier_chart const*>(block.content));
            case DOSSIER_CALLOUT: return callout(content<dossier_callout>(block));
            default: return;
        }
    }
    void document(dossier_document const* document) {
        if (document == nullptr) return;
        text(document->title), text(document->as_of), text(document->language), text(document->generator);
        put(bytes_, static_cast<std::uint32_t>(document->n_verdicts));
        auto const* next = reinterpret_cast<char const*>(document->verdicts);
        for (std::size_t i = 0; i < document->n_verdicts; ++i, next += document->verdicts->size)
            verdict(*reinterpret_cast<dossier_verdict const*>(next));
    }
    void verdict(dossier_verdict const& verdict) {
        for (auto const& part : {verdict.claim_id, verdict.statement, verdict.direction, verdict.agreement,
                                 verdict.certainty, verdict.coverage})
            text(part);
        for (auto const count : {verdict.n_articles, verdict.n_clusters, verdict.supports, verdict.refutes,
                                 verdict.mixed, verdict.neutral, verdict.silent, verdict.not_assessable})
            put(bytes_, count);
        put(bytes_, verdict.direction_share), put(bytes_, verdict.agreement_value), put(bytes_, verdict.coverage_share),
            put(bytes_, verdict.fragile);
    }
    void section(dossier_section const* section) {
        if (section == nullptr) return;
        text(section->report), text(section->anchor);
    }
    void heading(dossier_heading const* heading) {
        if (heading == nullptr) return;
        put(bytes_, heading->level);
        text(heading->text), text(heading->anchor);
    }
    void paragraph(dossier_paragraph const* paragraph) {
        if (paragraph != nullptr) runs(paragraph->runs, paragraph->n_runs);
    }
    void list(dossier_list const* list) {
        if (list != nullptr) put(bytes_, list->ordered);
    }
    void quote(dossier_quote const* quote) {
        if (!covers(quote->size, first_quote_size)) return;
        auto const& locator = quote->locator;
        text(quote->text), text(locator.article_id), text(locator.path);
        put(bytes_, locator.byte_begin), put(bytes_, locator.byte_end), put(bytes_, locator.line),
            put(bytes_, locator.page);
        text(locator.url), text(quote->anchor), text(quote->back), text(quote->comment), text(quote->stance);
        text(DOSSIER_HAS(quote, dossier_quote, before) ? quote->before : dossier_text{});
        text(DOSSIER_HAS(quote, dossier_quote, after) ? quote->after : dossier_text{});
    }
    void note(dossier_note const* note) {
        if (note == nullptr) return;
        runs(note->runs, note->n_runs);
        text(note->anchor);
    }
    void table(dossier_table const* table) {
        if (table == nullptr) return;
        text(table->caption), text(table->anchor);
        auto const n_columns = count(table->columns, table->n_columns);
        // Columns lie as far apart as the sender's struct is large.
        auto const* next = reinterpret_cast<char const*>(table->columns);
        for (std::size_t i = 0; i < n_columns && !too_large(); ++i, next += table->columns->size)
            column(reinterpret_cast<dossier_column const*>(next));
    }
    void column(dossier_column const* column) {
        if (!covers(column->size, first_column_size)) return;
        text(column->key), text(column->title);
        put(bytes_, column->kind), put(bytes_, column->decimals);
        text(column->description);
        bool const is_key = DOSSIER_HAS(column, dossier_column, role) && column->role == DOSSIER_COLUMN_KEY;
        put(bytes_, static_cast<std::uint8_t>(is_key));
    }
    void row(dossier_row const* row) {
        if (row == nullptr) return;
        if (row->n_cells > most_cells) problem_ = "it has more than 4,096 cells";
        auto const n_cells = count(row->cells, row->n_cells);
        for (std::size_t i = 0; i < n_cells && !too_large(); ++i)
            cell(row->cells[i]);
        text(row->anchor);
    }
    void cell(dossier_cell const& cell) {
        auto const kind = cell.kind <= DOSSIER_CELL_QUOTE ? cell.kind : std::uint32_t{DOSSIER_CELL_EMPTY};
        put(bytes_, static_cast<std::uint8_t>(kind));
        std::uint8_t parts = 0;
        if (cell.integer != 0) parts |= has_integer;
        if (is_other_than_zero(cell.real)) parts |= has_real;
        if (is_other_than_zero(cell.low)) parts |= has_low;
        if (is_other_than_zero(cell.high)) parts |= has_high;
        if (cell.text.size != 0) parts |= has_text;
        if (cell.target.size != 0) parts |= has_target;
        put(bytes_, parts);
        if (parts & has_integer) put(bytes_, cell.integer);
        if (parts & has_real) put(bytes_, cell.real);
        if (parts & has_low) put(bytes_, cell.low);
        if (parts & has_high) put(bytes_, cell.high);
        if (parts & has_text) text(cell.text);
        if (parts & has_target) text(cell.target);
    }
    void chart(dossier_chart const* given) {
        if (!covers(given->size, first_chart_size)) return;
        auto const chart = with_all_members(*given);
        put(bytes_, chart.kind);
        text(chart.title), text(chart.alternative), text(chart.anchor);
        texts(chart.categories, chart.n_categories);
        texts(chart.series, chart.n_series);
        numbers(chart.values, chart.n_values);
        text(chart.category_title), text(chart.value_title);
        put(bytes_, chart.scale), put(bytes_, chart.reference);
        numbers(chart.weights, chart.n_weights);
        numbers(chart.marks, chart.n_marks);
    }
    void callout(dossier_callout const* callout) {
        if (callout == nullptr) return;
        put(bytes_, callout->tone);
        text(callout->title);
        runs(callout->runs, callout->n_runs);
    }
    void runs(dossier_run const* runs, std::size_t n_runs) {
        auto const n_written = count(runs, n_runs);
        for (std::size_t i = 0; i < n_written && !too_large(); ++i) {
            put(bytes_, runs[i].style);
            text(runs[i].text), text(runs[i].link);
        }
    }
    void texts(dossier_text const* texts, std::size_t n_texts) {
        auto const n_written = count(texts, n_texts);
        for (std::size_t i = 0; i < n_written && !too_large(); ++i)
            text(texts[i]);
    }
    template <class Number>
    void numbers(Number const* numbers, std::size_t n_numbers) {
        auto const n_written = count(numbers, n_numbers);
        for (std::size_t i = 0; i < n_written && !too_large(); ++i)
            put(bytes_, numbers[i]);
    }

    std::string& bytes_;
    std::size_t begin_;
    std::string problem_;
};

}  // namespace

std::string block_name(std::uint32_t kind) {
    return is_known_block(kind) ? names[kind] : "kind " + std::to_string(kind);
}

bool is_known_block(std::uint32_t kind) noexcept {
    return kind >= 1 && kind < names.size();
}

std::optional<std::string> encode_block(dossier_block const& block, std::string& bytes) {
    return Encoder(bytes).encode(block);
}

/// What a decoded block points to.
struct BlockDecoder::Buffers {
    dossier_block block{};
    union {
        dossier_document document;
        dossier_section section;
        dossier_heading heading;
        dossier_paragraph paragraph;
        dossier_list list;
        dossier_quote quote;
        dossier_note note;
        dossier_table table;
        dossier_row row;
        dossier_chart chart;
        dossier_callout callout;
    };
    std::vector<dossier_run> runs;
    std::vector<dossier_cell> cells;
    std::vector<dossier_column> columns;
    std::vector<dossier_verdict> verdicts;
    std::vector<dossier_text> categories, series;
    std::vector<double> values, weights;
    std::vector<std::uint32_t> marks;

    Buffers() : document{} {}

    void read_content(ByteReader& reader) {
        switch (block.kind) {
            case DOSSIER_DOCUMENT_BEGIN: block.content = &document; return read_document(reader);
            case DOSSIER_SECTION_BEGIN: block.content = &section; return read_section(reader);
            case DOSSIER_HEADING: block.content = &heading; return read_heading(reader);
            case DOSSIER_PARAGRAPH: block.content = &paragraph; return read_paragraph(reader);
            case DOSSIER_LIST_BEGIN: block.content = &list; return read_list(reader);
            case DOSSIER_QUOTE: block.content = &quote; return read_quote(reader);
            case DOSSIER_NOTE: block.content = &note; return read_note(reader);
            case DOSSIER_TABLE_BEGIN: block.content = &table; return read_table(reader);
            case DOSSIER_ROW: block.content = &row; return read_row(reader);
            case DOSSIER_CHART: block.content = &chart; return read_chart(reader);
            case DOSSIER_CALLOUT: block.content = &callout; return read_callout(reader);
            default: return;
        }
    }

private:
    static dossier_text text(ByteReader& reader) {
        auto const text = reader.take_text();
        return {text.data(), text.size()};
    }
    void read_document(ByteReader& reader) {
        document = {};
        document.size = sizeof document;
        document.title = text(reader), document.as_of = text(reader);
        document.language = text(reader), document.generator = text(reader);
        verdicts.resize(reader.take_count(smallest_verdict));
        for (auto& verdict : verdicts)
            read_verdict(reader, verdict);
        document.verdicts = verdicts.data(), document.n_verdicts = verdicts.size();
    }
    static void read_verdict(ByteReader& reader, dossier_verdict& verdict) {
        verdict = {};
        verdict.size = sizeof verdict;
        for (auto* const part : {&verdict.claim_id, &verdict.statement, &verdict.direction, &verdict.agreement,
                                 &verdict.certainty, &verdict.coverage})
            *part = text(reader);
        for (auto* const count : {&verdict.n_articles, &verdict.n_clusters, &verdict.supports, &verdict.refutes,
                                  &verdict.mixed, &verdict.neutral, &verdict.silent, &verdict.not_assessable})
            *count = reader.take<std::uint64_t>();
        for (auto* const number : {&verdict.direction_share, &verdict.agreement_value, &verdict.coverage_share})
            *number = reader.take<double>();
        verdict.fragile = reader.take<std::uint32_t>() != 0 ? 1 : 0;
    }
    void read_section(ByteReader& reader) {
        section = {};
        section.size = sizeof section;
        section.report = text(reader), section.anchor = text(reader);
    }
    void read_heading(ByteReader& reader) {
        heading = {};
        heading.size = sizeof heading;
        heading.level = reader.take<std::uint32_t>();
        heading.text = text(reader), heading.anchor = text(reader);
    }
    void read_paragraph(ByteReader& reader) {
        read_runs(reader);
        paragraph = {sizeof paragraph, runs.data(), runs.size()};
    }
    void read_list(ByteReader& reader) {
        list = {};
        list.size = sizeof list;
        list.ordered = reader.take<std::uint32_t>();
    }
    void read_quote(ByteReader& reader) {
        quote = {};
        quote.size = sizeof quote;
        auto& locator = quote.locator;
        locator.size = sizeof locator;
        quote.text = text(reader), locator.article_id = text(reader), locator.path = text(reader);
        locator.byte_begin = reader.take<std::uint64_t>(), locator.byte_end = reader.take<std::uint64_t>();
        locator.line = reader.take<std::uint64_t>(), locator.page = reader.take<std::uint64_t>();
        locator.url = text(reader), quote.anchor = text(reader), quote.back = text(reader);
        quote.comment = text(reader), quote.stance = text(reader);
        quote.before = text(reader), quote.after = text(reader);
    }
    void read_note(ByteReader& reader) {
        read_runs(reader);
        note = {sizeof note, runs.data(), runs.size(), text(reader)};
    }
    void read_table(ByteReader& reader) {
        table = {};
        table.size = sizeof table;
        table.caption = text(reader), table.anchor = text(reader);
        columns.resize(reader.take_count(smallest_column));
        for (auto& column : columns) {
            column = {};
            column.size = sizeof column;
            column.key = text(reader), column.title = text(reader);
            column.kind = reader.take<std::uint32_t>();
            if (column.kind > DOSSIER_CELL_QUOTE) column.kind = DOSSIER_CELL_TEXT;
            column.decimals = reader.take<std::int32_t>();
            column.description = text(reader);
            column.role = reader.take<std::uint8_t>() != 0 ? DOSSIER_COLUMN_KEY : DOSSIER_COLUMN_SHOWN;
        }
        table.columns = columns.data(), table.n_columns = columns.size();
    }
    void read_row(ByteReader& reader) {
        auto const n_cells = reader.take_count(smallest_cell);
        cells.resize(std::min(n_cells, most_cells));  // what is left over makes the block none
        for (auto& cell : cells)
            read_cell(reader, cell);
        row = {sizeof row, cells.data(), cells.size(), text(reader)};
    }
    static void read_cell(ByteReader& reader, dossier_cell& cell) {
        cell = {};
        cell.kind = reader.take<std::uint8_t>();
        if (cell.kind > DOSSIER_CELL_QUOTE) cell.kind = DOSSIER_CELL_EMPTY;
        auto const parts = reader.take<std::uint8_t>();
        if (parts & has_integer) cell.integer = reader.take<std::int64_t>();
        if (parts & has_real) cell.real = reader.take<double>();
        if (parts & has_low) cell.low = reader.take<double>();
        if (parts & has_high) cell.high = reader.take<double>();
        if (parts & has_text) cell.text = text(reader);
        if (parts & has_target) cell.target = text(reader);
    }
    void read_chart(ByteReader& reader) {
        chart = {};
        chart.size = sizeof chart;
        chart.kind = reader.take<std::uint32_t>();
        chart.title = text(reader), chart.alternative = text(reader), chart.anchor = text(reader);
        read_texts(reader, categories);
        read_texts(reader, series);
        read_numbers(reader, values);
        chart.category_title = text(reader), chart.value_title = text(reader);
        chart.scale = reader.take<std::uint32_t>(), chart.reference = reader.take<double>();
        read_numbers(reader, weights);
        read_numbers(reader, marks);
        chart.categories = categories.data(), chart.n_categories = categories.size();
        chart.series = series.data(), chart.n_series = series.size();
        chart.values = values.data(), chart.n_values = values.size();
        chart.weights = weights.data(), chart.n_weights = weights.size();
        chart.marks = marks.data(), chart.n_marks = marks.size();
    }
    void read_callout(ByteReader& reader) {
        callout = {};
        callout.size = sizeof callout;
        callout.tone = reader.take<std::uint32_t>();
        callout.title = text(reader);
        read_runs(reader);
        callout.runs = runs.data(), callout.n_runs = runs.size();
    }
    void read_runs(ByteReader& reader) {
        runs.resize(reader.take_count(smallest_run));
        for (auto& run : runs) {
            run = {};
            run.style = reader.take<std::uint32_t>() & known_styles;
            run.text = text(reader), run.link = text(reader);
        }
    }
    static void read_texts(ByteReader& reader, std::vector<dossier_text>& texts) {
        texts.resize(reader.take_count(smallest_text));
        for (auto& one : texts)
            one = text(reader);
    }
    template <class Number>
    static void read_numbers(ByteReader& reader, std::vector<Number>& numbers) {
        numbers.resize(reader.take_count(sizeof(Number)));
        for (auto& number : numbers)
            number = reader.take<Number>();
    }
};

BlockDecoder::BlockDecoder() : buffers_(std::make_unique<Buffers>()) {}
BlockDecoder::~BlockDecoder() = default;

dossier_block const* BlockDecoder::decode(std::string_view bytes) {
    ByteReader reader(bytes);
    auto& block = buffers_->block;
    block = {};
    block.kind = reader.take<std::uint32_t>();
    if (block.kind > 0) buffers_->read_content(reader);
    return reader.complete() ? &block : nullptr;
}

}  // namespace dossier
