// Runs a format plugin in the test's own process, against a host that keeps what it writes in memory.
//
//   Document document;
//   document.begin();
//   document.begin_section("stance-table");
//   document.out().paragraph("Text");          // anything a report may say, see dossier::Blocks
//   document.end_section().end();
//   auto const rendering = render(FormatPlugin(path_of_the_so), document);
//   EXPECT_EQ(rendering.status, DOSSIER_OK);
//   EXPECT_EQ(rendering.only_file(), "Text\n");
//
// Blocks are handed over as the ABI promises and not better: every struct and text is a heap block of exactly
// its size, made for the call and freed after it, so that AddressSanitizer sees a format that keeps or
// overreads what it borrowed.
#pragma once

#include <dlfcn.h>
#include <dossier/plugin.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <dossier/plugin.hpp>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace dossier::test {

// ---- Storage
// ------------------------------------------------------------------------------------------------------

/// Owns copies of ABI structs, each in a heap block of its own and exactly as large as it says.
class Storage {
public:
    /// @param extra  bytes that every growing struct is made longer by, as if a newer host had filled it in
    explicit Storage(std::size_t extra = 0) : extra_(extra) {}

    dossier_text text(dossier_text from) {
        if (from.size == 0) return {nullptr, 0};
        return {static_cast<char const*>(keep(from.data, from.size)), from.size};
    }
    /// A struct that begins with `size`; unknown members it may have are dropped, or `extra` bytes added.
    template <class Struct>
    Struct* grown(Struct const& from) {
        return static_cast<Struct*>(grown_array(&from, 1));
    }
    template <class Struct>
    void* grown_array(Struct const* from, std::size_t count) {
        auto const stride = sizeof(Struct) + extra_;
        auto* const all = make(stride * count);
        for (std::size_t i = 0; i < count; ++i) {
            auto const* const source = reinterpret_cast<std::byte const*>(from) + i * from->size;
            auto* const target = all + i * stride;
            std::memset(target, 0xA5, stride);
            std::memcpy(target, source, sizeof(Struct));
            std::memcpy(target, &stride, sizeof stride);
        }
        return all;
    }
    template <class Struct>
    Struct* array(Struct const* from, std::size_t count) {
        if (count == 0) return nullptr;
        return static_cast<Struct*>(keep(from, sizeof(Struct) * count));
    }

private:
    std::byte* make(std::size_t size) {
        blocks_.push_back(std::make_unique<std::byte[]>(size));
        return blocks_.back().get();
    }
    void* keep(void const* from, std::size_t size) {
        auto* const bytes = make(size);
        std::memcpy(bytes, from, size);
        return bytes;
    }
    std::size_t extra_;
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

namespace detail {

inline dossier_run const* copy_runs(dossier_run const* runs, std::size_t n_runs, Storage& storage) {
    auto* const copies = storage.array(runs, n_runs);
    for (std::size_t i = 0; i < n_runs; ++i) {
        copies[i].text = storage.text(runs[i].text);
        copies[i].link = storage.text(runs[i].link);
    }
    return copies;
}

inline dossier_text const* copy_texts(dossier_text const* texts, std::size_t n_texts, Storage& storage) {
    auto* const copies = storage.array(texts, n_texts);
    for (std::size_t i = 0; i < n_texts; ++i)
        copies[i] = storage.text(texts[i]);
    return copies;
}

/// Copies the struct that `content` points to; `deepen` replaces what the copy points to.
template <class Struct, class Deepen>
void const* copy_struct(void const* content, Storage& storage, Deepen deepen) {
    auto* const copy = storage.grown(*static_cast<Struct const*>(content));
    deepen(*copy);
    return copy;
}

inline void copy_table(dossier_table& table, Storage& storage) {
    table.caption = storage.text(table.caption);
    table.anchor = storage.text(table.anchor);
    auto* const columns = static_cast<std::byte*>(storage.grown_array(table.columns, table.n_columns));
    table.columns = reinterpret_cast<dossier_column const*>(columns);
    for (std::size_t i = 0; i < table.n_columns; ++i) {
        auto& column = *reinterpret_cast<dossier_column*>(columns + i * table.columns->size);
        column.key = storage.text(column.key);
        column.title = storage.text(column.title);
        column.description = storage.text(column.description);
    }
}

inline void copy_verdicts(dossier_document& document, Storage& storage) {
    if (document.n_verdicts == 0) return;
    auto* const verdicts = static_cast<std::byte*>(storage.grown_array(document.verdicts, document.n_verdicts));
    document.verdicts = reinterpret_cast<dossier_verdict const*>(verdicts);
    for (std::size_t i = 0; i < document.n_verdicts; ++i) {
        auto& verdict = *reinterpret_cast<dossier_verdict*>(verdicts + i * document.verdicts->size);
        for (auto* const text : {&verdict.claim_id, &verdict.statement, &verdict.direction, &verdict.agreement,
                                 &verdict.certainty, &verdict.coverage})
            *text = storage.text(*text);
    }
}

inline void copy_row(dossier_row& row, Storage& storage) {
    auto* const cells = storage.array(row.cells, row.n_cells);
    for (std::size_t i = 0; i < row.n_cells; ++i) {
        cells[i].text = storage.text(cells[i].text);
        cells[i].target = storage.text(cells[i].target);
    }
    row.cells = cells;
    row.anchor = storage.text(row.anchor);
}

inline void copy_quote(dossier_quote& quote, Storage& storage) {
    for (auto* const text :
         {&quote.text, &quote.anchor, &quote.back, &quote.comment, &quote.stance, &quote.locator.article_id,
          &quote.locator.path, &quote.locator.url, &quote.before, &quote.after})
        *text = storage.text(*text);
}

inline void copy_chart(dossier_chart& chart, Storage& storage) {
    chart.title = storage.text(chart.title);
    chart.alternative = storage.text(chart.alternative);
    chart.anchor = storage.text(chart.anchor);
    chart.categories = copy_texts(chart.categories, chart.n_categories, storage);
    chart.series = copy_texts(chart.series, chart.n_series, storage);
    chart.values = storage.array(chart.values, chart.n_values);
    chart.category_title = storage.text(chart.category_title);
    chart.value_title = storage.text(chart.value_title);
    chart.weights = storage.array(chart.weights, chart.n_weights);
    chart.marks = storage.array(chart.marks, chart.n_marks);
}

/// A block and all it points to, copied into `storage`. Kinds that have no content, or that are unknown, have
/// none.
inline dossier_block copy_block(dossier_block const& block, Storage& storage) {
    auto const copied = [&]() -> void const* {
        switch (block.kind) {
            case DOSSIER_DOCUMENT_BEGIN:
                return copy_struct<dossier_document>(block.content, storage, [&](auto& document) {
                    for (auto* const text : {&document.title, &document.as_of, &document.language, &document.generator})
                        *text = storage.text(*text);
                    copy_verdicts(document, storage);
                });
            case DOSSIER_SECTION_BEGIN:
                return copy_struct<dossier_section>(block.content, storage, [&](auto& section) {
                    section.report = storage.text(section.report);
                    section.anchor = storage.text(section.anchor);
                });
            case DOSSIER_HEADING:
                return copy_struct<dossier_heading>(block.content, storage, [&](auto& heading) {
                    heading.text = storage.text(heading.text);
                    heading.anchor = storage.text(heading.anchor);
                });
            case DOSSIER_PARAGRAPH:
                return copy_struct<dossier_paragraph>(block.content, storage, [&](auto& paragraph) {
                    paragraph.runs = copy_runs(paragraph.runs, paragraph.n_runs, storage);
                });
            case DOSSIER_LIST_BEGIN: return copy_struct<dossier_list>(block.content, storage, [](auto&) {});
            case DOSSIER_QUOTE:
                return copy_struct<dossier_quote>(block.content, storage,
                                                  [&](auto& quote) { copy_quote(quote, storage); });
            case DOSSIER_NOTE:
                return copy_struct<dossier_note>(block.content, storage, [&](auto& note) {
                    note.runs = copy_runs(note.runs, note.n_runs, storage);
                    note.anchor = storage.text(note.anchor);
                });
            case DOSSIER_TABLE_BEGIN:
                return copy_struct<dossier_table>(block.content, storage,
                                                  [&](auto& table) { copy_table(table, storage); });
            case DOSSIER_ROW:
                return copy_struct<dossier_row>(block.content, storage, [&](auto& row) { copy_row(row, storage); });
            case DOSSIER_CHART:
                return copy_struct<dossier_chart>(block.content, storage,
                                                  [&](auto& chart) { copy_chart(chart, storage); });
            case DOSSIER_CALLOUT:
                return copy_struct<dossier_callout>(block.content, storage, [&](auto& callout) {
                    callout.title = storage.text(callout.title);
                    callout.runs = copy_runs(callout.runs, callout.n_runs, storage);
                });
            default: return nullptr;
        }
    };
    return {block.kind, 0, copied()};
}

}  // namespace detail

// ---- Documents
// ----------------------------------------------------------------------------------------------------

/// A recorded stream of blocks. Nothing checks its grammar: that is the host's work.
class Document {
public:
    Document() : record_(std::make_unique<Record>()) {}

