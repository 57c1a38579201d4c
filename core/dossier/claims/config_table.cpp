#include "dossier/claims/config_table.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/model/decimal.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

Json integer_or_real(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

/// A declared default ("\"en\"", "1.0", "[\"a\"]"): where JSON and TOML write it alike.
Json default_of(std::string_view toml) {
    return Json::parse(toml);
}

Json text_schema(ConfigType type) {
    switch (type) {
        case ConfigType::identifier:
        case ConfigType::reference: return {{"type", "string"}, {"pattern", "^[a-z0-9-]+$"}};
        case ConfigType::phrase: return {{"type", "string"}, {"minLength", 1}, {"maxLength", max_phrase_length}};
        case ConfigType::date:
            return {{"type", "string"}, {"format", "date"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
        case ConfigType::partial_date:
            return {{"type", Json::array({"string", "integer"})},
                    {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
                    {"minimum", 1000},
                    {"maximum", 9999}};
        default: return {{"type", "string"}, {"pattern", "\\S"}};
    }
}

Json list_of(Json items, bool unique) {
    Json schema = {{"type", "array"}, {"minItems", 1}, {"items", std::move(items)}};
    if (unique) schema["uniqueItems"] = true;
    return schema;
}

Json table_schema(ConfigTable const& table);

/// Any plain values, and tables of them.
Json options_schema() {
    Json const plain = Json::array({"string", "number", "boolean"});
    return {{"type", "object"},
            {"additionalProperties",
             {{"type", Json::array({"string", "number", "boolean", "object"})},
              {"additionalProperties", {{"type", plain}}}}}};
}

Json type_schema(ConfigKey const& key) {
    switch (key.type) {
        case ConfigType::integer: return {{"type", "integer"}};
        case ConfigType::number: return {{"type", "number"}};
        case ConfigType::boolean: return {{"type", "boolean"}};
        case ConfigType::texts: return list_of(text_schema(ConfigType::text), true);
        case ConfigType::arguments: return list_of(text_schema(ConfigType::text), false);
        case ConfigType::references: return list_of(text_schema(ConfigType::reference), true);
        case ConfigType::phrases: return list_of(text_schema(ConfigType::phrase), false);
        case ConfigType::paths:
        case ConfigType::globs: return list_of(text_schema(ConfigType::path), true);
        case ConfigType::table: return table_schema(*key.table);
        case ConfigType::tables: return list_of(table_schema(*key.table), false);
        case ConfigType::options: return options_schema();
        default: return text_schema(key.type);
    }
}

Json key_schema(ConfigKey const& key) {
    auto schema = type_schema(key);
    schema["description"] = key.doc;
    if (!key.allowed.empty()) {
        schema["enum"] = Json::array();
        for (auto const word : key.allowed)
            schema["enum"].push_back(word);
    }
    if (std::isfinite(key.minimum)) schema["minimum"] = integer_or_real(key.minimum);
    if (std::isfinite(key.maximum)) schema["maximum"] = integer_or_real(key.maximum);
    if (!key.fallback.empty()) schema["default"] = default_of(key.fallback);
    return schema;
}

Json table_schema(ConfigTable const& table) {
    Json schema = {{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array();
    for (auto const& key : table.keys) {
        schema["properties"][std::string(key.name)] = key_schema(key);
        if (key.required) required.push_back(key.name);
    }
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
}

/// What values a key takes beyond its type: "one of `low`, `high`", "0 or more".
std::string limits_of(ConfigKey const& key) {
    std::string text;
    for (auto const word : key.allowed)
        text += (text.empty() ? "one of `" : ", `") + std::string(word) + "`";
    if (std::isfinite(key.minimum) && std::isfinite(key.maximum))
        return number_text(key.minimum) + " to " + number_text(key.maximum);
    if (std::isfinite(key.minimum)) return number_text(key.minimum) + " or more";
    return text;
}

std::string in_cell(std::string_view text) {
    std::string cell;
    for (char const c : text) {
        if (c == '|') cell += '\\';
        cell += c;
    }
    return cell;
}

std::string row_of(ConfigKey const& key) {
    auto takes = std::string(words_for(key.type));
    if (auto const limits = limits_of(key); !limits.empty()) takes += ": " + limits;
    auto const fallback = key.required           ? std::string("required")
                          : key.fallback.empty() ? std::string("none")
                                                 : "`" + std::string(key.fallback) + "`";
    return "| `" + std::string(key.name) + "` | " + in_cell(takes) + " | " + in_cell(fallback) + " | " +
           in_cell(key.doc) + " |\n";
}

void write_section(std::string& page, ConfigTable const& table) {
    auto const holds_plain_keys = [](ConfigKey const& key) { return key.table == nullptr; };
    page += "## `" + std::string(table.title) + "`\n\n" + std::string(table.doc) + "\n";
    if (std::any_of(table.keys.begin(), table.keys.end(), holds_plain_keys)) {
        page += "\n| key | takes | default | meaning |\n| --- | --- | --- | --- |\n";
        for (auto const& key : table.keys)
            if (holds_plain_keys(key)) page += row_of(key);
    }
    page += "\n";
    for (auto const& key : table.keys)
        if (key.table != nullptr) write_section(page, *key.table);
}

}  // namespace

ConfigKey const* ConfigTable::find(std::string_view name) const noexcept {
    auto const found = std::find_if(keys.begin(), keys.end(), [&](ConfigKey const& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

std::string_view words_for(ConfigType type) noexcept {
    switch (type) {
        case ConfigType::text: return "a text";
        case ConfigType::identifier:
        case ConfigType::reference: return "an id";
        case ConfigType::phrase: return "a phrase";
        case ConfigType::path: return "a path";
        case ConfigType::date:
        case ConfigType::partial_date: return "a date";
        case ConfigType::integer: return "a whole number";
        case ConfigType::number: return "a number";
        case ConfigType::boolean: return "true or false";
        case ConfigType::texts:
        case ConfigType::arguments: return "a list of texts";
        case ConfigType::references: return "a list of ids";
        case ConfigType::phrases: return "a list of phrases";
        case ConfigType::paths: return "a list of paths";
        case ConfigType::globs: return "a list of globs";
        case ConfigType::table: return "a table";
        case ConfigType::tables: return "a list of tables";
        case ConfigType::options: return "a table of options";
    }
    return "a value";
}

std::string json_schema(ConfigTable const& file_table, std::string_view title, std::string_view file) {
    auto const stem = file.substr(0, file.rfind('.'));
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"$id", "urn:dossier:schema:" + std::string(stem)},
                   {"title", title},
                   {"description", file_table.doc}};
    schema.update(table_schema(file_table));
    return schema.dump(2) + "\n";
}

std::string markdown_reference(ConfigTable const& file_table) {
    std::string page = std::string(file_table.doc) + "\n\n";
    for (auto const& key : file_table.keys)
        write_section(page, *key.table);
    page.pop_back();  // the last section's empty line
    return page;
}

}  // namespace dossier
