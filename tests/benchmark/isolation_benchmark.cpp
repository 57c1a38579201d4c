// What isolation costs: a document of so many rows (90 bytes each as blocks, 73 as CSV) through the CSV and the Markdown format,
// in this process and in a sandboxed worker, into the same files. Wall clock, for most of the cost is a process and a pipe.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dossier/plugin/assemble.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/catalogue.hpp"
#include "dossier/plugin/options.hpp"
#include "dossier/plugin/output_files.hpp"
#include "dossier/plugin/value_format.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace {

using namespace dossier;
namespace fs = std::filesystem;

dossier_text as_text(std::string const& text) {
    return {text.data(), text.size()};
}

void say(Spool& flow, std::uint32_t kind, void const* content) {
    std::string bytes;
    if (encode_block({kind, 0, content}, bytes)) std::abort();
    flow.append(bytes);
}

/// A table of rows with a sentence and two numbers.
Spool const& sample(std::int64_t n_rows) {
    static std::map<std::int64_t, Spool> samples;
    if (auto const found = samples.find(n_rows); found != samples.end()) return found->second;
    auto const make = [n_rows] {
        Spool made({});
        std::string const keys[] = {"claim", "n", "share"};
        dossier_column columns[3]{};
        std::uint32_t const kinds[] = {DOSSIER_CELL_TEXT, DOSSIER_CELL_INTEGER, DOSSIER_CELL_REAL};
        for (int i = 0; i < 3; ++i) {
            columns[i].size = sizeof columns[i];
            columns[i].key = columns[i].title = as_text(keys[i]);
            columns[i].kind = kinds[i], columns[i].decimals = kinds[i] == DOSSIER_CELL_REAL ? 2 : 0;
        }
        std::string const anchor = "rows";
        dossier_table const table{sizeof table, as_text(anchor), as_text(anchor), columns, 3};
        say(made, DOSSIER_TABLE_BEGIN, &table);
        for (std::int64_t n = 0; n < n_rows; ++n) {
            auto const words = "A lamp at night harms the sleep of one adult in " + std::to_string(n % 97) + ".";
            dossier_cell cells[3]{};
            for (int i = 0; i < 3; ++i)
                cells[i].kind = kinds[i];
            cells[0].text = as_text(words), cells[1].integer = n, cells[2].real = static_cast<double>(n) / 6000.0;
            dossier_row const row{sizeof row, cells, 3, {}};
            say(made, DOSSIER_ROW, &row);
        }
        say(made, DOSSIER_TABLE_END, nullptr);
        made.close({});
        return made;
    };
    return samples.emplace(n_rows, make()).first->second;
}

DocumentHead const head{"Lamps", "2026-11-22", "en", "Dossier"};

Catalogue const& catalogue() {
    static Catalogue const found = scan_plugins(default_plugin_folders());
    return found;
}

fs::path const target = fs::temp_directory_path() / ("dossier-benchmark-" + std::to_string(::getpid()));

/// A host that trusts its plugin.
struct TrustingHost {
    dossier_host table{};
    std::string shown;
    OutputFiles files;

    explicit TrustingHost(bool several_files) : files(target, several_files) {
        table.size = sizeof table;
        table.abi_major = DOSSIER_ABI_MAJOR, table.abi_minor = DOSSIER_ABI_MINOR;
        table.context = this;
        table.format_value = [](void* self, dossier_column const* column, dossier_cell const* cell,
                                dossier_text* text) -> dossier_status {
            auto& text_shown = static_cast<TrustingHost*>(self)->shown;
            text_shown = format_cell(*column, *cell);
            *text = as_text(text_shown);
            return DOSSIER_OK;
        };
        table.write = [](void* self, void const* bytes, std::size_t size) -> dossier_status {
            auto& made = static_cast<TrustingHost*>(self)->files;
            return made.write({static_cast<char const*>(bytes), size}) ? DOSSIER_OK : DOSSIER_NO_OUTPUT;
        };
        table.begin_file = [](void* self, dossier_text name) -> dossier_status {
            auto& made = static_cast<TrustingHost*>(self)->files;
            return made.begin_file({name.data, name.size}) ? DOSSIER_OK : DOSSIER_BAD_ARGUMENT;
        };
        table.error = [](void*, dossier_status, dossier_text, dossier_text) {};
        table.log = [](void*, std::uint32_t, dossier_text) {};
        table.cancelled = [](void*) -> std::int32_t { return 0; };
    }
};

dossier_component const& loaded(CataloguedPlugin const& plugin) {
    auto* const library = ::dlopen(plugin.path.c_str(), RTLD_NOW | RTLD_LOCAL);
    using Entry = dossier_plugin const* (*)(std::uint32_t, std::uint32_t);
    auto const entry = reinterpret_cast<Entry>(::dlsym(library, "dossier_plugin_entry"));
    return *entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)->components[0];
}

/// The declared defaults, as the ABI hands them over.
std::vector<dossier_option_value> defaults_of(dossier_component const& component) {
    std::vector<dossier_option_value> values;
    auto const* next = reinterpret_cast<char const*>(component.options);
    for (std::size_t i = 0; i < component.n_options; ++i, next += component.options->size) {
        auto const& option = *reinterpret_cast<dossier_option const*>(next);
        values.push_back({sizeof(dossier_option_value), option.key, option.default_value});
    }
    return values;
}

void in_process(benchmark::State& state, char const* format) {
    auto const& component = loaded(*catalogue().find(ComponentKind::format, format));
    auto const values = defaults_of(component);
    DocumentPart const parts[] = {{"sample", &sample(state.range(0)), ""}};
    for (auto _ : state) {
        TrustingHost host(component.several_files != 0);
        void* instance = nullptr;
        component.create(&host.table, values.data(), values.size(), &instance);
        dossier_sink sink{};
        sink.size = sizeof sink;
        component.open(instance, &host.table, &sink);
        assemble(head, parts, component.carries,
                 [&](dossier_block const& block) { sink.blocks(sink.context, &block, 1); });
        component.destroy(instance);
        if (host.files.keep().empty()) state.SkipWithError("it wrote nothing");
        state.PauseTiming();
        fs::remove_all(target);
        state.ResumeTiming();
    }
}

void in_worker(benchmark::State& state, char const* format) {
    WorkerClient const workers({});
    auto const& plugin = *catalogue().find(ComponentKind::format, format);
    auto const description = workers.describe(plugin);
    auto const& component = *description.find(ComponentKind::format, format);
    Diagnostics ignored;
    auto const options = resolve_options(component, {}, ignored);
    DocumentPart const parts[] = {{"sample", &sample(state.range(0)), ""}};
    for (auto _ : state) {
        auto const outcome = workers.run_format(plugin, component, options, head, parts, target);
        if (!outcome.ok()) state.SkipWithError(outcome.sentence.c_str());
        state.PauseTiming();
        fs::remove_all(target);
        state.ResumeTiming();
    }
}

BENCHMARK_CAPTURE(in_process, csv, "csv")
    ->Arg(100)
    ->Arg(1000)
    ->Arg(6000)
    ->Arg(14000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(in_worker, csv, "csv")
    ->Arg(100)
    ->Arg(1000)
    ->Arg(6000)
    ->Arg(14000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(in_process, markdown, "markdown")
    ->Arg(100)
    ->Arg(1000)
    ->Arg(6000)
    ->Arg(14000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(in_worker, markdown, "markdown")
    ->Arg(100)
    ->Arg(1000)
    ->Arg(6000)
    ->Arg(14000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

}  // namespace
