// The examples as a user runs them, with an output of format json: valid by the published schema, every row of every view
// in it, and the questions of docs/formats/json.md answered by jq as the page shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "formats/hostile_texts.hpp"
#include "formats/json/json_documents.hpp"
#include "json/views.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;
using nlohmann::json;
using testing::IsEmpty;

constexpr char const* reports =
    R"(["summary", "stance-table", "consensus", "risk-factors", "effects", "sensitivity", "evidence-map", "sources", "quotes"])";

std::string output(std::string const& file, std::string const& options) {
    return "\n[[output]]\nreports = " + std::string(reports) + "\nformat = \"json\"\nfile = \"" + file +
           "\"\noptions = { " + options + " }\n";
}

/// One run of an example, its outputs replaced by three of format json.
struct ExampleRun {
    explicit ExampleRun(std::string const& example) {
        auto const job = folder.path() / "job";
        fs::copy(fs::path(DOSSIER_SOURCE_DIR) / "examples" / example, job, fs::copy_options::recursive);
        auto text = bytes_of(job / "job.toml");
        text.erase(text.find("[[output]]"));
        text += output("energy-drinks.json", "va_spec = true, claim_review = true") +
                output("pretty.json", "pretty = true, views = \"claims, evidence\", shown = false") +
                output("bare.json", "views = \"none\"");
        std::ofstream(job / "job.toml", std::ios::binary) << text;
        result = run_program(
            {DOSSIER_PROGRAM, "run", (job / "job.toml").string(), "--output", (folder.path() / "out").string()},
            {{"XDG_STATE_HOME", (folder.path() / "state").string()}});
        latest = folder.path() / "out/latest";
    }
    [[nodiscard]] json document(std::string const& name = "energy-drinks.json") const {
        return json::parse(bytes_of(latest / name));
    }
    TemporaryFolder folder;
    ProcessResult result;
    fs::path latest;
};

ExampleRun const& example(std::string const& name) {
    static std::map<std::string, ExampleRun> runs;
    return runs.try_emplace(name, name).first->second;
}

class Examples : public testing::TestWithParam<char const*> {};

/// The rows of a query: the second tool is SQLite itself.
std::vector<json> rows_of(fs::path const& database, std::string const& sql) {
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_open_v2(database.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(connection));
    std::vector<json> rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        json row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            auto& cell = row[sqlite3_column_name(statement, i)];
            switch (sqlite3_column_type(statement, i)) {
                case SQLITE_INTEGER: cell = static_cast<std::int64_t>(sqlite3_column_int64(statement, i)); break;
                case SQLITE_FLOAT: cell = sqlite3_column_double(statement, i); break;
                case SQLITE_TEXT: cell = reinterpret_cast<char const*>(sqlite3_column_text(statement, i)); break;
                default: cell = nullptr;
            }
        }
        rows.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return rows;
}

TEST_P(Examples, AreValidByThePublishedSchema) {
    auto const& run = example(GetParam());
    ASSERT_TRUE(run.result.exit_code == 0 || run.result.exit_code == 3) << run.result.err;
    if (!has_validator()) GTEST_SKIP() << "python3 with jsonschema is not installed";
    EXPECT_EQ(mistakes_in({run.latest / "energy-drinks.json", run.latest / "pretty.json", run.latest / "bare.json"}),
              "");
}

TEST_P(Examples, HoldEveryRowOfEveryViewInItsOrder) {
    auto const& run = example(GetParam());
    auto const document = run.document();
    std::size_t n_rows = 0;
    for (auto const& view : dossier::formats::analysis_views()) {
        auto const name = std::string(view.name);
        auto const order = (view.claim_by_claim ? "claim_position, " : "") + std::string(view.order);
        auto const expected = rows_of(run.latest / "analysis.sqlite",
                                      "SELECT * FROM " + name + (order.empty() ? "" : " ORDER BY " + order));
        auto const& written = document.at("views").at(name);
        ASSERT_EQ(written.size(), expected.size()) << name;
        for (std::size_t i = 0; i < expected.size(); ++i)
            EXPECT_EQ(written.at(i), expected[i]) << name << " " << i;
        n_rows += expected.size();
        if (!order.empty()) {
            EXPECT_THAT(rows_of(run.latest / "analysis.sqlite",
                                "SELECT count(*) FROM " + name + " GROUP BY " + order + " HAVING count(*) > 1"),
                        IsEmpty())
                << "rows of " << name << " that are equal by their order may come either way";
        }
    }
    EXPECT_GT(n_rows, 100u);
}

TEST_P(Examples, HoldTheViewsThatTheOptionNames) {
    auto const& run = example(GetParam());
    auto const pretty = run.document("pretty.json");
    ASSERT_EQ(pretty.at("views").size(), 2u);
    EXPECT_EQ(pretty.at("views").at("evidence"), run.document().at("views").at("evidence"));
    EXPECT_FALSE(run.document("bare.json").contains("views"));
    EXPECT_EQ(run.document("bare.json").at("sections"), run.document().at("sections"));
}

