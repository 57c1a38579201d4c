// The format under test, and a second tool that validates what it writes.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "shared/clean_text.hpp"
#include "support/format_harness.hpp"

namespace dossier::test {

inline FormatPlugin const& json_format() {
    static FormatPlugin const plugin(FORMAT_PLUGIN, "json");
    return plugin;
}

/// The host of these tests has no analysis, so no view is asked for.
inline RenderSettings without_views() {
    RenderSettings settings;
    settings.options["views"] = std::string("none");
    return settings;
}

inline std::filesystem::path schema_file() {
    return std::filesystem::path(DOSSIER_SOURCE_DIR) / "formats/json/dossier-document.schema.json";
}

/// Python with its package jsonschema, which is no part of the build.
inline bool has_validator() {
    try {
        return run_program({"python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"}).exit_code == 0;
    } catch (std::runtime_error const&) {
        return false;
    }
}

/// What the validator has against the files; empty: nothing.
inline std::string mistakes_in(std::vector<std::filesystem::path> const& files) {
    auto const script = std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/formats/json/validate.py";
    std::vector<std::string> command{"python3", "-W", "ignore", script.string(), schema_file().string()};
    for (auto const& file : files)
        command.push_back(file.string());
    auto const result = run_program(command);
    if (result.exit_code == 0) return {};
    auto const said = result.out + result.err;
    return said.empty() ? "the validator failed without a word" : said;
}

inline std::string mistakes_in_texts(std::vector<std::string> const& documents) {
    TemporaryFolder const folder;
    std::vector<std::filesystem::path> files;
    for (auto const& document : documents) {
        files.push_back(folder.path() / (std::to_string(files.size()) + ".json"));
        std::ofstream(files.back(), std::ios::binary) << document;
    }
    return mistakes_in(files);
}

// ---- Documents said and read back

inline std::string written(Document const& document, RenderSettings const& settings = without_views()) {
    auto const rendering = render(json_format(), document, settings);
    EXPECT_EQ(rendering.status, DOSSIER_OK) << (rendering.errors.empty() ? "" : rendering.errors.front());
    EXPECT_THAT(rendering.misuse, testing::IsEmpty());
    return rendering.only_file();
}

inline nlohmann::json read(Document const& document, RenderSettings const& settings = without_views()) {
    return nlohmann::json::parse(written(document, settings));
}

inline nlohmann::json blocks_of(nlohmann::json const& document, std::string const& kind) {
    auto found = nlohmann::json::array();
    for (auto const& section : document.at("sections"))
        for (auto const& block : section.at("blocks"))
            if (block.at("kind") == kind) found.push_back(block);
    return found;
}

/// A document of one section with what `say` says.
template <class Say>
Document document_with(Say const& say) {
    Document document;
    document.begin().begin_section("report");
    say(document.out());
    document.end_section().end();
    return document;
}

/// As the page says: valid text reads back as it was, of the rest each byte as U+FFFD.
inline std::string faithful(std::string const& text) {
    std::string kept;
    for (std::size_t offset = 0; offset < text.size();) {
        auto const point = dossier::formats::code_point_at(text, offset);
        kept += point.valid ? text.substr(offset, point.size) : std::string("\uFFFD");
        offset += point.size;
    }
    return kept;
}

/// A chart with its words, and without values.
inline Chart chart_of(std::uint32_t kind) {
    Chart chart;
    chart.kind = kind, chart.title = "Title", chart.anchor = "chart", chart.alternative = "In words.";
    return chart;
}

}  // namespace dossier::test
