// Documents made by chance read back as they were said, and are valid by the published schema.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/json/json_documents.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using namespace dossier::test;
using nlohmann::json;

/// Says blocks as they come, and what should be read back.
class RandomDocument {
public:
    explicit RandomDocument(std::uint32_t seed) : random_(seed), texts_(own_hostile_texts()) {
        document.begin(text(), "2026-11-22").begin_section("report");
        flow(4 + at_most(20), 0);
        document.end_section().end();
        expected = std::move(open_);
    }
    Document document;
    json expected;

private:
    std::size_t at_most(std::size_t n) { return random_() % (n + 1); }
    std::string text() { return texts_[at_most(texts_.size() - 1)]; }
    double number() {
        for (;;)
            if (auto const value = std::bit_cast<double>((std::uint64_t{random_()} << 32) | random_());
                std::isfinite(value))
                return value;
    }
    void flow(std::size_t n_blocks, int depth) {
        for (std::size_t i = 0; i < n_blocks; ++i)
            block(depth);
    }
    void block(int depth) {
        switch (at_most(depth < 5 ? 6 : 5)) {
            case 0: return heading();
            case 1: return paragraph();
            case 2: return quote();
            case 3: return table();
            case 4: return chart();
            case 5:
                document.out().page_break();
                open_.push_back({{"kind", "page_break"}});
                return;
            default: return list(depth);
        }
    }
    void heading() {
        auto const title = text();
        auto const level = 1 + at_most(5);
        document.out().heading(static_cast<std::uint32_t>(level), title);
        open_.push_back({{"kind", "heading"}, {"level", level}, {"text", faithful(title)}});
    }
    void paragraph() {
        dossier::Text said;
        auto runs = json::array();
        for (auto n = at_most(4); n > 0; --n) {
            auto const style = static_cast<std::uint32_t>(at_most(7));
            auto const words = text();
            said += dossier::Text(style, words, {});
            json run{{"text", faithful(words)}};
            if ((style & DOSSIER_EMPHASIS) != 0) run["emphasis"] = true;
            if ((style & DOSSIER_STRONG) != 0) run["strong"] = true;
            if ((style & DOSSIER_CODE) != 0) run["code"] = true;
            runs.push_back(run);
        }
        document.out().paragraph(said);
        open_.push_back({{"kind", "paragraph"}, {"runs", runs}});
    }
    void quote() {
        dossier::Quoted quoted;
        quoted.text = text(), quoted.article_id = text(), quoted.path = text(), quoted.comment = text();
        quoted.byte_begin = static_cast<std::int64_t>(random_()), quoted.byte_end = quoted.byte_begin + 7;
        quoted.line = static_cast<std::int64_t>(at_most(9)), quoted.page = static_cast<std::int64_t>(at_most(2));
        document.out().quote(quoted);
        json locator{{"article_id", faithful(quoted.article_id)},
                     {"path", faithful(quoted.path)},
                     {"byte_begin", quoted.byte_begin},
                     {"byte_end", quoted.byte_end},
                     {"line", quoted.line}};
        if (quoted.page != 0) locator["page"] = quoted.page;
        json said{{"kind", "quote"}, {"text", faithful(quoted.text)}, {"locator", locator}};
        if (!quoted.comment.empty()) said["comment"] = faithful(quoted.comment);
        open_.push_back(said);
    }
    void table() {
        auto const title = text();
        auto rows = json::array();
        {
            auto out = document.out().table(
                title, {Column::text("t", "T"), Column::integer("i", "I"), Column::interval("v", "V", 3)}, "table");
            for (auto n = at_most(6); n > 0; --n) {
                auto const words = text();
                auto const whole = static_cast<std::int64_t>((std::uint64_t{random_()} << 32) | random_());
                auto const low = number(), high = number();
                out.row(words, whole, Cell::interval(low, high));
                rows.push_back({{"cells",
                                 {{"t", {{"value", faithful(words)}}},
                                  {"i", {{"value", whole}}},
                                  {"v", {{"value", {{"low", low}, {"high", high}}}}}}}});
            }
        }
        auto const columns =
            json::parse(R"~([{"key":"t","title":"T","kind":"text"},{"key":"i","title":"I","kind":"integer"},
                                            {"key":"v","title":"V","kind":"interval","decimals":3}])~");
        open_.push_back({{"kind", "table"},
                         {"anchor", "table"},
                         {"caption", faithful(title)},
                         {"columns", columns},
                         {"rows", rows}});
    }
    void chart() {
        auto said = chart_of(DOSSIER_CHART_BUBBLE);
        auto values = json::array();
        said.series = {"a", "b"};
        for (auto n = at_most(5); n > 0; --n) {
            said.categories.push_back("c");
            auto const a = number(), b = number();
            said.values.push_back(a), said.values.push_back(b);
            values.push_back({a, b});
        }
        document.out().chart(said);
        open_.push_back({{"kind", "chart"},
                         {"chart", "bubble"},
                         {"title", "Title"},
                         {"alternative", "In words."},
                         {"anchor", "chart"},
                         {"scale", "linear"},
                         {"categories", said.categories},
                         {"series", said.series},
                         {"values", values}});
    }
    void list(int depth) {
        auto const outside = std::exchange(open_, json::array());
        auto items = json::array();
        dossier_list const content{sizeof content, 1};
        document.say(DOSSIER_LIST_BEGIN, &content);
        for (auto n = at_most(3); n > 0; --n) {
            document.say(DOSSIER_ITEM_BEGIN, nullptr);
            flow(at_most(3), depth + 1);
            document.say(DOSSIER_ITEM_END, nullptr);
            items.push_back(std::exchange(open_, json::array()));
        }
        document.say(DOSSIER_LIST_END, nullptr);
        open_ = outside;
        open_.push_back({{"kind", "list"}, {"ordered", true}, {"items", items}});
    }

    std::mt19937 random_;
    std::vector<std::string> texts_;
    json open_ = json::array();
};

TEST(JsonByChance, DocumentsReadBackAsSaidAndAreValid) {
    std::vector<std::string> documents;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        RandomDocument const made(seed);
        auto settings = without_views();
        settings.options["shown"] = false;
        settings.random_batches = seed;
        settings.options["pretty"] = seed % 2 == 0;
        documents.push_back(written(made.document, settings));
        EXPECT_EQ(json::parse(documents.back()).at("sections").at(0).at("blocks"), made.expected) << seed;
    }
    if (!has_validator()) GTEST_SKIP() << "python3 with jsonschema is not installed; nothing was validated";
    documents.push_back(written(everything()));
    EXPECT_EQ(mistakes_in_texts(documents), "");
}

}  // namespace
