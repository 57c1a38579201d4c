// The same inputs give the same bytes, whoever runs them, where, when and in whatever language.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "dossier/model/digest.hpp"
#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int done = 0, done_with_warnings = 3;

/// What may differ between two machines.
struct Surroundings {
    char const *zone, *locale, *umask, *home, *threads, *clock;
    bool reversed_folders;     ///< files are made in another order, so that folders list them in another
    bool in_memory;            ///< on another file system
    bool relative_paths;       ///< called from the job's folder
    bool open_descriptors;     ///< some are inherited, and standard input is closed
    char const* more = "A=B";  ///< one more variable
};

constexpr std::array surroundings{
    Surroundings{"UTC", "C", "0022", "/nonexistent", "1", "", false, false, false, false},
    Surroundings{"Europe/Berlin", "de_DE.UTF-8", "0077", "/tmp", "2", "2026-03-29 01:59:59", true, false, true, true},
    Surroundings{"America/St_Johns", "tr_TR.UTF-8", "0000", "/", "3", "1999-12-31 23:59:58", false, true, false, false},
    Surroundings{"Asia/Kathmandu", "C.UTF-8", "0027", "", "4", "2028-02-29 12:00:00", true, true, true, false},
    Surroundings{"Pacific/Apia", "tr_TR.UTF-8", "0022", "/root", "8", "2038-01-19 03:14:06", false, false, false, true},
    Surroundings{"Pacific/Marquesas", "ja_JP.UTF-8", "0002", "/tmp", "0", "2099-12-31 23:59:59", true, false, false,
                 true},
    Surroundings{":/nonexistent", "xx_XX.UTF-8", "0007", "/", "1", "2026-10-25 02:30:00", false, true, true, true,
                 "COLUMNS=20"},
    Surroundings{"", "de_DE.UTF-8", "0037", "/var", "16", "1971-06-01 00:00:00", true, true, false, false,
                 "LANGUAGE=tr:de"},
    Surroundings{"Australia/Lord_Howe", "fa_IR.UTF-8", "0077", "/nonexistent", "5", "2106-02-07 06:28:16", false, false,
                 true, false, "SOURCE_DATE_EPOCH=1"},
    Surroundings{"Etc/GMT+12", "tr_TR.UTF-8", "0022", "/tmp", "2", "2050-07-07 07:07:07", true, true, false, true,
                 "POSIXLY_CORRECT=1"},
};
static_assert(surroundings.size() == 10);

constexpr char const* all_reports =
    "\"summary\", \"stance-table\", \"consensus\", \"contradictions\", \"risk-factors\", \"effects\", \"sensitivity\", "
    "\"evidence-map\", \"sources\", \"quotes\", \"methods\", \"adjudication\"";

void add_all_outputs(fs::path const& job) {
    std::ofstream file(job, std::ios::app);
    for (auto const* format : {"pdf", "html", "markdown", "json", "xlsx"})
        file << "\n[[output]]\nreports = [" << all_reports << "]\nformat = \"" << format << "\"\nfile = \"everything."
             << format << "\"\n";
    file << "\n[[output]]\nreports = [" << all_reports << "]\nformat = \"csv\"\nfile = \"everything-csv\"\n";
}

/// An example's job and articles, made file by file in one order or the other.
void make_job(fs::path const& example, fs::path const& folder, bool reversed) {
    auto files = files_below(example);
    std::erase_if(files, [](std::string const& file) { return file.starts_with("golden"); });
    if (reversed) std::reverse(files.begin(), files.end());
    for (auto const& file : files) {
        fs::create_directories((folder / file).parent_path());
        fs::copy_file(example / file, folder / file);
    }
    add_all_outputs(folder / "job.toml");
}

