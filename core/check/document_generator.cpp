#include "document_generator.hpp"

#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <set>
#include <stdexcept>

#include "dossier/plugin.h"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/block_grammar.hpp"
#include "dossier/plugin/lowering.hpp"

namespace dossier::check {
namespace {

constexpr std::uint32_t unknown_kind = 4711;
constexpr std::array flow_kinds = {DOSSIER_PARAGRAPH, DOSSIER_LIST_BEGIN,  DOSSIER_QUOTE,
                                   DOSSIER_NOTE,      DOSSIER_TABLE_BEGIN, DOSSIER_CHART,
                                   DOSSIER_CALLOUT,   DOSSIER_HEADING,     DOSSIER_PAGE_BREAK};
constexpr std::array stances = {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"};
constexpr std::array harmless_texts = {
    "Coffee and sleep",  "It keeps people awake at night.", "one", "a longer text, with a comma", "Grüße aus Köln",
    "twelve of thirteen"};
constexpr std::array links = {"https://example.org/a?b=1&c=2#d", "http://example.org/", "mailto:someone@example.org"};

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t n) {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31)) % n;
    }

private:
    std::uint64_t state_;
};

class Generator {
public:
    Generator(DocumentSettings const& settings, BlockReceiver next)
        : settings_(settings), next_(std::move(next)), chance_(settings.seed) {}

    void document() {
        std::array<dossier_verdict, 2> verdicts{};
        for (auto& verdict : verdicts)
            fill_in(verdict);
        dossier_document document{sizeof document,          text(),          as_text("2026-11-22"), as_text("en"),
                                  as_text("Dossier 1.0.0"), verdicts.data(), verdicts.size()};
        if (settings_.shape == DocumentShape::nothing) document.n_verdicts = 0, document.verdicts = nullptr;
        next_({DOSSIER_DOCUMENT_BEGIN, 0, &document});
        auto const n_sections = settings_.shape == DocumentShape::nothing      ? 0
                                : settings_.shape == DocumentShape::everything ? 1
                                                                               : 1 + chance_.below(3);
        for (std::uint64_t i = 0; i < n_sections; ++i)
            section();
        next_({DOSSIER_DOCUMENT_END, 0, nullptr});
    }

    [[nodiscard]] std::set<std::string> const& note_anchors() const noexcept { return note_anchors_; }

private:
    // ---- Texts

    static dossier_text as_text(std::string_view text) noexcept { return {text.data(), text.size()}; }
    /// Lives until the next section.
    dossier_text kept(std::string text) { return as_text(texts_.emplace_back(std::move(text))); }
    dossier_text text() {
        if (!settings_.hostile) return as_text(harmless_texts[chance_.below(harmless_texts.size())]);
        // One after the other, so that each comes up.
        return as_text(hostile_texts()[next_hostile_++ % hostile_texts().size()]);
    }
    dossier_text anchor() {
        anchors_.push_back("a-" + std::to_string(++n_anchors_));
        return as_text(anchors_.back());
    }
    dossier_text link() {
        switch (chance_.below(3)) {
            case 0: return {};
            case 1: return as_text(links[chance_.below(links.size())]);
            default: return anchors_.empty() ? dossier_text{} : kept("#" + anchors_[chance_.below(anchors_.size())]);
        }
    }
    dossier_text stance() { return as_text(stances[chance_.below(stances.size())]); }

    // ---- Blocks

    void say(std::uint32_t kind, void const* content) {
        if (auto broken = grammar_.check({kind, 0, content}))
            throw std::logic_error("the kit's document: block " + std::to_string(kind) + ": " + *broken);
        if (settings_.unknown_blocks && chance_.below(2) == 0) next_({unknown_kind, 0, nullptr});
        next_({kind, 0, content});
        if (settings_.unknown_blocks && chance_.below(4) == 0) next_({unknown_kind + 1, 0, nullptr});
    }