    Document& begin(std::string_view title = "A question", std::string_view as_of = "2026-11-22",
                    std::vector<dossier_verdict> const& verdicts = {}) {
        dossier_document content{sizeof content,           as_text(title),  as_text(as_of), as_text("en"),
                                 as_text("Dossier 1.0.0"), verdicts.data(), verdicts.size()};
        return say(DOSSIER_DOCUMENT_BEGIN, &content);
    }
    Document& end() { return say(DOSSIER_DOCUMENT_END, nullptr); }
    /// @param anchor  empty: the report's name
    Document& begin_section(std::string_view report, std::string_view anchor = {}) {
        dossier_section content{sizeof content, as_text(report), as_text(anchor.empty() ? report : anchor)};
        return say(DOSSIER_SECTION_BEGIN, &content);
    }
    Document& end_section() { return say(DOSSIER_SECTION_END, nullptr); }
    /// A block of any kind; what `content` points to is copied.
    Document& say(std::uint32_t kind, void const* content) {
        record_->blocks.push_back(detail::copy_block({kind, 0, content}, record_->storage));
        return *this;
    }
    /// What a report writes to.
    [[nodiscard]] Blocks& out() noexcept { return record_->out; }
    [[nodiscard]] dossier_sink const& sink() const noexcept { return record_->sink; }
    [[nodiscard]] std::vector<dossier_block> const& blocks() const noexcept { return record_->blocks; }

private:
    struct Record {
        Storage storage;
        std::vector<dossier_block> blocks;
        dossier_sink sink{sizeof(dossier_sink), this, &Record::take};
        Blocks out{sink};
        static dossier_status take(void* context, dossier_block const* blocks, std::size_t n_blocks) {
            auto& self = *static_cast<Record*>(context);
            for (std::size_t i = 0; i < n_blocks; ++i)
                self.blocks.push_back(detail::copy_block(blocks[i], self.storage));
            return DOSSIER_OK;
        }
    };
    std::unique_ptr<Record> record_;
};

/// One document with every kind of block, every kind of cell, every style, and texts that formats stumble
/// over.
inline Document everything() {
    Document document;
    document.begin("Is ketamine addictive? A \"summary\" & more", "2026-11-22");
    document.begin_section("everything");
    auto& out = document.out();
    out.heading(1, "Everything there is", "everything-there-is");
    out.paragraph(Text("Plain, ") + emphasis("emphasis") + ", " + strong("strong") + ", " + code("code") + ", " +
                  Text{DOSSIER_EMPHASIS | DOSSIER_STRONG, "both", {}} + ", " + link("a link inside", "#all-cells") +
                  " and " + link("one outside", "https://example.org/a?b=c&d=(e)") + ".");
    out.paragraph("Précis: α ≥ 0.05 – “quoted”, 中文, עברית, 😀, <b>not bold</b>, *not emphasis*, a|b, c\\d.");
    out.callout(DOSSIER_CALLOUT_INFO, "For your information", "Nothing is wrong.");
    out.callout(DOSSIER_CALLOUT_WARNING, "Careful", Text("One article was ") + strong("cut off") + ".");
    out.callout(DOSSIER_CALLOUT_FAILURE, "A report failed", "The plugin crashed.");
    out.heading(2, "Lists", "lists");
    out.list({"first", Text("second, ") + emphasis("leaning"), "third"});
    out.list({"one", "two"}, true);
    out.heading(2, "A table", "a-table");
    {
        auto table = out.table(
            "All kinds of cells",
            {Column::text("claim", "Claim", "what is claimed"),
             Column::integer("articles", "Articles", "how many articles"),
             Column::real("effect", "Effect", 2, "an odds ratio; empty: none reported"),
             Column::percent("share", "Share", 0, "of informative sources"), Column::date("published", "Published"),
             Column::link("source", "Source"), Column::stance("stance", "Stance"),
             Column::interval("ci", "95 % interval", 2), Column::quote("quote", "Quote")},
            "all-cells");
        table.row("ketamine is addictive", 3, 1.0 / 3.0, 0.375, "2026-11", Cell("Example").to("https://example.org/x"),
                  Cell("supports").to("#q-1"), Cell::interval(0.25, 0.95), Cell("It can be habit forming.").to("#q-1"));
        table.cells_row(
            {"=1+1 | \"pipes\", commas\nand lines", -2, -0.125, 0.0, "2026", Cell(), "not_assessable", Cell(), Cell()},
            "second-row");
        table.row("", Cell(), Cell(), Cell(), Cell(), Cell(), Cell(), Cell(), Cell());
    }
    out.stacked_bars("Sources per claim", "bars", "Two sources support the first claim, one refutes the second.",
                     {"first claim", "second claim"}, {"supports", "refutes"},
                     {2.0, 0.0, std::numeric_limits<double>::quiet_NaN(), 1.0});
    out.page_break();
    out.heading(2, "Quotes", "quotes");
    Quoted quoted;
    quoted.text = "It can be habit forming.";
    quoted.article_id = "001";
    quoted.path = "articles/001 first.txt";
    quoted.url = "https://example.org/first";
    quoted.byte_begin = 1024, quoted.byte_end = 1048, quoted.line = 17, quoted.page = 3;
    quoted.anchor = "q-1";
    quoted.back = "#all-cells";
    quoted.comment = "decided by: habit forming";
    quoted.stance = "supports";
    out.quote(quoted);
    Quoted bare;
    bare.text = "No studies\nwere found.";
    bare.article_id = "002", bare.path = "articles/002.txt", bare.byte_begin = 5, bare.byte_end = 27, bare.line = 2;
    out.quote(bare);
    out.note(Text("Sources are counted once; see ") + link("the table", "#a-table") + ".", "note-1");
    document.end_section().end();
    return document;
}

// ---- The plugin
// ---------------------------------------------------------------------------------------------------

/// A format in a shared library. Throws std::runtime_error if it cannot be loaded or holds no such format.
/// The library stays loaded, as it does in Dossier.
class FormatPlugin {
public:
    /// @param name  of the component; empty: the first format
    explicit FormatPlugin(std::string const& path, std::string_view name = {}) {
        auto* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) throw std::runtime_error(::dlerror());
        using Entry = dossier_plugin const* (*)(std::uint32_t, std::uint32_t);
        auto const entry = reinterpret_cast<Entry>(::dlsym(library, "dossier_plugin_entry"));
        if (entry == nullptr) throw std::runtime_error(path + " has no dossier_plugin_entry");
        auto const* const plugin = entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR);
        if (plugin == nullptr) throw std::runtime_error(path + " does not work with this host");
        for (std::size_t i = 0; i < plugin->n_components; ++i) {
            auto const& component = *plugin->components[i];
            if (component.kind != DOSSIER_COMPONENT_FORMAT) continue;
            if (name.empty() || view(component.name) == name) component_ = &component;
            if (component_ != nullptr) return;
        }
        throw std::runtime_error(path + " holds no such format");
    }
    [[nodiscard]] dossier_component const& component() const noexcept { return *component_; }

