#include "data_package.hpp"

#include <nlohmann/json.hpp>

namespace dossier::formats {
namespace {

using Json = nlohmann::ordered_json;

Json described(DataField const& field) {
    Json json{{"name", field.name}, {"type", field.type}};
    if (!field.title.empty()) json["title"] = field.title;
    if (!field.description.empty()) json["description"] = field.description;
    if (!field.choices.empty()) json["constraints"]["enum"] = field.choices;
    if (!field.pattern.empty()) json["constraints"]["pattern"] = field.pattern;
    return json;
}

Json schema_of(DataResource const& resource) {
    Json schema{{"fields", Json::array()}, {"missingValues", {""}}};
    for (auto const& field : resource.fields)
        schema["fields"].push_back(described(field));
    if (!resource.primary_key.empty()) schema["primaryKey"] = resource.primary_key;
    for (auto const& key : resource.foreign_keys)
        schema["foreignKeys"].push_back(
            {{"fields", key.field}, {"reference", {{"resource", key.resource}, {"fields", key.reference}}}});
    return schema;
}

Json dialect(char separator) {
    return {{"delimiter", std::string(1, separator)},
            {"lineTerminator", "\r\n"},
            {"quoteChar", "\""},
            {"doubleQuote", true},
            {"header", true}};
}

Json described(DataResource const& resource, char separator) {
    return {{"name", resource.name()},
            {"path", resource.path},
            {"title", resource.title},
            {"report", resource.report},
            {"profile", "tabular-data-resource"},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"dialect", dialect(separator)},
            {"schema", schema_of(resource)}};
}

}  // namespace

std::string DataPackage::json() const {
    Json json{{"profile", "tabular-data-package"},
              {"title", title},
              {"as_of", as_of},
              {"language", language},
              {"generator", generator},
              {"resources", Json::array()}};
    for (auto const& resource : resources)
        json["resources"].push_back(described(resource, separator));
    for (auto const& notice : notices)
        json["notices"].push_back({{"tone", notice.tone}, {"title", notice.title}, {"text", notice.text}});
    return json.dump(2) + "\n";
}

}  // namespace dossier::formats
