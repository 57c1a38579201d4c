#include "dossier/job/manifest.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::Manifest;
using dossier::manifest_json;
using dossier::read_manifest;

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