private:
    dossier_component const* component_ = nullptr;
};

// ---- Rendering
// ----------------------------------------------------------------------------------------------------

using OptionSetting = std::variant<bool, std::int64_t, double, std::string>;

struct RenderSettings {
    std::map<std::string, OptionSetting> options;  ///< the others have their defaults
    std::uint64_t fail_write_at = 0;               ///< the write that fails, from 1; 0: none does
    dossier_status write_failure = DOSSIER_NO_OUTPUT;
    bool cancelled = false;            ///< what dossier_host.cancelled says
    std::size_t batch = 1;             ///< blocks per call; 0: all in one
    std::uint32_t random_batches = 0;  ///< not 0: batches of random size from this seed
    std::size_t extra = 0;             ///< bytes that growing structs are longer by than this header knows
};

struct Rendering {
    dossier_status status = DOSSIER_OK;        ///< the first one that was not DOSSIER_OK
    std::map<std::string, std::string> files;  ///< by name; "" is the only file of a format that begins none
    std::vector<std::string> file_order;       ///< names in the order in which they were begun
    std::vector<std::string> errors;           ///< sentences given to dossier_host.error
    std::vector<std::string> log;
    std::vector<std::string> misuse;  ///< what the format did that the ABI forbids; must be empty
    std::uint64_t n_writes = 0;
    std::size_t n_blocks_taken = 0;  ///< blocks of the batches that were accepted
    /// The bytes of the only file; throws std::out_of_range where there is another number of files.
    [[nodiscard]] std::string const& only_file() const {
        if (files.size() != 1) throw std::out_of_range("there are " + std::to_string(files.size()) + " files");
        return files.begin()->second;
    }
};

