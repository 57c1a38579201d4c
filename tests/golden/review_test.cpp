// dossier review on the example: a sheet goes out, is filled in, comes back, and the next run counts what people decided.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"

namespace {

using namespace dossier::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

constexpr int exit_of_example = 3;  // one of its articles is cut off

constexpr char const* job_text = R"([job]
title = "Energy drinks and teenagers"
as_of = 2026-04-01
[sources]
include = ["articles/*"]
manifest = "sources.toml"
[registry]
annotations = "annotations.toml"
[[output]]
reports = ["adjudication"]
format = "markdown"
file = "adjudication.md"
)";

/// The example with a ledger, in a folder of its own.
class Review : public testing::Test {
protected:
    Review() {
        fs::copy(example_folder() / "articles", path("articles"), fs::copy_options::recursive);
        for (auto const* file : {"claims.toml", "sources.toml"})
            fs::copy_file(example_folder() / file, path(file));
        write("job.toml", job_text);
        write("annotations.toml", ledger_head);
    }

    [[nodiscard]] fs::path path(std::string const& name) const { return folder_.path() / name; }
    void write(std::string const& name, std::string const& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
    }

    [[nodiscard]] ProcessResult dossier(std::string const& command,
                                        std::vector<std::string> const& options = {}) const {
        std::vector<std::string> words{DOSSIER_PROGRAM, command, path("job.toml").string()};
        words.insert(words.end(), options.begin(), options.end());
        return run_program(words);
    }
    [[nodiscard]] ProcessResult run() const { return dossier("run", {"--output", path("out").string()}); }

    /// Fills in stance, quote_number, why, who and when of one row.
    static void fill(std::string& sheet, std::string const& claim, std::string const& article,
                     std::string const& five_fields) {
        auto row = std::string::npos;
        for (auto at = sheet.find(claim + ","); at != std::string::npos && row == std::string::npos;
             at = sheet.find(claim + ",", at + 1))
            if (auto const found = sheet.find(",,," + article + ",", at); found < sheet.find("\r\n", at)) row = found;
        ASSERT_NE(row, std::string::npos) << claim << " " << article;
        auto const before = sheet.find(",,,,", row + 3);  // stance, quote_number and why are empty
        ASSERT_NE(before, std::string::npos);
        auto after = before;
        for (int cells = 0; cells < 5; ++cells)
            after = sheet.find(',', after + 1);
        sheet.replace(before + 1, after - before - 1, five_fields);
    }

