// The published schema says of the views what the database says; format_json with DOSSIER_ACCEPT=1 in its environment
// writes that part anew. And it can fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/store/schema.hpp"
#include "formats/json/json_documents.hpp"
#include "json/views.hpp"

namespace {

using namespace dossier::test;
using testing::HasSubstr;
using testing::IsEmpty;
using OrderedJson = nlohmann::ordered_json;

OrderedJson published_schema() {
    std::ifstream file(schema_file());
    return OrderedJson::parse(file);
}

std::optional<double> number(std::string_view text) {
    double value = 0.0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end + separator.size());
    }
    parts.emplace_back(text);
    return parts;
}

bool is_word(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

/// A bound as the page writes it: ">= 0", "> 0", "from 1", "0 to 1".
void add_bounds(OrderedJson& schema, std::string_view range) {
    auto const whole = [](double value) { return static_cast<std::int64_t>(value); };
    if (range.starts_with(">= "))
        schema["minimum"] = whole(*number(range.substr(3)));
    else if (range.starts_with("> "))
        schema["exclusiveMinimum"] = whole(*number(range.substr(2)));
    else if (range.starts_with("from ") && number(range.substr(5)))
        schema["minimum"] = whole(*number(range.substr(5)));
    else if (auto const ends = split(range, " to "); ends.size() == 2 && number(ends[0]) && number(ends[1]))
        schema["minimum"] = whole(*number(ends[0])), schema["maximum"] = whole(*number(ends[1]));
}

/// The only values there are, where the range is a list of them.
OrderedJson choices(std::string_view range, std::string_view type) {
    auto const values = split(range, ", ");
    auto list = OrderedJson::array();
    if (values.size() < 2) return list;
    if (type == "text" && std::all_of(values.begin(), values.end(), is_word)) return values;
    if (type != "text" && std::all_of(values.begin(), values.end(), [](auto const& value) { return number(value); }))
        for (auto const& value : values)
            list.push_back(static_cast<std::int64_t>(*number(value)));
    return list;
}

OrderedJson schema_of(dossier::ViewColumn const& column) {
    auto const& range = column.range;
    std::string const type = column.type == "text" ? "string" : column.type == "real" ? "number" : "integer";
    bool const may_be_null = !column.null_means.empty();
    auto const null_means = may_be_null ? "; null: " + std::string(column.null_means) : std::string();
    OrderedJson schema = OrderedJson::object();
    auto const in_words = range.empty() ? std::string() : "; " + std::string(range);
    schema["description"] = std::string(column.meaning) + in_words + null_means;
    if (auto list = choices(range, column.type); !list.empty()) {
        if (may_be_null) list.push_back(nullptr);
        schema["enum"] = list;
        return schema;
    }
    if (may_be_null)
        schema["type"] = {type, "null"};
    else
        schema["type"] = type;
    if (column.type != "text") add_bounds(schema, range);
    if (range == "64 hex digits") schema["pattern"] = "^[0-9a-f]{64}$";
    if (range == "ISO 8601 date") schema["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    return schema;
}

OrderedJson schema_of(dossier::View const& view) {
    OrderedJson properties, required = OrderedJson::array();
    for (auto const& column : view.columns) {
        properties[std::string(column.name)] = schema_of(column);
        required.push_back(std::string(column.name));
    }
    return {
        {"description", "A row is " + std::string(view.row_is) + "."},
        {"type", "array"},
        {"items",
         {{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}}}};
}

OrderedJson schema_of_views() {
    OrderedJson properties;
    for (auto const& view : dossier::analysis_views())
        properties[std::string(view.name)] = schema_of(view);
    return {{"description", "The views of analysis.sqlite, schema version 2; docs/analysis-database.md."},
            {"type", "object"},
            {"properties", properties},
            {"additionalProperties", false}};
}

TEST(DocumentSchema, DescribesEveryColumnOfEveryViewAsTheDatabaseDoes) {
    auto expected = published_schema();
    expected["$defs"]["views"] = schema_of_views();
    auto const text = expected.dump(2) + "\n";
    if (std::getenv("DOSSIER_ACCEPT") != nullptr) std::ofstream(schema_file(), std::ios::binary) << text;
    std::ifstream file(schema_file(), std::ios::binary);
    EXPECT_TRUE(std::string(std::istreambuf_iterator<char>(file), {}) == text)
        << "formats/json/dossier-document.schema.json is out of date; renew it with DOSSIER_ACCEPT=1";
}

TEST(JsonViews, AreThoseOfTheDatabaseWithAllTheirColumns) {
    auto const& written = dossier::formats::analysis_views();
    auto const stored = dossier::analysis_views();
    ASSERT_EQ(written.size(), stored.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
        EXPECT_EQ(written[i].name, stored[i].name);
        ASSERT_EQ(written[i].columns.size(), stored[i].columns.size()) << stored[i].name;
        for (std::size_t c = 0; c < stored[i].columns.size(); ++c) {
            EXPECT_EQ(written[i].columns[c].name, stored[i].columns[c].name) << stored[i].name;
            using dossier::formats::ColumnType;
            auto const type = stored[i].columns[c].type == "text"   ? ColumnType::text
                              : stored[i].columns[c].type == "real" ? ColumnType::real
                                                                    : ColumnType::integer;
            EXPECT_EQ(written[i].columns[c].type, type) << stored[i].name << "." << stored[i].columns[c].name;
        }
    }
}

/// Every object of the schema that lists its members admits no others.
void expect_strict(OrderedJson const& schema, std::string const& place) {
    if (schema.is_object()) {
        if (schema.contains("properties") && schema.value("type", OrderedJson()) == "object" &&
            !place.ends_with("/block")) {
            EXPECT_TRUE(schema.contains("additionalProperties")) << place;
        }
        for (auto const& [key, value] : schema.items())
            expect_strict(value, place + "/" + key);
    } else if (schema.is_array()) {
        for (auto const& value : schema)
            expect_strict(value, place);
    }
}

TEST(DocumentSchema, AdmitsNoMemberThatItDoesNotName) {
    expect_strict(published_schema(), "");
}

TEST(DocumentSchema, EveryReferenceLeadsSomewhere) {
    auto const schema = published_schema();
    std::size_t n_references = 0;
    std::function<void(OrderedJson const&)> const look = [&](OrderedJson const& part) {
        if (part.is_object() && part.contains("$ref") && part["$ref"].is_string()) {
            auto const target = part["$ref"].get<std::string>();
            ASSERT_TRUE(target.starts_with("#/$defs/")) << target;
            EXPECT_TRUE(schema["$defs"].contains(target.substr(8))) << target;
            ++n_references;
        }
        if (part.is_structured())
            for (auto const& inner : part)
                look(inner);
    };
    look(schema);
    EXPECT_GT(n_references, 30u);
}

/// Ways in which a document may be damaged: what is done to it, and what the validator has to name.
struct Damage {
    std::string what;
    std::function<void(nlohmann::json&)> done;
};

nlohmann::json& block_of_kind(nlohmann::json& document, std::string const& kind) {
    for (auto& section : document["sections"])
        for (auto& block : section["blocks"])
            if (block["kind"] == kind) return block;
    throw std::runtime_error("no block of kind " + kind);
}

TEST(DocumentSchema, FailsDamagedDocuments) {
    if (!has_validator()) GTEST_SKIP() << "python3 with jsonschema is not installed";
    auto const whole = render(json_format(), everything(), without_views()).only_file();
    ASSERT_EQ(mistakes_in_texts({whole}), "");
    std::vector<Damage> const damages{
        {"document without a date", [](auto& json) { json["document"].erase("as_of"); }},
        {"a member nobody knows", [](auto& json) { json["document"]["verdict"] = "true"; }},
        {"no sections", [](auto& json) { json.erase("sections"); }},
        {"another schema", [](auto& json) { json["$schema"] = "urn:dossier:schema:document:2"; }},
        {"a block of no kind", [](auto& json) { block_of_kind(json, "heading")["kind"] = "title"; }},
        {"a heading of level 7", [](auto& json) { block_of_kind(json, "heading")["level"] = 7; }},
        {"a run with a size", [](auto& json) { block_of_kind(json, "paragraph")["runs"][0]["size"] = 12; }},
        {"a stance that is none", [](auto& json) { block_of_kind(json, "quote")["stance"] = "likely"; }},
        {"a quote without a place", [](auto& json) { block_of_kind(json, "quote").erase("locator"); }},
        {"a page 0", [](auto& json) { block_of_kind(json, "quote")["locator"]["page"] = 0; }},
        {"a cell without a value",
         [](auto& json) { block_of_kind(json, "table")["rows"][0]["cells"]["claim"].erase("value"); }},
        {"a cell that is a list",
         [](auto& json) { block_of_kind(json, "table")["rows"][0]["cells"]["claim"]["value"] = {1}; }},
        {"decimals of text", [](auto& json) { block_of_kind(json, "table")["columns"][0]["decimals"] = 2; }},
        {"an anchor with spaces", [](auto& json) { block_of_kind(json, "table")["anchor"] = "all cells"; }},
        {"a chart of text", [](auto& json) { block_of_kind(json, "chart")["values"][0][0] = "2"; }},
        {"a tone that is none", [](auto& json) { block_of_kind(json, "callout")["tone"] = "alarm"; }},
        {"a list of texts", [](auto& json) { block_of_kind(json, "list")["items"][0] = "first"; }},
        {"views nobody knows", [](auto& json) { json["views"]["opinions"] = nlohmann::json::array(); }},
        {"a view's row without columns", [](auto& json) { json["views"]["claims"] = {nlohmann::json::object()}; }},
    };
    std::vector<std::string> documents;
    for (auto const& damage : damages) {
        auto document = nlohmann::json::parse(whole);
        damage.done(document);
        documents.push_back(document.dump());
    }
    auto const mistakes = mistakes_in_texts(documents);
    for (std::size_t i = 0; i < damages.size(); ++i)
        EXPECT_THAT(mistakes, HasSubstr("/" + std::to_string(i) + ".json: ")) << damages[i].what;
}

}  // namespace
