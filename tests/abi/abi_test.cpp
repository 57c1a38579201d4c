// What was released stays usable: plugins built with the headers of earlier versions run in this Dossier, and plugin.h has
// changed in no way but those that docs/abi.md allows a minor version.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

/// A job whose plugins are those of one release.
class PluginsOfRelease : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        plugins_ = fs::path(ABI_FOLDER) / GetParam();
        fs::create_directories(path("articles"));
        write("articles/a.md", "# A lamp at night\n\nThe survey found that a lamp at night harms sleep in adults.\n");
        write("claims.toml",
              "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\n"
              "statement = \"A lamp at night harms sleep.\"\nsupports = [\"harms sleep\"]\n");
    }
    ProcessResult run(std::string const& outputs) {
        write(
            "job.toml",
            "[job]\ntitle = \"Lamps\"\nas_of = \"2026-01-01\"\n\n[sources]\ninclude = [\"articles/*\"]\n\n" + outputs);
        return run_program({DOSSIER_PROGRAM, "run", path("job.toml").string(), "--output", path("out").string(),
                            "--plugin-path", plugins_.string()},
                           {{"XDG_STATE_HOME", path("state").string()}});
    }
    [[nodiscard]] std::string output(std::string const& file) const { return bytes_of(path("out/latest/" + file)); }
    [[nodiscard]] fs::path path(std::string const& relative) const { return folder_.path() / relative; }

private:
    void write(std::string const& relative, std::string const& text) {
        std::ofstream(path(relative), std::ios::binary) << text;
    }
    TemporaryFolder folder_;
    fs::path plugins_;
};

TEST_P(PluginsOfRelease, AreListedWithTheAbiTheyWereBuiltFor) {
    auto const listed = run_program(
        {DOSSIER_PROGRAM, "plugins", "list", "--json", "--plugin-path", (fs::path(ABI_FOLDER) / GetParam()).string()});
    EXPECT_NE(listed.out.find("\"abi\": \"" + std::string(GetParam()) + "\""), std::string::npos) << listed.out;
}

TEST_P(PluginsOfRelease, SayTheirReportsToTodaysFormats) {
    auto const result =
        run("[[output]]\nreports = [\"thin-evidence\", \"hello-c\"]\nformat = \"markdown\"\nfile = \"a.md\"\n\n"
            "[[output]]\nreports = [\"thin-evidence\", \"hello-c\"]\nformat = \"pdf\"\nfile = \"a.pdf\"\n\n"
            "[[output]]\nreports = [\"thin-evidence\"]\nformat = \"csv\"\nfile = \"tables\"\n");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    auto const text = output("a.md");
    EXPECT_NE(text.find("Claims on thin evidence"), std::string::npos) << text;
    EXPECT_NE(text.find("a lamp at night harms sleep in adults"), std::string::npos) << "its quote: " << text;
    EXPECT_NE(text.find("Hello"), std::string::npos) << text;
    EXPECT_TRUE(output("a.pdf").starts_with("%PDF-"));
}

TEST_P(PluginsOfRelease, TakeTodaysReportsAsFormats) {
    auto const result = run("[[output]]\nreports = [\"consensus\"]\nformat = \"outline\"\nfile = \"a.txt\"\n");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(output("a.txt").find("Consensus"), std::string::npos) << output("a.txt");
}

TEST_P(PluginsOfRelease, DecideStances) {
    auto const result =
        run("[[engine]]\nname = \"shared-words\"\nclaims = [\"harm\"]\n\n"
            "[[output]]\nreports = [\"thin-evidence\"]\nformat = \"markdown\"\nfile = \"a.md\"\n");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(output("a.md").find("a lamp at night harms sleep in adults"), std::string::npos) << output("a.md");
}

INSTANTIATE_TEST_SUITE_P(Each, PluginsOfRelease, testing::Values("1.0"), [](auto const& tested) {
    return "Of_" + std::string(1, *tested.param) + "_" + (tested.param + 2);
});

