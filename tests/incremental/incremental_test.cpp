// Runs that take unchanged articles from the cache publish what a clean run publishes; explain --recompute says what is stale.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class IncrementalRuns : public testing::Test {
protected:
    void SetUp() override {
        write("claims.toml", registry);
        write("articles/a.txt", "Lamps at night\n\nNight lamps disturb sleep. Nobody knows why that is so.\n");
        write("articles/b.txt", "Lamps again\n\nNight lamps improve sleep. We asked 200 people about it.\n");
        write("articles/c.ris",
              "TY  - JOUR\nTI  - Lamps\nAB  - Night lamps disturb sleep. They are bright.\nER  - \n\n");
        write_job("");
    }

    void write(std::string const& file, std::string const& text) const {
        fs::create_directories((folder_.path() / file).parent_path());
        std::ofstream(folder_.path() / file, std::ios::binary) << text;
    }
    void write_job(std::string const& more) const {
        write("job.toml",
              "[job]\ntitle = \"Lamps\"\nas_of = 2026-01-01\n[registry]\nfile = \"claims.toml\"\n"
              "[sources]\ninclude = [\"articles/**\"]\n" +
                  more +
                  "[[output]]\nreports = [\"consensus\", \"stance-table\"]\nformat = \"markdown\"\nfile = "
                  "\"report.md\"\n[[output]]\nreports = [\"stance-table\"]\nformat = \"csv\"\nfile = \"csv\"\n");
    }
    [[nodiscard]] std::string path(std::string const& file) const { return (folder_.path() / file).string(); }

    [[nodiscard]] ProcessResult dossier(std::vector<std::string> const& words) const {
        std::vector<std::string> command{DOSSIER_PROGRAM};
        command.insert(command.end(), words.begin(), words.end());
        return run_program(command, {{"XDG_STATE_HOME", path("state")}});
    }

    /// One run with the cache and one without, each into its own folder, and that they publish the same.
    /// @return what the first said
    ProcessResult run_both(std::vector<std::string> const& more = {}) const {
        std::vector<std::string> words{"run", path("job.toml"), "-v", "--output", path("out")};
        std::vector<std::string> clean{"run", path("job.toml"), "--no-cache", "--output", path("clean")};
        words.insert(words.end(), more.begin(), more.end());
        clean.insert(clean.end(), more.begin(), more.end());
        auto result = dossier(words);
        EXPECT_EQ(dossier(clean).exit_code, result.exit_code) << result.err;
        auto const files = files_below(path("clean/latest/"));
        EXPECT_EQ(files_below(path("out/latest/")), files);
        EXPECT_GE(files.size(), 5u);
        for (auto const& file : files)
            EXPECT_TRUE(bytes_of(path("out/latest/" + file)) == bytes_of(path("clean/latest/" + file))) << file;
        EXPECT_FALSE(fs::exists(path("clean/cache"))) << "--no-cache keeps nothing";
        return result;
    }

    [[nodiscard]] json recomputed(std::string const& article) const {
        auto const result = dossier({"explain", path("job.toml"), "--recompute", "--output", path("out"), "--claim",
                                     "sleep", "--article", article, "--json"});
        EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
        return json::parse(result.out);
    }

    static constexpr char const* registry =
        "[registry]\nabout = [\"lamp*\"]\n[[claim]]\nid = \"sleep\"\nstatement = \"Night lamps disturb sleep.\"\n"
        "supports = [\"disturb* sleep\"]\nrefutes = [\"improve* sleep\"]\n";
    TemporaryFolder folder_;
};

TEST_F(IncrementalRuns, PublishWhatACleanRunPublishes) {
    EXPECT_THAT(run_both().err, HasSubstr("3 articles, 3 of them analysed anew"));
    write("articles/b.txt", "Lamps again\n\nNight lamps disturb sleep after all. We asked 300 people about it.\n");
    EXPECT_THAT(run_both().err, HasSubstr("3 articles, 1 of them analysed anew"));
    fs::remove(path("articles/a.txt"));
    write("articles/d.txt", "Lamps once more\n\nNight lamps disturb sleep, says a study. It had 20 people.\n");
    EXPECT_THAT(run_both({"--threads", "3"}).err, HasSubstr("3 articles, 1 of them analysed anew"));
    write("claims.toml", std::string(registry) + "[[claim]]\nid = \"bright\"\nstatement = \"Lamps are bright.\"\n");
    EXPECT_THAT(run_both().err, HasSubstr("3 articles, 3 of them analysed anew"));
    fs::remove_all(path("out/cache"));
    write("articles/e.txt", "Lamps\n\nNight lamps improve sleep. That is what they say.\n");
    EXPECT_THAT(run_both().err, HasSubstr("4 articles, 4 of them analysed anew"));
}

