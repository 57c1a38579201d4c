#include "dossier/job/alert_message.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/job/alert_condition.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(Json const& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json json_of(AlertReading const& reading) {
    if (auto const* number = std::get_if<double>(&reading.value)) return *number;
    if (auto const* word = std::get_if<std::string>(&reading.value)) return *word;
    return nullptr;
}

std::string text_of(Json const& value) {
    if (value.is_number()) return shortest_text(value.get<double>());
    if (value.is_string()) return "'" + display_text(value.get<std::string>()) + "'";
    return "not known";
}

/// What was measured the time before; null where nothing was.
Json value_before(Json const& before, std::string const& measure) {
    return before.is_object() && before.contains(measure) ? before[measure] : Json();
}

Json parsed(std::string const& json) {
    return Json::parse(json, nullptr, false);
}

Json json_of_claim(JobAlert const& alert, ClaimSummary const& claim) {
    if (alert.claim.text.empty()) return nullptr;
    return {{"id", alert.claim.text},
            {"condition", alert.condition.text.empty() ? Json() : Json(alert.condition.text)},
            {"statement", claim.statement},
            {"direction", claim.direction},
            {"agreement", claim.agreement},
            {"certainty", claim.certainty},
            {"coverage", claim.coverage},
            {"quotes", claim.n_quotes}};
}

Json json_of_values(AlertNews const& news) {
    auto const before = parsed(news.before);
    auto values = Json::array();
    for (auto const& [measure, reading] : news.readings)
        values.push_back(
            {{"measure", measure}, {"before", value_before(before, measure)}, {"after", json_of(reading)}});
    return values;
}

Json maybe(std::string const& text) {
    return text.empty() ? Json() : Json(text);
}

Json property(Json type, std::string_view description) {
    return {{"type", std::move(type)}, {"description", description}};
}

/// All properties are required, and there are no others.
Json closed_object(Json properties) {
    auto required = Json::array();
    for (auto const& [name, schema] : properties.items())
        required.push_back(name);
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}

}  // namespace

std::string json_of(AlertReadings const& readings) {
    auto json = Json::object();
    for (auto const& [measure, reading] : readings)
        json[measure] = json_of(reading);
    return dumped(json, -1);
}

std::string sentence_of(JobAlert const& alert, AlertNews const& news, std::string_view statement) {
    auto const before = parsed(news.before);
    std::string text;
    for (auto const& [measure, reading] : news.readings) {
        text += (text.empty() ? "" : ", ") + measure + " is " + text_of(json_of(reading));
        if (auto const was = value_before(before, measure); !was.is_null() && was != json_of(reading))
            text += " (before: " + text_of(was) + ")";
    }
    if (!statement.empty()) text += " on \"" + display_text(statement) + "\"";
    if (!alert.condition.text.empty()) text += " under " + alert.condition.text;
    return text;
}

std::string message_of(JobAlert const& alert, Job const& job, AlertNews const& news, ClaimSummary const& claim,
                       std::string_view sentence) {
    Json const message = {
        {"version", 1},
        {"delivery_id", news.delivery_id},
        {"event", name_of(news.event)},
        {"alert", alert.id},
        {"sentence", sentence},
        {"when", text_of(alert.when)},
        {"clear_when", alert.clear_when ? Json(text_of(*alert.clear_when)) : Json()},
        {"values", json_of_values(news)},
        {"claim", json_of_claim(alert, claim)},
        {"job", {{"title", job.title}, {"path", std::filesystem::absolute(job.path).lexically_normal().string()}}},
        {"run", {{"number", news.run}, {"id", maybe(news.set_id)}, {"as_of", news.as_of}, {"at", news.at}}},
        {"set", maybe(news.set)}};
    return dumped(message, 2) + "\n";
}

std::string alert_message_schema() {
    auto const or_null = [](std::string const& type) { return Json::array({type, "null"}); };
    auto const value = Json::array({"number", "string", "null"});
    auto const values =
        closed_object({{"measure", property("string", "What was measured: docs/alert-measures.md.")},
                       {"before", property(value, "In the run before; null: there was none, or no value.")},
                       {"after", property(value, "Now; null: there is no value.")}});
    auto claim = closed_object(
        {{"id", property("string", "Its id.")},
         {"condition", property(or_null("string"), "The condition it is looked at under; null: overall.")},
         {"statement", property("string", "The sentence that is assessed.")},
         {"direction", property("string", "Its verdict in words: direction.")},
         {"agreement", property("string", "Agreement.")},
         {"certainty", property("string", "Certainty.")},
         {"coverage", property("string", "Coverage.")},
         {"quotes", property("integer", "How many quotes bear on it.")}});
    claim["type"] = or_null("object");
    claim["description"] = "The claim; null: the alert is about none.";
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"$id", "urn:dossier:schema:alert"},
                   {"title", "Dossier alert"},
                   {"description", "What the hook of an alert reads on its standard input."}};
    auto event = property("string", "What happened to the alert.");
    event["enum"] = {"fired", "cleared"};
    auto list = property("array", "What was measured, by name.");
    list["items"] = values;
    schema.update(closed_object(
        {{"version", {{"const", 1}, {"description", "Of this schema; members may be added to it without a new one."}}},
         {"delivery_id",
          property("string", "Never the same for two events, and the same in each attempt to tell of one.")},
         {"event", std::move(event)},
         {"alert", property("string", "Its id.")},
         {"sentence", property("string", "What happened, in one line, without a full stop.")},
         {"when", property("string", "The condition under which it fires.")},
         {"clear_when",
          property(or_null("string"), "The condition under which it is over; null: when `when` holds no more.")},
         {"values", std::move(list)},
         {"claim", std::move(claim)},
         {"job", closed_object({{"title", property("string", "Its title.")},
                                {"path", property("string", "Absolute path of the job file.")}})},
         {"run", closed_object({{"number", property("integer", "Its number, as `dossier show` takes it.")},
                                {"id", property(or_null("string"), "Name of the set; null: nothing is published.")},
                                {"as_of", property("string", "The day for which it speaks.")},
                                {"at", property("string", "When the event happened, UTC.")}})},
         {"set", property(or_null("string"), "Absolute path of the published set; null: there is none.")}}));
    schema["additionalProperties"] = true;  // later versions may say more
    return schema.dump(2) + "\n";
}

}  // namespace dossier