/// Locales that the machine need not have.
class Locales {
public:
    Locales() {
        if (!fs::exists("/usr/bin/localedef")) return;
        for (std::string const name : {"de_DE", "tr_TR", "ja_JP", "fa_IR"})
            (void)run_program({"localedef", "-i", name, "-f", "UTF-8", "--no-archive",
                               (folder_.path() / (name + ".UTF-8")).string()});
    }
    [[nodiscard]] std::string path() const { return folder_.path().string(); }
    /// Whether they are what they are called: Turkish writes a decimal comma.
    [[nodiscard]] bool work() const {
        return run_program({"locale", "decimal_point"}, {{"LOCPATH", path()}, {"LC_ALL", "tr_TR.UTF-8"}}).out == ",\n";
    }

private:
    TemporaryFolder folder_;
};

Locales const& locales() {
    static Locales const made;
    return made;
}

Environment environment_of(Surroundings const& around) {
    std::string const more = around.more;
    Environment environment{{"TZ", around.zone},
                            {"LC_ALL", around.locale},
                            {"LANG", around.locale},
                            {"LOCPATH", locales().path()},
                            {"HOME", around.home},
                            {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                            {more.substr(0, more.find('=')), more.substr(more.find('=') + 1)}};
    if (sanitized) environment.emplace_back("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0");
    return environment;
}

/// SHA-256 of every file below a folder, by name.
using Digests = std::map<std::string, std::string>;

Digests digests_of(fs::path const& folder) {
    Digests digests;
    for (auto const& file : files_below(folder))
        digests[file] = dossier::sha256_hex(bytes_of(folder / file));
    return digests;
}

/// Names of files that only one of the two has, or that differ.
std::vector<std::string> differences(Digests const& a, Digests const& b) {
    std::vector<std::string> names;
    for (auto const& [name, digest] : a)
        if (auto const there = b.find(name); there == b.end() || there->second != digest) names.push_back(name);
    for (auto const& [name, digest] : b)
        if (!a.contains(name)) names.push_back(name);
    return names;
}

struct Published {
    int exit_code = -1;
    std::string said, run_id;
    Digests files;
};

/// Runs a job that is made anew, in its surroundings.
Published run_in(Surroundings const& around, fs::path const& example, std::vector<std::string> const& options = {},
                 std::string const& appended_to_an_article = {}) {
    TemporaryFolder const folder;
    auto const base =
        around.in_memory ? fs::path("/dev/shm") / folder.path().filename() : folder.path() / "a longer path";
    auto const job = base / "job";
    make_job(example, job, around.reversed_folders);
    if (!appended_to_an_article.empty())
        for (auto const& file : files_below(job))
            if (file.starts_with("articles/") && file.ends_with(".txt")) {
                std::ofstream(job / file, std::ios::app) << appended_to_an_article;
                break;
            }
    auto const output = base / "out";
    std::vector<std::string> command{"sh", "-c",
                                     std::string("umask ") + around.umask + "; cd \"$0\"; " +
                                         (around.open_descriptors ? "exec 5</dev/null 7>/dev/null 9<. 0<&-; " : "") +
                                         "exec \"$@\"",
                                     around.relative_paths ? job.string() : "/"};
    if (*around.clock != '\0') command.insert(command.end(), {"faketime", around.clock});
    command.insert(command.end(),
                   {DOSSIER_PROGRAM, "run", around.relative_paths ? "job.toml" : (job / "job.toml").string(),
                    "--output", around.relative_paths ? "../out" : output.string(), "--threads", around.threads});
    command.insert(command.end(), options.begin(), options.end());
    auto const process = run_program(command, environment_of(around));
    Published published{process.exit_code, process.err, {}, {}};
    if (fs::exists(output / "latest")) {
        published.run_id = fs::read_symlink(output / "latest").filename();
        published.files = digests_of(output / "latest");
    }
    if (around.in_memory) fs::remove_all(base);
    return published;
}

bool ran(Published const& published) {
    return (published.exit_code == done || published.exit_code == done_with_warnings) && !published.files.empty();
}

fs::path example(char const* name) {
    return fs::path(DOSSIER_SOURCE_DIR) / "examples" / name;
}

class Reproducible : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (!fs::exists("/usr/bin/faketime")) GTEST_SKIP() << "needs the package faketime";
        if (!locales().work()) GTEST_SKIP() << "needs the package locales";
    }
};

