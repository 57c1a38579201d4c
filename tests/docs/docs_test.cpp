// Generated pages and schemas are what the code says. `docs_test --accept` writes them anew.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "dossier/claims/registry_schema.hpp"
#include "dossier/job/alert_measures.hpp"
#include "dossier/job/alert_message.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/schema.hpp"
#include "dossier/store/schema.hpp"

namespace {

namespace fs = std::filesystem;

bool accept = false;

std::string read_all(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void expect_file(std::string const& relative, std::string const& expected) {
    auto const path = fs::path(DOSSIER_SOURCE_DIR) / relative;
    if (accept) std::ofstream(path, std::ios::binary) << expected;
    EXPECT_TRUE(read_all(path) == expected) << relative << " is out of date; renew it with docs_test --accept";
}

TEST(GeneratedPages, OfTheRegistryAreCurrent) {
    expect_file("docs/registry.md", dossier::registry_reference());
    expect_file("config/claims.schema.json", dossier::registry_schema());
}

TEST(GeneratedPages, OfTheJobAreCurrent) {
    expect_file("docs/job.md", dossier::job_reference());
    expect_file("config/job.schema.json", dossier::job_schema());
    expect_file("config/sources.schema.json", dossier::sources_schema());
}

TEST(GeneratedPages, OfTheAnnotationsAreCurrent) {
    expect_file("config/annotations.schema.json", dossier::annotations_schema());
}

TEST(GeneratedPages, OfTheAlertsAreCurrent) {
    expect_file("docs/alert-measures.md", dossier::alert_measures_reference());
    expect_file("config/alert.schema.json", dossier::alert_message_schema());
}

TEST(GeneratedPages, OfTheAnalysisDatabaseAreCurrent) {
    expect_file("docs/analysis-database.md", dossier::analysis_database_page());
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    accept = argc > 1 && std::string(argv[1]) == "--accept";
    return RUN_ALL_TESTS();
}
