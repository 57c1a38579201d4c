// The example's analysis against what a person read in the articles. The *.tsv files beside this one were written by
// reading, before the engine had run on the example; they are not to be changed to suit it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "golden/analysis_rows.hpp"
#include "golden/example_fixture.hpp"
#include "golden/example_run.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

using Rows = std::vector<std::vector<std::string>>;

Rows expected(char const* file) {
    return rows_of_tsv(fs::path(DOSSIER_SOURCE_DIR) / "tests" / "golden" / file);
}

bool contains(std::vector<std::string> const& list, std::string const& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

/// Rows that are known to come out wrong (known-misses.tsv). The list may only shrink: a new miss fails, and so does a
/// row that has come right but is still listed.
class KnownMisses {
public:
    explicit KnownMisses(std::string what) {
        for (auto const& row : expected("known-misses.tsv"))
            if (row[0] == what) rows_.push_back(row[1] + " / " + row[2]);
    }
    void expect(bool right, std::string const& name, std::string const& article, std::string const& found) const {
        auto const row = name + " / " + article;
        bool const known = contains(rows_, row);
        if (right && known) ADD_FAILURE() << row << " is right now: take it out of known-misses.tsv";
        if (!right && !known) ADD_FAILURE() << row << ": " << found;
        if (!right && known) std::printf("known miss: %s: %s\n", row.c_str(), found.c_str());
    }

private:
    std::vector<std::string> rows_;
};

class ExampleAnalysis : public Example {
protected:
    static Rows ask(std::string const& sql, std::vector<std::string> const& parameters = {}) {
        return query(run().latest / "analysis.sqlite", sql, parameters);
    }
    static std::string one(std::string const& sql, std::vector<std::string> const& parameters = {}) {
        auto const rows = ask(sql, parameters);
        return rows.size() == 1 && rows[0].size() == 1 ? rows[0][0] : "(" + std::to_string(rows.size()) + " rows)";
    }
};

TEST_F(ExampleAnalysis, EveryStanceIsOneThatAReaderAccepts) {
    KnownMisses const known("stance");
    std::size_t n_accepted = 0;
    auto const rows = expected("expected-stances.tsv");
    for (auto const& row : rows) {
        auto const stance = one(
            "SELECT stance FROM stances WHERE claim_id = ? AND article_id = ? AND condition_id = ''", {row[0], row[1]});
        bool const accepted = contains(split(row[2], '|'), stance);
        n_accepted += accepted ? 1 : 0;
        known.expect(accepted, row[0], row[1], stance + ", accepted: " + row[2] + "; " + row[3]);
    }
    std::printf("stances of the example: %zu of %zu accepted\n", n_accepted, rows.size());
}

TEST_F(ExampleAnalysis, EveryInformativeStanceHasAQuoteOnItsSide) {
    auto const unquoted = ask(
        "SELECT claim_id, article_id, stance FROM stances AS s WHERE condition_id = '' AND "
        "((stance IN ('supports', 'mixed') AND NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.claim_id = s.claim_id "
        "AND e.article_id = s.article_id AND e.direction = 'supports')) OR "
        "(stance IN ('refutes', 'mixed') AND NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.claim_id = s.claim_id "
        "AND e.article_id = s.article_id AND e.direction = 'refutes')))");
    for (auto const& row : unquoted)
        ADD_FAILURE() << row[0] << " / " << row[1] << ": " << row[2] << " without a quote";
}

TEST_F(ExampleAnalysis, QuotesOfPlainTextStandInTheFileWhereTheirBytesSay) {
    auto const quotes =
        ask("SELECT a.path, e.quote, e.byte_begin, e.byte_end, e.line FROM evidence AS e JOIN articles AS a USING "
            "(article_id) WHERE a.format = 'text' UNION ALL "
            "SELECT a.path, m.quote, m.byte_begin, m.byte_end, m.line FROM risk_mentions AS m JOIN articles AS a USING "
            "(article_id) WHERE a.format = 'text'");
    ASSERT_FALSE(quotes.empty());
    for (auto const& row : quotes) {
        auto const bytes = bytes_of(example_folder() / row[0]);
        auto const begin = std::stoul(row[2]), end = std::stoul(row[3]);
        ASSERT_LE(begin, end);
        ASSERT_LE(end, bytes.size());
        EXPECT_EQ(bytes.substr(begin, end - begin), row[1]) << row[0];
        EXPECT_EQ(std::to_string(1 + std::count(bytes.begin(), bytes.begin() + static_cast<long>(begin), '\n')), row[4])
            << row[0] << ": " << row[1];
    }
}

TEST_F(ExampleAnalysis, BoilerplateTitlesAndQuestionsAreNeverQuoted) {
    KnownMisses const known("never-quoted");
    for (auto const& row : expected("never-quoted.tsv")) {
        auto const n_quotes =
            one("SELECT (SELECT count(*) FROM evidence WHERE article_id = ?1 AND instr(quote, ?2) > 0) + "
                "(SELECT count(*) FROM risk_mentions WHERE article_id = ?1 AND instr(quote, ?2) > 0) + "
                "(SELECT count(*) FROM quantities WHERE article_id = ?1 AND instr(quote, ?2) > 0)",
                {row[0], row[1]});
        known.expect(n_quotes == "0", row[1], row[0], "quoted " + n_quotes + " times");
    }
}

TEST_F(ExampleAnalysis, RiskFactorsPointTheWayThatAReaderSees) {
    KnownMisses const known("factor-direction");
    for (auto const& row : expected("expected-risk-factors.tsv")) {
        auto const direction = one("SELECT direction FROM risk_factors WHERE factor_id = ?", {row[0]});
        known.expect(direction == row[1], row[0], "", direction + ", expected: " + row[1]);
    }
}

TEST_F(ExampleAnalysis, RiskFactorsAreFoundInTheArticlesThatNameThem) {
    KnownMisses const known("factor-article");
    std::size_t n_further = 0;
    for (auto const& row : expected("expected-risk-factors.tsv")) {
        auto const required = split(row[2], ','), allowed = split(row[3], ',');
        std::vector<std::string> found;
        for (auto const& mention : ask("SELECT DISTINCT article_id FROM risk_mentions WHERE factor_id = ?", {row[0]}))
            found.push_back(mention[0]);
        for (auto const& article : required)
            known.expect(contains(found, article), row[0], article, "not found");
        for (auto const& article : found) {
            if (contains(required, article) || contains(allowed, article)) continue;
            ++n_further;
            std::printf("further mention: %s in %s\n", row[0].c_str(), article.c_str());
        }
    }
    EXPECT_LE(n_further, 3u);
}

TEST_F(ExampleAnalysis, NumbersAreFoundWithTheirMeaning) {
    for (auto const& row : expected("expected-quantities.tsv")) {
        auto const found =
            ask("SELECT ci_low, ci_high FROM quantities WHERE article_id = ? AND measure = ? AND comparator = ? AND "
                "abs(estimate - ?) < 1e-9",
                {row[0], row[1], row[5], row[2]});
        ASSERT_FALSE(found.empty()) << row[0] << ": " << row[1] << " " << row[5] << " " << row[2];
        if (row[3].empty()) continue;
        EXPECT_NEAR(std::atof(found[0][0].c_str()), std::atof(row[3].c_str()), 1e-9) << row[0];
        EXPECT_NEAR(std::atof(found[0][1].c_str()), std::atof(row[4].c_str()), 1e-9) << row[0];
    }
}

TEST_F(ExampleAnalysis, OneAgencyTextInTwoPapersIsOneSource) {
    auto const cluster_of = [](char const* article) {
        return one("SELECT cluster_id FROM articles WHERE article_id = ?", {article});
    };
    EXPECT_EQ(cluster_of("02-northwold-gazette"), cluster_of("03-tideline-online"));
    EXPECT_EQ(one("SELECT count(*) FROM articles"), "11");
    EXPECT_EQ(one("SELECT count(DISTINCT cluster_id) FROM articles"), "10");
}

TEST_F(ExampleAnalysis, WhatIsMissingFromAPageThatBreaksOffIsNotCalledSilent) {
    EXPECT_EQ(one("SELECT count(*) FROM stances WHERE article_id = '07-morning-digest' AND stance = 'silent'"), "0");
}

TEST_F(ExampleAnalysis, AnArticleThatContradictsItselfIsMarked) {
    EXPECT_EQ(one("SELECT internally_contradictory FROM stances WHERE article_id = '08-school-nurse' AND claim_id = "
                  "'dependence' AND condition_id = ''"),
              "1");
}

TEST_F(ExampleAnalysis, MetadataIsStatedOrRead) {
    auto const field = [](char const* article, std::string const& column) {
        return one("SELECT " + column + " FROM articles WHERE article_id = ?", {article});
    };
    EXPECT_EQ(field("01-harbour-post", "title"),
              "Heart clinic sees more teenagers with palpitations after energy drinks");
    EXPECT_EQ(field("01-harbour-post", "author"), "Marian Achterberg");
    EXPECT_EQ(field("01-harbour-post", "published"), "2026-03-12");
    EXPECT_EQ(field("03-tideline-online", "title"), "Daily energy drinks linked to poor sleep in teenagers");
    EXPECT_EQ(field("03-tideline-online", "publisher"), "Tideline Online");
    EXPECT_EQ(field("04-voltrush", "conflict_of_interest"), "sells energy drinks");
    EXPECT_EQ(field("05-family-health-desk", "author"), "Rosalind Okafor-Hale");
    EXPECT_EQ(field("06-lab-letter", "published"), "2025-10-09");
    EXPECT_EQ(field("09-evidence-quarterly", "author"), "Oyelaran Petrosyan");
    EXPECT_EQ(field("09-evidence-quarterly", "published"), "2025-06-02");
    EXPECT_EQ(field("11-county-safety", "title"), "Energy drinks and alcohol do not mix");
}

}  // namespace
