// Messages for programs: JSON lines and SARIF 2.1.0. Nothing in them acts on a terminal that prints them.
#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/render.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

/// Text as shown to people: escapes instead of control characters, always valid UTF-8.
Json shown(std::string_view text) {
    return display_text(text);
}

constexpr std::size_t longest_line = 10'000;  // bytes; a longer one is left out: cut, its columns would lie

/// Like shown(), but a tab stays a tab, since JSON escapes it.
Json shown_line(std::string_view line) {
    std::string result;
    if (line.size() > longest_line) return result;
    for (std::size_t offset = 0; offset < line.size();) {
        auto const unit = display_unit(line, offset);
        result += line[offset] == '\t' ? "\t" : unit.shown;
        offset += unit.bytes;
    }
    return result;
}

Json to_json(Diagnostic const& diagnostic) {
    Json object = {{"severity", name_of(diagnostic.severity)},
                   {"code", shown(diagnostic.code)},
                   {"file", shown(diagnostic.place.file)},
                   {"line", diagnostic.place.line},
                   {"column", diagnostic.place.column},
                   {"length", diagnostic.place.length},
                   {"message", shown(diagnostic.message)},
                   {"source_line", shown_line(diagnostic.source_line)},
                   {"notes", Json::array()}};
    for (auto const& note : diagnostic.notes)
        object["notes"].push_back(shown(note));
    return object;
}

/// A relative URI reference of a path (RFC 3986): all but unreserved characters and '/' percent-encoded.
std::string uri_of(std::string_view path) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (char const c : path) {
        auto const byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos) {
            uri += c;
        } else {
            uri += {'%', digits[byte / 16], digits[byte % 16]};
        }
    }
    return uri;
}

Json region_of(Diagnostic const& diagnostic) {
    auto const& place = diagnostic.place;
    Json region = {{"startLine", place.line}};
    if (place.column > 0) {
        region["startColumn"] = place.column;
        region["endColumn"] = place.column + std::max<std::size_t>(place.length, 1);
    }
    if (!diagnostic.source_line.empty()) region["snippet"] = {{"text", shown_line(diagnostic.source_line)}};
    return region;
}

Json result_of(Diagnostic const& diagnostic, std::vector<std::string> const& codes) {
    auto text = display_text(diagnostic.message);
    for (auto const& note : diagnostic.notes)
        text += "\n" + display_text(note);
    Json result = Json::object();
    auto const code = std::find(codes.begin(), codes.end(), diagnostic.code);
    if (code != codes.end()) {
        result["ruleId"] = shown(diagnostic.code);
        result["ruleIndex"] = code - codes.begin();
    }
    result["level"] = name_of(diagnostic.severity);
    result["message"] = {{"text", text}};
    if (diagnostic.place.file.empty()) return result;
    Json location = {{"artifactLocation", {{"uri", uri_of(diagnostic.place.file)}}}};
    if (diagnostic.place.line > 0) location["region"] = region_of(diagnostic);
    result["locations"] = Json::array({{{"physicalLocation", std::move(location)}}});
    return result;
}

std::vector<std::string> codes_of(std::span<Diagnostic const> diagnostics) {
    std::vector<std::string> codes;
    for (auto const& diagnostic : diagnostics)
        if (!diagnostic.code.empty()) codes.push_back(diagnostic.code);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

}  // namespace

std::string render_json(std::span<Diagnostic const> diagnostics) {
    std::string lines;
    for (auto const& diagnostic : diagnostics)
        lines += to_json(diagnostic).dump() + "\n";
    return lines;
}

std::string render_sarif(std::span<Diagnostic const> diagnostics) {
    auto const codes = codes_of(diagnostics);
    Json rules = Json::array();
    for (auto const& code : codes)
        rules.push_back({{"id", shown(code)}});
    Json results = Json::array();
    for (auto const& diagnostic : diagnostics)
        results.push_back(result_of(diagnostic, codes));
    Json run = {{"tool", {{"driver", {{"name", "dossier"}, {"rules", std::move(rules)}}}}},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results)}};
    Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", Json::array({std::move(run)})}};
    return document.dump(2) + "\n";
}

}  // namespace dossier
