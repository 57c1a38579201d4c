// The plugins of examples/04-a-plugin at work: the format on a document, the report on a small analysis.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/format_harness.hpp"

struct dossier_rows {
    std::vector<std::vector<std::string>> lines;  // numbers as text; "" is NULL
    std::size_t next = 0;
    std::vector<dossier_value> values;
};

namespace {

using namespace dossier::test;
using testing::ElementsAre;

TEST(ExampleFormat, WritesHeadingsIndented) {
    auto const rendering = render(FormatPlugin(OUTLINE_PLUGIN, "outline"), everything());
    EXPECT_EQ(rendering.status, DOSSIER_OK);
    EXPECT_EQ(rendering.only_file(), "Everything there is\n  Lists\n  A table\n  Quotes\n");
}

TEST(ExampleFormat, TakesItsOptionAndStopsWhenTheHostDoes) {
    RenderSettings settings;
    settings.options["indent"] = std::int64_t{0};
    FormatPlugin const outline(OUTLINE_PLUGIN, "outline");
    EXPECT_EQ(render(outline, everything(), settings).only_file(), "Everything there is\nLists\nA table\nQuotes\n");
    settings.fail_write_at = 3;
    auto const rendering = render(outline, everything(), settings);
    EXPECT_EQ(rendering.status, DOSSIER_NO_OUTPUT);
    EXPECT_EQ(rendering.n_writes, 3u);
    EXPECT_THAT(rendering.misuse, testing::IsEmpty());
}

/// One claim with two supporting sources and a quote, another with three.
class SmallAnalysis {
public:
    SmallAnalysis() {
        host_.size = sizeof host_;
        host_.abi_major = DOSSIER_ABI_MAJOR;
        host_.context = this;
        host_.query = [](void*, dossier_text sql, dossier_value const*, std::size_t, dossier_rows** rows) {
            *rows = new dossier_rows{answer(dossier::view(sql)), 0, {}};
            return dossier_status{DOSSIER_OK};
        };
        host_.next_row = [](void*, dossier_rows* rows, dossier_value const** values, std::size_t* n_values) {
            if (rows->next == rows->lines.size()) return dossier_status{DOSSIER_DONE};
            rows->values.clear();
            for (auto const& text : rows->lines[rows->next++])
                rows->values.push_back(value_of(text));
            *values = rows->values.data();
            *n_values = rows->values.size();
            return dossier_status{DOSSIER_OK};
        };
        host_.close_rows = [](void*, dossier_rows* rows) { delete rows; };
        host_.error = [](void* self, dossier_status, dossier_text message, dossier_text) {
            static_cast<SmallAnalysis*>(self)->error = dossier::view(message);
        };
    }
    [[nodiscard]] dossier_host const& host() const noexcept { return host_; }
    std::string error;

private:
    static dossier_value value_of(std::string const& text) {
        dossier_value value{};
        bool const number = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
        value.type = text.empty()                          ? DOSSIER_NULL
                     : !number                             ? DOSSIER_TEXT
                     : text.find('.') == std::string::npos ? DOSSIER_INTEGER
                                                           : DOSSIER_REAL;
        if (number) value.integer = std::stoll(text), value.real = std::stod(text);
        value.text = dossier::as_text(text);
        return value;
    }
    /// Columns as the C++ layer asks for them.
    static std::vector<std::vector<std::string>> answer(std::string_view sql) {
        if (sql.find("FROM consensus") != std::string_view::npos)
            return {consensus("thin", "Thin claim", "2"), consensus("thick", "Thick claim", "3")};
        return {{"e1", "thin", "a1", "supports", "0.9", "0", "asserted", "", "It is so.", "10", "19", "2", "3", "cue",
                 "a.txt", "", "direct", "engine", ""}};
    }
    static std::vector<std::string> consensus(std::string const& id, std::string const& statement,
                                              std::string const& supports) {
        std::vector<std::string> row(40);
        row[0] = id, row[2] = statement, row[6] = supports, row[12] = "1.0";
        return row;
    }
    dossier_host host_{};
};

std::vector<std::uint32_t> kinds_of(Document const& document) {
    std::vector<std::uint32_t> kinds;
    for (auto const& block : document.blocks())
        kinds.push_back(block.kind);
    return kinds;
}

TEST(ExampleReport, ShowsClaimsOnThinEvidenceWithTheirQuotes) {
    auto* const library = ::dlopen(THIN_EVIDENCE_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << ::dlerror();
    auto const entry = reinterpret_cast<decltype(&dossier_plugin_entry)>(::dlsym(library, "dossier_plugin_entry"));
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry(DOSSIER_ABI_MAJOR + 1, 0), nullptr);
    auto const& report = *entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR)->components[0];
    EXPECT_EQ(dossier::view(report.name), "thin-evidence");
    SmallAnalysis const analysis;
    auto const values = dossier::test::detail::values_of(report, {});
    void* instance = nullptr;
    ASSERT_EQ(report.create(&analysis.host(), values.data(), values.size(), &instance), DOSSIER_OK);
    Document document;
    EXPECT_EQ(report.run(instance, &analysis.host(), &document.sink()), DOSSIER_OK) << analysis.error;
    report.destroy(instance);
    EXPECT_THAT(kinds_of(document), ElementsAre(DOSSIER_HEADING, DOSSIER_TABLE_BEGIN, DOSSIER_ROW, DOSSIER_TABLE_END,
                                                DOSSIER_HEADING, DOSSIER_QUOTE));
    auto const& quote = *static_cast<dossier_quote const*>(document.blocks().back().content);
    EXPECT_EQ(dossier::view(quote.text), "It is so.");
    EXPECT_EQ(dossier::view(quote.back), "#claims");
    EXPECT_EQ(quote.locator.line, 2u);
    EXPECT_EQ(quote.locator.page, 3u);
}

}  // namespace