namespace detail {

inline std::string fixed(double value, int decimals) {
    char buffer[512];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr;
    return {buffer, end};
}

/// How people are shown a cell, in the manner of the host: enough for tests of formats, not its last word on
/// symbols.
inline std::string shown(dossier_column const& column, dossier_cell const& cell) {
    static std::map<std::string_view, std::string_view> const stances = {
        {"supports", "▲ supports"}, {"refutes", "▼ refutes"}, {"mixed", "◆ mixed"},
        {"neutral", "○ neutral"},   {"silent", "– silent"},   {"not_assessable", "? not assessable"}};
    switch (cell.kind) {
        case DOSSIER_CELL_INTEGER: return std::to_string(cell.integer);
        case DOSSIER_CELL_REAL: return fixed(cell.real, column.decimals);
        case DOSSIER_CELL_PERCENT: return fixed(100.0 * cell.real, column.decimals) + " %";
        case DOSSIER_CELL_INTERVAL:
            return fixed(cell.low, column.decimals) + " to " + fixed(cell.high, column.decimals);
        case DOSSIER_CELL_STANCE: {
            auto const known = stances.find(view(cell.text));
            return std::string(known == stances.end() ? view(cell.text) : known->second);
        }
        case DOSSIER_CELL_TEXT:
        case DOSSIER_CELL_DATE:
        case DOSSIER_CELL_LINK:
        case DOSSIER_CELL_QUOTE: return std::string(view(cell.text));
        default: return {};
    }
}

inline bool is_file_name(std::string_view name) {
    auto const is_alnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && is_alnum(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return is_alnum(c) || c == '.' || c == '_' || c == '-';
    });
}