TEST_P(Examples, SayInVerdictsWhatTheConsensusSays) {
    auto const& run = example(GetParam());
    auto const document = run.document();
    auto const consensus = rows_of(run.latest / "analysis.sqlite",
                                   "SELECT * FROM consensus WHERE condition_id = '' ORDER BY claim_position");
    auto const& verdicts = document.at("verdicts");
    ASSERT_EQ(verdicts.size(), consensus.size());
    ASSERT_EQ(document.at("claim_reviews").size(), consensus.size());
    for (std::size_t i = 0; i < consensus.size(); ++i) {
        EXPECT_EQ(verdicts.at(i).at("claim_id"), consensus[i].at("claim_id"));
        EXPECT_EQ(verdicts.at(i).at("direction").at("word"), consensus[i].at("direction_word"));
        EXPECT_EQ(verdicts.at(i).at("direction").at("share"), consensus[i].at("direction_share"));
        EXPECT_EQ(verdicts.at(i).at("agreement").at("value"), consensus[i].at("agreement"));
        EXPECT_EQ(verdicts.at(i).at("coverage").at("share"), consensus[i].at("coverage"));
        for (auto const& [stance, n] : verdicts.at(i).at("stances").items())
            EXPECT_EQ(n, consensus[i].at(stance)) << stance;
        EXPECT_EQ(document.at("claim_reviews").at(i).at("reviewRating").at(2).at("alternateName"),
                  consensus[i].at("certainty_word"));
    }
}

/// What VA-Spec calls a direction; docs/formats/json.md.
std::string va_direction(std::string const& word) {
    return word == "supports" ? "supports" : word == "refutes" ? "disputes" : "neutral";
}

TEST_P(Examples, HoldAnEvidenceLineForEachStanceWithItsQuotes) {
    auto const& run = example(GetParam());
    auto const database = run.latest / "analysis.sqlite";
    auto const lines = run.document().at("va_spec").at("evidence_lines");
    auto const stances = rows_of(database,
                                 "SELECT * FROM stances WHERE stance NOT IN ('silent', 'not_assessable')"
                                 " ORDER BY claim_position, article_position, condition_position");
    ASSERT_EQ(lines.size(), stances.size());
    for (std::size_t i = 0; i < stances.size(); ++i) {
        auto const& stance = stances[i];
        auto const text = [&](char const* column) { return stance.at(column).get<std::string>(); };
        EXPECT_EQ(lines.at(i).at("id"), text("claim_id") + "/" + text("article_id") + "/" + text("condition_id"));
        EXPECT_EQ(lines.at(i).at("directionOfEvidenceProvided"), va_direction(text("stance")));
        EXPECT_EQ(lines.at(i).at("evidenceOutcome").at("name"), text("stance"));
        EXPECT_EQ(lines.at(i).at("targetProposition").at("subject").at("id"), text("claim_id"));
        auto const condition = text("condition_id").empty() ? "" : " AND condition_id = '" + text("condition_id") + "'";
        auto const quotes =
            rows_of(database, "SELECT * FROM evidence WHERE claim_id = '" + text("claim_id") + "' AND article_id = '" +
                                  text("article_id") + "'" + condition + " ORDER BY evidence_id");
        auto const& items = lines.at(i).at("hasEvidenceItems");
        ASSERT_EQ(items.size(), quotes.size()) << lines.at(i).at("id");
        for (std::size_t q = 0; q < quotes.size(); ++q) {
            EXPECT_EQ(items.at(q).at("id"), quotes[q].at("evidence_id"));
            EXPECT_EQ(items.at(q).at("description"), quotes[q].at("quote"));
            EXPECT_EQ(items.at(q).at("direction"), va_direction(quotes[q].at("direction").get<std::string>()));
            EXPECT_EQ(items.at(q).at("extensions").at(0).at("value").at("byte_begin"), quotes[q].at("byte_begin"));
        }
    }
}

TEST_P(Examples, AreTheSameBytesTwice) {
    auto const& first = example(GetParam());
    ExampleRun const second(GetParam());
    for (auto const* const file : {"energy-drinks.json", "pretty.json", "bare.json"})
        EXPECT_TRUE(bytes_of(first.latest / file) == bytes_of(second.latest / file)) << file;
}

INSTANTIATE_TEST_SUITE_P(All, Examples, testing::Values("01-first-report", "02-risk-factors", "03-effects"),
                         [](auto const& parameter) { return std::string(parameter.param).substr(0, 2); });

/// A question of the page: the command, and what it prints.
struct Question {
    std::string command, answer;
};

/// The blocks of `sh` in the page, each with the block of `text` behind it.
std::vector<Question> questions_of_the_page() {
    auto const page = file_text(fs::path(DOSSIER_SOURCE_DIR) / "docs/formats/json.md");
    std::vector<Question> questions;
    auto const block_at = [&](std::string const& fence, std::size_t& offset) {
        auto const begin = page.find(fence, offset);
        if (begin == std::string::npos) return std::string();
        auto const end = page.find("\n```\n", begin);
        offset = end + 5;
        return page.substr(begin + fence.size(), end + 1 - begin - fence.size());
    };
    for (std::size_t offset = 0;;) {
        auto const command = block_at("```sh\n", offset);
        if (command.empty()) return questions;
        questions.push_back({command, block_at("```text\n", offset)});
    }
}

TEST(JsonPage, AnswersEachQuestionAsItShows) {
    if (run_program({"sh", "-c", "command -v jq"}).exit_code != 0) GTEST_SKIP() << "jq is not installed";
    auto const questions = questions_of_the_page();
    ASSERT_GE(questions.size(), 4u);
    for (auto const& question : questions) {
        auto const command = "cd '" + example("01-first-report").latest.string() + "' && " + question.command;
        auto const answer = run_program({"sh", "-c", command});
        EXPECT_EQ(answer.out, question.answer) << question.command << answer.err;
    }
}

}  // namespace
