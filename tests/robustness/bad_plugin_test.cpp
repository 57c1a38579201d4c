// A bad plugin in a job: one clear message, exit code 5, its place in the document says so, and all else is published.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int plugin_failed = 5;

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

class BadPlugin : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        fs::create_directories(path("articles"));
        fs::create_directories(path("plugins"));
        fs::permissions(path("plugins"), fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
        write("articles/a.md", "# A lamp at night\n\nThe survey found that a lamp at night harms sleep in adults.\n");
        write("claims.toml",
              "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\n"
              "statement = \"A lamp at night harms sleep.\"\nsupports = [\"harms sleep\"]\n");
    }

    void write_job(std::string const& report) {
        write("job.toml",
              "[job]\ntitle = \"Lamps\"\nas_of = \"2026-01-01\"\n\n[sources]\ninclude = [\"articles/*\"]\n\n"
              "[limits]\nplugin_seconds = 2\nplugin_memory_megabytes = 256\n\n"
              "[[output]]\nreports = [\"consensus\", \"" +
                  report +
                  "\"]\nformat = \"markdown\"\nfile = \"with-bad.md\"\n\n"
                  "[[output]]\nreports = [\"consensus\"]\nformat = \"markdown\"\nfile = \"good.md\"\n\n"
                  "[[output]]\nreports = [\"stance-table\"]\nformat = \"csv\"\nfile = \"tables\"\n");
    }

    ProcessResult run() {
        return run_program({DOSSIER_PROGRAM, "run", path("job.toml").string(), "--output", path("out").string(),
                            "--plugin-path", path("plugins").string()});
    }

    void expect_all_else_published(ProcessResult const& result) {
        EXPECT_EQ(result.exit_code, plugin_failed) << result.err;
        EXPECT_EQ(count(result.err, "error: "), 1u) << result.err;
        EXPECT_EQ(count(result.err, "warning: "), 0u) << result.err;
        EXPECT_NE(bytes_of(path("out/latest/good.md")).find("A lamp at night harms sleep."), std::string::npos);
        EXPECT_FALSE(files_below(path("out/latest/tables")).empty());
        auto const mixed = bytes_of(path("out/latest/with-bad.md"));
        EXPECT_NE(mixed.find("A lamp at night harms sleep."), std::string::npos)
            << "the good report beside it is there";
        EXPECT_NE(mixed.find(GetParam()), std::string::npos) << "the document says which report is missing";
        EXPECT_NE(bytes_of(path("out/latest/manifest.json")).find("\"reason\""), std::string::npos);
    }

    [[nodiscard]] fs::path path(std::string const& relative) const { return folder_.path() / relative; }
    void write(std::string const& relative, std::string const& text) {
        std::ofstream(path(relative), std::ios::binary) << text;
    }

private:
    TemporaryFolder folder_;
};

TEST_P(BadPlugin, CostsItsOwnSectionAndNothingElse) {
    fs::copy_file(fs::path(DOSSIER_FIXTURES) / (std::string(GetParam()) + ".so"),
                  path("plugins") / (std::string(GetParam()) + ".so"));
    write_job(GetParam());
    expect_all_else_published(run());
}

TEST_P(BadPlugin, ThatFailsTheSameWayAgainPublishesNothingNew) {
    fs::copy_file(fs::path(DOSSIER_FIXTURES) / (std::string(GetParam()) + ".so"),
                  path("plugins") / (std::string(GetParam()) + ".so"));
    write_job(GetParam());
    ASSERT_EQ(run().exit_code, plugin_failed);
    auto const before = files_below(path("out/runs"));
    EXPECT_EQ(run().exit_code, plugin_failed);
    EXPECT_EQ(files_below(path("out/runs")), before);
}

std::vector<char const*> bad_plugins() {
    std::vector<char const*> plugins{"segfault",     "throws",  "exit-zero", "endless-loop",     "writes-file",
                                     "opens-socket", "abi-two", "no-entry",  "metadata-abi-two", "breaks-grammar"};
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    plugins.push_back("eats-memory");  // sanitizers need the address space that the limit would take
#endif
    return plugins;
}

std::string test_name(testing::TestParamInfo<char const*> const& tested) {
    std::string name = tested.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, BadPlugin, testing::ValuesIn(bad_plugins()), test_name);

class TruncatedPlugin : public BadPlugin {};

TEST_P(TruncatedPlugin, CostsItsOwnSectionAndNothingElse) {
    auto const whole = bytes_of(fs::path(DOSSIER_FIXTURES) / "hello-c.so");
    for (std::size_t const eighths : {0u, 1u, 4u, 7u}) {
        write("plugins/hello-c.so", whole.substr(0, whole.size() * eighths / 8));
        fs::permissions(path("plugins/hello-c.so"), fs::perms::owner_all);
        write_job(GetParam());
        expect_all_else_published(run());
    }
}

INSTANTIATE_TEST_SUITE_P(AtSeveralPoints, TruncatedPlugin, testing::Values("hello-c"), test_name);

}  // namespace