TEST_F(IncrementalRuns, KeepWhatTheEngineOfAPluginSaidUntilItsOptionsChange) {
    auto const engine = [](std::string const& how) {
        return "[[engine]]\nname = \"engine-misbehaves\"\nclaims = [\"sleep\"]\n[engine.options]\nhow = \"" + how +
               "\"\n";
    };
    std::vector<std::string> const plugins{
        "--plugin-path", DOSSIER_FIXTURES, "--plugin-path",
        (fs::path(DOSSIER_PROGRAM).parent_path() / "../lib/dossier/plugins").string()};
    write_job(engine("not"));
    auto const first = run_both(plugins);
    ASSERT_EQ(first.exit_code, 0) << first.err;
    EXPECT_THAT(first.err, HasSubstr("3 articles, 3 of them analysed anew"));
    write("articles/b.txt", "Lamps again\n\nNight lamps disturb sleep after all. We asked 300 people about it.\n");
    EXPECT_THAT(run_both(plugins).err, HasSubstr("3 articles, 1 of them analysed anew"));
    // An article of one sentence makes it point beyond its end. It then says nothing of the others either.
    write("articles/d.txt", "Night lamps disturb sleep.\n");
    auto const failed = run_both(plugins);
    EXPECT_EQ(failed.exit_code, 5) << failed.err;
    EXPECT_THAT(failed.err, HasSubstr("4 articles, 4 of them analysed anew"));
    fs::remove(path("articles/d.txt"));
    write("articles/a.txt", "Lamps\n\nNight lamps improve sleep. That is what they say.\n");
    EXPECT_THAT(run_both(plugins).err, HasSubstr("3 articles, 1 of them analysed anew"));
    write_job(engine("confidence"));
    EXPECT_EQ(run_both(plugins).exit_code, 5) << "another option, and it is asked again";
}

/// What a run says but for what it does, so that runs that come to the same in different ways can be compared.
std::string messages_in(ProcessResult const& result) {
    std::string messages;
    std::istringstream lines(result.err);
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("info: ")) messages += line + '\n';
    return messages;
}

TEST_F(IncrementalRuns, AnalyseNothingWhereTheFilesAreThoseOfTheLatestSet) {
    write("articles/broken.txt", std::string("\0\1\2\3 is no text", 15));
    write("articles/empty.txt", "");
    auto const first = run_both();
    EXPECT_THAT(first.err, HasSubstr("5 articles, 5 of them analysed anew"));
    std::vector<std::string> const words{"run", path("job.toml"), "-v", "--output", path("out")};
    auto const again = dossier(words);
    EXPECT_THAT(again.err, Not(HasSubstr("analysed anew")));
    EXPECT_THAT(again.out, HasSubstr("nothing changed"));
    EXPECT_EQ(again.exit_code, 3) << "an article is not assessable";
    EXPECT_THAT(messages_in(again), HasSubstr("is not text but binary data"));
    EXPECT_THAT(messages_in(again), HasSubstr("is empty"));
    EXPECT_EQ(messages_in(again), messages_in(first));

    auto clean = words;
    clean.emplace_back("--no-cache");
    auto const anew = dossier(clean);
    EXPECT_THAT(anew.err, HasSubstr("5 of them analysed anew"));
    EXPECT_EQ(messages_in(anew), messages_in(again));
    EXPECT_EQ(anew.out, again.out);
    EXPECT_EQ(anew.exit_code, again.exit_code);
}

TEST_F(IncrementalRuns, SayAgainWhatTheyHaveToSayOfTheRegistry) {
    write("claims.toml", std::string(registry) + "[[claim]]\nid = \"bright\"\nstatement = \"Lamps are.\"\n");
    auto const first = run_both();
    EXPECT_THAT(first.err, HasSubstr("claims.toml:"));
    auto const again = dossier({"run", path("job.toml"), "-v", "--output", path("out")});
    EXPECT_THAT(again.out, HasSubstr("nothing changed"));
    EXPECT_EQ(messages_in(again), messages_in(first));
}

