// dossier explain on the example: what it tells a program is enough to come to every stance again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "golden/dossier_process.hpp"
#include "golden/example_run.hpp"

namespace {

using namespace dossier::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

ProcessResult explain(std::vector<std::string> const& options) {
    std::vector<std::string> command{DOSSIER_PROGRAM, "explain", (example_folder() / "job.toml").string()};
    command.insert(command.end(), options.begin(), options.end());
    return run_program(command);
}

std::vector<json> lines_of(std::string const& out) {
    std::istringstream stream(out);
    std::vector<json> objects;
    for (std::string line; std::getline(stream, line);)
        objects.push_back(json::parse(line));
    return objects;
}

struct Sides {
    std::size_t supporting = 0, refuting = 0, neutral = 0;
};

/// statistics.md 4.1, written down once more: at least 70 % one way, in whole numbers.
std::string stance_of(Sides const& sides) {
    auto const n = sides.supporting + sides.refuting;
    if (n == 0) return sides.neutral > 0 ? "neutral" : "silent";
    if (10 * sides.supporting >= 7 * n) return "supports";
    return 10 * sides.refuting >= 7 * n ? "refutes" : "mixed";
}

/// Distinct quotes by condition, and over all conditions under "*".
std::map<std::string, Sides> count(json const& explained) {
    std::set<std::tuple<std::string, std::string, std::string>> distinct;
    for (auto const& quote : explained.at("quotes")) {
        distinct.emplace(quote.at("condition"), quote.at("counted_as"), quote.at("quote"));
        distinct.emplace("*", quote.at("counted_as"), quote.at("quote"));
    }
    std::map<std::string, Sides> sides;
    for (auto const& [condition, side, quote] : distinct) {
        auto& counts = sides[condition];
        ++(side == "supports" ? counts.supporting : side == "refutes" ? counts.refuting : counts.neutral);
    }
    return sides;
}

std::string overall_of(std::map<std::string, Sides> sides) {
    sides.erase("*");
    std::set<std::string> stances;
    bool discussed = false;
    for (auto const& [condition, counts] : sides) {
        if (counts.supporting + counts.refuting > 0) stances.insert(stance_of(counts));
        discussed = discussed || counts.neutral > 0;
    }
    if (stances.empty()) return discussed ? "neutral" : "silent";
    if (stances.size() == 1) return *stances.begin();
    auto const general = stance_of(sides[""]);
    if (general != "supports" && general != "refutes") return "mixed";
    std::size_t in_favour = 0, against = 0;
    for (auto const& [condition, counts] : sides) {
        auto const [for_it, against_it] = general == "supports" ? std::pair(counts.supporting, counts.refuting)
                                                                : std::pair(counts.refuting, counts.supporting);
        (condition.empty() ? in_favour : against) += condition.empty() ? for_it : against_it;
    }
    return in_favour >= against ? general : "mixed";
}

std::string expected_stance(json const& explained, std::string const& by_quotes) {
    if (explained.at("status") != "ok" || explained.at("engine_failed") == true) return "not_assessable";
    return by_quotes == "silent" && explained.at("truncated") == true ? "not_assessable" : by_quotes;
}

TEST(Explain, TellsProgramsEnoughToComeToEveryStanceAgain) {
    std::size_t n = 0, n_quotes = 0;
    for (auto const* claim : {"disturbs-sleep", "heart-rhythm", "moderate-risk-low", "dependence", "withdrawal",
                              "better-focus", "worse-focus", "anxiety", "stronger-than-coffee"}) {
        auto const result = explain({"--claim", claim, "--json"});
        ASSERT_EQ(result.exit_code, 0) << result.err;
        for (auto const& explained : lines_of(result.out)) {
            auto const what = claim + (" in " + explained.at("article").get<std::string>());
            auto sides = count(explained);
            for (auto const& stance : explained.at("stances")) {
                auto const condition = stance.at("condition").get<std::string>();
                auto const by_quotes = condition.empty() ? overall_of(sides) : stance_of(sides[condition]);
                auto const& counts = sides[condition.empty() ? "*" : condition];
                EXPECT_EQ(stance.at("stance"), expected_stance(explained, by_quotes)) << what << ", " << condition;
                EXPECT_EQ(stance.at("n_supporting"), counts.supporting) << what << ", " << condition;
                EXPECT_EQ(stance.at("n_refuting"), counts.refuting) << what << ", " << condition;
                ++n;
            }
            for (auto const& stratum : explained.at("by_condition"))
                EXPECT_EQ(stratum.at("stance"), stance_of(sides[stratum.at("condition")])) << what;
            n_quotes += explained.at("quotes").size();
        }
    }
    EXPECT_GE(n, 9u * 11u);
    EXPECT_GE(n_quotes, 20u);
}

TEST(Explain, ShowsADecisionForEveryQuoteThatCounts) {
    for (auto const& explained : lines_of(explain({"--claim", "disturbs-sleep", "--json"}).out))
        for (auto const& quote : explained.at("quotes")) {
            if (quote.at("counted_as") == "neutral") continue;
            auto const& decisions = explained.at("decisions");
            EXPECT_TRUE(std::any_of(decisions.begin(), decisions.end(), [&](json const& decision) {
                return decision.at("sentence_number") == quote.at("sentence_number") &&
                       decision.at("direction") == quote.at("direction");
            })) << quote.at("quote");
        }
}

TEST(Explain, AddsTheContributionsOfTheStatementModelUpToItsScore) {
    for (auto const& explained : lines_of(explain({"--article", "02-northwold-gazette", "--json"}).out))
        for (auto const& decision : explained.at("decisions")) {
            double score = 0.0;
            for (auto const& part : decision.at("contributions"))
                score += part.at("value").get<double>() * part.at("weight").get<double>();
            if (decision.at("score").is_null())
                EXPECT_TRUE(decision.at("contributions").empty());
            else
                EXPECT_NEAR(decision.at("score").get<double>(), score, 1e-9);
        }
}

TEST(Explain, HasTheMembersThatItsPageNames) {
    auto const objects =
        lines_of(explain({"--claim", "disturbs-sleep", "--article", "02-northwold-gazette", "--json"}).out);
    ASSERT_EQ(objects.size(), 1u);
    auto const has = [](json const& object, std::vector<std::string> const& names) {
        for (auto const& name : names)
            EXPECT_TRUE(object.contains(name)) << name;
        EXPECT_EQ(object.size(), names.size());
    };
    auto const& explained = objects.front();
    has(explained, {"claim", "statement", "article", "path", "status", "status_reason", "truncated", "engine_failed",
                    "share_needed", "decisions", "quotes", "by_condition", "stances", "annotations"});
    has(explained.at("decisions").at(0),
        {"sentence_number", "page",          "line",  "byte_begin",      "byte_end",    "role",
         "sentence",        "decided_by",    "cue",   "cue_side",        "match_begin", "match_end",
         "modifiers",       "contributions", "score", "causal_strength", "confidence",  "counted",
         "direction",       "reason"});
    has(explained.at("quotes").at(0),
        {"sentence_number", "page", "line", "byte_begin", "byte_end", "quote", "condition", "direction", "attribution",
         "counted_as", "strength", "hedged", "causal_strength", "decided_by", "confidence", "rule"});
    has(explained.at("by_condition").at(0),
        {"condition", "n_supporting", "n_refuting", "n_neutral", "share", "stance", "contradictory"});
    has(explained.at("stances").at(0), {"condition", "stance", "n_supporting", "n_refuting", "decided_by", "confidence",
                                        "explained_by_conditions", "internally_contradictory"});
    EXPECT_EQ(explained.at("share_needed"), 0.7);
}

TEST(Explain, OfOneClaimEndsWithWhatAllArticlesSay) {
    auto const result = explain({"--claim", "withdrawal"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("\nall articles\n"));
    EXPECT_THAT(result.out, HasSubstr("\n  together: "));
}

TEST(Explain, OfOneArticleEndsWithWhatItSaysOnEveryClaim) {
    auto const result = explain({"--article", "04-voltrush"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("\nall claims\n"));
    EXPECT_EQ(lines_of(explain({"--article", "04-voltrush", "--json"}).out).size(), 9u);
}

TEST(Explain, OfAClaimAndAnArticleHasNoOverview) {
    auto const result = explain({"--claim", "withdrawal", "--article", "04-voltrush"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, Not(HasSubstr("together:")));
    EXPECT_THAT(result.out, HasSubstr("\n    overall: "));
}

TEST(Explain, NamesTheNearestClaimWhereOneDoesNotExist) {
    auto const result = explain({"--claim", "withdrawl"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("did you mean \"withdrawal\"?"));
}

}  // namespace
