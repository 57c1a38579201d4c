#include "dossier/plugin/block_grammar.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/chart_members.hpp"
#include "dossier/plugin/component.hpp"
#include "dossier/plugin/utf8.hpp"

namespace dossier {
namespace {

constexpr std::size_t max_anchor_bytes = 120;
constexpr std::size_t max_columns = 256;
constexpr std::size_t max_categories = 10'000, max_series = 64;
constexpr int max_decimals = 15;
constexpr std::size_t max_open = 64;            // lists and items within each other
constexpr std::size_t max_anchors = 2'000'000;  // as many rows as a document of a million rows may name, twice

using Broken = std::optional<std::string>;

char const* name_of_cell(std::uint32_t kind) noexcept {
    constexpr std::array<char const*, 10> names = {"empty", "text", "integer", "real",     "percent",
                                                   "date",  "link", "stance",  "interval", "quote"};
    return kind < names.size() ? names[kind] : "unknown";
}

/// Shown inside messages; the bytes are a plugin's.
std::string quoted(std::string_view text) {
    return "\"" + printable(text, 80) + "\"";
}

bool is_anchor(std::string_view anchor) noexcept {
    auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !anchor.empty() && anchor.size() <= max_anchor_bytes && plain(anchor.front()) &&
           std::all_of(anchor.begin(), anchor.end(), [&](char c) { return plain(c) || c == '-'; });
}

bool is_absolute_url(std::string_view link) noexcept {
    std::string_view rest;
    for (std::string_view const scheme : {"https://", "http://", "mailto:"})
        if (link.starts_with(scheme)) rest = link.substr(scheme.size());
    return !rest.empty() && std::none_of(rest.begin(), rest.end(),
                                         [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\177'; });
}

bool is_stance(std::string_view word) noexcept {
    constexpr std::array<std::string_view, 6> words = {"supports", "refutes", "mixed",
                                                       "neutral",  "silent",  "not_assessable"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "2026", "2026-11" or "2026-11-22", with a month and a day from 1 to 31; not every month has that day.
bool is_iso_date(std::string_view date) noexcept {
    if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
    for (std::size_t i = 0; i < date.size(); ++i) {
        bool const hyphen = i == 4 || i == 7;
        if (hyphen ? date[i] != '-' : date[i] < '0' || date[i] > '9') return false;
    }
    auto const two = [&](std::size_t i) { return (date[i] - '0') * 10 + (date[i + 1] - '0'); };
    if (date.size() >= 7 && (two(5) < 1 || two(5) > 12)) return false;
    return date.size() < 10 || (two(8) >= 1 && two(8) <= 31);
}

Broken utf8(std::string_view what, dossier_text text) {
    if (is_utf8(view(text))) return std::nullopt;
    return "its " + std::string(what) + " is not UTF-8: " + quoted(view(text));
}

/// The first rule that is broken, in the order given.
template <class... Checks>
Broken first_of(Checks const&... checks) {
    Broken broken;
    (void)((broken = checks(), broken.has_value()) || ...);
    return broken;
}

bool belongs_to_the_host(std::uint32_t kind) noexcept {
    return kind >= DOSSIER_DOCUMENT_BEGIN && kind <= DOSSIER_SECTION_END;
}

/// What a cell's value breaks, given that its kind is right.
Broken value_broken(dossier_cell const& cell) {
    switch (cell.kind) {
        case DOSSIER_CELL_REAL:
            if (!std::isfinite(cell.real)) return "is not a finite number; a missing value is an empty cell";
            break;
        case DOSSIER_CELL_PERCENT:
            if (!(cell.real >= 0.0 && cell.real <= 1.0)) return "is a percentage whose share is not within 0 and 1";
            break;
        case DOSSIER_CELL_INTERVAL:
            if (!std::isfinite(cell.low) || !std::isfinite(cell.high)) return "is an interval without finite ends";
            if (cell.low > cell.high) return "is an interval whose low end lies above its high end";
            break;
        case DOSSIER_CELL_DATE:
            if (!is_iso_date(view(cell.text))) return "is not an ISO 8601 date: " + quoted(view(cell.text));
            break;
        case DOSSIER_CELL_STANCE:
            if (!is_stance(view(cell.text))) return "is not a stance: " + quoted(view(cell.text));
            break;
        default: break;
    }
    return std::nullopt;
}

template <class Number, class Test>
bool any_of(Number const* numbers, std::size_t n_numbers, Test const& test) {
    return std::any_of(numbers, numbers + n_numbers, test);
}

bool is_whole(double value) noexcept {
    return value >= 0 && value == std::floor(value);
}

/// How many categories, series, values, weights and marks there may be.
Broken chart_counts_broken(dossier_chart const& chart) {
    if (chart.kind < DOSSIER_CHART_STACKED_BAR || chart.kind > DOSSIER_CHART_LINE)
        return "it is a chart of unknown kind " + std::to_string(chart.kind);
    if (chart.n_categories > max_categories)
        return "it has " + std::to_string(chart.n_categories) + " categories, not at most 10,000";
    if (chart.n_series < 1 || chart.n_series > max_series)
        return "it has " + std::to_string(chart.n_series) + " series, not 1 to 64";
    if (chart.kind == DOSSIER_CHART_DIVERGING_BAR && chart.n_series < 2)
        return "it has 1 series, but a diverging bar has at least 2";
    if (chart.kind == DOSSIER_CHART_FOREST && chart.n_series != 1)
        return "it has " + std::to_string(chart.n_series) + " series, but a forest plot has 1";
    std::size_t const n_marks = chart.n_categories * chart.n_series, n_values = n_marks * values_each(chart);
    if (chart.n_values != n_values)
        return "it has " + counted(chart.n_values, "value", "values") + ", but its categories and series make " +
               std::to_string(n_values);
    if (chart.n_weights != 0 && chart.kind != DOSSIER_CHART_HARVEST && chart.kind != DOSSIER_CHART_FOREST)
        return "it has weights, which only harvest and forest plots have";
    if (chart.n_weights != 0 && chart.n_weights != n_marks)
        return "it has " + counted(chart.n_weights, "weight", "weights") + ", but its categories and series make " +
               std::to_string(n_marks);
    if (chart.n_marks != 0 && chart.kind != DOSSIER_CHART_FOREST) return "it has marks, which only forest plots have";
    if (chart.n_marks != 0 && chart.n_marks != chart.n_categories)
        return "it has " + counted(chart.n_marks, "mark", "marks") + ", but " +
               counted(chart.n_categories, "category", "categories");
    return std::nullopt;
}

/// What each kind asks of its values; NaN, a missing value, breaks none of it.
Broken chart_values_broken(dossier_chart const& chart) {
    auto const any = [&](auto const& test) { return any_of(chart.values, chart.n_values, test); };
    if (any([](double value) { return std::isinf(value); }))
        return "one of its values is infinite; a missing value is NaN";
    switch (chart.kind) {
        case DOSSIER_CHART_STACKED_BAR:
        case DOSSIER_CHART_DIVERGING_BAR:
        case DOSSIER_CHART_BUBBLE:
            if (any([](double value) { return value < 0; })) return "one of its values is below 0";
            break;
        case DOSSIER_CHART_EFFECT_DIRECTION:
            if (any([](double value) { return !std::isnan(value) && value != 0 && std::abs(value) != 1; }))
                return "one of its values is no direction; it may be 1, 0 or -1";
            break;
        case DOSSIER_CHART_HARVEST:
            if (any([](double value) { return !std::isnan(value) && !is_whole(value); }))
                return "one of its values is no whole number of at least 0";
            break;
        case DOSSIER_CHART_INTERVAL:
        case DOSSIER_CHART_FOREST:  // an estimate may lie beside its interval: sources do print such
            for (std::size_t i = 0; i < chart.n_values; i += 3)
                if (chart.values[i + 1] > chart.values[i + 2])
                    return "one of its intervals has a low end above its high end";
            break;
        default: break;
    }
    return std::nullopt;
}

Broken chart_scale_broken(dossier_chart const& chart) {
    if (std::isinf(chart.reference)) return "its reference is infinite; NaN says that it has none";
    if (chart.scale > DOSSIER_SCALE_LOGARITHMIC) return "its scale is unknown: " + std::to_string(chart.scale);
    if (chart.scale == DOSSIER_SCALE_LINEAR) return std::nullopt;
    bool const may_be_logarithmic =
        chart.kind == DOSSIER_CHART_INTERVAL || chart.kind == DOSSIER_CHART_FOREST || chart.kind == DOSSIER_CHART_LINE;
    if (!may_be_logarithmic)
        return "its scale is logarithmic, which only those of intervals, forest plots and lines may be";
    if (any_of(chart.values, chart.n_values, [](double value) { return value <= 0; }))
        return "its scale is logarithmic, but one of its values is not above 0";
    if (chart.reference <= 0) return "its scale is logarithmic, but its reference is not above 0";
    return std::nullopt;
}

Broken chart_weights_broken(dossier_chart const& chart) {
    if (any_of(chart.weights, chart.n_weights, [](double weight) { return std::isinf(weight); }))
        return "one of its weights is infinite; a missing weight is NaN";
    if (any_of(chart.weights, chart.n_weights, [](double weight) { return weight < 0; }))
        return "one of its weights is below 0";
    if (chart.kind != DOSSIER_CHART_HARVEST) return std::nullopt;
    for (std::size_t i = 0; i < chart.n_weights; ++i) {
        if (std::isnan(chart.weights[i])) continue;
        if (!is_whole(chart.weights[i])) return "one of its weights is no whole number";
        if (!(chart.weights[i] <= chart.values[i])) return "one of its weights is more than its value";
    }
    return std::nullopt;
}

Broken chart_texts_broken(dossier_chart const& chart) {
    auto const broken_text = [](dossier_text text) { return !is_utf8(view(text)); };
    if (any_of(chart.categories, chart.n_categories, broken_text)) return "one of its categories is not UTF-8";
    if (any_of(chart.series, chart.n_series, broken_text)) return "one of its series is not UTF-8";
    return first_of([&] { return utf8("title", chart.title); },
                    [&] { return utf8("alternative text", chart.alternative); },
                    [&] { return utf8("title of categories", chart.category_title); },
                    [&] { return utf8("title of values", chart.value_title); });
}

}  // namespace

BlockGrammar::BlockGrammar(QuoteChecks checks) : checks_(std::move(checks)) {}

Broken BlockGrammar::check(dossier_block const& block) {
    ++n_blocks_;
    auto broken = rule_broken_by(block);
    if (!broken) return std::nullopt;
    return "block " + std::to_string(n_blocks_) + " (" + block_name(block.kind) + "): " + *broken;
}

Broken BlockGrammar::finish() {
    std::string const end = "after " + counted(n_blocks_, "block", "blocks") + ": ";
    if (table_) return end + "a table is still open";
    if (!open_.empty()) return end + (open_.back() == Open::list ? "a list is still open" : "an item is still open");
    if (!links_.empty()) return end + "links lead to \"#" + *links_.begin() + "\", which no block has as its anchor";
    return std::nullopt;
}

Broken BlockGrammar::rule_broken_by(dossier_block const& block) {
    if (!is_known_block(block.kind)) return std::nullopt;  // to be skipped
    if (auto broken = place(block)) return broken;
    auto const* const content = block.content;
    switch (block.kind) {
        case DOSSIER_HEADING: return heading(*static_cast<dossier_heading const*>(content));
        case DOSSIER_PARAGRAPH: {
            auto const& paragraph = *static_cast<dossier_paragraph const*>(content);
            return runs(paragraph.runs, paragraph.n_runs);
        }
        case DOSSIER_LIST_BEGIN:
            if (static_cast<dossier_list const*>(content)->ordered > 1) return "`ordered` is neither 0 nor 1";
            return std::nullopt;
        case DOSSIER_QUOTE: return quote(*static_cast<dossier_quote const*>(content));
        case DOSSIER_NOTE: {
            auto const& note = *static_cast<dossier_note const*>(content);
            if (auto broken =
                    first_of([&] { return runs(note.runs, note.n_runs); }, [&] { return anchor(view(note.anchor)); }))
                return broken;
            if (note.anchor.size > 0) note_anchors_.emplace(view(note.anchor));
            return std::nullopt;
        }
        case DOSSIER_TABLE_BEGIN: return table(*static_cast<dossier_table const*>(content));
        case DOSSIER_ROW: return row(*static_cast<dossier_row const*>(content));
        case DOSSIER_CHART: return chart(*static_cast<dossier_chart const*>(content));
        case DOSSIER_CALLOUT: return callout(*static_cast<dossier_callout const*>(content));
        default: return std::nullopt;
    }
}

/// Whether a block of this kind may stand here; keeps account of what is open.
Broken BlockGrammar::place(dossier_block const& block) {
    auto const kind = block.kind;
    if (belongs_to_the_host(kind)) return "a report says only the flow; documents and sections are the host's";
    if (table_ && kind != DOSSIER_ROW && kind != DOSSIER_TABLE_END) return "only rows may stand in a table";
    if (!table_ && (kind == DOSSIER_ROW || kind == DOSSIER_TABLE_END)) return "no table is open";
    bool const in_list = !open_.empty() && open_.back() == Open::list;
    bool const in_item = !open_.empty() && open_.back() == Open::item;
    if (in_list && kind != DOSSIER_ITEM_BEGIN && kind != DOSSIER_LIST_END) return "only items may stand in a list";
    if (!in_list && kind == DOSSIER_ITEM_BEGIN) return "no list is open";
    if (!in_list && kind == DOSSIER_LIST_END) return in_item ? "an item is still open" : "no list is open";
    if (!in_item && kind == DOSSIER_ITEM_END) return "no item is open";
    if (kind == DOSSIER_LIST_BEGIN) open_.push_back(Open::list);
    if (kind == DOSSIER_ITEM_BEGIN) open_.push_back(Open::item);
    if (kind == DOSSIER_LIST_END || kind == DOSSIER_ITEM_END) open_.pop_back();
    if (kind == DOSSIER_TABLE_END) table_.reset();
    if (open_.size() > max_open) return "lists stand more than 32 deep in each other";
    return std::nullopt;
}

Broken BlockGrammar::heading(dossier_heading const& heading) {
    if (heading.level < 1 || heading.level > 6) return "its level is " + std::to_string(heading.level) + ", not 1 to 6";
    if (heading.level > heading_level_ + 1)
        return heading_level_ == 0 ? "the first heading is of level " + std::to_string(heading.level) + ", not 1"
                                   : "its level " + std::to_string(heading.level) + " follows level " +
                                         std::to_string(heading_level_) + "; it may be one deeper at most";
    heading_level_ = heading.level;
    return first_of([&] { return utf8("text", heading.text); }, [&] { return anchor(view(heading.anchor)); });
}

Broken BlockGrammar::quote(dossier_quote const& quote) {
    auto const& locator = quote.locator;
    if (quote.text.size == 0) return "its text is empty";
    if (locator.article_id.size == 0) return "its locator names no article";
    if (locator.byte_begin >= locator.byte_end) return "its locator has no bytes";
    if (locator.line == 0) return "its locator has line 0; lines count from 1";
    if (quote.stance.size > 0 && !is_stance(view(quote.stance)))
        return "its stance is none: " + quoted(view(quote.stance));
    if (locator.url.size > 0 && !is_absolute_url(view(locator.url)))
        return "its locator's url is no absolute http(s) or mailto URL: " + quoted(view(locator.url));
    if (quote.back.size > 0 && *quote.back.data != '#') return "its `back` is no \"#anchor\"";
    auto broken =
        first_of([&] { return utf8("text", quote.text); }, [&] { return utf8("article id", locator.article_id); },
                 [&] { return utf8("path", locator.path); }, [&] { return utf8("url", locator.url); },
                 [&] { return utf8("comment", quote.comment); }, [&] { return link(view(quote.back)); },
                 [&] { return anchor(view(quote.anchor)); });
    if (broken || !checks_.quote) return broken;
    return checks_.quote(quote);
}

Broken BlockGrammar::table(dossier_table const& table) {
    if (table.n_columns < 1 || table.n_columns > max_columns)
        return "it has " + counted(table.n_columns, "column", "columns") + ", not 1 to 256";
    if (table.anchor.size == 0) return "it has no anchor";
    OpenTable open;
    std::set<std::string_view> keys;
    std::size_t n_shown = 0;
    for (std::size_t i = 0; i < table.n_columns; ++i) {
        auto const& column = table.columns[i];
        auto const which = "column " + std::to_string(i + 1) + " ";
        if (!is_key(view(column.key)))
            return which + "has a key that is no [a-z][a-z0-9_]*: " + quoted(view(column.key));
        if (!keys.insert(view(column.key)).second)
            return which + "has a key that is taken: " + quoted(view(column.key));
        if (column.kind == DOSSIER_CELL_EMPTY) return which + "is of kind empty";
        if (column.decimals < 0 || column.decimals > max_decimals)
            return which + "has " + std::to_string(column.decimals) + " decimals, not 0 to 15";
        if (!is_utf8(view(column.title)) || !is_utf8(view(column.description))) return which + "is not UTF-8";
        open.kinds.push_back(column.kind);
        n_shown += column.role == DOSSIER_COLUMN_KEY ? 0 : 1;
    }
    if (n_shown == 0) return "it has columns of ids only, and nothing to show";
    table_ = std::move(open);
    return first_of([&] { return utf8("caption", table.caption); }, [&] { return anchor(view(table.anchor)); });
}

Broken BlockGrammar::row(dossier_row const& row) {
    auto const& kinds = table_->kinds;
    if (row.n_cells != kinds.size())
        return "it has " + counted(row.n_cells, "cell", "cells") + ", but its table has " +
               counted(kinds.size(), "column", "columns");
    for (std::size_t i = 0; i < row.n_cells; ++i) {
        auto const& cell = row.cells[i];
        auto const which = [i] { return "cell " + std::to_string(i + 1) + " "; };
        if (cell.kind != kinds[i] && cell.kind != DOSSIER_CELL_EMPTY)
            return which() + "is of kind " + name_of_cell(cell.kind) + ", but its column of kind " +
                   name_of_cell(kinds[i]);
        if (!is_utf8(view(cell.text))) return which() + "is not UTF-8: " + quoted(view(cell.text));
        if (auto broken = value_broken(cell)) return which() + *broken;
        if (auto broken = link(view(cell.target))) return which() + *broken;
        if (cell.kind != DOSSIER_CELL_QUOTE || !checks_.cell) continue;
        if (cell.integer == 0 && cell.text.size == 0) continue;
        if (cell.integer == 0) return which() + "is a quote without its quote_number (view stances)";
        if (auto broken = checks_.cell(cell.integer, view(cell.text)))
            return which() + "is not as analysed: " + *broken;
    }
    return anchor(view(row.anchor));
}

Broken BlockGrammar::chart(dossier_chart const& given) {
    auto const chart = with_all_members(given);
    if (chart.alternative.size == 0) return "it has no alternative text";
    if (chart.anchor.size == 0) return "it has no anchor";
    return first_of([&] { return chart_counts_broken(chart); }, [&] { return chart_values_broken(chart); },
                    [&] { return chart_scale_broken(chart); }, [&] { return chart_weights_broken(chart); },
                    [&] { return chart_texts_broken(chart); }, [&] { return anchor(view(chart.anchor)); });
}

Broken BlockGrammar::callout(dossier_callout const& callout) {
    if (callout.tone > DOSSIER_CALLOUT_FAILURE) return "its tone is unknown: " + std::to_string(callout.tone);
    return first_of([&] { return utf8("title", callout.title); }, [&] { return runs(callout.runs, callout.n_runs); });
}

Broken BlockGrammar::runs(dossier_run const* runs, std::size_t n_runs) {
    for (std::size_t i = 0; i < n_runs; ++i) {
        auto const which = [i] { return "run " + std::to_string(i + 1) + " "; };
        if (!is_utf8(view(runs[i].text))) return which() + "is not UTF-8: " + quoted(view(runs[i].text));
        if (auto broken = link(view(runs[i].link))) return which() + *broken;
    }
    return std::nullopt;
}

Broken BlockGrammar::anchor(std::string_view anchor) {
    if (anchor.empty()) return std::nullopt;
    if (!is_anchor(anchor)) return "its anchor is no [a-z0-9][a-z0-9-]* of at most 120 bytes: " + quoted(anchor);
    if (!anchors_.emplace(anchor).second) return "its anchor is taken: " + quoted(anchor);
    if (anchors_.size() > max_anchors) return "it is one anchor more than 2,000,000";
    links_.erase(std::string(anchor));
    return std::nullopt;
}

Broken BlockGrammar::link(std::string_view link) {
    if (link.empty()) return std::nullopt;
    if (link.front() != '#') {
        if (is_utf8(link) && is_absolute_url(link)) return std::nullopt;
        return "leads to what is neither \"#anchor\" nor an absolute http(s) or mailto URL: " + quoted(link);
    }
    auto const target = link.substr(1);
    if (!is_anchor(target)) return "leads to no anchor: " + quoted(link);
    if (!anchors_.contains(std::string(target))) links_.emplace(target);
    if (links_.size() > max_anchors) return "leads to one anchor more than 2,000,000";
    return std::nullopt;
}

}  // namespace dossier