/// A host for one rendering.
class FakeHost {
public:
    FakeHost(dossier_component const& component, RenderSettings const& settings, Rendering& rendering)
        : several_files_(component.several_files != 0), settings_(settings), rendering_(rendering) {
        table_.size = sizeof table_;
        table_.abi_major = DOSSIER_ABI_MAJOR;
        table_.abi_minor = DOSSIER_ABI_MINOR;
        table_.context = this;
        table_.query = [](void*, dossier_text, dossier_value const*, std::size_t, dossier_rows** rows) {
            *rows = nullptr;
            return dossier_status{DOSSIER_BAD_QUERY};
        };
        table_.next_row = [](void*, dossier_rows*, dossier_value const**, std::size_t*) {
            return dossier_status{DOSSIER_BAD_QUERY};
        };
        table_.close_rows = [](void*, dossier_rows*) {};
        table_.format_value = [](void* self, dossier_column const* column, dossier_cell const* cell,
                                 dossier_text* text) {
            return static_cast<FakeHost*>(self)->format_value(*column, *cell, *text);
        };
        table_.write = [](void* self, void const* bytes, std::size_t size) {
            return static_cast<FakeHost*>(self)->write(static_cast<char const*>(bytes), size);
        };
        table_.begin_file = [](void* self, dossier_text name) {
            return static_cast<FakeHost*>(self)->begin_file(std::string(view(name)));
        };
        table_.error = [](void* self, dossier_status, dossier_text message, dossier_text) {
            static_cast<FakeHost*>(self)->rendering_.errors.emplace_back(view(message));
        };
        table_.log = [](void* self, std::uint32_t, dossier_text message) {
            static_cast<FakeHost*>(self)->rendering_.log.emplace_back(view(message));
        };
        table_.cancelled = [](void* self) -> std::int32_t {
            return static_cast<FakeHost*>(self)->settings_.cancelled ? 1 : 0;
        };
    }
    FakeHost(FakeHost const&) = delete;
    FakeHost& operator=(FakeHost const&) = delete;
    [[nodiscard]] dossier_host const& table() const noexcept { return table_; }
    void misused(std::string what) { rendering_.misuse.push_back(std::move(what)); }

private:
    dossier_status format_value(dossier_column const& column, dossier_cell const& cell, dossier_text& text) {
        // A new heap block each time: what was shown before is gone, as the ABI says.
        shown_ = std::make_unique<Storage>();
        text = shown_->text(as_text(shown(column, cell)));
        return DOSSIER_OK;
    }
    dossier_status write(char const* bytes, std::size_t size) {
        if (failed_) misused("write after a failed write");
        if (several_files_ && !begun_) misused("write before begin_file in a format of several files");
        if (++rendering_.n_writes == settings_.fail_write_at) {
            failed_ = true;
            return settings_.write_failure;
        }
        written_ = true;
        rendering_.files[file_].append(bytes, size);
        return DOSSIER_OK;
    }
    dossier_status begin_file(std::string name) {
        if (failed_) misused("begin_file after a failed write");
        if (!several_files_) misused("begin_file in a format of one file");
        if (written_ && !begun_) misused("begin_file after the first write");
        if (!is_file_name(name)) misused("not a file name: " + name);
        if (!rendering_.files.try_emplace(name).second) misused("begun twice: " + name);
        rendering_.file_order.push_back(name);
        file_ = std::move(name);
        begun_ = true;
        return DOSSIER_OK;
    }
    bool several_files_;
    RenderSettings const& settings_;
    Rendering& rendering_;
    dossier_host table_{};
    std::unique_ptr<Storage> shown_;
    std::string file_;
    bool begun_ = false, written_ = false, failed_ = false;
};

