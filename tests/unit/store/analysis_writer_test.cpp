#include "dossier/store/analysis_writer.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/analysed_quotes.hpp"
#include "dossier/store/schema.hpp"
#include "sample_analysis.hpp"

namespace {

using dossier::test::SampleAnalysis;
using dossier::test::TemporaryFolder;

using Table = std::vector<std::vector<std::string>>;

/// Rows of a query as text, NULL as "NULL". Parameters bind as text.
Table query(std::string const& path, std::string const& sql, std::vector<std::string> const& parameters = {}) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql << ": " << sqlite3_errmsg(database);
    int index = 0;
    for (auto const& parameter : parameters)
        sqlite3_bind_text(statement, ++index, parameter.c_str(), -1, SQLITE_TRANSIENT);
    Table rows;
    while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
        rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, i));
            rows.back().emplace_back(text == nullptr ? "NULL" : text);
        }
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return rows;
}

std::string bytes_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class AnalysisDatabase : public testing::Test {
protected:
    AnalysisDatabase() { sample.write(path); }
    TemporaryFolder folder;
    SampleAnalysis sample;
    std::string path = folder.file("analysis.sqlite");
};

// The queries of plugin.hpp, word for word: what plugins that are built today will ask for years to come.
TEST_F(AnalysisDatabase, AnswersEveryQueryOfThePluginHeader) {
    EXPECT_EQ(query(path,
                    "SELECT job_title, as_of, tool_version, n_articles, n_not_assessable,"
                    " n_clusters, n_claims FROM run"),
              (Table{{"Coffee & sleep", "2026-11-22", "1.0.0", "6", "1", "5", "3"}}));
    EXPECT_EQ(query(path,
                    "SELECT article_id, path, format, title, author, published, publisher, url, study_design,"
                    " conflict_of_interest, language, n_sentences, status, status_reason, cluster_id"
                    " FROM articles ORDER BY article_id")
                  .size(),
              6u);
    EXPECT_EQ(
        query(path, "SELECT claim_id, statement, parent_id, contrary_of, outcome FROM claims ORDER BY position")[1],
        (std::vector<std::string>{"tolerance", "Regular drinkers become tolerant.", "NULL", "NULL", "insomnia"}));
    EXPECT_EQ(query(path, "SELECT condition_id, name FROM conditions ORDER BY position"),
              (Table{{"before-noon", "when drunk before noon"}, {"late", "when drunk late"}}));
    std::string const evidence =
        "SELECT evidence_id, claim_id, article_id, direction, strength, hedged, attribution, condition_id, quote,"
        " byte_begin, byte_end, line, page, rule, path, url FROM evidence";
    EXPECT_EQ(query(path, evidence + " ORDER BY evidence_id").size(), 6u);
    EXPECT_EQ(query(path, evidence + " WHERE claim_id = ?1 ORDER BY evidence_id", {"causes"}).size(), 5u);
    std::string const stances =
        "SELECT claim_id, article_id, condition_id, stance, n_supporting, n_refuting, confidence, decided_by,"
        " explained_by_conditions, internally_contradictory FROM stances";
    EXPECT_EQ(query(path, stances + " ORDER BY claim_position, condition_position, article_id").size(), 36u);
    EXPECT_EQ(
        query(path, stances + " WHERE claim_id = ?1 AND condition_id = '' ORDER BY article_id", {"causes"}).size(), 6u);
    std::string const consensus =
        "SELECT claim_id, condition_id, statement, condition_name, n_articles, n_clusters, supports, refutes, mixed,"
        " neutral, silent, not_assessable, direction_share, ci_low, ci_high, bound_low, bound_high, sign_test_p,"
        " sign_test_note, posterior, agreement, polarisation, certainty, coverage, direction_word, agreement_word,"
        " certainty_word, coverage_word, certainty_reasons FROM consensus";
    EXPECT_EQ(query(path, consensus + " WHERE condition_id = '' ORDER BY claim_position").size(), 3u);
    EXPECT_EQ(
        query(path, consensus + " WHERE claim_id = ?1 AND condition_id <> '' ORDER BY condition_position", {"causes"})
            .size(),
        2u);
    EXPECT_EQ(query(path,
                    "SELECT factor_id, name, outcome, direction, n_articles, n_clusters FROM risk_factors"
                    " ORDER BY position")[0],
              (std::vector<std::string>{"late-hour", "a late hour", "insomnia", "raises", "2", "2"}));
    EXPECT_EQ(query(path,
                    "SELECT factor_id, article_id, direction, quote, byte_begin, byte_end, line, page, condition_id,"
                    " with_evidence, path, url FROM risk_mentions WHERE factor_id = ?1 ORDER BY article_id, byte_begin",
                    {"late-hour"})
                  .size(),
              2u);
    EXPECT_EQ(query(path,
                    "SELECT article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population,"
                    " quote, byte_begin, byte_end, line, page, text, path, url FROM quantities"
                    " ORDER BY article_id, byte_begin")
                  .size(),
              2u);
}

