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

Json dialect(char separator) {
    return {{"delimiter", std::string(1, separator)},
            {"lineTerminator", "\r\n"},
            {"quoteChar", "\""},
            {"doubleQuote", true},
            {"header", true}};
}

Json described(DataResource const& resource, char separator) {
    auto fields = Json::array();
    for (auto const& field : resource.fields)
        fields.push_back(described(field));
    return {{"name", resource.path.substr(0, resource.path.rfind('.'))},
            {"path", resource.path},
            {"title", resource.title},
            {"report", resource.report},
            {"profile", "tabular-data-resource"},
            {"format", "csv"},
            {"mediatype", "text/csv"},
            {"encoding", "utf-8"},
            {"dialect", dialect(separator)},
            {"schema", {{"fields", fields}, {"missingValues", {""}}}}};
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
