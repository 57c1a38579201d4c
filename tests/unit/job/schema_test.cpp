#include "dossier/job/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/job/annotations.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/sources_manifest.hpp"
#include "dossier/sources/records/column_names.hpp"

namespace {

using dossier::ConfigTable;
using dossier::Diagnostics;
using testing::HasSubstr;

std::string const config = DOSSIER_SOURCE_DIR "/config/";

std::string read(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every key with a comment above it that states its default.
void expect_every_key(ConfigTable const& table, std::string const& text) {
    for (auto const& key : table.keys) {
        if (key.type == dossier::ConfigType::options) {
            auto const name = table.title.substr(2, table.title.size() - 4);
            EXPECT_THAT(text, HasSubstr("\n[" + std::string(name) + ".options]\n"));
        } else if (key.table != nullptr) {
            auto const header = text.find("\n" + std::string(key.table->title) + "\n");
            ASSERT_NE(header, std::string::npos) << key.table->title;
            expect_every_key(*key.table, text.substr(header));
        } else {
            auto const line = text.find("\n" + std::string(key.name) + " = ");
            ASSERT_NE(line, std::string::npos) << key.name << " in " << table.title;
            auto const comment = text.substr(text.rfind("\n\n", line), line - text.rfind("\n\n", line));
            auto const says = key.required           ? std::string("Required")
                              : key.fallback.empty() ? std::string("# ")
                                                     : "Default: " + std::string(key.fallback) + ".";
            EXPECT_THAT(comment, HasSubstr(says)) << key.name;
        }
    }
}

TEST(JobReferenceFile, LoadsWithItsManifestAndWithoutAMessage) {
    Diagnostics diagnostics;
    auto const job = dossier::load_job(config + "job.toml", diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << render(diagnostics.items(), dossier::MessageFormat::human);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->outputs.size(), 2u);
    EXPECT_EQ(job->declared.size(), 2u);
}

TEST(JobReferenceFile, ShowsEveryKeyOfTheTableWithItsDefault) {
    expect_every_key(dossier::job_table(), read(config + "job.toml"));
    expect_every_key(dossier::sources_table(), read(config + "sources.toml"));
    expect_every_key(dossier::annotations_table(), read(config + "annotations.toml"));
}

TEST(AnnotationsReferenceFile, LoadsWithoutAMessage) {
    Diagnostics diagnostics;
    auto const annotations = dossier::load_annotations(config + "annotations.toml", "annotations.toml", diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << render(diagnostics.items(), dossier::MessageFormat::human);
    ASSERT_TRUE(annotations);
    EXPECT_EQ(annotations->items.size(), 2u);
    EXPECT_EQ(annotations->certainty.size(), 2u);
}

TEST(JobTable, NamesEveryFieldThatAColumnCanBeMappedTo) {
    auto const* tables = dossier::job_table().find("sources")->table->find("table")->table;
    std::vector<std::string_view> names;
    for (auto const& key : tables->find("columns")->table->keys)
        names.push_back(key.name);
    EXPECT_EQ(names, dossier::sources::mappable_fields());
}

TEST(SourcesReferenceFile, LoadsWithoutAMessage) {
    Diagnostics diagnostics;
    auto const sources = dossier::load_sources_manifest(config + "sources.toml", "sources.toml", diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << render(diagnostics.items(), dossier::MessageFormat::human);
    ASSERT_TRUE(sources);
    EXPECT_EQ((*sources)[0].rests_on, "10.99999/sleep.2021.12");
    EXPECT_EQ((*sources)[0].risk_of_bias, "some concerns");
    EXPECT_EQ((*sources)[0].weight, 0.5);
    EXPECT_EQ((*sources)[1].published, "2020");
    EXPECT_EQ((*sources)[1].risk_of_bias, "");
    EXPECT_EQ((*sources)[1].weight, 1.0);
}

TEST(JobSchema, SaysWhatTheValidatorAsks) {
    auto const schema = nlohmann::json::parse(dossier::job_schema());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema["required"], (nlohmann::json{"job", "sources"}));
    EXPECT_EQ(schema["additionalProperties"], false);
    auto const& properties = schema["properties"];
    EXPECT_EQ(properties["job"]["properties"]["as_of"]["format"], "date");
    EXPECT_EQ(properties["sources"]["required"], nlohmann::json::array({"include"}));
    EXPECT_EQ(properties["output"]["items"]["required"], (nlohmann::json{"reports", "format", "file"}));
    EXPECT_EQ(properties["limits"]["properties"]["plugin_seconds"]["minimum"], 0.1);
    EXPECT_EQ(properties["limits"]["properties"]["plugin_seconds"]["type"], "number");
    EXPECT_EQ(properties["limits"]["properties"]["article_megabytes"]["default"], 64);
    EXPECT_EQ(properties["registry"]["properties"]["file"]["default"], "claims.toml");
}

TEST(SourcesSchema, SaysWhatTheValidatorAsks) {
    auto const schema = nlohmann::json::parse(dossier::sources_schema());
    EXPECT_EQ(schema["properties"]["source"]["items"]["required"], nlohmann::json::array({"path"}));
    EXPECT_EQ(schema["properties"]["source"]["items"]["properties"]["published"]["type"],
              (nlohmann::json{"string", "integer"}));
}

TEST(JobReferencePage, DescribesBothFiles) {
    auto const page = dossier::job_reference();
    EXPECT_THAT(page, testing::StartsWith("# job.toml\n"));
    EXPECT_THAT(page, HasSubstr("\n# sources.toml\n"));
    EXPECT_THAT(page, HasSubstr("| `as_of` | a date | required |"));
    EXPECT_THAT(page, HasSubstr("| `plugin_seconds` | a number: 0.1 to 86400 | `60.0` |"));
}

}  // namespace