// design.md 4: views and columns are contract.
TEST_F(AnalysisDatabase, HasTheViewsAndColumnsOfTheContract) {
    std::vector<std::pair<std::string, std::string>> const contract = {
        {"run", "job_title, as_of, tool_version, schema_version, inputs_sha256, registry_sha256"},
        {"articles",
         "article_id, path, format, title, author, published, publisher, url, study_design, conflict_of_interest, "
         "language,"
         " sha256, n_sentences, status, status_reason, cluster_id"},
        {"claims", "claim_id, statement, parent_id, contrary_of, outcome"},
        {"evidence",
         "evidence_id, claim_id, article_id, direction, strength, hedged, attribution, condition_id, quote, byte_begin,"
         " byte_end, line, page, rule"},
        {"stances",
         "claim_id, article_id, condition_id, stance, n_supporting, n_refuting, confidence, decided_by,"
         " explained_by_conditions, internally_contradictory"},
        {"risk_factors", "factor_id, name, outcome, direction, n_articles, n_clusters"},
        {"risk_mentions",
         "factor_id, article_id, quote, byte_begin, byte_end, line, page, condition_id, with_evidence"},
        {"effects",
         "article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population, quote, byte_begin, "
         "byte_end,"
         " pooled, reason_not_pooled"},
        {"quantities",
         "article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population, quote, byte_begin, "
         "byte_end,"
         " pooled, reason_not_pooled"},
        {"consensus",
         "claim_id, condition_id, n_articles, n_clusters, supports, refutes, mixed, neutral, silent, not_assessable,"
         " direction_share, ci_low, ci_high, sign_test_p, posterior, agreement, certainty, coverage, direction_word,"
         " agreement_word, certainty_word"},
        {"sensitivity", "claim_id, analysis, subject, direction_share, direction_word, flips"},
        {"changes", "kind, claim_id, article_id, before, after, cause"},
        {"diagnostics", "severity, code, file, line, \"column\", message"}};
    for (auto const& [view, columns] : contract)
        query(path, "SELECT " + columns + " FROM " + view);
    EXPECT_TRUE(query(path, "SELECT * FROM changes").empty());
}

TEST(AnalysisWriter, SaysWhoDecidesAClaimOnWhichAnArticleIsSilent) {
    SampleAnalysis sample;
    sample.registry.claims[1].supports.emplace_back();
    TemporaryFolder folder;
    auto const path = folder.file("analysis.sqlite");
    dossier::AnalysisWriter writer(path);
    dossier::Summing summing(sample.registry);
    writer.add_registry(sample.registry, {{"tea", "engine:taster"}});
    for (std::size_t i : {0u, 4u, 5u})
        writer.add_article(sample.articles[i], sample.evidence[i], summing.add(sample.articles[i], sample.evidence[i]));
    writer.add_summary(summing.finish());
    writer.finish({});
    EXPECT_EQ(query(path,
                    "SELECT DISTINCT claim_id, decided_by FROM stances WHERE stance IN ('silent', 'not_assessable')"
                    " ORDER BY claim_position"),
              (Table{{"causes", "engine:statement-model"}, {"tolerance", "engine"}, {"tea", "engine:taster"}}));
}

TEST(AnalysisWriter, SaysThatAnEstimateOutsideItsIntervalIsToBeChecked) {
    SampleAnalysis sample;
    sample.evidence[3].quantities.back().outside_interval = true;
    TemporaryFolder folder;
    auto const path = folder.file("analysis.sqlite");
    sample.write(path);
    EXPECT_EQ(query(path, "SELECT reason_not_pooled FROM effects"),
              (Table{{"the estimate lies outside its own interval: check the article"}}));
}

