#include "dossier/job/manifest.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

constexpr int manifest_version = 1;
constexpr std::string_view no_inputs = "\n  \"inputs\": []";
constexpr std::string_view inputs_begin = "\n  \"inputs\": [\n", inputs_end = "\n  ]";

template <class Entries, class Shape>
Json list_of(Entries const& entries, Shape shape) {
    Json list = Json::array();
    for (auto const& entry : entries)
        list.push_back(shape(entry));
    return list;
}

/// The manifest without its inputs.
std::string without_inputs(Manifest const& m) {
    Json json = {{"manifest_version", manifest_version},
                 {"run_id", m.run_id},
                 {"key", m.key},
                 {"tool_version", m.tool_version},
                 {"job", {{"title", m.job_title}, {"as_of", m.as_of}, {"sha256", m.job_sha256}}},
                 {"registry_sha256", m.registry_sha256},
                 {"lexicon_sha256", m.lexicon_sha256},
                 {"statement_model_sha256", m.statement_model_sha256},
                 {"sandboxed", !m.unsandboxed},
                 {"inputs", Json::array()},
                 {"plugins", list_of(m.plugins,
                                     [](auto const& p) {
                                         return Json{{"component", p.component},
                                                     {"file", p.file},
                                                     {"version", p.version},
                                                     {"sha256", p.sha256}};
                                     })},
                 {"outputs", list_of(m.outputs,
                                     [](auto const& o) {
                                         return Json{{"file", o.file}, {"bytes", o.bytes}, {"sha256", o.sha256}};
                                     })},
                 {"failures", list_of(m.failures, [](auto const& f) {
                      return Json{{"output", f.output}, {"component", f.component}, {"reason", f.reason}};
                  })}};
    if (!m.compared_with.empty()) json["compared_with"] = m.compared_with;
    if (!m.annotations_sha256.empty()) json["annotations_sha256"] = m.annotations_sha256;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

void write_manifest(Manifest const& manifest, ManifestInputs const& inputs,
                    std::function<void(std::string_view)> const& write) {
    constexpr std::size_t worth_writing = 64 * 1024;
    auto const text = without_inputs(manifest);
    auto const place = text.find(no_inputs) + no_inputs.size() - 1;  // the closing bracket: no value holds such a line
    std::string part = text.substr(0, place);
    bool is_first = true;
    inputs([&](ManifestInput const& input) {
        part += is_first ? "\n" : ",\n";
        is_first = false;
        part += "    {\n      \"path\": ";
        part += Json(input.path).dump(-1, ' ', false, Json::error_handler_t::replace);
        part += ",\n      \"sha256\": \"" + input.sha256 + "\"\n    }";
        if (part.size() < worth_writing) return;
        write(part);
        part.clear();
    });
    if (!is_first) part += "\n  ";
    part += std::string_view(text).substr(place);
    write(part);
}

std::optional<ManifestSummary> read_manifest(std::string_view json) {
    ManifestReader reader;
    reader.add(json);
    return reader.summary();
}

// No value holds a line of its own, so where the list begins and ends can be told without reading it.
void ManifestReader::add(std::string_view part) {
    auto const n_known = text_.size();
    text_ += part;
    if (place_ == Place::before_inputs) {
        auto const list = text_.find(inputs_begin, n_known - std::min(n_known, inputs_begin.size()));
        if (list == text_.npos) return;
        inputs_ = list + inputs_begin.size() - 1;  // their end begins with the line break
        place_ = Place::in_inputs;
    }
    if (place_ == Place::in_inputs) {
        auto const end = text_.find(inputs_end, inputs_);
        bool const is_there = end != text_.npos;
        text_.erase(inputs_, (is_there ? end : std::max(inputs_, text_.size() - inputs_end.size())) - inputs_);
        if (is_there) place_ = Place::behind_inputs;
    }
}

std::optional<ManifestSummary> ManifestReader::summary() const {
    auto const keep = [](int, Json::parse_event_t event, Json& parsed) {
        return event != Json::parse_event_t::key || parsed != Json("inputs");
    };
    auto const json = Json::parse(text_, keep, false);
    if (!json.is_object()) return std::nullopt;
    try {
        if (json.at("manifest_version").get<int>() != manifest_version) return std::nullopt;
        ManifestSummary summary;
        summary.key = json.at("key").get<std::string>();
        summary.compared_with = json.value("compared_with", "");
        summary.job_sha256 = json.at("job").at("sha256").get<std::string>();
        summary.registry_sha256 = json.at("registry_sha256").get<std::string>();
        if (summary.compared_with.find('/') != std::string::npos) return std::nullopt;
        summary.complete = json.at("failures").empty();
        for (auto const& output : json.at("outputs"))
            summary.outputs.push_back({output.at("file").get<std::string>(), output.at("bytes").get<std::uint64_t>(),
                                       output.at("sha256").get<std::string>()});
        return summary;
    } catch (Json::exception const&) {
        return std::nullopt;
    }
}

}  // namespace dossier
