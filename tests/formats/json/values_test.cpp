// Numbers and texts: every double to the last bit, every text as it was, and nothing raw in the file that could mislead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/json/json_documents.hpp"
#include "shared/clean_text.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::test;
using nlohmann::json;
using testing::HasSubstr;

// ---- Numbers

TEST(JsonValues, DoublesReadBackBitByBitAndStayReals) {
    std::vector<double> values{0.0,
                               -0.0,
                               0.1,
                               1.0 / 3.0,
                               1.0,
                               -7.0,
                               1e15,
                               1e16,
                               1e300,
                               5e-324,
                               1.7976931348623157e308,
                               2.0 / 7.0,
                               9007199254740993.0};
    std::mt19937_64 random(20261122);
    while (values.size() < 5000) {
        auto const value = std::bit_cast<double>(random());
        if (std::isfinite(value)) values.push_back(value);
    }
    auto const document = document_with([&](auto& out) {
        auto table = out.table("t", {Column::real("x", "X", 1)}, "t");
        for (auto const value : values)
            table.row(value);
    });
    auto const rows = blocks_of(read(document), "table").at(0).at("rows");
    ASSERT_EQ(rows.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& value = rows.at(i).at("cells").at("x").at("value");
        ASSERT_TRUE(value.is_number_float()) << value;
        EXPECT_EQ(std::bit_cast<std::uint64_t>(value.get<double>()), std::bit_cast<std::uint64_t>(values[i])) << value;
    }
}

TEST(JsonValues, IntegersKeepAllTheirDigits) {
    auto const text = written(document_with([](auto& out) {
        out.table("t", {Column::integer("x", "X"), Column::integer("y", "Y")}, "t")
            .row(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    }));
    EXPECT_THAT(text, HasSubstr(R"~("x":{"value":-9223372036854775808},"y":{"value":9223372036854775807})~"));
}

TEST(JsonValues, WhatIsNoNumberIsNull) {
    dossier_column const columns[] = {
        {sizeof(dossier_column), dossier::as_text("x"), {}, DOSSIER_CELL_REAL, 1, {}, 0, 0},
        {sizeof(dossier_column), dossier::as_text("y"), {}, DOSSIER_CELL_INTERVAL, 1, {}, 0, 0}};
    dossier_table const table{sizeof table, {}, dossier::as_text("t"), columns, 2};
    dossier_cell cells[2] = {};
    cells[0].kind = DOSSIER_CELL_REAL, cells[0].real = std::numeric_limits<double>::infinity();
    cells[1].kind = DOSSIER_CELL_INTERVAL, cells[1].low = std::numeric_limits<double>::quiet_NaN(), cells[1].high = 2.0;
    dossier_row const row{sizeof row, cells, 2, {}};
    auto const document = document_with([&](auto& out) {
        out.say(DOSSIER_TABLE_BEGIN, &table), out.say(DOSSIER_ROW, &row), out.say(DOSSIER_TABLE_END, nullptr);
    });
    auto const said = blocks_of(read(document), "table").at(0).at("rows").at(0).at("cells");
    EXPECT_EQ(said.at("x").at("value"), nullptr);
    EXPECT_EQ(said.at("y").at("value"), json::parse(R"~({"low":null,"high":2.0})~"));
}

// ---- Texts

Document document_of(std::vector<std::string> const& texts) {
    return document_with([&](auto& out) {
        auto table = out.table("Texts", {Column::text("text", "Text")}, "texts");
        for (auto const& text : texts)
            table.row(text);
    });
}

std::vector<std::string> all_hostile_texts() {
    auto texts = hostile_texts();
    for (auto const& payload : formula_payloads())
        texts.push_back(payload);
    texts.push_back(std::string("nul\0inside", 10));
    texts.push_back(
        "\u202Eoverride\u202C \u2066isolate\u2069 \u200Emark \uFEFF \u2028 \u2029 \u0085 \x7F \u061C \u00AD");
    texts.push_back("\uFDD0 \uFFFE \U0001FFFF \U000E0041 \U0010FFFF");
    texts.push_back("\xC3 \xED\xA0\x80 \xF5 \xC0\x80 cut \xE2\x82");
    for (char32_t value = 0; value < 0x3100; ++value) {  // each character there is in these blocks
        std::string text;
        if (value < 0x80)
            text += static_cast<char>(value);
        else if (value < 0x800)
            text += static_cast<char>(0xC0 | value >> 6), text += static_cast<char>(0x80 | (value & 0x3F));
        else
            text += static_cast<char>(0xE0 | value >> 12), text += static_cast<char>(0x80 | (value >> 6 & 0x3F)),
                text += static_cast<char>(0x80 | (value & 0x3F));
        texts.push_back(text);
    }
    return texts;
}

TEST(JsonValues, TextsReadBackAsTheyWereWhateverTheyAre) {
    auto const texts = all_hostile_texts();
    auto const rows = blocks_of(read(document_of(texts)), "table").at(0).at("rows");
    ASSERT_EQ(rows.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        EXPECT_EQ(rows.at(i).at("cells").at("text").at("value").get<std::string>(), faithful(texts[i])) << i;
}

TEST(JsonValues, NoControlNoOverrideNoTagStandsRawInTheFile) {
    for (bool const pretty : {false, true}) {
        auto settings = without_views();
        settings.options["pretty"] = pretty;
        auto const text = written(document_of(all_hostile_texts()), settings);
        EXPECT_EQ(text.find('<'), std::string::npos);
        EXPECT_EQ(dossier::formats::clean_text(text), text);
        for (std::size_t offset = 0; offset < text.size();) {
            auto const point = dossier::formats::code_point_at(text, offset);
            ASSERT_TRUE(point.value >= 0x20 || point.value == '\n') << offset;
            auto const raw = point.value;
            bool const misleads = raw == 0x2028 || raw == 0x2029 || raw == 0xFEFF || raw == 0x200B || raw == 0x200E ||
                                  raw == 0x200F || raw == 0x061C || (raw >= 0xFDD0 && raw <= 0xFDEF) ||
                                  (raw & 0xFFFE) == 0xFFFE;
            ASSERT_FALSE(misleads) << std::hex << static_cast<std::uint32_t>(raw);
            offset += point.size;
        }
    }
}

TEST(JsonValues, LeavesTheScriptsOfTheWorldReadable) {
    auto const text = written(document_of({"α ≥ 0.05, 中文, עברית, 😀, می\u200Cخواهم"}));
    EXPECT_THAT(text, HasSubstr("α ≥ 0.05, 中文, עברית, 😀, می\u200Cخواهم"));
}

}  // namespace
