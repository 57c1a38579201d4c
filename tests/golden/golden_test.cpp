// The example's documents, byte for byte. `golden_test --accept` renews them after their difference has been read.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "golden/analysis_rows.hpp"
#include "golden/dossier_process.hpp"
#include "golden/example_fixture.hpp"
#include "golden/example_run.hpp"
#include "golden/text_diff.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

bool accepting = false;
char const* const sums_file = "SHA256SUMS";

void write_file(fs::path const& file, std::string const& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    ASSERT_TRUE(stream.flush()) << "cannot write " << file;
}

void accept(fs::path const& golden, fs::path const& published) {
    auto const documents = documents_of(published);
    fs::remove_all(golden);
    for (auto const& file : documents) {
        write_file(golden / file, bytes_of(published / file));
        std::printf("accepted %s\n", file.c_str());
    }
    write_file(golden / sums_file, sha256_sums(published, documents));
}

std::vector<std::string> documents_in(fs::path const& golden) {
    auto files = fs::exists(golden) ? files_below(golden) : std::vector<std::string>{};
    std::erase(files, sums_file);
    return files;
}

void expect_accepted(fs::path const& golden, fs::path const& published) {
    if (accepting) accept(golden, published);
    auto const documents = documents_of(published);
    EXPECT_EQ(documents, documents_in(golden)) << "files of the example; golden_test --accept renews them";
    for (auto const& file : documents) {
        if (!fs::exists(golden / file)) continue;
        EXPECT_EQ(difference(bytes_of(golden / file), bytes_of(published / file)), "") << file;
    }
    ASSERT_TRUE(fs::exists(golden / sums_file));
    EXPECT_EQ(difference(bytes_of(golden / sums_file), sha256_sums(published, documents)), "");
}

/// Every file of two published sets, analysis and manifest included.
void expect_same_bytes(fs::path const& first, fs::path const& second, std::string const& what_changed) {
    auto const files = files_below(fs::canonical(first));
    EXPECT_EQ(files, files_below(fs::canonical(second))) << what_changed;
    for (auto const& file : files) {
        if (!fs::exists(second / file)) continue;
        EXPECT_EQ(difference(bytes_of(first / file), bytes_of(second / file)), "") << file << ": " << what_changed;
    }
}

TEST_F(Example, DocumentsAreTheAcceptedOnes) {
    expect_accepted(example_folder() / "golden", run().latest);
}

TEST_F(Example, ASecondRunGivesTheSameBytes) {
    TemporaryFolder const output;
    auto const again = run_job(example_folder() / "job.toml", output.path());
    ASSERT_EQ(again.process.exit_code, run().process.exit_code) << again.process.err;
    expect_same_bytes(run().latest, again.latest, "a second run");
}

TEST_F(Example, LocaleAndTimeZoneChangeNothing) {
    TemporaryFolder const output, locales;
    auto const compiled =
        run_program({"localedef", "-i", "de_DE", "-f", "UTF-8", (locales.path() / "de_DE.UTF-8").string()});
    if (compiled.exit_code != 0) GTEST_SKIP() << "no German locale could be made: " << compiled.err;
    auto const german = run_job(example_folder() / "job.toml", output.path(),
                                {{"LOCPATH", locales.path().string()},
                                 {"LC_ALL", "de_DE.UTF-8"},
                                 {"LANGUAGE", "de"},
                                 {"TZ", "Pacific/Kiritimati"}});
    ASSERT_EQ(german.process.exit_code, run().process.exit_code) << german.process.err;
    expect_same_bytes(run().latest, german.latest, "LC_ALL=de_DE.UTF-8 TZ=Pacific/Kiritimati");
}

TEST_F(Example, ThreadsChangeNothing) {
    TemporaryFolder const output;
    auto const job = (example_folder() / "job.toml").string();
    auto const single =
        run_program({DOSSIER_PROGRAM, "run", job, "--output", output.path().string(), "--threads", "1"});
    ASSERT_EQ(single.exit_code, run().process.exit_code) << single.err;
    expect_same_bytes(run().latest, output.path() / "latest", "--threads 1");
}

TEST_F(Example, ACopyInAnotherFolderGivesTheSameBytes) {
    TemporaryFolder const elsewhere;
    auto const copy = elsewhere.path() / "käse & co";  // a name that quoting mistakes trip over
    fs::copy(example_folder(), copy, fs::copy_options::recursive);
    auto const moved = run_job(copy / "job.toml", elsewhere.path() / "out");
    ASSERT_EQ(moved.process.exit_code, run().process.exit_code) << moved.process.err;
    expect_same_bytes(run().latest, moved.latest, "a copy in another folder");
}

TEST_F(Example, NoDocumentNamesTheFolderItWasMadeIn) {
    for (auto const& file : documents_of(run().latest)) {
        auto const bytes = bytes_of(run().latest / file);
        EXPECT_EQ(bytes.find(example_folder().string()), std::string::npos) << file;
        EXPECT_EQ(bytes.find("dossier-test-"), std::string::npos) << file;
    }
}

struct FurtherExample {
    char const* folder;
    int exit_code;
};

class FurtherExamples : public testing::TestWithParam<FurtherExample> {};

TEST_P(FurtherExamples, HaveTheAcceptedDocumentsAndTheStancesThatAReaderAccepts) {
    auto const [name, exit_code] = GetParam();
    auto const folder = fs::path(DOSSIER_SOURCE_DIR) / "examples" / name;
    TemporaryFolder const output;
    auto const run = run_job(folder / "job.toml", output.path());
    ASSERT_EQ(run.process.exit_code, exit_code) << run.process.err;
    expect_accepted(folder / "golden", run.latest);

    // Who says anything was written down by reading, before the engine ran; on all else articles are silent.
    std::vector<std::vector<std::string>> read;
    for (auto const& row :
         rows_of_tsv(fs::path(DOSSIER_SOURCE_DIR) / "tests" / "golden" / "expected-stances-of-others.tsv"))
        if (row[0] == name) read.push_back({row[1], row[2], row[3], row[4]});
    std::sort(read.begin(), read.end());
    EXPECT_EQ(read, query(run.latest / "analysis.sqlite",
                          "SELECT claim_id, condition_id, article_id, stance FROM stances"
                          " WHERE stance NOT IN ('silent', 'not_assessable') ORDER BY 1, 2, 3, 4"));
}

INSTANTIATE_TEST_SUITE_P(Of, FurtherExamples,
                         testing::Values(FurtherExample{"02-risk-factors", done_with_warnings},
                                         FurtherExample{"03-effects", 0}),
                         [](testing::TestParamInfo<FurtherExample> const& example) {
                             std::string name = example.param.folder;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return "Example" + name;
                         });

}  // namespace

int main(int n_arguments, char** arguments) {
    testing::InitGoogleTest(&n_arguments, arguments);
    accepting = std::any_of(arguments + 1, arguments + n_arguments,
                            [](char const* argument) { return std::string_view(argument) == "--accept"; });
    return RUN_ALL_TESTS();
}