TEST_F(IncrementalRuns, ArePublishedAnewWhateverOfTheArticlesChanged) {
    EXPECT_THAT(run_both().out, HasSubstr("published"));
    auto const is_published = [&](std::string const& what) {
        auto const result = run_both();
        EXPECT_THAT(result.out, HasSubstr("published")) << what;
        EXPECT_THAT(dossier({"run", path("job.toml"), "--output", path("out")}).out, HasSubstr("nothing changed"))
            << what;
    };
    write("articles/z.txt", "Lamps\n\nNight lamps improve sleep. So they say.\n");
    is_published("an article behind all others is new");
    fs::remove(path("articles/z.txt"));
    is_published("it is gone");
    write("articles/b.txt", "Lamps again\n\nNight lamps improve sleep. We asked 201 people about it.\n");
    is_published("a byte is another");
    fs::rename(path("articles/a.txt"), path("articles/aa.txt"));
    is_published("an article has another name");
    auto const record = "TY  - JOUR\nTI  - Lamps\nAB  - Night lamps disturb sleep. They are bright.\nER  - \n\n";
    write("articles/c.ris", std::string("\n\n") + record);
    is_published("a record stands elsewhere in its file");
    write("articles/t.csv", "title,abstract,notes\nLamps,Night lamps disturb sleep. They do.,None of it.\n");
    is_published("a table of records is new");
    write("articles/t.csv", "title,notes,abstract\nLamps,Night lamps disturb sleep. They do.,None of it.\n");
    is_published("its columns have other names, of the same length");
    write("sources.toml", "[[source]]\npath = \"articles/b.txt\"\nretracted = true\n");
    write_job("manifest = \"sources.toml\"\n");
    is_published("something is declared");
    write("sources.toml", "[[source]]\npath = \"articles/b.txt\"\nretracted = false\n");
    is_published("something else is");
}

TEST_F(IncrementalRuns, SayWhatOfThemIsStaleAndWhy) {
    auto const before = recomputed("a");
    EXPECT_TRUE(before["last_run"].is_null());
    EXPECT_EQ(before["recomputed"][0]["stance"], "supports");
    EXPECT_EQ(before["cache"], "none");

    ASSERT_EQ(dossier({"run", path("job.toml"), "--output", path("out")}).exit_code, 0);
    auto const fresh = recomputed("a");
    EXPECT_EQ(fresh["stale"], json::array());
    EXPECT_EQ(fresh["same"], true);
    EXPECT_EQ(fresh["cache"], "same");

    write("articles/a.txt", "Lamps at night\n\nNight lamps improve sleep. Nobody knows why that is so.\n");
    auto const changed = recomputed("a");
    EXPECT_EQ(changed["stale"][0]["part"], "file");
    EXPECT_EQ(changed["last"][0]["stance"], "supports");
    EXPECT_EQ(changed["recomputed"][0]["stance"], "refutes");
    EXPECT_EQ(changed["same"], false);
    EXPECT_EQ(changed["cache"], "none");
    EXPECT_EQ(recomputed("b")["stale"], json::array()) << "the other one is as it was";

    write("claims.toml", std::string(registry) + "# A remark.\n");
    EXPECT_EQ(recomputed("b")["stale"][0]["part"], "registry");
    EXPECT_EQ(recomputed("b")["same"], true);
    auto const text =
        dossier({"explain", path("job.toml"), "--recompute", "--output", path("out"), "--claim", "sleep"});
    EXPECT_THAT(text.out, HasSubstr("  stale        file: the article's file has changed\n"));
    EXPECT_THAT(text.out, HasSubstr("  stale        registry: the registry has changed\n"));
    EXPECT_THAT(text.out, Not(HasSubstr("please report it")));
}

TEST_F(IncrementalRuns, DoNotTakeAnEntryThatSomebodyChanged) {
    (void)run_both();
    auto pack = bytes_of(path("out/cache/articles.pack"));
    for (auto at = pack.find("disturb"); at != std::string::npos; at = pack.find("disturb", at))
        pack.replace(at, 7, "improve");
    write("out/cache/articles.pack", pack);
    EXPECT_EQ(recomputed("a")["cache"], "none") << "its digest is wrong";
    write("articles/e.txt", "Lamps\n\nNight lamps improve sleep. That is what they say.\n");
    (void)run_both();
}

}  // namespace
