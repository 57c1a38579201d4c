// Everyday statements without cues: which sentences speak of them at all, and on which side.
#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <vector>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"

namespace {

using namespace dossier;

struct Case {
    char const* sentence;
    char const* expected;  ///< "-": silent
};

struct Statement {
    char const* statement;
    std::vector<Case> cases;
};

std::string direction(char const* statement, char const* text) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "claim";
    claim.statement = statement;
    registry.claims.push_back(claim);
    Article article;
    article.id = "article";
    Sentence sentence;
    sentence.text = text;
    sentence.role = SentenceRole::statement;
    article.sentences.push_back(sentence);
    auto const evidence = Engine(registry, built_in_lexicon()).analyse(article, false);
    return evidence.items.empty() ? "-" : name_of(evidence.items[0].direction);
}

/// @return how many are right; those that are not are named
std::size_t count_right(std::vector<Statement> const& statements, std::size_t& n) {
    std::size_t n_right = 0;
    for (auto const& [statement, cases] : statements)
        for (auto const& [sentence, expected] : cases) {
            auto const found = direction(statement, sentence);
            ++n;
            if (found == expected)
                ++n_right;
            else
                std::cout << "  expected " << expected << ", read as " << found << ": " << statement << " | "
                          << sentence << '\n';
        }
    std::cout << "  " << n_right << " of " << n << " right\n";
    return n_right;
}

std::vector<Statement> const first_round{
    {"Garlic lowers blood pressure.",
     {{"Garlic lowered blood pressure in most trials.", "supports"},
      {"Garlic reduces blood pressure by a few points.", "supports"},
      {"Garlic did not lower blood pressure.", "refutes"},
      {"Garlic raises blood pressure.", "refutes"},
      {"Garlic increased blood pressure in older men.", "refutes"},
      {"Garlic lowers cholesterol.", "-"},
      {"Garlic did not lower body weight.", "-"},
      {"Garlic is grown under low air pressure.", "-"},
      {"Whether garlic lowers blood pressure is unknown.", "neutral"},
      {"It is unclear whether garlic lowers blood pressure.", "neutral"},
      {"Garlic was less effective at lowering blood pressure than amlodipine.", "neutral"},
      {"People who ate garlic had lower blood pressure than the controls.", "supports"}}},
    {"Trampolines cause knee injuries.",
     {{"Trampolines cause knee injuries in young children.", "supports"},
      {"Trampolines do not cause knee injuries.", "refutes"},
      {"Trampolines prevent knee injuries.", "refutes"},
      {"Trampolines reduce knee injuries.", "refutes"},
      {"Trampolines cause head injuries.", "-"},
      {"Trampolines cause a lot of noise.", "-"},
      {"We bought a trampoline, and we have not looked back.", "-"},
      {"Skiing causes knee injuries.", "-"}}},
    {"Vaping is addictive.",
     {{"Vaping is highly addictive.", "supports"},
      {"Vaping leads to addiction.", "supports"},
      {"Vaping is not addictive.", "refutes"},
      {"Vaping is expensive.", "-"},
      {"Vaping does not stain the teeth.", "-"},
      {"It is not known whether vaping is addictive.", "neutral"}}},
    {"Microwaves do not destroy vitamins.",
     {{"Microwaves do not destroy vitamins.", "supports"},
      {"Microwaves destroy vitamins.", "refutes"},
      {"Microwaves do not destroy bacteria.", "-"},
      {"Microwaves destroy bacteria.", "-"},
      {"Microwaves are cheap.", "-"}}},
    {"More than half of cyclists wear a helmet.",
     {{"More than half of cyclists wear a helmet.", "supports"},
      {"Only 18 % of cyclists wear a helmet.", "refutes"},
      {"Some 64 % of cyclists wear a helmet.", "supports"},
      {"A third of cyclists wear a helmet.", "refutes"},
      {"More than half of cyclists wear gloves.", "-"}}},
    {"Meditation improves sleep.",
     {{"Meditation improved sleep in two trials.", "supports"},
      {"Meditation made sleep worse.", "refutes"},
      {"Meditation worsens sleep.", "refutes"},
      {"Meditation did not improve sleep.", "refutes"},
      {"Meditation improves mood.", "-"},
      {"Meditation did not improve digestion.", "-"},
      {"Those who practised meditation slept better, and meditation improved sleep more than placebo.", "supports"}}},
};

/// Written after the rules, and not looked at while they were made.
std::vector<Statement> const second_round{
    {"Yoga relieves neck pain.",
     {{"Yoga eased neck pain in office workers.", "supports"},
      {"Yoga did not relieve neck pain.", "refutes"},
      {"Yoga made neck pain worse.", "refutes"},
      {"Yoga relieved pain in the neck.", "supports"},
      {"Yoga relieves knee pain.", "-"},
      {"Yoga worked less well against neck pain than massage.", "neutral"},
      {"After yoga, I have never felt so calm.", "-"}}},
    {"Raw milk is dangerous.",
     {{"Raw milk is dangerous for infants.", "supports"},
      {"Raw milk is not dangerous.", "refutes"},
      {"Raw milk is perfectly safe.", "refutes"},
      {"Raw milk is delicious.", "-"},
      {"It remains unclear whether raw milk is dangerous.", "neutral"}}},
    {"Chewing gum improves memory.",
     {{"Chewing gum improved memory in students.", "supports"},
      {"Chewing gum impairs memory.", "refutes"},
      {"Chewing gum had no effect on memory.", "refutes"},
      {"Chewing gum improves digestion.", "-"}}},
    {"Most teenagers skip breakfast.",
     {{"Only 12 % of teenagers skip breakfast.", "refutes"}, {"Most teenagers skip lunch.", "-"}}},
    {"Aspirin causes hair loss.",
     {{"Aspirin causes memory loss.", "-"},
      {"Aspirin prevents hair loss.", "refutes"},
      {"Aspirin causes hair loss.", "supports"}}},
};

TEST(EverydayStatements, AreReadFromTheFirstRound) {
    std::size_t n = 0;
    EXPECT_GE(count_right(first_round, n), n);
}

TEST(EverydayStatements, AreReadFromTheSecondRound) {
    std::size_t n = 0;
    EXPECT_GE(count_right(second_round, n), std::size_t{17});
}

}  // namespace
