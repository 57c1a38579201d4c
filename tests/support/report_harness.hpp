// Report harness: runs the report in a built plugin over an analysis database in this process, and keeps what it says.
//
// For tests only: the product never loads a plugin into itself. Knows the C ABI alone, so that it can stand beside model/.
#pragma once

#include <dlfcn.h>
#include <sqlite3.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dossier/plugin.h"

namespace dossier::test {

inline std::string to_string(dossier_text text) {
    return text.size == 0 ? std::string() : std::string(text.data, text.size);
}

struct SaidRun {
    std::uint32_t style = 0;
    std::string text, link;
};
struct SaidColumn {
    std::string key, title;
    std::uint32_t kind = 0;
    std::int32_t decimals = 0;
    std::uint32_t role = 0;
};
struct SaidCell {
    std::uint32_t kind = 0;
    std::int64_t integer = 0;
    double real = 0, low = 0, high = 0;
    std::string text, target;
};

/// One block, with all it borrowed copied. Which members count depends on `kind`.
struct Said {
    std::uint32_t kind = 0;
    std::uint32_t level = 0;   ///< heading level, list order, callout tone, chart kind
    std::string text, anchor;  ///< heading, quote, caption, title
    std::string article_id, path, url, back, comment, stance, alternative;
    std::uint64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::vector<SaidRun> runs;
    std::vector<SaidColumn> columns;
    std::vector<SaidCell> cells;
    std::vector<std::string> categories, series;
    std::vector<double> values, weights;
    std::vector<std::uint32_t> marks;
    std::string category_title, value_title;
    double reference = 0;
};

using OptionMap = std::map<std::string, std::variant<bool, std::int64_t, double, std::string>>;

struct ReportRun {
    dossier_status status = DOSSIER_FAILED;
    std::string error;  ///< what the report told the host
    std::vector<Said> blocks;
};

namespace harness {

template <class Content>
std::vector<SaidRun> copy_runs(Content const& content) {
    std::vector<SaidRun> runs;
    for (std::size_t i = 0; i < content.n_runs; ++i)
        runs.push_back({content.runs[i].style, to_string(content.runs[i].text), to_string(content.runs[i].link)});
    return runs;
}

template <class Content>
Content const& content_of(dossier_block const& block) {
    return *static_cast<Content const*>(block.content);
}

inline void copy_quote(dossier_quote const& quote, Said& said) {
    said.text = to_string(quote.text), said.anchor = to_string(quote.anchor), said.back = to_string(quote.back);
    said.comment = to_string(quote.comment), said.stance = to_string(quote.stance);
    said.article_id = to_string(quote.locator.article_id), said.path = to_string(quote.locator.path);
    said.url = to_string(quote.locator.url), said.line = quote.locator.line, said.page = quote.locator.page;
    said.byte_begin = quote.locator.byte_begin, said.byte_end = quote.locator.byte_end;
}

inline void copy_chart(dossier_chart const& chart, Said& said) {
    said.level = chart.kind, said.text = to_string(chart.title), said.anchor = to_string(chart.anchor);
    said.alternative = to_string(chart.alternative);
    for (std::size_t i = 0; i < chart.n_categories; ++i)
        said.categories.push_back(to_string(chart.categories[i]));
    for (std::size_t i = 0; i < chart.n_series; ++i)
        said.series.push_back(to_string(chart.series[i]));
    said.values.assign(chart.values, chart.values + chart.n_values);
    said.weights.assign(chart.weights, chart.weights + chart.n_weights);
    said.marks.assign(chart.marks, chart.marks + chart.n_marks);
    said.category_title = to_string(chart.category_title), said.value_title = to_string(chart.value_title);
    said.reference = chart.reference;
}

inline Said copy_block(dossier_block const& block) {
    Said said;
    said.kind = block.kind;
    switch (block.kind) {
        case DOSSIER_HEADING: {
            auto const& heading = content_of<dossier_heading>(block);
            said.level = heading.level, said.text = to_string(heading.text), said.anchor = to_string(heading.anchor);
            break;
        }
        case DOSSIER_PARAGRAPH: said.runs = copy_runs(content_of<dossier_paragraph>(block)); break;
        case DOSSIER_LIST_BEGIN: said.level = content_of<dossier_list>(block).ordered; break;
        case DOSSIER_QUOTE: copy_quote(content_of<dossier_quote>(block), said); break;
        case DOSSIER_NOTE:
            said.runs = copy_runs(content_of<dossier_note>(block));
            said.anchor = to_string(content_of<dossier_note>(block).anchor);
            break;
        case DOSSIER_TABLE_BEGIN: {
            auto const& table = content_of<dossier_table>(block);
            said.text = to_string(table.caption), said.anchor = to_string(table.anchor);
            for (std::size_t i = 0; i < table.n_columns; ++i)
                said.columns.push_back({to_string(table.columns[i].key), to_string(table.columns[i].title),
                                        table.columns[i].kind, table.columns[i].decimals, table.columns[i].role});
            break;
        }
        case DOSSIER_ROW: {
            auto const& row = content_of<dossier_row>(block);
            said.anchor = to_string(row.anchor);
            for (std::size_t i = 0; i < row.n_cells; ++i) {
                auto const& cell = row.cells[i];
                said.cells.push_back({cell.kind, cell.integer, cell.real, cell.low, cell.high, to_string(cell.text),
                                      to_string(cell.target)});
            }
            break;
        }
        case DOSSIER_CHART: copy_chart(content_of<dossier_chart>(block), said); break;
        case DOSSIER_CALLOUT: {
            auto const& callout = content_of<dossier_callout>(block);
            said.level = callout.tone, said.text = to_string(callout.title), said.runs = copy_runs(callout);
            break;
        }
        default: break;
    }
    return said;
}

/// A host that answers queries from one SQLite file and remembers errors and blocks.
class Host {
public:
    explicit Host(std::string const& analysis) {
        if (sqlite3_open_v2(analysis.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
            sqlite3_close(database_);
            throw std::runtime_error("cannot open " + analysis);
        }
        table_.size = sizeof table_;
        table_.abi_major = DOSSIER_ABI_MAJOR, table_.abi_minor = DOSSIER_ABI_MINOR;
        table_.context = this;
        table_.query = &query, table_.next_row = &next_row, table_.close_rows = &close_rows;
        table_.format_value = [](void*, dossier_column const*, dossier_cell const*, dossier_text*) -> dossier_status {
            return DOSSIER_BAD_ARGUMENT;  // for formats only
        };
        table_.write = [](void*, void const*, std::size_t) -> dossier_status { return DOSSIER_BAD_ARGUMENT; };
        table_.begin_file = [](void*, dossier_text) -> dossier_status { return DOSSIER_BAD_ARGUMENT; };
        table_.error = [](void* context, dossier_status, dossier_text message, dossier_text) {
            static_cast<Host*>(context)->error = to_string(message);
        };
        table_.log = [](void*, std::uint32_t, dossier_text) {};
        table_.cancelled = [](void*) -> std::int32_t { return 0; };
        sink_.size = sizeof sink_;
        sink_.context = this;
        sink_.blocks = [](void* context, dossier_block const* said, std::size_t n) -> dossier_status {
            for (std::size_t i = 0; i < n; ++i)
                static_cast<Host*>(context)->blocks.push_back(copy_block(said[i]));
            return DOSSIER_OK;
        };
    }
    Host(Host const&) = delete;
    Host& operator=(Host const&) = delete;
    ~Host() { sqlite3_close(database_); }

    [[nodiscard]] dossier_host const* table() const { return &table_; }
    [[nodiscard]] dossier_sink const* sink() const { return &sink_; }

    std::string error;
    std::vector<Said> blocks;
    int open_queries = 0;

private:
    struct Rows {
        sqlite3_stmt* statement = nullptr;
        std::vector<dossier_value> values;
    };
    static dossier_status query(void* context, dossier_text sql, dossier_value const* parameters, std::size_t n,
                                dossier_rows** rows) {
        auto& host = *static_cast<Host*>(context);
        *rows = nullptr;
        auto made = std::make_unique<Rows>();
        if (sqlite3_prepare_v2(host.database_, sql.data, static_cast<int>(sql.size), &made->statement, nullptr) !=
                SQLITE_OK ||
            static_cast<std::size_t>(sqlite3_bind_parameter_count(made->statement)) != n) {
            host.error = std::string(sqlite3_errmsg(host.database_)) + " in: " + to_string(sql);
            sqlite3_finalize(made->statement);
            return DOSSIER_BAD_QUERY;
        }
        for (std::size_t i = 0; i < n; ++i)
            bind(made->statement, static_cast<int>(i) + 1, parameters[i]);
        ++host.open_queries;
        *rows = reinterpret_cast<dossier_rows*>(made.release());
        return DOSSIER_OK;
    }
    static void bind(sqlite3_stmt* statement, int index, dossier_value const& value) {
        switch (value.type) {
            case DOSSIER_INTEGER: sqlite3_bind_int64(statement, index, value.integer); break;
            case DOSSIER_REAL: sqlite3_bind_double(statement, index, value.real); break;
            case DOSSIER_TEXT:
                sqlite3_bind_text64(statement, index, value.text.size == 0 ? "" : value.text.data, value.text.size,
                                    SQLITE_TRANSIENT, SQLITE_UTF8);
                break;
            default: sqlite3_bind_null(statement, index);
        }
    }
    static dossier_status next_row(void*, dossier_rows* handle, dossier_value const** values, std::size_t* n) {
        auto& rows = *reinterpret_cast<Rows*>(handle);
        int const status = sqlite3_step(rows.statement);
        if (status == SQLITE_DONE) return DOSSIER_DONE;
        if (status != SQLITE_ROW) return DOSSIER_BAD_QUERY;
        rows.values.clear();
        for (int i = 0; i < sqlite3_column_count(rows.statement); ++i)
            rows.values.push_back(column(rows.statement, i));
        *values = rows.values.data(), *n = rows.values.size();
        return DOSSIER_OK;
    }
    static dossier_value column(sqlite3_stmt* statement, int index) {
        dossier_value value{};
        switch (sqlite3_column_type(statement, index)) {
            case SQLITE_INTEGER:
                value.type = DOSSIER_INTEGER, value.integer = sqlite3_column_int64(statement, index);
                break;
            case SQLITE_FLOAT: value.type = DOSSIER_REAL, value.real = sqlite3_column_double(statement, index); break;
            case SQLITE_TEXT:
                value.type = DOSSIER_TEXT;
                value.text.data = reinterpret_cast<char const*>(sqlite3_column_text(statement, index));
                value.text.size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
                break;
            default: value.type = DOSSIER_NULL;
        }
        return value;
    }
    static void close_rows(void* context, dossier_rows* handle) {
        std::unique_ptr<Rows> const rows(reinterpret_cast<Rows*>(handle));
        sqlite3_finalize(rows->statement);
        --static_cast<Host*>(context)->open_queries;
    }

    sqlite3* database_ = nullptr;
    dossier_host table_{};
    dossier_sink sink_{};
};

inline dossier_component const& only_report_in(std::string const& library) {
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);  // never closed: its code outlives its objects
    if (handle == nullptr) throw std::runtime_error(dlerror());
    using Entry = dossier_plugin const* (*)(std::uint32_t, std::uint32_t);
    auto const entry = reinterpret_cast<Entry>(dlsym(handle, "dossier_plugin_entry"));
    if (entry == nullptr) throw std::runtime_error(library + " has no dossier_plugin_entry");
    auto const* plugin = entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR);
    if (plugin == nullptr || plugin->n_components != 1)
        throw std::runtime_error(library + " offers no single component");
    return *plugin->components[0];
}

/// The declared options, as given or by default. A key that is not declared is the test's mistake.
inline std::vector<dossier_option_value> values_of(dossier_component const& component, OptionMap const& given) {
    std::vector<dossier_option_value> values;
    std::size_t n_used = 0;
    for (std::size_t i = 0; i < component.n_options; ++i) {
        auto const& option = component.options[i];
        dossier_option_value value{sizeof(dossier_option_value), option.key, option.default_value};
        if (auto const found = given.find(to_string(option.key)); found != given.end()) {
            ++n_used;
            if (auto const* boolean = std::get_if<bool>(&found->second)) value.value.boolean = *boolean ? 1 : 0;
            if (auto const* integer = std::get_if<std::int64_t>(&found->second)) value.value.integer = *integer;
            if (auto const* real = std::get_if<double>(&found->second)) value.value.real = *real;
            if (auto const* text = std::get_if<std::string>(&found->second))
                value.value.text = {text->data(), text->size()};
        }
        values.push_back(value);
    }
    if (n_used != given.size()) throw std::runtime_error("the report does not declare every option given");
    return values;
}

}  // namespace harness

