#include "dossier/claims/registry_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "dossier/claims/registry_file.hpp"

namespace {

using dossier::ConfigKey;
using dossier::ConfigTable;
using dossier::Diagnostics;
using testing::HasSubstr;

std::string const reference_file = DOSSIER_SOURCE_DIR "/config/claims.toml";

std::string read(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void expect_every_key(ConfigTable const& table, std::string const& text) {
    for (auto const& key : table.keys) {
        if (key.table != nullptr) {
            EXPECT_THAT(text, HasSubstr("\n" + std::string(key.table->title) + "\n"));
            expect_every_key(*key.table, text);
        } else {
            EXPECT_THAT(text, HasSubstr("\n" + std::string(key.name) + " = ")) << "in " << table.title;
        }
    }
}

/// The comment lines above the first line that gives `key`.
std::string comment_above(std::string const& text, std::string const& key) {
    auto const line = text.find("\n" + key + " = ");
    auto const gap = text.rfind("\n\n", line);
    return text.substr(gap, line - gap);
}

TEST(RegistryReferenceFile, LoadsWithoutAMessage) {
    Diagnostics diagnostics;
    auto const registry = dossier::load_registry(reference_file, "config/claims.toml", diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << render(diagnostics.items(), dossier::MessageFormat::human);
    ASSERT_TRUE(registry);
    EXPECT_EQ(registry->claims.size(), 4u);
}

TEST(RegistryReferenceFile, ShowsEveryKeyOfTheTable) {
    expect_every_key(dossier::registry_table(), read(reference_file));
}

TEST(RegistryReferenceFile, StatesEveryDefault) {
    auto const text = read(reference_file);
    for (auto const& key : dossier::registry_table().find("claim")->table->keys) {
        if (key.fallback.empty()) continue;
        EXPECT_THAT(comment_above(text, std::string(key.name)), HasSubstr("Default: " + std::string(key.fallback)));
    }
}

TEST(RegistrySchema, IsASchemaOfDraft2020) {
    auto const schema = nlohmann::json::parse(dossier::registry_schema());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema["type"], "object");
    EXPECT_EQ(schema["additionalProperties"], false);
}

TEST(RegistrySchema, SaysWhatTheValidatorAsks) {
    auto const schema = nlohmann::json::parse(dossier::registry_schema());
    auto const& claim = schema["properties"]["claim"]["items"];
    EXPECT_EQ(claim["required"], (nlohmann::json{"id", "statement"}));
    EXPECT_EQ(claim["additionalProperties"], false);
    EXPECT_EQ(claim["properties"]["id"]["pattern"], "^[a-z0-9-]+$");
    EXPECT_EQ(claim["properties"]["degree"]["enum"], (nlohmann::json{"none", "low", "high"}));
    EXPECT_EQ(claim["properties"]["degree"]["default"], "none");
    EXPECT_EQ(claim["properties"]["weight"]["minimum"], 0);
    EXPECT_EQ(claim["properties"]["weight"]["default"], 1.0);
    EXPECT_EQ(claim["properties"]["supports"]["items"]["maxLength"], 400);
    EXPECT_EQ(claim["properties"]["examples"]["properties"]["silent"]["type"], "array");
    EXPECT_EQ(schema["properties"]["risk_factor"]["items"]["properties"]["usual_direction"]["enum"][0], "raises");
}

TEST(RegistryReferencePage, HasARowForEveryKey) {
    auto const page = dossier::registry_reference();
    EXPECT_THAT(page, testing::StartsWith("# claims.toml\n\n"));
    EXPECT_THAT(page, HasSubstr("## `[claim.examples]`\n"));
    EXPECT_THAT(page, HasSubstr("| `weight` | a number: 0 or more | `1.0` | How much"));
    EXPECT_THAT(page, HasSubstr("| `degree` | a text: one of `none`, `low`, `high` | `\"none\"` |"));
    EXPECT_THAT(page, HasSubstr("| `id` | an id | required |"));
    for (auto const& key : dossier::registry_table().find("claim")->table->keys) {
        if (key.table != nullptr) continue;
        EXPECT_THAT(page, HasSubstr("| `" + std::string(key.name) + "` |"));
    }
}

}  // namespace
