// A table of a million rows goes through in the memory of one row.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "formats/json/json_documents.hpp"
#include "support/sanitized.hpp"

namespace {

using namespace dossier::test;
using dossier::as_text;

/// A host that counts what is written and keeps nothing.
class CountingHost {
public:
    CountingHost() {
        table_.size = sizeof table_, table_.abi_major = DOSSIER_ABI_MAJOR, table_.abi_minor = DOSSIER_ABI_MINOR;
        table_.context = this;
        table_.format_value = [](void*, dossier_column const*, dossier_cell const*, dossier_text* shown) {
            *shown = as_text("0.33");
            return dossier_status{DOSSIER_OK};
        };
        table_.write = [](void* self, void const*, std::size_t size) {
            static_cast<CountingHost*>(self)->n_bytes += size;
            return dossier_status{DOSSIER_OK};
        };
        table_.error = [](void*, dossier_status, dossier_text, dossier_text) {};
        table_.log = [](void*, std::uint32_t, dossier_text) {};
        table_.cancelled = [](void*) -> std::int32_t { return 0; };
    }
    [[nodiscard]] dossier_host const& table() const noexcept { return table_; }
    std::uint64_t n_bytes = 0;

private:
    dossier_host table_{};
};

/// Most memory this process had at once since the last call of forget_peak(), in KiB.
std::uint64_t peak_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmHWM:") {
            std::uint64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes;
        }
    return 0;
}
bool forget_peak() {
    std::ofstream file("/proc/self/clear_refs");
    file << "5";
    return static_cast<bool>(file.flush());
}

/// Says a document of one table with `n_rows` rows of six cells.
void say_long_table(dossier_sink const& sink, std::uint64_t n_rows) {
    auto const say = [&](std::uint32_t kind, void const* content) {
        dossier_block const block{kind, 0, content};
        ASSERT_EQ(sink.blocks(sink.context, &block, 1), DOSSIER_OK);
    };
    dossier_document const document{
        sizeof document, as_text("Long"), as_text("2026-11-22"), as_text("en"), as_text("Dossier 1.0.0"), nullptr, 0};
    dossier_section const section{sizeof section, as_text("report"), as_text("report")};
    std::vector<dossier_column> columns;
    for (auto const kind : {DOSSIER_CELL_TEXT, DOSSIER_CELL_INTEGER, DOSSIER_CELL_REAL, DOSSIER_CELL_STANCE,
                            DOSSIER_CELL_INTERVAL, DOSSIER_CELL_LINK}) {
        static constexpr char const* keys[] = {"a", "b", "c", "d", "e", "f"};
        columns.push_back({sizeof(dossier_column),
                           as_text(keys[columns.size()]),
                           as_text("Title"),
                           static_cast<std::uint32_t>(kind),
                           2,
                           {},
                           0,
                           0});
    }
    dossier_table const table{sizeof table, as_text("Long"), as_text("long"), columns.data(), columns.size()};
    say(DOSSIER_DOCUMENT_BEGIN, &document), say(DOSSIER_SECTION_BEGIN, &section), say(DOSSIER_TABLE_BEGIN, &table);
    std::vector<dossier_cell> cells(columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i].kind = columns[i].kind;
    cells[0].text = as_text("a claim about a subject, forty characters"), cells[3].text = as_text("supports");
    cells[5].text = as_text("Example"), cells[5].target = as_text("https://example.org/x");
    for (std::uint64_t i = 0; i < n_rows; ++i) {
        cells[1].integer = static_cast<std::int64_t>(i), cells[2].real = static_cast<double>(i) / 3.0;
        cells[4].low = 0.25, cells[4].high = cells[2].real;
        dossier_row const row{sizeof row, cells.data(), cells.size(), {}};
        say(DOSSIER_ROW, &row);
    }
    say(DOSSIER_TABLE_END, nullptr), say(DOSSIER_SECTION_END, nullptr), say(DOSSIER_DOCUMENT_END, nullptr);
}

TEST(JsonStream, AMillionRowsNeedNoMoreMemoryThanOne) {
    bool const is_long = std::string(std::getenv("DOSSIER_LONG") == nullptr ? "0" : std::getenv("DOSSIER_LONG")) == "1";
    std::uint64_t const n_rows = is_long ? 1'000'000 : 100'000;
    CountingHost host;
    auto const& component = json_format().component();
    auto const settings = without_views();
    auto const values = detail::values_of(component, settings);
    void* instance = nullptr;
    ASSERT_EQ(component.create(&host.table(), values.data(), values.size(), &instance), DOSSIER_OK);
    dossier_sink sink{sizeof sink, nullptr, nullptr};
    ASSERT_EQ(component.open(instance, &host.table(), &sink), DOSSIER_OK);
    bool const measured = forget_peak() && !sanitized;
    auto const before = peak_kilobytes();
    auto const begun = std::chrono::steady_clock::now();
    say_long_table(sink, n_rows);
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begun;
    auto const grown = peak_kilobytes() - before;
    component.destroy(instance);
    std::cout << n_rows << " rows of 6 cells: " << seconds.count() << " s, " << host.n_bytes / 1'000'000 << " MB, peak "
              << grown << " KiB above the start\n";
    EXPECT_GT(host.n_bytes, n_rows * 200);
    if (measured) {
        EXPECT_LT(grown, 2048u);
    }
}

}  // namespace
