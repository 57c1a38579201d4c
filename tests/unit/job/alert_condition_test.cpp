#include "dossier/job/alert_condition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/findings/words.hpp"
#include "dossier/job/alert_measures.hpp"
#include "dossier/store/change.hpp"

namespace {

using dossier::AlertComparison;
using dossier::parse_alert_condition;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "DOS0282 at 4+7"
std::vector<std::string> errors_in(std::string_view text) {
    std::vector<std::string> errors;
    for (auto const& error : parse_alert_condition(text).errors)
        errors.push_back(std::string(error.code) + " at " + std::to_string(error.offset) + "+" +
                         std::to_string(error.length));
    return errors;
}

std::string message_of(std::string_view text) {
    auto const parsed = parse_alert_condition(text);
    return parsed.errors.empty() ? "" : parsed.errors.front().message;
}

TEST(AlertCondition, ReadsNumbersWithEveryComparison) {
    auto const parsed = parse_alert_condition(
        "direction_share < 0.5 and supports<=3 and refutes > 1 and mixed >= 2 and silent = 0 and neutral != 7");
    EXPECT_THAT(parsed.errors, IsEmpty());
    std::vector<AlertComparison> comparisons;
    for (auto const& test : parsed.condition.tests)
        comparisons.push_back(test.comparison);
    EXPECT_THAT(comparisons,
                ElementsAre(AlertComparison::below, AlertComparison::at_most, AlertComparison::above,
                            AlertComparison::at_least, AlertComparison::equal, AlertComparison::not_equal));
    EXPECT_EQ(parsed.condition.tests[0].number, 0.5);
    EXPECT_EQ(parsed.condition.tests[5].measure, "neutral");
}

TEST(AlertCondition, ReadsWordsAndTheirAlternatives) {
    auto const parsed = parse_alert_condition(
        "certainty_word is 'low certainty' or 'very low certainty' and direction_word is not "
        "'supports prevail'");
    EXPECT_THAT(parsed.errors, IsEmpty());
    ASSERT_EQ(parsed.condition.tests.size(), 2u);
    EXPECT_EQ(parsed.condition.tests[0].comparison, AlertComparison::is);
    EXPECT_THAT(parsed.condition.tests[0].words, ElementsAre("low certainty", "very low certainty"));
    EXPECT_EQ(parsed.condition.tests[1].comparison, AlertComparison::is_not);
}

TEST(AlertCondition, IsTheSameTextHoweverItWasSpaced) {
    auto const tight = parse_alert_condition("supports<3 and coverage_word is 'thin'or'none'");
    auto const loose = parse_alert_condition("  supports  <  3.0   and\tcoverage_word is   'thin' or 'none' ");
    EXPECT_THAT(tight.errors, IsEmpty());
    EXPECT_EQ(text_of(tight.condition), "supports < 3 and coverage_word is 'thin' or 'none'");
    EXPECT_EQ(text_of(loose.condition), text_of(tight.condition));
}

TEST(AlertCondition, ItsTextReadsBackAsItself) {
    for (auto const& measure : dossier::alert_measures()) {
        auto const text =
            measure.is_number() ? measure.name + " >= 0.25" : measure.name + " is not '" + measure.words.back() + "'";
        auto const parsed = parse_alert_condition(text);
        ASSERT_THAT(parsed.errors, IsEmpty()) << text;
        EXPECT_EQ(text_of(parsed.condition), text);
    }
}

TEST(AlertCondition, TellsEveryWrongTestAndItsPlace) {
    //                       0         1         2         3         4         5
    //                       012345678901234567890123456789012345678901234567890123456
    EXPECT_THAT(errors_in("suports < 3 and refutes < x and mixed > 1 and silent is 2"),
                ElementsAre("DOS0282 at 0+7", "DOS0283 at 26+1", "DOS0281 at 53+2"));
}

TEST(AlertCondition, NamesTheNearestMeasure) {
    EXPECT_EQ(message_of("suports < 3"), "nothing called \"suports\" can be measured; did you mean \"supports\"?");
    EXPECT_EQ(message_of("changes.stance_fliped > 0"),
              "nothing called \"changes.stance_fliped\" can be measured; did you mean \"changes.stance_flipped\"?");
}

TEST(AlertCondition, NamesTheNearestWord) {
    EXPECT_EQ(message_of("direction_word is 'refute prevails'"),
              "direction_word is never \"refute prevails\"; did you mean \"refutes prevail\"?");
}

TEST(AlertCondition, RefusesNumbersThatAMeasureNeverHas) {
    EXPECT_EQ(message_of("direction_share < 50"), "direction_share is never 50: it lies from 0 to 1");
    EXPECT_EQ(message_of("supports > -1"), "supports is never -1: it lies from 0 up");
    EXPECT_THAT(errors_in("agreement < -0.2"), IsEmpty());
}

TEST(AlertCondition, RefusesWhatIsNoNumber) {
    for (auto const* number : {"nan", "inf", "1e999", "0x10", "1,5", "50%", "--3", "+3", "'3'", "three", "1.2.3", ""})
        EXPECT_FALSE(parse_alert_condition(std::string("supports < ") + number).errors.empty()) << number;
    EXPECT_THAT(errors_in("supports < 1e1"), IsEmpty());
}

TEST(AlertCondition, SaysThatOrJoinsWordsOnly) {
    EXPECT_EQ(message_of("supports < 3 or refutes > 3"), "tests of numbers are joined by \"and\" only");
}

TEST(AlertCondition, RefusesWhatIsCutOff) {
    for (auto const* text : {"", "   ", "and", "supports", "supports <", "supports < 3 and", "and supports < 3",
                             "direction_word", "direction_word is", "direction_word is not", "direction_word is '",
                             "direction_word is 'supports prevail' or", "supports < 3 supports < 4", "< 3", "'x' is",
                             "supports == 3", "supports < 3;", "(supports < 3)", "supports =< 3"})
        EXPECT_FALSE(parse_alert_condition(text).errors.empty()) << text;
}

TEST(AlertCondition, HasABoundOnItsTests) {
    std::string text = "supports < 3";
    for (std::size_t i = 1; i < dossier::most_alert_tests; ++i)
        text += " and supports < 3";
    EXPECT_THAT(errors_in(text), IsEmpty());
    EXPECT_FALSE(errors_in(text + " and supports < 3").empty());
}

TEST(AlertCondition, EndsOnAnyBytes) {
    std::string const alphabet = "a1<>=!'. or and is not supports \xC3\xA4\x01\xFF";
    std::uint32_t state = 1;
    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (int i = 0; i < round % 40; ++i) {
            state = state * 1664525u + 1013904223u;
            text += alphabet[(state >> 16) % alphabet.size()];
        }
        for (auto const& error : parse_alert_condition(text).errors)
            ASSERT_LE(error.offset + error.length, text.size()) << text;
    }
}

