#include "dossier/job/manifest.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::Manifest;
using dossier::read_manifest;

std::string manifest_json(Manifest const& manifest, std::vector<dossier::ManifestInput> const& inputs = {}) {
    std::string text;
    write_manifest(
        manifest,
        [&](auto const& take) {
            for (auto const& input : inputs)
                take(input);
        },
        [&](std::string_view part) { text += part; });
    return text;
}

TEST(ManifestJson, ListsInputsInTheOrderOfReading) {
    Manifest manifest;
    manifest.job_title = "\"inputs\": []";
    EXPECT_NE(manifest_json(manifest).find("\n  \"inputs\": [],\n"), std::string::npos);
    EXPECT_NE(
        manifest_json(manifest, {{"b \"x\".txt", "01"}, {"a.txt", ""}})
            .find("\n  \"inputs\": [\n    {\n      \"path\": \"b \\\"x\\\".txt\",\n      \"sha256\": \"01\"\n    },\n"
                  "    {\n      \"path\": \"a.txt\",\n      \"sha256\": \"\"\n    }\n  ],\n"),
        std::string::npos);
}

TEST(ManifestJson, IsReadBack) {
    Manifest manifest;
    manifest.key = "abc";
    manifest.outputs = {{"tables/stances.csv", 12, "00ff"}};
    auto const summary = read_manifest(manifest_json(manifest));
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->key, "abc");
    EXPECT_TRUE(summary->complete);
    ASSERT_EQ(summary->outputs.size(), 1u);
    EXPECT_EQ(summary->outputs[0].file, "tables/stances.csv");
    EXPECT_EQ(summary->outputs[0].bytes, 12u);
}

TEST(ManifestJson, IsReadBackWhateverItsInputsAreCalled) {
    Manifest manifest;
    manifest.key = "abc";
    manifest.job_title = "\n  \"inputs\": [\n";
    manifest.outputs = {{"report.md", 3, "01"}};
    manifest.failures = {{"report.pdf", "format:pdf", "\n  ]"}};
    for (auto const& inputs : std::vector<std::vector<dossier::ManifestInput>>{
             {}, {{"a.txt", "01"}}, {{"\n  ],\n  \"key\": \"\"", "01"}, {"]", ""}, {"\n  \"inputs\": [\n", ""}}}) {
        auto const summary = read_manifest(manifest_json(manifest, inputs));
        ASSERT_TRUE(summary);
        EXPECT_EQ(summary->key, "abc");
        EXPECT_EQ(summary->outputs.size(), 1u);
        EXPECT_FALSE(summary->complete);
    }
    auto const cut_off = manifest_json(manifest, {{"a.txt", "01"}, {"b.txt", "02"}});
    EXPECT_FALSE(read_manifest(cut_off.substr(0, cut_off.find("b.txt"))));
}

TEST(ManifestJson, IsReadWhereverItIsCutIntoParts) {
    Manifest manifest;
    manifest.key = "abc";
    manifest.outputs = {{"report.md", 3, "01"}};
    for (auto const& inputs : std::vector<std::vector<dossier::ManifestInput>>{
             {}, {{"a.txt", "01"}}, {{"a.txt", "01"}, {"b.txt", "02"}, {"c.txt", "03"}}}) {
        std::string const json = manifest_json(manifest, inputs);
        for (std::size_t size = 1; size <= json.size(); ++size) {
            dossier::ManifestReader reader;
            for (std::size_t at = 0; at < json.size(); at += size)
                reader.add(std::string_view(json).substr(at, size));
            auto const summary = reader.summary();
            ASSERT_TRUE(summary) << size;
            EXPECT_EQ(summary->key, "abc");
            EXPECT_EQ(summary->outputs.size(), 1u);
        }
    }
}

TEST(ManifestJson, WithAFailureIsNotComplete) {
    Manifest manifest;
    manifest.failures = {{"report.pdf", "format:pdf", "crashed"}};
    auto const summary = read_manifest(manifest_json(manifest));
    ASSERT_TRUE(summary);
    EXPECT_FALSE(summary->complete);
}

TEST(ManifestJson, OfAnotherVersionOrShapeIsNotOurs) {
    EXPECT_FALSE(read_manifest(""));
    EXPECT_FALSE(read_manifest("[]"));
    EXPECT_FALSE(read_manifest("{\"manifest_version\": 2, \"key\": \"\", \"failures\": [], \"outputs\": []}"));
    EXPECT_FALSE(read_manifest("{\"manifest_version\": 1, \"key\": 5, \"failures\": [], \"outputs\": []}"));
    EXPECT_FALSE(read_manifest("{\"manifest_version\": 1"));
}

}  // namespace