    /// All rows of a query over the latest analysis, cells joined by "|".
    [[nodiscard]] std::vector<std::string> query(std::string const& sql) const {
        sqlite3* opened = nullptr;
        auto const file = path("out/latest/analysis.sqlite").string();
        EXPECT_EQ(sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
        std::unique_ptr<sqlite3, int (*)(sqlite3*)> const database(opened, &sqlite3_close);
        std::vector<std::string> rows;
        auto const take = [](void* to, int n, char** cells, char**) {
            std::string row;
            for (int i = 0; i < n; ++i)
                row += (i == 0 ? "" : "|") + std::string(cells[i] != nullptr ? cells[i] : "");
            static_cast<std::vector<std::string>*>(to)->push_back(row);
            return 0;
        };
        EXPECT_EQ(sqlite3_exec(database.get(), sql.c_str(), take, &rows, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database.get());
        return rows;
    }

    static constexpr char const* ledger_head = "# Decisions of the review group\n";
    TemporaryFolder folder_;
};

TEST_F(Review, PutsContradictionsFirst) {
    auto const result = dossier("review", {"--out", "-"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    auto const first = result.out.find("\r\n") + 2;
    EXPECT_TRUE(result.out.substr(first).starts_with("\"says both under the same condition; mixed\",disturbs-sleep,"))
        << result.out.substr(first, 200);
}

TEST_F(Review, GoesOutComesBackAndCounts) {
    auto const out = dossier("review", {"--out", path("sheet.csv").string()});
    ASSERT_EQ(out.exit_code, 0) << out.err;
    EXPECT_THAT(out.out, HasSubstr("with something the matter"));
    auto sheet = bytes_of(path("sheet.csv"));
    fill(sheet, "disturbs-sleep", "06-lab-letter", "refutes,3,\"By the end, sleep was as before.\",,2026-03-30");
    fill(sheet, "stronger-than-coffee", "04-voltrush", "silent,,An advertisement.,ab,");
    write("sheet.csv", sheet);

    auto const in = dossier("review", {"--in", path("sheet.csv").string(), "--who", "jm"});
    EXPECT_EQ(in.exit_code, 0) << in.err;
    EXPECT_THAT(in.out, HasSubstr("added 2 overrides"));
    auto const ledger = bytes_of(path("annotations.toml"));
    EXPECT_TRUE(ledger.starts_with(ledger_head)) << ledger;
    EXPECT_THAT(ledger, HasSubstr("quote = \"By the third week, energy drinks no longer disturbed their sleep.\""));
    auto const again = dossier("review", {"--in", path("sheet.csv").string(), "--who", "jm"});
    EXPECT_THAT(again.out, HasSubstr("skipped 2, there already"));
    EXPECT_EQ(bytes_of(path("annotations.toml")), ledger);

    EXPECT_EQ(run().exit_code, exit_of_example);
    EXPECT_THAT(query("SELECT claim_id, article_id, stance, overridden, decided_by, quote FROM stances"
                      " WHERE overridden IS NOT NULL ORDER BY claim_id"),
                ElementsAre("disturbs-sleep|06-lab-letter|refutes|mixed|jm|By the third week, energy drinks no longer "
                            "disturbed their sleep.",
                            "stronger-than-coffee|04-voltrush|silent|refutes|ab|"));
    EXPECT_THAT(query("SELECT n_overridden FROM consensus WHERE condition_id = '' AND n_overridden > 0"),
                ElementsAre("1", "1"));
    EXPECT_THAT(query("SELECT n_overridden, n_stale, length(annotations_sha256) FROM run"), ElementsAre("2|0|64"));
    EXPECT_THAT(query("SELECT detector, person, n FROM confusion ORDER BY 1"),
                ElementsAre("mixed|refutes|1", "refutes|silent|1"));
    EXPECT_THAT(query("SELECT decided_by FROM evidence WHERE decided_by = 'jm'"), ElementsAre("jm"));
    auto const report = bytes_of(path("out/latest/adjudication.md"));
    EXPECT_THAT(report, HasSubstr("**2 overrides** in force, 2 of them against the engine"));
    EXPECT_THAT(report, HasSubstr("> <a id=\"adjudication-decision-1\"></a>By the third week"));
    EXPECT_THAT(bytes_of(path("out/latest/manifest.json")), HasSubstr("annotations_sha256"));
    EXPECT_THAT(dossier("explain", {"--claim", "disturbs-sleep", "--article", "06-lab-letter"}).out,
                HasSubstr("overridden by jm (2026-03-30): refutes, where the engine says mixed: By the end"));
    EXPECT_THAT(dossier("review", {"--out", "-"}).out,
                Not(HasSubstr("disturbs-sleep,Energy drinks disturb the sleep of "
                              "teenagers.,,,06-lab-letter")));
}

TEST_F(Review, OfTwoBlindRatersIsComparedAndNeverApplied) {
    for (std::string const rater : {"ab", "cd"}) {
        auto const file = path(rater + ".csv").string();
        auto const out = dossier("review", {"--out", file, "--blind", "--rater", rater, "--limit", "12"});
        ASSERT_EQ(out.exit_code, 0) << out.err;
        auto sheet = bytes_of(file);
        EXPECT_THAT(sheet, Not(HasSubstr("mixed")));
        fill(sheet, "disturbs-sleep", "06-lab-letter", "mixed,,," + rater + ",");
        fill(sheet, "dependence", "08-school-nurse", (rater == "ab" ? "mixed,,," : "supports,,,") + rater + ",");
        write(rater + ".csv", sheet);
        auto const in = dossier("review", {"--in", file, "--who", rater, "--role", "rating"});
        EXPECT_EQ(in.exit_code, 0) << in.err;
        EXPECT_THAT(in.out, HasSubstr("added 2 ratings"));
    }
    EXPECT_EQ(run().exit_code, exit_of_example);
    EXPECT_THAT(query("SELECT n_overridden FROM run"), ElementsAre("0"));
    EXPECT_THAT(query("SELECT n_units, n_raters, value FROM rater_agreement"
                      " WHERE comparison = 'between raters' AND coefficient = 'percent agreement'"),
                ElementsAre("2|2|0.5"));
    EXPECT_THAT(query("SELECT detector, person, n FROM confusion ORDER BY 2"),
                ElementsAre("mixed|mixed|3", "mixed|supports|1"));
    auto const rest = dossier("review", {"--out", "-", "--blind", "--rater", "ab"});
    EXPECT_THAT(rest.out,
                Not(HasSubstr("dependence,Energy drinks can lead to caffeine dependence.,,,08-school-nurse")));
    EXPECT_THAT(dossier("review", {"--out", "-", "--blind", "--rater", "ef"}).out,
                HasSubstr("dependence,Energy drinks can lead to caffeine dependence.,,,08-school-nurse"));
}

TEST_F(Review, SaysWhenTheTextHasChangedSince) {
    write("annotations.toml", R"([[annotation]]
claim = "disturbs-sleep"
article = "06-lab-letter"
stance = "refutes"
who = "jm"
why = "By the end, sleep was as before."
quote = "By the third week, energy drinks no longer disturbed their sleep."
)");
    ASSERT_EQ(run().exit_code, exit_of_example);
    EXPECT_THAT(query("SELECT status FROM annotations"), ElementsAre("applied"));
    auto article = bytes_of(path("articles/06-lab-letter.txt"));
    article.replace(article.find("By the third week"), 17, "By the fifth week");
    write("articles/06-lab-letter.txt", article);
    auto const result = run();
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("the override by jm is stale: its quote is not among"));
    EXPECT_THAT(query("SELECT status, detector FROM annotations"), ElementsAre("stale|mixed"));
    EXPECT_THAT(query("SELECT n_overridden, n_stale FROM run"), ElementsAre("0|1"));
    EXPECT_THAT(query("SELECT stance, decided_by FROM stances WHERE claim_id = 'disturbs-sleep' AND condition_id = ''"
                      " AND article_id = '06-lab-letter'"),
                ElementsAre("mixed|engine"));
    EXPECT_THAT(bytes_of(path("out/latest/adjudication.md")), HasSubstr("Stale annotations"));
}

TEST_F(Review, OfASheetWhoseTextChangedIsRefusedRowByRow) {
    ASSERT_EQ(dossier("review", {"--out", path("sheet.csv").string()}).exit_code, 0);
    auto sheet = bytes_of(path("sheet.csv"));
    fill(sheet, "disturbs-sleep", "06-lab-letter", "refutes,3,Seen.,,");
    fill(sheet, "dependence", "08-school-nurse", "mixed,,Both are there.,,");
    write("sheet.csv", sheet);
    write("articles/06-lab-letter.txt",
          bytes_of(path("articles/06-lab-letter.txt")) + "\nA late remark is added here.\n");
    auto const in = dossier("review", {"--in", path("sheet.csv").string(), "--who", "jm"});
    EXPECT_EQ(in.exit_code, 3);
    EXPECT_THAT(in.err, HasSubstr("this row is not added: the article has changed since"));
    EXPECT_THAT(in.out, HasSubstr("added 1 override"));
    EXPECT_THAT(in.out, HasSubstr("refused 1"));
}

TEST_F(Review, RenewsWhatIsStale) {
    write("annotations.toml", R"([[annotation]]
claim = "disturbs-sleep"
article = "06-lab-letter"
stance = "refutes"
who = "jm"
why = "By the end, sleep was as before."
quote = "By the fourth week, energy drinks no longer disturbed their sleep."
)");
    EXPECT_THAT(run().err, HasSubstr("is stale: its quote is not among"));
    for (std::string const stance : {"refutes", "supports"}) {
        auto const sheet_name = stance + ".csv";
        auto const ledger = bytes_of(path("annotations.toml"));
        ASSERT_EQ(dossier("review", {"--out", path(sheet_name).string()}).exit_code, 0);
        auto sheet = bytes_of(path(sheet_name));
        fill(sheet, "disturbs-sleep", "06-lab-letter", stance + ",3,Read again.,ab,");
        write(sheet_name, sheet);
        auto const in = dossier("review", {"--in", path(sheet_name).string()});
        EXPECT_EQ(in.exit_code, 0) << in.err;
        EXPECT_THAT(in.out, HasSubstr("added 1 override"));
        EXPECT_THAT(in.out, Not(HasSubstr("skipped")));
        auto const result = run();
        EXPECT_THAT(result.err, Not(HasSubstr("stale")));
        EXPECT_THAT(query("SELECT who, stance, status FROM annotations ORDER BY position"),
                    ElementsAre("jm|refutes|superseded", "ab|" + stance + "|applied"));
        EXPECT_THAT(query("SELECT reason FROM annotations WHERE status = 'superseded'"),
                    ElementsAre(HasSubstr("may be quoted; renewed in line 10")));
        EXPECT_THAT(query("SELECT n_overridden, n_stale FROM run"), ElementsAre("1|0"));
        EXPECT_THAT(dossier("review", {"--in", path(sheet_name).string()}).out, HasSubstr("skipped 1, there already"));
        write("annotations.toml", ledger);
    }
}

TEST_F(Review, TakesNeitherOfTwoRowsThatContradictEachOther) {
    ASSERT_EQ(dossier("review", {"--out", path("sheet.csv").string()}).exit_code, 0);
    auto sheet = bytes_of(path("sheet.csv"));
    auto other = sheet;
    fill(sheet, "disturbs-sleep", "06-lab-letter", "refutes,3,Seen.,,");
    fill(sheet, "dependence", "08-school-nurse", "mixed,,Both are there.,,");
    fill(other, "disturbs-sleep", "06-lab-letter", "supports,1,Seen.,,");
    fill(other, "dependence", "08-school-nurse", "mixed,,Both are there.,,");
    write("sheet.csv", sheet + other.substr(other.find("\r\n") + 2));
    auto const in = dossier("review", {"--in", path("sheet.csv").string(), "--who", "jm"});
    EXPECT_EQ(in.exit_code, 3) << in.err;
    EXPECT_THAT(in.err, HasSubstr("another one of the sheet says otherwise [DOS0270]"));
    EXPECT_THAT(in.out, HasSubstr("added 1 override to"));
    EXPECT_THAT(in.out, HasSubstr("skipped 1, twice in the sheet"));
    EXPECT_THAT(in.out, HasSubstr("refused 2"));
    EXPECT_THAT(bytes_of(path("annotations.toml")), Not(HasSubstr("06-lab-letter")));
}

TEST_F(Review, AddsEveryQuoteThatOneSheetNames) {
    ASSERT_EQ(dossier("review", {"--out", path("sheet.csv").string()}).exit_code, 0);
    auto sheet = bytes_of(path("sheet.csv"));
    auto other = sheet;
    fill(sheet, "disturbs-sleep", "06-lab-letter", "mixed,1,Seen.,,");
    fill(other, "disturbs-sleep", "06-lab-letter", "mixed,3,Seen.,,");
    write("sheet.csv", sheet + other.substr(other.find("\r\n") + 2));
    EXPECT_THAT(dossier("review", {"--in", path("sheet.csv").string(), "--who", "jm"}).out,
                HasSubstr("added 2 overrides"));
    EXPECT_EQ(run().exit_code, exit_of_example);
    EXPECT_THAT(query("SELECT status FROM annotations"), ElementsAre("applied", "applied"));
    EXPECT_EQ(query("SELECT DISTINCT quote FROM evidence WHERE decided_by = 'jm'").size(), 2u);
}

TEST_F(Review, SaysThatItMakesALedgerAndKeepsItsLineEnds) {
    ASSERT_EQ(dossier("review", {"--out", path("sheet.csv").string()}).exit_code, 0);
    auto sheet = bytes_of(path("sheet.csv"));
    fill(sheet, "disturbs-sleep", "06-lab-letter", "refutes,3,Seen.,,");
    write("sheet.csv", sheet);
    auto const options = std::vector<std::string>{"--in", path("sheet.csv").string(), "--who", "jm"};
    fs::remove(path("annotations.toml"));
    EXPECT_THAT(dossier("review", options).out, HasSubstr("annotations.toml, a new file\n"));
    write("annotations.toml", "# ours\r\n");
    EXPECT_THAT(dossier("review", options).out, Not(HasSubstr("new file")));
    auto const ledger = bytes_of(path("annotations.toml"));
    EXPECT_THAT(ledger, HasSubstr("article = \"06-lab-letter\"\r\n"));
    EXPECT_EQ(std::count(ledger.begin(), ledger.end(), '\r'), std::count(ledger.begin(), ledger.end(), '\n'));
}

TEST_F(Review, NeverOverwritesASheet) {
    write("sheet.csv", "filled in by hand");
    auto const result = dossier("review", {"--out", path("sheet.csv").string()});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("is there already, and may be filled in"));
    EXPECT_EQ(bytes_of(path("sheet.csv")), "filled in by hand");
}

TEST_F(Review, ANewDecisionMakesANewRun) {
    ASSERT_EQ(run().exit_code, exit_of_example);
    EXPECT_THAT(run().out, HasSubstr("nothing changed"));
    write("annotations.toml", std::string(ledger_head) + "# one more remark\n");
    EXPECT_THAT(run().out, Not(HasSubstr("nothing changed")));
}

}  // namespace