TEST(AnalysisWriter, StoresManyQuotesOfOneArticleInLinearTime) {
    SampleAnalysis sample;
    constexpr std::size_t n_quotes = 50'000;  // took a minute when each was compared with all
    for (std::size_t i = 0; i < n_quotes; ++i)
        sample.support(0, "tea", "Sentence " + std::to_string(i) + ".");
    TemporaryFolder folder;
    auto const path = folder.file("analysis.sqlite");
    auto const begin = std::chrono::steady_clock::now();
    sample.write(path);
    dossier::AnalysedQuotes quotes(path);
    auto const article = quotes.article(sample.articles[0].id).value();
    for (auto const& item : sample.evidence[0].items)
        ASSERT_GE(quotes.number_of(article.number, item.bytes, item.quote), 0);
    EXPECT_EQ(quotes.number_of(article.number, sample.evidence[0].items[0].bytes, "Something else."), -1);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(AnalysisDatabase, HasExactlyTheColumnsThatTheSchemaDeclares) {
    for (auto const& view : dossier::analysis_views()) {
        auto const columns = query(path, "SELECT name FROM pragma_table_info('" + std::string(view.name) + "')");
        ASSERT_EQ(columns.size(), view.columns.size()) << view.name;
        for (std::size_t i = 0; i < columns.size(); ++i)
            EXPECT_EQ(columns[i][0], view.columns[i].name) << view.name;
    }
}

TEST_F(AnalysisDatabase, HoldsTheTypesThatTheSchemaDeclares) {
    for (auto const& view : dossier::analysis_views())
        for (auto const& column : view.columns) {
            auto const types = query(
                path, "SELECT DISTINCT typeof(\"" + std::string(column.name) + "\") FROM " + std::string(view.name));
            for (auto const& row : types) {
                if (row[0] == "null")
                    EXPECT_FALSE(column.null_means.empty()) << view.name << "." << column.name << " is never NULL";
                else
                    EXPECT_EQ(row[0], column.type) << view.name << "." << column.name;
            }
        }
}

TEST_F(AnalysisDatabase, NumbersEvidenceByClaimArticleAndPlace) {
    auto const rows =
        query(path, "SELECT evidence_id, claim_position, article_id, byte_begin FROM evidence ORDER BY evidence_id");
    ASSERT_EQ(rows.size(), 6u);
    EXPECT_EQ(rows.front()[0], "e000001");
    EXPECT_EQ(rows.back()[0], "e000006");
    EXPECT_EQ(rows.back()[1], "2");
    for (std::size_t i = 1; i < rows.size(); ++i)
        EXPECT_LE(std::make_pair(rows[i - 1][1], rows[i - 1][2]), std::make_pair(rows[i][1], rows[i][2]));
}

TEST_F(AnalysisDatabase, GivesTheSameBytesTwice) {
    sample.write(folder.file("again.sqlite"));
    EXPECT_EQ(bytes_of(path), bytes_of(folder.file("again.sqlite")));
}

TEST_F(AnalysisDatabase, NumbersEvidenceTheSameInWhateverOrderArticlesCome) {
    std::reverse(sample.articles.begin(), sample.articles.end());
    sample.write(folder.file("reversed.sqlite"));
    for (auto const& view : {"SELECT * FROM consensus", "SELECT * FROM sensitivity",
                             "SELECT evidence_id, claim_id, article_id, quote, rule FROM evidence ORDER BY evidence_id",
                             "SELECT claim_id, article_id, condition_id, stance, quote FROM stances ORDER BY 1, 2, 3",
                             "SELECT article_id, path, cluster_id, cluster_reason FROM articles ORDER BY 1"})
        EXPECT_EQ(query(path, view), query(folder.file("reversed.sqlite"), view)) << view;
}

// statistics.md 4.7. b and its copy are one source; leaving out either of them alone changes nothing.
TEST_F(AnalysisDatabase, TellsWhatLeavingOutEachSourceAndEachArticleChanges) {
    auto const left_out = [&](std::string const& analysis) {
        return query(path,
                     "SELECT subject, supports, refutes, mixed, flips FROM sensitivity WHERE claim_id = 'causes' AND"
                     " analysis = '" +
                         analysis + "' ORDER BY subject");
    };
    Table const alone = {{"d", "1.0", "1.0", "0.0", "0"}, {"Ärger & \"Zitate\"/<b>1</b>", "0.0", "1.0", "1.0", "1"}};
    EXPECT_EQ(left_out("leave_one_article_out"), alone);
    auto with_b = alone;
    with_b.insert(with_b.begin(), {"b", "1.0", "0.0", "1.0", "1"});
    EXPECT_EQ(left_out("leave_one_cluster_out"), with_b);
}

// Every article on a claim has two rows of `sensitivity`, of which reports ask for the few that turn a verdict.
TEST_F(AnalysisDatabase, LooksAtStancesOnlyWhereLeavingThemOutIsWhatIsAskedFor) {
    auto const plan = query(path,
                            "EXPLAIN QUERY PLAN SELECT subject FROM sensitivity WHERE claim_id = 'causes' AND"
                            " analysis = 'leave_one_cluster_out' AND flips ORDER BY subject");
    auto const step = [&](std::string_view begin) {
        return std::find_if(plan.begin(), plan.end(), [&](auto const& row) { return row[3].starts_with(begin); });
    };
    auto const outcomes = step("SEARCH o "), stances = step("SEARCH s USING COVERING INDEX i_stance");
    ASSERT_NE(stances, plan.end());
    EXPECT_LT(outcomes, stances);
    EXPECT_NE((*stances)[3].find("stance=?"), std::string::npos) << (*stances)[3];
}

// 1,000 claims against 100,000 articles are mostly silence, which no report must wade through.
TEST_F(AnalysisDatabase, KeepsSilenceOutOfQueriesForStancesThatAreTaken) {
    EXPECT_EQ(query(path, "SELECT count(*) FROM t_stance WHERE stance = 4"), (Table{{"0"}}));
    EXPECT_NE(query(path, "SELECT count(*) FROM stances WHERE stance = 'silent'"), (Table{{"0"}}));
    auto const plan =
        query(path,
              "EXPLAIN QUERY PLAN SELECT article_id, quote FROM taken_stances WHERE condition_position = 0"
              " ORDER BY article_position, claim_position");
    EXPECT_EQ(query(path, "SELECT count(*) FROM taken_stances"),
              query(path, "SELECT count(*) FROM stances WHERE stance IN ('supports', 'refutes', 'mixed')"));
    for (auto const& step : plan)
        EXPECT_EQ(step[3].find("TEMP B-TREE"), std::string::npos) << step[3];
}

TEST_F(AnalysisDatabase, GivesEachStanceThatIsTakenTheFirstQuoteOnItsSide) {
    auto const rows =
        query(path,
              "SELECT s.stance, e.direction, s.quote, e.quote FROM stances s LEFT JOIN evidence e"
              " ON e.claim_id = s.claim_id AND e.article_id = s.article_id AND e.byte_begin = s.byte_begin"
              " WHERE s.stance IN ('supports', 'refutes', 'mixed')");
    ASSERT_FALSE(rows.empty());
    for (auto const& row : rows) {
        EXPECT_EQ(row[2], row[3]);
        EXPECT_TRUE(row[0] == "mixed" || row[0] == row[1]) << row[0] << " " << row[1];
    }
}

TEST_F(AnalysisDatabase, ReplacesAFileThatIsThere) {
    std::ofstream(path) << "something else";
    sample.write(path);
    EXPECT_EQ(query(path, "SELECT count(*) FROM articles")[0][0], "6");
}

TEST_F(AnalysisDatabase, SaysWhatItIs) {
    EXPECT_EQ(query(path, "PRAGMA application_id")[0][0], std::to_string(0x446f7373));
    EXPECT_EQ(query(path, "PRAGMA user_version")[0][0], "2");
    EXPECT_EQ(query(path, "PRAGMA integrity_check")[0][0], "ok");
}

TEST_F(AnalysisDatabase, KeepsWhatIsNotStatedApartFromEmptyText) {
    auto const row = query(path, "SELECT title, author, proposed FROM articles WHERE article_id = 'b'");
    EXPECT_EQ(row[0], (std::vector<std::string>{"NULL", "NULL", "NULL"}));
    EXPECT_EQ(query(path, "SELECT proposed FROM articles WHERE title = 'Coffee and sleep'")[0][0], "title");
}

TEST_F(AnalysisDatabase, ListsEffectsWithoutPercentages) {
    EXPECT_EQ(query(path, "SELECT measure, ci_level, pooled FROM effects"), (Table{{"OR", "0.95", "0"}}));
    EXPECT_EQ(query(path, "SELECT comparator, estimate FROM quantities WHERE measure = '%'"),
              (Table{{"up to", "30.0"}}));
}

TEST_F(AnalysisDatabase, KeepsTheMessagesOfTheRun) {
    EXPECT_EQ(
        query(path, "SELECT severity, code, file, line, \"column\", message, notes FROM diagnostics ORDER BY position"),
        (Table{{"warning", "DOS0301", "e.txt", "NULL", "NULL", "the language is de", "only en is read"},
               {"note", "DOS0302", "f.txt", "3", "7", "the capture breaks off", "NULL"}}));
}

TEST_F(AnalysisDatabase, IsReadableWithTheSqliteShell) {
    if (std::system("command -v sqlite3 > /dev/null") != 0) GTEST_SKIP() << "no sqlite3 shell on this machine";
    std::string const command =
        "sqlite3 -readonly '" + path +
        "' \"SELECT statement || ': ' || direction_word FROM consensus WHERE claim_id = 'tolerance'\"";
    std::unique_ptr<FILE, int (*)(FILE*)> shell(popen(command.c_str(), "r"), &pclose);
    ASSERT_TRUE(shell);
    std::array<char, 200> line{};
    ASSERT_NE(std::fgets(line.data(), line.size(), shell.get()), nullptr);
    EXPECT_STREQ(line.data(), "Regular drinkers become tolerant.: rests on one source\n");
}

TEST(AnalysisWriter, LeavesNoFileBehindThatIsNotFinished) {
    TemporaryFolder folder;
    {
        dossier::AnalysisWriter writer(folder.file("a.sqlite"));
        writer.add_registry(SampleAnalysis().registry);
    }
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.sqlite")));
}

TEST(AnalysisWriter, FailsWithOneSentenceWhereItCannotWrite) {
    try {
        dossier::AnalysisWriter const writer("/nowhere/at/all/analysis.sqlite");
        FAIL() << "nothing was thrown";
    } catch (dossier::Failure const& failure) {
        EXPECT_EQ(failure.kind(), dossier::FailureKind::store);
        EXPECT_EQ(failure.path(), "/nowhere/at/all/analysis.sqlite");
        EXPECT_STREQ(
            failure.what(),
            "cannot write the analysis database /nowhere/at/all/analysis.sqlite: unable to open database file");
    }
}

TEST(AnalysisWriter, RefusesWhatTheRegistryDoesNotKnow) {
    TemporaryFolder folder;
    SampleAnalysis sample;
    sample.evidence[0].items[0].claim_id = "unheard-of";
    EXPECT_THROW(sample.write(folder.file("a.sqlite")), dossier::Failure);
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.sqlite")));
}

TEST(AnalysisWriter, RefusesEvidenceOfAnArticleThatIsNotThereAndArticlesThatAreThereTwice) {
    TemporaryFolder folder;
    SampleAnalysis stray;
    stray.evidence[0].items[0].article_id = "unheard-of";
    EXPECT_THROW(stray.write(folder.file("a.sqlite")), dossier::Failure);
    SampleAnalysis twice;
    twice.articles.push_back(twice.articles[0]);
    EXPECT_THROW(twice.write(folder.file("a.sqlite")), dossier::Failure);
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.sqlite")));
}

TEST(AnalysisWriter, WritesAnEmptyAnalysis) {
    TemporaryFolder folder;
    SampleAnalysis empty;
    empty.registry = {}, empty.articles.clear(), empty.evidence.clear(), empty.diagnostics = {};
    empty.write(folder.file("a.sqlite"));
    for (auto const& view : dossier::analysis_views()) {
        if (view.name == "run" || view.name == "words") continue;
        EXPECT_TRUE(query(folder.file("a.sqlite"), "SELECT * FROM " + std::string(view.name)).empty()) << view.name;
    }
}

TEST(AnalysisWriter, KeepsTextWordForWord) {
    TemporaryFolder folder;
    SampleAnalysis sample;
    std::string const awkward = "'; DROP TABLE t_claim; -- é ≥ “ ” \xF0\x9F\x98\x80 \t | \"";
    sample.evidence[0].items[0].quote = awkward;
    sample.write(folder.file("a.sqlite"));
    EXPECT_EQ(query(folder.file("a.sqlite"), "SELECT count(*) FROM evidence WHERE quote = ?1", {awkward})[0][0], "1");
}

TEST(Schema, DeclaresEveryColumnOnceWithAMeaning) {
    for (auto const& view : dossier::analysis_views()) {
        std::vector<std::string_view> names;
        for (auto const& column : view.columns) {
            names.push_back(column.name);
            EXPECT_FALSE(column.meaning.empty()) << view.name << "." << column.name;
            EXPECT_TRUE(column.type == "text" || column.type == "integer" || column.type == "real") << column.name;
        }
        std::sort(names.begin(), names.end());
        EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end()) << view.name;
    }
}

TEST(Schema, IsThePageInTheDocs) {
    std::string const page = DOSSIER_SOURCE_DIR "/docs/analysis-database.md";
    if (std::getenv("DOSSIER_ACCEPT") != nullptr)
        std::ofstream(page, std::ios::binary) << dossier::analysis_database_page();
    EXPECT_EQ(bytes_of(page), dossier::analysis_database_page())
        << "to accept the new page, run this with DOSSIER_ACCEPT=1";
}

}  // namespace
