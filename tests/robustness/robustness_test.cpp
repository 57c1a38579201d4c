// Bad articles cost their own part and nothing else, and each says so once.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "golden/analysis_rows.hpp"
#include "golden/dossier_process.hpp"
#include "robustness/inputs.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;
using Json = nlohmann::json;

constexpr int done_with_warnings = 3;
constexpr std::size_t huge_line_bytes = 100'000'000;

std::vector<Json> messages_in(std::string const& json_lines) {
    std::vector<Json> messages;
    std::istringstream lines(json_lines);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with('{')) messages.push_back(Json::parse(line));
    return messages;
}

/// Named as the place or in the message; a note may name another file as the one that was meant.
bool is_about(Json const& message, std::string const& path) {
    auto const names = [&](char const* field) {
        return message.at(field).get<std::string>().find(path) != std::string::npos;
    };
    return names("file") || names("message");
}

class BadArticles : public testing::Test {
protected:
    struct Run {
        TemporaryFolder folder;
        BadInputs bad;
        ProcessResult process;
        std::vector<Json> messages;
    };

    static Run& run() {
        static Run only;
        static bool const done = [] {
            only.bad = write_bad_inputs(only.folder.path() / "job", huge_line_bytes);
            only.process = run_program({DOSSIER_PROGRAM, "run", only.bad.job.string(), "--output",
                                        (only.folder.path() / "out").string(), "--message-format", "json"});
            only.messages = messages_in(only.process.err);
            if (geteuid() == 0) std::printf("left out: a file without read permission (root may read anything)\n");
            return true;
        }();
        (void)done;
        return only;
    }
    void SetUp() override {
        ASSERT_FALSE(run().process.timed_out);
        ASSERT_EQ(run().process.exit_code, done_with_warnings) << run().process.err << run().process.out;
    }
    static fs::path latest() { return run().folder.path() / "out" / "latest"; }
    static std::vector<std::vector<std::string>> ask(std::string const& sql,
                                                     std::vector<std::string> const& parameters) {
        return query(latest() / "analysis.sqlite", sql, parameters);
    }
};

TEST_F(BadArticles, EachGivesOneMessageOfItsKind) {
    for (auto const& input : run().bad.inputs) {
        std::vector<std::string> codes;
        for (auto const& message : run().messages)
            if (is_about(message, input.path)) codes.push_back(message.at("code"));
        EXPECT_EQ(codes, std::vector<std::string>{input.code}) << input.path << ": " << input.what;
    }
}

TEST_F(BadArticles, GoodArticlesGiveNoMessage) {
    for (auto const& message : run().messages)
        for (auto const& article : run().bad.good_articles)
            EXPECT_FALSE(is_about(message, "articles/" + article + ".")) << message.dump();
}

TEST_F(BadArticles, AreNotAssessableNeverSilent) {
    for (auto const& input : run().bad.inputs) {
        auto const status = ask("SELECT status, status_reason FROM articles WHERE path = ?", {input.path});
        auto const stances = ask(
            "SELECT DISTINCT stance FROM stances JOIN articles a USING (article_id) WHERE a.path = ?", {input.path});
        if (input.fate == Fate::absent) {
            EXPECT_TRUE(status.empty()) << input.path;
            continue;
        }
        ASSERT_EQ(status.size(), 1u) << input.path << ": " << input.what;
        if (input.fate == Fate::not_assessable) {
            EXPECT_EQ(status[0][0], "not_assessable") << input.path << ": " << input.what;
            EXPECT_NE(status[0][1], "") << input.path << ": no reason";
            EXPECT_EQ(stances, (std::vector<std::vector<std::string>>{{"not_assessable"}})) << input.path;
        } else {
            EXPECT_EQ(status[0][0], "ok") << input.path << ": " << input.what << ": " << status[0][1];
        }
    }
}

TEST_F(BadArticles, LeaveTheRestOfTheReportAlone) {
    for (auto const& article : run().bad.good_articles)
        EXPECT_EQ(
            ask("SELECT stance FROM stances WHERE claim_id = 'delays-sleep' AND article_id = ? AND condition_id = ''",
                {article}),
            (std::vector<std::vector<std::string>>{{"supports"}}))
            << article;
    EXPECT_EQ(
        ask("SELECT stance FROM stances WHERE claim_id = 'harms-eyes' AND article_id = 'good' AND condition_id = ''",
            {}),
        (std::vector<std::vector<std::string>>{{"refutes"}}));
    EXPECT_NE(bytes_of(latest() / "report.md").find("Blue light in the evening"), std::string::npos);
    EXPECT_TRUE(fs::is_directory(latest() / "tables"));
    EXPECT_TRUE(fs::exists(latest() / "manifest.json"));
}

TEST_F(BadArticles, AreNamedInTheAnalysisToo) {
    for (auto const& input : run().bad.inputs)
        EXPECT_EQ(ask("SELECT code FROM diagnostics WHERE file LIKE '%' || ?1 OR message LIKE '%' || ?1 || '%'",
                      {input.path}),
                  (std::vector<std::vector<std::string>>{{input.code}}))
            << input.path << ": " << input.what;
}

TEST(BadJobs, ThatHaveNoReadableArticleStillSayWhatWasFound) {
    TemporaryFolder const folder;
    auto const bad = write_bad_inputs(folder.path() / "job", 1'000'000);
    for (auto const& article : bad.good_articles)
        for (auto const* extension : {".txt", ".md"})
            fs::remove(folder.path() / "job" / "articles" / (article + extension));
    for (auto const* name : {"invalid.txt", "cut.html", "huge.txt"})
        fs::remove(folder.path() / "job" / "articles" / name);
    auto const process =
        run_program({DOSSIER_PROGRAM, "run", bad.job.string(), "--output", (folder.path() / "out").string()});
    EXPECT_EQ(process.exit_code, done_with_warnings) << process.err;
    auto const words = query(folder.path() / "out" / "latest" / "analysis.sqlite",
                             "SELECT DISTINCT direction_word FROM consensus WHERE condition_id = ''");
    EXPECT_EQ(words, (std::vector<std::vector<std::string>>{{"not assessable"}}));
}

TEST(Output, ThatCannotBeWrittenIsAFailureAndNotSilence) {
    auto const result = run_program({"/bin/sh", "-c", std::string(DOSSIER_PROGRAM) + " schema job > /dev/full"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.err, "dossier: standard output could not be written\n");
}

}  // namespace
