// dossier explain --articles, as a user runs it on the example.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"

namespace {

using namespace dossier::test;
using testing::HasSubstr;
using testing::Not;

ProcessResult explain(std::vector<std::string> const& options) {
    std::vector<std::string> command{DOSSIER_PROGRAM, "explain", (example_folder() / "job.toml").string()};
    command.insert(command.end(), options.begin(), options.end());
    return run_program(command);
}

TEST(ExplainArticles, SaysWhatShowsThatTwoArticlesAreOneSource) {
    auto const result = explain({"--articles"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("11 articles, 10 independent sources\n"));
    EXPECT_THAT(result.out, HasSubstr(R"(
  02-northwold-gazette  articles/02-northwold-gazette.txt
    "Daily energy drinks linked to poor sleep in teenagers"
  03-tideline-online  articles/03-tideline-online.html
    "Daily energy drinks linked to poor sleep in teenagers"
  02-northwold-gazette = 03-tideline-online
    near-duplicate text: about )"));
    EXPECT_THAT(result.out, HasSubstr(R"(
  02-northwold-gazette = 03-tideline-online
    both rest on the same study: Brisling, Journal of Adolescent Habits
)"));
    EXPECT_THAT(result.out, HasSubstr("\n9 articles alone: nothing links one of them to another\n"));
}

TEST(ExplainArticles, OfOneArticleShowsItsSource) {
    auto const result = explain({"--articles", "--article", "03-tideline-online"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("\nsource 02-northwold-gazette: 2 articles; "));
    EXPECT_THAT(result.out, Not(HasSubstr("alone")));
    auto const alone = explain({"--articles", "--article", "04-voltrush"});
    EXPECT_THAT(alone.out, HasSubstr("\n1 article alone: nothing links it to another\n"));
    EXPECT_THAT(alone.out, Not(HasSubstr("source 02")));
    EXPECT_EQ(explain({"--articles", "--article", "04-voltrsh"}).exit_code, 2);
}

TEST(ExplainArticles, TellsProgramsTheSame) {
    auto const result = explain({"--articles", "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("\"n_articles\": 11,\n  \"n_sources\": 10,"));
    EXPECT_THAT(result.out, HasSubstr("\"kind\": \"near_duplicate\""));
    EXPECT_THAT(result.out, HasSubstr("\"kind\": \"same_study\""));
    EXPECT_THAT(result.out, HasSubstr("\"publisher_families\": ["));
}

TEST(ExplainArticles, TakesTheArticlesOrAClaim) {
    EXPECT_EQ(explain({}).exit_code, 2);
    EXPECT_THAT(explain({}).err, HasSubstr("--claim, --article or --articles is required"));
    EXPECT_EQ(explain({"--articles", "--claim", "heart-rhythm"}).exit_code, 2);
}

TEST(Explain, ListsAtMostTenIdsWhereOneDoesNotExist) {
    auto const result = explain({"--articles", "--article", "nope"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("  and 1 more\n"));
}

TEST(Explain, ReadsPdfsWithoutASandboxIfAsked) {
    EXPECT_EQ(explain({"--articles", "--allow-unsandboxed"}).exit_code, 0);
}

}  // namespace
