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

bool is_conflict(char const* statement) {
    auto article = dossier::test::article("a");
    article.conflict_of_interest.value = statement;
    return dossier::has_conflict_of_interest(article);
}

TEST(SourceTraits, ReadTheInterestOfOneAuthorBesideTheDenialOfOthers) {
    for (auto const* some :
         {"AB is an employee of PharmaCo and holds stock. The other authors declare that they have no competing "
          "interests.",
          "A.B. Smith has received research support from Acme. C. Jones has no conflicts of interest.",
          "AB sits on a board of Acme and chairs another. The remaining authors report no conflict of interest.",
          "Dr Smith reports personal fees from Acme, outside the submitted work; all other authors declare no "
          "competing "
          "interests.",
          "AB has no conflict of interest and CD owns stock in Acme.",
          "The authors declare no competing interests, except that AB advises Acme.", "None. Funded by Acme Ltd.",
          "Not declared, but the publisher sells the treatment", "reports non-financial support from PharmaCo"})
        EXPECT_TRUE(is_conflict(some)) << some;
}

TEST(SourceTraits, ReadNoInterestWhereAllIsDenied) {
    for (auto const* none :
         {"The authors have no disclosures.", "None of the authors is an employee of PharmaCo or holds its stock.",
          "The authors have no stock, honoraria or patents to declare.",
          "The authors declare no competing interests. The funders had no role in the design of the study.",
          "This study was supported by the National Institutes of Health. The authors declare no competing interests.",
          "The authors are employees of the University of Lund and have no competing interests.",
          "All authors have completed the ICMJE form and declare: no support from any organisation for the submitted "
          "work; no financial relationships with any organisation.",
          "AB has no competing interests. The other authors declare none.", "Conflict of interest: none",
          "none declared; 4 of the 17 trials reviewed were paid for by manufacturers"})
        EXPECT_FALSE(is_conflict(none)) << none;
}

TEST(SourceTraits, ReadNoInterestWhereNothingIsKnown) {
    for (auto const* unknown : {"Not declared", "not reported", "unknown", "Unclear.", "not available", "?",
                                "No statement on conflicts of interest", "Not applicable", "not disclosed"})
        EXPECT_FALSE(is_conflict(unknown)) << unknown;
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

TEST(SourceTraits, ReadPeopleWhateverCellsAndLaboratoriesStandBesideThem) {
    auto article = dossier::test::article("a");
    for (auto const* population :
         {"adolescents with sickle cell disease", "non-small cell lung cancer",
          "women with laboratory-confirmed influenza", "stem cell transplant recipients", "men bitten by rats",
          "women undergoing in vitro fertilisation", "in vitro fertilization", "volunteers in a sleep laboratory",
          "farmers and their animals"}) {
        article.population.value = population;
        EXPECT_FALSE(is_animal_study(article)) << population;
    }
    article.population.value.clear();
    for (auto const* design :
         {"cohort study with stem cell transplantation", "randomised trial in patients with non-small cell lung cancer",
          "test-negative study of laboratory-confirmed influenza", "survey of students who handle animals"}) {
        article.study_design.value = design;
        EXPECT_FALSE(is_animal_study(article)) << design;
    }
    article.study_design.value = "laboratory study";
    EXPECT_TRUE(is_animal_study(article));
    article.population.value = "adolescents";
    EXPECT_FALSE(is_animal_study(article)) << "people slept in that laboratory";
}

TEST(SourceTraits, ReadCellsAndLaboratoryAnimals) {
    auto article = dossier::test::article("a");
    for (auto const* population :
         {"cells", "HeLa cells", "human cell lines", "cell cultures", "laboratory mice", "laboratory",
          "non-human primates", "in vitro, cells from patients", "mouse model of human disease"}) {
        article.population.value = population;
        EXPECT_TRUE(is_animal_study(article)) << population;
    }
    article.population.value.clear();
    for (auto const* design : {"cell culture study", "in vitro study of human cells", "laboratory experiment",
                               "preclinical study", "experiments in laboratory animals", "ex vivo study"}) {
        article.study_design.value = design;
        EXPECT_TRUE(is_animal_study(article)) << design;
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

std::optional<int> level_of(char const* design) {
    auto article = dossier::test::article("a");
    article.study_design.value = design;
    return level_of_evidence(article);
}

TEST(LevelOfEvidence, OfAReviewIsThatOfTheStudiesItNames) {
    for (auto const* design :
         {"systematic review of non-randomised studies", "Systematic review of nonrandomized trials",
          "meta-analysis of quasi-randomised trials", "systematic review of non-randomised studies of interventions"})
        EXPECT_EQ(level_of(design), 3) << design;
    EXPECT_EQ(level_of("systematic review of randomised and non-randomised trials"), 1);
    EXPECT_EQ(level_of("umbrella review"), 1);
    EXPECT_EQ(level_of("non-randomised study"), 3);
}

TEST(LevelOfEvidence, OfAReviewThatIsNotSystematicIsAbsent) {
    for (auto const* design :
         {"non-systematic review", "nonsystematic review of randomised trials", "unsystematic review",
          "literature review of randomised trials", "review", "guideline based on a systematic review",
          "editorial on a randomised trial", "commentary on a cohort study"})
        EXPECT_EQ(level_of(design), std::nullopt) << design;
    EXPECT_EQ(level_of("retrospective chart review"), 4) << "of records, not of studies";
    EXPECT_EQ(level_of("per-protocol analysis of a randomised trial"), 2);
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
