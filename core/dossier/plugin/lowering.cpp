#include "dossier/plugin/lowering.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/plugin/abi_text.hpp"
#include "dossier/plugin/chart_members.hpp"

namespace dossier {
namespace {

constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53
constexpr std::size_t max_table_columns = 256;

dossier_text as_text(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

bool is_internal(dossier_text link) noexcept {
    return link.size > 0 && *link.data == '#';
}

/// The text of something that led to `link` and no longer can.
std::string with_address(std::string_view text, std::string_view link) {
    auto const address = link.starts_with("mailto:") ? link.substr(7) : link;
    if (text == link || text == address) return std::string(text);
    if (text.empty()) return std::string(address);
    return std::string(text) + " (" + std::string(address) + ")";
}

/// Runs without the links that cannot be carried; owns the texts that had to be made anew.
class LoweredRuns {
public:
    template <class Keeps>
    LoweredRuns(dossier_run const* runs, std::size_t n_runs, Keeps const& keeps_link) : runs_(runs, runs + n_runs) {
        texts_.reserve(n_runs);
        for (auto& run : runs_) {
            if (run.link.size == 0 || keeps_link(run.link)) continue;
            if (!is_internal(run.link)) {
                texts_.push_back(with_address(view(run.text), view(run.link)));
                run.text = as_text(texts_.back());
            }
            run.link = {};
        }
    }
    void put_first(dossier_run run) { runs_.insert(runs_.begin(), run); }
    [[nodiscard]] dossier_run const* data() const noexcept { return runs_.data(); }
    [[nodiscard]] std::size_t size() const noexcept { return runs_.size(); }

private:
    std::vector<dossier_run> runs_;
    std::vector<std::string> texts_;  // never grows beyond what was reserved: runs point into it
};

/// A key for a data column, from the words of a series.
std::string key_from(std::string_view words, std::set<std::string>& taken) {
    std::string key;
    for (char const c : words.substr(0, 40)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key += c;
        else if (c >= 'A' && c <= 'Z')
            key += static_cast<char>(c - 'A' + 'a');
        else if (!key.empty() && key.back() != '_')
            key += '_';
    }
    while (!key.empty() && key.back() == '_')
        key.pop_back();
    if (key.empty() || key.front() < 'a' || key.front() > 'z') key = "series_" + key;
    auto unique = key;
    for (int n = 2; !taken.insert(unique).second; ++n)
        unique = key + "_" + std::to_string(n);
    return unique;
}

bool all_whole(double const* numbers, std::size_t n_numbers) {
    return std::all_of(numbers, numbers + n_numbers, [](double number) {
        return std::isnan(number) || (number == std::floor(number) && std::abs(number) <= largest_exact_integer);
    });
}

/// Decimals with which the smallest of the numbers, 0 aside, still shows two digits or so: 2 from 0.1 upwards, at most 6.
std::int32_t decimals_for(double const* numbers, std::size_t n_numbers) {
    double smallest = 1;
    for (std::size_t i = 0; i < n_numbers; ++i)
        if (auto const size = std::abs(numbers[i]); size > 0) smallest = std::min(smallest, size);
    std::int32_t decimals = 2;
    for (double bound = 0.1; smallest < bound && decimals < 6; bound /= 10)
        ++decimals;
    return decimals;
}

/// A direction of EFFECT_DIRECTION in words.
std::string_view direction_word(double value) noexcept {
    if (value == 0) return "both ways";
    return value > 0 ? "up" : "down";
}

std::string_view mark_word(std::uint32_t mark) noexcept {
    if ((mark & DOSSIER_MARK_PREDICTION) != 0) return "prediction interval";
    return (mark & DOSSIER_MARK_POOLED) != 0 ? "pooled" : "";
}

/// The table of a chart's values, a row per category: per series its value, or the three of an interval, then its
/// weight; last the row's mark.
class ChartTable {
public:
    explicit ChartTable(dossier_chart const& chart)
        : chart_(chart),
          value_kind_(all_whole(chart.values, chart.n_values) ? DOSSIER_CELL_INTEGER : DOSSIER_CELL_REAL),
          weight_kind_(all_whole(chart.weights, chart.n_weights) ? DOSSIER_CELL_INTEGER : DOSSIER_CELL_REAL) {
        if (chart.kind == DOSSIER_CHART_EFFECT_DIRECTION) value_kind_ = DOSSIER_CELL_TEXT;
        std::set<std::string> taken;
        auto const categories = view(chart.category_title);
        add_column(key_from("category", taken), categories.empty() ? "Category" : std::string(categories),
                   DOSSIER_CELL_TEXT, 0);
        for (std::size_t i = 0; i < chart.n_series; ++i)
            add_series(std::string(view(chart.series[i])), taken);
        if (chart.n_marks > 0) add_column(key_from("mark", taken), "Mark", DOSSIER_CELL_TEXT, 0);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            columns_[i].key = as_text(keys_[i]);
            columns_[i].title = as_text(titles_[i]);
        }
    }

    void send(BlockReceiver const& next) const {
        dossier_table table{};
        table.size = sizeof table;
        auto const caption = caption_with_axis();
        table.caption = as_text(caption), table.anchor = chart_.anchor;
        table.columns = columns_.data(), table.n_columns = columns_.size();
        next({DOSSIER_TABLE_BEGIN, 0, &table});
        for (std::size_t category = 0; category < chart_.n_categories; ++category)
            send_row(category, next);
        next({DOSSIER_TABLE_END, 0, nullptr});
    }

private:
    /// "Title (what the values are)".
    [[nodiscard]] std::string caption_with_axis() const {
        std::string const title(view(chart_.title)), values(view(chart_.value_title));
        if (title.empty() || values.empty()) return title + values;
        return title + " (" + values + ")";
    }
    void add_series(std::string const& title, std::set<std::string>& taken) {
        auto const decimals = decimals_for(chart_.values, chart_.n_values);
        add_value(key_from(title, taken), title, decimals);
        if (values_each(chart_) == 3) {
            add_value(key_from(title + " low", taken), title + ", low", decimals);
            add_value(key_from(title + " high", taken), title + ", high", decimals);
        }
        if (chart_.n_weights == 0) return;
        auto const weight = chart_.kind == DOSSIER_CHART_HARVEST ? "filled" : "weight";
        add_column(key_from(title + " " + weight, taken), title + ", " + weight, weight_kind_,
                   decimals_for(chart_.weights, chart_.n_weights));
    }
    void add_value(std::string key, std::string title, std::int32_t decimals) {
        add_column(std::move(key), std::move(title), value_kind_, decimals);
        columns_.back().description = chart_.value_title;
    }
    void add_column(std::string key, std::string title, std::uint32_t kind, std::int32_t decimals) {
        keys_.push_back(std::move(key));
        titles_.push_back(std::move(title));
        dossier_column column{};
        column.size = sizeof column;
        column.kind = kind;
        column.decimals = kind == DOSSIER_CELL_REAL ? decimals : 0;
        columns_.push_back(column);
    }

    static dossier_cell text_cell(std::string_view text) noexcept {
        dossier_cell cell{};
        if (!text.empty()) cell.kind = DOSSIER_CELL_TEXT, cell.text = as_text(text);
        return cell;
    }
    static dossier_cell number_cell(double number, std::uint32_t kind) noexcept {
        dossier_cell cell{};
        if (std::isnan(number)) return cell;
        if (kind == DOSSIER_CELL_TEXT) return text_cell(direction_word(number));
        cell.kind = kind;
        cell.real = number;
        if (kind == DOSSIER_CELL_INTEGER) cell.integer = static_cast<std::int64_t>(number);
        return cell;
    }
    void send_row(std::size_t category, BlockReceiver const& next) const {
        std::vector<dossier_cell> cells;
        cells.reserve(columns_.size());
        cells.push_back({DOSSIER_CELL_TEXT, 0, 0, 0, 0, 0, chart_.categories[category], {}});
        auto const each = values_each(chart_);
        for (auto i = category * chart_.n_series; i < (category + 1) * chart_.n_series; ++i) {
            for (std::size_t k = 0; k < each; ++k)
                cells.push_back(number_cell(chart_.values[i * each + k], value_kind_));
            if (chart_.n_weights > 0) cells.push_back(number_cell(chart_.weights[i], weight_kind_));
        }
        if (chart_.n_marks > 0) cells.push_back(text_cell(mark_word(chart_.marks[category])));
        dossier_row const row{sizeof row, cells.data(), cells.size(), {}};
        next({DOSSIER_ROW, 0, &row});
    }

    dossier_chart const& chart_;
    std::uint32_t value_kind_, weight_kind_;
    std::vector<std::string> keys_, titles_;
    std::vector<dossier_column> columns_;
};

static_assert(1 + 64 * 3 <= max_table_columns, "the largest chart's table, of intervals, must be a table");
static_assert(1 + 64 * 2 <= max_table_columns, "so must be that of a harvest plot with its weights");

}  // namespace

Lowering::Lowering(std::uint64_t carries, std::set<std::string> const& note_anchors, BlockReceiver next)
    : charts_((carries & DOSSIER_CARRIES_CHARTS) != 0),
      links_((carries & DOSSIER_CARRIES_LINKS) != 0),
      notes_((carries & DOSSIER_CARRIES_NOTES) != 0),
      keys_((carries & DOSSIER_CARRIES_KEYS) != 0),
      note_anchors_(&note_anchors),
      next_(std::move(next)) {}

bool Lowering::keeps(dossier_text link) const {
    if (!links_) return false;
    return notes_ || !is_internal(link) || !note_anchors_->contains(std::string(view(link).substr(1)));
}

void Lowering::operator()(dossier_block const& block) {
    bool const all_links = links_ && (notes_ || note_anchors_->empty());
    switch (block.kind) {
        case DOSSIER_CHART:
            if (!charts_) return chart(*static_cast<dossier_chart const*>(block.content));
            break;
        case DOSSIER_NOTE:
            if (!notes_ || !links_) return note(*static_cast<dossier_note const*>(block.content));
            break;
        case DOSSIER_PARAGRAPH:
            if (!all_links) return paragraph(*static_cast<dossier_paragraph const*>(block.content));
            break;
        case DOSSIER_CALLOUT:
            if (!all_links) return callout(*static_cast<dossier_callout const*>(block.content));
            break;
        case DOSSIER_TABLE_BEGIN:
            if (!keys_) return table(*static_cast<dossier_table const*>(block.content));
            break;
        case DOSSIER_ROW:
            if (!all_links || !left_out_.empty()) return row(*static_cast<dossier_row const*>(block.content));
            break;
        case DOSSIER_QUOTE:
            if (!all_links) return quote(*static_cast<dossier_quote const*>(block.content));
            break;
        default: break;
    }
    next_(block);
}

void Lowering::paragraph(dossier_paragraph paragraph) {
    LoweredRuns const runs(paragraph.runs, paragraph.n_runs, [&](dossier_text link) { return keeps(link); });
    paragraph.runs = runs.data(), paragraph.n_runs = runs.size();
    next_({DOSSIER_PARAGRAPH, 0, &paragraph});
}

void Lowering::note(dossier_note note) {
    LoweredRuns runs(note.runs, note.n_runs, [&](dossier_text link) { return keeps(link); });
    if (notes_) {
        note.runs = runs.data(), note.n_runs = runs.size();
        return next_({DOSSIER_NOTE, 0, &note});
    }
    runs.put_first({DOSSIER_EMPHASIS, 0, as_text("Note: "), {}});
    dossier_paragraph const paragraph{sizeof paragraph, runs.data(), runs.size()};
    next_({DOSSIER_PARAGRAPH, 0, &paragraph});
}

void Lowering::callout(dossier_callout callout) {
    LoweredRuns const runs(callout.runs, callout.n_runs, [&](dossier_text link) { return keeps(link); });
    callout.runs = runs.data(), callout.n_runs = runs.size();
    next_({DOSSIER_CALLOUT, 0, &callout});
}

void Lowering::table(dossier_table table) {
    left_out_.clear();
    std::vector<dossier_column> columns;
    for (std::size_t i = 0; i < table.n_columns; ++i) {
        if (table.columns[i].role == DOSSIER_COLUMN_KEY)
            left_out_.push_back(i);
        else
            columns.push_back(table.columns[i]);
    }
    table.columns = columns.data(), table.n_columns = columns.size();
    next_({DOSSIER_TABLE_BEGIN, 0, &table});
}

void Lowering::row(dossier_row row) {
    std::vector<dossier_cell> cells(row.cells, row.cells + row.n_cells);
    std::for_each(left_out_.rbegin(), left_out_.rend(),
                  [&](std::size_t column) { cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(column)); });
    std::vector<std::string> texts;
    texts.reserve(cells.size());
    for (auto& cell : cells) {
        if (cell.target.size == 0 || keeps(cell.target)) continue;
        bool const shows_text = cell.kind == DOSSIER_CELL_TEXT || cell.kind == DOSSIER_CELL_LINK;
        if (shows_text && !is_internal(cell.target)) {
            texts.push_back(with_address(view(cell.text), view(cell.target)));
            cell.text = as_text(texts.back());
        }
        cell.target = {};
    }
    row.cells = cells.data(), row.n_cells = cells.size();
    next_({DOSSIER_ROW, 0, &row});
}

void Lowering::quote(dossier_quote quote) {
    if (quote.back.size > 0 && !keeps(quote.back)) quote.back = {};
    next_({DOSSIER_QUOTE, 0, &quote});
}

void Lowering::chart(dossier_chart const& chart) {
    std::vector<dossier_run> runs;
    if (chart.title.size > 0) {
        runs.push_back({DOSSIER_STRONG, 0, chart.title, {}});
        runs.push_back({0, 0, as_text(": "), {}});
    }
    runs.push_back({0, 0, chart.alternative, {}});
    dossier_paragraph const paragraph{sizeof paragraph, runs.data(), runs.size()};
    next_({DOSSIER_PARAGRAPH, 0, &paragraph});
    ChartTable(with_all_members(chart)).send(next_);
}

}  // namespace dossier