// ---- The header

std::size_t indent_of(std::string const& line) {
    return line.find_first_not_of(' ');
}

/// Whether what changed about the member in a line is what it points to, which kept its name: how that changed is said in
/// lines of its own, further in.
bool is_about_what_it_points_to(std::vector<std::string> const& lines, std::size_t member) {
    auto next = member + 1;
    if (next == lines.size() || lines[next].find("in pointed to type '") == std::string::npos) return false;
    for (; next < lines.size() && indent_of(lines[next]) > indent_of(lines[member]); ++next)
        for (std::string const part : {"entity changed from", "name changed from", "' changed to '"})
            if (lines[next].find(part) != std::string::npos) return false;
    return true;
}

/// What abidiff says of two libraries that use every type of a plugin.h: lines that are no growth at the end.
std::string changes_for_the_worse(std::string const& released, std::string const& header) {
    auto const library = [](std::string const& name) {
        return (fs::path(ABI_FOLDER) / "types" / ("libabi_types_" + name + ".so")).string();
    };
    auto const result = run_program({ABIDIFF, "--no-show-locs", library(released), library(header)});
    std::istringstream text(result.out);
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    std::string worse;
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (std::string const part : {"data member deletion", "offset changed from", "type of '", "Removed function"})
            if (lines[i].find(part) != std::string::npos && !is_about_what_it_points_to(lines, i))
                worse += lines[i] + "\n";
    return worse;
}

/// DOSSIER_... = 3 and #define DOSSIER_... 3u, by name.
std::map<std::string, std::string> constants_of(fs::path const& header) {
    std::istringstream words(bytes_of(header));
    std::map<std::string, std::string> constants;
    std::string name;
    for (std::string word; words >> word;) {
        if (!name.empty() && word != "=") {
            auto const digits = word.substr(0, word.find_first_not_of("0123456789"));
            if (!digits.empty()) constants[name] = digits;
            name.clear();
        }
        if (word.starts_with("DOSSIER_")) name = word;
    }
    return constants;
}

std::string constants_that_changed(fs::path const& released, fs::path const& header) {
    auto const now = constants_of(header);
    std::string changed;
    for (auto const& [name, value] : constants_of(released)) {
        if (name == "DOSSIER_ABI_MINOR") continue;
        auto const found = now.find(name);
        if (found == now.end() || found->second != value) changed += name + " ";
    }
    return changed;
}

fs::path const source = ABI_SOURCES;

TEST(PluginHeader, HasOnlyGrownAtItsEnds) {
    if (std::string(ABIDIFF).empty()) GTEST_SKIP() << "abidiff (abigail-tools) is not installed";
    EXPECT_EQ(changes_for_the_worse("1.0", "now"), "");
}

TEST(PluginHeader, HasKeptItsNumbers) {
    auto const released = source / "1.0/include/dossier/plugin.h";
    EXPECT_GT(constants_of(released).size(), 60u);
    EXPECT_EQ(constants_that_changed(released, source / "../../core/dossier/plugin.h"), "");
}

TEST(TheGuard, SeesWhatMustNotHappen) {
    auto const mistakes = fs::path(ABI_FOLDER) / "mistakes";
    EXPECT_EQ(constants_that_changed(source / "1.0/include/dossier/plugin.h", mistakes / "renumbered.h"),
              "DOSSIER_CELL_REAL ");
    if (std::string(ABIDIFF).empty()) GTEST_SKIP() << "abidiff (abigail-tools) is not installed";
    EXPECT_NE(changes_for_the_worse("1.0", "narrowed").find("byte_end"), std::string::npos);
    EXPECT_NE(changes_for_the_worse("1.0", "shortened").find("dossier_text anchor"), std::string::npos);
    EXPECT_NE(changes_for_the_worse("1.0", "retyped").find("columns"), std::string::npos);
}

}  // namespace