    void fill_in(dossier_verdict& verdict) {
        verdict.size = sizeof verdict;
        verdict.claim_id = as_text("claim"), verdict.statement = text();
        verdict.direction = as_text("points towards"), verdict.agreement = as_text("agree");
        verdict.certainty = as_text("low"), verdict.coverage = as_text("many looked");
        verdict.n_articles = 6, verdict.n_clusters = 5, verdict.supports = 3, verdict.refutes = 1, verdict.silent = 1;
        verdict.direction_share = 0.75, verdict.coverage_share = 0.8;
        verdict.agreement_value = std::numeric_limits<double>::quiet_NaN();
    }

    void section() {
        texts_.clear(), anchors_.clear();
        grammar_ = BlockGrammar();
        level_ = 0;
        auto const name = "made-" + std::to_string(++n_sections_);
        dossier_section const section{sizeof section, as_text(name), as_text(name)};
        next_({DOSSIER_SECTION_BEGIN, 0, &section});
        heading();
        if (settings_.shape == DocumentShape::everything)
            for (auto const kind : flow_kinds)
                flow(kind, 0);
        else
            flows(4 + chance_.below(9), 0);
        if (auto broken = grammar_.finish()) throw std::logic_error("the kit's document: " + *broken);
        next_({DOSSIER_SECTION_END, 0, nullptr});
    }
    void flows(std::uint64_t n, int depth) {
        for (std::uint64_t i = 0; i < n; ++i)
            flow(flow_kinds[chance_.below(flow_kinds.size())], depth);
    }
    void flow(std::uint32_t kind, int depth) {
        switch (kind) {
            case DOSSIER_HEADING: return heading();
            case DOSSIER_LIST_BEGIN: return list(depth);
            case DOSSIER_QUOTE: return quote();
            case DOSSIER_NOTE: return note();
            case DOSSIER_TABLE_BEGIN: return tables();
            case DOSSIER_CHART: return charts();
            case DOSSIER_CALLOUT: return callouts();
            case DOSSIER_PAGE_BREAK: return say(DOSSIER_PAGE_BREAK, nullptr);
            default: return paragraph();
        }
    }
    void heading() {
        level_ = 1 + static_cast<std::uint32_t>(chance_.below(std::min<std::uint64_t>(level_ + 1, 6)));
        dossier_heading const heading{sizeof heading, level_, text(),
                                      chance_.below(2) == 0 ? anchor() : dossier_text{}};
        say(DOSSIER_HEADING, &heading);
    }
    std::vector<dossier_run> runs() {
        std::vector<dossier_run> made;
        for (std::uint64_t i = chance_.below(4) + 1; i > 0; --i)
            made.push_back({static_cast<std::uint32_t>(chance_.below(8)), 0, text(), link()});
        return made;
    }
    void paragraph() {
        auto const said = runs();
        dossier_paragraph const paragraph{sizeof paragraph, said.data(), said.size()};
        say(DOSSIER_PARAGRAPH, &paragraph);
    }
    void list(int depth) {
        constexpr int deepest = 3;
        dossier_list const list{sizeof list, static_cast<std::uint32_t>(chance_.below(2))};
        say(DOSSIER_LIST_BEGIN, &list);
        auto const n_items = depth == 0 ? 2 : chance_.below(3);
        for (std::uint64_t i = 0; i < n_items; ++i) {
            say(DOSSIER_ITEM_BEGIN, nullptr);
            paragraph();
            if (depth < deepest && i == 0) this->list(depth + 1);
            say(DOSSIER_ITEM_END, nullptr);
        }
        say(DOSSIER_LIST_END, nullptr);
    }
    void quote() {
        dossier_quote quote{};
        quote.size = sizeof quote;
        quote.text = text();
        quote.locator = {sizeof quote.locator, as_text("001"), text(), 10, 34, 17, chance_.below(4), as_text(links[0])};
        quote.back = anchors_.empty() ? dossier_text{} : kept("#" + anchors_[chance_.below(anchors_.size())]);
        quote.anchor = anchor();
        quote.comment = text(), quote.stance = stance();
        quote.before = text(), quote.after = text();
        say(DOSSIER_QUOTE, &quote);
    }
    void note() {
        auto const said = runs();
        dossier_note const note{sizeof note, said.data(), said.size(), anchor()};
        note_anchors_.insert(anchors_.back());
        say(DOSSIER_NOTE, &note);
    }
    void callouts() {
        for (std::uint32_t tone = DOSSIER_CALLOUT_INFO; tone <= DOSSIER_CALLOUT_FAILURE; ++tone) {
            auto const said = runs();
            dossier_callout const callout{sizeof callout, tone, 0, text(), said.data(), said.size()};
            say(DOSSIER_CALLOUT, &callout);
        }
    }