/// Runs the one report of the plugin `library` over the database `analysis`. Throws if either cannot be opened.
inline ReportRun run_report(std::string const& library, std::string const& analysis, OptionMap const& options = {}) {
    auto const& component = harness::only_report_in(library);
    harness::Host host(analysis);
    auto const values = harness::values_of(component, options);
    void* instance = nullptr;
    ReportRun result;
    result.status = component.create(host.table(), values.data(), values.size(), &instance);
    if (result.status == DOSSIER_OK) {
        result.status = component.run(instance, host.table(), host.sink());
        component.destroy(instance);
    }
    if (host.open_queries != 0) throw std::runtime_error("the report left a query open");
    result.error = host.error;
    result.blocks = std::move(host.blocks);
    return result;
}

// ---- What a stream must hold to (plugin.h, "Kinds of blocks") --------------------------------------------------------

namespace harness {

inline bool is_anchor(std::string_view text) {
    if (text.empty() || text.size() > 120 || text.front() == '-') return false;
    for (char const c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    return true;
}

inline bool is_key(std::string_view text) {
    if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
    for (char const c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

class StreamCheck {
public:
    explicit StreamCheck(std::vector<Said> const& blocks) : blocks_(blocks) {}

    std::vector<std::string> problems() && {
        for (auto const& said : blocks_)
            check(said);
        if (open_table_ != nullptr) complain("a table is open at the end");
        if (depth_ != 0) complain("a list is open at the end");
        for (auto const& target : targets_)
            if (target.front() == '#' && anchors_.count(target.substr(1)) == 0) complain("nothing is at " + target);
        return std::move(problems_);
    }

private:
    void complain(std::string problem) { problems_.push_back(std::move(problem)); }

    void check(Said const& said) {
        bool const in_table = said.kind == DOSSIER_ROW || said.kind == DOSSIER_TABLE_END;
        if (in_table != (open_table_ != nullptr)) complain("block " + std::to_string(said.kind) + " is out of place");
        take_anchor(said);
        for (auto const& run : said.runs)
            take_target(run.link);
        take_target(said.back);
        switch (said.kind) {
            case DOSSIER_HEADING: check_heading(said); break;
            case DOSSIER_PARAGRAPH:
            case DOSSIER_NOTE:
                if (said.runs.empty()) complain("an empty paragraph");
                break;
            case DOSSIER_LIST_BEGIN: ++depth_; break;
            case DOSSIER_LIST_END: --depth_; break;
            case DOSSIER_QUOTE: check_quote(said); break;
            case DOSSIER_TABLE_BEGIN: check_table(said); break;
            case DOSSIER_ROW: check_row(said); break;
            case DOSSIER_TABLE_END: open_table_ = nullptr; break;
            case DOSSIER_CHART: check_chart(said); break;
            default: break;
        }
    }
    void take_anchor(Said const& said) {
        bool const required = said.kind == DOSSIER_TABLE_BEGIN || said.kind == DOSSIER_CHART;
        if (said.anchor.empty() && !required) return;
        if (!is_anchor(said.anchor)) complain("not an anchor: '" + said.anchor + "'");
        if (!anchors_.insert(said.anchor).second) complain("twice the anchor " + said.anchor);
    }
    void take_target(std::string const& target) {
        if (target.empty()) return;
        bool const known = target.front() == '#' || target.rfind("http://", 0) == 0 ||
                           target.rfind("https://", 0) == 0 || target.rfind("mailto:", 0) == 0;
        if (!known) complain("not a target: '" + target + "'");
        targets_.push_back(target);
    }
    void check_heading(Said const& said) {
        if (said.text.empty()) complain("an empty heading");
        if (said.level < 1 || said.level > 6 || said.level > level_ + 1)
            complain("heading '" + said.text + "' is too deep");
        level_ = said.level;
    }
    void check_quote(Said const& said) {
        if (said.text.empty() || said.article_id.empty() || said.path.empty() || said.line == 0)
            complain("a quote without words or place");
        if (said.byte_end <= said.byte_begin) complain("a quote without bytes");
    }
    void check_table(Said const& said) {
        open_table_ = &said;
        std::set<std::string> keys;
        if (said.columns.empty() || said.columns.size() > 256) complain("a table without columns, or too many");
        for (auto const& column : said.columns) {
            if (!is_key(column.key)) complain("not a key: '" + column.key + "'");
            if (!keys.insert(column.key).second) complain("twice the column " + column.key);
            if (column.title.empty()) complain("a column without title");
        }
    }
    void check_row(Said const& said) {
        if (open_table_ == nullptr) return;
        if (said.cells.size() != open_table_->columns.size()) return complain("a row with a wrong number of cells");
        for (std::size_t i = 0; i < said.cells.size(); ++i) {
            auto const& cell = said.cells[i];
            take_target(cell.target);
            if (cell.kind == DOSSIER_CELL_EMPTY) continue;
            if (cell.kind != open_table_->columns[i].kind) complain("a cell of another kind than its column");
            if (cell.kind == DOSSIER_CELL_STANCE && !is_stance(cell.text)) complain("not a stance: " + cell.text);
            if (!std::isfinite(cell.real)) complain("a number that is none");
        }
    }
    static bool is_stance(std::string const& text) {
        static std::set<std::string> const stances = {"supports", "refutes", "mixed",
                                                      "neutral",  "silent",  "not_assessable"};
        return stances.count(text) != 0;
    }
    void check_chart(Said const& said) {
        if (said.alternative.empty()) complain("a chart without alternative text");
        auto const n = said.categories.size() * said.series.size();
        auto const per_cell = said.level == DOSSIER_CHART_INTERVAL || said.level == DOSSIER_CHART_FOREST ? 3u : 1u;
        if (said.values.size() != n * per_cell) complain("a chart with a wrong number of values");
        if (!said.weights.empty() && said.weights.size() != n) complain("a chart with a wrong number of weights");
        if (!said.marks.empty() && said.marks.size() != said.categories.size())
            complain("a chart with a wrong number of marks");
    }

    std::vector<Said> const& blocks_;
    std::vector<std::string> problems_, targets_;
    std::set<std::string> anchors_;
    Said const* open_table_ = nullptr;
    std::uint32_t level_ = 0;
    int depth_ = 0;
};

}  // namespace harness

/// What is wrong with a stream: nesting, heading levels, anchors, links that lead nowhere, cells, charts. Empty: nothing.
inline std::vector<std::string> problems_in(std::vector<Said> const& blocks) {
    return harness::StreamCheck(blocks).problems();
}

// ---- Reading what was said ------------------------------------------------------------------------------------------

inline std::string words_of(std::vector<SaidRun> const& runs) {
    std::string text;
    for (auto const& run : runs)
        text += run.text;
    return text;
}

/// A cell roughly as a format would show it.
inline std::string words_of(SaidCell const& cell, SaidColumn const& column) {
    char digits[64];
    switch (cell.kind) {
        case DOSSIER_CELL_EMPTY: return "";
        case DOSSIER_CELL_INTEGER: return std::to_string(cell.integer);
        case DOSSIER_CELL_REAL: std::snprintf(digits, sizeof digits, "%.*f", column.decimals, cell.real); return digits;
        case DOSSIER_CELL_PERCENT:
            std::snprintf(digits, sizeof digits, "%.*f %%", column.decimals, cell.real * 100);
            return digits;
        case DOSSIER_CELL_INTERVAL:
            std::snprintf(digits, sizeof digits, "%.*f to %.*f", column.decimals, cell.low, column.decimals, cell.high);
            return digits;
        default: return cell.text;
    }
}

/// The stream as indented text, for people and for searching in tests.
inline std::string as_text(std::vector<Said> const& blocks) {
    std::string text;
    std::vector<SaidColumn> columns;
    for (auto const& said : blocks) {
        switch (said.kind) {
            case DOSSIER_HEADING: text += "\n" + std::string(said.level, '#') + " " + said.text + "\n"; break;
            case DOSSIER_PARAGRAPH: text += words_of(said.runs) + "\n"; break;
            case DOSSIER_ITEM_BEGIN: text += "  - "; break;
            case DOSSIER_NOTE: text += "  note: " + words_of(said.runs) + "\n"; break;
            case DOSSIER_CALLOUT: text += "  ! " + said.text + ": " + words_of(said.runs) + "\n"; break;
            case DOSSIER_QUOTE:
                text += "  “" + said.text + "”\n      " + said.path + ":" + std::to_string(said.line) +
                        (said.stance.empty() ? "" : " [" + said.stance + "]") + " " + said.comment + "\n";
                break;
            case DOSSIER_TABLE_BEGIN:
                columns = said.columns;
                text += "  table: " + said.text + "\n   ";
                for (auto const& column : columns)
                    text += " | " + column.title;
                text += "\n";
                break;
            case DOSSIER_ROW:
                text += "   ";
                for (std::size_t i = 0; i < said.cells.size(); ++i)
                    text += " | " + words_of(said.cells[i], columns.at(i));
                text += "\n";
                break;
            case DOSSIER_CHART: text += "  chart: " + said.text + ". " + said.alternative + "\n"; break;
            default: break;
        }
    }
    return text;
}

}  // namespace dossier::test
