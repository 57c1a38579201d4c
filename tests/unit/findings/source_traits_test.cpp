#include "dossier/findings/source_traits.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "findings_fixture.hpp"

namespace {

TEST(SourceTraits, ReadConflictsOfInterest) {
    auto article = dossier::test::article("a");
    EXPECT_FALSE(dossier::has_conflict_of_interest(article));
    for (auto const* none : {"none", "None declared", "No", "no conflict of interest", "n/a",
                             "The authors declare no conflict of interest.", "All authors: nothing to disclose",
                             "The authors declare that they have no competing interests."}) {
        article.conflict_of_interest.value = none;
        EXPECT_FALSE(dossier::has_conflict_of_interest(article)) << none;
    }
    for (auto const* some : {"sells the treatment", "sponsored by the maker", "no grants, but owns shares"}) {
        article.conflict_of_interest.value = some;
        EXPECT_TRUE(dossier::has_conflict_of_interest(article)) << some;
    }
}

TEST(SourceTraits, ReadAnimalsFromADesign) {
    auto article = dossier::test::article("a");
    auto const animal = [&](char const* design) {
        return article.study_design.value = design, is_animal_study(article);
    };
    EXPECT_TRUE(animal("animal study (mice)"));
    EXPECT_TRUE(animal("In vitro"));
    EXPECT_FALSE(animal("narrative review"));
    EXPECT_FALSE(animal("rather general remarks"));  // "rat" is a word, not a beginning
}

TEST(SourceTraits, TakeThePopulationIntoAccount) {
    auto article = dossier::test::article("a");
    article.study_design.value = "randomised trial";
    article.population.value = "animal";
    EXPECT_TRUE(is_animal_study(article));
    article.population.value = "human";
    EXPECT_FALSE(is_animal_study(article));
}

TEST(SourceTraits, ReadAnimalsFromADeclaredPopulation) {
    auto article = dossier::test::article("a");
    for (auto const* population : {"animal", "Mice", "rats (Sprague-Dawley)", "in vitro"}) {
        article.population.value = population;
        EXPECT_TRUE(is_animal_study(article)) << population;
    }
    for (auto const* population : {"human", "animals and humans", "adults with depression", ""}) {
        article.population.value = population;
        EXPECT_FALSE(is_animal_study(article)) << population;
    }
}

TEST(SourceTraits, ReadAppraisals) {
    using dossier::RiskOfBias;
    auto article = dossier::test::article("a");
    EXPECT_EQ(risk_of_bias(article), RiskOfBias::not_appraised);
    for (auto const& [word, expected] : {std::pair{"low", RiskOfBias::low},
                                         {"some concerns", RiskOfBias::some_concerns},
                                         {"high", RiskOfBias::high}}) {
        article.risk_of_bias.value = word;
        EXPECT_EQ(risk_of_bias(article), expected) << word;
    }
}

// OCEBM Levels of Evidence Working Group, "The Oxford 2011 Levels of Evidence", row "What are the COMMON harms?".
TEST(LevelOfEvidence, IsThatOfTheOxfordTableForHarms) {
    auto article = dossier::test::article("a");
    auto const level = [&](char const* design) {
        article.study_design.value = design;
        return level_of_evidence(article);
    };
    EXPECT_EQ(level("systematic review"), 1);
    EXPECT_EQ(level("Meta-analysis of randomised trials"), 1);
    EXPECT_EQ(level("systematic review of nested case-control studies"), 1);
    EXPECT_EQ(level("randomised trial"), 2);
    EXPECT_EQ(level("Randomized controlled trial (preprint)"), 2);
    EXPECT_EQ(level("non-randomised controlled trial"), 3);
    EXPECT_EQ(level("clinical trial"), 3);
    EXPECT_EQ(level("cohort study"), 3);
    EXPECT_EQ(level("retrospective cohort study"), 3);
    EXPECT_EQ(level("follow-up study"), 3);
    EXPECT_EQ(level("case series"), 4);
    EXPECT_EQ(level("nested case-control study in a cohort"), 4);
    EXPECT_EQ(level("historically controlled trial"), 4);
    EXPECT_EQ(level("animal study"), 5);
    EXPECT_EQ(level("randomised trial in mice"), 5);
    EXPECT_EQ(level("modelling study"), 5);
}

TEST(LevelOfEvidence, OfWhatTheTableDoesNotNameIsByAnalogyOrAbsent) {
    auto article = dossier::test::article("a");
    auto const level = [&](char const* design) {
        article.study_design.value = design;
        return level_of_evidence(article);
    };
    EXPECT_EQ(level("case report"), 4);
    EXPECT_EQ(level("cross-sectional study"), 4);
    EXPECT_EQ(level("observational study"), 4);
    EXPECT_EQ(level("systematic review of cohort studies"), 3) << "no better than what it reviews";
    EXPECT_EQ(level("systematic review of case reports"), 4);
    EXPECT_EQ(level("systematic review of animal studies"), 5);
    for (auto const* none : {"", "news report", "news report of a randomised trial", "opinion", "narrative review",
                             "guideline", "protocol of a randomised trial", "marketing page", "qualitative study"})
        EXPECT_EQ(level(none), std::nullopt) << none;
}

}  // namespace