TEST_P(Reproducible, InTenSurroundingsAllFilesAreEqual) {
    auto const first = run_in(surroundings.front(), example(GetParam()));
    ASSERT_TRUE(ran(first)) << first.said;
    for (auto const* file : {"everything.pdf", "everything.html", "everything.markdown", "everything.json",
                             "everything.xlsx", "everything-csv/datapackage.json", "analysis.sqlite", "manifest.json"})
        EXPECT_TRUE(first.files.contains(file)) << file;
    for (std::size_t i = 1; i < surroundings.size(); ++i) {
        auto const other = run_in(surroundings[i], example(GetParam()));
        ASSERT_TRUE(ran(other)) << i << ": " << other.said;
        EXPECT_EQ(other.run_id, first.run_id) << i;
        EXPECT_EQ(differences(first.files, other.files), std::vector<std::string>{}) << i;
    }
    std::printf("%zu files, equal in %zu runs\n", first.files.size(), surroundings.size());
}

INSTANTIATE_TEST_SUITE_P(OfEveryFormatAndReport, Reproducible, testing::Values("02-risk-factors", "03-effects"),
                         [](auto const& example_of) { return std::string(example_of.param).substr(0, 2); });

// Were clocks and files not what they are said to be, the test above would say nothing.
TEST(TheComparison, FindsADayThatIsTakenFromTheClock) {
    if (!fs::exists("/usr/bin/faketime")) GTEST_SKIP() << "needs the package faketime";
    std::vector<std::string> const options{"--as-of", "today"};
    auto const a = run_in(surroundings[3], example("02-risk-factors"), options);
    auto const b = run_in(surroundings[4], example("02-risk-factors"), options);
    ASSERT_TRUE(ran(a) && ran(b)) << a.said << b.said;
    EXPECT_TRUE(a.run_id.starts_with("2028-02-29")) << a.run_id;
    auto const found = differences(a.files, b.files);
    for (auto const* file : {"everything.pdf", "everything.html", "everything.xlsx", "manifest.json"})
        EXPECT_TRUE(std::find(found.begin(), found.end(), file) != found.end()) << file << " does not show the day";
}

TEST(TheComparison, FindsOneWordMoreInOneArticle) {
    auto const a = run_in(surroundings.front(), example("02-risk-factors"));
    auto const b = run_in(surroundings.front(), example("02-risk-factors"), {}, "\nIndeed.\n");
    ASSERT_TRUE(ran(a) && ran(b)) << a.said << b.said;
    EXPECT_FALSE(differences(a.files, b.files).empty());
    EXPECT_NE(a.run_id, b.run_id);
}

TEST(TheComparison, FindsOneBitAndAFileThatIsMissing) {
    TemporaryFolder const folder;
    std::ofstream(folder.path() / "a") << "text";
    std::ofstream(folder.path() / "b") << "text";
    auto const before = digests_of(folder.path());
    EXPECT_TRUE(differences(before, digests_of(folder.path())).empty());
    std::ofstream(folder.path() / "a") << "texu";
    fs::remove(folder.path() / "b");
    EXPECT_EQ(differences(before, digests_of(folder.path())), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(differences(digests_of(folder.path()), before), (std::vector<std::string>{"a", "b"}));
}

// Relative, absolute, above the working folder: who names a file means it.
TEST(TextOfAFile, IsReadWhereverItLies) {
    TemporaryFolder folder;
    fs::create_directories(folder.path() / "here");
    std::ofstream(folder.path() / "tea.txt") << "Tea and sleep\n\nForty adults drank tea every evening.\n";
    auto const absolute = (folder.path() / "tea.txt").string();
    for (std::string const& words :
         {"cd '" + folder.path().string() + "/here' && \"$0\" text ../tea.txt",
          "cd / && \"$0\" text '" + absolute + "'", "cd '" + folder.path().string() + "' && \"$0\" text ./tea.txt"}) {
        auto const result = run_program({"/bin/sh", "-c", words, DOSSIER_PROGRAM});
        EXPECT_EQ(result.exit_code, done) << words << result.err;
        EXPECT_NE(result.out.find("Forty adults drank tea every evening."), std::string::npos) << words;
    }
}

}  // namespace