    // ---- Tables

    void tables() {
        table(chance_.below(5) + 2);
        table(0);
    }
    void table(std::uint64_t n_rows) {
        std::vector<dossier_column> columns;
        for (std::uint32_t kind = DOSSIER_CELL_TEXT; kind <= DOSSIER_CELL_QUOTE; ++kind)
            columns.push_back({sizeof(dossier_column), kept("column_" + std::to_string(kind)), text(), kind,
                               static_cast<std::int32_t>(chance_.below(5)), text(), DOSSIER_COLUMN_SHOWN, 0});
        columns.push_back(
            {sizeof(dossier_column), kept("row_id"), text(), DOSSIER_CELL_TEXT, 0, text(), DOSSIER_COLUMN_KEY, 0});
        dossier_table const table{sizeof table, text(), anchor(), columns.data(), columns.size()};
        say(DOSSIER_TABLE_BEGIN, &table);
        for (std::uint64_t i = 0; i < n_rows; ++i) {
            std::vector<dossier_cell> cells;
            for (auto const& column : columns)
                cells.push_back(
                    cell(i != 1 && chance_.below(5) != 0 ? column.kind : std::uint32_t{DOSSIER_CELL_EMPTY}));
            dossier_row const row{sizeof row, cells.data(), cells.size(),
                                  chance_.below(3) == 0 ? anchor() : dossier_text{}};
            say(DOSSIER_ROW, &row);
        }
        say(DOSSIER_TABLE_END, nullptr);
    }
    dossier_cell cell(std::uint32_t kind) {
        constexpr std::array numbers = {0.0, -0.0, 0.285, -1e15, 1e-9, 12345.678, 5e-324, 1.7976931348623157e308};
        dossier_cell cell{};
        cell.kind = kind;
        switch (kind) {
            case DOSSIER_CELL_TEXT: cell.text = text(); break;
            case DOSSIER_CELL_INTEGER:
                cell.integer = chance_.below(3) == 0 ? std::numeric_limits<std::int64_t>::min()
                                                     : static_cast<std::int64_t>(chance_.below(1000));
                break;
            case DOSSIER_CELL_REAL: cell.real = numbers[chance_.below(numbers.size())]; break;
            case DOSSIER_CELL_PERCENT: cell.real = static_cast<double>(chance_.below(101)) / 100.0; break;
            case DOSSIER_CELL_DATE: cell.text = as_text("2026-11-22"); break;
            case DOSSIER_CELL_LINK:
                cell.text = text(), cell.target = as_text(links[chance_.below(links.size())]);
                break;
            case DOSSIER_CELL_STANCE: cell.text = stance(); break;
            case DOSSIER_CELL_INTERVAL: cell.low = -0.25, cell.high = 0.95; break;
            case DOSSIER_CELL_QUOTE: cell.text = text(), cell.integer = 1 << 24; break;
            default: break;
        }
        if (kind != DOSSIER_CELL_LINK && kind != DOSSIER_CELL_EMPTY) cell.target = link();
        return cell;
    }

    // ---- Charts