TEST(AlertMeasures, HaveNamesOfTheirOwn) {
    for (auto const& measure : dossier::alert_measures())
        EXPECT_EQ(dossier::find_alert_measure(measure.name), &measure) << measure.name;
    EXPECT_EQ(dossier::find_alert_measure("nothing"), nullptr);
}

TEST(AlertMeasures, CountEveryKindOfChange) {
    for (auto const kind : dossier::change_kinds())
        EXPECT_NE(dossier::find_alert_measure("changes." + std::string(kind)), nullptr) << kind;
}

/// Words come from findings/words.cpp: those it can say are those that can be asked for.
TEST(AlertMeasures, KnowEveryWordThatAVerdictCanHave) {
    auto const knows = [](char const* measure, std::string const& word) {
        auto const& words = dossier::find_alert_measure(measure)->words;
        return std::find(words.begin(), words.end(), dossier::measured_word(word)) != words.end();
    };
    auto const sizes = {0u, 1u, 2u, 6u, 30u};
    for (auto const s : sizes)
        for (auto const r : sizes)
            for (auto const m : sizes)
                for (auto const n : {0u, 2u})
                    for (auto const silent : {0u, 3u, 90u})
                        for (auto const lost : {0u, 4u})
                            for (bool const under : {false, true}) {
                                dossier::StanceTally const tally{.supports = s,
                                                                 .refutes = r,
                                                                 .mixed = m,
                                                                 .neutral = n,
                                                                 .silent = silent,
                                                                 .not_assessable = lost};
                                auto const direction = dossier::direction_word(tally, 5, under);
                                EXPECT_TRUE(knows("direction_word", direction)) << direction;
                                EXPECT_TRUE(knows("coverage_word", dossier::coverage_word(tally)));
                                for (double const a : {-1.0, -0.2, 0.0, 0.3, 0.7, 1.0}) {
                                    auto const agreement = dossier::agreement_word(tally, a);
                                    EXPECT_TRUE(knows("agreement_word", agreement)) << agreement;
                                }
                            }
}

TEST(AlertMeasures, AskForWordsThatTheRulesPrint) {
    for (auto const& rule : dossier::word_rules()) {
        if (rule.word == "fragile") continue;  // stands beside the direction, not in its place
        auto const word = rule.part == "certainty" ? rule.word + " certainty" : rule.word;
        auto const& words = dossier::find_alert_measure(rule.part + "_word")->words;
        EXPECT_NE(std::find(words.begin(), words.end(), word), words.end()) << rule.part << ": " << word;
    }
}

}  // namespace