inline dossier_value value_of(dossier_option const& option, std::map<std::string, OptionSetting> const& settings) {
    auto value = option.default_value;
    auto const set = settings.find(std::string(view(option.key)));
    if (set == settings.end()) return value;
    std::visit(
        [&](auto const& chosen) {
            using Type = std::decay_t<decltype(chosen)>;
            if constexpr (std::is_same_v<Type, bool>)
                value.type = DOSSIER_BOOLEAN, value.boolean = chosen ? 1 : 0;
            else if constexpr (std::is_same_v<Type, std::int64_t>)
                value.type = DOSSIER_INTEGER, value.integer = chosen;
            else if constexpr (std::is_same_v<Type, double>)
                value.type = DOSSIER_REAL, value.real = chosen;
            else
                value.type = DOSSIER_TEXT, value.text = as_text(chosen);
        },
        set->second);
    if (value.type != option.type) throw std::invalid_argument(set->first + " is an option of another type");
    return value;
}

/// The declared options with their values, as the host hands them over.
inline std::vector<dossier_option_value> values_of(dossier_component const& component, RenderSettings const& settings) {
    std::vector<dossier_option_value> values;
    auto const* next = reinterpret_cast<char const*>(component.options);
    for (std::size_t i = 0; i < component.n_options; ++i, next += component.options->size) {
        auto const& option = *reinterpret_cast<dossier_option const*>(next);
        values.push_back({sizeof(dossier_option_value), option.key, value_of(option, settings.options)});
    }
    for (auto const& set : settings.options)
        if (std::none_of(values.begin(), values.end(), [&](auto const& value) { return view(value.key) == set.first; }))
            throw std::invalid_argument("the format declares no option " + set.first);
    return values;
}