    void charts() {
        if (settings_.shape != DocumentShape::everything)
            return chart(DOSSIER_CHART_STACKED_BAR + static_cast<std::uint32_t>(chance_.below(DOSSIER_CHART_LINE)));
        for (std::uint32_t kind = DOSSIER_CHART_STACKED_BAR; kind <= DOSSIER_CHART_LINE; ++kind)
            chart(kind);
    }
    void chart(std::uint32_t kind) {
        std::vector<dossier_text> categories, series;
        for (std::uint64_t i = chance_.below(4); i > 0; --i)
            categories.push_back(kind == DOSSIER_CHART_LINE ? as_text("2026") : text());
        for (std::size_t i = 0; i < (kind == DOSSIER_CHART_FOREST ? 1U : 3U); ++i)
            series.push_back(as_text(stances[i]));
        bool const threes = kind == DOSSIER_CHART_INTERVAL || kind == DOSSIER_CHART_FOREST;
        std::vector<double> values, weights;
        for (std::size_t i = 0; i < categories.size() * series.size(); ++i) {
            if (threes)
                values.insert(values.end(), {1.5, 0.5, 2.5});
            else
                values.push_back(chance_.below(5) == 0 ? std::numeric_limits<double>::quiet_NaN()
                                 : i % 2 == 0          ? 1.0
                                                       : 0.0);
            if (kind == DOSSIER_CHART_FOREST) weights.push_back(0.5);
        }
        dossier_chart chart{};
        chart.size = sizeof chart;
        chart.kind = kind, chart.title = text(), chart.alternative = text(), chart.anchor = anchor();
        chart.categories = categories.data(), chart.n_categories = categories.size();
        chart.series = series.data(), chart.n_series = series.size();
        chart.values = values.data(), chart.n_values = values.size();
        chart.category_title = text(), chart.value_title = text();
        chart.reference = std::numeric_limits<double>::quiet_NaN();
        chart.weights = weights.data(), chart.n_weights = weights.size();
        say(DOSSIER_CHART, &chart);
    }

    DocumentSettings const& settings_;
    BlockReceiver next_;
    Chance chance_;
    BlockGrammar grammar_;
    std::deque<std::string> texts_, anchors_;
    std::set<std::string> note_anchors_;
    std::size_t next_hostile_ = 0;
    std::uint64_t n_anchors_ = 0, n_sections_ = 0;
    std::uint32_t level_ = 0;
};

}  // namespace

std::vector<std::string> const& hostile_texts() {
    using namespace std::string_literals;
    static std::vector<std::string> const texts = {"<script>canary</script>",
                                                   "\"><img src=x onerror=canary>",
                                                   "' onmouseover='canary' x='",
                                                   "</style></title></textarea>",
                                                   "<!-- --><![CDATA[ ]]>",
                                                   "&lt;b&gt; &amp; &#x41;",
                                                   "=canary(1)",
                                                   "+canary",
                                                   "-canary",
                                                   "@canary",
                                                   "\tcanary",
                                                   "a,b;c\td\"e\"\"f",
                                                   "line one\nline two\r\nline three",
                                                   "# canary heading",
                                                   "- canary item",
                                                   "1. canary item",
                                                   "| canary | cell |",
                                                   "```\ncanary\n```",
                                                   "[canary](javascript:canary)",
                                                   "![canary](https://example.org/x.png)",
                                                   "*a* _b_ `c` ~d~ \\e $f$",
                                                   "before\0after"s,
                                                   "\x01\x02\x1b[31m\x7f",
                                                   "\xEF\xBB\xBF"
                                                   "canary",
                                                   "قهوة \xE2\x80\xAE"
                                                   "evil\xE2\x80\xAC",
                                                   "咖啡與睡眠",
                                                   "👩\xE2\x80\x8D🔬 🇩🇪",
                                                   "e\xCC\x81\xCC\x81\xCC\x81",
                                                   "\xF4\x8F\xBF\xBF\xEF\xBF\xBE",
                                                   "%s%n%d {0} ${x} {{y}}",
                                                   "\\input{canary} \\write18{canary}",
                                                   std::string(5000, 'w'),
                                                   "{\"canary\": [1, null]}",
                                                   "\xE2\x80\xA8line separator\xE2\x80\xA9",
                                                   " leading and trailing "};
    return texts;
}

std::vector<std::string> generated_document(DocumentSettings const& settings, std::uint64_t carries) {
    // Lowering asks for all anchors of notes from the start, so the document is made once to learn them.
    Generator first(settings, [](dossier_block const&) {});
    first.document();
    std::vector<std::string> blocks;
    Lowering lowering(carries, first.note_anchors(), [&blocks](dossier_block const& block) {
        auto& encoded = blocks.emplace_back();
        if (auto problem = encode_block(block, encoded)) throw std::logic_error("the kit's document: " + *problem);
    });
    Generator second(settings, [&lowering](dossier_block const& block) { lowering(block); });
    second.document();
    return blocks;
}

}  // namespace dossier::check
