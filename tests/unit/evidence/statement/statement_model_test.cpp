#include "dossier/evidence/statement_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement/word_links.hpp"

namespace {

using namespace dossier;

StatementVerdict judge(std::string_view statement, std::string_view passage, PassageStances const& allowed = {}) {
    return StatementModel::built_in().judge(ReadStatement(statement, built_in_lexicon()), passage, allowed);
}

struct Case {
    char const *statement, *passage;
    PassageStance expected;
};

void expect(std::vector<Case> const& cases) {
    for (auto const& c : cases) {
        auto const verdict = judge(c.statement, c.passage);
        EXPECT_STREQ(name_of(verdict.stance), name_of(c.expected))
            << c.statement << " | " << c.passage << " | " << verdict.probabilities[0] << " " << verdict.probabilities[1]
            << " " << verdict.probabilities[3]
            << (verdict.contributions.empty() ? "" : "; most: " + verdict.contributions[0].feature);
    }
}

constexpr auto supports = PassageStance::supports, refutes = PassageStance::refutes, neutral = PassageStance::neutral;

TEST(StatementModel, TakesAnAssertionInOtherFormsOfTheWordsAsSupport) {
    expect(
        {{"Coffee causes insomnia.", "In this trial coffee caused insomnia in most volunteers.", supports},
         {"Ketamine is addictive.", "Ketamine is highly addictive.", supports},
         {"Helmets reduce head injuries.", "Wearing a helmet was associated with a reduced risk of head injury.",
          supports},
         {"Vitamin D protects against colds.", "We found that vitamin D protected children against colds.", supports}});
}

TEST(StatementModel, TakesADenialOfTheStatementsWordsAsRefutation) {
    expect({{"Coffee causes insomnia.", "Coffee does not cause insomnia.", refutes},
            {"Coffee causes insomnia.", "There is no evidence that coffee causes insomnia.", refutes},
            {"Ketamine is addictive.", "Ketamine is not addictive.", refutes},
            {"Vitamin D protects against colds.", "Vitamin D did not protect children against colds.", refutes},
            {"Screens harm eyesight.", "There was no significant association between screens and harm to eyesight.",
             refutes}});
}

TEST(StatementModel, ReadsAStatementThatDenies) {
    expect({{"Screens do not harm eyesight.", "Screens do not harm the eyesight of children.", supports},
            {"Screens do not harm eyesight.", "Screens clearly harm the eyesight of children.", refutes},
            {"Masks have no effect on infection.", "Wearing masks was associated with a reduced risk of infection.",
             refutes}});
}

TEST(StatementModel, TurnsWithTheDirectionOfAnEffect) {
    expect({{"Exercise increases blood pressure.", "Exercise lowered blood pressure in all groups.", refutes},
            {"Exercise lowers blood pressure.", "Exercise decreased blood pressure in all groups.", supports},
            {"Mortality was higher in men than in women.", "Mortality was lower in men than in women.", refutes}});
}

TEST(StatementModel, LeavesOpenWhatThePassageDoesNotSpeakOf) {
    expect({{"Coffee causes insomnia.", "We recruited 120 adults from three clinics between May and June.", neutral},
            {"Screens harm eyesight.", "Funding: National Science Board.", neutral},
            {"Ketamine is addictive.", "The clinic opened in 1962.", neutral}});
}

TEST(StatementModel, AnswersAQuestionAsTheStatementItAsksAbout) {
    PassageStances const answers{true, true, true, false};
    EXPECT_EQ(
        judge("Does coffee cause insomnia?", "We conclude that coffee does cause insomnia in adults.", answers).stance,
        supports);
    EXPECT_EQ(judge("Does coffee cause insomnia?",
                    "Coffee did not cause insomnia; there was no significant difference between the groups.", answers)
                  .stance,
              refutes);
    EXPECT_EQ(judge("Is the new scale reliable?", "The new scale is a reliable and valid instrument.", answers).stance,
              supports);
}

TEST(StatementModel, AnswersOnlyWithWhatIsAllowed) {
    auto const verdict = judge("Coffee causes insomnia.", "We recruited 120 adults.", {true, true, false, false});
    EXPECT_EQ(verdict.probabilities[2], 0.0);
    EXPECT_EQ(verdict.probabilities[3], 0.0);
    EXPECT_NEAR(std::accumulate(verdict.probabilities.begin(), verdict.probabilities.end(), 0.0), 1.0, 1e-12);
    EXPECT_DOUBLE_EQ(verdict.confidence, verdict.probabilities[static_cast<std::size_t>(verdict.stance)]);
}

TEST(StatementModel, TellsWhatEachFeatureAdded) {
    auto const verdict = judge("Coffee causes insomnia.", "Coffee does not cause insomnia.");
    ASSERT_FALSE(verdict.contributions.empty());
    EXPECT_TRUE(std::any_of(verdict.contributions.begin(), verdict.contributions.end(),
                            [](Contribution const& part) { return part.feature == "bias"; }));
    for (std::size_t i = 1; i < verdict.contributions.size(); ++i)
        EXPECT_GE(std::abs(verdict.contributions[i - 1].value * verdict.contributions[i - 1].weight),
                  std::abs(verdict.contributions[i].value * verdict.contributions[i].weight));
    for (auto const& part : verdict.contributions)
        EXPECT_LE(std::abs(part.value), 1.0) << part.feature;
}

TEST(StatementModel, WeighsEachFeatureOnce) {
    for (auto const& [statement, passage] :
         {std::pair("Coffee causes insomnia.", "Coffee does not cause insomnia."),
          std::pair("Walking lowers blood pressure more than swimming.",
                    "Blood pressure rose by 5 points. Swimming lowered it less than walking did."),
          std::pair("Does tea improve sleep?", "Tea did not improve sleep. Some slept better, others worse.")}) {
        std::set<std::string> seen;
        for (auto const& part : judge(statement, passage).contributions)
            EXPECT_TRUE(seen.insert(part.feature).second) << part.feature;
        EXPECT_GT(seen.size(), 10u);
    }
}

TEST(StatementModel, ItsContributionsExplainTheChances) {
    auto const model = StatementModel::read(
        "temperature = 0.5\nbias = [0.25, 0, 0, 0]\n[weights]\n\"recall of the statement's words in the passage\" = "
        "[1.5, 0.5, 0, 0]\n");
    auto const verdict = model.judge(ReadStatement("Coffee causes insomnia.", built_in_lexicon()),
                                     "Coffee causes insomnia.", {true, true, false, false});
    double score = 0.0;
    for (auto const& part : verdict.contributions)
        score += part.value * part.weight;
    EXPECT_DOUBLE_EQ(score, 1.75);
    EXPECT_DOUBLE_EQ(verdict.probabilities[0], 1.0 / (1.0 + std::exp((0.5 - 1.75) / 0.5)));
}

TEST(StatementModel, ReadsHostileTextInBoundedTime) {
    std::string words, marks(100000, '?');
    for (int i = 0; i < 20000; ++i)
        words += "not ";
    judge("Coffee causes insomnia.", words + marks);
    std::string many;
    for (int i = 0; i < 20000; ++i)
        many += "word" + std::to_string(i) + " ";
    EXPECT_LE(ReadStatement(many, built_in_lexicon()).terms().size(), 100u);
}

TEST(StatementModel, GivesTheSameVerdictWhateverWasJudgedBefore) {
    auto const first = judge("Coffee causes insomnia.", "Coffee keeps people awake.");
    judge("Ketamine is addictive.", "Ketamine is not addictive.");
    auto const again = judge("Coffee causes insomnia.", "Coffee keeps people awake.");
    EXPECT_EQ(first.probabilities, again.probabilities);
}

TEST(ReadStatement, SaysWhenThereIsTooLittleToGoOn) {
    for (auto const* statement :
         {"It is so.", "Hm.", "Coffee.", "", "This is not that.", "They are.", "Green coffee is."})
        EXPECT_EQ(ReadStatement(statement, built_in_lexicon()).problem(), "too little to go on: add cues") << statement;
    for (auto const* statement : {"Ketamine is addictive.", "Coffee causes insomnia.", "Is coffee safe?",
                                  "Catching the cold virus outside the house is unlikely."})
        EXPECT_EQ(ReadStatement(statement, built_in_lexicon()).problem(), "") << statement;
}

TEST(StatementModel, RefusesWeightsThatAreNone) {
    EXPECT_THROW(StatementModel::read("temperature = 1.0\n"), std::runtime_error);
    EXPECT_THROW(StatementModel::read("temperature = 1.0\nbias = [0, 0]\n[weights]\n"), std::runtime_error);
    EXPECT_THROW(StatementModel::read("= = ="), std::runtime_error);
}

TEST(WordLinks, FindRegularAndIrregularForms) {
    EXPECT_TRUE(links_of("increases").is_known);
    EXPECT_FALSE(links_of("qwzx").is_known);
    auto const antonyms = links_of("increases").antonyms;
    EXPECT_NE(std::find(antonyms.begin(), antonyms.end(), "decrease"), antonyms.end());
    auto const synonyms = links_of("children").synonyms;
    EXPECT_NE(std::find(synonyms.begin(), synonyms.end(), "child"), synonyms.end());
}

}  // namespace