/// Hands one batch over in memory that is gone when this returns.
inline dossier_status hand_over(dossier_sink const& sink, dossier_block const* blocks, std::size_t n_blocks,
                                std::size_t extra) {
    Storage storage(extra);
    std::vector<dossier_block> batch;
    for (std::size_t i = 0; i < n_blocks; ++i)
        batch.push_back(copy_block(blocks[i], storage));
    auto const exact = std::make_unique<dossier_block[]>(n_blocks);
    std::copy(batch.begin(), batch.end(), exact.get());
    return sink.blocks(sink.context, exact.get(), n_blocks);
}

inline void feed(dossier_sink const& sink, Document const& document, RenderSettings const& settings,
                 Rendering& rendering) {
    auto const& blocks = document.blocks();
    std::mt19937 random(settings.random_batches);
    for (std::size_t done = 0; done < blocks.size();) {
        auto const wanted = settings.random_batches != 0 ? random() % 7
                            : settings.batch != 0        ? settings.batch
                                                         : blocks.size();
        auto const size = std::min<std::size_t>(wanted, blocks.size() - done);  // a batch may be empty
        rendering.status = hand_over(sink, blocks.data() + done, size, settings.extra);
        if (rendering.status != DOSSIER_OK) return;
        done += size;
        rendering.n_blocks_taken = done;
    }
}

}  // namespace detail

/// Renders a document: create, open, blocks, destroy, as the worker does it.
inline Rendering render(FormatPlugin const& plugin, Document const& document, RenderSettings const& settings = {}) {
    Rendering rendering;
    auto const& component = plugin.component();
    detail::FakeHost host(component, settings, rendering);
    void* instance = nullptr;
    {
        auto const values = detail::values_of(component, settings);
        rendering.status = component.create(&host.table(), values.data(), values.size(), &instance);
    }
    if (rendering.status != DOSSIER_OK) return rendering;
    dossier_sink sink{sizeof sink, nullptr, nullptr};
    rendering.status = component.open(instance, &host.table(), &sink);
    if (rendering.status == DOSSIER_OK && sink.blocks == nullptr) host.misused("open gave no function for blocks");
    if (rendering.status == DOSSIER_OK && sink.blocks != nullptr) detail::feed(sink, document, settings, rendering);
    component.destroy(instance);
    return rendering;
}

}  // namespace dossier::test
